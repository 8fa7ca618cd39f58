"""The last gate before the terminal: no foreign text reaches it as a command.

Textual 8.2 and Rich drop five control characters from what they draw (BEL, BS, VT, FF, CR) and let ESC, the C1 range
and turns of direction through. Both ask one private function for it; ours takes its place and keeps every length.
"""

from __future__ import annotations

import rich.text
import textual.content
from textual.app import App, ReturnType

from assistant.domain.visible import on_terminal, visible


def install() -> None:
    """Make all that Textual and Rich draw pass :func:`on_terminal`. Safe to call again."""
    vars(textual.content)["_strip_control_codes"] = on_terminal
    vars(rich.text)["strip_control_codes"] = on_terminal


class HarmlessClipboard(App[ReturnType]):
    """An app that puts no control characters into the terminal's clipboard: what is pasted may land in a shell."""

    def copy_to_clipboard(self, text: str) -> None:
        """Copy *text*, its controls shown as pictures."""
        super().copy_to_clipboard(visible(text))
