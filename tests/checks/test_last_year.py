"""This year's form held against last year's: only where that one was brought, and only with what it says."""

from __future__ import annotations

from assistant.catalogue.profiles import load_profile
from assistant.checks.engine import forget_reports, run_checks
from assistant.checks.examples import case_of
from assistant.domain.case import Case
from assistant.domain.findings import Report
from assistant.scoring.engine import score_case

FORM = case_of(
    "三级 会议次数｜指标值 ≥3次｜完成值 5次｜上年指标值 ≥3次｜上年完成值 5次 ‖ 三级 满意度｜指标值 ≥90%｜完成值 96%｜上年完成值 95%"
)


def report(case: Case) -> Report:
    profile = load_profile("central-2020")
    return run_checks(case, score_case(case, profile), profile)


def said(case: Case, code: str) -> list[tuple[str, str]]:
    return [(one.path, one.message) for one in report(case).findings if one.code == code]


def of_year(case: Case, year: int) -> Case:
    rows = tuple(one.model_copy(update={"year": year}) for one in case.last_year)
    return case.model_copy(update={"last_year": rows})


def test_a_result_that_is_last_years_is_asked_about_once() -> None:
    assert said(FORM, "T20") == [("indicators[0].actual", "第1行“会议次数”完成值5次与上年的一样。")]
    assert said(FORM, "T14") == [("indicators[0].target", "第1行“会议次数”指标值≥3次，上年已经完成5次。")]


def test_an_earlier_year_is_called_by_its_number() -> None:
    assert FORM.year == 2022
    assert said(of_year(FORM, 2021), "T20")[0][1].endswith("与上年的一样。")
    assert said(of_year(FORM, 2019), "T20")[0][1].endswith("与2019年的一样。")


def test_a_row_that_is_gone_is_nobodys() -> None:
    assert said(FORM.model_copy(update={"indicators": ()}), "T20") == []


def test_bringing_it_and_taking_it_back_is_judged_as_if_seen_for_the_first_time() -> None:
    plain = FORM.model_copy(update={"last_year": ()})
    for case in (plain, FORM, plain, of_year(FORM, 2019), FORM):
        after_others = report(case)
        forget_reports()
        assert report(case) == after_others


def test_no_point_depends_on_it() -> None:
    profile = load_profile("central-2020")
    plain = FORM.model_copy(update={"last_year": ()})
    assert score_case(FORM, profile) == score_case(plain, profile)
