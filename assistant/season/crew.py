"""Many forms over an executor of the ``concurrent.futures`` kind: on this machine's cores or on a cluster, the same work.

Nothing is lost and nothing comes twice: a form's result is handed on exactly once. Where a worker dies (out of memory,
killed), the forms it may have held are judged again one by one, and one that ends its worker again is named and left out.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from dataclasses import dataclass

from assistant.domain.errors import ZipingError
from assistant.season.result import Form, FormResult

TOGETHER = 8
"""Forms a worker gets at once: sending them must cost little beside judging them."""

MOST_BYTES = 4 * 1024 * 1024
"""Bytes a worker gets at once, but for a single form that is larger."""

AHEAD = 3
"""Handfuls under way for each worker: enough that none waits, few enough that 10,000 forms need no memory."""

MOST_PROCESSES = 61
"""Windows cannot wait for more."""

Batch = tuple[Form, ...]
Work = Callable[[Batch], tuple[FormResult, ...]]


@dataclass(frozen=True, slots=True)
class Crew:
    """Who does the work.

    Attributes:
        workers: How many work side by side.
        hire: Makes the executor, and another one where it broke.
        leave: Ends an executor: nothing new begins, what is running ends.
        deaths: The exceptions that mean "the worker died".
    """

    workers: int
    hire: Callable[[], Executor]
    leave: Callable[[Executor], None]
    deaths: tuple[type[Exception], ...] = (BrokenExecutor, MemoryError)


def processes(workers: int | None = None, most: int = MOST_PROCESSES) -> Crew:
    """Processes of this machine, one a core but no more than *most*. Started afresh (spawn), so the same everywhere."""
    count = max(1, min(workers or _cores(), most, MOST_PROCESSES))
    context = multiprocessing.get_context("spawn")
    return Crew(
        workers=count,
        hire=lambda: ProcessPoolExecutor(count, mp_context=context, initializer=_begin),
        leave=lambda executor: executor.shutdown(wait=True, cancel_futures=True),
    )


def begin_beside_a_screen() -> None:
    """To be called before a screen takes over standard error: the helper process of ``multiprocessing`` inherits it,
    which the stand-in of a full-screen program does not allow.
    """
    if os.name == "posix":
        from multiprocessing import resource_tracker

        resource_tracker.ensure_running()


def _cores() -> int:
    """Cores this process may use, which in a container are fewer than the machine has."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _begin() -> None:
    """In each worker: Ctrl+C is the parent's business, and the readers are loaded before the first form comes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from assistant.exchange.importer import importers

    importers()


def judged(forms: Iterable[Form], work: Work, crew: Crew) -> Iterator[FormResult]:
    """Results of *forms* as they come, in no order; closing the generator ends the work.

    Raises:
        ZipingError: The cluster is gone. What came before stays done.
    """
    executor = crew.hire()
    suspects: deque[Form] = deque()
    under_way: dict[Future[tuple[FormResult, ...]], Batch] = {}
    batches = _batches(forms)
    try:
        broken, more = False, True
        while more or under_way:
            while more and not broken and len(under_way) < crew.workers * AHEAD:
                batch = next(batches, None)
                if batch is None:
                    more = False
                    break
                try:
                    under_way[executor.submit(work, batch)] = batch
                except BrokenExecutor:
                    suspects += batch
                    broken = True
            done, _ = wait(under_way, return_when=FIRST_COMPLETED) if under_way else (set(), set())
            for future in done:
                batch = under_way.pop(future)
                error = _error(future)
                if error is None:
                    yield from future.result()
                else:
                    suspects += batch
                    broken = broken or isinstance(error, BrokenExecutor)
            if broken and not under_way:  # a broken pool hands all its work back; then comes another
                crew.leave(executor)
                executor, broken = crew.hire(), False
        while suspects:
            form = suspects.popleft()
            future = executor.submit(work, (form,))
            error = _error(future)
            if error is None:
                yield from future.result()
                continue
            yield FormResult(file=form.file, trouble=_epitaph(error, crew))
            if isinstance(error, BrokenExecutor):
                crew.leave(executor)
                executor = crew.hire()
    finally:
        crew.leave(executor)


def _batches(forms: Iterable[Form]) -> Iterator[Batch]:
    batch: list[Form] = []
    held = 0
    for form in forms:
        if batch and (len(batch) == TOGETHER or held + len(form.data) > MOST_BYTES):
            yield tuple(batch)
            batch, held = [], 0
        batch.append(form)
        held += len(form.data)
    if batch:
        yield tuple(batch)


def _error(future: Future[tuple[FormResult, ...]]) -> BaseException | None:
    """Why *future* failed, ``None`` where it did not; waits for it."""
    try:
        return future.exception()
    except CancelledError:
        raise ZipingError(
            "与计算集群的连接断了。", "已完成的都留着；请检查集群后再次运行，会接着做。"
        ) from None


def _epitaph(error: BaseException, crew: Crew) -> str:
    if isinstance(error, crew.deaths):
        return (
            "处理这份表的进程意外退出，多半是内存不足。其余的表不受影响；请用 ziping check 单独检查这个文件。"
        )
    return f"处理这份表时程序出错（{type(error).__name__}），没有结果。其余的表不受影响；请把这个文件反馈给开发者。"
