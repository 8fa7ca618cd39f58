"""Which cases were open and where the user stood, so that ``ziping`` alone goes on where it was left.

One small file a case: two windows never write the same one. Losing any of it loses no case.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError

from assistant.domain.record import Record
from assistant.store.atomic import make_folder, write_atomic

Now = Callable[[], datetime]


class Session(Record):
    """One case that was open.

    Attributes:
        path: The case file, absolute.
        place: The cell or row the user was at; ``""`` for the beginning.
        at: When that was, ISO, UTC.
        closed: Whether it was closed in good order; otherwise the terminal went away.
    """

    path: str
    place: str = ""
    at: str
    closed: bool = False


def key_of(path: Path) -> str:
    """A short name for the file at *path*, the same by whatever link it was reached."""
    real = os.path.normcase(os.path.realpath(path))
    return hashlib.sha256(os.fsencode(real)).hexdigest()[:16]


def utc_now() -> datetime:
    """The clock everything here uses unless it is given another."""
    return datetime.now(UTC)


class Sessions:
    """The memory of open cases in *folder*."""

    def __init__(self, folder: Path, now: Now = utc_now) -> None:
        self._folder = folder
        self._now = now

    def remember(self, path: Path, place: str = "", closed: bool = False) -> Session:
        """Note that *path* is open (or was *closed*) with the user at *place*. Raises ``StoreError``."""
        session = Session(
            path=str(path.absolute()),
            place=place,
            at=self._now().isoformat(timespec="microseconds"),
            closed=closed,
        )
        make_folder(self._folder)
        write_atomic(self._file(path), session.model_dump_json(indent=1).encode(), mode=0o600, durable=False)
        return session

    def find(self, path: Path) -> Session | None:
        """What is remembered of *path*."""
        return _read(self._file(path))

    def all(self) -> tuple[Session, ...]:
        """Every case remembered whose file still exists, the latest first."""
        found = [session for file in sorted(self._folder.glob("*.json")) if (session := _read(file))]
        there = [session for session in found if Path(session.path).is_file()]
        return tuple(sorted(there, key=lambda session: session.at, reverse=True))

    def last(self) -> Session | None:
        """The case to offer when none is named: one that was not closed in good order goes first."""
        sessions = self.all()
        return next((session for session in sessions if not session.closed), None) or next(
            iter(sessions), None
        )

    def forget(self, path: Path) -> None:
        """Remember nothing of *path* any more."""
        with contextlib.suppress(OSError):
            self._file(path).unlink()

    def _file(self, path: Path) -> Path:
        return self._folder / f"{key_of(path)}.json"


def _read(file: Path) -> Session | None:
    """The session in *file*; a damaged one is as good as none."""
    try:
        return Session.model_validate_json(file.read_bytes())
    except (OSError, ValidationError):
        return None
