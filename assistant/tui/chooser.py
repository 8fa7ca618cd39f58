"""What ``ziping`` alone shows: go on where it was left, or begin something."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from assistant.tui.theme import DARK, THEMES

NEW, DEMO = "new", "demo"


@dataclass(frozen=True, slots=True)
class Recent:
    """A case that was open before: its file, and a line on where it was left."""

    path: str
    line: str


class Chooser(App[str]):
    """Returns the path of a recent case, ``"new"``, ``"demo"``, or ``None`` where the user left."""

    TITLE = "绩效自评"
    ENABLE_COMMAND_PALETTE = False
    CSS = """
    Screen { align: center middle; }
    #box { width: 76; max-width: 100%; height: auto; max-height: 100%; padding: 1 2; background: $surface; }
    #title { text-style: bold; color: $primary; margin-bottom: 1; }
    OptionList { height: auto; max-height: 16; background: $surface; border: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q,escape", "leave", "退出", id="leave"),
        Binding("enter", "choose", "打开", id="choose", priority=False),
    ]

    def __init__(self, recent: Sequence[Recent]) -> None:
        super().__init__()
        self._recent = recent
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = DARK.name

    def compose(self) -> ComposeResult:
        """The recent cases first, then the beginnings."""
        options = [Option(one.line, id=one.path) for one in self._recent]
        beginnings = [Option("新建一张空表", id=NEW), Option("打开示例表（副本，可随便改）", id=DEMO)]
        with Vertical(id="box"):
            yield Static("绩效自评：从哪里开始？" if self._recent else "绩效自评", id="title")
            yield OptionList(*options, *([None] if options else []), *beginnings, markup=False)
        yield Footer()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Leave with the choice."""
        self.exit(event.option.id)

    def action_leave(self) -> None:
        """Leave without one."""
        self.exit(None)


def choose(recent: Sequence[Recent]) -> str | None:
    """Ask. Returns a path, ``"new"``, ``"demo"``, or ``None``."""
    return Chooser(recent).run()
