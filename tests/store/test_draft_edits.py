"""What the user typed into a draft and has not decided about outlives the program."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from assistant.cli.main import run
from assistant.domain.case import Case, DraftRecord
from assistant.store.casefile import save
from assistant.store.draft_edits import DraftEdit, DraftEdits
from assistant.store.locations import locations

PATH = "indicators[0].reason"


def edit(text: str, path: str = PATH) -> DraftEdit:
    return DraftEdit(draft=DraftRecord(path=path, text="因资料不全。", source="model", model="m"), text=text)


def test_an_edit_is_there_the_next_time_and_gone_once_decided(tmp_path: Path) -> None:
    case = tmp_path / "甲.ziping.json"
    first = DraftEdits(tmp_path / "edits", case)
    first.keep(edit("因资料不全，已补"))
    first.keep(edit("因资料不全，已补齐。"))
    first.keep(edit("另一处", "goals[0].actual"))
    assert first.close()
    again = DraftEdits(tmp_path / "edits", case)
    assert again.all()[PATH] == edit("因资料不全，已补齐。")
    again.drop(PATH)
    again.drop("indicators[9].reason")
    assert again.close()
    assert list(DraftEdits(tmp_path / "edits", case).all()) == ["goals[0].actual"]
    assert DraftEdits(tmp_path / "edits", tmp_path / "乙.ziping.json").all() == {}


def test_two_windows_do_not_take_each_others_edits_away(tmp_path: Path) -> None:
    case = tmp_path / "甲.ziping.json"
    one, other = (DraftEdits(tmp_path / "edits", case) for _ in range(2))
    one.keep(edit("一"))
    assert one.close()
    other.keep(edit("二", "goals[0].actual"))
    assert other.close()
    assert {path: kept.text for path, kept in one.all().items()} == {PATH: "一", "goals[0].actual": "二"}


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"a": 1}', b"\xff\x00"])
def test_a_damaged_file_holds_nobody_up(tmp_path: Path, data: bytes) -> None:
    edits = DraftEdits(tmp_path, tmp_path / "甲.ziping.json")
    edits.keep(edit("一"))
    assert edits.close()
    next(tmp_path.rglob("drafts.json")).write_bytes(data)
    later = DraftEdits(tmp_path, tmp_path / "甲.ziping.json")
    assert later.all() == {}
    later.keep(edit("二"))
    assert later.close()
    assert later.all()[PATH].text == "二"


def test_only_the_user_can_read_it(tmp_path: Path) -> None:
    edits = DraftEdits(tmp_path / "edits", tmp_path / "甲.ziping.json")
    edits.keep(edit("一"))
    assert edits.close()
    file = next(tmp_path.rglob("drafts.json"))
    assert file.stat().st_mode & 0o077 == 0
    assert file.parent.stat().st_mode & 0o077 == 0


def test_forgetting_a_case_forgets_its_drafts(tmp_path: Path) -> None:
    case = tmp_path / "甲.ziping.json"
    save(case, Case(project="甲"))
    edits = DraftEdits(locations().draft_edits, case)
    edits.keep(edit("一"))
    assert edits.close()
    assert run(["history", str(case), "--forget"]) == 0
    assert edits.all() == {}


TYPIST = """
import sys, time
from pathlib import Path
from assistant.domain.case import DraftRecord
from assistant.store.draft_edits import DraftEdit, DraftEdits
edits = DraftEdits(Path(sys.argv[1]), Path(sys.argv[2]))
record = DraftRecord(path="goals[0].actual", text="", source="template")
text = ""
while True:
    text += "一"
    edits.keep(DraftEdit(draft=record, text=text))
    print(time.time(), flush=True)
    time.sleep(0.02)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_a_killed_program_loses_what_was_typed_last_at_most(tmp_path: Path) -> None:
    case = tmp_path / "甲.ziping.json"
    words = [sys.executable, "-c", TYPIST, str(tmp_path), str(case)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(2.5)
        child.kill()
        typed = [float(line) for line in child.stdout.read().splitlines() if "." in line]
    kept = DraftEdits(tmp_path, case).all()["goals[0].actual"].text
    missing = typed[len(kept) :]
    assert set(kept) == {"一"}
    # By design 0.9 s and one small write; the rest is a busy test machine.
    assert not missing or typed[-1] - missing[0] < 3
