"""GitHub-flavoured Markdown: texts into table cells and back, nothing lost; tables aligned for Chinese.

Inside a cell a line break is ``<br>``; what Markdown or HTML would take for its own is escaped, so that a reader
sees the very text. Control characters never get into a document: they could drive the terminal that shows it.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence

from assistant.domain.visible import visible

WIDEST_PADDED = 80
"""Cells up to this width align their column; a longer one just runs on, or a table would be as wide as its text."""

_PUNCTUATION = r"!\"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~"
_ESCAPED = re.compile(
    rf"\\([{_PUNCTUATION}])|<br\s*/?>|&(?:#\d{{1,7}}|#[xX][0-9a-fA-F]{{1,6}}|\w{{1,31}});", re.IGNORECASE
)
_ENTITY = re.compile(r"&(?=#\d|#[xX][0-9a-fA-F]|[A-Za-z]\w*;)")
_EDGE = re.compile(
    r"^[^\S\n]+|(?<![^\S\n])[^\S\n]+$|\t", re.MULTILINE
)  # blanks of any script: readers trim them
_PAIRED = ("*", "_", "~", "`", "$")


def escape(text: str) -> str:
    """Write *text* so that it fits one line of Markdown and reads back as it is (see :func:`unescape`)."""
    text = visible(text).replace("\\", "\\\\").replace("|", "\\|").replace("<", "\\<")
    text = _ENTITY.sub(r"\&", text)
    for sign in _PAIRED:
        if text.count(sign) > 1:  # one alone has no meaning: 90%~95% and 元/人*月 stay as they are
            text = text.replace(sign, f"\\{sign}")
    if "](" in text:
        text = text.replace("[", "\\[")
    text = _EDGE.sub(lambda match: "".join(f"&#{ord(character)};" for character in match[0]), text)
    return text.replace("\n", "<br>")


def unescape(text: str) -> str:
    """Read what :func:`escape` or a person wrote in a cell."""

    def plain(match: re.Match[str]) -> str:
        if match[1]:
            return match[1]
        if match[0].startswith("<"):
            return "\n"
        return html.unescape(match[0])

    return visible(_ESCAPED.sub(plain, text.strip(" \t")))


def paragraph(text: str) -> str:
    """:func:`escape` for the beginning of a line, where more signs have a meaning."""
    text = escape(text)
    text = re.sub(r"^(\d{1,9})([.)])(?=\s|$)", r"\1\\\2", text)
    return re.sub(r"^([#>+=-])", r"\\\1", text)


def display_width(text: str) -> int:
    """Columns *text* takes in a terminal: wide characters two, combining ones none, ambiguous ones one."""
    return sum(
        0
        if unicodedata.category(character) in {"Mn", "Me", "Cf"}
        else 1 + (unicodedata.east_asian_width(character) in "WF")
        for character in text
    )


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Lines of a table; all cells are plain texts and get escaped here."""
    cells = [[escape(cell) for cell in row] for row in (head, *rows)]
    widths = [
        max((width for row in cells if (width := display_width(row[column])) <= WIDEST_PADDED), default=0)
        for column in range(len(head))
    ]
    widths = [max(width, 3) for width in widths]

    def line(row: Sequence[str]) -> str:
        padded = (cell + " " * (width - display_width(cell)) for cell, width in zip(row, widths, strict=True))
        return f"| {' | '.join(padded)} |"

    return [
        line(cells[0]),
        f"| {' | '.join('-' * width for width in widths)} |",
        *(line(row) for row in cells[1:]),
    ]


def split_row(line: str) -> list[str] | None:
    """The cells of one table line, still escaped; ``None`` where *line* is no table line."""
    line = line.strip(" \t")
    if not line.startswith("|"):
        return None
    cells, start, position = [], 1, 1
    while position < len(line):
        if line[position] == "\\":
            position += 1
        elif line[position] == "|":
            cells.append(line[start:position].strip(" \t"))
            start = position + 1
        position += 1
    if line[start:].strip(" \t"):
        cells.append(line[start:].strip(" \t"))
    return cells


def is_rule(cells: Sequence[str]) -> bool:
    """Whether this is the line under a table's head (``| --- | :-: |``)."""
    return bool(cells) and all(re.fullmatch(r":?-+:?", cell) for cell in cells)
