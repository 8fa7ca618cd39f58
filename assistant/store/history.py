"""Who changed what in a case, when and why, read back from its journal; and the case as it was at any of these moments."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assistant.domain.case import Case
from assistant.domain.changes import Change, Misfit, applied, changes
from assistant.store.journal_reading import Segment, segments_of
from assistant.store.journal_records import Made

ELSEWHERE = "elsewhere"
"""Why: the file was changed by something that keeps no journal here."""


@dataclass(frozen=True, slots=True)
class Event:
    """One step as the user made it, however often it was written down meanwhile.

    Attributes:
        at: When it ended, ISO, UTC.
        who: User and machine.
        why: As in :class:`Made`, or ``elsewhere``.
        where: The cell or row it was about, ``""`` for the whole form.
        changes: What it did.
        after: The case then; ``None`` where records before it are lost.
    """

    at: str
    who: str
    why: str
    where: str
    changes: tuple[Change, ...]
    after: Case | None


@dataclass(frozen=True, slots=True)
class History:
    """Everything still on record.

    Attributes:
        first: The case at the beginning; ``None`` without any record.
        entries: The steps, the oldest first.
        damaged: Lines that could not be read.
    """

    first: Case | None = None
    entries: tuple[Event, ...] = ()
    damaged: int = 0


def history(folder: Path, path: Path) -> History:
    """The history of the case at *path* from the journals under *folder*."""
    found = segments_of(folder, path)
    events: list[Event] = []
    state: Case | None = None
    first: Case | None = None
    for segment in found:
        if segment.base is not None:
            first = first or segment.base.case
            if state is not None and segment.base.after is None and state != segment.base.case:
                made = changes(state, segment.base.case)
                at = min(
                    [segment.base.at, *(one.at for one in segment.made[:1])]
                )  # written after it was noted
                events.append(Event(at, segment.base.who, ELSEWHERE, "", made, segment.base.case))
        told, state = _told(segment)
        events += told
    events.sort(key=lambda event: event.at)  # two windows write side by side
    return History(first, tuple(events), sum(segment.damaged + segment.is_torn for segment in found))


def _told(segment: Segment) -> tuple[list[Event], Case | None]:
    """The steps of one segment and the state they lead to."""
    who = segment.base.who if segment.base else ""
    state = segment.base.case if segment.base else None
    events: list[Event] = []
    before, turn = state, None
    for made in segment.made:
        if turn != made.turn:
            before, turn = state, made.turn
            is_new = True
        else:
            is_new = not events
        state = _after(state, made)
        found = changes(before, state) if before is not None and state is not None else made.changes
        event = Event(made.at, who, made.why, made.where, found, state)
        if is_new or before is None:
            events.append(event)
        else:
            events[-1] = event
    return [event for event in events if event.changes], state


def _after(state: Case | None, made: Made) -> Case | None:
    if state is None:
        return None
    try:
        return applied(state, made.changes)
    except Misfit:
        return None
