"""Writes down every change of the open case, so that a crash takes at most a second and undo outlives the program.

The journal lies in the user's state folder and not beside the case: a folder sent by mail carries nothing that was
deleted from a form, and a slow or read-only share does not slow it down (ADR 015). Each sitting writes files of its
own, *segments*, so two windows never write into one; a segment begins with the whole case and names the place in an
older one where it goes on.
"""

from __future__ import annotations

import contextlib
import os
import platform
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from assistant.domain.case import Case
from assistant.domain.changes import changes
from assistant.domain.errors import StoreError
from assistant.store.atomic import make_folder, refusal
from assistant.store.journal_records import Base, Made, Mark, Saved, line
from assistant.store.lock import Lock
from assistant.store.owner import user
from assistant.store.sessions import Now, key_of, utc_now

SUFFIX = ".jsonl"
SEGMENT_RECORDS = 400
SEGMENT_BYTES = 4_000_000
"""Beyond either a new segment is begun, so that old ones can be given up whole."""


@dataclass(frozen=True, slots=True)
class Deed:
    """How a change came about: why and where as in :class:`Made`; another *turn* for each step of undo."""

    why: str = "typing"
    where: str = ""
    turn: int | None = None


@dataclass(frozen=True, slots=True)
class _Noted:
    before: Case
    after: Case
    deed: Deed
    at: str


class Journal:
    """The journal of one sitting at the case at *path*, under *folder*.

    :meth:`note` only remembers and returns at once. Everything else waits for the disk and belongs into the threads
    that save; they may call at the same time.
    """

    def __init__(self, folder: Path, path: Path, now: Now = utc_now) -> None:
        self._root = folder
        self._key = key_of(path)
        self._path = path
        self._now = now
        self._run = f"{now():%Y%m%dT%H%M%S.%f}-{os.getpid()}"
        self._lock = Lock(folder / self._key / f"{self._run}.lock")
        self._queue: list[_Noted] = []
        self._queueing = threading.Lock()
        self._writing = threading.Lock()
        self._noted: Case | None = None  # the latest that was noted
        self._state: Case | None = None  # the latest that is written
        self._digest = ""
        self._mark: Mark | None = None  # where the written state is
        self._descriptor: int | None = None
        self._segment = ""
        self._segments = self._count = self._bytes = self._turns = 0

    @property
    def run(self) -> str:
        """The name of this sitting."""
        return self._run

    def follow(self, case: Case, digest: str = "", after: Mark | None = None) -> None:
        """Begin from *case*, which the file with *digest* holds, going on at *after* where that is known."""
        self._noted = self._state = case
        self._digest, self._mark = digest, after

    def note(self, case: Case, deed: Deed) -> None:
        """Remember a change for :meth:`write`."""
        with self._queueing:
            before = self._noted
            self._noted = case
            if before is None:
                self._state = case
            elif before != case:
                self._turns -= 1
                turn = self._turns if deed.turn is None else deed.turn
                self._queue.append(_Noted(before, case, replace(deed, turn=turn), self._time()))

    def write(self) -> None:
        """Put everything noted on the disk and wait for it. Raises ``StoreError``; nothing is lost by that."""
        with self._writing:
            self._write(durable=True)

    def settle(self) -> tuple[Case, Mark] | None:
        """Write everything noted; the case as it is then and its place, ``None`` before there is any.

        Raises:
            StoreError: The disk refused; what is noted stays noted.
        """
        with self._writing:
            if self._count > SEGMENT_RECORDS or self._bytes > SEGMENT_BYTES:
                self._let_go()
            self._write(durable=False)
            if self._state is None:
                return None
            if self._descriptor is None:
                self._begin()
            return (self._state, self._mark) if self._mark is not None else None

    def announce(self, mark: Mark, digest: str, *, done: bool) -> None:
        """Say that the case file will hold what is at *mark*, or that it does. Raises ``StoreError``."""
        with self._writing:
            if self._descriptor is None or mark.segment != self._segment:
                return  # begun anew meanwhile: the next save says it
            entry = Saved(seq=self._count + 1, at=self._time(), digest=digest, upto=mark.seq, done=done)
            self._append([entry], durable=not done)

    def close(self) -> None:
        """Stop; what is noted should be written before."""
        with self._writing:
            self._let_go()
            self._lock.release(remove=True)

    def _write(self, *, durable: bool) -> None:
        with self._queueing:
            queue, self._queue = self._queue, []
        if not queue:
            return
        try:
            if self._descriptor is None:
                self._begin()
            groups = _by_turn(queue)
            entries = [self._made(group, self._count + 1 + n) for n, group in enumerate(groups)]
            self._append(entries, durable=durable)
        except StoreError:
            with self._queueing:
                self._queue[:0] = queue
            raise
        self._state = queue[-1].after
        self._mark = Mark(segment=self._segment, seq=self._count)
        self._digest = ""

    def _made(self, group: list[_Noted], seq: int) -> Made:
        first, last = group[0], group[-1]
        return Made(
            seq=seq,
            at=last.at,
            turn=last.deed.turn or 0,
            why=last.deed.why,
            where=last.deed.where,
            changes=changes(first.before, last.after),
        )

    def _begin(self) -> None:
        """Begin a segment with the state written last."""
        if self._state is None:
            raise AssertionError("a journal begins with a case")
        make_folder(self._root / self._key)
        with contextlib.suppress(StoreError):
            self._lock.take()
        self._segments += 1
        self._segment = f"{self._key}/{self._run}-{self._segments:03d}"
        base = Base(
            at=self._time(),
            who=_who(),
            run=self._run,
            path=str(self._path),
            digest=self._digest,
            after=self._mark,
            case=self._state,
        )
        file = self._root / f"{self._segment}{SUFFIX}"
        try:
            self._descriptor = os.open(
                file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | getattr(os, "O_CLOEXEC", 0), 0o600
            )
        except OSError as error:
            raise refusal(file, error) from error
        self._count = self._bytes = 0
        self._append([base], durable=False)
        self._count = 0  # the base is record 0
        self._mark = Mark(segment=self._segment, seq=0)

    def _append(self, entries: Sequence[Base | Made | Saved], *, durable: bool) -> None:
        data = b"".join(map(line, entries))
        if self._descriptor is None:
            raise AssertionError("appending needs a segment")
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(self._descriptor, view) :]
            if durable:
                os.fsync(self._descriptor)
        except OSError as error:
            segment = self._root / f"{self._segment}{SUFFIX}"
            self._let_go()  # its end is unknown now: what follows goes into a new segment
            raise refusal(segment, error) from error
        self._count += len(entries)
        self._bytes += len(data)

    def _let_go(self) -> None:
        if self._descriptor is not None:
            with contextlib.suppress(OSError):
                os.close(self._descriptor)
            self._descriptor = None

    def _time(self) -> str:
        return self._now().isoformat(timespec="milliseconds")


def _by_turn(queue: Sequence[_Noted]) -> list[list[_Noted]]:
    """Neighbouring changes of one step as one."""
    return [list(group) for _, group in groupby(queue, key=lambda one: (one.deed.turn, one.deed.why))]


def _who() -> str:
    return f"{user()}@{platform.node()}"
