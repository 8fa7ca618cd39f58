"""Many forms on many workers: nothing lost, nothing twice, whatever dies."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import closing

import pytest

from assistant.season.crew import AHEAD, TOGETHER, Crew, judged, processes
from assistant.season.result import Form
from tests.season.workers import endless, measured


def threads(workers: int = 2) -> Crew:
    def leave(executor: Executor) -> None:
        executor.shutdown(cancel_futures=True)

    return Crew(workers, lambda: ThreadPoolExecutor(workers), leave)


def forms(count: int, **special: int) -> list[Form]:
    named = {at: name for name, at in special.items()}
    return [Form(named.get(at, f"表{at:03}"), b"x" * at) for at in range(count)]


@pytest.mark.parametrize("crew", [threads, lambda: processes(2)], ids=["threads", "processes"])
def test_every_form_gives_exactly_one_result(crew: Callable[[], Crew]) -> None:
    found = list(judged(forms(50), measured, crew()))
    assert sorted((one.file, one.hints) for one in found) == [(f"表{at:03}", at) for at in range(50)]


def test_a_fault_in_one_form_is_named_and_the_rest_goes_on() -> None:
    found = {one.file: one for one in judged(forms(30, 错=11), measured, threads())}
    assert len(found) == 30
    assert "RecursionError" in found["错"].trouble
    assert sum(not one.is_read for one in found.values()) == 1


def test_forms_that_kill_their_worker_are_named_and_the_rest_goes_on() -> None:
    found = list(judged(forms(60, 死一=7, 死二=40), measured, processes(2)))
    assert len(found) == len({one.file for one in found}) == 60
    dead = [one for one in found if not one.is_read]
    assert sorted(one.file for one in dead) == ["死一", "死二"]
    assert all("内存不足" in one.trouble for one in dead)


def test_forms_that_never_end_are_told_as_such_and_the_rest_goes_on() -> None:
    found = list(judged(forms(40, 久一=3, 久二=30), endless, processes(2, patience=5)))
    assert len(found) == len({one.file for one in found}) == 40
    endless_ones = [one for one in found if not one.is_read]
    assert sorted(one.file for one in endless_ones) == ["久一", "久二"]
    assert all(one.trouble.startswith("超时：处理这份表超过 5 秒") for one in endless_ones)


def test_stopping_does_not_wait_for_a_form_that_never_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.season.crew.GRACE_SECONDS", 0.5)
    results = judged(forms(40, 久=20), endless, processes(2))
    next(results)
    results.close()
    assert multiprocessing.active_children() == []


def test_only_a_few_forms_are_held_at_a_time() -> None:
    taken = 0

    def endless() -> Iterator[Form]:
        nonlocal taken
        while True:
            taken += 1
            yield Form(f"{taken}", b"")

    with closing(judged(endless(), measured, threads(2))) as results:
        for _, _ in zip(range(100), results, strict=False):
            pass
    assert taken <= 100 + (2 * AHEAD + 2) * TOGETHER


def test_large_forms_travel_alone() -> None:
    sizes: list[int] = []

    def counted(batch: tuple[Form, ...]) -> tuple[()]:
        sizes.append(len(batch))
        return ()

    list(judged([Form(str(at), b"x" * 3_000_000) for at in range(4)], counted, threads(1)))
    assert sizes == [1, 1, 1, 1]


def test_closing_the_results_ends_the_work() -> None:
    results = judged(forms(1000), measured, threads(1))
    next(results)
    results.close()
    assert list(results) == []
