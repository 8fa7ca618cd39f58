"""How slow this machine is just now, so that a limit of a test means the same on each."""

from __future__ import annotations

from time import perf_counter, process_time

_QUIET = 0.06
"""Seconds that a million squares take on a machine of today with nothing else to do."""


def slowness(squares: int = 1_000_000, *, on_the_wall: bool = False) -> float:
    """How many times as long as there these *squares* take here, at least 1: of the processor, or as a clock sees it."""
    clock = perf_counter if on_the_wall else process_time
    started = clock()
    sum(number * number for number in range(squares))
    return max(1.0, (clock() - started) / (_QUIET * squares / 1_000_000))
