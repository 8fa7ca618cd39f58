"""The fields a cell is written in: one line or a text area. They draw what they are shown and note what is typed.

A field notes a change on the desk in the same moment it happens, with the cell it belongs to, and never draws over
typing that the workspace has not seen yet.
"""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Label
from textual.widgets.text_area import Edit, EditResult

from assistant.tui.cjk import LongLines, one_line, plain_lines
from assistant.tui.desk import Desk
from assistant.tui.hints import hinted
from assistant.tui.widgets.steady import LaidOutOnce, Steady, SteadyInput
from assistant.workspace.doubts import doubt_at
from assistant.workspace.handover import USUAL_LIMIT, gbk_bytes

LONG_TEXT = 120
"""Characters from which a text is shown from its beginning."""


def doubt_words(desk: Desk, path: str) -> str:
    """What to say beside a cell whose reading nobody has confirmed yet, ``""`` beside any other; its key as ``{confirm}``."""
    doubt = doubt_at(desk.workspace.case, path)
    if doubt is None:
        return ""
    raw = " ".join(doubt.raw.split())
    shown = f"原文“{raw[:24]}{'…' if len(raw) > 24 else ''}”，" if raw else ""
    return f"待确认（{{confirm}} 确认）：{shown}{doubt.why}"


SHOWN_FIGURES = 2


def figure_words(desk: Desk, path: str) -> str:
    """What to say below a text with figures that wait for a decision, ``""`` below any other."""
    here = [figure for figure in desk.figures if figure.path == path]
    if not here:
        return ""
    shown = "；".join(figure.why for figure in here[:SHOWN_FIGURES])
    more = f"；另有 {len(here) - SHOWN_FIGURES} 处" if len(here) > SHOWN_FIGURES else ""
    mend = "光标在此按 {fill} 换成新数，" if any(figure.new for figure in here) else ""
    return f"{shown}{more}。{mend}{{confirm}} 照原样保留"


def bytes_words(text: str, limit: int | None) -> str:
    """How long a text is for a system that counts bytes, and whether it would still fit there."""
    if not text.strip():
        return ""
    size, most = gbk_bytes(text), limit or USUAL_LIMIT
    return f"，GBK {size} 字节" + (f"（系统若按字节计，上限 {most} 已超出）" if size > most else "")


class LinesJoined(Message):
    """Several pasted lines were joined into one."""


class UndoAsked(Message):
    """The user pressed the undo key inside a text area."""


class RedoAsked(Message):
    """The user pressed the redo key inside a text area."""


class CellInput(SteadyInput):
    """A one-line cell. Enter and the arrow keys move on and never change anything."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,enter", "app.focus_next", "下一格", show=False),
        Binding("up", "app.focus_previous", "上一格", show=False),
    ]

    def __init__(self, desk: Desk, *, id: str | None = None, placeholder: str = "") -> None:  # noqa: A002
        # Every cell is valid, whatever stands in it: said at the first word, it would cost a look at all styles.
        super().__init__(
            id=id, placeholder=placeholder, compact=True, select_on_focus=False, classes="-valid"
        )
        self.cursor_blink = False
        self.cell_path = ""
        self._desk = desk
        self._drawing = False

    def show(self, path: str, text: str) -> None:
        """Draw the cell at *path*, unless the user is already further on in it."""
        if path == self.cell_path and self._desk.has_note(path):
            return
        self.set_class(doubt_at(self._desk.workspace.case, path) is not None, "-doubtful")
        is_new = path != self.cell_path
        self.cell_path = path
        line = " ".join(text.splitlines())
        if line != self.value:
            self._drawing = True
            self.value = line
            self._drawing = False
        if is_new:
            self.cursor_position = len(line)

    def on_blur(self) -> None:
        """Show a value that is longer than its cell from its beginning: a number without its head would mislead."""
        self.scroll_to(x=0, animate=False)

    def watch_value(self, value: str) -> None:
        """Note what the user typed."""
        if not self._drawing:
            self._desk.note(self.cell_path, value)

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()  # Input would keep the first line and drop the rest
        text = one_line(event.text)
        self.replace(text, *sorted(self.selection))
        if len(event.text.splitlines()) > 1:
            self.post_message(LinesJoined())


class CellArea(LongLines):
    """A cell of several lines. Undo is the workspace's, over all fields."""

    def __init__(self, desk: Desk, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, soft_wrap=True, tab_behavior="focus", compact=True)
        self.cursor_blink = False
        self.highlight_cursor_line = False
        self.cell_path = ""
        self._desk = desk

    def show(self, path: str, text: str) -> None:
        """Draw the cell at *path*, unless the user is already further on in it."""
        if path == self.cell_path and self._desk.has_note(path):
            return
        is_new = path != self.cell_path
        self.cell_path = path
        if text != self.text:
            where = self.cursor_location
            self.load_text(text)
            self.move_cursor(self._beginning() if is_new else where)
        elif is_new:
            self.move_cursor(self._beginning())

    def _beginning(self) -> tuple[int, int]:
        """A long text is read from its top, a short one is continued."""
        return (0, 0) if len(self.text) > LONG_TEXT else self.document.end

    def edit(self, edit: Edit) -> EditResult:
        """Change the text and note it."""
        result = super().edit(edit)
        self._desk.note(self.cell_path, self.text)
        return result

    async def _on_paste(self, event: events.Paste) -> None:
        event.text = plain_lines(event.text)  # Textual's own handler runs next, with this

    def action_cursor_down(self, select: bool = False) -> None:
        """Down, and from the last line on to the next field, as out of a cell of one line."""
        if not select and self.navigator.is_last_wrapped_line(self.cursor_location):
            self.screen.focus_next()
        else:
            super().action_cursor_down(select)

    def action_cursor_up(self, select: bool = False) -> None:
        """Up, and from the first line back to the field before."""
        if not select and self.navigator.is_first_wrapped_line(self.cursor_location):
            self.screen.focus_previous()
        else:
            super().action_cursor_up(select)

    def action_undo(self) -> None:
        """Leave the step to the workspace."""
        self.post_message(UndoAsked())

    def action_redo(self) -> None:
        """Leave the step to the workspace."""
        self.post_message(RedoAsked())


class LineField(LaidOutOnce, Horizontal):
    """A caption and a one-line cell; *note* to the right says how the cell is understood."""

    def __init__(self, desk: Desk, cell: str, caption: str, *, classes: str = "") -> None:
        super().__init__(classes=f"line-field {classes}")
        self.cell = cell
        self._desk = desk
        self._caption = caption
        self.input = CellInput(desk)
        self._note = Steady(classes="field-note")

    def compose(self) -> ComposeResult:
        """Caption, cell, note."""
        yield Label(self._caption, classes="caption", markup=False)
        yield self.input
        yield self._note

    def show(self, row: str, text: str, note: str = "") -> None:
        """Draw the cell of *row* (``""`` for a cell of the form's head)."""
        path = f"{row}.{self.cell}" if row else self.cell
        self.input.show(path, text)
        doubt = hinted(self, doubt_words(self._desk, path))
        self._note.update(doubt or note)
        self._note.set_class(bool(doubt), "doubt-mark")
        self._note.display = bool(doubt or note)


class TextField(LaidOutOnce, Vertical):
    """A caption, a text area and a count of characters."""

    def __init__(self, desk: Desk, cell: str, caption: str, *, classes: str = "") -> None:
        super().__init__(classes=f"text-field {classes}")
        self.cell = cell
        self._desk = desk
        self._caption = caption
        self._label = Steady(caption, classes="caption")
        self._figures = Steady(classes="open-figures")
        self.area = CellArea(desk)

    def compose(self) -> ComposeResult:
        """Caption, text, what in it waits for a decision."""
        yield self._label
        yield self.area
        yield self._figures

    def show(self, row: str, text: str, limit: int | None = None, note: str = "") -> None:
        """Draw the cell of *row*; *limit* is the number of characters allowed."""
        self.area.show(f"{row}.{self.cell}", text)
        count = len("".join(text.split()))
        used = f"{count}/{limit} 字" if limit else f"{count} 字"
        too_long = "，超出" if limit and count > limit else ""
        too_long += bytes_words(text, limit)
        doubt = hinted(self, doubt_words(self._desk, f"{row}.{self.cell}"))
        self._label.update("   ".join(filter(None, (self._caption, f"{used}{too_long}", doubt or note))))
        waiting = hinted(self, figure_words(self._desk, f"{row}.{self.cell}"))
        self._figures.update(waiting)
        self._figures.display = bool(waiting)
