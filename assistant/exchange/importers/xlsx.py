"""Excel workbooks (.xlsx): each sheet's cells as shown, merges filled, hidden rows and columns left out.

The sheets are read piece by piece up to a bound, so a workbook of a million rows costs no more than a form; number
formats are applied, which libraries leave to the caller (1 under ``0%`` is "100%").
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.domain.errors import InputError
from assistant.exchange.archive import BROKEN, Archive
from assistant.exchange.grid import LARGEST_COLUMNS, LARGEST_ROWS, Cell, Document, Grid, clean, filled
from assistant.exchange.importer import Importer, ImportReport
from assistant.exchange.number_format import BUILT_IN, decimal, shown
from assistant.exchange.xml import local, parsed

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_SHEETS = 60
MOST_CELLS = 16_384
"""Columns a sheet can have (XFD)."""
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


def recognises(data: bytes) -> bool:
    """Whether *data* is an Excel workbook."""
    return data.startswith(b"PK\x03\x04") and b"xl/" in data


def read(data: bytes, name: str) -> ImportReport:
    """Read the form. Raises ``InputError``."""
    from assistant.exchange.own import carried, read_back
    from assistant.exchange.recognise import recognise

    found = documents(data, name)
    return read_back(
        carried(Archive(data, name)),
        found[0] if found else Document("xlsx"),
        name,
        lambda: recognise(found, name),
    )


def documents(data: bytes, name: str) -> list[Document]:
    """One document a sheet, hidden sheets last. Raises ``InputError``."""
    archive = Archive(data, name)
    if "xl/workbook.xml" not in archive:
        raise InputError(
            f"{name} 不是 Excel 工作簿。", "请确认文件没有改过扩展名；可在 Excel 或 WPS 中另存为 .xlsx。"
        )
    book = _Book(archive)
    found: list[Document] = []
    for sheet, part, hidden in book.sheets()[:MOST_SHEETS]:
        document = Document("xlsx", name=sheet)
        document.blocks.append(book.grid(part, sheet, document.remarks))
        if hidden:
            document.remarks.append(f"工作表“{sheet}”在原文件中是隐藏的")
        if archive.has_macros:
            document.remarks.append("文件里带有宏，没有运行，也没有读入")
        found.append(document)
    return sorted(found, key=lambda one: any("是隐藏的" in remark for remark in one.remarks))


@dataclass(slots=True)
class _Sheet:
    """Cells of one sheet as they come."""

    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    formulas: list[str] = field(default_factory=list)
    cut: bool = False


class _Book:
    """Shared texts and formats of a workbook."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.workbook = parsed(archive, "xl/workbook.xml")
        self.targets = self._relations("xl/_rels/workbook.xml.rels")
        self.texts = self._shared()
        self.formats = self._formats()
        self.year_1904 = any(
            local(one.tag) == "workbookPr" and one.get("date1904") in {"1", "true"} for one in self.workbook
        )

    def _relations(self, part: str) -> dict[str, str]:
        if part not in self.archive:
            return {}
        return {
            one.get("Id", ""): posixpath.normpath(posixpath.join("xl", one.get("Target", ""))).lstrip("/")
            if not one.get("Target", "").startswith("/")
            else one.get("Target", "").lstrip("/")
            for one in parsed(self.archive, part)
        }

    def _shared(self) -> list[str]:
        part = next((path for path in self.archive.parts if path.lower() == "xl/sharedstrings.xml"), "")
        return [_rich(item) for item in parsed(self.archive, part)] if part else []

    def _formats(self) -> list[str]:
        if "xl/styles.xml" not in self.archive:
            return []
        codes = dict(BUILT_IN)
        styles = parsed(self.archive, "xl/styles.xml")
        for one in styles.iter("{*}numFmt"):
            if (number := one.get("numFmtId", "")).isdecimal() and len(number) < 12:
                codes[int(number)] = one.get("formatCode", "")
        cells = next(styles.iter("{*}cellXfs"), None)
        return [codes.get(_whole(one.get("numFmtId"), 0), "") for one in cells] if cells is not None else []

    def sheets(self) -> list[tuple[str, str, bool]]:
        """Name, part and whether hidden, of each worksheet."""
        found = []
        for one in self.workbook.iter("{*}sheet"):
            relation = next((str(value) for key, value in one.attrib.items() if local(key) == "id"), "")
            part = self.targets.get(relation, "")
            if part in self.archive and "chartsheet" not in part:
                found.append((one.get("name", ""), part, one.get("state", "visible") != "visible"))
        return found

    def grid(self, part: str, name: str, remarks: list[str]) -> Grid:
        """One sheet as a grid."""
        sheet = _Sheet()
        for row, cells in self._rows(part, sheet):
            for column, text in cells:
                sheet.texts[row, column] = text
        if sheet.cut:
            remarks.append(f"工作表“{name}”超过 {LARGEST_ROWS} 行，只读了前面的部分")
        remarks += [
            f"{name} {place} 是公式，文件里没有存它的结果，按空白读入" for place in sheet.formulas[:5]
        ]
        return _laid_out(sheet, name, remarks)

    def _rows(self, part: str, sheet: _Sheet) -> Iterator[tuple[int, list[tuple[int, str]]]]:
        from lxml import etree

        with self.archive.open(part) as stream:
            try:
                head = stream.read(4096)
                if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                    raise self.archive.damaged()
                stream.seek(0)
                events = etree.iterparse(
                    stream,
                    events=("end",),
                    resolve_entities=False,
                    no_network=True,
                    huge_tree=False,
                    load_dtd=False,
                )
                row_number = cells = 0
                for _, element in events:
                    name = local(element.tag)
                    if name == "row":
                        row_number = _whole(element.get("r"), row_number + 1)
                        if element.get("hidden") in {"1", "true"}:
                            sheet.hidden_rows.add(row_number)
                        if len(sheet.texts) > LARGEST_ROWS * 40 or row_number > LARGEST_ROWS:
                            sheet.cut = True
                            return
                        yield row_number, list(self._cells(element, row_number, sheet))
                        element.clear()
                        cells = 0
                        while element.getprevious() is not None:
                            del element.getparent()[0]
                    elif name == "c":
                        cells += 1
                        if cells > MOST_CELLS:
                            raise self.archive.damaged()
                    elif name == "col" and element.get("hidden") in {"1", "true"}:
                        low, high = _whole(element.get("min"), 1), _whole(element.get("max"), 1)
                        sheet.hidden_columns.update(range(low, min(high, LARGEST_COLUMNS) + 1))
                    elif name == "mergeCell":
                        _merge(element.get("ref", ""), sheet)
            except (etree.XMLSyntaxError, *BROKEN) as error:
                raise self.archive.damaged() from error

    def _cells(self, row: _Element, number: int, sheet: _Sheet) -> Iterator[tuple[int, str]]:
        column = 0
        for element in row:
            if local(element.tag) != "c":
                continue
            match = _REFERENCE.fullmatch(element.get("r", ""))
            column = _column(match[1]) if match else column + 1
            if column > LARGEST_COLUMNS:
                return
            text = self._text(element)
            if text is None:
                sheet.formulas.append(f"{_letters(column)}{number}")
            elif text:
                yield column, text

    def _text(self, cell: _Element) -> str | None:
        """What the cell shows; ``None`` for a formula without a stored result."""
        kind = cell.get("t", "n")
        value, formula = "", False
        for one in cell:
            name = local(one.tag)
            if name == "v":
                value = one.text or ""
            elif name == "f":
                formula = True
            elif name == "is":
                return _rich(one)
        if formula and not value and kind != "str":
            return None
        if kind == "s":
            position = _whole(value, -1)
            return self.texts[position] if 0 <= position < len(self.texts) else ""
        if kind == "b":
            return "是" if value == "1" else "否" if value else ""
        if kind in {"str", "e", "d"}:
            return _unescaped(value)
        number = decimal(value) if value else None
        if number is None:
            return value
        style = _whole(cell.get("s"), 0)
        return shown(number, self.formats[style] if style < len(self.formats) else "", self.year_1904)


def _rich(item: _Element) -> str:
    """The text of a string with or without runs; phonetic guides left out."""
    parts: list[str] = []
    for one in item:
        name = local(one.tag)
        if name == "t":
            parts.append(one.text or "")
        elif name == "r":
            parts += [run.text or "" for run in one if local(run.tag) == "t"]
    return _unescaped("".join(parts))


def _unescaped(text: str) -> str:
    return (
        re.sub(r"_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
    )


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else default


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _letters(column: int) -> str:
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def _merge(reference: str, sheet: _Sheet) -> None:
    corners = [_REFERENCE.fullmatch(corner) for corner in reference.split(":")]
    if len(corners) == 2 and corners[0] and corners[1]:
        (top, left), (bottom, right) = [(int(one[2]), _column(one[1])) for one in corners if one]
        sheet.merges.append((top, left, bottom, right))


def _laid_out(sheet: _Sheet, name: str, remarks: list[str]) -> Grid:
    """Cells with merges filled; hidden rows and columns dropped, and said where they held anything."""
    rows = sorted({row for row, _ in sheet.texts})
    if not rows:
        return Grid([])
    height, width = rows[-1], min(max(column for _, column in sheet.texts), LARGEST_COLUMNS)
    for _, left, _, right in sheet.merges:
        if left <= width:
            width = max(width, min(right, width + 30, LARGEST_COLUMNS))
    placed = [
        (top - 1, left - 1, min(bottom, height) - top + 1, right - left + 1, _cell(sheet, name, top, left))
        for top, left, bottom, right in sheet.merges
        if 0 < top <= height and 0 < left <= width and bottom >= top and right >= left
    ]
    placed += [
        (row - 1, column - 1, 1, 1, _cell(sheet, name, row, column))
        for row, column in sheet.texts
        if column <= width
    ]
    grid = filled(placed, height, width)
    empty = Cell("")
    lost = [
        f"{_letters(column)}{row}"
        for row, column in sheet.texts
        if (row in sheet.hidden_rows or column in sheet.hidden_columns) and grid[row - 1][column - 1]
    ]
    if lost:
        remarks.append(f"工作表“{name}”有隐藏的行或列（如 {lost[0]}），其中的内容没有读入")
    shown_columns = [column for column in range(width) if column + 1 not in sheet.hidden_columns]
    kept: list[list[Cell | None]] = []
    for row in range(height):
        if row + 1 in sheet.hidden_rows:
            continue
        kept.append(
            [
                grid[row][column] or Cell(empty.text, f"{name} {_letters(column + 1)}{row + 1}")
                for column in shown_columns
            ]
        )
    return Grid(kept)


def _cell(sheet: _Sheet, name: str, row: int, column: int) -> Cell:
    return Cell(clean(sheet.texts.get((row, column), "")), f"{name} {_letters(column)}{row}")


IMPORTER = Importer("xlsx", "Excel 工作簿", (".xlsx", ".xlsm"), recognises, read)
