"""Who has a case open: a small sign beside it, read by other windows, other users and other machines of a share.

The sign protects nothing (the check before each save does that): it is there to name somebody. It goes when the case
is closed. One left by a process that died on this machine counts for nothing; one left by another machine stays until
somebody takes the case over, since nothing tells from here whether that machine is gone.
"""

from __future__ import annotations

import contextlib
import getpass
import os
import platform
import sys
import threading
import uuid
from pathlib import Path

from pydantic import AwareDatetime, ConfigDict, Field, ValidationError

from assistant.domain.errors import StoreError
from assistant.domain.record import Record
from assistant.domain.visible import visible
from assistant.store.atomic import write_atomic
from assistant.store.lock import Lock
from assistant.store.sessions import Now, key_of, utc_now
from assistant.store.turn import beside

MOST_BYTES = 4_000
"""Of a sign; whatever is longer is none."""
MOST_LETTERS = 40
"""Of a name that is shown: what stands in the sign was written elsewhere."""

_here: set[str] = set()
"""The tokens of this process that are in force."""


class Owner(Record):
    """Somebody who has a case open.

    Attributes:
        who, machine: The names of the user and of the computer.
        process: The number of the process there.
        since: When the case was opened, by the clock of that machine.
        home: A short name for the state folder he uses: windows of one home know of each other by system locks.
        token: Tells this sitting from any other, and names its lock there.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")  # of a newer version: a sign all the same

    who: str
    machine: str
    process: int
    since: AwareDatetime
    home: str
    token: str = Field(pattern="^[0-9a-f]{32}$")

    @property
    def is_me(self) -> bool:
        """Whether it is the same user on the same machine: another window of one's own."""
        return (self.who, self.machine) == (user(), platform.node())

    @property
    def words(self) -> str:
        """Who, where and since when, for the user: ``李某（电脑 PC-2，11月29日 09:12 起）``."""
        since = f"{self.since.astimezone():%m月%d日 %H:%M} 起"
        if self.is_me:
            return f"您自己在本机的另一个窗口（{since}）"
        who, machine = (visible(" ".join(name.split()))[:MOST_LETTERS] for name in (self.who, self.machine))
        return f"{who or '没有署名的用户'}（电脑 {machine or '名称不详'}，{since}）"


def user() -> str:
    """The user's name as the system knows it, ``""`` where it knows none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no such user, no such module (Windows)
        return ""


def owner_of(path: Path) -> Owner | None:
    """Who says that he has the case at *path* open; ``None`` if nobody does, or nothing readable."""
    try:
        with beside(path, "open").open("rb") as file:
            data = file.read(MOST_BYTES + 1)
        return Owner.model_validate_json(data) if len(data) <= MOST_BYTES else None
    except (OSError, ValidationError):
        return None


def present(path: Path, folder: Path) -> Owner | None:
    """Who has the case at *path* open and may still be there, as the locks in *folder* and the system tell."""
    found = owner_of(path)
    return None if found is None or _is_gone(found, path, folder) else found


def _is_gone(owner: Owner, path: Path, folder: Path) -> bool:
    if owner.machine != platform.node():
        return False
    if owner.home == key_of(folder):
        return _is_free(_lock_of(owner, path, folder))
    if owner.process == os.getpid():
        return owner.token not in _here
    if sys.platform == "win32":
        return False
    try:
        os.kill(owner.process, 0)
    except (ProcessLookupError, OverflowError):
        return True
    except OSError:
        return False
    return False


def _lock_of(owner: Owner, path: Path, folder: Path) -> Path:
    return folder / f"{key_of(path)}-{owner.token}.lock"


def _is_free(file: Path) -> bool:
    """Whether nobody holds the lock in *file*; then the file goes, too."""
    if not file.exists():
        return True
    lock = Lock(file)
    try:
        is_free = lock.take()
    except StoreError:
        return False
    lock.release(remove=True)
    return is_free


class Presence:
    """The sign of this sitting at the case at *path*; the system's locks in *folder* say which sittings are alive.

    Where no sign can be made (a read-only folder, a full disk) there is none: nobody is named, nothing is lost.
    """

    def __init__(self, path: Path, folder: Path, now: Now = utc_now) -> None:
        self._path, self._file = path, beside(path, "open")
        self._folder = folder
        self._lock = Lock(folder / f"{key_of(path)}.lock")
        self._me = Owner(
            who=user(),
            machine=platform.node(),
            process=os.getpid(),
            since=now(),
            home=key_of(folder),
            token=uuid.uuid4().hex,
        )
        self._alive = Lock(_lock_of(self._me, path, folder))
        self._has_signed = False
        self._one_at_a_time = threading.Lock()  # the screen takes over while a thread of its looks

    @property
    def held(self) -> bool:
        """Whether no other window of this home has the case open."""
        return self._lock.held

    def take(self) -> Owner | None:
        """Open the case: who has it open already; ``None`` where it is ours alone, or nobody says.

        Raises:
            StoreError: The locks' own folder refused.
        """
        with self._one_at_a_time:
            self._lock.take()
            other = self._other()
            if other is None and self._lock.held:
                self._sign()
            return other

    def take_over(self) -> None:
        """From now on the sign is ours; who had it finds that out by :meth:`successor`. Raises ``StoreError``."""
        with self._one_at_a_time:
            self._alive.take()
            write_atomic(self._file, self._me.model_dump_json().encode(), durable=False)
            self._signed()

    def successor(self) -> Owner | None:
        """Who has taken the case over from us since. A sign that is gone is put up again, also by who came second."""
        with self._one_at_a_time:
            other = self._other()
            if other is None and owner_of(self._path) != self._me:
                self._sign()
            return other if self._has_signed else None

    def release(self) -> None:
        """Close the case."""
        with self._one_at_a_time:
            if self._has_signed and owner_of(self._path) == self._me:
                with contextlib.suppress(OSError):
                    self._file.unlink()
            self._has_signed = False
            _here.discard(self._me.token)
            self._alive.release(remove=True)
            self._lock.release()

    def _other(self) -> Owner | None:
        """Whose sign it is, if it is somebody else's who may still be there."""
        found = present(self._path, self._folder)
        return None if found == self._me else found

    def _sign(self) -> None:
        """Put up our sign where there is none, or one of somebody who is gone."""
        with contextlib.suppress(OSError, StoreError):
            self._alive.take()
            self._file.unlink(missing_ok=True)
            with self._file.open("xb") as file:
                file.write(self._me.model_dump_json().encode())
            self._signed()

    def _signed(self) -> None:
        self._has_signed = True
        _here.add(self._me.token)
