"""Columns begin where they should in every row, with wide and ambiguous characters in the cells, at any width.

Widths are those of a terminal in which ①≥“”〔〕 take one cell and Chinese characters two, which is what tmux and
terminals outside of old Chinese code pages do, and what the program reckons with.
"""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from rich.cells import cell_len
from textual.widgets import DataTable

from assistant.domain.case import Case
from assistant.tui.app import ZipingApp
from assistant.tui.pages.funds import FundLine
from assistant.tui.screens.main import MainScreen
from assistant.tui.widgets.fields import CellInput
from tests.ui.grid_of_screen import rows, widths

WIDTHS = (60, 80, 100, 120, 130, 140, 200)
NASTY = ("①②③", "≥3个", "“引号”", "〔2020〕10号", "98.5％", "甲①≥“乙”〔丙〕丁戊己庚", "—…·×÷℃", "")


@pytest.fixture
def nasty(demo: Case) -> Case:
    """The sample with awkward characters in every column of the sheet."""
    changed = tuple(
        row.model_copy(update=dict.fromkeys(("level3", "target", "actual"), NASTY[at % len(NASTY)]))
        for at, row in enumerate(demo.indicators)
    )
    return demo.model_copy(update={"indicators": changed})


def column_of(line: str, text: str) -> int:
    """The column of the terminal at which *text* begins in *line*."""
    assert text in line, (text, line)
    return cell_len(line[: line.index(text)])


async def opened(app: ZipingApp, pilot, place: str) -> MainScreen:
    await pilot.pause(0.2)
    main = app.screen
    assert isinstance(main, MainScreen)
    main.go_to(place)
    await pilot.pause(0.3)
    return main


@pytest.mark.parametrize("width", WIDTHS)
async def test_every_row_of_the_sheet_begins_its_columns_below_their_headings(nasty, make_services, width):
    app = ZipingApp(make_services(nasty))
    async with app.run_test(size=(width, 30)) as pilot:
        main = await opened(app, pilot, "indicators[0].actual")
        await pilot.press("ctrl+backslash")
        await pilot.pause(0.3)
        seen, taken = rows(app), widths(app)
        top = next(at for at, line in enumerate(seen) if "年度指标值" in line and "序" in line)
        starts = [column_of(seen[top], words) for words in ("三级指标", "年度指标值", "实际完成值")]
        shown = min(len(NASTY), main.query_one(DataTable).size.height - 1)
        assert shown >= 6
        for at in range(shown):
            for start, text in zip(starts, (NASTY[at],) * 3, strict=True):
                head = text[:2]
                line = seen[top + 1 + at]
                assert not text or any(
                    cell_len(line[:place]) == start and line.startswith(head, place)
                    for place in range(len(line))
                ), (head, start, line)
    assert set(taken) == {width}, "no character is cut in half, no line longer than the screen"


@pytest.mark.parametrize("width", WIDTHS)
async def test_every_name_in_the_task_list_begins_in_the_same_column(nasty, make_services, width):
    app = ZipingApp(make_services(nasty))
    async with app.run_test(size=(width, 40)) as pilot:
        await opened(app, pilot, "indicators[0]")
        await pilot.press("ctrl+t")
        await pilot.pause(0.3)
        seen, taken = rows(app), widths(app)
        pages = {
            column_of(line, name) for line in seen for name in ("基本信息", "项目资金") if name in line[:20]
        }
        found = [match for line in seen if (match := re.match(r"\S{2,3}\s+(\d+) (\S)", line))]
        names = {cell_len(match.string[: match.start(2)]) for match in found}
    assert len(pages) == 1, pages
    assert {int(match[1]) for match in found} >= {1, 9, 10}
    assert len(names) == 1, names
    assert set(taken) == {width}


@pytest.mark.parametrize("width", WIDTHS)
async def test_every_money_cell_is_on_the_screen_below_its_heading(demo, make_services, width):
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(width, 40)) as pilot:
        main = await opened(app, pilot, "funds")
        edge = main.page.region.right
        for line in main.query(FundLine):
            cells = [cell.region for cell in line.query(CellInput)]
            heads = [head.region for head in main.query(".fund-head .fund-caption")]
            assert [cell.x for cell in cells] == [head.x for head in heads]
            assert all(cell.right <= edge for cell in cells), (width, [cell.right for cell in cells], edge)
            assert all(one.right <= other.x for one, other in pairwise(cells))
