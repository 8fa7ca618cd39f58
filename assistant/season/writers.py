"""The tables as files: a workbook, Markdown, CSV for Excel. A text is always a text; none becomes a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import ceil

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
_MIDDLE = Style("宋体", across="center", box="LRTB")
_NOTE = Style("宋体")
_TITLE_POINTS = 36
_DIGIT = 0.65 * EM  # in bold, and in whatever face stands in for 宋体
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def workbook(tables: Sequence[Table]) -> bytes:
    """An .xlsx with a sheet for each table."""
    book = Workbook()
    for table in tables:
        last = len(table.columns)
        places = [_places(row[at] for row in table.rows) for at in range(last)]
        widths = [_width(table, at, places[at]) for at in range(last)]
        sheet = book.add(
            Sheet(
                table.title[:_LONGEST_SHEET_NAME],
                widths,
                landscape=True,
                heading=(2, 2),
                frozen=2,
            )
        )
        book.put(sheet, 1, 1, table.title, _TITLE, as_number=False)
        sheet.heights |= {1: _TITLE_POINTS, 2: _height([column.name for column in table.columns], widths)}
        sheet.merges.append(f"A1:{letters(last)}1")
        for at, column in enumerate(table.columns, 1):
            book.put(sheet, 2, at, column.name, _HEAD, as_number=False)
        for row, cells in enumerate(table.rows, 3):
            sheet.heights[row] = _height(cells, widths)
            for at, (column, text) in enumerate(zip(table.columns, cells, strict=True), 1):
                style = _FIGURE if column.figure else _MIDDLE if column.middle else _TEXT
                if row - 3 in table.sums:
                    style = replace(style, bold=True)
                shown = _padded(text, places[at - 1]) if column.figure else text
                book.put(sheet, row, at, shown, style, as_number=column.figure)
        if table.note:
            foot = len(table.rows) + 3
            book.put(sheet, foot, 1, table.note, _NOTE, as_number=False)
            sheet.heights[foot] = _height([table.note], [sum(widths)])
            sheet.merges.append(f"A{foot}:{letters(last)}{foot}")
    return book.data()


def _places(cells: Iterable[str]) -> int:
    """The most decimals a plain number of a column has; a percentage has its own."""
    return max((len(text.partition(".")[2]) for text in cells if _NUMBER.fullmatch(text)), default=0)


def _width(table: Table, at: int, places: int) -> int:
    """Millimetres of a column: what was planned, more where a figure is longer; one that does not fit shows as ###."""
    column = table.columns[at]
    figures = (_padded(row[at], places) for row in table.rows if column.figure and _NUMBER.fullmatch(row[at]))
    return max(column.width, ceil(max(map(len, figures), default=0) * _DIGIT + CELL_SPACE))


def _padded(text: str, places: int) -> str:
    """*text* with as many decimals as the column has, so that its figures stand point below point, none rounded."""
    if not places or not _NUMBER.fullmatch(text):
        return text
    whole, _, decimals = text.partition(".")
    longer = f"{whole}.{decimals:0<{places}}"
    return longer if number_in(longer) is not None else text


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
