"""Chinese text in Textual 8.2: line breaking, the terminal's cursor and pasted lines. All private names are touched here.

* Lines break between any two wide characters, never before a closing mark nor after an opening one (避头尾), and
  never inside a number or a Latin word. Textual breaks at spaces only, which leaves half lines empty.
* The hardware cursor, where an input method draws its candidates, is computed when the screen is painted. Textual
  remembers it from before scrolling and layout.
* Several pasted lines become one in a one-line field; Textual keeps the first and drops the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import textual.content
import textual.document._wrapped_document as wrapped_document
from rich.cells import get_character_cell_size as cells_of
from textual import _wrap
from textual.app import ReturnType
from textual.geometry import Offset
from textual.screen import Screen
from textual.widgets import Input

from assistant.tui import harmless
from assistant.tui.harmless import HarmlessClipboard

NO_START = frozenset("、。，．・：；？！）］｝〕〉》」』】〗’”…—％℃‰·～,.:;?!)]}%°~")
NO_END = frozenset("（［｛〔〈《「『【〖‘“([{￥$¥№§")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_textual_wrap = _wrap.compute_wrap_offsets


def _may_break(before: str, after: str) -> bool:
    if after in NO_START or before in NO_END or after == " ":
        return False
    if before == " ":
        return True
    return cells_of(before) == 2 or cells_of(after) == 2


def units(text: str) -> Iterator[tuple[int, int]]:
    """The pieces of *text* that no line break may divide, as (start, end)."""
    start = 0
    for index in range(1, len(text)):
        if _may_break(text[index - 1], text[index]):
            yield start, index
            start = index
    if text:
        yield start, len(text)


def break_offsets(text: str, width: int, *, fold: bool = True, hang: bool = True) -> list[int]:
    """Where the lines of *text* begin, but the first, when at most *width* cells wide.

    Spaces at a line's end may hang over if *hang* (they are cut when drawn; a text area must keep them inside).
    A piece wider than a line is divided anywhere if *fold*.
    """
    breaks: list[int] = []
    column = 0
    for start, end in units(text):
        piece = text[start:end]
        full = sum(map(cells_of, piece))
        core = full - (len(piece) - len(piece.rstrip(" "))) if hang else full
        if column + core <= width:
            column += full
            continue
        if column:
            breaks.append(start)
            column = 0
        if core <= width or not fold:
            column = full
            continue
        for index in range(start, end):
            size = cells_of(text[index])
            if column and column + size > width:
                breaks.append(index)
                column = 0
            column += size
    return breaks


def _wrap_document_line(
    text: str, width: int, tab_size: int, fold: bool = True, precomputed_tab_sections: Any = None
) -> list[int]:
    if "\t" in text or width < 2:
        return _textual_wrap(text, width, tab_size, fold, precomputed_tab_sections)
    return break_offsets(text, width, fold=fold, hang=False)


def _divide_line(text: str, width: int, fold: bool = True) -> list[int]:
    return break_offsets(text, width, fold=fold)


def install() -> None:
    """Teach Textual's text areas and labels to break Chinese lines. Safe to call again."""
    vars(wrapped_document)["compute_wrap_offsets"] = _wrap_document_line
    vars(textual.content)["divide_line"] = _divide_line
    harmless.install()


def plain_lines(pasted: str) -> str:
    """Pasted text for a text area: lines and tabs stay, control characters do not."""
    return _CONTROL.sub("", pasted.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(pasted: str) -> str:
    """Pasted text for a one-line field: lines joined, without a space between two Chinese characters."""
    lines = (_CONTROL.sub("", line.replace("\t", " ")).strip() for line in pasted.splitlines())
    joined = ""
    for line in filter(None, lines):
        wide = joined and cells_of(joined[-1]) == 2 and cells_of(line[0]) == 2
        joined += line if not joined or wide else f" {line}"
    return joined


class CursorAtCaret(HarmlessClipboard[ReturnType]):
    """An app whose terminal cursor stands where the focused field's caret is, at every paint."""

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        field = self.focused
        caret = getattr(field, "cursor_screen_offset", None)
        if field is not None and isinstance(caret, Offset):
            if isinstance(field, Input) and field.cursor_position >= len(field.value):
                caret = Offset(caret.x - 1, caret.y)  # Input counts one cell too many at the end of its value
            inside = field.content_region
            self.cursor_position = Offset(
                min(max(caret.x, inside.x), max(inside.right - 1, inside.x)),
                min(max(caret.y, inside.y), max(inside.bottom - 1, inside.y)),
            )
        super()._display(screen, renderable)
