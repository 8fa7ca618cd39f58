"""Names a file: typed, or picked from the folder one is in. Folders are walked by the same keys."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

SHOWN = 200
"""Entries of a folder that are listed."""


class FilePicker(ModalScreen[str | None]):
    """Gives back the path of a file that exists, or ``None``.

    Args:
        suffixes: The endings of the files to list; any path can be typed.
        title: What the file is for.
        deed: What Enter does with it.
    """

    CSS = """
    FilePicker { align: center middle; }
    #picker { width: 78; max-width: 100%; height: auto; padding: 1 2; background: $surface; }
    #picker Input { border: none; height: 1; background: $panel; padding: 0 1; }
    #picker OptionList { height: 12; margin-top: 1; background: $surface; border: none; }
    #picker-said { height: auto; margin-top: 1; color: $warning; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "返回", show=False),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("tab", "complete", show=False, priority=True),
    ]

    def __init__(self, suffixes: frozenset[str], title: str = "打开文件", deed: str = "打开") -> None:
        super().__init__()
        self._suffixes = suffixes
        self._title = title
        self._deed = deed
        self._found: tuple[Path, ...] = ()
        self._field = Input(placeholder="输入路径，或用 ↑ ↓ 在下面挑选", compact=True)
        self._field.cursor_blink = False
        self._list = OptionList(markup=False)
        self._said = Static("", id="picker-said", markup=False)

    def compose(self) -> ComposeResult:
        """The line, what is there, the keys."""
        with Vertical(id="picker"):
            yield Static(self._title, classes="dialog-title", markup=False)
            yield self._field
            yield self._list
            yield self._said
            yield Static(f"↑ ↓ 挑选   Tab 补全   回车 {self._deed}   Esc 返回", markup=False)

    def on_mount(self) -> None:
        """Begin in the present folder."""
        self._list.can_focus = False
        self._field.focus()
        self._look("")

    @on(Input.Changed)
    def _follow(self, event: Input.Changed) -> None:
        self._look(event.value)

    def _look(self, typed: str) -> None:
        """List what the typed path may become."""
        self._said.update("")
        self._found = matching(typed, self._suffixes)[:SHOWN]
        names = [f"{path.name}/" if path.is_dir() else path.name for path in self._found]
        self._list.set_options(
            [Option(name) for name in names] or [Option("这里没有能读的文件", disabled=True)]
        )
        if self._found:
            self._list.highlighted = 0

    def action_move(self, by: int) -> None:
        """Move in the list while the line keeps the keyboard."""
        if by > 0:
            self._list.action_cursor_down()
        else:
            self._list.action_cursor_up()

    def action_complete(self) -> None:
        """Write the entry under the cursor into the line."""
        at = self._list.highlighted
        if at is not None and at < len(self._found):
            path = self._found[at]
            self._field.value = f"{_written(path, self._field.value)}{'/' if path.is_dir() else ''}"
            self._field.cursor_position = len(self._field.value)

    @on(OptionList.OptionSelected)
    @on(Input.Submitted)
    def _open(self) -> None:
        """Open the file that was typed, else the one under the cursor; into a folder one goes."""
        typed = Path(self._field.value.strip()).expanduser()
        if self._field.value.strip() and typed.is_file():
            self.dismiss(str(typed))
            return
        at = self._list.highlighted
        if at is None or at >= len(self._found):
            self._said.update(f"找不到 {typed}。请检查路径，或按 ↑ ↓ 挑选。")
        elif self._found[at].is_dir():
            self.action_complete()
        else:
            self.dismiss(str(self._found[at]))


def matching(typed: str, suffixes: frozenset[str]) -> tuple[Path, ...]:
    """The folders and readable files whose path begins with *typed*, folders last, without hidden ones."""
    path = Path(typed).expanduser()
    folder, begin = (path, "") if not typed or typed.endswith(("/", "\\")) else (path.parent, path.name)
    try:
        inside = [one for one in folder.iterdir() if one.name.lower().startswith(begin.lower())]
    except OSError:  # no such folder, or not ours to look into: nothing to offer
        return ()
    shown = (one for one in inside if not one.name.startswith("."))
    kept = [one for one in shown if one.suffix.lower() in suffixes or one.is_dir()]
    return tuple(sorted(kept, key=lambda one: (one.is_dir(), one.name)))


def _written(path: Path, typed: str) -> str:
    """*path* as the user would write it: with ``~`` where he did."""
    if typed.startswith("~") and path.is_relative_to(Path.home()):
        return f"~/{path.relative_to(Path.home())}"
    return str(path)
