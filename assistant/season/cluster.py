"""The same work on an existing Dask cluster (``pip install 'ziping[cluster]'``): the forms' bytes go along, no shared disk."""

from __future__ import annotations

from concurrent.futures import Executor

from assistant.domain.errors import InputError
from assistant.season.crew import Crew

CONNECT_SECONDS = 5


def cluster(address: str) -> Crew:
    """The workers of the cluster at *address* (``tcp://10.0.0.5:8786``). They need the same version of ziping.

    Raises:
        InputError: Dask is not installed, nobody answers at *address*, or the cluster has no workers.
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

    def leave(executor: Executor) -> None:
        executor.shutdown(wait=False)  # also takes back what has not begun
        client.close()

    # Impure: a form tried again after its worker died must run again, not give the remembered failure.
    return Crew(threads, lambda: client.get_executor(pure=False), leave, (KilledWorker, MemoryError))
