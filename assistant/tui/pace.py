"""How often a text that grows is drawn, so that the keys typed beside it are heard at once on a slow machine too."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

LEAST_SECONDS = 0.05
"""Twenty times a second is as smooth as reading needs."""
MOST_SECONDS = 1.0
"""However slow the machine: it is seen to go on."""
REST = 3
"""For each second of drawing, so many for the rest of the program."""


class Pace:
    """Says when the next drawing is due, from how long the last one took until it was on the screen."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._begun = self._next = float("-inf")

    def is_due(self) -> bool:
        """Whether to draw now; then the drawing counts as begun."""
        now = self._clock()
        if now < self._next:
            return False
        self._begun, self._next = now, now + MOST_SECONDS  # until it is told to be done
        return True

    def done(self) -> None:
        """The drawing is on the screen."""
        now = self._clock()
        pause = max(LEAST_SECONDS - (now - self._begun), REST * (now - self._begun))
        self._next = min(now + pause, self._begun + MOST_SECONDS)
