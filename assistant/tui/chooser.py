"""What ``ziping`` alone shows: go on where it was left, open a file, or begin something new."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from assistant.tui import cjk
from assistant.tui.faults import RaisesFaults
from assistant.tui.file_picker import FilePicker
from assistant.tui.keys_in_turn import KeysInTurn
from assistant.tui.theme import DARK, THEMES

cjk.install()

NEW, DEMO, OPEN = "new", "demo", "open"


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to begin: the answer it stands for, and what the user reads (the first line names it)."""

    answer: str
    line: str


BEGINNINGS = (
    Choice(OPEN, "打开文件……（案卷，或 Word、Excel、PDF 等文档）"),
    Choice(NEW, "新建一张空表"),
    Choice(DEMO, "打开示例表（副本，可随便改）"),
)


class Chooser(KeysInTurn[str], RaisesFaults[str], cjk.CursorAtCaret[str]):
    """Returns the answer of a choice, the path of a file the user named, or ``None`` where he left.

    Args:
        title: The question.
        recent: Cases to go on with, or whatever comes first.
        others: The other ways, below a line.
        about: Answer → a line that tells more of a recent case. Called beside the screen, for it reads the file.
        suffixes: The endings of files that can be read. Called when files are to be listed.
    """

    TITLE = "绩效自评"
    ENABLE_COMMAND_PALETTE = False
    CSS = """
    Screen { align: center middle; }
    #box { width: 78; max-width: 100%; height: auto; max-height: 100%; padding: 1 2; background: $surface; }
    #title { text-style: bold; color: $primary; margin-bottom: 1; height: auto; }
    OptionList {
        height: auto; max-height: 18; background: $surface; border: none;
        text-wrap: nowrap; text-overflow: ellipsis;
    }
    #way-out { color: $muted; margin-top: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+q,escape", "leave", "退出", show=False)]

    def __init__(
        self,
        title: str,
        recent: Sequence[Choice],
        others: Sequence[Choice] = (),
        about: Callable[[str], str] | None = None,
        suffixes: Callable[[], frozenset[str]] = frozenset,
    ) -> None:
        super().__init__()
        self._question = title
        self._recent = recent
        self._others = others
        self._about = about
        self._suffixes = suffixes
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = DARK.name

    def compose(self) -> ComposeResult:
        """The first ways, then the others."""
        first, rest = (
            [Option(one.line, id=one.answer) for one in group] for group in (self._recent, self._others)
        )
        with Vertical(id="box"):
            yield Static(self._question, id="title", markup=False)
            yield OptionList(*first, *([None] if first and rest else []), *rest, markup=False)
            yield Static("↑ ↓ 移动   回车 选定   Esc 退出", id="way-out", markup=False)

    def on_mount(self) -> None:
        """Tell more of the recent cases once the list can be seen."""
        if self._about is not None:
            self.call_after_refresh(self._tell_more, self._about)

    @work(thread=True)
    def _tell_more(self, about: Callable[[str], str]) -> None:
        for one in self._recent:
            if more := about(one.answer):
                self.call_from_thread(self._add_line, one, more)

    def _add_line(self, one: Choice, more: str) -> None:
        options = self.screen_stack[0].query_one(OptionList)
        options.replace_option_prompt(one.answer, f"{one.line}\n  {more}")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Leave with the choice; for a file, ask which."""
        if event.option.id == OPEN:
            self.push_screen(FilePicker(self._suffixes()), lambda path: self.exit(path) if path else None)
        else:
            self.exit(event.option.id)

    def action_leave(self) -> None:
        """Leave without one."""
        self.exit(None)
