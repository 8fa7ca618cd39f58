"""R: what is said of 偏差原因分析及改进措施, where, how heavily and with what advice."""

from __future__ import annotations

import pytest

from assistant.domain.findings import Severity
from tests.checks.words import findings

SHORT = "指标值 ≥100人｜完成值 80人｜分值 10｜得分 8"
GOOD = "因讲师调离，第二期停办；培训科拟于2023年3月底前补训20人。"


def test_lost_points_without_a_reason_name_row_score_and_weight() -> None:
    (found,) = findings("R01", SHORT)

    assert found.severity is Severity.ERROR
    assert found.path == "indicators[0].reason"
    assert found.message == "第1行“培训人次”得分8分（分值10分），扣了分但没有写偏差原因和改进措施。"


def test_points_lost_on_a_row_that_reports_its_goal_as_reached_are_only_a_warning() -> None:
    (found,) = findings("R01", "三级 条件保障｜指标值 优良中低差｜完成值 优，达成年度指标｜分值 15｜得分 14")

    assert found.severity is Severity.WARNING


def test_points_lost_on_a_figure_that_meets_its_target_are_left_to_t05() -> None:
    assert findings("R01", "指标值 =100%｜完成值 100%｜分值 20｜得分 19") == []


@pytest.mark.parametrize("blank", ["无", "暂无。", "/", "—", "没有偏差", "同上"])
def test_a_placeholder_is_quoted(blank: str) -> None:
    (found,) = findings("R02", f"{SHORT}｜原因 {blank}")

    assert f"“{blank}”" in found.message
    assert found.severity is Severity.ERROR
    assert findings("R03", f"{SHORT}｜原因 {blank}") == [], "one finding is enough for an empty cell"


def test_rows_that_do_not_count_are_left_alone() -> None:
    assert findings("R01", "三级 /｜指标值 /｜完成值 /｜分值 /｜得分 /") == []


def test_the_published_reason_of_a_qualitative_row_lacks_a_measure_and_is_no_cause() -> None:
    form = "三级 条件保障｜指标值 优良中低差｜完成值 优，达成年度指标｜分值 15｜得分 14｜原因 定性指标，难以准确衡量"

    assert [code for code in ("R03", "R04", "R05", "R10", "R13") if findings(code, form)] == ["R03", "R10"]


@pytest.mark.parametrize("code", [f"R{number:02}" for number in range(1, 16)])
def test_a_good_reason_meets_no_objection(code: str) -> None:
    assert findings(code, f"{SHORT}｜原因 {GOOD}") == []


def test_a_reason_with_the_wrong_figure_is_an_error_where_the_figure_is_labelled() -> None:
    (found,) = findings("R12", f"{SHORT}｜原因 目标值120人，{GOOD}")

    assert found.severity is Severity.ERROR
    assert "目标值120人" in found.message
    assert "指标值是“≥100人”" in found.message


@pytest.mark.parametrize(
    "reason",
    [
        "完成率80%，" + GOOD,
        "完成率为80.0%，" + GOOD,
        "自评扣2分，" + GOOD,
        "第二期目标50人，" + GOOD,
        "目标值约120人，" + GOOD,
        "目标值12期，" + GOOD,
        "距目标20人，" + GOOD,
        "完成目标80%，" + GOOD,
        "低于目标20人，" + GOOD,
    ],
)
def test_right_partial_or_inexact_figures_are_not_disputed(reason: str) -> None:
    assert findings("R12", f"{SHORT}｜原因 {reason}") == []


def test_a_completion_rate_may_be_the_actual_rate_itself() -> None:
    row = "指标值 ≥95%｜完成值 90%｜分值 10｜得分 9.47"

    # 90 ÷ 95 = 94.74 %
    assert findings("R12", f"{row}｜原因 完成率90%，{GOOD}") == []
    assert findings("R12", f"{row}｜原因 完成率94.74%，{GOOD}") == []
    assert findings("R12", f"{row}｜原因 实际完成94.7%，{GOOD}") == []
    # 10 - 9.47 = 0.53, said with one place
    assert findings("R12", f"{row}｜原因 自评扣0.5分，{GOOD}") == []
    assert findings("R12", f"{row}｜原因 自评扣0.6分，{GOOD}") != []
    assert findings("R12", f"{row}｜原因 完成率85%，{GOOD}") != []


def test_one_reason_in_three_rows_is_said_once_with_all_rows() -> None:
    rows = " ‖ ".join(f"三级 {name}｜完成值 1个｜原因 供货推迟，次年1月补齐。" for name in "甲乙丙丁")

    (found,) = findings("R09", rows)

    assert found.message.startswith("第1、2、3、4行")
    assert found.data["rows"] == "0,1,2,3"


def test_the_limit_of_the_place_counts_characters_without_blanks() -> None:
    row = "规则 sichuan-2023｜完成值 9场｜原因 "

    assert findings("R15", row + "字" * 50 + " " * 60 + "字" * 50) == []
    (found,) = findings("R15", row + "字" * 101)
    assert "有101字，超出100字" in found.message


def test_the_printed_claim_that_nothing_is_undone_meets_the_row_that_is() -> None:
    goal = "完成情况 走访企业36家。未完成的绩效目标（无）。"

    (found,) = findings("R11", f"{goal} ‖ 指标值 ≥95%｜完成值 94.60%｜分值 10｜得分 9")
    assert found.severity is Severity.ERROR
    assert "目标“≥95%”、实际“94.60%”" in found.message
    (partly,) = findings("R11", f"{goal} ‖ 指标值 明显改善｜完成值 部分达成年度指标｜分值 10｜得分 7")
    assert partly.severity is Severity.WARNING


def test_a_reason_with_gaps_explains_nothing() -> None:
    gaps = "计划20次，实际16次。主要原因：【待补充：未完成的原因】。下一步：【待补充：改进措施】。"
    row = "指标值 ≥20次｜完成值 16次｜分值 10｜得分 8｜原因 "
    assert [found.path for found in findings("R01", row + gaps)] == ["indicators[0].reason"]
    assert [found.path for found in findings("D13", row + gaps)] == ["indicators[0].reason"]
    half = "计划20次，实际16次。主要原因：场馆9月起封闭维修。下一步：【待补充：改进措施】。"
    assert findings("R01", row + half) == []
    assert [found.code for found in findings("R03", row + half)] == ["R03"]
    spent = "预算 100｜执行 60｜执行率 60%｜资金得分 6 ‖ 完成情况 主要原因：【待补充：资金未支付的原因】。"
    assert [found.path for found in findings("F06", spent)] == ["funds.total"]
