"""How long a long task will still take, by how fast it went just now."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

WINDOW_SECONDS = 10
"""What came longer ago no longer counts, since results taken over from an earlier run come in no time; but never less is
looked at, since results come by the handful."""


class Pace:
    """Told at each result; answers in words."""

    def __init__(self, whole: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._whole, self._clock = whole, clock
        self._seen: deque[tuple[float, int]] = deque([(clock(), 0)])

    def left(self, done: int) -> str:
        """``还要约 25 秒`` after *done* results; ``""`` while nothing can be said."""
        now = self._clock()
        self._seen.append((now, done))
        while len(self._seen) > 2 and self._seen[1][0] <= now - WINDOW_SECONDS:
            self._seen.popleft()
        since, before = self._seen[0]
        if done <= before or done >= self._whole or now <= since:
            return ""
        seconds = round((now - since) * (self._whole - done) / (done - before))
        return f"还要约 {seconds} 秒" if seconds < 60 else f"还要约 {seconds // 60} 分 {seconds % 60} 秒"
