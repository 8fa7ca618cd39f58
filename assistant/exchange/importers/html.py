"""Web pages: tables with rowspan and colspan, layout tables around them, and Excel files that are really HTML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.domain.errors import InputError
from assistant.exchange import hidden
from assistant.exchange.grid import (
    LARGEST_COLUMNS,
    LARGEST_ROWS,
    Block,
    Cell,
    Document,
    Grid,
    Line,
    clean,
    filled,
)
from assistant.exchange.importer import Importer, ImportReport
from assistant.exchange.text_bytes import decoded, is_text

if TYPE_CHECKING:
    from lxml.etree import _Element

_UNSHOWN = {"script", "style", "template", "noscript", "head", "title", "select", "object", "svg", "iframe"}
_BREAKING = {
    "p",
    "div",
    "br",
    "li",
    "tr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "section",
    "article",
    "dt",
    "dd",
    "center",
}
DEEPEST = 200
"""Levels of nesting followed; no page of a form comes near."""
MOST_TAGS = 500_000
"""A page of a form has some thousands; each costs some hundred bytes once parsed."""


def recognises(data: bytes) -> bool:
    """Whether *data* is a page with a table."""
    start = data[:4].lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    return (
        start == b"<"
        and is_text(data)
        and re.search(rb"<(?:table|html|body)[\s>]", data[:200_000], re.IGNORECASE) is not None
    )


def read(data: bytes, name: str) -> ImportReport:
    """Read the form. Raises ``InputError``."""
    from assistant.exchange.own import read_back
    from assistant.exchange.recognise import recognise

    found = document(data, name)
    _, kept = hidden.find(decoded(data)[0])
    return read_back(kept, found, name, lambda: recognise([found], name))


def document(data: bytes, name: str) -> Document:
    """The page's lines and tables. Raises ``InputError``."""
    text, remark = decoded(data)
    found = Document("html", blocks(text, name))
    if remark:
        found.remarks.append(remark)
    return found


def blocks(text: str, name: str) -> list[Block]:
    """Lines and tables of HTML *text*. Raises ``InputError``."""
    from lxml import etree
    from lxml import html as parser

    if text.count("<") > MOST_TAGS:
        raise InputError(
            f"{name} 的网页内容过多，不像一张自评表，没有读入。",
            "请只把自评表所在的部分另存，或复制表格文字后粘贴读入。",
        )
    text = re.sub(r"\A\s*<\?xml[^>]*\?>", "", text)
    try:
        root = parser.document_fromstring(
            text,
            parser=parser.HTMLParser(remove_comments=True, remove_pis=True, no_network=True, huge_tree=False),
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise InputError(
            f"{name} 不是完整的网页文件，打不开。", "请重新保存网页，或复制网页上的表格文字后粘贴读入。"
        ) from error
    return _Reader().blocks(root, 0)


class _Reader:
    """Walks a page; counts tables for places."""

    def __init__(self) -> None:
        self._tables = 0
        self._text: list[str] = []
        self._found: list[Block] = []

    def blocks(self, root: _Element, depth: int) -> list[Block]:
        self._walk(root, depth)
        self._line()
        return self._found

    def _walk(self, element: _Element, depth: int) -> None:
        if depth > DEEPEST or not isinstance(element.tag, str) or element.tag in _UNSHOWN or _hidden(element):
            return
        if element.tag == "table":
            self._line()
            self._found += self._table(element, depth)
            return
        if element.tag in _BREAKING:
            self._line()
        self._text.append(re.sub(r"[ \t\r\n\f]+", " ", element.text or ""))
        for child in element:
            self._walk(child, depth + 1)
            self._text.append(re.sub(r"[ \t\r\n\f]+", " ", child.tail or ""))
        if element.tag in _BREAKING:
            self._line()

    def _line(self) -> None:
        if text := clean("".join(self._text)).strip():
            self._found.append(Line(text))
        self._text = []

    def _table(self, table: _Element, depth: int) -> list[Block]:
        self._tables += 1
        number = self._tables
        placed: list[tuple[int, int, int, int, Cell]] = []
        taken: dict[int, set[int]] = {}
        nested: list[tuple[int, _Element]] = []
        rows = _own_rows(table)[:LARGEST_ROWS]
        for index, row in enumerate(rows):
            column = 0
            for order, cell in enumerate(child for child in row if child.tag in {"td", "th"}):
                while column in taken.get(index, ()):
                    column += 1
                if column >= LARGEST_COLUMNS:
                    break
                down = min(_span(cell, "rowspan", len(rows) - index), len(rows) - index)
                across = min(_span(cell, "colspan", 1), LARGEST_COLUMNS - column)
                for lower in range(index, index + down):
                    taken.setdefault(lower, set()).update(range(column, column + across))
                text = "" if _hidden(cell) else clean(_cell_text(cell))
                placed.append(
                    (index, column, down, across, Cell(text, f"表{number}第{index + 1}行第{order + 1}格"))
                )
                nested += [(index, inner) for inner in _own_tables(cell)]
                column += across
        width = min(
            max((max(columns) + 1 for columns in taken.values() if columns), default=0), LARGEST_COLUMNS
        )
        grid = filled(placed, len(rows), width)
        found: list[Block] = []
        start = 0
        for index, inner in nested:
            found += (
                [Grid(grid[start : index + 1]), *self._table(inner, depth + 1)] if depth < DEEPEST else []
            )
            start = index + 1
        return [block for block in (*found, Grid(grid[start:])) if not isinstance(block, Grid) or block.rows]


def _span(cell: _Element, name: str, whole: int) -> int:
    text = (cell.get(name) or "1").strip()
    number = int(text) if text.isdecimal() and len(text) < 7 else 1
    return number or whole


def _hidden(element: _Element) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or "mso-hide:all" in style or element.get("hidden") is not None


def _own_rows(table: _Element) -> list[_Element]:
    rows: list[_Element] = []
    for child in table:
        if child.tag == "tr":
            rows.append(child)
        elif child.tag in {"thead", "tbody", "tfoot"}:
            rows += [row for row in child if row.tag == "tr"]
    return [row for row in rows if not _hidden(row)]


def _own_tables(cell: _Element) -> list[_Element]:
    return [
        table
        for table in cell.iter("table")
        if next(up for up in table.iterancestors() if up.tag in {"td", "th"}) is cell
    ]


def _cell_text(cell: _Element) -> str:
    parts: list[str] = []
    _collect(cell, parts, 0)
    lines = re.sub(r"[ \t\r\f\v]+", " ", "".join(parts)).split("\n")
    return "\n".join(line.strip() for line in lines if line.strip())


def _collect(element: _Element, parts: list[str], depth: int) -> None:
    if depth > DEEPEST:
        return
    parts.append(re.sub(r"[ \t\r\n\f]+", " ", element.text or ""))
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _UNSHOWN | {"table"} and not _hidden(child):
            if child.tag == "input":
                parts.append(child.get("value") or "")
            breaking = child.tag in _BREAKING
            if breaking and "".join(parts).strip():
                parts.append("\n")
            _collect(child, parts, depth + 1)
            if breaking and child.tag != "br":
                parts.append("\n")
        parts.append(re.sub(r"[ \t\r\n\f]+", " ", child.tail or ""))


IMPORTER = Importer("html", "网页", (".html", ".htm"), recognises, read)
