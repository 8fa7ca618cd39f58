"""X: does the form agree with other documents — as far as the form itself quotes them.

Not here, since they need a second document: X01 (批复的绩效目标申报表), X02 (绩效监控表), X05 (预算批复中的名称和编码).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assistant.checks.check import Outcome, Remark, check
from assistant.checks.form import Form
from assistant.checks.text import without_titles
from assistant.domain.amounts import plain
from assistant.domain.findings import Severity
from assistant.domain.patterns import pattern

_QUOTED_TOTAL = pattern(
    r"(?:自评(?:总|综合|最终)?(?:得分|分数|总分|分值|评分)|自评结果|综合得分|最终得分|总得分|绩效评价得分)\s*(?:为|是|达到?|合计|共计|：|:)?\s*(?P<points>\d{1,3}(?:\.\d+)?)\s*分(?!值)"
)
_QUOTED_GRADE = pattern(
    r"(?:自评|评价)(?:等级|结论|等次|结果)\s*(?:为|是|：|:)?\s*[“\"「]?(?P<grade>优秀?|良好?|中|差)(?![中等级差距])[”\"」]?"
)
_BODY = "局|中心|院|校|所|厅|委|站|馆|镇|乡|街道|大学|学院|医院|公司|委员会"
_OURS = pattern(
    rf"(?<![基资成样日书文原])[我本](?P<body>{_BODY})(?![校院所局长]|以|有|在|内部[^，。]{{0,2}}外)"
)
_SAME_BODY = {
    "校": "校学园中小幼院",
    "院": "院所心",
    "所": "所院心站",
    "委": "委会",
    "中心": "中心院所站",
    "馆": "馆中心院",
    "站": "站中心所",
    "镇": "镇",
    "乡": "乡",
    "街道": "街道办",
    "厅": "厅局",
    "局": "局",
    "大学": "大学",
    "学院": "学院",
    "医院": "医院院",
    "公司": "公司集团",
    "委员会": "委会",
}


def _same(one: Decimal, other: Decimal, tolerance: Decimal) -> bool:
    return abs(one - other) <= tolerance


@check("X03", "文字引用的总分与表不符", Severity.ERROR, "自评报告、汇总表与自评表应一致")
def quoted_total_differs(form: Form) -> Iterator[Outcome]:
    """文字里写的自评得分与表上的总分不同。

    做什么：完成情况或原因中写了“自评得分××分”而表上也有总分时，两者不等就提出；引用的等次与总分对应的等次不同的，作提醒。
    为什么：同一份自评出现两个得分，复核无从采信。
    触发：
    - 总分 95.19｜完成情况 项目全部实施完毕，自评得分98分。
    不触发：
    - 总分 95.19｜完成情况 项目全部实施完毕，自评得分95.19分。
    - 总分 95.19｜完成情况 学员考试平均得分98分。
    来源：自评汇总表与自评表的核对规则。
    """
    totals = [
        total
        for total in (form.sheet.total.entered, form.sheet.total.sum_entered, form.sheet.total.computed)
        if total is not None
    ]
    shown = form.sheet.total.entered
    places = [(f"goals[{index}].actual", goal.actual) for index, goal in enumerate(form.case.goals)]
    places += [(f"{row.path}.reason", row.reason) for row in form.scored_rows if "总分" in row.reason]
    for path, text in places:
        if "得分" not in text and "自评" not in text and "评价" not in text:
            continue
        found = _QUOTED_TOTAL.search(without_titles(text))
        if found and shown is not None:
            quoted = Decimal(found["points"])
            if not any(_same(quoted, total, form.profile.rounding.tolerance) for total in totals):
                yield Remark(
                    path=path,
                    cell=text,
                    message=f"文字写“{found[0]}”，表上的总分是{plain(shown)}分。",
                    fix="核对后改成同一个得分。",
                    data={"quoted": str(quoted), "total": str(shown)},
                )
        graded = _QUOTED_GRADE.search(without_titles(text))
        if graded and form.sheet.grade and graded["grade"][0] != form.sheet.grade[0]:
            yield Remark(
                path=path,
                cell=text,
                message=f"文字写“{graded[0]}”，按总分应为“{form.sheet.grade}”。",
                fix="核对总分和等次，改成一致。",
                severity=Severity.WARNING,
            )


@check("X04", "文字像是别的单位的", Severity.WARNING, "公开自评表中的实例（套用他人文本）")
def another_units_words(form: Form) -> Iterator[Outcome]:
    """文字自称“我校”“本院”，而单位不是学校、医院，像是套用了别人的文本。

    做什么：文字中“我×”“本×”的单位类别（局、校、院、中心、镇……）与实施单位、主管部门的名称都对不上时提出。
    为什么：套用文本留下的自称，是复核最容易发现的照搬痕迹。
    触发：
    - 单位 某市水利局｜部门 某市水利局｜完成情况 我校全年完成维修3处。
    不触发：
    - 单位 某市第三中学｜部门 某市教育局｜完成情况 我校全年完成维修3处。
    - 单位 某市水利局｜完成情况 我局全年完成维修3处，各校园均已覆盖。
    来源：公开自评表中的实例。
    """
    names = f"{form.case.unit}{form.case.department}"
    if not form.case.unit.strip():
        return
    cells = [(f"goals[{index}].actual", goal.actual) for index, goal in enumerate(form.case.goals)]
    cells += [(f"goals[{index}].expected", goal.expected) for index, goal in enumerate(form.case.goals)]
    cells += [(f"{row.path}.reason", row.reason) for row in form.scored_rows if row.reason]
    for path, text in cells:
        for found in _OURS.finditer(text):
            body = found["body"]
            if not any(sign in names for sign in _SAME_BODY[body]):
                yield Remark(
                    path=path,
                    cell=text,
                    message=f"文字自称“{found[0]}”，而实施单位是“{form.case.unit.strip()}”。",
                    fix="核对这段文字是否套用了其他单位的，改成本单位的事实。",
                )
                break
