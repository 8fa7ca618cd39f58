"""Copies of a case file as it was when it was opened, the last ten of each."""

from __future__ import annotations

import contextlib
from pathlib import Path

from assistant.store.atomic import make_folder, refusal, write_atomic
from assistant.store.sessions import Now, key_of, utc_now

KEPT = 10


def back_up(path: Path, folder: Path, now: Now = utc_now) -> Path | None:
    """Copy the file at *path* into *folder*; ``None`` where there is nothing new to copy.

    Raises:
        StoreError: The disk refused.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise refusal(path, error, "读取") from error
    there = backups_of(path, folder)
    if not data or (there and _content(there[0]) == data):
        return None
    copy = _folder(path, folder) / f"{now():%Y%m%dT%H%M%S.%f}.ziping.json"
    make_folder(copy.parent)
    write_atomic(copy, data, mode=0o600)
    for old in backups_of(path, folder)[KEPT:]:
        with contextlib.suppress(OSError):
            old.unlink()
    return copy


def backups_of(path: Path, folder: Path) -> tuple[Path, ...]:
    """The copies there are of *path*, the latest first."""
    return tuple(sorted(_folder(path, folder).glob("*.ziping.json"), reverse=True))


def _folder(path: Path, folder: Path) -> Path:
    return folder / key_of(path)


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
