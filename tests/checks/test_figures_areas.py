"""What the pages of A, F, T and D cannot say: exact sentences, cures, severities and the borders between checks."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.catalogue.profiles import load_profile
from assistant.checks.engine import run_checks
from assistant.checks.examples import case_of
from assistant.checks.figures import (
    decimals,
    is_rounding,
    lookalike,
    printed_points,
    unit_in_last_place,
    written,
)
from assistant.domain.findings import Finding, Report, Severity
from assistant.scoring.engine import score_case


def report_of(text: str) -> Report:
    case = case_of(text)
    profile = load_profile(case.profile)
    return run_checks(case, score_case(case, profile), profile)


def found(text: str, code: str) -> list[Finding]:
    return [finding for finding in report_of(text).findings if finding.code == code]


def one(text: str, code: str) -> Finding:
    (finding,) = found(text, code)
    return finding


# --- weights and scores


def test_a_wrong_sum_of_weights_shows_the_addition_and_the_difference() -> None:
    finding = one("总分 100｜预算 20｜执行 20 ‖ 分值 70 ‖ 分值 20 ‖ 分值 10", "A01")

    assert finding.severity is Severity.ERROR
    assert "10 + 100 = 110 分" in finding.message
    assert "多出 10 分" in finding.message
    assert finding.data == {"sum": "110", "expected": "100"}


def test_half_a_form_without_a_foot_is_a_reminder_and_names_what_is_missing() -> None:
    # 10 + 50, no total printed, no 效益 and no 满意度 rows: not finished rather than wrong
    finding = one("预算 20｜执行 20 ‖ 分值 50", "A01")

    assert finding.severity is Severity.WARNING
    assert "效益指标、满意度指标" in finding.message


def test_weights_still_missing_are_said_and_not_judged() -> None:
    report = report_of("预算 20｜执行 20 ‖ 分值 50 ‖ 三级 未定｜指标值 3个")

    assert "A01" not in {finding.code for finding in report.findings}
    assert next(item.why for item in report.not_checked if item.code == "A01").startswith(
        "已填分值合计 60 分"
    )


def test_a_form_without_weights_is_not_checked_rather_than_wrong() -> None:
    report = report_of("预算 10｜执行 10｜资金分值 20｜资金得分 20 ‖ 指标值 100%｜完成值 100%｜得分 80")

    assert {"A01", "A04", "A06"}.isdisjoint(finding.code for finding in report.findings)
    assert "A01" in {item.code for item in report.not_checked}


def test_a_wrong_total_is_cured_by_the_right_one() -> None:
    # 9 + 13 + 15 + 10 + 10 + 27 + 9 = 93
    finding = one(
        "总分 94｜预算 65.66｜执行 65.07｜资金得分 9 ‖ 分值 15｜得分 13 ‖ 分值 15｜得分 15 ‖ 分值 10｜得分 10 ‖ 分值 10｜得分 10"
        " ‖ 分值 30｜得分 27 ‖ 分值 10｜得分 9",
        "A07",
    )

    assert "总分写 94 分" in finding.message
    assert "合计 93 分" in finding.message
    assert [(cure.path, cure.text) for cure in finding.cures] == [("total", "93")]


def test_a_total_printed_with_one_decimal_less_is_only_a_hint() -> None:
    # 8.62 + 90 = 98.62, printed 98.6
    assert (
        one("总分 98.6｜预算 250000｜执行 215457.6｜资金得分 8.62 ‖ 分值 90｜得分 90", "A07").severity
        is Severity.HINT
    )


@pytest.mark.parametrize(
    ("row", "severity"),
    [
        ("指标值 214人｜完成值 203人｜分值 2｜得分 1.8", Severity.HINT),  # 1.897 cut to one decimal
        ("指标值 1228人｜完成值 770人｜分值 2｜得分 1.8", Severity.ERROR),  # 1.25
        (
            "指标值 8755｜完成值 8676｜分值 15｜得分 13｜原因 有人员去世，按实有人数参保",
            Severity.HINT,
        ),  # 14.86: own deduction
        (
            "指标值 100人｜完成值 50人｜分值 10｜得分 9｜原因 上级调减任务，年底前补齐",
            Severity.WARNING,
        ),  # 5.00
    ],
)
def test_how_heavy_a_differing_score_weighs(row: str, severity: Severity) -> None:
    assert one(row, "A08").severity is severity


def test_a_percentage_taken_for_the_degree_of_completion_is_named_as_such() -> None:
    finding = one("指标值 98%｜完成值 98%｜分值 20｜得分 19.6", "A08")

    assert finding.severity is Severity.ERROR
    assert "20 × 98%" in finding.message
    assert finding.cures[0].text == "20"


def test_more_done_for_fewer_points_names_both_rows() -> None:
    text = "三级 甲｜指标值 1228人｜完成值 770人｜分值 2｜得分 1.8 ‖ 三级 乙｜指标值 5662人｜完成值 4044人｜分值 2｜得分 1.4"
    (finding,) = [each for each in found(text, "A08") if each.data.get("other")]

    # 770 / 1228 = 62.7 %, 4044 / 5662 = 71.4 %
    assert "“甲”完成 62.7% 得 1.8 分" in finding.message
    assert "“乙”完成 71.4% 只得 1.4 分" in finding.message
    assert finding.data["other"] == "indicators[1]"


def test_a_score_a_person_set_with_a_reason_is_not_called_a_miscalculation() -> None:
    case = case_of("指标值 ≥100人｜完成值 80人｜分值 10｜得分 8")
    profile = load_profile("central-2020")
    override = {"path": "indicators[0]", "score": "7", "reason": "资料不全，扣1分"}
    changed = type(case).model_validate(case.model_dump() | {"overrides": (override,)})

    report = run_checks(changed, score_case(changed, profile), profile)

    assert "A08" not in {finding.code for finding in report.findings}


def test_the_grade_is_read_at_the_border() -> None:
    rows = "预算 10｜执行 10｜资金得分 10 ‖ 分值 90｜得分"
    assert found(f"总分 90｜等级 优｜{rows} 80", "A11") == []
    assert one(f"总分 89.99｜等级 优｜{rows} 79.99", "A11").cures[0].text == "良"


def test_a_grade_word_the_rules_do_not_know_is_not_checked() -> None:
    report = report_of("总分 90｜等级 合格｜预算 10｜执行 10｜资金得分 10 ‖ 分值 90｜得分 80")

    assert "A11" in {item.code for item in report.not_checked}


# --- money


@pytest.mark.parametrize(
    ("rate", "budget", "executed"),
    [
        ("1", "20", "20"),
        ("100", "20", "20"),
        ("100.00", "20", "20"),
        ("20", "100", "20"),
        ("79.27", "100", "79.27"),
        ("86%", "250000", "215457.6"),
        ("0.8618", "250000", "215457.6"),
        ("0.86", "250000", "215457.6"),
        ("0", "100", "0"),
        ("61.91％", "112.511", "69.6559"),
        ("100%", "0", "0"),
        ("0.00%", "0", "0"),
    ],
)
def test_a_rate_may_be_written_in_many_ways(rate: str, budget: str, executed: str) -> None:
    assert found(f"预算 {budget}｜执行 {executed}｜执行率 {rate}", "F01") == []


@pytest.mark.parametrize(
    ("rate", "budget", "executed", "severity"),
    [
        ("86.19%", "250000", "215457.6", Severity.HINT),  # 86.183 %
        ("57.89%", "2000", "1157.97", Severity.HINT),  # 57.8985 %, cut off
        ("99%", "100", "98.4", Severity.WARNING),  # rounds to 98 %
        ("85%", "200", "150", Severity.ERROR),  # 75 %
        ("10.77%", "30", "30", Severity.ERROR),
    ],
)
def test_how_heavy_a_wrong_rate_weighs(rate: str, budget: str, executed: str, severity: Severity) -> None:
    assert one(f"预算 {budget}｜执行 {executed}｜执行率 {rate}", "F01").severity is severity


def test_a_wrong_rate_is_cured_in_the_total_row_wherever_it_stands() -> None:
    finding = one("资金 其中:财政拨款｜预算 200｜执行 150 ‖ 预算 200｜执行 150｜执行率 85%", "F01")

    assert finding.path == "funds.total.rate"
    assert [(cure.path, cure.text) for cure in finding.cures] == [("funds.total.rate", "75.00%")]


def test_the_points_for_execution_are_cured_by_the_computed_ones() -> None:
    finding = one("预算 65.66｜执行 65.07｜执行率 99%｜资金得分 9", "F02")

    assert "应得 9.91 分，填了 9 分，相差 0.91 分" in finding.message
    assert finding.cures[0].text == "9.91"


def test_one_decimal_for_the_points_of_execution_is_a_hint() -> None:
    assert one("预算 65.66｜执行 65.07｜执行率 99.1%｜资金得分 9.8", "F02").severity is Severity.ERROR
    assert one("预算 250000｜执行 215457.6｜执行率 86.18%｜资金得分 8.6", "F02").severity is Severity.HINT


def test_five_parts_three_hundredths_short_are_an_error() -> None:
    finding = one(
        "预算 7165.32 ‖ 资金 中央｜预算 3144.00 ‖ 资金 自治区｜预算 570.17 ‖ 资金 盟市｜预算 433.00 ‖ 资金 旗县｜预算 1426.90"
        " ‖ 资金 其他资金｜预算 1591.22",
        "F03",
    )

    assert finding.severity is Severity.ERROR
    assert "= 7165.29，相差 0.03万元" in finding.message


def test_a_hundredth_over_several_rounded_parts_is_a_hint() -> None:
    text = "预算 10.01 ‖ 资金 中央｜预算 3.33 ‖ 资金 省级｜预算 3.33 ‖ 资金 县级｜预算 3.34"

    assert one(text, "F03").severity is Severity.HINT


def test_one_source_singled_out_below_the_total_is_a_reminder() -> None:
    assert one("预算 100 ‖ 资金 其中:当年财政拨款｜预算 80", "F03").severity is Severity.WARNING


def test_a_factor_of_ten_thousand_is_called_a_wrong_unit_and_nothing_else() -> None:
    codes = {finding.code for finding in report_of("预算 7.29｜执行 72900｜执行率 100%").findings}

    assert "F08" in codes
    assert "F04" not in codes


def test_without_a_budget_the_points_are_not_checked() -> None:
    report = report_of("预算 0｜执行 207.4538｜执行率 100%｜资金得分 10")

    assert "F02" in {item.code for item in report.not_checked}
    assert one("预算 0｜执行 207.4538｜执行率 100%｜资金得分 10", "F05").severity is Severity.ERROR


def test_sichuan_demands_the_reason_that_others_ask_for() -> None:
    assert one("规则 sichuan-2023｜预算 100｜执行 57｜资金得分 5.7", "F06").severity is Severity.ERROR
    assert one("规则 central-2020｜预算 100｜执行 57｜资金得分 5.7", "F06").severity is Severity.WARNING


# --- results against targets


def test_a_missed_number_with_full_marks_is_cured_by_the_computed_score() -> None:
    # 4604 / 4754 × 5 = 4.84
    finding = one("指标值 >=4754人｜完成值 4604人｜分值 5｜得分 5｜原因 实行动态管理", "T04")

    assert finding.severity is Severity.ERROR
    assert finding.cures[0].text == "4.84"
    assert "96.84%" in finding.message


def test_each_deviation_is_said_by_one_check_only() -> None:
    short = {each.code for each in report_of("指标值 ≥100人｜完成值 80人｜分值 10｜得分 10").findings}
    over = {each.code for each in report_of("指标值 ≤100万元｜完成值 120万元｜分值 10｜得分 10").findings}
    less = {each.code for each in report_of("指标值 95%｜完成值 95%｜分值 30｜得分 27").findings}

    assert short & {"T04", "T05", "T09", "A08"} == {"T04"}
    assert over & {"T04", "T05", "T09", "A08"} == {"T09"}
    assert less & {"T04", "T05", "T09", "A08"} == {"T05"}


def test_a_low_error_rate_is_not_called_a_missed_target() -> None:
    report = report_of("三级 信息差错率｜指标值 5%｜完成值 1%｜分值 10｜得分 9")

    assert {"T04", "A08"}.isdisjoint(finding.code for finding in report.findings)


def test_guangxi_demands_the_reason_for_far_overshooting() -> None:
    # 26 / 9 = 289 %
    assert one("规则 guangxi ‖ 指标值 9场｜完成值 26场｜分值 5｜得分 5", "T07").severity is Severity.ERROR
    assert (
        one("规则 central-2020 ‖ 指标值 9场｜完成值 26场｜分值 5｜得分 5", "T07").severity is Severity.WARNING
    )


@pytest.mark.parametrize(("actual", "asked"), [("129人", False), ("130人", True)])
def test_far_above_begins_at_the_border(actual: str, asked: bool) -> None:
    assert bool(found(f"指标值 ≥100人｜完成值 {actual}｜分值 5｜得分 5", "T07")) is asked


def test_an_explained_double_is_a_hint_for_next_year() -> None:
    text = "指标值 ≥1个｜完成值 2个｜分值 2｜得分 2｜原因 受托增加一份，下年按2个申报。"

    assert found(text, "T07") == []
    assert one(text, "T08").severity is Severity.HINT


@pytest.mark.parametrize(
    ("target", "actual", "severity"),
    [
        ("≥3个", "5次", Severity.ERROR),
        ("≥100人", "120人次", Severity.ERROR),
        ("≥95%", "120人", Severity.ERROR),
        ("≥3个", "3项", Severity.HINT),
        ("≥10个", "12家", Severity.HINT),
    ],
)
def test_how_heavy_a_different_unit_weighs(target: str, actual: str, severity: Severity) -> None:
    assert one(f"指标值 {target}｜完成值 {actual}｜分值 5｜得分 5", "T03").severity is severity


@pytest.mark.parametrize(
    ("target", "actual"),
    [("≥266米", "300米"), ("≥1公里", "1200米"), ("≤90万元", "899740元"), ("≥50个", "50"), ("100%", "100")],
)
def test_units_that_compare_are_no_finding(target: str, actual: str) -> None:
    assert found(f"指标值 {target}｜完成值 {actual}｜分值 5｜得分 5", "T03") == []


def test_done_against_all_of_it_is_a_reminder_done_against_a_number_an_error() -> None:
    assert one("指标值 100%｜完成值 已完成｜分值 5｜得分 5", "T17").severity is Severity.WARNING
    assert one("指标值 ≤30万元｜完成值 完成｜分值 5｜得分 5", "T17").severity is Severity.ERROR


# --- design


def test_a_repeated_indicator_names_the_first() -> None:
    finding = one("三级 举办培训班｜指标值 3期 ‖ 三级 举办培训班数量｜指标值 3期", "D03")

    assert finding.path == "indicators[1].level3"
    assert finding.data["other"] == "indicators[0]"


def test_near_names_of_different_things_are_different() -> None:
    assert (
        found(
            "三级 孕产妇7天访视数 ‖ 三级 孕产妇42天访视数 ‖ 三级 高血压规范管理数 ‖ 三级 糖尿病规范管理数",
            "D03",
        )
        == []
    )


def test_a_wholly_empty_name_is_an_error_and_stars_in_a_name_a_reminder() -> None:
    assert one("三级 指标3｜指标值 ≥6种｜完成值 28种", "D13").severity is Severity.ERROR
    stars = one(
        "三级 发放人数(≥**人)｜指标值 ≥7人｜完成值 7人 ‖ 三级 救助标准(≥**元)｜指标值 ≥7元｜完成值 7元", "D13"
    )
    assert stars.severity is Severity.WARNING
    assert stars.data["rows"] == "1、2"


def test_shanxi_makes_a_cost_indicator_compulsory() -> None:
    rows = "二级 数量指标 ‖ 二级 质量指标 ‖ 二级 时效指标 ‖ 一级 效益指标｜二级 社会效益指标 ‖ 一级 满意度指标｜二级 满意度指标"

    assert "成本" in one(f"规则 shanxi ‖ {rows}", "D08").data["missing"]
    assert one(f"规则 shanxi ‖ {rows}", "D08").severity is Severity.ERROR
    assert one(f"规则 central-2020 ‖ {rows}", "D08").severity is Severity.WARNING


# --- small sums


def test_printed_places() -> None:
    assert decimals(Decimal("15.000")) == 0
    assert decimals(Decimal("2.155")) == 3
    assert unit_in_last_place(Decimal("86.19")) == Decimal("0.01")
    assert unit_in_last_place(Decimal(86)) == Decimal(1)


@pytest.mark.parametrize(
    ("printed", "exact", "rounding"),
    [
        ("2.16", "2.1548", True),
        ("9", "9.91", False),
        ("9.9", "9.91", True),
        ("1.8", "1.897", True),
        ("1.8", "1.69", False),
    ],
)
def test_what_rounding_can_explain(printed: str, exact: str, rounding: bool) -> None:
    assert is_rounding(Decimal(printed), Decimal(exact)) is rounding


def test_points_in_labels_and_damaged_figures() -> None:
    assert printed_points("产出指标（50分）") == 50
    assert printed_points("满意度指标(10 分)") == 10
    assert printed_points("产出指标") is None
    assert (lookalike("IO"), lookalike("10"), lookalike("满分")) == ("10", "", "")
    assert (written(" — "), written("/"), written("十")) == ("", "", "十")


def test_one_wrong_rate_is_one_error_the_points_that_follow_from_it_a_reminder() -> None:
    # 500 ÷ 520 = 96.15%; 10 points are right for the 100% that was written
    form = "预算 520｜执行 500｜执行率 100%｜资金得分 10"
    assert one(form, "F01").severity is Severity.ERROR
    assert one(form, "F02").severity is Severity.WARNING
    # 10 × 96.15% = 9.62: here the rate is right and only the points are wrong
    assert one("预算 520｜执行 500｜执行率 96.15%｜资金得分 10", "F02").severity is Severity.ERROR


def test_a_group_that_is_short_is_said_once_where_the_points_are_missing() -> None:
    # 50 are printed, 40 + 5 given; the 5 are missing under 成本指标（10分）
    head = "一级 产出指标（50分）｜二级 {}｜分值 {}"
    form = " ‖ ".join((head.format("数量指标", 40), head.format("成本指标（10分）", 5)))
    assert "“成本指标（10分）”之下 1 行分值合计 5 分" in one(form, "A03").message
    rest = "一级 效益指标｜分值 30 ‖ 一级 满意度指标｜分值 10"
    assert found(f"{form} ‖ {rest}", "A02") == []
    assert "产出指标分值合计 45 分" in one(f"一级 产出指标｜分值 45 ‖ {rest}", "A02").message


def test_what_is_missing_altogether_or_below_nothing_is_said_by_one_check() -> None:
    # 产出 20 for 50 is A02's; that 效益 and 满意度 are not there is D08's
    assert [finding.data["area"] for finding in found("指标值 ≥3个｜分值 20", "A02")] == ["产出"]
    row = "指标值 ≥3个｜完成值 2个｜分值 10｜得分 -2"
    assert one(row, "A06").severity is Severity.ERROR
    assert found(row, "R01") == []


def test_the_border_of_a_tier_is_named_and_only_a_reminder() -> None:
    # 部分达成 reaches up to 15 × 80% = 12, which belongs to the tier above
    form = "指标值 明显改善｜完成值 部分达成｜分值 15｜得分 {}"
    border = one(form.format(12), "A09")
    assert border.severity is Severity.WARNING
    assert "9 到 12 分之间（不含 12）" in border.message
    assert one(form.format("12.5"), "A09").severity is Severity.ERROR
    assert found(form.format(11), "A09") == []


@pytest.mark.parametrize(
    "row",
    [
        "三级 投诉办结时限｜指标值 15｜完成值 10",
        "三级 信息差错率｜指标值 5%｜完成值 1%",
        "三级 有责投诉次数｜指标值 20次｜完成值 13次",
        "三级 窗口等候时间｜指标值 10｜完成值 6",
    ],
)
def test_a_bare_number_of_what_is_better_less_is_left_to_a_person(row: str) -> None:
    report = report_of(f"{row}｜分值 10｜得分 10")
    assert not [finding for finding in report.findings if finding.code in {"T04", "T07", "A08"}]
    assert [note.path for note in report.not_checked if note.code == "T04"] == ["indicators[0].target"]


def test_a_sign_or_a_cured_fault_says_which_way_is_better() -> None:
    assert one("三级 差错率｜指标值 ≥5%｜完成值 1%｜分值 10｜得分 10", "T04").severity is Severity.ERROR
    assert one("三级 投诉办结率｜指标值 95%｜完成值 90%｜分值 10｜得分 10", "T04").severity is Severity.ERROR
    assert found("三级 差错率｜指标值 ≤5%｜完成值 1%｜分值 10｜得分 10", "T04") == []
