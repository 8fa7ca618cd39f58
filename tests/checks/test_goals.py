"""G: does 实际完成情况 answer the goal, and agree with the rows."""

from __future__ import annotations

from assistant.domain.case import Case, Goal, Indicator
from assistant.domain.findings import Severity
from tests.checks.words import findings


def test_an_empty_account_of_a_goal_is_an_error_and_an_empty_pair_a_warning() -> None:
    assert [found.severity for found in findings("G01", "预期目标 培训300人")] == [Severity.ERROR]
    assert [found.severity for found in findings("G01", Case(goals=(Goal(),)))] == [Severity.WARNING]
    assert findings("G01", Case()) == [], "a layout without goals has nothing to fill in"


def test_the_second_of_two_goals_is_named() -> None:
    (found,) = findings("G01", "预期目标 培训300人｜完成情况 培训312人 ‖ 预期目标 编写教材2册")

    assert found.path == "goals[1].actual"
    assert found.message == "目标2的“实际完成情况”没有填写。"


def test_an_answered_nested_list_is_silent_and_a_dropped_item_is_named() -> None:
    expected = "1.推动科研协作\n①走访园区企业；\n②召开供需对接会；\n③梳理企业名录。\n2.推动成果转化\n①研究评价标准；\n②完成政策报告。"
    answered = "1.推动科研协作\n①走访园区企业36家。\n②召开对接会5次。\n③梳理名录121家。\n2.推动成果转化\n①研讨评价标准3次。\n②形成《转化政策报告》1份。"
    dropped = "1.推动科研协作\n①走访园区企业36家。\n②召开对接会5次。\n③梳理名录121家。\n2.推动成果转化\n①研讨评价标准3次。"

    assert findings("G03", Case(goals=(Goal(expected=expected, actual=answered),))) == []
    (found,) = findings("G03", Case(goals=(Goal(expected=expected, actual=dropped),)))
    assert "“完成政策报告”（1项）" in found.message
    assert found.data == {"missing": "1", "promised": "5"}


def test_one_copied_text_is_told_once() -> None:
    text = "开展技能培训300人；编写电工教材2册；建设实训基地1处。"
    case = Case(goals=(Goal(expected=text, actual=text),))

    assert len(findings("G02", case)) == 1
    assert findings("G03", case) == []


def test_a_claim_that_all_is_done_is_an_error_only_where_figures_contradict_it() -> None:
    goal = "完成情况 各项绩效指标均已完成。"

    (firm,) = findings("G05", f"{goal} ‖ 指标值 ≥100人｜完成值 80人｜分值 10｜得分 8")
    assert firm.severity is Severity.ERROR
    assert "目标“≥100人”、实际“80人”" in firm.message
    (soft,) = findings("G05", f"{goal} ‖ 指标值 明显改善｜完成值 部分达成年度指标｜分值 10｜得分 7")
    assert soft.severity is Severity.WARNING
    (about,) = findings("G05", f"{goal} ‖ 指标值 ≥100人｜完成值 近100人｜分值 10｜得分 9.9") or (soft,)
    assert about.severity is Severity.WARNING


def _with_row(text: str, name: str, target: str, actual: str) -> Case:
    return Case(
        goals=(Goal(actual=text),), indicators=(Indicator(level3=name, target=target, actual=actual),)
    )


def test_a_figure_is_linked_to_the_row_its_clause_names() -> None:
    (found,) = findings(
        "G06", _with_row("对辖区内118家重点实验室情况进行梳理。", "梳理重点实验室情况", "≥120家", "121家")
    )

    assert found.data == {"row": "indicators[0]", "text": "118家"}
    assert (
        findings(
            "G06", _with_row("对辖区内121家重点实验室情况进行梳理。", "梳理重点实验室情况", "≥120家", "121家")
        )
        == []
    )


def test_a_figure_is_compared_in_the_rows_own_measure() -> None:
    assert findings("G06", _with_row("疏浚辖区河道15600米。", "疏浚辖区河道", "≥15公里", "15.6公里")) == []
    assert findings("G06", _with_row("疏浚辖区河道16600米。", "疏浚辖区河道", "≥15公里", "15.6公里")) != []


def test_parts_that_add_up_or_belong_to_something_else_are_no_contradiction() -> None:
    row = ("举办技能培训班", "≥6期", "6期")

    assert findings("G06", _with_row("举办线上技能培训班4期，举办线下技能培训班2期。", *row)) == []
    assert findings("G06", _with_row("举办技能培训班，其中电工班4期。", *row)) == []
    assert findings("G06", _with_row("举办技能培训班312人次。", *row)) == []


def test_the_execution_rate_in_words_may_be_rounded_or_cut() -> None:
    money = "预算 112.511｜执行 69.6559"  # 61.9103 %

    for rate in ("61.91", "61.9", "62", "61"):
        assert findings("G06", f"完成情况 预算执行率{rate}%，走访企业36家。 ‖ {money}") == []
    (found,) = findings("G06", f"完成情况 预算执行率69.1%，走访企业36家。 ‖ {money}")
    assert "按资金行计算是61.91%" in found.message


def test_named_reports_are_counted_against_their_row() -> None:
    text = "形成《知识产权管理分析报告》和《专利态势分析报告》。"

    assert findings("G06", _with_row(text, "知识产权管理分析报告", "≥1个", "2个")) == []
    (found,) = findings("G06", _with_row(text, "知识产权管理分析报告", "≥1个", "3个"))
    assert found.severity is Severity.HINT
    assert "完成值是“3个”，完成情况在同一句列出2个书名" in found.message


def test_a_renamed_report_is_noticed() -> None:
    case = Case(
        goals=(
            Goal(
                expected="形成《科研环境对比分析报告》。",
                actual="走访36家，形成《科研环境要素对比分析》1份。",
            ),
        )
    )

    (found,) = findings("G06", case)
    assert found.severity is Severity.WARNING
    assert "《科研环境对比分析报告》" in found.message
    assert "《科研环境要素对比分析》" in found.message


def test_vague_words_inside_a_title_do_not_count() -> None:
    assert findings("G07", "完成情况 印发《关于若干问题的意见》1份。") == []
    (found,) = findings("G07", "完成情况 基本完成采购，取得一定成效。")
    assert found.data["words"] == "基本完成,一定成效"


def test_ba_sentences_are_no_plans() -> None:
    assert findings("G08", "完成情况 将12个部门纳入目录；参加将才培训；拟定规范3项。") == []
    (found,) = findings("G08", "完成情况 建成平台1个，将继续扩展。")
    assert found.severity is Severity.HINT


def test_a_lone_figure_answers_only_a_goal_that_is_a_figure() -> None:
    (sent_back,) = findings("G04", "预期目标 维修校舍三处，保障教学秩序｜完成情况 43.2万元")
    (poor,) = findings("G04", "预期目标 补助发放率100%｜完成情况 100%")

    assert (sent_back.severity, poor.severity) == (Severity.ERROR, Severity.WARNING)
