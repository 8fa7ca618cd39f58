"""A disk that fails at every step of a save, one after another: the file is old or new, the user is told, nothing is lost."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import pytest

from assistant.domain.case import Case
from assistant.domain.errors import ZipingError
from assistant.store.casefile import load, save
from assistant.store.journal import Deed
from assistant.store.keeper import Keeper
from assistant.store.locations import Locations, locations

pytestmark = pytest.mark.torture

CALLS = ("open", "write", "fsync", "replace", "rename", "unlink", "chmod")
"""What the system is asked on the way of a save."""


@dataclass
class FaultyDisk:
    """Refuses the call number *at* under *folder*, and with *lasting* every one after it."""

    folder: Path
    at: int
    code: int
    lasting: bool = False
    is_short: bool = False
    calls: int = 0
    refused: list[str] = field(default_factory=list)

    def install(self, patch: pytest.MonkeyPatch) -> None:
        for name in CALLS:
            patch.setattr(os, name, self._watched(name, getattr(os, name)))
        fdopen = os.fdopen
        patch.setattr(os, "fdopen", lambda *a, **k: _File(self, fdopen(*a, **k)))

    def _watched(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*words: Any, **more: Any) -> Any:
            if name == "write" and self.is_short and len(words[1]) > 1 and self.step(name, refuse=False):
                return real(words[0], bytes(words[1])[: len(words[1]) // 2])
            if not self.is_short and self._is_ours(words[0]) and self.step(name):
                raise OSError(self.code, os.strerror(self.code))
            return real(*words, **more)

        return call

    def _is_ours(self, target: Any) -> bool:
        return isinstance(target, int) or str(self.folder) in os.fspath(target)

    def step(self, name: str, *, refuse: bool = True) -> bool:
        """Count one call; say whether it fails."""
        self.calls += 1
        fails = self.calls == self.at or (self.lasting and self.calls > self.at)
        if fails:
            self.refused.append(name)
        return fails


class _File:
    """An open file whose writes count too; one that fails has written half."""

    def __init__(self, disk: FaultyDisk, file: Any) -> None:
        self._disk, self._file = disk, file

    def write(self, data: bytes) -> int:
        if not self._disk.is_short and self._disk.step("file.write"):
            self._file.write(data[: len(data) // 2])
            self._file.flush()
            raise OSError(self._disk.code, os.strerror(self._disk.code))
        return int(self._file.write(data))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


@pytest.fixture
def where(tmp_path: Path) -> Locations:
    return locations({"ZIPING_HOME": str(tmp_path / "home")})


@pytest.fixture
def told() -> list[ZipingError | None]:
    return []


@pytest.fixture
def keeper(tmp_path: Path, where: Locations, told: list[ZipingError | None]) -> Iterator[Keeper]:
    path = tmp_path / "甲.ziping.json"
    save(path, Case(project="旧"))
    keeper = Keeper(path, where, told=told.append)
    # Its own threads would save beside the test; here every save is asked for.
    keeper._autosave._schedule._quiet = keeper._autosave._schedule._longest = 3600.0
    keeper._journaling._schedule._quiet = keeper._journaling._schedule._longest = 3600.0
    yield keeper
    keeper.close()


FAULTS = [errno.ENOSPC, errno.EIO, errno.EROFS, errno.EACCES]


@pytest.mark.parametrize("code", FAULTS, ids=[errno.errorcode[code] for code in FAULTS])
@pytest.mark.parametrize("lasting", [False, True], ids=["once", "lasting"])
def test_whatever_step_fails_the_file_is_whole_and_the_text_is_saved_later(
    keeper: Keeper,
    told: list[ZipingError | None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    code: int,
    lasting: bool,
) -> None:
    refused: set[str] = set()
    states = ["旧"]
    for at in range(1, 100):
        new = f"第{at}稿"
        disk = FaultyDisk(tmp_path, at, code, lasting)
        told.clear()
        with monkeypatch.context() as patch:
            disk.install(patch)
            keeper.changed(Case(project=new), Deed("typing", "project"))
            is_saved = keeper.save_now()
        refused |= set(disk.refused)
        assert load(keeper.path).project in {states[-1], new}, (at, disk.refused)
        assert len(told) == 1, "one sentence, whether good or bad"
        if told[0] is not None:
            sentence = str(told[0])
            assert not is_saved
            assert sentence.endswith("。")
            assert "原有文件未动" in sentence or "已另存" in sentence or "已填内容仍在程序里" in sentence, (
                sentence
            )
            assert "Errno" not in sentence
            assert "Traceback" not in sentence
        else:
            assert is_saved
        assert keeper.save_now(), "the fault has passed"
        assert load(keeper.path).project == new
        left = [one for one in tmp_path.iterdir() if one.name.startswith(".ziping-") and one.suffix == ".tmp"]
        assert not left or "unlink" in refused, "swept up, unless that was refused too"
        states.append(new)
        if not disk.refused:
            break  # every step of a save has failed once
    assert {"open", "fsync", "replace", "file.write"} <= refused
    assert keeper.close()
    again = Keeper(keeper.path, keeper._where)
    assert again.unsaved() == ()
    past = [case.project for case in again.former.past]
    assert past == states[len(states) - 1 - len(past) : -1], "what undo leads back over has no hole"
    assert len(past) >= 1
    again.close()


def test_short_writes_of_the_journal_are_continued(
    keeper: Keeper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        FaultyDisk(tmp_path, 1, 0, lasting=True, is_short=True).install(patch)
        for number in range(5):
            keeper.changed(Case(project=f"第{number}稿"))
            assert keeper.save_now()
    assert keeper.close()
    again = Keeper(keeper.path, keeper._where)
    assert [case.project for case in again.former.past] == ["旧", "第0稿", "第1稿", "第2稿", "第3稿"]
    assert again.former.damaged == 0
    again.close()
