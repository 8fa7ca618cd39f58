"""Word documents (.docx): tables of the body with their merges, content controls and nested tables included.

WordprocessingML is walked directly: text inside content controls, insertions and smart tags counts, deleted text does
not; grids made by WPS, whose rows do not add up to the declared columns, are laid out by the widths of their cells.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.domain.errors import InputError
from assistant.exchange.archive import Archive
from assistant.exchange.grid import LARGEST_COLUMNS, LARGEST_ROWS, Block, Cell, Document, Grid, Line, clean
from assistant.exchange.importer import Importer, ImportReport
from assistant.exchange.xml import local, parsed

if TYPE_CHECKING:
    from lxml.etree import _Element

_HIDDEN = {
    "del",
    "moveFrom",
    "Fallback",
    "instrText",
    "delText",
    "pPr",
    "rPr",
    "txbxContent",
    "footnoteReference",
}
_WRAPPERS = {
    "sdt",
    "sdtContent",
    "ins",
    "moveTo",
    "smartTag",
    "customXml",
    "hyperlink",
    "AlternateContent",
    "Choice",
}
_NEAR = 90
"""Twips by which edges of one column may differ between rows (1.6 mm)."""


def recognises(data: bytes) -> bool:
    """Whether *data* is a Word file."""
    return data.startswith(b"PK\x03\x04") and b"word/" in data


def read(data: bytes, name: str) -> ImportReport:
    """Read the form. Raises ``InputError``."""
    from assistant.exchange.own import carried, read_back
    from assistant.exchange.recognise import recognise

    found = document(data, name)
    return read_back(carried(Archive(data, name)), found, name, lambda: recognise([found], name))


def document(data: bytes, name: str) -> Document:
    """The body's lines and tables. Raises ``InputError``."""
    archive = Archive(data, name)
    part = "word/document.xml"
    if part not in archive:
        part = next(
            (path for path in archive.parts if path.endswith(("document.xml", "document2.xml"))),
            "",
        )
        if not part:
            raise InputError(
                f"{name} 不是 Word 文档。", "请确认文件没有改过扩展名；可在 Word 或 WPS 中另存为 .docx。"
            )
    body = next((child for child in parsed(archive, part) if local(child.tag) == "body"), None)
    found = Document("docx")
    if body is not None:
        found.blocks = _Reader().blocks(body)
    if archive.has_macros:
        found.remarks.append("文件里带有宏，没有运行，也没有读入")
    return found


def _children(element: _Element, wanted: str) -> Iterator[_Element]:
    """Children named *wanted*, looking into content controls and tracked insertions."""
    for child in element:
        name = local(child.tag)
        if name == wanted:
            yield child
        elif name in _WRAPPERS:
            yield from _children(child, wanted)


def _boxes(paragraph: _Element) -> Iterator[_Element]:
    """Text boxes anchored in *paragraph*; those inside them are found when they are read in turn."""
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        name = local(element.tag)
        if name == "txbxContent":
            yield element
        elif name != "Fallback":
            waiting.extend(reversed(element))


def _property(element: _Element, properties: str, name: str) -> str | None:
    """The ``w:val`` of a property, ``""`` where it has none, ``None`` where it is absent."""
    for group in element:
        if local(group.tag) == properties:
            for one in group:
                if local(one.tag) == name:
                    return next(
                        (str(value) for key, value in one.attrib.items() if local(key) in {"val", "w"}), ""
                    )
    return None


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.removeprefix("-").isdecimal() and len(text) < 12 else default


def _text(element: _Element) -> str:
    parts: list[str] = []
    _collect(element, parts)
    return "".join(parts)


def _collect(element: _Element, parts: list[str]) -> None:
    for child in element:
        name = local(child.tag)
        if name == "t":
            parts.append(child.text or "")
        elif name in {"br", "cr"}:
            parts.append("\n")
        elif name == "tab":
            parts.append("\t")
        elif name == "noBreakHyphen":
            parts.append("-")
        elif name == "sym":
            parts.append(_symbol(child))
        elif name not in _HIDDEN and name != "tbl":
            _collect(child, parts)


def _symbol(element: _Element) -> str:
    """A character of a symbol font: ≥ ≤ and tick marks stand there in old forms."""
    code = next((str(value) for key, value in element.attrib.items() if local(key) == "char"), "")
    known = {
        "F0B3": "≥",
        "F0A3": "≤",
        "F0B9": "≠",
        "F0B4": "×",
        "F0FE": "☑",
        "F052": "☑",
        "F0A8": "□",
        "F06F": "□",
    }
    return known.get(code.upper(), "")


class _Reader:
    """Walks a body; counts tables for places."""

    def __init__(self) -> None:
        self._tables = 0

    def blocks(self, element: _Element) -> list[Block]:
        found: list[Block] = []
        for child in element:
            name = local(child.tag)
            if name == "p":
                if (text := clean(_text(child))).strip():
                    found.append(Line(text))
                for box in _boxes(child):
                    found.extend(self.blocks(box))
            elif name == "tbl":
                found.extend(self._table(child))
            elif name in _WRAPPERS:
                found.extend(self.blocks(child))
        return found

    def _table(self, table: _Element) -> list[Block]:
        self._tables += 1
        number = self._tables
        laid = [_laid(row) for _, row in zip(range(LARGEST_ROWS), _children(table, "tr"), strict=False)]
        grid = next((child for child in table if local(child.tag) == "tblGrid"), None)
        columns = len(grid) if grid is not None else 0
        if any(row and row[-1].end != columns for row in laid):
            _by_width(laid)
        width = min(max((row[-1].end for row in laid if row), default=0), LARGEST_COLUMNS)
        rows: list[list[Cell | None]] = []
        found: list[Block] = []
        for index, pieces in enumerate(laid):
            line: list[Cell | None] = [None] * width
            nested: list[_Element] = []
            for piece in pieces:
                cell = self._cell(piece, number, index, rows[-1] if rows else None)
                line[piece.start : min(piece.end, width)] = [cell] * (min(piece.end, width) - piece.start)
                nested += piece.nested
            rows.append(line)
            for inner in nested:
                found += [Grid(rows), *self._table(inner)]
                rows = []
        return [block for block in (*found, Grid(rows)) if not isinstance(block, Grid) or block.rows]

    @staticmethod
    def _cell(piece: _Piece, table: int, index: int, above: list[Cell | None] | None) -> Cell:
        if piece.continues and above is not None and piece.start < len(above):
            upper = above[piece.start]
            if upper is not None and not piece.text.strip():
                return upper
        return Cell(piece.text, f"表{table}第{index + 1}行第{piece.order + 1}格")


class _Piece:
    """One ``w:tc`` before its columns are final."""

    __slots__ = ("continues", "end", "nested", "order", "start", "text", "width")

    def __init__(self, element: _Element, start: int, order: int) -> None:
        self.start = start
        span = max(1, min(_number(_property(element, "tcPr", "gridSpan"), 1), LARGEST_COLUMNS))
        self.end = min(start + span, LARGEST_COLUMNS)
        self.order = order
        merge = _property(element, "tcPr", "vMerge")
        self.continues = merge is not None and merge != "restart"
        self.width = _number(_property(element, "tcPr", "tcW"), 0)
        self.text = clean("\n".join(_text(paragraph) for paragraph in _children(element, "p")))
        self.nested = list(_children(element, "tbl"))


def _laid(row: _Element) -> list[_Piece]:
    position = _number(_property(row, "trPr", "gridBefore"), 0)
    pieces: list[_Piece] = []
    for order, element in enumerate(_children(row, "tc")):
        if position >= LARGEST_COLUMNS:
            break
        pieces.append(_Piece(element, position, order))
        position = pieces[-1].end
    return pieces


def _by_width(rows: list[list[_Piece]]) -> None:
    """Lay cells out by their widths where the declared columns do not add up."""
    if any(piece.width <= 0 for row in rows for piece in row):
        return
    edges: list[tuple[_Piece, int, int]] = []
    for row in rows:
        left = 0
        for piece in row:
            edges.append((piece, left, left + piece.width))
            left += piece.width
    marks: list[int] = []
    for mark in sorted({edge for _, left, right in edges for edge in (left, right)}):
        if not marks or mark - marks[-1] > _NEAR:
            marks.append(mark)
    if len(marks) > LARGEST_COLUMNS:
        return
    for piece, left, right in edges:
        piece.start = _nearest(marks, left)
        piece.end = max(piece.start + 1, _nearest(marks, right))


def _nearest(marks: list[int], edge: int) -> int:
    return min(range(len(marks)), key=lambda index: abs(marks[index] - edge))


IMPORTER = Importer("docx", "Word 文档", (".docx", ".docm"), recognises, read)
