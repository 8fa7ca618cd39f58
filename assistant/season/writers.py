"""The tables as files: a workbook, Markdown, CSV for Excel. A text is always a text; none becomes a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from assistant.exchange import gfm
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
        sheet.merges.append(f"A1:{letters(last)}1")
        for at, column in enumerate(table.columns, 1):
            book.put(sheet, 2, at, column.name, _HEAD, as_number=False)
        for row, cells in enumerate(table.rows, 3):
            for at, (column, text) in enumerate(zip(table.columns, cells, strict=True), 1):
                book.put(sheet, row, at, text, _FIGURE if column.figure else _TEXT, as_number=column.figure)
        if table.note:
            book.put(sheet, len(table.rows) + 3, 1, table.note, _NOTE, as_number=False)
            sheet.merges.append(f"A{len(table.rows) + 3}:{letters(last)}{len(table.rows) + 3}")
    return book.data()


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
