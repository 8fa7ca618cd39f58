"""What a draft panel tells: to itself from its worker, and to the screen about the user's decision."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from textual.message import Message

from assistant.domain.case import DraftState
from assistant.drafting.drafter import Draft, Waiting


class Stage(Enum):
    """What the panel is doing."""

    IDLE = auto()
    STREAMING = auto()
    OFFERED = auto()
    BROKEN = auto()  # the stream ended before the text did
    EDITING = auto()


@dataclass
class DraftDecided(Message):
    """The user decided about a draft; *text* is what goes into the field if it was taken."""

    draft: Draft
    state: DraftState
    text: str


@dataclass
class RedoDraftAsked(Message):
    """The user wants another draft for *path*: *text* changed as he says, or one from the beginning."""

    path: str
    text: str = ""


@dataclass
class TextWanted(Message):
    """The user wants to go back to his own text at *path*."""

    path: str


@dataclass
class RestWanted(Message):
    """The user wants the broken-off *text* written to its end."""

    path: str
    text: str


class SentencesAsked(Message):
    """The user wants to choose sentence by sentence."""


class VariantsAsked(Message):
    """The user wants three drafts to choose from."""


class QuestionsAsked(Message):
    """The user wants to tell a few facts before the next draft."""


@dataclass
class DraftSaid(Message):
    """Something to tell the user in passing."""

    text: str
    heavy: bool = False


@dataclass
class Grew(Message):
    """There is more of the draft to draw."""


@dataclass
class Delayed(Message):
    """The service did not answer; it will be asked again."""

    waiting: Waiting


@dataclass
class Arrived(Message):
    """The finished draft."""

    draft: Draft


@dataclass
class Failed(Message):
    """The service did not help; *message* says why and what to do."""

    message: str
