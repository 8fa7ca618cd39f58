"""Template drafts, word for word. Figures are worked out by hand beside each text."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.catalogue.profiles import load_profile
from assistant.checks.text_items import items
from assistant.domain.case import Note
from assistant.drafting.deviations import Deviation, deviation, draft_paths, is_badly_executed, needs_reason
from assistant.drafting.templates import template_draft
from assistant.scoring.engine import score_case

REASON = "indicators[0].reason"
ACTUAL = "goals[0].actual"


@pytest.mark.parametrize(
    ("row", "kind", "text"),
    [
        (  # 4754 - 4604 = 150; 4604 ÷ 4754 = 0.96844...; 5 - 4.8 = 0.2
            ("数量指标", "特困人员供养人数", ">=4754人", "4604人", "5", "4.8"),
            Deviation.SHORT,
            (
                "年度指标值为≥4754人，实际完成4604人，比指标值少150人，完成率96.84%，自评得分4.8分，扣0.2分。"
                "主要原因：【待补充：未达到指标值的具体原因】。下一步：【待补充：改进措施，写明责任部门、时限和做法】。"
            ),
        ),
        (  # 95 - 93 = 2; 93 ÷ 95 = 0.978947...
            ("满意度指标", "群众满意度", "≥95%", "93%", "10", ""),
            Deviation.SHORT,
            (
                "年度指标值为≥95%，实际为93%，比指标值低2个百分点，完成率97.89%。"
                "主要原因：【待补充：未达到指标值的具体原因】。下一步：【待补充：改进措施，写明责任部门、时限和做法】。"
            ),
        ),
        (
            ("时效指标", "报告完成时间", "2022年11月底前", "2022年12月20日", "5", "4"),
            Deviation.LATE,
            (
                "年度指标值为2022年11月底前，实际为2022年12月20日，晚于计划时间，自评得分4分，扣1分。"
                "主要原因：【待补充：推迟的具体原因】。下一步：【待补充：改进措施，写明责任部门、时限和做法】。"
            ),
        ),
        (  # 5 ÷ 3 = 1.66666...
            ("数量指标", "召开专家会", "≥3次", "5次", "1", "1"),
            Deviation.FAR_OVER,
            (
                "年度指标值为≥3次，实际完成5次，超出2次，为指标值的166.67%。"
                "主要原因：【待补充：实际值高于指标值的原因】。下一步：【待补充：改进措施，如下年度申报时参照近年完成值设定指标值】。"
            ),
        ),
        (  # 5830 - 5300 = 530; 5830 ÷ 5300 = 1.1
            ("成本指标", "救助标准", "<=5300元/户", "5830元/户", "10", "10"),
            Deviation.CEILING,
            (
                "年度指标值为≤5300元/户，实际为5830元/户，超出530元/户，为指标值的110%。"
                "主要原因：【待补充：超出上限的具体原因】。下一步：【待补充：控制措施，写明责任部门、时限和做法】。"
            ),
        ),
        (
            ("社会效益指标", "提供科研条件保障", "优良中低差", "优，达成年度指标", "15", "14"),
            Deviation.PARTIAL,
            (
                "年度指标值为“优良中低差”，实际为“优，达成年度指标”，自评得分14分，扣1分。"
                "主要原因：【待补充：尚未达到的部分及原因】。下一步：【待补充：改进措施，如把指标改为可以量化的表述】。"
            ),
        ),
        (
            ("质量指标", "报告合格率", "≥95%", "95%", "10", "9"),
            Deviation.LOST,
            (
                "年度指标值为≥95%，实际为95%，达到指标值，自评得分9分，扣1分。"
                "主要原因：【待补充：达到指标值而扣分的原因】。下一步：【待补充：改进措施，写明责任部门、时限和做法】。"
            ),
        ),
        (
            ("数量指标", "梳理实验室情况", "≥120家", "121家", "1", "1"),
            Deviation.MET,
            "年度指标值为≥120家，实际完成121家，已完成，无偏差。",
        ),
        (
            ("数量指标", "梳理实验室情况", "≥120家", "", "1", ""),
            Deviation.OPEN,
            "年度指标值为≥120家，【待补充：实际完成值】。",
        ),
    ],
)
def test_every_kind_of_deviation_has_its_text(scored, row, kind, text):
    case, sheet = scored(row)
    draft = template_draft(case, sheet, REASON)
    assert deviation(case, sheet, REASON) is kind
    assert draft.text == text
    assert draft.usable
    assert draft.unsupported == ()
    assert draft.source == "template"


def test_unspent_money_is_explained_on_the_cost_row(scored):
    # 112.511 - 69.6559 = 42.8551; 69.6559 ÷ 112.511 = 0.619103...
    row = ("成本指标", "项目总成本", "≤112.511万元", "69.6559万元", "10", "10")
    case, sheet = scored(row, money=("112.511000", "69.655900"))
    draft = template_draft(case, sheet, REASON)
    assert draft.text == (
        "年度指标值为≤112.511万元，实际为69.6559万元。全年预算112.511万元，执行69.6559万元，执行率61.91%，未执行42.8551万元。"
        "主要原因：【待补充：资金未全部支出的具体原因】。下一步：【待补充：改进措施，写明责任部门、时限和下年度预算如何测算】。"
    )
    assert draft.usable


def test_what_the_user_told_stands_in_its_place(scored):
    notes = (
        Note(path="indicators[0]", text="合作单位推迟签约。", question="为什么没有达到指标值？"),
        Note(
            path="indicators[0]",
            text="由业务处于2023年3月底前补签",
            question="接下来由谁、在什么时候前、做什么？",
        ),
        Note(path="indicators[0]", text="不影响年度总体目标的实现", question="对年度目标有没有影响？"),
    )
    case, sheet = scored(("数量指标", "完成签约", "≥4次", "3次", "4", "3"), notes=notes)
    draft = template_draft(case, sheet, REASON)
    # 4 - 3 = 1; 3 ÷ 4 = 75 %
    assert draft.text == (
        "年度指标值为≥4次，实际完成3次，比指标值少1次，完成率75%，自评得分3分，扣1分。主要原因：合作单位推迟签约。"
        "不影响年度总体目标的实现。下一步：由业务处于2023年3月底前补签。"
    )
    assert draft.pending == ()
    assert draft.usable


GOAL = """完成两项任务。具体包括：
1. 服务协作
①召开专家研讨会；
②梳理国家重点实验室情况；
2. 推动成果落地
①形成政策研究报告；
②开展实地调研。"""


def test_the_narrative_mirrors_the_goal_item_by_item(scored):
    case, sheet = scored(
        ("数量指标", "召开专家研讨会", "≥3次", "5次", "10", "10"),
        ("数量指标", "梳理国家重点实验室", "≥120家", "121家", "10", "10"),
        ("数量指标", "政策研究报告", "≥2个", "1个", "10", "5"),
        ("满意度指标", "实验室满意度", "≥90%", "93%", "10", "10"),
        expected=GOAL,
    )
    draft = template_draft(case, sheet, ACTUAL)
    assert draft.text == (
        "1.服务协作\n"
        "①召开专家研讨会5次；\n"
        "②梳理国家重点实验室121家；\n"
        "2.推动成果落地\n"
        "①政策研究报告1个，未达到年度指标值≥2个；\n"
        "②【待补充：“开展实地调研”的完成情况】。\n"
        "满意度方面，实验室满意度为93%。"
    )
    assert draft.usable
    assert draft.pending == ("【待补充：“开展实地调研”的完成情况】",)


@pytest.mark.parametrize(
    "goal",
    [
        "一、举办培训。二、编写教材。三、开展评估。",
        "（一）举办培训；\n（二）编写教材；\n（三）开展评估。",
        "1.举办培训；2.编写教材；3.开展评估。",
        "一是举办培训；二是编写教材；三是开展评估。",
        "①举办培训②编写教材③开展评估",
        "1、举办培训\n（1）选课\n（2）组班\n2、编写教材",
    ],
)
def test_marks_keep_their_kind_order_and_number(scored, goal):
    case, sheet = scored(("数量指标", "举办培训", "≥3期", "3期", "10", "10"), expected=goal)
    text = template_draft(case, sheet, ACTUAL).text
    assert [(item.style, item.number) for item in items(text)] == [
        (item.style, item.number) for item in items(goal)
    ]
    assert "举办培训3期" in text


def test_low_execution_without_a_cost_row_is_told_in_the_narrative(scored):
    # 57.9 ÷ 100 = 57.90 %
    case, sheet = scored(("数量指标", "新建场馆", "1个", "1个", "10", "10"), money=("100", "57.9"))
    text = template_draft(case, sheet, ACTUAL).text
    assert text == (
        "产出方面，新建场馆1个。\n"
        "全年预算100万元，执行57.9万元，执行率57.90%。主要原因：【待补充：资金未全部支出的原因】。"
    )


def test_an_empty_form_asks_for_everything(scored):
    case, sheet = scored()
    assert template_draft(case, sheet, ACTUAL).text == "【待补充：实际完成情况】"


def test_reasons_are_asked_only_where_they_are_expected(scored):
    case, sheet = scored(
        ("数量指标", "甲", "≥3次", "3次", "10", "10"),
        ("数量指标", "乙", "≥3次", "2次", "10", "6"),
        ("数量指标", "丙", "≥3次", "4次", "10", "10"),  # 133 %: far over
        ("数量指标", "", "/", "/", "", ""),
        ("成本指标", "丁", "≤100万元", "60万元", "10", "10"),
        money=("100", "60"),
    )
    assert [needs_reason(case, sheet, f"indicators[{i}].reason") for i in range(5)] == [
        "",
        "未达到指标值",
        "实际值超过指标值较多",
        "",
        "预算执行率偏低",
    ]
    assert draft_paths(case, sheet, "reasons") == tuple(f"indicators[{i}].reason" for i in (1, 2, 4))
    assert draft_paths(case, sheet, "narrative") == (ACTUAL,)
    assert draft_paths(case, sheet, "all") == (ACTUAL, *draft_paths(case, sheet, "reasons"))


def test_a_cell_that_takes_no_draft_is_an_error(scored):
    case, sheet = scored()
    for path in ("project", "indicators[0].target", "indicators[7].reason", "goals[3].actual"):
        with pytest.raises(KeyError):
            template_draft(case, sheet, path)


def test_what_is_far_over_or_low_is_the_profiles_to_say(scored):
    case, _ = scored(("数量指标", "召开会议", "≥10次", "14次", "10", "10"), money=("100", "88"))
    central = load_profile("central-2020")
    far, near = (
        central.model_copy(update={"over_target": central.over_target.model_copy(update={"ratio": ratio})})
        for ratio in (Decimal("1.4"), Decimal("1.5"))  # 14 ÷ 10 = 1.4
    )
    path = "indicators[0].reason"
    assert deviation(case, score_case(case, far), path) is Deviation.FAR_OVER
    assert deviation(case, score_case(case, near), path) is Deviation.MET
    for limit, low in (("0.88", False), ("0.89", True), (None, False)):  # 88 ÷ 100 = 0.88
        rule = central.execution.model_copy(update={"explain_below": Decimal(limit) if limit else None})
        sheet = score_case(case, central.model_copy(update={"execution": rule}))
        assert is_badly_executed(sheet) is low


@pytest.mark.parametrize(
    ("target", "actual"), [("≥30项", "32次"), ("≥30项", "25次"), ("≥3次", "9个"), ("≥30万元", "32平方米")]
)
def test_a_result_that_counts_another_thing_is_never_told_as_done(scored, target, actual):
    """Neither done nor missed: the text asks, whatever points the row was given."""
    case, sheet = scored(("数量指标", "检查项目", target, actual, "10", "10"))
    text = template_draft(case, sheet, REASON).text
    assert deviation(case, sheet, REASON) is Deviation.OPEN
    assert "【待补充：指标值与实际值单位不同" in text
    assert not any(word in text for word in ("无偏差", "已完成", "未达到", "超出", "完成率"))


@pytest.mark.parametrize(("target", "actual"), [("≥30家", "32个"), ("≥30人", "32名"), ("≥3亩", "2001平方米")])
def test_units_that_say_the_same_leave_a_result_what_it_is(scored, target, actual):
    case, sheet = scored(("数量指标", "检查项目", target, actual, "10", "10"))
    assert deviation(case, sheet, REASON) is Deviation.MET
