"""Small dialogs: read a page, pick from a list, write a line, say yes or no. Esc always closes, changing nothing."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from assistant.tui.desk import Desk
from assistant.tui.initials import matches
from assistant.tui.widgets.fields import CellInput
from assistant.tui.widgets.one_line import OneLine
from assistant.tui.widgets.steady import ScreenLaidOutOnce

Answer = TypeVar("Answer")


class Dialog(ScreenLaidOutOnce[Answer], ModalScreen[Answer]):
    """A dialog that loses no letter: what is typed before its line has the keyboard goes into that line."""

    def on_key(self, event: events.Key) -> None:
        """Take a letter no field took."""
        lines = self.query(Input)
        if event.is_printable and event.character and lines:
            event.stop()
            field = self.focused if isinstance(self.focused, Input) else lines.first()
            field.insert_text_at_cursor(event.character)


class ReadDialog(ModalScreen[None]):
    """A page to read."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter,f1,q", "dismiss", "关闭", show=False)]

    def __init__(self, title: str, text: Content | str) -> None:
        super().__init__()
        self._title = title
        self._text = text

    def compose(self) -> ComposeResult:
        """Title, text, the way out."""
        with Vertical(classes="dialog"):
            yield Static(self._title, classes="dialog-title", markup=False)
            with VerticalScroll(classes="dialog-body"):
                yield Static(self._text, markup=False)
            yield Static("Esc 关闭   ↑ ↓ 翻看", classes="dialog-keys", markup=False)


class PickDialog(Dialog[str | None]):
    """Pick one of a list; typing narrows it, a number names the row with that number.

    Args:
        title: What is picked.
        choices: (answer, words) pairs in order.
        start: The answer to begin at.
        before: Answer → what stands before its words, so that long words never push it out of sight.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "关闭", show=False),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
    ]

    def __init__(
        self,
        title: str,
        choices: list[tuple[str, str]],
        start: str = "",
        before: Mapping[str, Content] = MappingProxyType({}),
    ) -> None:
        super().__init__()
        self._title = title
        self._choices = choices
        self._shown = choices
        self._start = start
        self._before = before
        self._prompts: dict[str, OneLine] = {}  # made once, however often the list is narrowed

    def compose(self) -> ComposeResult:
        """Title, filter, list."""
        with Vertical(classes="dialog"):
            yield Static(self._title, classes="dialog-title", markup=False)
            yield Input(placeholder="输入序号、文字或拼音首字母来筛选", compact=True)
            yield OptionList(markup=False)
            yield Static("回车 选定   ↑ ↓ 移动   Esc 关闭", classes="dialog-keys", markup=False)

    def on_mount(self) -> None:
        """Show everything."""
        field = self.query_one(Input)
        field.cursor_blink = False
        field.focus()
        self.query_one(OptionList).can_focus = False
        self._narrow("")

    @on(Input.Changed)
    def narrow(self, event: Input.Changed) -> None:
        """Show what matches."""
        self._narrow(event.value.strip())

    def _narrow(self, typed: str) -> None:
        exact = [choice for choice in self._choices if typed and choice[1].split(" ")[0] == typed]
        rest = [choice for choice in self._choices if self._matches(typed, *choice) and choice not in exact]
        self._shown = [*exact, *rest]
        options = self.query_one(OptionList)
        options.set_options(
            [Option(self._prompt(*choice)) for choice in self._shown] or [Option("没有匹配的", disabled=True)]
        )
        answers = [answer for answer, _ in self._shown]
        if answers:
            options.highlighted = answers.index(self._start) if not typed and self._start in answers else 0

    def _matches(self, typed: str, answer: str, words: str) -> bool:
        before = self._before.get(answer)
        return matches(typed, words) or (before is not None and matches(typed, before.plain))

    def _prompt(self, answer: str, words: str) -> OneLine:
        if answer not in self._prompts:
            self._prompts[answer] = OneLine.of(self._before.get(answer, ""), words)
        return self._prompts[answer]

    def action_move(self, by: int) -> None:
        """Move the cursor in the list while the filter keeps the keyboard."""
        options = self.query_one(OptionList)
        if by > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    @on(Input.Submitted)
    @on(OptionList.OptionSelected)
    def pick(self) -> None:
        """Give back what is under the cursor."""
        self.dismiss(self.chosen)

    @property
    def chosen(self) -> str | None:
        """The answer under the cursor, ``None`` where nothing matches."""
        at = self.query_one(OptionList).highlighted
        return self._shown[at][0] if at is not None and at < len(self._shown) else None


class AskDialog(Dialog[str | None]):
    """Write one line; empty is an answer, Esc is none."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "关闭", show=False)]

    def __init__(self, title: str, hint: str, desk: Desk) -> None:
        super().__init__()
        self._title = title
        self._hint = hint
        self._desk = desk

    def compose(self) -> ComposeResult:
        """Title, hint, line."""
        with Vertical(classes="dialog short"):
            yield Static(self._title, classes="dialog-title", markup=False)
            yield Static(self._hint, markup=False)
            yield AnswerInput(self._desk)
            yield Static("回车 确定   Esc 取消", classes="dialog-keys", markup=False)

    @on(Input.Submitted)
    def answer(self, event: Input.Submitted) -> None:
        """Give back the line."""
        self.dismiss(event.value.strip())


class AnswerInput(CellInput):
    """A line that belongs to no cell; Enter gives the answer."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", show=False)]


class ConfirmDialog(ModalScreen[bool]):
    """Yes or no; yes needs its own key, so that neither Enter nor Esc can do it by accident."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1,fullwidth_digit_one,y", "dismiss(True)", show=False),
        Binding("escape,2,fullwidth_digit_two,n", "dismiss(False)", show=False),
    ]

    def __init__(self, title: str, text: Content | str, yes: str, no: str = "取消") -> None:
        super().__init__()
        self._title = title
        self._text = text
        self._yes = yes
        self._no = no

    def compose(self) -> ComposeResult:
        """Title, text, the two answers."""
        with Vertical(classes="dialog"):
            yield Static(self._title, classes="dialog-title", markup=False)
            with VerticalScroll(classes="dialog-body"):
                yield Static(self._text, markup=False)
            yield Static(f"1 {self._yes}   2 / Esc {self._no}", classes="dialog-keys", markup=False)


class ChoiceDialog(ModalScreen[int | None]):
    """One of a few ways on, each with its number; Esc takes none.

    Args:
        title: What is to be decided.
        text: What one should know for that.
        choices: The ways on, at most nine.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", show=False)]

    def __init__(self, title: str, text: Content | str, choices: list[str]) -> None:
        super().__init__()
        self._title = title
        self._text = text
        self._choices = choices

    def compose(self) -> ComposeResult:
        """Title, text, the ways on."""
        with Vertical(classes="dialog"):
            yield Static(self._title, classes="dialog-title", markup=False)
            with VerticalScroll(classes="dialog-body"):
                yield Static(self._text, markup=False)
            ways = [f"{number} {words}" for number, words in enumerate(self._choices, 1)]
            yield Static("\n".join([*ways, "Esc 取消"]), classes="dialog-keys", markup=False)

    def on_key(self, event: events.Key) -> None:
        """Take the number of a way, also in full width."""
        typed = unicodedata.normalize("NFKC", event.character or "")
        if typed.isdecimal() and 1 <= int(typed) <= len(self._choices):
            event.stop()
            self.dismiss(int(typed) - 1)
