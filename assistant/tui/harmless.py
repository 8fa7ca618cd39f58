"""The last gate before the terminal, no foreign text reaches it as a command; and the first behind it, for what is pasted.

Textual 8.2 and Rich drop five control characters from what they draw (BEL, BS, VT, FF, CR) and let ESC, the C1 range
and turns of direction through. Both ask one private function for it; ours takes its place and keeps every length.
"""

from __future__ import annotations

from collections.abc import Iterable

import rich.text
import textual.content
from textual._xterm_parser import XTermParser
from textual.app import App, ReturnType
from textual.message import Message

from assistant.domain.visible import on_terminal, visible

_ESCAPE, _BEGIN, _END = "\x1b", "\x1b[200~", "\x1b[201~"
_SIZES = range(len(_END) - 1, 0, -1)
_textual_feed = XTermParser.feed


def install() -> None:
    """Make all that Textual and Rich draw pass :func:`on_terminal`. Safe to call again."""
    vars(textual.content)["_strip_control_codes"] = on_terminal
    vars(rich.text)["strip_control_codes"] = on_terminal
    setattr(XTermParser, "feed", _feed)  # noqa: B010 -- a method put in the place of another


class Pastes:
    """Takes the escapes out of what is pasted, however it is cut when it arrives.

    Textual 8.2 reads an escape inside a paste as the beginning of a key: letters come out of order, and some not at all.
    """

    def __init__(self) -> None:
        self._is_inside = False
        self._before = ""  # the last characters outside: a beginning may be cut in two
        self._held = ""  # inside: may be the beginning of the end

    def without_escapes(self, data: str) -> str:
        """The next *data* of the terminal as it may be read."""
        data, self._held, passed = self._held + data, "", ""
        while data:
            if not self._is_inside:
                at = (self._before + data).find(_BEGIN)
                size = len(data) if at == -1 else at + len(_BEGIN) - len(self._before)
                passed += data[:size]
                self._before = (self._before + data[:size])[1 - len(_BEGIN) :] if at == -1 else ""
                self._is_inside, data = at != -1, data[size:]
            elif (at := data.find(_END)) != -1:
                passed += data[:at].replace(_ESCAPE, "") + _END
                self._is_inside, data = False, data[at + len(_END) :]
            else:
                self._held = next((_END[:size] for size in _SIZES if data.endswith(_END[:size])), "")
                passed += data[: len(data) - len(self._held)].replace(_ESCAPE, "")
                data = ""
        return passed


def _feed(self: XTermParser, data: str) -> Iterable[Message]:
    pastes: Pastes = self.__dict__.setdefault("pastes", Pastes())
    passed = pastes.without_escapes(data)
    return (
        _textual_feed(self, passed) if passed or not data else ()
    )  # nothing at all would be the end of the input


class HarmlessClipboard(App[ReturnType]):
    """An app that puts no control characters into the terminal's clipboard: what is pasted may land in a shell."""

    def copy_to_clipboard(self, text: str) -> None:
        """Copy *text*, its controls shown as pictures."""
        super().copy_to_clipboard(visible(text))
