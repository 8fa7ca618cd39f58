"""Foreign text made harmless, one function a way out. Cells stay as written; this is for whatever shows them.

A terminal takes ESC, C0 and C1 controls for commands; signs that turn the direction of writing make a text look like
another one. Both are shown as pictures (ESC → ``␛``) or as U+FFFD, so that nothing is hidden and nothing is lost.
"""

from __future__ import annotations

from assistant.domain.patterns import pattern

UNSEEN = "\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u206a-\u206f\ufff9-\ufffb\ud800-\udfff"
"""The inside of a character class: controls but tab and line feed, turns of direction, half surrogate pairs."""

_UNSEEN = pattern(f"[{UNSEEN}]")
_UNSEEN_IN_JSON = pattern(f"[{UNSEEN}\u2028\u2029]")
_PIECE = 100_000  # characters


def _picture(sign: str) -> str:
    code = ord(sign)
    return chr(0x2400 + code) if code < 0x20 else "\u2421" if code == 0x7F else "\ufffd"


def on_terminal(text: str) -> str:
    """*text* for a terminal: of the same length, without anything a terminal obeys but tabs and line feeds."""
    if _UNSEEN.search(text) is None:
        return text
    return _UNSEEN.sub(lambda match: _picture(match[0]), text.replace("\r\n", " \n"))


def visible(text: str) -> str:
    r"""*text* for a document: line breaks as ``\n``, other controls as their pictures."""
    return on_terminal(text.replace("\r\n", "\n").replace("\r", "\n"))


def in_json(text: str) -> str:
    r"""JSON *text* with what must not be seen raw as ``\uXXXX``: it stands only inside strings, where that means the same.

    Piece by piece: while one is looked through no other thread runs, and the screen has one.
    """
    return "".join(
        _UNSEEN_IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", text[at : at + _PIECE])
        for at in range(0, len(text), _PIECE)
    )
