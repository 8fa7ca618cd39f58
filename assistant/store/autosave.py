"""Saves the open case by itself, off the screen's thread.

A change is on the disk at most a second after it was made, also under continuous typing. Where the disk is slow,
saves are spaced out so that they take no more than a share of the time. A save that fails is told and tried again.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from assistant.domain.errors import StoreError, ZipingError

_LOG = logging.getLogger(__name__)

T = TypeVar("T")
Clock = Callable[[], float]

QUIET_SECONDS = 0.4
LONGEST_SECONDS = 0.7
RETRY_SECONDS = 2.0
RETRY_SECONDS_MOST = 30.0
CLOSE_SECONDS = 5.0
PEACE = 5  # a save that took t seconds is followed by at least 5·t of peace


class Schedule:
    """When to save, as arithmetic on times given by the caller; ``None`` while nothing waits.

    *quiet* seconds after the last change and at the latest *longest* after the first, but not before *peace* times
    as long has passed as the save before took.
    """

    def __init__(
        self, quiet: float = QUIET_SECONDS, longest: float = LONGEST_SECONDS, peace: int = PEACE
    ) -> None:
        self._quiet, self._longest, self._peace = quiet, longest, peace
        self._first: float | None = None
        self._last = 0.0
        self._not_before = float("-inf")
        self._failures = 0

    def changed(self, now: float) -> None:
        """Something changed."""
        if self._first is None:
            self._first = now
        self._last = now

    def begun(self) -> None:
        """A save takes what there is; changes from now on belong to the next one."""
        self._first = None

    def saved(self, now: float, took: float) -> None:
        """The save worked."""
        self._failures = 0
        self._not_before = now + self._peace * took

    def failed(self, now: float) -> None:
        """The save did not work: try again, later each time."""
        self.changed(now)
        self._not_before = now + min(RETRY_SECONDS * 2**self._failures, RETRY_SECONDS_MOST)
        self._failures = min(self._failures + 1, 10)

    def due(self) -> float | None:
        """The time of the next save."""
        if self._first is None:
            return None
        return max(min(self._last + self._quiet, self._first + self._longest), self._not_before)


def _mistake(error: Exception) -> StoreError:
    return StoreError(
        f"自动保存时程序出错（{type(error).__name__}）。", "已填内容仍在程序里，请用“导出”存一份到别处。"
    )


class Autosave(Generic[T]):
    """Keeps the last thing it was given (a case) and saves it when it is due.

    ``changed`` only stores a reference and returns at once. *save* runs in this object's thread (or in the caller's
    for ``flush``), never twice at a time; *on_saved* and *on_error* are called from there too, so a screen has to
    pass them on (post a message; not wait for its own thread).
    """

    def __init__(
        self,
        save: Callable[[T], None],
        *,
        on_saved: Callable[[T], None] | None = None,
        on_error: Callable[[ZipingError], None] | None = None,
        clock: Clock = time.monotonic,
        schedule: Schedule | None = None,
    ) -> None:
        self._save = save
        self._on_saved = on_saved or (lambda what: None)
        self._on_error = on_error or (lambda error: None)
        self._clock = clock
        self._schedule = schedule or Schedule()
        self._waiting: T | None = None
        self._closed = False
        self._wake = threading.Condition()
        self._one_at_a_time = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="ziping-autosave", daemon=True)
        self._thread.start()

    @property
    def pending(self) -> bool:
        """Whether a change is not on the disk yet."""
        with self._wake:
            return self._waiting is not None or self._one_at_a_time.locked()

    def changed(self, what: T) -> None:
        """Take *what* as what must be on the disk soon."""
        with self._wake:
            self._waiting = what
            self._schedule.changed(self._clock())
            self._wake.notify()

    def flush(self) -> bool:
        """Save now, in this thread, if anything waits. Returns whether everything is on the disk."""
        self._save_waiting()
        with self._wake:
            return self._waiting is None

    def close(self) -> bool:
        """Save what waits and stop. Returns whether everything is on the disk."""
        with self._wake:
            self._closed = True
            self._wake.notify()
        if threading.current_thread() is not self._thread:
            self._thread.join(CLOSE_SECONDS)  # it may be waiting for the very thread that closes it
        return self.flush()

    def _run(self) -> None:
        while self._wait_until_due():
            self._save_waiting()

    def _wait_until_due(self) -> bool:
        with self._wake:
            while not self._closed:
                due = self._schedule.due() if self._waiting is not None else None
                if due is None:
                    self._wake.wait()
                elif (left := due - self._clock()) <= 0:
                    return True
                else:
                    self._wake.wait(left)
        return False

    def _save_waiting(self) -> None:
        told = self._try()
        # Outside every lock: the listener may itself ask for a save, or wait for a thread that does.
        try:
            if isinstance(told, ZipingError):
                self._on_error(told)
            elif told is not None:
                self._on_saved(told)
        except Exception:  # a screen that is gone must not end the thread that saves
            _LOG.debug("a listener failed", exc_info=True)

    def _try(self) -> T | ZipingError | None:
        """Save what waits; what was saved, or why not, or ``None`` where nothing waited."""
        with self._one_at_a_time:
            with self._wake:
                what, self._waiting = self._waiting, None
                self._schedule.begun()
            if what is None:
                return None
            begun = self._clock()
            try:
                self._save(what)
            except (
                Exception
            ) as error:  # a mistake of ours must not end the thread in silence: that would lose work
                with self._wake:
                    if self._waiting is None:  # nothing newer came meanwhile
                        self._waiting = what
                    self._schedule.failed(self._clock())
                return error if isinstance(error, ZipingError) else _mistake(error)
            with self._wake:
                now = self._clock()
                self._schedule.saved(now, now - begun)
            return what
