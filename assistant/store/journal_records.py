"""What a journal says, one record a line: its length, its checksum, then JSON.

A line that was not written to its end, or was damaged later, is told apart from a whole one without trusting anything
in it, and costs no more than itself.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter
from pydantic_core import PydanticSerializationError

from assistant.domain.case import Case
from assistant.domain.case_json import validated
from assistant.domain.changes import Change
from assistant.domain.record import Record

LARGE = 200_000
"""Bytes of a record from which on its case is read row by row, so that the screen does not wait for the whole."""
HEAD = 18
"""Bytes before the JSON: eight digits of length, a blank, eight hexadecimal digits of CRC-32, a blank."""


class Mark(Record):
    """A place in a journal: the state after record *seq* of *segment* (``key/name``)."""

    segment: str
    seq: int


class Base(Record):
    """Begins a segment: the case as it was then.

    Attributes:
        at: When, ISO, UTC.
        who: The user's name on this machine, ``@`` and the machine's.
        run: Names one sitting; its segments have it in common.
        path: The case file.
        digest: SHA-256 of the file that holds *case*, ``""`` where none did.
        after: Where this goes on, ``None`` where the case came from elsewhere.
    """

    kind: Literal["base"] = "base"
    seq: int = 0
    at: str
    who: str
    run: str
    path: str
    digest: str = ""
    after: Mark | None = None
    case: Case


class Made(Record):
    """A change, or as much of one as was typed by then.

    Attributes:
        turn: The same for all parts of one step of undo within a run.
        why: How it was made: ``typing``, ``draft``, ``import`` ..., ``undo``, ``redo``.
        where: The cell or row it was about, ``""`` for the whole form.
    """

    kind: Literal["made"] = "made"
    seq: int
    at: str
    turn: int
    why: str
    where: str = ""
    changes: tuple[Change, ...]


class Saved(Record):
    """The case file is about to hold (or, *done*, holds) the state after record *upto*, with that *digest*."""

    kind: Literal["saved"] = "saved"
    seq: int
    at: str
    digest: str
    upto: int
    done: bool


class Settled(Record):
    """A later run has shown the user what was never saved, and he has decided: *how* is ``taken`` or ``left``."""

    kind: Literal["settled"] = "settled"
    seq: int
    at: str
    how: str


Entry = Annotated[Base | Made | Saved | Settled, Field(discriminator="kind")]
_ENTRY: TypeAdapter[Base | Made | Saved | Settled] = TypeAdapter(Entry)


def line(entry: Base | Made | Saved | Settled) -> bytes:
    """*entry* as a line of a journal."""
    try:
        body = entry.model_dump_json().encode()
    except PydanticSerializationError:  # half a surrogate pair: the case file cannot carry it either
        text = json.dumps(entry.model_dump(), ensure_ascii=False)
        body = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()
    return b"%08d %08x %s\n" % (len(body), zlib.crc32(body), body)


@dataclass(frozen=True, slots=True)
class Lines:
    """What could be read of a journal.

    Attributes:
        entries: Its records.
        damaged: Lines in the middle that say nothing any more.
        is_torn: The last line was not written to its end.
    """

    entries: tuple[Base | Made | Saved | Settled, ...]
    damaged: int = 0
    is_torn: bool = False


def read(data: bytes) -> Lines:
    """Read a journal, whatever became of it. Never raises."""
    *lines, rest = data.split(b"\n")
    entries = list(_whole(lines))
    bad = len([one for one in lines if one]) - len(entries)
    is_torn = bool(rest)
    if bad and lines and _entry(lines[-1]) is None and not rest:  # torn, with a line break by chance
        bad, is_torn = bad - 1, True
    return Lines(tuple(entries), bad, is_torn)


def _whole(lines: list[bytes]) -> Iterator[Base | Made | Saved | Settled]:
    for one in lines:
        entry = _entry(one)
        if entry is not None:
            yield entry


def _entry(one: bytes) -> Base | Made | Saved | Settled | None:
    head, body = one[:HEAD], one[HEAD:]
    if head != b"%08d %08x " % (len(body), zlib.crc32(body)):
        return None
    try:
        if len(body) <= LARGE:
            return _ENTRY.validate_json(body)
        data = json.loads(body)
        if isinstance(data, dict) and isinstance(data.get("case"), dict):
            data["case"] = validated(data["case"])
        return _ENTRY.validate_python(data)
    except (ValueError, RecursionError):  # of a newer program
        return None
