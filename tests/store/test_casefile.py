"""The case file: whole, readable, diffable; what is wrong with it is said in place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.domain.case import Case, Goal, Indicator
from assistant.domain.errors import InputError, StoreError
from assistant.resources import shipped
from assistant.store.casefile import dumps, load, save

SAMPLE = Path(str(shipped("config"))) / "samples" / "demo.ziping.json"


def test_the_sample_is_saved_byte_for_byte_as_it_was_loaded(tmp_path: Path) -> None:
    case = load(SAMPLE)
    save(tmp_path / "copy.json", case)

    assert (tmp_path / "copy.json").read_bytes() == SAMPLE.read_bytes()
    assert load(tmp_path / "copy.json") == case


def test_a_byte_order_mark_is_tolerated(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"\xef\xbb\xbf" + dumps(Case(project="甲")).encode())
    assert load(path).project == "甲"


@pytest.mark.parametrize("cut", [1, 2, 10, 300, 3000])
def test_a_file_that_was_cut_off_is_refused_with_its_place(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "cut.json"
    path.write_bytes(SAMPLE.read_bytes()[:cut])
    with pytest.raises(InputError, match=r"cut\.json .*(第\d+行第\d+列|UTF-8|空文件)"):
        load(path)


def test_another_encoding_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gbk.json"
    path.write_bytes('{"project": "甲"}'.encode("gb18030"))
    with pytest.raises(InputError, match="UTF-8"):
        load(path)


def test_a_missing_file_and_a_folder_are_store_errors(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"无法读取 .*none\.json：文件不存在"):
        load(tmp_path / "none.json")
    with pytest.raises(StoreError, match="这是一个文件夹"):
        load(tmp_path)


def test_one_changed_cell_is_one_changed_line() -> None:
    case = load(SAMPLE)
    row = case.indicators[3].model_copy(update={"actual": "32项\n另有1项"})
    changed = case.model_copy(update={"indicators": (*case.indicators[:3], row, *case.indicators[4:])})
    before, after = dumps(case).splitlines(), dumps(changed).splitlines()

    assert [new for old, new in zip(before, after, strict=True) if old != new] == [
        '      "actual": "32项\\n另有1项",'
    ]


def test_the_order_of_keys_is_the_form_s_order() -> None:
    keys = list(json.loads(dumps(Case(goals=(Goal(),), indicators=(Indicator(),)))))
    assert keys[:6] == ["schema_version", "profile", "year", "project", "department", "unit"]
    assert keys.index("funds") < keys.index("goals") < keys.index("indicators") < keys.index("total")


@pytest.mark.parametrize(
    "fixture", sorted((Path(__file__).parent / "versions").glob("*.json")), ids=lambda p: p.name
)
def test_every_past_version_still_opens(fixture: Path) -> None:
    case = load(fixture)
    assert case.project == "甲项目"
    assert case.funds[0].executed == "69.6559"
    assert case.goals[0].actual == "完成。"
    assert case.indicators[0].target == "≥3个"
    assert case.drafts[0].state == "accepted"
