"""Readings the import was not sure of are shown, confirmed or corrected by a person, and never trusted silently."""

from __future__ import annotations

import pytest
from textual.widgets import OptionList

from assistant.domain.case import Case, Doubt
from assistant.domain.changes import changes
from assistant.tui.app import ZipingApp
from assistant.tui.flow import PageKind, State
from assistant.tui.screens.main import MainScreen
from assistant.workspace.doubts import with_doubts
from assistant.workspace.why import place, text

DOUBTS = (
    Doubt(path="indicators[2].score", raw="[满]分", why="得分不是数字，请对照原表核对"),
    Doubt(path="unit", raw="某某学校", why="表上没有实施单位，按地方主管部门读入"),
    Doubt(path="", raw="甲表.docx", why="文件里还有另外 2 张表，只读了第一张"),
)


@pytest.fixture
def read_in(demo: Case) -> Case:
    return demo.model_copy(update={"doubts": DOUBTS})


def main_of(app: ZipingApp) -> MainScreen:
    screen = app.screen_stack[0]
    assert isinstance(screen, MainScreen)
    return screen


def confirmed(app: ZipingApp) -> list[bool]:
    return [doubt.confirmed for doubt in app.services.workspace.case.doubts]


def shown(app: ZipingApp) -> str:
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(part.text for part in line) for line in strips)


async def test_the_page_stands_right_after_the_start_and_shows_reading_and_original(read_in, make_services):
    app = ZipingApp(make_services(read_in))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f3")
        await pilot.pause(0.1)
        assert main_of(app).stop.kind is PageKind.DOUBTS
        text = shown(app)
        for words in ("还有 3 处待确认，共 3 处", "绩效指标第3行“得分”", "原文写着 [满]分", "现在填的 1"):
            assert words in text, words


async def test_without_doubts_there_is_no_such_page(demo, make_services):
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(80, 24)):
        assert PageKind.DOUBTS not in {stop.kind for stop in main_of(app).overview.stops}


async def test_one_is_confirmed_by_1_and_the_cursor_goes_to_the_next_and_undo_opens_it_again(
    read_in, make_services
):
    app = ZipingApp(make_services(read_in))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f3")
        await pilot.pause(0.1)
        await pilot.press("1")
        await pilot.pause(0.1)
        assert confirmed(app) == [True, False, False]
        await pilot.press("1")
        await pilot.pause(0.1)
        assert confirmed(app) == [True, True, False]
        await pilot.press("ctrl+z")
        await pilot.pause(0.1)
        assert confirmed(app) == [True, False, False]
        assert main_of(app).stop.kind is PageKind.DOUBTS


async def test_enter_goes_to_the_cell_writing_there_answers_the_doubt_and_escape_comes_back(
    read_in, make_services
):
    app = ZipingApp(make_services(read_in))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f3")
        await pilot.pause(0.1)
        await pilot.press("enter")
        await pilot.pause(0.1)
        assert main_of(app).current_path() == "indicators[2].score"
        assert "待确认（Ctrl+O 确认）" in shown(app)
        await pilot.press("backspace", *"0.9")
        await pilot.pause(0.2)
        assert confirmed(app) == [True, False, False]
        await pilot.press("escape")
        await pilot.pause(0.1)
        assert main_of(app).stop.kind is PageKind.DOUBTS
        await pilot.press("ctrl+z")
        await pilot.pause(0.1)
        assert app.services.workspace.case == read_in


async def test_ctrl_o_confirms_at_the_place(read_in, make_services):
    app = ZipingApp(make_services(read_in))
    async with app.run_test(size=(80, 24)) as pilot:
        main_of(app).go_to("unit")
        await pilot.pause(0.1)
        await pilot.press("ctrl+o")
        await pilot.pause(0.1)
        assert confirmed(app) == [False, True, False]
        assert app.services.workspace.case.unit == read_in.unit


async def test_all_are_confirmed_only_after_a_look_at_the_list(read_in, make_services):
    app = ZipingApp(make_services(read_in))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f3")
        await pilot.pause(0.1)
        await pilot.press("3")
        await pilot.pause(0.1)
        assert confirmed(app) == [False, False, False]
        await pilot.press("enter")
        await pilot.pause(0.1)
        assert confirmed(app) == [False, False, False]
        await pilot.press("1")
        await pilot.pause(0.1)
        assert confirmed(app) == [True, True, True]
        await pilot.press("ctrl+z")
        await pilot.pause(0.1)
        assert confirmed(app) == [False, False, False]


async def test_open_doubts_are_counted_on_the_check_page_and_f5_there_confirms(read_in, make_services):
    app = ZipingApp(make_services(read_in))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f9")
        await pilot.pause(0.1)
        assert "待确认 3" in shown(app)
        await pilot.press("f1")
        await pilot.pause(0.1)
        assert app.is_running
        await pilot.press("escape", "f5")
        await pilot.pause(0.1)
        assert confirmed(app) == [True, False, False]
        assert "待确认 2" in shown(app)


async def test_the_state_of_the_pages_says_what_is_still_in_doubt(read_in, make_services):
    app = ZipingApp(make_services(read_in))
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.pause()
        main = main_of(app)
        states = {
            stop.key: state for stop, state in zip(main.overview.stops, main.overview.states, strict=True)
        }
        assert states["doubts"] is State.CONFIRM
        assert states["basics"] is State.CONFIRM
        assert states["indicators[2]"] is State.CONFIRM
        assert main.overview.first_open() == 1


async def test_the_page_of_the_cell_says_what_is_in_doubt_and_the_task_list_too(read_in, make_services):
    app = ZipingApp(make_services(read_in))
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.pause(0.2)
        main_of(app).go_to("indicators[2].actual")
        await pilot.pause(0.2)
        panel = str(main_of(app).query_one("#findings").content)
        assert f"待确认 绩效指标第3行“得分”：{DOUBTS[0].why}" in panel
        assert "Ctrl+O 确认" in panel
        await pilot.press("ctrl+t")
        await pilot.pause(0.2)
        assert f"还没有人确认：绩效指标第3行“得分”，{DOUBTS[0].why}" in str(
            main_of(app).query_one("#findings").content
        )
        await pilot.press("ctrl+t", "ctrl+o")
        await pilot.pause(0.2)
        assert "待确认" not in str(main_of(app).query_one("#findings").content)


def test_the_record_of_changes_tells_of_the_cell_that_was_confirmed_in_chinese(read_in):
    (change,) = changes(read_in, with_doubts(read_in, (0,)))
    assert place(change, read_in) == "绩效指标第3行“得分”"
    assert (text(change.before), text(change.after)) == ("否", "是")
    assert place(change) == "待确认第1行“已确认”"


async def test_errors_stand_before_readings_to_confirm_and_those_before_reminders(read_in, make_services):
    rows = (
        read_in.indicators[0],
        read_in.indicators[1].model_copy(update={"actual": "2次"}),
        *read_in.indicators[2:],
    )
    app = ZipingApp(make_services(read_in.model_copy(update={"indicators": rows})))
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("f9")
        await pilot.pause(0.3)
        words = [str(option.prompt)[:3].strip() for option in main_of(app).page.query_one(OptionList).options]
    assert words[: words.index("提醒")] == ["错误"] * words.count("错误") + ["待确认"] * 3
    assert words.count("错误") >= 1
