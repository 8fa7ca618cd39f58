"""Case files of every past program open for ever; ``tests/data/schema`` only ever grows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.domain.case import SCHEMA_VERSION, Case
from assistant.domain.case_json import dumps, loads
from assistant.domain.errors import InputError
from assistant.domain.paths import with_cell
from assistant.domain.places import ROWS
from assistant.store.casefile import load, save
from assistant.store.salvage import salvaged

FOLDER = Path(__file__).parents[1] / "data" / "schema"
PAST = sorted(FOLDER.glob("v*.json"))


def test_there_is_a_file_of_every_version() -> None:
    versions = {int(path.name[1:].partition("-")[0]) for path in PAST}
    assert versions == set(range(1, SCHEMA_VERSION + 1))


@pytest.mark.parametrize("path", PAST, ids=lambda path: path.stem)
def test_it_opens_with_every_cell_and_is_saved_as_of_today(path: Path, tmp_path: Path) -> None:
    written = json.loads(path.read_text("utf-8"))
    case = load(path)
    assert case.schema_version == SCHEMA_VERSION
    assert [row.model_dump() for row in case.indicators] == written["indicators"]
    assert [row.model_dump() for row in case.funds] == written["funds"]
    assert case.project == written["project"]
    assert case.year == written["year"]
    save(tmp_path / "new.ziping.json", case)
    assert load(tmp_path / "new.ziping.json") == case
    assert salvaged(path.read_bytes()).case == case


@pytest.mark.parametrize("path", PAST, ids=lambda path: path.stem)
def test_keys_of_another_program_survive_opening_editing_and_saving(path: Path) -> None:
    written = json.loads(path.read_text("utf-8"))
    written["别的"] = {"甲": [1, None, {"乙": "丙"}]}
    for block in ("people", "funds", "goals", "indicators", "drafts"):
        for row in written.get(block, ()):
            row["别的"] = [block]
    case = loads(json.dumps(written))
    edited = with_cell(with_cell(case, "indicators[0].actual", "改了"), "project", "新名")
    again = json.loads(dumps(edited))
    assert again["别的"] == written["别的"]
    for block in ("people", "funds", "goals", "indicators", "drafts"):
        assert all(row["别的"] == [block] for row in again[block])
    assert again["indicators"][0]["actual"] == "改了"


def test_todays_file_has_every_part_a_case_can_have() -> None:
    """Where this fails, a case has learnt something: keep a new file with it beside the old ones."""
    newest = json.loads(PAST[-1].read_text("utf-8"))
    for name, field in Case.model_fields.items():
        assert newest[name] not in ("", None, []), f"{name} ({field.annotation}) stands in no kept file"
    for name, (record, _) in ROWS.items():
        assert newest[name][0].keys() >= record.model_fields.keys(), name


def test_figures_that_wait_and_wishes_given_to_drafts_are_read_back() -> None:
    case = load(FOLDER / "v1-4-figures-and-instructions.json")
    assert [(one.text, one.source, one.kept) for one in case.figures] == [
        ("3次", "indicators[0].actual", True),
        ("12家", "", False),
    ]
    assert {one.instruction for one in case.drafts} == {"写短一些，不提天气"}
    assert case.year_written == "2022年度"


def test_last_years_values_are_read_back_and_nothing_is_written_where_there_are_none() -> None:
    case = load(FOLDER / "v1-5-last-year.json")
    assert [(one.path, one.year, one.target, one.actual, one.score) for one in case.last_year] == [
        ("indicators[0]", 2021, "≥2个", "1个", "45")
    ]
    assert "last_year" not in dumps(load(FOLDER / "v1-4-figures-and-instructions.json"))


def test_how_much_of_a_draft_was_taken_is_read_back_and_older_files_say_nothing_of_it() -> None:
    (taken,) = load(FOLDER / "v1-6-share-of-drafts.json").drafts
    assert (taken.kept_percent, taken.unsupported) == (67, 0)
    (older,) = load(FOLDER / "v1-5-last-year.json").drafts
    assert (older.kept_percent, older.unsupported) == (None, None)
    assert "kept_percent" not in dumps(load(FOLDER / "v1-5-last-year.json"))


def test_a_newer_one_is_refused_kindly_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "新.ziping.json"
    path.write_bytes((FOLDER / "newer.json").read_bytes())
    with pytest.raises(InputError, match=r"更新版本.*格式 99.*请升级 ziping.*文件未作任何改动"):
        load(path)
    with pytest.raises(InputError, match="更新版本"):
        salvaged(path.read_bytes())
    assert path.read_bytes() == (FOLDER / "newer.json").read_bytes()
