"""The case as text: nothing lost on the way, and what is wrong is named by its place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain import case_json
from assistant.domain.case import SCHEMA_VERSION, Case, DraftRecord, FundRow, Goal, Indicator, Person
from assistant.domain.case_json import dumps, loads, schema
from assistant.domain.errors import InputError

ANY_TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15), 10**15) | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY_TEXT, inner, max_size=3),
    max_leaves=5,
)


def test_unknown_keys_survive_at_every_level() -> None:
    data = {
        "schema_version": 1,
        "project": "甲",
        "审批": {"人": "处长", "日期": None},
        "people": [{"name": "×××", "职务": "主任"}],
        "funds": [{"label": "年度资金总额", "budget": "1", "来源": ["中央", 2]}],
        "goals": [{"expected": "目标", "序号": 1}],
        "indicators": [{"level3": "数", "计算符号": "≥"}],
        "drafts": [{"path": "goals[0].actual", "text": "稿", "source": "model", "费用": 1.5}],
        "notes": [{"path": "total", "text": "记", "谁": "我"}],
        "overrides": [{"path": "indicators[0]", "score": "1", "reason": "因", "批准": True}],
        "doubts": [{"path": "total", "raw": "x", "why": "y", "页": 3}],
    }
    again = json.loads(dumps(loads(json.dumps(data))))

    def contains(whole: Any, part: Any) -> bool:
        if isinstance(part, dict):
            return all(key in whole and contains(whole[key], item) for key, item in part.items())
        if isinstance(part, list) and part and isinstance(part[0], dict):
            return len(whole) == len(part) and all(map(contains, whole, part))
        return bool(whole == part)

    assert contains(again, data)


@given(ANY_TEXT, ANY_TEXT, st.dictionaries(ANY_TEXT.map(lambda key: f"新{key}"), JSON_VALUES, max_size=3))
def test_any_case_comes_back_as_it_was(cell: str, other: str, extra: dict[str, Any]) -> None:
    case = Case(
        project=cell,
        people=(Person(name=other),),
        funds=(FundRow(label=cell, executed=other),),
        goals=(Goal(expected=cell, actual=other),),
        indicators=(Indicator(level3=other, reason=cell),),
        drafts=(DraftRecord(path=cell, text=other, source="model"),),
        **extra,
    )
    text = dumps(case)
    assert loads(text) == case
    assert dumps(loads(text)) == text
    assert text.endswith("}\n")
    text.encode()


def test_half_a_surrogate_pair_is_replaced_not_refused() -> None:
    broken = Case(project="甲").model_copy(update={"project": "甲\ud83d乙"})
    assert loads(dumps(broken)).project == "甲\ufffd乙"
    assert loads(r'{"project": "\ud83d"}').project == "\ufffd"
    assert loads(r'{"project": "\ud83d\ude00"}').project == "😀"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{\n "project": "甲",\n "unit": 乙"\n}', "第3行第10列"),
        ('{"project": "甲"', "第1行第16列"),
        ("", "空文件"),
        ("\ufeff  \n", "空文件"),
        ("[]", "不是自评表案卷"),
        ('{"a": 1}', "不是自评表案卷"),
        ('{"project": "a", "project": "b"}', "“project”在同一处写了两次"),
        ('{"project": "a", "x": NaN}', "NaN"),
        ('{"project": "a", "x": 1e999}', "不能读取"),
        ('{"project": ' + "[" * 100_000, "不能读取"),
        ('{"year": ' + "9" * 5000 + "}", "不能读取"),
        ('{"project": 3}', "project（项目名称）应为文字"),
        ('{"year": "二〇二二"}', "year（预算年度）应为整数"),
        ('{"indicators": {}}', "indicators.*应为列表"),
        ('{"indicators": [{}, {"weight": 10}]}', r"indicators\[1\].weight（绩效指标第2行“分值”）应为文字"),
        ('{"indicators": ["x"]}', r"indicators\[0\].*应为一组键值"),
        ('{"funds": [{"budget": "1"}]}', r"funds\[0\].label.*缺少这一项"),
        ('{"schema_version": "1"}', "schema_version 应为正整数"),
        ('{"schema_version": true}', "schema_version 应为正整数"),
        ('{"schema_version": 0}', "schema_version 应为正整数"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text: str, words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        loads(text, "某表.json")
    assert "某表.json" in caught.value.message
    assert caught.value.hint


def test_a_merge_conflict_is_recognised() -> None:
    with pytest.raises(InputError, match="git 合并冲突"):
        loads('{\n<<<<<<< HEAD\n"project": "甲"\n=======\n"project": "乙"\n>>>>>>> other\n}')


def test_a_wrong_draft_state_names_the_choices() -> None:
    with pytest.raises(InputError, match="应为 offered、accepted、edited、rejected 之一"):
        loads('{"drafts": [{"path": "", "text": "", "source": "", "state": "x"}]}')


def test_many_mistakes_are_counted_and_the_first_named() -> None:
    rows = ",".join('{"weight": 1}' for _ in range(8))
    with pytest.raises(InputError, match=r"有8处写法不对.*indicators\[4\].*另有3处"):
        loads(f'{{"indicators": [{rows}]}}')


def test_a_null_cell_is_a_blank_one_but_an_unknown_key_keeps_its_null() -> None:
    case = loads(
        '{"project": null, "year": null, "indicators": [{"reason": null, "新": null}], "total": null}'
    )
    assert (case.project, case.year, case.total) == ("", None, "")
    assert case.indicators[0].reason == ""
    assert case.indicators[0].model_extra == {"新": None}


def test_a_newer_format_is_refused_and_says_so() -> None:
    with pytest.raises(InputError, match="更新版本") as caught:
        loads(f'{{"schema_version": {SCHEMA_VERSION + 1}, "project": "甲"}}')
    assert "升级" in caught.value.hint


def test_older_formats_are_brought_up_step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(case_json, "SCHEMA_VERSION", 3)
    monkeypatch.setattr(
        case_json,
        "MIGRATIONS",
        {
            1: lambda data: {key if key != "title" else "name": value for key, value in data.items()},
            2: lambda data: {key if key != "name" else "project": value for key, value in data.items()},
        },
    )
    case = loads('{"schema_version": 1, "title": "甲", "unit": "乙"}')
    assert (case.project, case.unit, case.schema_version) == ("甲", "乙", 3)


def test_every_older_version_has_a_migration() -> None:
    assert set(case_json.MIGRATIONS) == set(range(1, SCHEMA_VERSION))


def test_the_published_schema_is_the_one_in_the_docs() -> None:
    published = Path(__file__).parents[2] / "docs" / "case.schema.json"
    assert (
        published.read_text(encoding="utf-8") == json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"
    ), "run: ziping schema > docs/case.schema.json"


def test_the_schema_names_every_cell_of_the_form() -> None:
    cells = schema()["$defs"]["Indicator"]["properties"]
    assert set(cells) == {
        "level1", "level2", "level3", "target", "actual", "weight", "score", "reason", "evidence"
    }  # fmt: skip
    assert schema()["properties"]["project"]["description"] == "项目名称"
