"""What must stay in sight at every width: the totals on one line, the state of each page in the jump list."""

from __future__ import annotations

import pytest
from textual.widgets import OptionList

from assistant.tui.app import ZipingApp
from assistant.tui.screens.dialogs import PickDialog
from assistant.tui.screens.main import MainScreen
from assistant.tui.widgets.panels import ScorePanel, in_one_line


def main_of(app: ZipingApp) -> MainScreen:
    return next(screen for screen in app.screen_stack if isinstance(screen, MainScreen))


@pytest.mark.parametrize(("width", "has_bar"), [(80, True), (100, False), (120, True), (129, True)])
async def test_the_totals_and_the_pages_done_take_one_line(demo, make_services, width, has_bar):
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(width, 30)) as pilot:
        await pilot.pause(0.2)
        panel = main_of(app).query_one(ScorePanel)
        said = str(panel.content)
        assert panel.content_size.height == 1
        assert said.endswith("21/21")
        assert ("█" in said) is has_bar


async def test_it_follows_the_window_from_one_width_to_another(demo, make_services):
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(120, 30)) as pilot:
        panel = main_of(app).query_one(ScorePanel)
        for width, has_bar in ((100, False), (120, True), (100, False)):
            await pilot.resize_terminal(width, 30)
            await pilot.pause(0.3)
            assert ("█" in str(panel.content)) is has_bar
            assert panel.content_size.height == 1


async def test_with_still_less_room_the_ends_are_joined_and_the_word_goes_last(demo, make_services):
    snapshot = make_services(demo).workspace.snapshot
    # 已得 95.19 (10 columns), 最低 (10), 最高 (10), 填报 (10), 等级 优 (7), 进度 21/21 (10), blanks between: 5
    assert str(in_one_line(snapshot, (21, 21), 62)) == (
        "已得 95.19 最低 95.19 最高 95.19 填报 95.19 等级 优 进度 21/21"
    )
    assert str(in_one_line(snapshot, (21, 21), 61)) == "已得 95.19 可得 95.19 填报 95.19 等级 优 进度 21/21"
    assert str(in_one_line(snapshot, (21, 21), 50)) == "已得 95.19 可得 95.19 填报 95.19 等级 优 21/21"


@pytest.mark.parametrize("width", [80, 100, 120])
async def test_a_long_title_never_pushes_the_state_out_of_the_jump_list(demo, make_services, width):
    rows = list(demo.indicators)
    rows[1] = rows[1].model_copy(update={"level3": "很长的名称" * 20})
    app = ZipingApp(make_services(demo.model_copy(update={"indicators": tuple(rows)})))
    async with app.run_test(size=(width, 24)) as pilot:
        await pilot.press("ctrl+g")
        await pilot.pause(0.2)
        assert isinstance(app.screen, PickDialog)
        options = app.screen.query_one(OptionList)
        line = "".join(segment.text for segment in options.render_line(5))
        assert line.startswith("有提醒")
        assert "2 很长的名称" in line
        assert "…" in line


async def test_the_jump_list_is_still_found_by_number_name_and_state(demo, make_services):
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+g")
        await pilot.pause(0.2)
        dialog = app.screen
        assert isinstance(dialog, PickDialog)
        for typed, wanted in (("2", "2 组织召开"), ("满意度", "18 实验室满意度"), ("有提醒", "项目资金")):
            dialog._narrow(typed)
            assert dialog._shown[0][1].startswith(wanted)
