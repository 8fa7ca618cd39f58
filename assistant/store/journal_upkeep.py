"""What is done to journals but adding changes: a decision is written in, the oldest go, or all of a case is forgotten."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from pathlib import Path

from assistant.store.atomic import refusal
from assistant.store.journal import SUFFIX
from assistant.store.journal_reading import UNDO_STEPS, Segment, is_alive, read_segment
from assistant.store.journal_records import Settled, line
from assistant.store.sessions import Now, key_of, utc_now

KEPT_BYTES = 50_000_000
"""Older segments are given up when newer ones hold as many steps, or as many bytes, whichever comes first."""
LEAST_SEGMENTS = 2
"""The latest ones are kept whatever their size."""


def settle(folder: Path, name: str, how: str, now: Now = utc_now) -> None:
    """Write into the segment *name* that the user has decided. Raises ``StoreError``."""
    segment = read_segment(folder, name)
    if segment is None:
        return
    file = folder / f"{name}{SUFFIX}"
    seq = max((entry.seq for entry in segment.entries), default=0) + 1
    entry = Settled(seq=seq, at=now().isoformat(timespec="milliseconds"), how=how)
    try:
        with file.open("ab") as out:
            out.write(b"\n" * segment.is_torn + line(entry))
            out.flush()
            os.fsync(out.fileno())
    except OSError as error:
        raise refusal(file, error) from error


def prune(folder: Path, found: Sequence[Segment]) -> None:
    """Give up the oldest of the segments *found* once newer ones hold enough; never what may still be written.

    Failing does no harm.
    """
    turns: set[tuple[str, int]] = set()
    runs: set[str] = set()
    size = 0
    for position, segment in enumerate(reversed(found)):
        run = segment.base.run if segment.base else segment.name
        is_open = run not in runs and is_alive(folder, segment)
        runs.add(run)
        is_enough = len(turns) >= UNDO_STEPS or size + segment.size > KEPT_BYTES
        if position >= LEAST_SEGMENTS and is_enough and not is_open:
            with contextlib.suppress(OSError):
                (folder / f"{segment.name}{SUFFIX}").unlink()
            continue
        size += segment.size
        turns |= {(run, made.turn) for made in segment.made}


def forget(folder: Path, path: Path) -> int:
    """Remove everything kept about the case at *path*; how many files that were. Raises ``StoreError``."""
    removed = 0
    for file in sorted((folder / key_of(path)).glob("*")):
        try:
            file.unlink()
        except OSError as error:
            raise refusal(file, error) from error
        removed += 1
    return removed
