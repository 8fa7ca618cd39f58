"""Saving by itself: soon after each change, never in the way, never giving up."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.case import Case
from assistant.domain.errors import StoreError, ZipingError
from assistant.store.autosave import Autosave, Schedule


def case(name: str) -> Case:
    return Case(project=name)


def eventually(true: Callable[[], bool], seconds: float = 5.0) -> bool:
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.005)
    return true()


class Disk:
    """Remembers what was saved; refuses while ``full``; ``gate`` holds a save up."""

    def __init__(self) -> None:
        self.saved: list[str] = []
        self.full = False
        self.attempts = 0
        self.gate = threading.Event()
        self.gate.set()

    def save(self, case: Case) -> None:
        self.gate.wait(10)
        self.attempts += 1
        if self.full:
            raise StoreError("磁盘空间不足。", "请清理空间。")
        self.saved.append(case.project)


def test_nothing_is_due_before_a_change() -> None:
    assert Schedule().due() is None


def test_a_pause_saves_and_typing_on_postpones_only_up_to_the_limit() -> None:
    schedule = Schedule(quiet=0.4, longest=0.9)
    schedule.changed(10.0)
    assert schedule.due() == pytest.approx(10.4)
    schedule.changed(10.3)
    assert schedule.due() == pytest.approx(10.7)
    schedule.changed(10.6)
    assert schedule.due() == pytest.approx(10.9), "0.9 s after the first unsaved letter, typing or not"
    schedule.begun()
    assert schedule.due() is None


@given(st.lists(st.floats(0.001, 2.0), min_size=1, max_size=40))
def test_no_change_waits_longer_than_a_second(gaps: list[float]) -> None:
    schedule, now, oldest = Schedule(), 0.0, None
    for gap in gaps:
        due = schedule.due()
        if due is not None and due <= now + gap:
            assert oldest is not None
            assert due - oldest <= 1.0
            schedule.begun()
            schedule.saved(due, 0.0)
            oldest = None
        now += gap
        schedule.changed(now)
        oldest = now if oldest is None else oldest
    due = schedule.due()
    assert due is not None
    assert oldest is not None
    assert due - oldest <= 1.0


def test_a_slow_disk_is_given_rest() -> None:
    schedule = Schedule()
    schedule.saved(100.0, took=0.5)
    schedule.changed(100.0)
    assert schedule.due() == pytest.approx(102.5)  # 5 × 0.5 s


def test_a_slow_disk_keeps_no_letter_waiting_longer_where_it_has_little_peace() -> None:
    schedule = Schedule(peace=1)
    schedule.saved(100.0, took=0.5)
    schedule.changed(100.0)
    schedule.changed(100.6)
    assert schedule.due() == pytest.approx(100.7)  # as without a save before it: 0.7 s after the first change
    schedule.saved(100.0, took=3.0)
    assert schedule.due() == pytest.approx(103.0)


def test_failures_are_retried_later_and_later_but_at_least_every_half_minute() -> None:
    schedule = Schedule()
    waits = []
    for _ in range(8):
        schedule.failed(0.0)
        due = schedule.due()
        assert due is not None
        waits.append(due)
        schedule.begun()
    assert waits == [2, 4, 8, 16, 30, 30, 30, 30]

    schedule.saved(0.0, 0.0)
    schedule.changed(0.0)
    assert schedule.due() == pytest.approx(0.4), "after a success the waits are short again"


def test_the_last_of_many_changes_is_saved_by_itself() -> None:
    disk = Disk()
    autosave = Autosave(disk.save, schedule=Schedule(quiet=0.03, longest=0.1))
    for number in range(50):
        autosave.changed(case(str(number)))

    assert eventually(lambda: not autosave.pending)
    assert disk.saved[-1] == "49"
    assert len(disk.saved) <= 25
    assert autosave.close()


def test_typing_never_waits_for_the_disk() -> None:
    disk = Disk()
    disk.gate.clear()
    autosave = Autosave(disk.save, schedule=Schedule(quiet=0.0, longest=0.0))
    autosave.changed(case("甲"))
    time.sleep(0.05)  # the save hangs now
    begun = time.perf_counter()
    for _ in range(1000):
        autosave.changed(case("乙"))
    took = time.perf_counter() - begun
    disk.gate.set()

    assert took < 1.0, "1000 changes while the disk hangs"
    assert autosave.close()
    assert disk.saved[-1] == "乙"


def test_flush_saves_what_waits_and_close_leaves_nothing_behind() -> None:
    before = set(threading.enumerate())
    disk = Disk()
    autosave = Autosave(disk.save, schedule=Schedule(quiet=60, longest=60))
    autosave.changed(case("甲"))
    assert autosave.pending
    assert autosave.flush()
    assert not autosave.pending
    autosave.changed(case("乙"))
    assert autosave.close()
    assert disk.saved == ["甲", "乙"]
    assert set(threading.enumerate()) <= before, "no thread is left"


def test_a_failed_save_is_told_and_the_newest_text_is_saved_once_the_disk_accepts() -> None:
    disk, told, good = Disk(), [], []
    disk.full = True

    def tell(error: ZipingError) -> None:
        told.append(error.message)

    autosave = Autosave(
        disk.save,
        on_error=tell,
        on_saved=lambda saved: good.append(saved.project),
        schedule=Schedule(quiet=0.0, longest=0.0),
    )
    autosave.changed(case("甲"))
    assert eventually(lambda: bool(told))
    autosave.changed(case("乙"))
    assert not autosave.flush()
    assert autosave.pending
    disk.full = False
    assert autosave.flush()
    autosave.close()

    assert told[0] == "磁盘空间不足。"
    assert disk.saved == ["乙"]
    assert good == ["乙"]


def test_it_tries_again_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.store.autosave.RETRY_SECONDS", 0.02)
    disk = Disk()
    disk.full = True
    autosave = Autosave(disk.save, schedule=Schedule(quiet=0.0, longest=0.0))
    autosave.changed(case("甲"))
    assert eventually(lambda: disk.attempts >= 2)
    disk.full = False
    assert eventually(lambda: disk.saved == ["甲"])
    autosave.close()


def test_a_mistake_of_the_program_is_told_and_ends_nothing() -> None:
    told: list[ZipingError] = []
    broken = True

    def save(case: Case) -> None:
        if broken:
            raise RuntimeError("bug")

    autosave = Autosave(save, on_error=told.append, schedule=Schedule(quiet=0.0, longest=0.0))
    autosave.changed(case("甲"))
    assert eventually(lambda: bool(told))
    assert "RuntimeError" in told[0].message
    broken = False
    assert autosave.flush()
    autosave.close()


def test_a_listener_that_fails_or_saves_again_stops_nothing() -> None:
    disk = Disk()
    heard: list[str] = []

    def hear(saved: Case) -> None:
        heard.append(saved.project)
        autosave.flush()  # from inside a save's own report
        raise RuntimeError("the screen is gone")

    autosave = Autosave(disk.save, on_saved=hear, schedule=Schedule(quiet=0.0, longest=0.0))
    autosave.changed(case("甲"))
    assert eventually(lambda: heard == ["甲"])
    autosave.changed(case("乙"))
    assert eventually(lambda: heard == ["甲", "乙"])
    assert autosave.close()
    assert disk.saved == ["甲", "乙"]


def test_closing_does_not_hang_on_a_listener_that_waits_for_the_closing_thread(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("assistant.store.autosave.CLOSE_SECONDS", 0.1)
    disk, release, closing = Disk(), threading.Event(), threading.current_thread()

    def hear(saved: Case) -> None:
        if threading.current_thread() is not closing:
            release.wait(10)

    autosave = Autosave(disk.save, on_saved=hear, schedule=Schedule(quiet=0.0, longest=0.0))
    autosave.changed(case("甲"))
    assert eventually(lambda: disk.saved == ["甲"])
    autosave.changed(case("乙"))
    assert autosave.close()
    assert disk.saved == ["甲", "乙"]
    release.set()
