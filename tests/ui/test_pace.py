"""A draft that grows leaves the program time for the keys."""

from __future__ import annotations

import pytest

from assistant.tui.pace import Pace


@pytest.mark.parametrize(
    ("drawing", "a_second"),
    [
        (0.005, 20),  # a quick machine: every 0.05 s
        (0.1, 3),  # 0.1 s of drawing, 0.3 s of rest: at 0, 0.4, 0.8
        (0.9, 1),  # never seldomer than once a second
    ],
)
def test_it_is_drawn_as_often_as_the_machine_can_bear(drawing: float, a_second: int) -> None:
    now = 0.0
    pace = Pace(lambda: now)
    drawn, until = 0, None
    for tick in range(1000):  # a word of the draft each millisecond
        now = tick / 1000
        if until is not None and now >= until:
            pace.done()
            until = None
        if pace.is_due():
            drawn += 1
            until = now + drawing
    assert drawn == a_second


def test_a_drawing_nobody_saw_the_end_of_does_not_stop_the_next() -> None:
    now = 0.0
    pace = Pace(lambda: now)
    assert pace.is_due()
    now = 0.99
    assert not pace.is_due()
    now = 1.0
    assert pace.is_due()
