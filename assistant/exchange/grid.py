"""What every table looks like once its format is forgotten: lines of text and grids of cells, merges filled.

A merged cell stands at each position it covers as the *same* object, so a reader can tell "the cell above goes on"
from "an empty cell". Positions a short row does not have are ``None``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

LARGEST_ROWS = 5000
LARGEST_COLUMNS = 256
"""No printed form comes near; what lies beyond is not read, and that is said."""

_HARD_SPACE = re.compile("[\xa0\u2000-\u200b\u202f\u205f\ufeff]")
_BREAK = re.compile("\r\n|[\r\n\v\f\u2028\u2029\x85]")
_ITEM = re.compile(
    r"(?:\d{1,2}\s*[.、．)）]|[(（]\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[)）]|[①-⑳]|[一二三四五六七八九十]{1,3}\s*[、.．]"
    r"|(?:指标|目标|任务)\s*\d|[一二三四五六七八九]是|第[一二三四五六七八九十]|[★●■◆])"
)
_CLAUSE_END = "。；;！!？?：:…"


@dataclass(eq=False, slots=True)
class Cell:
    """One cell as written, with its place in the document in the user's words."""

    text: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text outside tables."""

    text: str
    place: str = ""


@dataclass(slots=True)
class Grid:
    """A table. ``top`` says it begins a new page, so that its first row may go on from the page before."""

    rows: list[list[Cell | None]]
    top: bool = False


Block = Line | Grid


@dataclass(slots=True)
class Document:
    """What a reader of some format found.

    Attributes:
        format: ``docx``, ``xlsx`` ...
        blocks: Lines and grids in reading order.
        name: The sheet's name, where there are sheets.
        remarks: What the user should know about the reading (macros, hidden rows left out ...).
        wrapped: Whether line breaks come from the page's width (PDF, plain text), not from a person.
    """

    format: str
    blocks: list[Block] = field(default_factory=list)
    name: str = ""
    remarks: list[str] = field(default_factory=list)
    wrapped: bool = False


def clean(text: str) -> str:
    r"""Return *text* with plain spaces, ``\n`` for every kind of line break, and no blank edges."""
    lines = _BREAK.sub("\n", _HARD_SPACE.sub(" ", text)).split("\n")
    return "\n".join(line.strip(" \t\u3000") for line in lines).strip("\n")


def glued(left: str, right: str) -> str:
    """Join two parts of one text, with a space only between two words of Latin letters."""
    if (
        left
        and right
        and left[-1].isascii()
        and right[0].isascii()
        and left[-1].isalpha()
        and right[0].isalpha()
    ):
        return f"{left} {right}"
    return left + right


def one_line(text: str) -> str:
    r"""Join the lines of a short cell: ``产\\n出\\n指标`` → ``产出指标``."""
    joined = ""
    for line in clean(text).split("\n"):
        joined = glued(joined, line.strip())
    return joined


def flowed(text: str) -> str:
    """Join lines broken by a cell's width; keep breaks a person meant (after a full stop, before an item)."""
    paragraphs: list[str] = []
    gap = True
    for line in clean(text).split("\n"):
        if not line:
            gap = True
        elif paragraphs and not _meant(paragraphs[-1], line, gap):
            paragraphs[-1] = glued(paragraphs[-1], line)
            gap = False
        else:
            paragraphs.append(line)
            gap = False
    return "\n".join(paragraphs)


def _meant(before: str, after: str, gap: bool) -> bool:
    if _ITEM.match(after) and not before.endswith(("第", "（", "(", "、", "，")):
        return True
    return before[-1] in _CLAUSE_END and (gap or not after.startswith(tuple("》）”)")))


def filled(
    cells: Sequence[tuple[int, int, int, int, Cell]], height: int, width: int
) -> list[list[Cell | None]]:
    """Lay out *cells* given as (row, column, rows, columns, cell); the first to claim a position keeps it."""
    rows: list[list[Cell | None]] = [[None] * width for _ in range(height)]
    for row, column, down, across, cell in cells:
        for line in rows[row : row + down]:
            for position in range(column, min(column + across, width)):
                if line[position] is None:
                    line[position] = cell
    return rows


@dataclass(slots=True)
class Span:
    """A cell within one row: the columns it covers, and whether it begins in this row."""

    cell: Cell
    start: int
    end: int
    first: bool
    last: bool = True

    @property
    def text(self) -> str:
        """The cell's text as written."""
        return self.cell.text


@dataclass(slots=True)
class Row:
    """One row as its distinct cells. ``top``: the first of a new page; ``line``: not from a table."""

    spans: list[Span]
    grid: int
    top: bool = False
    line: bool = False

    @property
    def filled(self) -> list[Span]:
        """Cells with any text."""
        return [span for span in self.spans if span.text.strip()]

    @property
    def new(self) -> list[Span]:
        """Cells with text that begin in this row."""
        return [span for span in self.spans if span.first and span.text.strip()]

    @property
    def place(self) -> str:
        """Where the row stands, by its first own cell."""
        return next((span.cell.place for span in self.spans if span.first), "")


def _row_of(parts: Sequence[str], place: str, number: int) -> Row:
    """A line of text, its parts as cells."""
    spans = [Span(Cell(part, place), at, at, first=True) for at, part in enumerate(parts)]
    return Row(spans, number, line=True)


def rows_of(blocks: Sequence[Block]) -> Iterator[Row]:
    """All rows in reading order; a line of text is a row of one cell, empty rows are left out."""
    for number, block in enumerate(blocks):
        if isinstance(block, Line):
            parts = [part for part in re.split(r"[ \t\u3000]{2,}", clean(block.text)) if part.strip()]
            if parts:
                yield _row_of(parts, block.place, number)
            continue
        above: set[int] = set()
        for index, cells in enumerate(block.rows):
            spans: list[Span] = []
            for column, cell in enumerate(cells):
                if cell is None:
                    continue
                if spans and spans[-1].cell is cell and spans[-1].end == column - 1:
                    spans[-1].end = column
                else:
                    spans.append(Span(cell, column, column, first=id(cell) not in above))
            above = {id(span.cell) for span in spans}
            if any(span.text.strip() for span in spans):
                yield Row(spans, number, top=block.top and index == 0)
