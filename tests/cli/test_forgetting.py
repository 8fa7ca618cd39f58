"""``ziping history --forget`` takes nothing away that is still wanted."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.cli.main import run
from assistant.domain.case import Case
from assistant.store.casefile import save
from assistant.store.history import history
from assistant.store.keeper import Keeper
from assistant.store.locations import locations


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "甲.ziping.json"
    save(file, Case(project="甲"))
    return file


def killed_with(path: Path, project: str) -> None:
    keeper = Keeper(path, locations())
    keeper._autosave._save = lambda case: None
    keeper.changed(Case(project=project))
    keeper._journal.write()
    keeper._journal.close()
    keeper._lock.release()


def test_what_was_never_saved_is_not_forgotten_unasked(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    killed_with(path, "没存上")
    assert run(["history", str(path), "--forget"]) == 2
    said = capsys.readouterr().err
    assert "还有 1 份没来得及存进案卷的改动" in said
    assert "--yes" in said
    assert history(locations().journals, path).entries
    assert run(["history", str(path), "--forget", "--yes"]) == 0
    assert not history(locations().journals, path).entries


def test_the_record_of_an_open_case_is_in_use(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keeper = Keeper(path, locations())
    keeper.changed(Case(project="乙"))
    assert keeper.save_now()
    assert run(["history", str(path), "--forget", "--yes"]) == 2
    assert "正打开着 甲.ziping.json" in capsys.readouterr().err
    keeper.close()
    assert run(["history", str(path), "--forget"]) == 0


@pytest.mark.parametrize(("answer", "left"), [("", True), ("n", True), ("y", False)])
def test_in_a_terminal_it_asks_first(
    path: Path,
    answer: str,
    left: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    killed_with(path, "没存上")
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda prompt: answer)
    assert run(["history", str(path), "--forget"]) == int(left)
    assert "取不回来" in capsys.readouterr().out
    assert bool(history(locations().journals, path).entries) is left
