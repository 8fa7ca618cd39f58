"""The published JSON of ``ziping score --json``."""

from __future__ import annotations

import json

import pytest

from assistant.catalogue.profiles import load_profile
from assistant.domain.case import Case, Indicator
from assistant.scoring.engine import score_case
from assistant.scoring.report import sheet_json


@pytest.fixture(scope="module")
def document(sample):
    return sheet_json(score_case(sample, load_profile("beijing-2022")), "demo.ziping.json")


def test_the_head(document):
    assert (document["schema"], document["file"], document["profile"], document["grade"]) == (
        "ziping.score/1",
        "demo.ziping.json",
        "beijing-2022",
        "优",
    )


def test_the_execution_rate_comes_first_with_its_working(document):
    row = document["rows"][0]
    expected = {
        "path": "funds.total",
        "name": "预算执行率",
        "weight": "10",
        "entered": "6.19",
        "computed": "6.19",
        "low": None,
        "high": None,
        "status": "agrees",
        "rate": "61.91%",
        "working": ["69.6559 ÷ 112.511 = 61.91%", "10 × 61.91% = 6.19"],
    }
    assert {key: row[key] for key in expected} == expected
    assert row["basis"].startswith("财预〔2020〕10号")


def test_a_row_that_a_rule_decides(document):
    row = document["rows"][2]  # ≥3次 → 5次
    expected = {
        "path": "indicators[1]",
        "verdict": "met",
        "ratio": "1.6667",
        "weight": "1",
        "entered": "1",
        "computed": "1.00",
        "low": None,
        "high": None,
        "status": "agrees",
    }
    assert {key: row[key] for key in expected} == expected
    assert (row["target"]["op"], row["target"]["value"], row["actual"]["value"]) == ("ge", "3", "5")


def test_a_row_that_a_person_judges(document):
    row = document["rows"][17]  # 15 points, 14 given
    assert [row[key] for key in ("computed", "low", "high", "entered", "status", "ratio")] == [
        None,
        "12.00",
        "15.00",
        "14",
        "in_range",
        None,
    ]


def test_the_foot(document):
    total = document["total"]
    assert [total[key] for key in ("weight", "entered", "sum_entered", "computed")] == [
        "100",
        "95.19",
        "95.19",
        None,
    ]


def test_no_number_is_a_json_number(document):
    def numbers(value):
        if isinstance(value, dict):
            return [
                found
                for key, item in value.items()
                if key not in {"year", "month", "day"}
                for found in numbers(item)
            ]
        if isinstance(value, list):
            return [found for item in value for found in numbers(item)]
        return [value] if isinstance(value, (int, float)) and not isinstance(value, bool) else []

    assert numbers(json.loads(json.dumps(document))) == []


def test_a_form_without_weights_and_scores_has_empty_fields_and_no_error(central):
    case = Case(indicators=(Indicator(level3="新建", target="1", actual="1"),))
    document = sheet_json(score_case(case, central), "-")
    row = document["rows"][0]
    assert [row[key] for key in ("weight", "entered", "computed", "low", "high")] == [None] * 5
    assert row["verdict"] == "met"
    assert [
        document["total"][key] for key in ("weight", "entered", "sum_entered", "computed", "low", "high")
    ] == [None] * 6
    assert document["grade"] == ""
