"""One at a time: looking whether a case file is still the one we know and replacing it must not be parted.

The sign is a file beside the case, made so that only one can make it. That holds on network shares too, where locks of
the system are often only pretended.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import platform
import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from assistant.domain.errors import StoreError

STALE_SECONDS = 10.0
"""A sign that has not changed for so long belongs to a machine that is gone: replacing a file takes far less."""
EMPTY_STALE_SECONDS = 2.0
"""One that says nothing was left by somebody who stopped between making and signing it, or had no room to."""
PATIENCE_SECONDS = 15.0
PAUSE_SECONDS = 0.02

_held: set[str] = set()
"""The signs of this process that are in force: one that could not be removed is not waited for."""


class Turn:
    """The right to replace the file at *path*; use as a context manager, for moments only.

    Where no sign can be made (a read-only folder) the turn is ours at once: what follows will say what is wrong.

    Raises:
        StoreError: Somebody else does not come to an end.
    """

    def __init__(self, path: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._file = beside(path, "turn")
        self._name = path.name
        self._clock = clock
        self._token = f"{platform.node()} {os.getpid()} {uuid.uuid4().hex}"
        self._is_made = False

    def __enter__(self) -> Self:
        """Wait for the turn."""
        begun = self._clock()
        seen, since = "", begun
        while not self._make():
            now = self._clock()
            sign = self._read()
            if sign != seen:
                seen, since = sign, now
            elif _is_dead(sign) or now - since > (STALE_SECONDS if sign else EMPTY_STALE_SECONDS):
                self._take_away(sign)
                continue
            if now - begun > PATIENCE_SECONDS:
                raise StoreError(f"{self._name} 正被别处反复保存，这次没有写进去。", "程序会自动再试。")
            time.sleep(PAUSE_SECONDS)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give it to the next, unless it was taken from us."""
        _held.discard(self._token)
        if self._is_made and self._token.startswith(self._read()):  # a full disk may have taken none of it
            with contextlib.suppress(OSError):
                self._file.unlink()
        self._is_made = False

    def _make(self) -> bool:
        try:
            descriptor = os.open(self._file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        except FileExistsError:
            return False
        except OSError:
            return True
        with contextlib.suppress(OSError):
            os.write(descriptor, self._token.encode())
        os.close(descriptor)
        _held.add(self._token)
        self._is_made = True
        return True

    def _read(self) -> str:
        return _read(self._file)

    def _take_away(self, sign: str) -> None:
        """Remove the sign of one who is gone. Of several who try, one moves it; what he moved he looks at again."""
        aside = self._file.with_name(f"{self._file.name}-{uuid.uuid4().hex[:8]}")
        with contextlib.suppress(OSError):
            self._file.rename(aside)
            if aside.read_text("utf-8", "replace") != sign:  # it was another's, made in between: give it back
                with contextlib.suppress(FileExistsError):
                    os.link(aside, self._file)
            aside.unlink()


def sign_of(path: Path) -> str:
    """Whose turn it is at *path*: machine, process number and a random part; ``""`` if nobody's."""
    return _read(beside(path, "turn"))


def beside(path: Path, kind: str) -> Path:
    """Where a sign of *kind* about the file at *path* stands: hidden, in the same folder, with a short name."""
    name = hashlib.sha256(path.name.casefold().encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return Path(os.path.realpath(path)).parent / f".ziping-{name}.{kind}"


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8", "replace")
    except OSError:
        return ""


def _is_dead(sign: str) -> bool:
    """Whether the process that made *sign* ran on this machine and does not any more, or was this one, done with it."""
    host, _, rest = sign.partition(" ")
    number = rest.partition(" ")[0]
    if host == platform.node() and number == str(os.getpid()):
        return sign not in _held
    if sys.platform == "win32" or host != platform.node() or not number.isdecimal():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False
