"""Tables in Markdown whose labels are merged cells: HTML with rowspan, which Markdown passes on, and back.

One line a row and no empty line within, or Markdown would take the table for ended.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from html.parser import HTMLParser

from assistant.domain.visible import visible

OPENING, CLOSING = "<table>", "</table>"


def merged_table(head: Sequence[str], rows: Sequence[Sequence[tuple[str, int] | None]]) -> list[str]:
    """Lines of a table. Each cell is its text and the rows it covers, ``None`` where the cell above goes on."""
    titles = "".join(f"<th>{_text(text)}</th>" for text in head)
    body = []
    for row in rows:
        cells = (
            f'<td rowspan="{cell[1]}">{_text(cell[0])}</td>' if cell[1] > 1 else f"<td>{_text(cell[0])}</td>"
            for cell in row
            if cell is not None
        )
        body.append(f"<tr>{''.join(cells)}</tr>")
    return [OPENING, f"<tr>{titles}</tr>", *body, CLOSING]


def _text(text: str) -> str:
    return escape(visible(text), quote=False).replace("\n", "<br>")


def read_merged(lines: Sequence[str]) -> list[list[str]]:
    """The rows of what :func:`merged_table` wrote, each label repeated in the rows it covers."""
    reader = _Reader()
    reader.feed("\n".join(lines))
    reader.close()
    return reader.rows


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []
        self._below: dict[int, tuple[int, str]] = {}  # column → rows still covered, text
        self._cell: list[str] | None = None
        self._down = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
            self._covered()
        elif tag in {"td", "th"} and self.rows:
            self._cell = []
            span = dict(attrs).get("rowspan") or "1"
            self._down = int(span) if span.isdecimal() and len(span) < 6 else 1
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag not in {"td", "th"} or self._cell is None:
            return
        row, text = self.rows[-1], "".join(self._cell)
        if self._down > 1:
            self._below[len(row)] = (self._down - 1, text)
        row.append(text)
        self._cell = None
        self._covered()

    def _covered(self) -> None:
        """Repeat the cells that reach down into this row, up to the next place of its own."""
        row = self.rows[-1]
        while (held := self._below.get(len(row))) is not None:
            left, text = held
            if left > 1:
                self._below[len(row)] = (left - 1, text)
            else:
                del self._below[len(row)]
            row.append(text)
