"""The sheet of all indicators: the same case, the same cell, every letter in the cell it was typed for."""

from __future__ import annotations

import itertools

from textual import events
from textual.widgets import DataTable

from assistant.tui.app import ZipingApp
from assistant.tui.flow import PageKind
from assistant.tui.pages.grid import GridPage
from assistant.tui.screens.main import MainScreen


def main_of(app: ZipingApp) -> MainScreen:
    screen = app.screen_stack[0]
    assert isinstance(screen, MainScreen)
    return screen


async def open_sheet(pilot, app: ZipingApp, path: str) -> None:
    main_of(app).go_to(path)
    await pilot.pause(0.1)
    await pilot.press("ctrl+backslash")
    await pilot.pause(0.2)
    assert isinstance(main_of(app).page, GridPage)


def cell(app: ZipingApp, row: int, column: int) -> str:
    return str(main_of(app).query_one(DataTable).get_cell_at((row, column)))


async def test_the_toggle_keeps_the_cell_both_ways(demo, make_services):
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(80, 24)) as pilot:
        await open_sheet(pilot, app, "indicators[4].evidence")
        assert main_of(app).current_path() == "indicators[4].evidence"
        await pilot.press("up", "shift+tab")
        await pilot.pause(0.1)
        assert main_of(app).current_path() == "indicators[3].reason"
        await pilot.press("ctrl+backslash")
        await pilot.pause(0.1)
        assert main_of(app).current_path() == "indicators[3].reason"
        assert main_of(app).page.id == "page-indicator"
        assert app.services.workspace.case == demo


async def test_typing_replaces_the_cell_and_score_and_state_follow_and_undo_works(demo, make_services):
    """目标 ≥3次，分值 1：完成 2 次应得 0.67，填 1：待改。"""
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(80, 24)) as pilot:
        await open_sheet(pilot, app, "indicators[1].actual")
        await pilot.press(*"2次", "down")
        await pilot.pause(0.2)
        assert app.services.workspace.case.indicators[1].actual == "2次"
        assert (cell(app, 1, 3), cell(app, 1, 6), cell(app, 1, 7)) == ("2次", "0.67", "待改")
        assert main_of(app).stop.key == "indicators[2]"
        await pilot.press("ctrl+z")
        await pilot.pause(0.1)
        assert app.services.workspace.case == demo
        assert isinstance(main_of(app).page, GridPage)
        assert main_of(app).current_path() == "indicators[1].actual"
        assert cell(app, 1, 3) == demo.indicators[1].actual


async def test_a_burst_over_several_cells_puts_every_letter_where_it_belongs(demo, make_services):
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(80, 24)) as pilot:
        await open_sheet(pilot, app, "indicators[0].actual")
        for letter in "4例":
            app.post_message(events.Key(letter, letter))
        for key in ("tab", "tab"):  # over 分值 to 得分
            app.post_message(events.Key(key, None))
        app.post_message(events.Key("2", "2"))
        app.post_message(events.Key("enter", "\r"))
        app.post_message(events.Key("3", "3"))
        await pilot.pause(0.1)
        await app.keys_taken()
        await pilot.pause(0.3)
        rows = app.services.workspace.case.indicators
        assert (rows[0].actual, rows[0].weight, rows[0].score, rows[1].score) == (
            "4例",
            demo.indicators[0].weight,
            "2",
            "3",
        )


async def test_a_text_of_several_lines_is_not_joined_by_the_one_line_below_the_sheet(demo, make_services):
    rows = (demo.indicators[0].model_copy(update={"reason": "一、甲\n二、乙"}), *demo.indicators[1:])
    case = demo.model_copy(update={"indicators": rows})
    app = ZipingApp(make_services(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await open_sheet(pilot, app, "indicators[0].reason")
        await pilot.press(*"丙", "backspace", "delete", "ctrl+u")
        await pilot.pause(0.2)
        assert app.services.workspace.case == case


async def test_the_other_keys_work_in_the_sheet(demo, make_services):
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(80, 24)) as pilot:
        await open_sheet(pilot, app, "indicators[1].score")
        await pilot.press(*"0", "f5")
        await pilot.pause(0.1)
        assert app.services.workspace.case.indicators[1].score == "1.00"
        await pilot.press("f3")
        await pilot.pause(0.1)
        assert main_of(app).stop.key == "indicators[2]"
        await pilot.press("f9")
        await pilot.pause(0.1)
        assert main_of(app).stop.kind is PageKind.CHECK
        await pilot.press("f2", "f2")
        await pilot.pause(0.1)
        assert isinstance(main_of(app).page, GridPage)
        assert main_of(app).stop.key == "indicators[17]"
        await pilot.press("ctrl+n")
        await pilot.pause(0.1)
        assert main_of(app).query_one(DataTable).row_count == 19


async def test_three_hundred_rows_are_typed_into_with_no_more_widgets_than_eighteen(demo, make_services):
    many = tuple(itertools.islice(itertools.cycle(demo.indicators), 300))
    app = ZipingApp(make_services(demo.model_copy(update={"indicators": many})))
    async with app.run_test(size=(80, 24)) as pilot:
        await open_sheet(pilot, app, "indicators[250].actual")
        await pilot.press(*"7次", "down", *"8次")
        await pilot.pause(0.1)
        main_of(app).desk.settle()
        rows = app.services.workspace.case.indicators
        assert (rows[250].actual, rows[251].actual) == ("7次", "8次")
        assert len(list(main_of(app).query("*"))) < 250  # a widget for every cell would be over 2,000
