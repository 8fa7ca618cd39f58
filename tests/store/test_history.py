"""The history: who changed what and why, and the journal replayed gives the same case and the same document."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.cli.main import run
from assistant.domain.case import Case, DraftRecord, Indicator
from assistant.domain.paths import with_cell
from assistant.resources import shipped
from assistant.store.casefile import dumps, load, save
from assistant.store.history import history
from assistant.store.locations import locations
from assistant.wiring import exported
from assistant.workspace.overrides import with_override
from assistant.workspace.workspace import Author
from tests.store.test_journal import sitting


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "甲.ziping.json"
    file.write_bytes((Path(str(shipped("config"))) / "samples" / "demo.ziping.json").read_bytes())
    return file


def worked_on(path: Path) -> list[Case]:
    """Two sittings with every kind of change; the case after each step."""
    where, states = locations(), []
    keeper, workspace = sitting(path, where)
    case = workspace.case
    states.append(case)
    for end in ("2", "2次"):
        workspace.write("indicators[1].actual", end)
        keeper._journal.write()
    states.append(workspace.case)
    drafted = DraftRecord(path="indicators[1].reason", text="因会议合并召开。", source="template")
    for author, after in (
        (
            Author.DRAFT,
            with_cell(workspace.case, "indicators[1].reason", "因会议合并召开。").model_copy(
                update={"drafts": (drafted,)}
            ),
        ),
        (Author.OVERRIDE, with_override(workspace.case, "indicators[2]", "1", "专家评定")),
        (
            Author.ROWS,
            workspace.case.model_copy(
                update={"indicators": (*workspace.case.indicators, Indicator(level3="新"))}
            ),
        ),
    ):
        workspace.replace(after, author)
        states.append(workspace.case)
    assert keeper.close()
    keeper, workspace = sitting(path, where)
    states += [step().case for step in (workspace.undo, workspace.undo, workspace.redo)]
    assert keeper.close()
    return states


def test_replayed_from_the_first_state_the_journal_gives_the_same_case_and_the_same_document(
    path: Path,
) -> None:
    states = worked_on(path)
    found = history(locations().journals, path)
    assert found.first == states[0]
    assert [event.after for event in found.entries] == states[1:]
    last = found.entries[-1].after
    assert last is not None
    assert dumps(last).encode() == path.read_bytes()
    from assistant.catalogue.profiles import load_profile

    rules = load_profile(last.profile)
    for code in ("md", "json"):
        assert exported(last, rules, code) == exported(load(path), rules, code)


def test_every_step_says_who_when_and_why(path: Path) -> None:
    worked_on(path)
    found = history(locations().journals, path)
    assert [event.why for event in found.entries] == [
        "typing", "draft", "override", "rows", "undo", "undo", "redo",
    ]  # fmt: skip
    assert all("@" in event.who and event.at.endswith("+00:00") for event in found.entries)
    (typed,) = found.entries[0].changes
    assert (typed.path, typed.before, typed.after) == ("indicators[1].actual", "5次", "2次")


def test_what_somebody_else_changed_is_a_step_of_its_own(path: Path) -> None:
    worked_on(path)
    save(path, with_cell(load(path), "project", "别处改的"))
    keeper, workspace = sitting(path, locations())
    workspace.write("unit", "某单位")
    keeper.close()
    last = history(locations().journals, path).entries[-2:]
    assert [(event.why, event.changes[0].after) for event in last] == [
        ("elsewhere", "别处改的"),
        ("typing", "某单位"),
    ]


def test_the_command_lists_restores_and_forgets(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    states = worked_on(path)
    assert run(["history", str(path)]) == 0
    shown = capsys.readouterr().out
    assert "键入" in shown
    assert "绩效指标第2行“实际完成值”：5次 → 2次" in shown
    assert "人工评分" in shown

    assert run(["history", str(path), "--at", "1", "-o", str(path.parent / "一.json")]) == 0
    assert load(path.parent / "一.json") == states[1]
    assert run(["history", str(path), "--at", "99"]) == 2
    assert run(["history", str(path), "--at", "0", "-o", str(path)]) == 2, "nothing is overwritten"

    assert run(["history", str(path), "--forget"]) == 0
    capsys.readouterr()
    assert run(["history", str(path)]) == 0
    assert "没有" in capsys.readouterr().out
    assert not list(locations().state.rglob("*.jsonl"))
