"""What is on the screen in the moment between starting and the open case: the frame, the file's name, "opening"."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Static


class OpeningScreen(Screen[None]):
    """Painted before the core, the rules and the checks are even loaded."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    def compose(self) -> ComposeResult:
        """A title bar where the real one will be, and one line."""
        yield Static(f" 绩效自评  {self._name}", id="title-bar", markup=False)
        yield Static("\n  正在打开……", id="opening", markup=False)
