"""The journal: undo outlives the program, a crash takes a second, and what cannot be read takes nothing else with it."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from assistant.catalogue.profiles import load_profile
from assistant.domain.case import Case, Indicator
from assistant.domain.errors import StoreError
from assistant.domain.paths import with_cell
from assistant.store.casefile import dumps, load, save
from assistant.store.journal import Deed, Journal
from assistant.store.journal_reading import UNDO_STEPS, segments_of
from assistant.store.journal_records import Saved, line, read
from assistant.store.journal_upkeep import KEPT_BYTES
from assistant.store.keeper import Keeper
from assistant.store.locations import Locations, locations
from assistant.workspace.workspace import Author, Snapshot, Workspace


@pytest.fixture
def where(tmp_path: Path) -> Locations:
    return locations({"ZIPING_HOME": str(tmp_path / "home")})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "甲.ziping.json"
    save(file, Case(project="甲", indicators=(Indicator(level3="会议", actual="5次"),)))
    return file


def sitting(path: Path, where: Locations) -> tuple[Keeper, Workspace]:
    """The case open as the screen has it."""
    keeper = Keeper(path, where)
    assert keeper.case is not None
    former = keeper.former
    workspace = Workspace(keeper.case, load_profile("central-2020"), former.past, former.future)

    def changed(now: Snapshot) -> None:
        keeper.changed(now.case, Deed(now.author, now.changed, now.turn))

    workspace.listen(changed)
    return keeper, workspace


def crash(keeper: Keeper) -> None:
    """Stop as a killed process does, once the journal has had its second: no save, no goodbye."""
    keeper._journal.write()
    keeper._autosave._save = keeper._journaling._save = lambda case: None
    keeper._journal.close()
    keeper._lock.release()


def names(cases: tuple[Case, ...]) -> list[str]:
    return [case.project for case in cases]


def test_undo_and_redo_go_on_after_a_restart(path: Path, where: Locations) -> None:
    keeper, workspace = sitting(path, where)
    for name in ("乙", "丙", "丁", "戊"):
        workspace.pause_typing()
        workspace.write("project", name)
    workspace.undo()
    workspace.undo()
    assert keeper.close()

    keeper, workspace = sitting(path, where)
    assert workspace.case.project == "丙"
    assert names(keeper.former.past) == ["甲", "乙"]
    assert names(keeper.former.future) == ["戊", "丁"]
    assert workspace.redo().case.project == "丁"
    workspace.pause_typing()
    workspace.write("project", "己")
    assert keeper.close()

    keeper, workspace = sitting(path, where)
    assert names(keeper.former.past) == ["甲", "乙", "丙", "丁"]
    assert names(keeper.former.future) == [], "a new step ends what was taken back"
    for wanted in ("丁", "丙", "乙", "甲", "甲"):
        assert workspace.undo().case.project == wanted
    assert keeper.close()


def test_typing_in_one_cell_stays_one_step_however_often_it_was_saved(path: Path, where: Locations) -> None:
    keeper, workspace = sitting(path, where)
    for end in range(1, 9):
        workspace.write("unit", "某某单位办公室"[:end])
        assert keeper.save_now()
    workspace.pause_typing()
    workspace.write("project", "乙")
    assert keeper.close()

    keeper, _ = sitting(path, where)
    assert [(case.project, case.unit) for case in keeper.former.past] == [
        ("甲", ""),
        ("甲", "某某单位办公室"),
    ]
    keeper.close()


def test_added_rows_accepted_drafts_and_replacements_are_steps_too(path: Path, where: Locations) -> None:
    keeper, workspace = sitting(path, where)
    states = [workspace.case]
    case = workspace.case
    for author, change in (
        (Author.ROWS, {"indicators": (*case.indicators, Indicator(level3="新"))}),
        (Author.IMPORT, {"department": "某局", "indicators": ()}),
        (Author.REPLACE, {"department": "某委", "unit": "某委"}),
    ):
        case = case.model_copy(update=change)
        workspace.replace(case, author)
        states.append(case)
    keeper.close()
    keeper, _ = sitting(path, where)
    assert list(keeper.former.past) == states[:-1]
    keeper.close()


def test_a_thousand_steps_are_kept_and_the_journal_stays_small(path: Path, where: Locations) -> None:
    total = 0
    for _ in range(5):
        keeper, workspace = sitting(path, where)
        for _ in range(600):
            total += 1
            workspace.pause_typing()
            workspace.write("project", f"第{total}稿")
            if total % 50 == 0:
                assert keeper.save_now()
        assert keeper.close()
    keeper, workspace = sitting(path, where)
    assert len(keeper.former.past) == UNDO_STEPS
    assert names(keeper.former.past)[0] == f"第{3000 - 1000}稿"
    steps = 0
    while workspace.can_undo:
        workspace.undo()
        steps += 1
    assert (steps, workspace.case.project) == (1000, "第2000稿")
    keeper.close()
    found = segments_of(where.journals, path)
    # 3,000 steps were made; whole segments of 400 records are given up once newer ones hold 1,000.
    assert len([one for segment in found for one in segment.made]) < 3_600
    assert sum(segment.size for segment in found) < KEPT_BYTES


def test_what_was_typed_before_a_crash_is_offered_with_its_difference(path: Path, where: Locations) -> None:
    keeper, workspace = sitting(path, where)
    workspace.write("unit", "某单位")
    assert keeper.save_now()
    workspace.write("project", "没来得及存")
    crash(keeper)
    assert load(path).project == "甲"

    keeper, workspace = sitting(path, where)
    (found,) = keeper.unsaved()
    assert (found.base.project, found.case.project, found.case.unit) == ("甲", "没来得及存", "某单位")
    assert (found.steps, found.lost) == (1, 0)
    workspace.replace(found.case, Author.RECOVERY)
    assert keeper.save_now()
    keeper.decided(found, "taken")
    keeper.close()
    assert load(path).project == "没来得及存"

    keeper, workspace = sitting(path, where)
    assert keeper.unsaved() == ()
    assert workspace.undo().case.project == "甲"
    keeper.close()


def test_a_crash_right_after_the_file_was_replaced_is_no_question(
    path: Path, where: Locations, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper, workspace = sitting(path, where)
    workspace.write("project", "乙")

    def dies(*_: object, done: bool, **__: object) -> None:
        if done:
            raise StoreError("the process is gone")

    real = keeper._journal.announce
    monkeypatch.setattr(
        keeper._journal,
        "announce",
        lambda mark, digest, done: dies(done=done) or real(mark, digest, done=done),
    )
    keeper.save_now()
    crash(keeper)
    keeper, _ = sitting(path, where)
    assert (keeper.unsaved(), names(keeper.former.past)) == ((), ["甲"])
    keeper.close()


def test_a_file_edited_elsewhere_ends_undo_openly(path: Path, where: Locations) -> None:
    keeper, workspace = sitting(path, where)
    workspace.write("project", "乙")
    keeper.close()
    save(path, Case(project="别人改的"))

    keeper, workspace = sitting(path, where)
    assert keeper.former.is_elsewhere
    assert not workspace.can_undo
    workspace.write("project", "丙")
    keeper.close()
    keeper, workspace = sitting(path, where)
    assert names(keeper.former.past) == ["别人改的"]
    assert not keeper.former.is_elsewhere
    keeper.close()


def test_a_case_that_was_moved_keeps_its_undo(path: Path, where: Locations) -> None:
    keeper, workspace = sitting(path, where)
    workspace.write("project", "乙")
    keeper.close()
    moved = path.with_name("别的名字.ziping.json")
    path.rename(moved)
    keeper, workspace = sitting(moved, where)
    assert names(keeper.former.past) == ["甲"]
    keeper.close()


def test_a_window_that_is_still_open_has_nothing_to_recover(path: Path, where: Locations) -> None:
    first, workspace = sitting(path, where)
    workspace.write("project", "还开着")
    first._journal.write()
    second, _ = sitting(path, where)
    assert second.unsaved() == ()
    second.close()
    first.close()


@pytest.mark.parametrize("cut", [1, 5, 20, 100])
def test_a_torn_end_loses_only_the_change_it_held(path: Path, where: Locations, cut: int) -> None:
    keeper, workspace = sitting(path, where)
    for name in ("乙", "丙"):
        workspace.pause_typing()
        workspace.write("project", name)
        keeper._journal.write()
    crash(keeper)
    (file,) = where.journals.rglob("*.jsonl")
    file.write_bytes(file.read_bytes()[:-cut])

    keeper, _ = sitting(path, where)
    (segment,) = segments_of(where.journals, path)
    assert segment.is_torn
    assert [found.case.project for found in keeper.unsaved()] == ["乙"]
    keeper.decided(keeper.unsaved()[0], "left")
    keeper.close()
    keeper, _ = sitting(path, where)
    assert keeper.unsaved() == (), "what was written behind the torn end is read"
    keeper.close()


def test_a_damaged_middle_is_skipped_and_said_and_the_steps_behind_it_remain(
    path: Path, where: Locations
) -> None:
    keeper, workspace = sitting(path, where)
    for name in ("乙", "丙", "丁", "戊"):
        workspace.pause_typing()
        workspace.write("project", name)
        assert keeper.save_now()
    keeper.close()
    (file,) = where.journals.rglob("*.jsonl")
    data = file.read_bytes()
    at = data.index("丙".encode())
    file.write_bytes(data[:at] + b"\x00\xff\x00" + data[at + 3 :])

    keeper, workspace = sitting(path, where)
    assert keeper.former.damaged == 1
    assert names(keeper.former.past) == ["丙", "丁"]
    keeper.close()


def test_any_bytes_are_read_without_an_exception() -> None:
    whole = line(Saved(seq=1, at="", digest="", upto=0, done=True))
    for data in (b"", b"\n\n", b"x", whole[:-1], whole + whole[:7], b"00000002 00000000 {}\n", whole * 2):
        read(data)
    assert len(read(whole + b"garbage\n" + whole).entries) == 2
    assert read(whole + b"garbage\n" + whole).damaged == 1
    assert (read(whole + b"garbage").damaged, read(whole + b"garbage").is_torn) == (0, True)
    assert (read(whole + b"garbage\n").damaged, read(whole + b"garbage\n").is_torn) == (0, True)


@pytest.mark.parametrize("call", ["open", "write", "fsync"])
def test_a_journal_that_cannot_be_written_hinders_no_save_and_goes_on_later(
    path: Path, where: Locations, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    keeper, workspace = sitting(path, where)
    workspace.write("project", "乙")
    keeper._journal.write()
    real = getattr(os, call)

    def refuse(target: object, *rest: object) -> object:
        is_journal = str(target).endswith(".jsonl") or target == keeper._journal._descriptor
        if is_journal:
            raise OSError(errno.ENOSPC, "full")
        return real(target, *rest)

    with monkeypatch.context() as patched:
        patched.setattr(os, call, refuse)
        if call == "open":
            keeper._journal._let_go()
        workspace.pause_typing()
        workspace.write("project", "丙")
        assert keeper.save_now()
        assert load(path).project == "丙"
        assert "磁盘空间不足" in str(keeper.journal_trouble)
    workspace.pause_typing()
    workspace.write("project", "丁")
    assert keeper.close()
    keeper, _ = sitting(path, where)
    assert names(keeper.former.past) == ["甲", "乙", "丙"], "nothing noted was lost meanwhile"
    assert keeper.unsaved() == ()
    keeper.close()


def test_a_megabyte_of_text_typed_at_its_end_writes_letters_not_megabytes(
    path: Path, where: Locations
) -> None:
    journal = Journal(where.journals, path)
    case = Case(project="字" * 400_000)
    journal.follow(case, "")
    for end in range(50):
        journal.note(with_cell(case, "project", case.project + "了" * end), Deed("typing", "project", 1))
        journal.write()
    journal.close()
    (segment,) = segments_of(where.journals, path)
    assert len(segment.made) == 49
    assert segment.size < len(dumps(case).encode()) + 50 * 300


def test_half_a_surrogate_pair_does_not_stop_the_journal(path: Path, where: Locations) -> None:
    keeper, workspace = sitting(path, where)
    workspace.write("project", "甲\ud800")
    assert keeper.close()
    (segment,) = segments_of(where.journals, path)
    assert [change.after for made in segment.made for change in made.changes] == ["甲\ufffd"]


def test_only_the_user_may_read_it(path: Path, where: Locations) -> None:
    keeper, workspace = sitting(path, where)
    workspace.write("project", "乙")
    keeper.close()
    (file,) = where.journals.rglob("*.jsonl")
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    assert not [one for one in path.parent.iterdir() if one.name not in {path.name, "home"}], (
        "nothing beside the case"
    )
