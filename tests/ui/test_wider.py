"""What a wide terminal is used for: whole names, long texts, columns that can be read down."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from textual.widgets import DataTable, OptionList

from assistant.tui.app import ZipingApp
from assistant.tui.pages.grid import COLUMNS, fitted
from assistant.tui.screens.copying import CopyingScreen
from assistant.tui.screens.main import MainScreen
from assistant.tui.widgets.draft_words import in_lines
from assistant.tui.widgets.fields import CellArea
from tests.ui.grid_of_screen import rows

NARROW = (3, 12, 10, 12, 4, 5, 10, 8, 40, 20, 12, 12)


def main_of(app: ZipingApp) -> MainScreen:
    return next(screen for screen in app.screen_stack if isinstance(screen, MainScreen))


def a_row(**texts: str) -> tuple[str, ...]:
    return tuple(texts.get(cell, "") for cell, _, _ in COLUMNS)


async def test_the_first_layout_of_a_case_just_opened_knows_the_width(demo, make_services, monkeypatch):
    laid_out, lay_out = [], MainScreen._refresh_layout

    def noted(screen, *rest, **more):
        laid_out.append(screen.has_class("-wide"))
        return lay_out(screen, *rest, **more)

    monkeypatch.setattr(MainScreen, "_refresh_layout", noted)
    app = ZipingApp(lambda: make_services(demo))
    async with app.run_test(size=(140, 40)) as pilot:
        for _ in range(100):
            await pilot.pause(0.05)
            if laid_out:
                break
        assert laid_out
        assert all(laid_out)


def test_columns_of_the_sheet_grow_as_far_as_there_is_room_values_first():
    """The first eight take 64 columns; of 16 to spare, 实际完成值 (20 wide, has 12) takes 8, the names the rest."""
    rows = [a_row(level3="指标" * 8, actual="完" * 10, target="≥3个")]
    assert fitted(rows, 64) == fitted(rows, 30) == NARROW
    assert fitted(rows, 80) == (3, 20, 10, 20, *NARROW[4:])
    assert fitted(rows, 200) == (3, 32, 10, 20, *NARROW[4:]), "no wider than the longest name"
    assert fitted([], 200) == NARROW


@pytest.mark.parametrize(("width", "is_whole"), [(80, False), (200, True)])
async def test_the_sheet_shows_whole_names_where_there_is_room(demo, make_services, width, is_whole):
    name = demo.indicators[7].level3
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(width, 40)) as pilot:
        await pilot.pause(0.2)
        main_of(app).go_to("indicators[1].actual")
        await pilot.press("ctrl+backslash")
        await pilot.pause(0.2)
        assert any(name in line for line in rows(app)) is is_whole
        table = main_of(app).query_one(DataTable)
        assert table.cursor_coordinate == (1, 3)
        await pilot.resize_terminal(280 - width, 40)
        await pilot.pause(0.3)
        assert any(name in line for line in rows(app)) is not is_whole
        assert table.cursor_coordinate == (1, 3), "the cursor stays on its cell"


async def test_two_long_texts_share_the_height_and_a_draft_leaves_them_room(demo, make_services):
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(140, 50)) as pilot:
        await pilot.pause(0.2)
        main_of(app).go_to("goals[0]")
        await pilot.pause(0.2)
        areas = [area for area in main_of(app).page.query(CellArea) if area.display]
        heights = [area.size.height for area in areas]
        # 50 lines less title bar, keys, two of padding and the page's title with a blank: 44 for two captions,
        # two blanks and two texts
        assert sum(heights) == 40
        await pilot.press("f4")
        await pilot.pause(0.3)
        assert all(11 <= area.size.height < before for area, before in zip(areas, heights, strict=True))


async def test_names_in_the_task_list_have_more_room(demo, make_services):
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(200, 40)) as pilot:
        await pilot.pause(0.2)
        assert main_of(app).query_one("#tasks").outer_size.width == 48  # 24 of 100


@pytest.mark.parametrize("width", [80, 140])
async def test_answers_of_one_part_stand_in_one_column(demo, make_services, width):
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(width, 40)) as pilot:
        await pilot.pause(0.2)
        main_of(app).go_to("answers")
        await pilot.pause(0.3)
        said = rows(app)
    arrows = {cell_len(line[: line.index("  ≥")]) for line in said if "  ≥" in line}
    money = {cell_len(line[: line.index("预算 ")]) for line in said if "预算 " in line and "执行 " in line}
    assert len(arrows) == len(money) == 1, (arrows, money)


async def test_what_is_copied_stands_in_one_column(demo, make_services):
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.pause(0.2)
        await main_of(app).run_action("screen.copy_cells")
        await pilot.pause(0.3)
        assert isinstance(app.screen, CopyingScreen)
        options = app.screen.query_one(OptionList)
        prompts = [str(options.get_option_at_index(at).prompt) for at in range(12)]
    values = [
        "112.511000",
        "112.511000",
        "69.655900",
        "61.91%",
        "6.19",
        *["112.511000"] * 2,
        "69.655900",
        "3个",
        "2",
    ]
    assert {
        cell_len(line[: line.index(f"  {value} ") + 2]) for line, value in zip(prompts, values, strict=False)
    } == {
        7 + 17 + 1 + 10 + 2  # 已复制 and a blank; 其中:当年财政拨款, a blank, 全年预算数; two blanks
    }


def test_a_key_of_a_draft_stays_with_its_words():
    verbs = ("1 接受", "5 补充事实", "Esc 原文")  # 6, 10 and 8 columns, two blanks between
    assert in_lines(verbs, 28) == in_lines(verbs, 0) == "1 接受  5 补充事实  Esc 原文"
    assert in_lines(verbs, 27) == "1 接受  5 补充事实\nEsc 原文"
    assert in_lines(verbs, 5) == "1 接受\n5 补充事实\nEsc 原文"
    assert in_lines((), 20) == ""


async def test_the_keys_of_a_dialog_stay_in_sight_in_a_wide_window_that_is_low(demo, make_services):
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(140, 24)) as pilot:
        await pilot.pause(0.2)
        main_of(app).go_to("indicators[1]")
        for dialog in ("ctrl+r", "f1"):
            await pilot.press(dialog)
            for height in (24, 30, 50):
                await pilot.resize_terminal(140, height)
                await pilot.pause(0.3)
                box = app.screen.query_one(".dialog").region
                assert app.screen.query_one(".dialog-keys").region.bottom < box.bottom <= height, (
                    dialog,
                    height,
                )
            await pilot.press("escape")
