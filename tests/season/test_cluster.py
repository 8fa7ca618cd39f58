"""The same work on a real Dask cluster: a scheduler and two workers of this machine, one of them killed half-way."""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.domain.errors import InputError, ZipingError
from assistant.season.cluster import cluster, unlike
from assistant.season.crew import judged
from assistant.season.result import RESULT, Form, FormResult
from assistant.season.start import Season, begin, write_summary
from assistant.store.locations import Locations
from tests.season.forms import document, published
from tests.season.workers import endless

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(
        not importlib.util.find_spec("distributed"), reason="needs Dask: pip install -e '.[cluster]'"
    ),
    pytest.mark.filterwarnings("ignore"),  # of a library that is not ours
]
ROOT = Path(__file__).parents[2]
PATIENCE = 60


class Cluster:
    """A scheduler and its workers, each a process of its own."""

    def __init__(self, stack: ExitStack, folder: Path, nanny: str = "--no-nanny") -> None:
        self._stack, self._told = stack, folder / "scheduler.json"
        self._start("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-show")
        self._wait(self._told.exists)
        self.address: str = json.loads(self._told.read_text())["address"]
        self.workers = [
            self._start("dask_worker", nanny, "--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1")
            for _ in range(2)
        ]
        self._wait(lambda: self._count() == 2)

    def _start(self, program: str, *words: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.{program}", "--scheduler-file", str(self._told), *words],
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            cwd=self._told.parent,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._stack.callback(process.wait)
        self._stack.callback(process.kill)
        return process

    def _count(self) -> int:
        from distributed import Client

        with Client(self.address, set_as_default=False) as client:
            return len(client.scheduler_info()["workers"])

    @staticmethod
    def _wait(ready: Callable[[], bool]) -> None:
        until = time.monotonic() + PATIENCE
        while not ready():
            assert time.monotonic() < until, "the cluster did not start"
            time.sleep(0.1)


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Cluster]:
    with ExitStack() as stack:
        yield Cluster(stack, tmp_path)


def season_of(folder: Path, home: Path, address: str = "") -> Season:
    """A run over *folder* that remembers nothing of another."""
    where = Locations(home / "config", home / "state", home / "data")
    return begin(folder, where, "1.0", default="central-2020", compare="beijing-2022", address=address)


def test_real_forms_on_a_cluster_that_loses_a_worker_give_the_very_bytes_of_this_machine(
    running: Cluster, tmp_path: Path
) -> None:
    folder = tmp_path / "表"
    folder.mkdir()
    (folder / "坏.docx").write_bytes(b"PK\x03\x04")
    forms = list(published().items())
    for at, (name, case) in enumerate(forms + forms[:5]):
        data = document(case.model_copy(update={"project": f"{case.project}{at}"}), "xlsx")
        (folder / f"{name}-{at}.xlsx").write_bytes(data)
    far, near = season_of(folder, tmp_path / "远", running.address), season_of(folder, tmp_path / "近")
    for count, _ in enumerate(far.go(), 1):
        if count == 1:  # of four handfuls: each worker holds one
            running.workers[0].send_signal(signal.SIGKILL)
    assert list(near.go())
    assert (
        len(far.results) == len(near.results) == len(list(folder.iterdir()))
    )  # nothing lost, nothing doubled
    assert sorted(map(RESULT.dump_json, far.results)) == sorted(map(RESULT.dump_json, near.results))
    written = [
        write_summary(one.summary(), tmp_path / at, "beijing-2022") for one, at in ((far, "1"), (near, "2"))
    ]
    assert [file.read_bytes() for file in written[0]] == [file.read_bytes() for file in written[1]]
    assert {file.suffix for file in written[0]} == {".xlsx", ".md", ".csv"}


def test_nobody_at_the_address_is_one_sentence() -> None:
    with pytest.raises(InputError, match="连不上 Dask 集群"):
        cluster("tcp://127.0.0.1:1")
    with pytest.raises(InputError, match="连不上 Dask 集群"):
        cluster("不是地址")


def told(edition: str | None = "0.2", python: str = "3.12.1.final.0") -> dict[str, Any]:
    """What Dask tells of a machine."""
    return {"packages": {"ziping": edition, "assistant": None, "python": python}}


@pytest.mark.parametrize(
    ("worker", "sentence"),
    [
        (told(), ""),
        (told(python="3.12.9.final.0"), ""),
        (told(edition=None), "tcp://二 没有安装 ziping"),
        (told(edition="0.1"), "tcp://二 的 ziping 是 0.1，本机是 0.2"),
        (told(python="3.11.12.final.0"), "tcp://二 的 Python 是 3.11，本机是 3.12"),
    ],
)
def test_a_worker_of_another_version_is_named(worker: dict[str, Any], sentence: str) -> None:
    assert unlike(told(), {"tcp://一": told(), "tcp://二": worker}) == sentence


def test_no_work_is_sent_to_workers_of_another_version(
    running: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.season.cluster._OURS", ("nothing-installed-by-this-name",))
    with pytest.raises(InputError, match="没有安装 ziping"):
        cluster(running.address)


def test_a_form_that_never_ends_holds_up_no_cluster(tmp_path: Path) -> None:
    with ExitStack() as stack:
        crew = replace(cluster(Cluster(stack, tmp_path, "--nanny").address), patience=3)
        forms = [Form("久", b""), *(Form(f"{at:03}", b"x") for at in range(60))]
        found = list(judged(forms, endless, crew))
    assert sorted(one.file for one in found) == sorted(form.file for form in forms)
    assert [one.file for one in found if one.trouble.startswith("超时")] == ["久"]


def test_workers_that_nobody_restarts_are_not_asked_again(running: Cluster) -> None:
    crew = replace(cluster(running.address), patience=3)
    forms = [Form("久", b""), *(Form(f"{at:03}", b"x") for at in range(60))]
    found: list[FormResult] = []
    with pytest.raises(ZipingError, match="的工作进程都停在做不完的表上"):
        found.extend(judged(forms, endless, crew))
    # Each of the two got it once; the seven it travelled with wait for the next run.
    assert len(found) == len({one.file for one in found}) == 54
    assert [one.file for one in found if not one.is_read] == ["久"]
