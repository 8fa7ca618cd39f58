"""What this machine keeps about one case, counted: backups, copies of what could not be saved, the journal, who has it open."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assistant.store.backups import backups_of
from assistant.store.journal_reading import is_alive, segments_of
from assistant.store.locations import Locations
from assistant.store.owner import Owner, present
from assistant.store.sessions import key_of
from assistant.store.turn import sign_of


@dataclass(frozen=True, slots=True)
class Inventory:
    """The counts.

    Attributes:
        backups, recovered: Copies at opening; copies put aside because the case's own place refused them. Latest first.
        segments, steps, damaged, size: Files, changes, unreadable lines and bytes of the journal.
        last: When the last change was made, ISO, UTC; ``""`` without any.
        owner: Who says that he has it open, here or on another machine of the share.
        open_by: Who has changed it here and has it open still, ``user@machine``, since when.
        sign: Who is replacing the file at this moment (``machine number ...``), ``""`` if nobody.
    """

    backups: tuple[Path, ...] = ()
    recovered: tuple[Path, ...] = ()
    segments: int = 0
    steps: int = 0
    damaged: int = 0
    size: int = 0
    last: str = ""
    owner: Owner | None = None
    open_by: tuple[tuple[str, str], ...] = ()
    sign: str = ""


def inventory(path: Path, where: Locations) -> Inventory:
    """Count what there is about the case at *path*. Nothing is changed."""
    found = segments_of(where.journals, path)
    alive = {
        segment.base.run: (segment.base.who, segment.base.at)
        for segment in reversed(found)
        if segment.base is not None and is_alive(where.journals, segment)
    }
    return Inventory(
        backups=backups_of(path, where.backups),
        recovered=tuple(sorted((where.recovery / key_of(path)).glob("*.json"), reverse=True)),
        segments=len(found),
        steps=len({(segment.name, made.turn) for segment in found for made in segment.made}),
        damaged=sum(segment.damaged + segment.is_torn for segment in found),
        size=sum(segment.size for segment in found),
        last=max((made.at for segment in found for made in segment.made), default=""),
        owner=present(path, where.sessions),
        open_by=tuple(alive.values()),
        sign=sign_of(path),
    )
