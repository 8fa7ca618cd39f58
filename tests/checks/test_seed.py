"""A published Beijing form of 2022, whole: what must be said of it, and what must not.

Its arithmetic is right (89 + 6.19 = 95.19); what a reviewer would ask is in the targets, reasons and evidence.
People are invented; the goals are retold in short.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.catalogue.profiles import load_profile
from assistant.checks.engine import run_checks
from assistant.domain.case import Case, Goal, Person
from assistant.domain.findings import Finding, Report, Severity
from assistant.scoring.engine import score_case

FORM = Path(__file__).parents[1] / "data" / "forms" / "000.json"
EXPECTED = """完成科研协作和成果落地两项任务：
1. 推动科研协作
①赴高校院所调研；②举办资源对接会；③梳理在京国家重点实验室情况；④完成科研环境对比分析报告。
2. 推动成果落地
①举办专家研讨会；②梳理成果转化举措；③完成知识产权管理报告；④完成成果转化政策研究报告。"""
ACTUAL = """完成科研协作和成果落地两项任务：
1. 推动科研协作
①赴北大、清华等院所座谈，挖掘优势资源；②组织单位对接会，研讨算力部署；③对121家在京国家重点实验室分维度梳理；
④形成《科研环境重点要素分析报告》。
2. 推动成果落地
①组织专家研讨会，研究转化评价标准；②梳理国外主要实验室的转化举措；③形成《知识产权管理分析报告》《知识产权战略研究报告》；
④形成《成果转化政策措施研究报告》。"""
SCALES = ("indicators[10]", "indicators[11]", "indicators[16]")
MUST = [
    ("F06", ("funds.total",)),  # 61.91 %, no reason anywhere
    ("F09", ("funds.total",)),  # (0.98889 - 0.61910) / 0.98889 = 0.374 > 0.05
    ("F10", ("funds.total",)),  # 42.8551 of 112.511 = 38 % unspent
    ("T07", ("indicators[1]", "indicators[6]", "indicators[8]")),  # 5 of 3, 2 of 1, 2 of 1
    ("T08", ("indicators[6]", "indicators[8]")),
    ("D01", ("indicators[9]",)),  # 签约次数 under 质量指标
    ("T13", SCALES),
    ("T18", SCALES),
    ("V01", SCALES),
    ("D07", ("indicators[14]",)),
    ("D11", ("indicators[12]", "indicators[13]")),
    ("D16", ("indicators[15]",)),
    ("R03", ("indicators[16]",)),
    ("R10", ("indicators[16]",)),
    ("V02", ("indicators[17]",)),
    ("P01", ("people[0]",)),
    ("L04", ("",)),
]
MUST_NOT = ["A01", "A02", "A03", "A04", "A05", "A06", "A07", "A08", "F01", "F02", "F03", "T04", "Y01", "Y02", "G02", "G03", "D06"]  # fmt: skip


@pytest.fixture(scope="module")
def report() -> Report:
    facts = json.loads(FORM.read_text(encoding="utf-8"))["case"]
    case = Case.model_validate(
        facts
        | {
            "goals": (Goal(expected=EXPECTED, actual=ACTUAL),),
            "people": (Person(name="张三", phone="60000000"),),
        }
    )
    profile = load_profile("beijing-2022")
    return run_checks(case, score_case(case, profile), profile)


def _of(report: Report, code: str) -> list[Finding]:
    return [finding for finding in report.findings if finding.code == code]


@pytest.mark.parametrize(("code", "places"), MUST, ids=[code for code, _ in MUST])
def test_what_a_reviewer_would_ask_is_raised(report: Report, code: str, places: tuple[str, ...]) -> None:
    found = _of(report, code)

    assert found
    for place in places:
        assert any(finding.path.startswith(place) for finding in found), [finding.path for finding in found]


@pytest.mark.parametrize("code", MUST_NOT)
def test_what_is_right_is_left_alone(report: Report, code: str) -> None:
    assert [finding.message for finding in _of(report, code)] == []
    assert code in report.passed


def test_nothing_on_it_is_an_error(report: Report) -> None:
    assert [finding.message for finding in report.findings if finding.severity is Severity.ERROR] == []


def test_only_the_three_far_overshoots_are_asked_about(report: Report) -> None:
    # 121 of 120, 31 of 30 and 93 of 85 % lie under 130 %
    assert {finding.path for finding in _of(report, "T07")} == {
        "indicators[1].reason",
        "indicators[6].reason",
        "indicators[8].reason",
    }


def test_the_execution_finding_names_the_rate_and_the_limit(report: Report) -> None:
    (finding,) = _of(report, "F06")

    assert "61.91%" in finding.message
    assert "90%" in finding.message
