"""Old Excel workbooks (.xls), as budget systems export them; also .xls files that are web pages or XML inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.domain.errors import InputError
from assistant.exchange.grid import LARGEST_COLUMNS, LARGEST_ROWS, Cell, Document, Grid, clean, filled
from assistant.exchange.importer import Importer, ImportReport
from assistant.exchange.number_format import decimal, shown

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.sheet import Sheet

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LARGEST_BYTES = 24 * 1024 * 1024


def recognises(data: bytes) -> bool:
    """Whether *data* is an old Excel workbook."""
    return data.startswith(OLE) and (_stream("Workbook") in data or _stream("Book") in data)


def _stream(name: str) -> bytes:
    return name.encode("utf-16-le") + b"\x00\x00"


def read(data: bytes, name: str) -> ImportReport:
    """Read the form. Raises ``InputError``."""
    from assistant.exchange.recognise import recognise

    return recognise(documents(data, name), name)


def documents(data: bytes, name: str) -> list[Document]:
    """One document a sheet, hidden sheets last. Raises ``InputError``."""
    import struct
    from io import StringIO

    import xlrd
    from xlrd.biffh import XLRDError
    from xlrd.compdoc import CompDocError

    if len(data) > LARGEST_BYTES:
        raise InputError(
            f"{name} 有 {len(data) // 1024 // 1024} MB，过大，没有读入。",
            "请只把自评表所在的一页另存为一个文件再读。",
        )
    try:
        book = xlrd.open_workbook(
            file_contents=data, formatting_info=True, on_demand=True, logfile=StringIO(), ragged_rows=True
        )
        found = [_sheet(book, number) for number in range(min(book.nsheets, 60))]
    except XLRDError as error:
        if "encrypted" in str(error).lower() or "password" in str(error).lower():
            raise InputError(
                f"{name} 设有打开密码，读不了。", "请在 Excel 或 WPS 中取消密码后另存再读。"
            ) from error
        raise InputError(
            f"{name} 打不开：不是完整的 Excel 97-2003 工作簿。",
            "请在 Excel 或 WPS 中打开后另存为 .xlsx 再读。",
        ) from error
    except (
        CompDocError,
        struct.error,
        AssertionError,
        LookupError,  # a cell, a sheet or an encoding that is not there
        ValueError,
        TypeError,
        AttributeError,
        EOFError,
        ArithmeticError,
        MemoryError,
        RecursionError,
        NotImplementedError,
    ) as error:
        raise InputError(
            f"{name} 已损坏或不完整，打不开。", "请在 Excel 或 WPS 中打开后另存为 .xlsx 再读。"
        ) from error
    return sorted(found, key=lambda one: any("是隐藏的" in remark for remark in one.remarks))


def _sheet(book: Book, number: int) -> Document:
    sheet = book.sheet_by_index(number)
    found = Document("xls", name=sheet.name)
    height, width = min(sheet.nrows, LARGEST_ROWS), min(sheet.ncols, LARGEST_COLUMNS)
    if sheet.nrows > LARGEST_ROWS:
        found.remarks.append(f"工作表“{sheet.name}”超过 {LARGEST_ROWS} 行，只读了前面的部分")
    if sheet.visibility:
        found.remarks.append(f"工作表“{sheet.name}”在原文件中是隐藏的")
    for top, _bottom, left, right in sheet.merged_cells:
        if top < height and left < width:
            width = min(max(width, right), width + 30, LARGEST_COLUMNS)
    placed = [
        (top, left, min(bottom, height) - top, right - left, _cell(book, sheet, top, left))
        for top, bottom, left, right in sheet.merged_cells
        if top < height and left < width
    ]
    for row in range(height):
        placed += [
            (row, column, 1, 1, _cell(book, sheet, row, column))
            for column in range(min(sheet.row_len(row), width))
        ]
    grid = filled(placed, height, width)
    columns = [column for column in range(width) if not _hidden(sheet.colinfo_map.get(column))]
    rows = [row for row in range(height) if not _hidden(sheet.rowinfo_map.get(row))]
    lost = (
        [
            cell.place
            for row in range(height)
            for column in range(width)
            if (cell := grid[row][column]) is not None
            and cell.text
            and (row not in set(rows) or column not in set(columns))
        ]
        if len(columns) < width or len(rows) < height
        else []
    )
    if lost:
        found.remarks.append(f"工作表“{sheet.name}”有隐藏的行或列（如 {lost[0]}），其中的内容没有读入")
    found.blocks.append(Grid([[grid[row][column] or Cell("") for column in columns] for row in rows]))
    book.unload_sheet(number)
    return found


def _hidden(info: object) -> bool:
    return bool(getattr(info, "hidden", 0))


def _cell(book: Book, sheet: Sheet, row: int, column: int) -> Cell:
    place = f"{sheet.name} {_letters(column)}{row + 1}"
    if column >= sheet.row_len(row):
        return Cell("", place)
    kind, value = sheet.cell_type(row, column), sheet.cell_value(row, column)
    if kind == 1:
        return Cell(clean(str(value)), place)
    if kind in {2, 3}:
        number = decimal(repr(value))
        format_key = book.xf_list[sheet.cell_xf_index(row, column)].format_key
        known = book.format_map.get(format_key)
        return Cell(
            "" if number is None else shown(number, known.format_str if known else "", book.datemode == 1),
            place,
        )
    if kind == 4:
        return Cell("是" if value else "否", place)
    return Cell("", place)


def _letters(column: int) -> str:
    text, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


IMPORTER = Importer("xls", "Excel 97-2003 工作簿", (".xls", ".et"), recognises, read)
