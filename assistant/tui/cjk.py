"""Chinese text in Textual 8.2: line breaking, the terminal's cursor and pasted lines. All private names are touched here.

* Lines break between any two wide characters, never before a closing mark nor after an opening one (避头尾), and
  never inside a number or a Latin word. Textual breaks at spaces only, which leaves half lines empty.
* A paragraph of any length is typed into without delay: Textual cuts it into all its lines again for each one it draws,
  and draws it whole, as one line, before it knows its width.
* The hardware cursor, where an input method draws its candidates, is computed when the screen is painted. Textual
  remembers it from before scrolling and layout.
* Several pasted lines become one in a one-line field; Textual keeps the first and drops the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

import textual.content
import textual.document._wrapped_document as wrapped_document
from rich.cells import get_character_cell_size as cells_of
from rich.style import Style
from rich.text import Span, Text
from textual import _wrap, expand_tabs
from textual.app import ReturnType
from textual.document._wrapped_document import WrappedDocument
from textual.geometry import Offset
from textual.screen import Screen
from textual.strip import Strip
from textual.widgets import Input, TextArea

from assistant.tui import harmless
from assistant.tui.harmless import HarmlessClipboard

NO_START = frozenset("、。，．・：；？！）］｝〕〉》」』】〗’”…—％℃‰·～,.:;?!)]}%°~")
NO_END = frozenset("（［｛〔〈《「『【〖‘“([{￥$¥№§")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_textual_wrap = _wrap.compute_wrap_offsets
_textual_tab_widths = expand_tabs.get_tab_widths


def _may_break(before: str, after: str) -> bool:
    if after in NO_START or before in NO_END or after == " ":
        return False
    if before == " ":
        return True
    return cells_of(before) == 2 or cells_of(after) == 2


class _Widths(dict[str, int]):
    """Cells of each character, worked out once."""

    def __missing__(self, character: str) -> int:
        """Ask rich."""
        self[character] = size = cells_of(character)
        return size


_width_of = _Widths().__getitem__
_WIDE = re.compile("[\u4e00-\u9fff\u3001\u3002\uff01\uff05\uff08\uff09\uff0c\uff1a\uff1b\uff1f]*")
_NARROW = re.compile("[ -~]*")


def break_offsets(text: str, width: int, *, fold: bool = True, hang: bool = True) -> list[int]:
    """Where the lines of *text* begin, but the first, when at most *width* cells wide.

    Spaces at a line's end may hang over if *hang* (they are cut when drawn; a text area must keep them inside).
    A piece wider than a line is divided anywhere if *fold*.

    A long paragraph is wrapped anew at each key, so what fits into a line is found by runs of characters of one width,
    and only at its end is it asked where one may break.
    """
    breaks: list[int] = []
    begin, placed = 0, 0  # where the present line begins; what is before *placed* has its place
    while (over := _fitting(text, begin, width)) < len(text):
        over = max(over, placed)  # the first that has no room
        while hang and over < len(text) and text[over] == " ":
            over += 1
        if over == len(text):
            break
        start = over
        while start > placed and not _may_break(text[start - 1], text[start]):
            start -= 1
        if any(map(_width_of, text[begin:start])):
            breaks.append(start)
            begin = placed = start
            continue
        placed = start + 1  # a piece wider than a line
        while placed < len(text) and not _may_break(text[placed - 1], text[placed]):
            placed += 1
        if fold:
            cells = sum(map(_width_of, text[begin:start]))  # on the line so far
            for index in range(start, placed):
                size = _width_of(text[index])
                if cells and cells + size > width:
                    breaks.append(index)
                    begin, cells = index, 0
                cells += size
    return breaks


def _fitting(text: str, begin: int, width: int) -> int:
    """Where the first character stands that has no room in a line of *width* cells from *begin*; the end if all have."""
    at, room = begin, width
    if not width % 2 and _WIDE.match(text, begin, full := begin + width // 2).end() == full:  # type: ignore[union-attr]
        return full  # nearly every line of a long Chinese text
    while at < len(text):
        for run, size in ((_WIDE, 2), (_NARROW, 1)):
            stop = at + room // size
            end = run.match(text, at, stop).end()  # type: ignore[union-attr]  # it matches nothing at least
            room -= size * (end - at)
            at = end
        if at == len(text):
            break
        if (size := _width_of(text[at])) > room:
            return at
        room -= size
        at += 1
    return at


def _wrap_document_line(
    text: str, width: int, tab_size: int, fold: bool = True, precomputed_tab_sections: Any = None
) -> list[int]:
    if "\t" in text or width < 2:
        return _textual_wrap(text, width, tab_size, fold, precomputed_tab_sections)
    return break_offsets(text, width, fold=fold, hang=False)


def _tab_widths(line: str, tab_size: int = 4) -> list[tuple[str, int]]:
    """Textual looks for tabs letter by letter; most texts have none."""
    return _textual_tab_widths(line, tab_size) if "\t" in line or not line else [(line, 0)]


class _Only(Sequence[Text]):
    """The sections of a line of which one is drawn; the others are asked for their tabs only, and have none."""

    def __init__(self, section: int, text: Text) -> None:
        self._section = section
        self._text = text

    def __len__(self) -> int:
        return self._section + 1

    def __getitem__(self, at: Any) -> Any:
        return self._text if at == self._section else Text()


class SectionedLine(Text):
    """A line of a text area, without tabs, of which one section is drawn: what stands elsewhere in it costs nothing.

    Args:
        line: All of it; columns of styles are columns of it.
        offsets: Where its sections begin, but the first.
        section: Which one is drawn.
    """

    def __init__(self, line: str, offsets: Sequence[int], section: int) -> None:
        self._begin = offsets[section - 1] if section else 0
        self._end = offsets[section] if section < len(offsets) else len(line) + 1
        super().__init__(line[self._begin : self._end], end="", no_wrap=True)
        self._section = section
        self._whole = len(line)

    def __len__(self) -> int:
        return self._whole

    def set_length(self, new_length: int) -> None:
        """Room for the cursor behind the last letter."""
        if self._end == new_length:
            self.append(" ")
        self._whole = new_length

    def stylize(self, style: str | Style, start: int = 0, end: int | None = None) -> None:
        """Style what of columns *start* to *end* is drawn."""
        stop = self._end if end is None else min(end, self._end)
        if max(start, self._begin) < stop:
            self.spans.append(Span(max(start, self._begin) - self._begin, stop - self._begin, style))

    def divide(self, offsets: Iterable[int]) -> Any:
        """The one section."""
        return _Only(self._section, self.copy())


class LongLines(TextArea):
    """A text area that draws a line of any length in the time of what is seen of it."""

    _drawn = 0
    """The row being drawn, from the top of the text."""

    def _render_line(self, y: int) -> Strip:
        self._drawn = y + self.scroll_offset.y
        return super()._render_line(y)

    def _rewrap_and_refresh_virtual_size(self) -> None:
        """Not where it is wrapped so already: every edit keeps it so, and each new layout asks again.

        A text that has more letters than there is room for gets its scrollbar first, else it is wrapped once without
        and once with it.
        """
        wrapped, width = self.wrapped_document, self.wrap_width
        if (wrapped._width, wrapped._tab_width) == (width, self.indent_width):  # noqa: SLF001
            self._refresh_size()
        elif width and not self.show_vertical_scrollbar and self._is_longer_than(self.size.height * width):
            self.show_vertical_scrollbar = True  # which wraps it
        else:
            super()._rewrap_and_refresh_virtual_size()

    def _is_longer_than(self, letters: int) -> bool:
        return sum(map(len, self.document.lines)) > letters

    def get_line(self, line_index: int) -> Text:
        """The line, as far as it is drawn."""
        line, wrapped = self.document.get_line(line_index), self.wrapped_document
        if "\t" in line:
            return super().get_line(line_index)
        if self.soft_wrap and not wrapped._width:  # noqa: SLF001 -- painted before it knows how wide it is
            return SectionedLine(line[: self.size.width], (), 0)
        _, section = wrapped._offset_to_line_info[self._drawn]  # noqa: SLF001
        return SectionedLine(line, wrapped.get_offsets(line_index), section)


def _sections(document: WrappedDocument, line_index: int) -> list[str]:
    line = document.document[line_index]
    return [line[start:end] for start, end in pairwise([0, *document.get_offsets(line_index), len(line)])]


def _divide_line(text: str, width: int, fold: bool = True) -> list[int]:
    return break_offsets(text, width, fold=fold)


def install() -> None:
    """Teach Textual's text areas and labels to break Chinese lines. Safe to call again."""
    vars(wrapped_document)["compute_wrap_offsets"] = _wrap_document_line
    vars(wrapped_document)["get_tab_widths"] = _tab_widths
    vars(textual.content)["divide_line"] = _divide_line
    setattr(WrappedDocument, "get_sections", _sections)  # noqa: B010 -- a method put in the place of another
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
