"""One open case on the disk: loaded, backed up, locked, saved by itself, found again.

Nothing the disk does reaches the case in memory. Where the case's own place refuses it, a copy goes to the recovery
folder and the message says where; where another program changed the file meanwhile, neither version is lost.
"""

from __future__ import annotations

import contextlib
import hashlib
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from assistant.domain.case import Case
from assistant.domain.errors import InputError, StoreError, ZipingError
from assistant.store.atomic import make_folder, refusal, sweep, write_atomic
from assistant.store.autosave import Autosave
from assistant.store.backups import back_up, backups_of
from assistant.store.casefile import SUFFIX, dumps, load
from assistant.store.locations import Locations
from assistant.store.lock import Lock
from assistant.store.sessions import Now, Sessions, key_of, utc_now

T = TypeVar("T")
Told = Callable[[ZipingError | None], None]


class Keeper:
    """Keeps the case at *path* on the disk while it is open.

    Attributes:
        path: The case file.
        case: What was on the disk when it was opened; ``None`` where there was no file.
        in_use: Another window has it open. Saving stays safe; the user should know.
        place: Where the user was last time.
        crashed: Last time it was not closed in good order.
        troubles: What did not work beside the case itself (no backup, no session): told once, harmless.
    """

    def __init__(self, path: Path, where: Locations, *, told: Told | None = None, now: Now = utc_now) -> None:
        """Open *path*. *told* hears of each save (``None``) and each failure, from whatever thread it happens in.

        Raises:
            StoreError: The file cannot be read.
            InputError: It is no case; the message names the last backup where there is one.
        """
        self.path = path.absolute()
        self.troubles: list[ZipingError] = []
        self._where = where
        self._told = told or (lambda error: None)
        self._sessions = Sessions(where.sessions, now)
        self._lock = Lock(where.sessions / f"{key_of(self.path)}.lock")
        self._saving = threading.Lock()
        self._tried: bytes | None = None  # a save may fail after the new file is in place: it is still ours
        self.in_use = self._quietly(self._lock.take) is False
        sweep(self.path.parent)
        self._quietly(lambda: back_up(self.path, where.backups, now))
        self._recovery = where.recovery / key_of(self.path) / f"{now():%Y%m%dT%H%M%S.%f}{SUFFIX}"
        try:
            self._known = self._digest()
            self.case = self._load()
        except ZipingError:
            self._lock.release()
            raise
        last = self._sessions.find(self.path)
        self.place = last.place if last else ""
        self.crashed = last is not None and not last.closed
        self._quietly(lambda: self._sessions.remember(self.path, self.place))
        self._autosave = Autosave(self._save, on_saved=lambda case: self._told(None), on_error=self._told)

    @property
    def pending(self) -> bool:
        """Whether a change is not on the disk yet."""
        return self._autosave.pending

    def recovered(self) -> Case | None:
        """What former runs could only save to the recovery folder: the latest that differs from the case file."""
        for file in reversed(self._former_recoveries()):
            with contextlib.suppress(ZipingError):
                if (case := load(file)) != self.case:
                    return case
        return None

    def forget_recovered(self) -> None:
        """The user has decided about :meth:`recovered`: do not offer it again."""
        for file in self._former_recoveries():
            with contextlib.suppress(OSError):
                file.unlink()

    def _former_recoveries(self) -> list[Path]:
        return [file for file in sorted(self._recovery.parent.glob(f"*{SUFFIX}")) if file != self._recovery]

    def changed(self, case: Case) -> None:
        """Take *case* as what must be on the disk within a second. Returns at once."""
        self._autosave.changed(case)

    def moved(self, place: str) -> None:
        """Note where the user is."""
        self.place = place
        self._quietly(lambda: self._sessions.remember(self.path, place))

    def save_now(self) -> bool:
        """Save what waits, in this thread. Returns whether everything is on the disk; *told* heard why not."""
        return self._autosave.flush()

    def keep_mine(self) -> None:
        """After another program changed the file: the next save may overwrite it (a backup is made first)."""
        self._quietly(lambda: back_up(self.path, self._where.backups))
        with self._saving:
            self._known = self._digest()

    def close(self) -> bool:
        """Save what waits and stop. Returns whether everything is on the disk."""
        saved = self._autosave.close()
        self._quietly(lambda: self._sessions.remember(self.path, self.place, closed=saved))
        self._lock.release()
        return saved

    def _load(self) -> Case | None:
        try:
            return load(self.path) if self._known is not None else None
        except InputError as error:
            good = next((copy for copy in backups_of(self.path, self._where.backups) if _is_case(copy)), None)
            raise InputError(error.message, f"最近的完好备份：{good}" if good else error.hint) from error

    def _save(self, case: Case) -> None:
        data = dumps(case).encode()
        with self._saving:
            try:
                if self._digest() not in {self._known, self._tried, None}:
                    raise StoreError(
                        f"{self.path.name} 已被其他程序改动，没有覆盖它。",
                        "请选择以本窗口内容为准，或另存为新文件。",
                    )
                self._tried = hashlib.sha256(data).digest()
                write_atomic(self.path, data)
            except StoreError as error:
                raise self._with_recovery(error, data) from error
            self._known = self._tried
            with contextlib.suppress(OSError):
                self._recovery.unlink()

    def _with_recovery(self, error: StoreError, data: bytes) -> StoreError:
        """Put *data* into the recovery folder and say so; if that fails too, *error* stays as it is."""
        try:
            make_folder(self._recovery.parent)
            write_atomic(self._recovery, data, mode=0o600)
        except StoreError:
            return error
        return StoreError(error.message, f"{error.hint}已另存一份到 {self._recovery}。")

    def _digest(self) -> bytes | None:
        """What the file holds now; ``None`` where there is none."""
        try:
            return hashlib.sha256(self.path.read_bytes()).digest()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise refusal(self.path, error, "读取") from error

    def _quietly(self, act: Callable[[], T]) -> T | None:
        """Do something that may fail without harm to the case; the failure is kept for telling."""
        try:
            return act()
        except StoreError as error:
            self.troubles.append(error)
            return None


def _is_case(path: Path) -> bool:
    try:
        load(path)
    except ZipingError:
        return False
    return True
