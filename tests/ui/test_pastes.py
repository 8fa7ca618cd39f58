"""Pasted text comes whole and in order, whatever controls are hidden in it and however the terminal cuts it."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual._xterm_parser import XTermParser

from assistant.tui import harmless

harmless.install()
BEGIN, END = "\x1b[200~", "\x1b[201~"
LETTERS = st.text(alphabet="甲乙\x1b[]0;31mOA~201\n\t", max_size=40).filter(lambda text: END not in text)


def received(*pieces: str) -> list[events.Event]:
    parser = XTermParser()
    return [event for piece in pieces if piece for event in parser.feed(piece)]


@given(LETTERS, st.lists(st.integers(1, 60), max_size=6))
def test_a_paste_is_one_event_with_every_letter_in_order(text: str, cuts: list[int]) -> None:
    whole = f"{BEGIN}{text}{END}"
    at = sorted({0, len(whole), *(cut for cut in cuts if cut < len(whole))})
    found = received(*(whole[one:two] for one, two in pairwise(at)))
    pastes = [event for event in found if isinstance(event, events.Paste)]
    wanted = text.replace("\x1b", "")
    assert "".join(paste.text for paste in pastes) == wanted
    assert not [event for event in found if isinstance(event, events.Key)], "nothing of it is a key"


def test_keys_before_and_after_a_paste_are_keys() -> None:
    found = received(f"a{BEGIN}甲\x1b]0;题\x07尾{END}\x1b[21~b")
    assert [event.key if isinstance(event, events.Key) else event.text for event in found] == [  # type: ignore[attr-defined]
        "a",
        "甲]0;题\x07尾",
        "f10",
        "b",
    ]
