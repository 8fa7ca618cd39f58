"""Findings a clerk can follow: the right place, no complaint where a person has answered, doubts where nobody can know."""

from __future__ import annotations

from assistant.catalogue.profiles import load_profile
from assistant.checks.engine import all_checks, run_checks
from assistant.checks.examples import case_of
from assistant.checks.pages import help_of
from assistant.domain.case import Case, Goal, Override
from assistant.domain.findings import Report, Severity
from assistant.domain.scores import Status
from assistant.scoring.engine import score_case

PROFILE = load_profile("central-2020")


def _report(case: Case) -> Report:
    return run_checks(case, score_case(case, PROFILE), PROFILE)


def _codes(case: Case, path: str) -> set[str]:
    return {finding.code for finding in _report(case).findings if finding.path.startswith(path)}


def test_a_low_execution_rate_is_compared_in_proportion_and_says_so() -> None:
    # 89/90 = 98.89 %, 69.6559/112.511 = 61.91 %; (98.89 - 61.91) ÷ 98.89 = 37.39 %
    (found,) = [
        finding
        for finding in _report(
            case_of("预算 112.511｜执行 69.6559｜资金得分 6.19 ‖ 分值 90｜得分 89")
        ).findings
        if finding.code == "F09"
    ]

    assert "低 37.39%" in found.message
    assert "不是百分点" in found.message


def test_scores_above_their_weight_are_not_held_against_the_money() -> None:
    report = _report(case_of("预算 100｜执行 60｜资金得分 6 ‖ 分值 40｜得分 80 ‖ 分值 50｜得分 50"))

    assert "F09" not in {finding.code for finding in report.findings}
    assert "F09" in {item.code for item in report.not_checked}


def test_a_whole_block_in_yuan_under_wanyuan_is_a_doubt_and_no_error() -> None:
    report = _report(case_of("年初 1125110.00｜预算 1125110.00｜执行 696559.00"))

    (found,) = [finding for finding in report.findings if finding.code == "F08"]
    assert found.severity is Severity.WARNING
    assert found.path == "funds.total.budget"


def test_the_same_sum_in_words_tells_the_unit() -> None:
    told = case_of("预算 1125110｜执行 696559 ‖ 完成情况 预算112.511万元，全部用于设备购置。")
    silent = case_of("预算 1125110｜执行 696559 ‖ 完成情况 全部用于设备购置。")

    assert "F08" in _codes(told, "funds")
    assert "F08" not in _codes(silent, "funds")


def test_a_grade_is_provisional_while_a_row_is_open() -> None:
    # 10 of the money and 60 of the first row are certain, 30 of the second open: 70 中 to 100 优
    text = "总分 92｜预算 10｜执行 10｜资金得分 10 ‖ 指标值 3个｜完成值 3个｜分值 60｜得分 60 ‖ 指标值 效果明显｜完成值 {}｜分值 30"
    sheet = score_case(case_of(text.format("")), PROFILE)

    assert sheet.grade_range == ("中", "优")
    assert sheet.grade_words == "暂定中～优"


def test_a_row_without_an_actual_value_says_that_this_is_missing() -> None:
    blank, there = (
        score_case(case_of(f"指标值 ≥10人｜完成值 {actual}｜分值 10"), PROFILE).rows[-1]
        for actual in ("", "8人")
    )

    assert (blank.status, blank.lacks_actual) == (Status.MISSING, True)
    assert (there.status, there.lacks_actual) == (Status.MISSING, False)


def test_a_missing_goal_is_reported_where_it_is_missing() -> None:
    case = case_of("指标值 ≥3个｜完成值 5个｜分值 90｜得分 90")
    answered = case.model_copy(update={"goals": (Goal(actual="培训312人，编写教材2册。"),)})

    assert _codes(answered, "goals[0].expected") == {"D17"}
    assert "G01" not in _codes(answered, "goals[0]")


def test_a_persons_score_with_a_reason_is_not_asked_for_again() -> None:
    case = case_of("指标值 95%｜完成值 95%｜分值 30｜得分 30")
    lowered = case.model_copy(
        update={
            "overrides": (Override(path="indicators[0]", score="27", reason="两次抽查资料不全，扣3分。"),)
        }
    )
    unexplained = case_of("指标值 95%｜完成值 95%｜分值 30｜得分 27")

    assert "T05" in _codes(unexplained, "indicators[0]")
    assert "T05" not in _codes(lowered, "indicators[0]")


def test_help_shows_the_severity_in_force_and_examples_in_words() -> None:
    local = PROFILE.model_copy(update={"severity": {"A02": Severity.ERROR}})

    said = help_of(all_checks()["A02"], local)

    assert "定为“错误”" in said
    assert "会提出的例子：" in said
    assert "｜" not in said
    assert "‖" not in said
