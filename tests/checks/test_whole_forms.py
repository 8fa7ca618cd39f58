"""Forms as clerks of different places fill them in: every fault is found, and nothing fair is called an error.

``cases/whole_forms.tsv`` has forms written for the purpose, half of them with faults, half only with what looks like one:
adjusted budgets, carried-over money, merged cells, dates like 2024.12, shares like 0.98, costs below their ceiling.
``cases/rows.tsv`` has single rows the same way.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from assistant.catalogue.profiles import load_profile
from assistant.checks.engine import run_checks
from assistant.checks.examples import case_of
from assistant.domain.case import Case, FundRow, Indicator
from assistant.domain.findings import Report, Severity
from assistant.scoring.engine import score_case

CASES = Path(__file__).parent / "cases"
LEVELS = {
    "数量": ("产出指标", "数量指标"),
    "质量": ("产出指标", "质量指标"),
    "时效": ("产出指标", "时效指标"),
    "成本": ("产出指标", "成本指标"),
    "效益": ("效益指标", "社会效益指标"),
    "满意": ("满意度指标", "服务对象满意度指标"),
}
MONEY = FundRow(
    label="年度资金总额", initial="50", budget="50", executed="50", weight="10", rate="100%", score="10"
)


def _lines(name: str) -> list[list[str]]:
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


FORMS = {name: (faults, errors, text) for name, faults, errors, text in _lines("whole_forms.tsv")}


def _report(case: Case) -> Report:
    profile = load_profile(case.profile)
    return run_checks(case, score_case(case, profile), profile)


@cache
def _of_form(name: str) -> Report:
    return _report(case_of(FORMS[name][2].replace("\\n", "\n")))


@cache
def _of_row(area: str, name: str, target: str, actual: str, score: str, reason: str) -> Report:
    level1, level2 = LEVELS[area]
    row = Indicator(
        level1=level1,
        level2=level2,
        level3=name,
        target=target,
        actual=actual,
        weight="10",
        score=score,
        reason=reason,
    )
    case = Case(profile="central-2020", year=2022, project="某项目", funds=(MONEY,), indicators=(row,))
    return _report(case)


def _rows() -> list[tuple[set[str], tuple[str, str, str, str, str, str]]]:
    found = []
    for codes, *cells in _lines("rows.tsv"):
        area, name, target, actual, score, reason = (*cells, "", "")[:6]
        found.append((set(codes.split()) - {"-"}, (area, name, target, actual, score, reason)))
    return found


@pytest.mark.parametrize("name", FORMS)
def test_every_fault_of_a_form_is_found(name: str) -> None:
    faults = FORMS[name][0]
    missed = []
    for fault in faults.split("；") if faults != "-" else ():
        place, codes = fault.split()
        found = {finding.code for finding in _of_form(name).findings if finding.path.startswith(place)}
        if not found & set(codes.split("|")):
            missed.append((fault, sorted(found)))

    assert missed == []


@pytest.mark.parametrize("name", FORMS)
def test_nothing_fair_is_called_an_error(name: str) -> None:
    defended = set(FORMS[name][1].split())

    wrong = [
        f"{finding.code} {finding.message}"
        for finding in _of_form(name).findings
        if finding.severity is Severity.ERROR and finding.code not in defended
    ]
    assert wrong == []


@pytest.mark.parametrize("name", FORMS)
def test_every_finding_names_place_ground_and_cure(name: str) -> None:
    for finding in _of_form(name).findings:
        assert finding.message, finding.code
        assert finding.basis, finding.code
        assert finding.fix, finding.code
        assert finding.path, finding.code


def test_every_faulty_row_is_found() -> None:
    missed = []
    for codes, cells in _rows():
        found = {
            finding.code for finding in _of_row(*cells).findings if finding.path.startswith("indicators[0]")
        }
        if codes and not found & codes:
            missed.append((cells, codes, found))

    assert missed == []


def test_no_fair_row_is_called_an_error() -> None:
    wrong = [
        (cells, finding.code, finding.message)
        for codes, cells in _rows()
        if not codes
        for finding in _of_row(*cells).findings
        if finding.severity is Severity.ERROR
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("area", "target", "actual", "code"),
    [
        ("时效", "6个月", "8个月", "T04"),
        ("数量", "每季度2次", "2次", "T04"),
        ("时效", "2022年12月底前", "按时支付", "Y02"),
        ("效益", "逐步完善", "较完善", "A09"),
        ("满意", "95%", "0.96", "T04"),
    ],
)
def test_what_nobody_can_compare_is_listed_as_not_checked(
    area: str, target: str, actual: str, code: str
) -> None:
    report = _of_row(area, "某指标", target, actual, "10", "")

    (open_to_a_person,) = [item for item in report.not_checked if item.path.startswith("indicators[0]")]
    assert open_to_a_person.code == code
    assert "未核对" in open_to_a_person.why
