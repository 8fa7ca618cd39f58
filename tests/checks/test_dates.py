"""Y: years and dates."""

from __future__ import annotations

from assistant.catalogue.profiles import load_profile
from assistant.checks.engine import all_checks, check_form
from assistant.checks.form import build_form
from assistant.domain.case import Case, Indicator
from assistant.domain.findings import Severity
from assistant.scoring.engine import score_case
from tests.checks.words import findings

LATE = "二级 时效指标｜指标值 2022年11月底前｜完成值 2022年12月完成｜分值 5"


def test_a_month_of_the_forms_own_year_is_in_order() -> None:
    for code in ("Y01", "Y02"):
        assert (
            findings(code, "年度 2022｜二级 时效指标｜指标值 ≤11月｜完成值 2022.11月完成｜分值 5｜得分 5")
            == []
        )


def test_a_row_of_another_year_is_said_once() -> None:
    (found,) = findings("Y01", "年度 2022｜二级 时效指标｜指标值 2021年12月完成｜完成值 2021年12月完成")

    assert found.path == "indicators[0].target"
    assert "是2021年，本表是2022年度" in found.message


def test_a_late_result_is_left_to_the_checks_of_lateness() -> None:
    assert findings("Y01", "年度 2022｜二级 时效指标｜指标值 2022年12月底前｜完成值 2023年1月完成") == []


def test_carried_over_money_excuses_earlier_years() -> None:
    row = "二级 时效指标｜指标值 2021年12月完成｜完成值 2021年12月完成"

    assert findings("Y01", f"资金 上年结转资金｜预算 12｜执行 12 ‖ {row}") == []
    assert findings("Y01", f"资金 上年结转资金｜预算 0｜执行 0 ‖ {row}") != []


def test_without_a_year_the_checks_say_that_they_could_not_decide() -> None:
    case = Case(indicators=(Indicator(target="2021年12月完成", actual="2021年12月完成"),))
    profile = load_profile("central-2020")
    form = build_form(case, score_case(case, profile), profile)

    for code in ("Y01", "Y03"):
        report = check_form(form, {code: all_checks()[code]})
        assert [undecided.path for undecided in report.not_checked] == ["year"]
        assert report.findings == ()


def test_lateness_with_full_marks_is_an_error_and_with_a_deduction_none() -> None:
    (found,) = findings("Y02", f"{LATE}｜得分 5")

    assert found.severity is Severity.ERROR
    assert found.message == "第1行“培训人次”要求“2022年11月底前”，实际“2022年12月完成”，逾期却得满分5分。"
    assert findings("Y02", f"{LATE}｜得分 3") == []


def test_a_later_acceptance_in_the_evidence_is_a_warning() -> None:
    row = "年度 2025｜二级 时效指标｜指标值 2025年8月7日前完成｜完成值 2025年8月5日完成｜分值 5｜得分 5"

    (found,) = findings("Y02", f"{row}｜佐证 2026年1月16日通过验收")
    assert found.severity is Severity.WARNING
    assert "2026-01" in found.message
    assert findings("Y02", f"{row}｜佐证 2025年8月6日通过验收") == []


def test_a_text_of_another_year_is_noticed_and_a_comparison_is_not() -> None:
    (found,) = findings("Y03", "年度 2022｜完成情况 2021年度培训312人。")

    assert found.data["year"] == "2021"
    assert findings("Y03", "年度 2022｜完成情况 2022年培训312人，比2021年多12人。") == []
