"""The tables as files: a workbook, Markdown, CSV for Excel. A text is always a text; none becomes a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from assistant.exchange import gfm
from assistant.exchange.measure import (
    CELL_SPACE,
    EM,
    HIGHEST_ROW,
    ROW_POINTS,
    ROW_SPACE,
    SHEET_LINE_POINTS,
    line_count,
)
from assistant.exchange.sheet_styles import Style
from assistant.exchange.sheetml import Sheet, Workbook, letters, number_in
from assistant.season.tables import Table

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # Excel reads the wide signs, too
_LONGEST_SHEET_NAME = 31
_TITLE = Style("黑体", size="16", across="center")
_HEAD = Style("黑体", across="center", box="LRTB")
_TEXT = Style("宋体", box="LRTB")
_FIGURE = Style("宋体", across="right", box="LRTB")
_NOTE = Style("宋体")
_TITLE_POINTS = 36


def workbook(tables: Sequence[Table]) -> bytes:
    """An .xlsx with a sheet for each table."""
    book = Workbook()
    for table in tables:
        sheet = book.add(
            Sheet(
                table.title[:_LONGEST_SHEET_NAME],
                [column.width for column in table.columns],
                landscape=True,
                heading=(2, 2),
                frozen=2,
            )
        )
        last = len(table.columns)
        book.put(sheet, 1, 1, table.title, _TITLE, as_number=False)
        widths = [column.width for column in table.columns]
        sheet.heights |= {1: _TITLE_POINTS, 2: _height([column.name for column in table.columns], widths)}
        sheet.merges.append(f"A1:{letters(last)}1")
        for at, column in enumerate(table.columns, 1):
            book.put(sheet, 2, at, column.name, _HEAD, as_number=False)
        for row, cells in enumerate(table.rows, 3):
            sheet.heights[row] = _height(cells, widths)
            for at, (column, text) in enumerate(zip(table.columns, cells, strict=True), 1):
                book.put(sheet, row, at, text, _FIGURE if column.figure else _TEXT, as_number=column.figure)
        if table.note:
            foot = len(table.rows) + 3
            book.put(sheet, foot, 1, table.note, _NOTE, as_number=False)
            sheet.heights[foot] = _height([table.note], [sum(widths)])
            sheet.merges.append(f"A{foot}:{letters(last)}{foot}")
    return book.data()


def _height(cells: Sequence[str], widths: Sequence[int]) -> int:
    """Points of a row that shows all of *cells*: not every program fits rows to wrapped texts by itself."""
    lines = max(
        1
        if len(text) <= room and "\n" not in text
        else line_count(text, room)  # no character is wider than one
        for text, room in zip(cells, ((width - CELL_SPACE) / EM for width in widths), strict=True)
    )
    return max(ROW_POINTS, min(lines * SHEET_LINE_POINTS + ROW_SPACE, HIGHEST_ROW))


def markdown(tables: Sequence[Table]) -> bytes:
    """All tables below each other."""
    lines: list[str] = []
    for level, table in enumerate(tables):
        lines += [f"{'#' if not level else '##'} {gfm.escape(table.title)}", ""]
        lines += gfm.table([column.name for column in table.columns], table.rows)
        lines += ["", *([table.note, ""] if table.note else [])]
    return "\n".join(lines).encode("utf-8", "replace")


def comma_separated(tables: Sequence[Table]) -> bytes:
    """The first table as CSV that Excel opens with a double click (UTF-8 with its mark, CRLF)."""
    text = io.StringIO()
    writer = csv.writer(text)
    table = tables[0]
    writer.writerow(column.name for column in table.columns)
    writer.writerows([_harmless(cell) for cell in row] for row in table.rows)
    return text.getvalue().encode("utf-8-sig", "replace")


def _harmless(cell: str) -> str:
    """*cell*, and before what a spreadsheet would run as a formula the sign that makes it a text."""
    return f"'{cell}" if cell.startswith(_FORMULA) and number_in(cell) is None else cell


WRITERS = {".xlsx": workbook, ".md": markdown, ".csv": comma_separated}
"""File ending → what writes it."""
