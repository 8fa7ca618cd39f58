"""What the program says in passing: lines of their own that cover nothing and go by themselves."""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content
from textual.widgets import Static

_STYLES = {"error": "bold $error", "warning": "bold $warning"}


@dataclass(frozen=True, eq=False, slots=True)
class _Message:
    text: str
    severity: str


class MessageLine(Static):
    """The latest messages, the newest first; nothing is taken from the page while there are none."""

    def __init__(self) -> None:
        super().__init__("", id="message", markup=False)
        self._said: list[_Message] = []
        self.display = False

    def say(self, text: str, severity: str, seconds: float) -> None:
        """Show *text* for some *seconds*. What was said in passing gives way at once, warnings stay their time."""
        message = _Message(text, severity)
        self._said = [message, *(one for one in self._said if one.severity in _STYLES)]
        self._draw()
        self.set_timer(seconds, lambda: self._forget(message))

    def _forget(self, message: _Message) -> None:
        self._said = [one for one in self._said if one is not message]
        self._draw()

    def _draw(self) -> None:
        lines = (Content.styled(one.text, _STYLES.get(one.severity, "bold $primary")) for one in self._said)
        self.update(Content("\n").join(lines))
        self.display = bool(self._said)
