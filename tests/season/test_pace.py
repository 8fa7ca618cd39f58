"""How long it will still take."""

from __future__ import annotations

from assistant.season.pace import Pace


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_what_is_left_follows_the_speed_so_far() -> None:
    clock = Clock()
    pace = Pace(100, clock)
    clock.now = 5
    assert pace.left(20) == "还要约 20 秒"  # 4 a second, 80 left
    assert Pace(100, clock).left(0) == ""


def test_results_taken_over_from_an_earlier_run_do_not_make_it_look_fast() -> None:
    clock = Clock()
    pace = Pace(1000, clock)
    pace.left(500)  # at once, from the list
    for second in range(1, 31):
        clock.now = second
        said = pace.left(500 + second)
    assert said == "还要约 7 分 50 秒"  # one a second, 470 left


def test_at_the_end_nothing_is_left() -> None:
    clock = Clock()
    pace = Pace(10, clock)
    clock.now = 1
    assert pace.left(10) == ""


def test_results_that_come_by_the_handful_do_not_make_it_look_fast() -> None:
    clock = Clock()
    pace = Pace(40, clock)
    clock.now = 16  # the first eight took longer than what counts as just now
    for done in range(1, 9):
        clock.now += 0.01
        said = pace.left(done)
    assert said == "还要约 1 分 4 秒"  # 16 seconds for eight, 32 left
