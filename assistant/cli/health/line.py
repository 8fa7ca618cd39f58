"""One line of what was found."""

from __future__ import annotations

from enum import StrEnum

from assistant.domain.record import Record


class State(StrEnum):
    """How a thing stands."""

    WELL = "好"
    MIND = "注意"
    BAD = "坏"


class Line(Record):
    """One thing that was looked at.

    Attributes:
        name: What, a word or two.
        state: How it stands.
        found: What was found, one sentence; may name folders of the user, hence never goes into a bundle.
        cure: What to do, one sentence; ``""`` where nothing is to be done.
        code: What was found in a word for the bundle: never from the user's texts or paths.
    """

    name: str
    state: State
    found: str
    cure: str = ""
    code: str = ""
