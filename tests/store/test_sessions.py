"""What is remembered between runs: sessions, backups, locks, places on the disk."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.store.backups import KEPT, back_up, backups_of
from assistant.store.locations import locations
from assistant.store.lock import Lock
from assistant.store.sessions import Sessions


class Clock:
    """Goes on a minute with each look."""

    def __init__(self) -> None:
        self.time = datetime(2024, 3, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.time += timedelta(minutes=1)
        return self.time


def made(path: Path, text: str = "{}") -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_the_case_that_was_not_closed_is_offered_first_then_the_latest(tmp_path: Path) -> None:
    sessions = Sessions(tmp_path / "sessions", Clock())
    one, two, three = (made(tmp_path / f"{name}.json") for name in "甲乙丙")
    assert sessions.last() is None

    sessions.remember(one, "indicators[3].reason")
    sessions.remember(two, closed=True)
    sessions.remember(three, "funds.total", closed=True)
    crashed = sessions.last()
    assert crashed is not None
    assert (crashed.path, crashed.place, crashed.closed) == (str(one), "indicators[3].reason", False)

    sessions.remember(one, "total", closed=True)
    latest = sessions.last()
    assert latest is not None
    assert (latest.path, latest.place) == (str(one), "total")
    assert [Path(session.path).name for session in sessions.all()] == ["甲.json", "丙.json", "乙.json"]


def test_a_case_that_was_deleted_or_forgotten_is_not_offered(tmp_path: Path) -> None:
    sessions = Sessions(tmp_path / "sessions", Clock())
    one, two = made(tmp_path / "甲.json"), made(tmp_path / "乙.json")
    sessions.remember(one)
    sessions.remember(two)
    two.unlink()
    assert [session.path for session in sessions.all()] == [str(one)]
    sessions.forget(one)
    assert sessions.last() is None


def test_a_damaged_memory_is_as_good_as_none(tmp_path: Path) -> None:
    sessions = Sessions(tmp_path / "sessions", Clock())
    path = made(tmp_path / "甲.json")
    sessions.remember(path)
    for file in (tmp_path / "sessions").iterdir():
        file.write_bytes(b'{"path": "/')
    assert sessions.find(path) is None
    assert sessions.last() is None


def test_the_last_ten_different_states_are_kept(tmp_path: Path) -> None:
    path, folder, clock = tmp_path / "表.json", tmp_path / "backups", Clock()
    assert back_up(path, folder, clock) is None, "no file yet"
    for number in range(KEPT + 3):
        made(path, f"第{number}次")
        assert back_up(path, folder, clock) is not None
        assert back_up(path, folder, clock) is None, "nothing new to copy"

    kept = [copy.read_text(encoding="utf-8") for copy in backups_of(path, folder)]
    assert kept == [f"第{number}次" for number in range(12, 2, -1)]


def test_backups_of_two_files_of_one_name_are_apart(tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        back_up(made(tmp_path / name / "表.json", name), folder)
    assert [copy.read_text() for copy in backups_of(tmp_path / "a" / "表.json", folder)] == ["a"]


def test_a_lock_is_seen_by_another_process_and_freed_when_it_is_killed(tmp_path: Path) -> None:
    file = tmp_path / "x.lock"
    code = (
        "import sys, time; from pathlib import Path; from assistant.store.lock import Lock\n"
        "lock = Lock(Path(sys.argv[1])); print(lock.take(), flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen([sys.executable, "-c", code, str(file)], stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == "True"
        assert not Lock(file).take()
    finally:
        holder.kill()
        holder.communicate()
    with Lock(file) as lock:
        assert lock.held
        assert lock.take(), "taking it twice is no harm"
        assert not Lock(file).take()
    assert not lock.held


def test_one_variable_moves_everything(tmp_path: Path) -> None:
    where = locations({"ZIPING_HOME": str(tmp_path)})
    assert (where.config, where.state, where.data) == (
        tmp_path / "config",
        tmp_path / "state",
        tmp_path / "data",
    )
    assert where.profiles == tmp_path / "config" / "profiles"
    assert where.prompts == tmp_path / "config" / "prompts"
    assert not list(tmp_path.iterdir()), "asking creates nothing"


def test_the_settings_alone_can_be_moved_and_the_default_is_the_system_s(tmp_path: Path) -> None:
    where = locations({"ZIPING_CONFIG_DIR": str(tmp_path)})
    assert where.config == tmp_path
    assert where.state == locations({}).state
    assert "ziping" in where.state.parts


def test_a_relative_home_does_not_depend_on_later_changes_of_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert locations({"ZIPING_HOME": "portable"}).state == tmp_path / "portable" / "state"
