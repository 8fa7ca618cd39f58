"""Trying a value or another set of rules shows what would follow, and changes nothing by itself."""

from __future__ import annotations

from assistant.catalogue.profiles import load_profile
from assistant.domain.errors import CatalogueError
from assistant.tui.app import ZipingApp
from assistant.tui.screens.main import MainScreen
from assistant.workspace.what_if import consequences
from assistant.workspace.workspace import Workspace


def main_of(app: ZipingApp) -> MainScreen:
    screen = app.screen_stack[0]
    assert isinstance(screen, MainScreen)
    return screen


def shown(app: ZipingApp) -> str:
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(part.text for part in line) for line in strips)


def test_consequences_name_the_row_the_total_and_the_findings_that_come_and_go(demo):
    """目标 ≥3次，分值 1：完成 2 次得 0.67；总分 95.19 − 1 + 0.67 = 94.86；超额的提醒 T07 没有了。"""
    workspace = Workspace(demo, load_profile(demo.profile))
    found = consequences(workspace.snapshot, workspace.what_if("indicators[1].actual", "2次"))
    assert str(found.after.total.earned) == "94.86"
    assert (str(found.line_before.computed), str(found.line_after.computed)) == ("1.00", "0.67")
    assert ("T07", "indicators[1].reason") in {(one.code, one.path) for one in found.vanish}
    assert {one.path.partition(".")[0] for one in found.appear} & {"indicators[1]"}
    assert workspace.case == demo


def test_the_same_value_has_no_consequences(demo):
    workspace = Workspace(demo, load_profile(demo.profile))
    found = consequences(workspace.snapshot, workspace.what_if("indicators[1].actual", "5次"))
    assert (found.appear, found.vanish, found.differ) == ((), (), ())
    assert found.before == found.after


async def test_the_dialog_shows_the_fall_and_escape_changes_nothing(demo, make_services):
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(80, 24)) as pilot:
        main_of(app).go_to("indicators[1]")
        await pilot.pause(0.1)
        main_of(app).action_what_if()
        await pilot.pause(0.1)
        await pilot.press("backspace", "backspace", *"2次")
        await pilot.pause(0.4)
        text = shown(app)
        for words in ("总分 95.19 → 94.86（−0.33）", "等级 优（不变）", "1.00 → 0.67"):
            assert words in text, words
        await pilot.press("enter", "escape")
        await pilot.pause(0.1)
        assert app.services.workspace.case == demo


async def test_f5_takes_the_tried_value_as_one_step(demo, make_services):
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(80, 24)) as pilot:
        main_of(app).go_to("indicators[1]")
        await pilot.pause(0.1)
        main_of(app).action_what_if()
        await pilot.pause(0.1)
        await pilot.press("backspace", "backspace", *"2次", "f5")
        await pilot.pause(0.1)
        assert app.services.workspace.case.indicators[1].actual == "2次"
        await pilot.press("ctrl+z")
        await pilot.pause(0.1)
        assert app.services.workspace.case == demo


async def test_letters_typed_before_the_dialog_has_its_line_are_not_lost_and_not_put_elsewhere(
    demo, make_services
):
    from textual import events

    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(80, 24)) as pilot:
        main_of(app).go_to("indicators[2]")
        await pilot.pause(0.1)
        await pilot.press("f12")
        for letter in "0.8":
            app.post_message(events.Key(letter if letter != "." else "full_stop", letter))
        await pilot.pause(0.3)
        assert app.screen.query("#override-score").first().value == "0.8"
        assert app.services.workspace.case == demo


async def test_other_rules_tell_what_they_would_change_before_they_are_chosen(demo, make_services):
    def load(name):
        if name == "anhui":
            raise CatalogueError("规则文件坏了。", "请换一套。")
        return load_profile(name)

    app = ZipingApp(make_services(demo, load_profile=load))
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("ctrl+r")
        await pilot.pause(0.2)
        assert "现在用的就是这一套" in shown(app)
        seen = []
        for _ in app.services.profiles():
            await pilot.press("down")
            await pilot.pause(0.05)
            seen.append(shown(app))
        assert any("规则文件坏了" in text for text in seen)
        assert any("项得分不同" in text and "→" in text for text in seen)
        await pilot.press("escape")
        await pilot.pause(0.1)
        assert app.services.workspace.case == demo
