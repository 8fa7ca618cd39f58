"""Many forms over an executor of the ``concurrent.futures`` kind: on this machine's cores or on a cluster, the same work.

Nothing is lost and nothing comes twice: a form's result is handed on exactly once. Where a worker dies (out of memory,
killed) or never ends, the forms it may have held are judged again one by one, and one that does so again is named and
left out.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
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

PATIENCE_SECONDS = 120
"""So long without any result, and what is under way is taken for endless: the largest form read needs a tenth of it."""

GRACE_SECONDS = 5
"""What is running when the work ends may end by itself; then it is killed, since its results go nowhere."""

Batch = tuple[Form, ...]
Results = tuple[FormResult, ...]
Work = Callable[[Batch], Results]


@dataclass(frozen=True, slots=True)
class Crew:
    """Who does the work.

    Attributes:
        workers: How many work side by side.
        hire: Makes the executor, and another one where it broke.
        leave: Ends an executor for good: nothing new begins, and nobody goes on with what is running.
        deaths: The exceptions that mean "the worker died".
        free: Takes the workers of an executor back from work that never ends; ``None``: by leaving it.
        patience: Seconds without any result after which work is taken for endless.
    """

    workers: int
    hire: Callable[[], Executor]
    leave: Callable[[Executor], None]
    deaths: tuple[type[Exception], ...] = (BrokenExecutor, MemoryError)
    free: Callable[[Executor], None] | None = None
    patience: float = PATIENCE_SECONDS

    def another(self, executor: Executor) -> Executor:
        """A new executor in place of one that broke or never ends."""
        (self.free or self.leave)(executor)
        return self.hire()


def processes(
    workers: int | None = None, most: int = MOST_PROCESSES, patience: float = PATIENCE_SECONDS
) -> Crew:
    """Processes of this machine, one a core but no more than *most*. Started afresh (spawn), so the same everywhere."""
    count = max(1, min(workers or _cores(), most, MOST_PROCESSES))
    context = multiprocessing.get_context("spawn")
    others = set(multiprocessing.active_children())

    def end(executor: Executor, grace: float) -> None:
        executor.shutdown(wait=False, cancel_futures=True)
        until = time.monotonic() + grace
        for process in set(multiprocessing.active_children()) - others:
            process.join(max(0, until - time.monotonic()))
            if process.is_alive():
                process.kill()
                process.join()

    return Crew(
        workers=count,
        hire=lambda: ProcessPoolExecutor(count, mp_context=context, initializer=_begin),
        leave=lambda executor: end(executor, GRACE_SECONDS),
        free=lambda executor: end(executor, 0),
        patience=patience,
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
    under_way: dict[Future[Results], Batch] = {}
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
            done = wait(under_way, crew.patience, FIRST_COMPLETED).done if under_way else set()
            for future in done:
                batch = under_way.pop(future)
                error = _error(future)
                if error is None:
                    yield from future.result()
                else:
                    suspects += batch
                    broken = broken or isinstance(error, BrokenExecutor)
            if under_way and not done:  # endless: those who hold it are taken away from it
                suspects.extend(form for batch in under_way.values() for form in batch)
                under_way.clear()
                executor, broken = crew.another(executor), False
            if broken and not under_way:  # a broken pool hands all its work back; then comes another
                executor, broken = crew.another(executor), False
        while suspects:
            form = suspects.popleft()
            future = executor.submit(work, (form,))
            if not wait([future], crew.patience).done:
                yield FormResult(file=form.file, trouble=_too_long(crew))
                executor = crew.another(executor)
                continue
            error = _error(future)
            if error is None:
                yield from future.result()
                continue
            yield FormResult(file=form.file, trouble=_epitaph(error, crew))
            if isinstance(error, BrokenExecutor):
                executor = crew.another(executor)
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


def _error(future: Future[Results]) -> BaseException | None:
    """Why *future*, which has ended, failed; ``None`` where it did not."""
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


def _too_long(crew: Crew) -> str:
    return (
        f"超时：处理这份表超过 {crew.patience:g} 秒，没有做完，先跳过。其余的表不受影响；"
        "请看文件是否特别大或已损坏，另存为 Word 或 Excel 后再试。"
    )
