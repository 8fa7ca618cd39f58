"""The public version: nobody can be told from it, and every figure stays."""

from __future__ import annotations

from assistant.domain.case import Case, FundRow, Goal, Indicator, Person
from assistant.domain.findings import Fix
from assistant.exchange.masking import masked
from tests.exchange.builders import WARNING, bundle

CASE = Case(
    project="甄某某工作室建设",
    people=(Person(role="项目负责人", name="甄某某、乙某", phone="010-62345678"), Person(role="填报人")),
    funds=(FundRow(label="年度资金总额", budget="13912345678", executed="13912345678"),),
    goals=(Goal(actual="甄某某牵头完成"),),
    indicators=(
        Indicator(level3="热线 13912345678", target="≥13912345678元", actual="62345678", score="10"),
    ),
)


def test_people_and_numbers_are_hidden_wherever_they_stand() -> None:
    public = masked(bundle(CASE)).case
    assert public.project == "×××工作室建设"
    assert [(person.name, person.phone) for person in public.people] == [("×××", "***"), ("", "")]
    assert public.goals[0].actual == "×××牵头完成"
    assert public.indicators[0].level3 == "热线 ***"


def test_figures_stay() -> None:
    public = masked(bundle(CASE)).case
    assert public.funds == CASE.funds
    assert (public.indicators[0].target, public.indicators[0].actual, public.indicators[0].score) == (
        "≥13912345678元",
        "62345678",
        "10",
    )


def test_findings_and_working_are_masked_but_their_codes_are_not() -> None:
    finding = WARNING.model_copy(
        update={
            "message": "甄某某的电话 13912345678",
            "cell": "乙某",
            "cures": (Fix(path="total", text="甄某某", label="改"),),
            "data": {"name": "甄某某"},
        }
    )
    public = masked(bundle(CASE, finding))
    (shown,) = public.report.findings
    assert (shown.code, shown.path, shown.basis) == (finding.code, finding.path, finding.basis)
    assert "甄" not in shown.model_dump_json()
    assert "13912345678" not in shown.message
    assert public.sheet == bundle(CASE).sheet, "a sheet that names nobody is left as it is"


def test_masking_twice_changes_nothing_more() -> None:
    once = masked(bundle(CASE))
    assert masked(once) == once
