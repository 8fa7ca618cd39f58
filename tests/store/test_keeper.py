"""The open case on the disk: nothing typed is lost, nobody else's work is overwritten."""

from __future__ import annotations

import errno
import json
import os
import random
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.domain.case import Case
from assistant.domain.errors import InputError, StoreError, ZipingError
from assistant.store.casefile import load, save
from assistant.store.keeper import Keeper
from assistant.store.locations import Locations, locations
from assistant.store.sessions import Sessions


@pytest.fixture
def where(tmp_path: Path) -> Locations:
    return locations({"ZIPING_HOME": str(tmp_path / "home")})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "甲.ziping.json"
    save(file, Case(project="甲"))
    return file


@pytest.fixture
def opened(path: Path, where: Locations) -> Iterator[Keeper]:
    keeper = Keeper(path, where)
    yield keeper
    keeper.close()


def named(name: str) -> Case:
    return Case(project=name)


def refuse_in(folder: Path, monkeypatch: pytest.MonkeyPatch, code: int = errno.EROFS) -> None:
    """The disk under *folder* refuses new files; others work."""
    real = os.replace

    def replace(source: Any, target: Any) -> None:
        if Path(target).parent == folder:
            raise OSError(code, os.strerror(code))
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)


def test_a_change_reaches_the_file_within_a_second(opened: Keeper, path: Path) -> None:
    begun = time.monotonic()
    opened.changed(named("乙"))
    while load(path).project != "乙" and time.monotonic() < begun + 5:
        time.sleep(0.01)
    assert load(path).project == "乙"
    assert time.monotonic() - begun < 3  # 0.4 s of quiet, the rest is a busy test machine


def test_a_new_case_is_created_by_its_first_change(tmp_path: Path, where: Locations) -> None:
    keeper = Keeper(tmp_path / "新.ziping.json", where)
    assert keeper.case is None
    keeper.changed(named("新"))
    assert keeper.close()
    assert load(tmp_path / "新.ziping.json") == named("新")


def test_opening_again_goes_on_where_the_user_was(path: Path, where: Locations) -> None:
    first = Keeper(path, where)
    assert (first.place, first.crashed) == ("", False)
    first.moved("indicators[3].reason")
    first.close()

    again = Keeper(path, where)
    assert (again.place, again.crashed, again.in_use) == ("indicators[3].reason", False, False)
    again.close()


def test_opening_makes_a_backup_of_what_was_there(path: Path, where: Locations) -> None:
    keeper = Keeper(path, where)
    keeper.changed(named("改坏了"))
    keeper.close()
    (copy,) = where.backups.rglob("*.ziping.json")
    assert load(copy).project == "甲"


def test_a_second_window_is_told(opened: Keeper, path: Path, where: Locations) -> None:
    assert not opened.in_use
    second = Keeper(path, where)
    assert second.in_use
    second.close()


def test_another_program_s_changes_are_not_overwritten_and_ours_are_not_lost(
    path: Path, where: Locations
) -> None:
    told: list[ZipingError | None] = []
    keeper = Keeper(path, where, told=told.append)
    save(path, named("别人改的"))
    keeper.changed(named("我改的"))
    assert not keeper.save_now()

    assert load(path).project == "别人改的"
    assert isinstance(told[0], StoreError)
    assert "已被其他程序改动" in told[0].message
    (copy,) = where.recovery.rglob("*.ziping.json")
    assert str(copy) in told[0].hint
    assert load(copy).project == "我改的"

    keeper.keep_mine()
    assert keeper.save_now()
    assert load(path).project == "我改的"
    assert "别人改的" in {load(backup).project for backup in where.backups.rglob("*.ziping.json")}
    assert not list(where.recovery.rglob("*.ziping.json")), "the copy is no longer needed"
    keeper.close()


def test_a_save_that_failed_after_its_file_was_in_place_is_not_taken_for_somebody_else_s(
    opened: Keeper, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync

    def no_folders(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EIO, "bad disk")
        real(descriptor)

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", no_folders)
        opened.changed(named("乙"))
        assert not opened.save_now()
    assert load(path).project == "乙"
    opened.changed(named("丙"))
    assert opened.save_now()
    assert load(path).project == "丙"


def test_a_file_that_was_deleted_is_written_again(opened: Keeper, path: Path) -> None:
    path.unlink()
    opened.changed(named("乙"))
    assert opened.save_now()
    assert load(path).project == "乙"


def test_an_unwritable_folder_sends_the_case_to_recovery_and_it_is_offered_next_time(
    path: Path, where: Locations, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[ZipingError | None] = []
    with monkeypatch.context() as patched:
        refuse_in(path.parent, patched)
        keeper = Keeper(path, where, told=told.append)
        keeper.changed(named("没存上"))
        assert not keeper.close()
    assert isinstance(told[-1], StoreError)
    assert "只读" in told[-1].message
    assert "已另存一份到" in told[-1].hint
    assert load(path).project == "甲"

    again = Keeper(path, where)
    assert again.crashed, "it was not closed in good order"
    (found,) = again.unsaved()  # the journal and the copy beside it say the same: asked once
    assert (found.base, found.case) == (named("甲"), named("没存上"))
    again.changed(named("还没决定"))
    assert again.save_now()
    again.close()

    third = Keeper(path, where)
    (found,) = third.unsaved()
    assert found.case == named("没存上"), "a save must not throw away what the user has not decided about"
    third.decided(found, "left")
    assert third.unsaved() == ()
    assert "没存上" in {load(one).project for one in where.backups.rglob("*.ziping.json")}, "left, not lost"
    third.close()

    last = Keeper(path, where)
    assert last.unsaved() == ()
    last.close()


def test_without_any_writable_place_the_first_reason_is_told(
    path: Path, where: Locations, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(source: Any, target: Any) -> None:
        raise OSError(errno.ENOSPC, "full")

    told: list[ZipingError | None] = []
    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", refuse)
        keeper = Keeper(path, where, told=told.append)
        keeper.changed(named("乙"))
        assert not keeper.save_now()
    assert isinstance(told[-1], StoreError)
    assert "磁盘空间不足" in told[-1].message
    assert keeper.troubles, "no backup and no session could be written either"
    assert keeper.save_now(), "the disk works again"
    assert told[-1] is None
    keeper.close()


def test_a_damaged_case_names_the_last_good_backup(path: Path, where: Locations) -> None:
    Keeper(path, where).close()
    whole = path.read_bytes()
    path.write_bytes(whole[:50])
    for _ in range(2):  # the second time a backup of the damaged file exists too
        with pytest.raises(InputError) as caught:
            Keeper(path, where)
        named_copy = Path(caught.value.hint.partition("：ziping read ")[2].partition(" -o ")[0])
        assert named_copy.read_bytes() == whole
    path.write_bytes(whole)
    keeper = Keeper(path, where)
    assert not keeper.in_use, "a failed opening holds no lock"
    keeper.close()


KILLED = """
import sys, time
from pathlib import Path
from assistant.domain.case import Case
from assistant.store.keeper import Keeper
from assistant.store.locations import locations
keeper = Keeper(Path(sys.argv[1]), locations({"ZIPING_HOME": sys.argv[2]}))
number = 0
while True:
    number += 1
    keeper.changed(Case(project=f"{time.monotonic()}", unit="字" * 20_000))
    print(time.monotonic(), flush=True)
    time.sleep(0.003)
"""


@pytest.mark.parametrize("seed", range(6))
def test_killed_while_typing_the_file_is_whole_and_recent(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "甲.ziping.json"
    save(path, Case(project="0"))
    child = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(path), str(tmp_path / "home")], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    assert child.stdout.readline()
    end = time.monotonic() + 20
    while load(path).project == "0" and time.monotonic() < end:
        time.sleep(0.01)
    time.sleep(random.Random(seed).uniform(0.0, 1.2))
    child.kill()  # SIGKILL: no handler, no flush
    printed = [
        line for line in child.communicate()[0].split("\n")[:-1] if line
    ]  # the last line may be cut off
    last = float(printed[-1])

    saved = load(path)
    assert len(saved.unit) == 20_000
    assert last - float(saved.project) <= 3  # 0.9 s by design, the rest is a busy test machine
    assert json.loads(path.read_bytes())["project"] == saved.project
    session = Sessions(tmp_path / "home" / "state" / "sessions").last()
    assert session is not None
    assert not session.closed


def test_a_copy_the_journal_has_gone_on_from_is_not_asked_about_beside_it(
    path: Path, where: Locations, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Taken after the newer words, the older ones would put them out again."""
    with monkeypatch.context() as patched:
        refuse_in(path.parent, patched)
        keeper = Keeper(path, where)
        keeper.changed(named("甲字"))
        assert not keeper.save_now()
        keeper.changed(named("甲字乙字"))
        keeper._journal.write()
        keeper._journal.close()
        keeper._lock.release()  # killed here
    assert [load(copy).project for copy in where.recovery.rglob("*.ziping.json")] == ["甲字"]

    again = Keeper(path, where)
    (found,) = again.unsaved()
    assert found.case == named("甲字乙字")
    again.changed(found.case)
    again.decided(found, "taken")
    assert again.save_now()
    again.close()

    last = Keeper(path, where)
    assert last.unsaved() == (), "nor at any later opening"
    last.close()


def test_a_copy_no_journal_knows_that_is_older_than_the_file_says_so(path: Path, where: Locations) -> None:
    copy = Keeper(path, where)
    file = copy._recovery.with_name("20200101T000000.000000.ziping.json")
    copy.close()
    file.parent.mkdir(parents=True, exist_ok=True)
    save(file, named("旧的"))
    os.utime(file, (1, 1))
    again = Keeper(path, where)
    (found,) = again.unsaved()
    assert found.is_older
    again.close()


def test_what_was_left_in_a_file_of_another_name_says_of_which(path: Path, where: Locations) -> None:
    keeper = Keeper(path, where)
    keeper._autosave._save = lambda case: None
    keeper.changed(named("甲的秘密"))
    keeper._journal.write()
    keeper._journal.close()
    keeper._lock.release()
    moved = path.with_name("乙.ziping.json")
    path.rename(moved)
    again = Keeper(moved, where)
    (found,) = again.unsaved()
    assert (found.case, found.of) == (named("甲的秘密"), "甲.ziping.json")
    again.close()
