"""Keys in sentences: a hint names the key that a deed has now, the user's own where he changed it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import cast

from textual.app import App
from textual.dom import DOMNode

_DEED = re.compile(r"\{([a-z.-]+)\}")
_SPELLED = {
    "escape": "Esc",
    "enter": "回车",
    "space": "空格",
    "backslash": "\\",
    "question_mark": "?",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
}


def spelled(key: str) -> str:
    """A key as printed on keyboards and in manuals: ``ctrl+q`` → ``Ctrl+Q``, ``f3`` → ``F3``."""
    *held, last = key.split("+") if key != "+" else [key]
    shown = _SPELLED.get(last) or (last.upper() if len(last) == 1 or last[1:].isdecimal() else last.title())
    return "+".join([*(one.title() for one in held), shown])


class NamesKeys(App[None]):
    """An app that can say which key a deed has."""

    def keys_in_force(self) -> Mapping[str, str]:
        """Binding id → keys separated by commas."""
        raise NotImplementedError

    def key_name(self, deed: str) -> str:
        """The first key of the binding with the id *deed*, spelled for people."""
        return spelled(self.keys_in_force()[deed].partition(",")[0])


def key(node: DOMNode, deed: str) -> str:
    """The key that *deed* has in the app around *node*, spelled for people."""
    return cast("NamesKeys", node.app).key_name(deed)


def hinted(node: DOMNode, text: str) -> str:
    """*text* with every ``{deed}`` (a binding's id) replaced by its key; other braces stay as they are."""
    known = cast("NamesKeys", node.app).keys_in_force()
    return _DEED.sub(lambda found: key(node, found[1]) if found[1] in known else found[0], text)
