"""Sentences name the keys that are in force, messages cover nothing, and what is written in stays in sight."""

from __future__ import annotations

import pytest
from textual.widgets import OptionList

from assistant.tui.app import ZipingApp
from assistant.tui.hints import spelled
from assistant.tui.screens.main import MainScreen
from assistant.tui.widgets.message_line import MessageLine
from assistant.tui.widgets.panels import KeyBar
from assistant.tui.wording import stepped


def main_of(app: ZipingApp) -> MainScreen:
    return next(screen for screen in app.screen_stack if isinstance(screen, MainScreen))


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("ctrl+q", "Ctrl+Q"),
        ("f10", "F10"),
        ("alt+n", "Alt+N"),
        ("escape", "Esc"),
        ("ctrl+backslash", "Ctrl+\\"),
    ],
)
def test_a_key_is_spelled_as_on_keyboards(key, shown):
    assert spelled(key) == shown


async def test_hints_name_the_users_own_keys_on_every_page(demo, make_services):
    empty = demo.indicators[1].model_copy(update={"score": ""})
    case = demo.model_copy(update={"indicators": (demo.indicators[0], empty, *demo.indicators[2:])})
    keys = {"fill": "alt+a", "undo": "alt+z", "tasks": "alt+t", "draft": "alt+d", "rules": "alt+r"}
    app = ZipingApp(make_services(case, keys=keys))
    async with app.run_test(size=(80, 24)) as pilot:
        main = main_of(app)
        await pilot.pause(0.1)
        assert "Alt+T" in str(main.query_one("#key-list").content)
        main.go_to("basics")
        await pilot.pause(0.1)
        assert "按 Alt+R 更换" in str(main.query_one("#rules").content)
        main.go_to("indicators[1]")
        await pilot.pause(0.1)
        assert "按 Alt+A 采用计算得分" in str(main.page.query_one(".working").content)
        assert "Alt+A 采用" in str(main.query_one(KeyBar).content)
        await pilot.press("f1")
        await pilot.pause(0.1)
        await pilot.press("escape", "alt+z", "ctrl+n")
        await pilot.pause(0.1)
        assert "Alt+Z 可撤销" in str(main.query_one(MessageLine).content)


async def test_one_spelling_of_the_keys_fits_into_eighty_columns(demo, make_services):
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(80, 24)) as pilot:
        main_of(app).go_to("indicators[0]")
        await pilot.pause(0.1)
        bar = main_of(app).query_one(KeyBar).content
        assert str(bar).endswith("Ctrl+P 命令")
        assert bar.cell_length <= 80


async def test_a_message_covers_neither_the_score_nor_the_field_and_goes_by_itself(demo, make_services):
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        main = main_of(app)
        main.go_to("indicators[1].reason")
        await pilot.pause(0.1)
        line, score = main.query_one(MessageLine), main.query_one("#score")
        main.notify("内容已保存", timeout=3)
        for _ in range(25):
            await pilot.pause(0.1)
            if line.region:
                break
        assert line.region.height == 1
        assert not line.region.overlaps(score.region)
        assert not line.region.overlaps(main.page.region)
        assert main.page.region.contains_region(app.focused.region)
        assert not [toast for toast in main.query("Toast") if toast.region]
        for _ in range(100):
            await pilot.pause(0.1)
            if not line.display:
                break
        assert not line.display


async def test_the_field_stays_in_sight_when_findings_and_messages_take_rows(demo, make_services):
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(80, 24)) as pilot:
        main = main_of(app)
        for path in ("indicators[1].evidence", "indicators[1].weight", "indicators[1].reason"):
            main.go_to(path)
            await pilot.pause(0.1)
            main.notify("一句话\n又一句\n第三句", severity="warning", timeout=9)
            await pilot.press(*"9甲")  # more findings, more working
            await pilot.pause(0.3)
            assert main.page.region.contains_region(app.focused.region), path


async def test_undo_says_which_cell_of_which_row_and_from_what_to_what(demo, make_services):
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(80, 24)) as pilot:
        main = main_of(app)
        main.go_to("people[0].name")
        await pilot.pause(0.1)
        await pilot.press("end", *"甲")
        main.go_to("indicators[1].actual")
        await pilot.pause(0.1)
        await pilot.press("backspace", "backspace", *"2次", "ctrl+z")
        await pilot.pause(0.1)
        said = str(main.query_one(MessageLine).content)
        assert "已撤销：绩效指标第2行“实际完成值”（组织召开科研协作与科…） 2次 → 5次" in said
        await pilot.press("ctrl+z")
        await pilot.pause(0.1)
        said = str(main.query_one(MessageLine).content)
        assert "已撤销：人员第1行“姓名” ×××甲 → ×××" in said


def test_a_step_over_rows_says_how_many_there_are(demo):
    fewer = demo.model_copy(update={"indicators": demo.indicators[:-1]})
    assert stepped(fewer, demo) == "绩效指标 17 行 → 18 行"


async def test_the_list_of_findings_names_a_row_once_and_says_its_sentence(demo, make_services):
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f9")
        await pilot.pause(0.2)
        shown = main_of(app).query_one("#finding-list", OptionList)
        lines = [str(shown.get_option_at_index(index).prompt) for index in range(shown.option_count)]
        overshot = next(line for line in lines if line.startswith("提醒 T07"))
        assert overshot.startswith(
            "提醒 T07   第2行 组织召开科研协作与科…指标值 ≥3次，完成 5次，是指标值的 167%"
        )
        assert "绩效指标" not in overshot


async def test_the_arrows_lead_through_a_text_and_out_of_it_at_its_ends(demo, make_services):
    row = demo.indicators[0].model_copy(update={"reason": "甲\n乙"})
    app = ZipingApp(make_services(demo.model_copy(update={"indicators": (row, *demo.indicators[1:])})))
    async with app.run_test(size=(80, 24)) as pilot:
        main_of(app).go_to("indicators[0].score")
        await pilot.pause(0.1)
        seen = []
        for pressed in ("down", "up", "down", "down", "up"):
            await pilot.press(pressed)
            await pilot.pause()
            seen.append(app.focused.cell_path.removeprefix("indicators[0]."))
        # a short text is entered at its end: up goes to its first line, down back, down out of it, up into it again
        assert seen == ["reason", "reason", "reason", "evidence", "reason"]
        await pilot.press("up", "up")
        await pilot.pause()
        assert app.focused.cell_path == "indicators[0].score"
        assert app.services.workspace.case.indicators[0].reason == "甲\n乙"
