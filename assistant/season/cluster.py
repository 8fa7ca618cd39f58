"""The same work on an existing Dask cluster (``pip install 'ziping[cluster]'``): the forms' bytes go along, no shared disk."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Executor
from typing import Any

from assistant.domain.errors import InputError, ZipingError
from assistant.season.crew import Crew

Versions = Mapping[str, Any]

_OURS = ("ziping", "assistant")
"""The names ziping may be asked for by: Dask looks for an installed package, older ones for a module."""

CONNECT_SECONDS = 5
RESTART_SECONDS = 30

PATIENCE_SECONDS = 600
"""Longer than on one machine: a cluster may be busy with the work of others before it comes to ours."""


def cluster(address: str) -> Crew:
    """The workers of the cluster at *address* (``tcp://10.0.0.5:8786``).

    Raises:
        InputError: Dask is not installed, nobody answers at *address*, the cluster has no workers, or one of them has
            another ziping or Python than this machine.
    """
    try:
        from distributed import Client
        from distributed.scheduler import KilledWorker
    except ImportError:
        raise InputError(
            "没有安装 Dask，不能使用集群。",
            "请先安装：pip install 'ziping[cluster]'；或去掉 --dask，用本机的核。",
        ) from None
    try:
        client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise InputError(
            f"连不上 Dask 集群 {address}（{type(error).__name__}）。",
            "请检查地址，如 tcp://10.0.0.5:8786，并确认调度器已启动。",
        ) from None
    threads = sum(client.nthreads().values())
    if not threads:
        client.close()
        raise InputError(f"Dask 集群 {address} 还没有工作进程。", "请先用 dask worker 启动几个。")

    versions = client.get_versions(packages=_OURS)
    if why := unlike(versions["client"], versions["workers"]):
        client.close()
        raise InputError(
            f"Dask 集群 {address} 与本机的版本不同：{why}。", "请在各台机器上装同样的版本后再运行。"
        )

    def leave(executor: Executor) -> None:
        executor.shutdown(wait=False)  # also takes back what has not begun
        client.close()

    stuck: set[str] = set()

    def free(executor: Executor) -> None:
        """Restart the workers that hold work of ours; what was started without a nanny is left alone from now on."""
        ours = set(client.futures)
        holding = [worker for worker, keys in client.processing().items() if not ours.isdisjoint(keys)]
        executor.shutdown(wait=False)
        try:
            client.restart_workers(holding, timeout=RESTART_SECONDS, raise_for_error=False)
        except ValueError:  # no nanny
            stuck.update(holding)

    def hire() -> Executor:
        # Impure: a form tried again after its worker died must run again, not give the remembered failure.
        anybody: Executor = client.get_executor(pure=False)
        if not stuck:
            return anybody
        others = set(client.nthreads()) - stuck
        if not others:
            raise ZipingError(
                f"Dask 集群 {address} 的工作进程都停在做不完的表上。",
                "已完成的都留着；请重启集群后再次运行，会接着做。",
            )
        some: Executor = client.get_executor(pure=False, workers=sorted(others))
        return some

    return Crew(
        threads,
        hire=hire,
        leave=leave,
        deaths=(KilledWorker, MemoryError),
        free=free,
        patience=PATIENCE_SECONDS,
    )


def unlike(here: Versions, workers: Mapping[str, Versions]) -> str:
    """In what the first worker that is not like this machine differs; ``""`` where all are alike.

    *here*, *workers* (by their addresses): as ``Client.get_versions`` tells them.
    """
    for worker, there in workers.items():
        for name, of in (("ziping", _edition), ("Python", _python)):
            if not of(there):
                return f"{worker} 没有安装 {name}"
            if of(there) != of(here):
                return f"{worker} 的 {name} 是 {of(there)}，本机是 {of(here)}"
    return ""


def _edition(versions: Versions) -> str:
    return next((edition for name in _OURS if (edition := versions["packages"].get(name))), "")


def _python(versions: Versions) -> str:
    """``3.12``: what is sent between the two may differ from one such version to the next."""
    return ".".join(str(versions["packages"]["python"]).split(".")[:2])
