"""D09, D10, D15, D17: 指标值可以衡量，期限和目标写明。"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.basis import DESIGN, RULES
from assistant.checks.check import Outcome, Remark, check, row_check
from assistant.checks.form import Form, Row
from assistant.checks.text import squeeze
from assistant.checks.text_names import LONG_NAME, bare_name
from assistant.domain.findings import Severity
from assistant.domain.patterns import pattern
from assistant.domain.profile import Profile
from assistant.domain.value import Dimension, Kind

_VAGUE = pattern(
    r"有效|明显|显著|逐步|持续|不断|进一步|较好|良好|提升|提高|改善|增强|促进|推动|加强|优化|保障|长期|稳定|较大|一定|符合|严格|基本"
)
_MEASURE_NAME = pattern(r"率|比例|占比|比重|度\Z|度[（(]|百分|%|％|增幅|增长|下降|提高|提升\d|完成情况|水平")
_DATED = pattern(r"\d{1,2}\s*月|\d{4}\s*年|季度|年底|年末|\d+\s*(天|日|个?工作日|小时|个月)")


@row_check("D09", "指标值可以衡量", Severity.WARNING, DESIGN)
def target_is_measurable(row: Row, profile: Profile) -> Iterator[Outcome]:
    """指标值是空泛的文字，没有可以衡量的标准。

    做什么：指标值是“有效提升”“效果明显”“逐步改善”一类没有数、没有对象的短语时提醒。
    为什么：说不清怎样算达到，复核时按表述的空泛程度扣 30%、60% 直至全部。
    触发：
    - 指标值 有效提升｜完成值 达成年度指标
    - 指标值 效果明显｜完成值 达成预期指标
    不触发：
    - 指标值 投诉量比上年下降10%｜完成值 下降12%
    - 指标值 ≥3个｜完成值 3个
    - 指标值 优｜完成值 优
    来源：财预〔2020〕10号：指标可衡量；扣分幅度取自成都某区复核规则。
    """
    text = row.cells.target.strip()
    if row.target.kind is not Kind.TEXT or any(sign.isdecimal() for sign in text) or len(text) > LONG_NAME:
        return
    if found := _VAGUE.search(text):
        yield Remark(
            f"{row.path}.target",
            f"{row.place}指标值“{text}”没有可以衡量的标准（“{found[0]}”到什么程度？）。",
            fix="写成可以数、可以比、可以查的说法，例如数量、比例、时间或与上年相比。",
            cell=row.cells.target,
        )


@row_check("D10", "效益指标不凑数字", Severity.WARNING, DESIGN)
def made_up_rate(row: Row, profile: Profile) -> Iterator[Outcome]:
    """效益指标配了一个百分数，却没有说是什么的百分之几。

    做什么：效益指标的名称不是率、比例、度，指标值却是百分数时提醒。
    为什么：“社会效益明显 ≥95%”形式上定量、实际上定性，复核时按不可衡量处理。
    触发：
    - 一级 效益指标｜二级 社会效益指标｜三级 社会效益明显｜指标值 ≥95%｜完成值 95%
    不触发：
    - 一级 效益指标｜二级 社会效益指标｜三级 政策知晓率｜指标值 ≥95%｜完成值 95%
    - 一级 效益指标｜二级 社会效益指标｜三级 投诉下降｜指标值 ≥10%｜完成值 12%
    来源：复核规则：形式上定量、实质上定性的扣分。
    """
    if row.area != "效益" or row.target.kind not in {Kind.QUANTITY, Kind.RANGE}:
        return
    if row.target.unit.dimension is not Dimension.RATE or _MEASURE_NAME.search(bare_name(row)):
        return
    yield Remark(
        f"{row.path}.target",
        f"{row.place}指标值 {row.cells.target.strip()}，没有说是什么占什么的比例。",
        fix="写明分子、分母和数据来源，或改成能直接统计的指标。",
        cell=row.cells.target,
    )


@check("D15", "时效指标有期限", Severity.HINT, DESIGN)
def deadline_said(form: Form) -> Iterator[Outcome]:
    """时效指标只写“及时”“100%”，没有期限。

    做什么：所有时效指标都没有日期、天数时提示。
    为什么：没有期限就说不出及时不及时。
    触发：
    - 二级 时效指标｜三级 费用结算及时性｜指标值 及时｜完成值 及时
    - 二级 时效指标｜三级 项目按时完成率｜指标值 100%｜完成值 100%
    不触发：
    - 二级 时效指标｜三级 项目完成时间｜指标值 2022年11月底前｜完成值 2022年10月
    - 二级 时效指标｜三级 拨付时限（收到申请后10个工作日内）｜指标值 100%｜完成值 100%
    来源：财预〔2020〕10号：时效指标反映完成的及时程度。
    """
    rows = [row for row in form.scored_rows if row.kind == "时效"]
    if not rows:
        return
    for row in rows:
        dated = row.target.kind is Kind.DEADLINE or row.target.unit.dimension is Dimension.DURATION
        if dated or _DATED.search(row.cells.level3) or _DATED.search(row.cells.target):
            return
    yield Remark(
        f"{rows[0].path}.target",
        f"{len(rows)} 项时效指标都没有写明期限（如{rows[0].place}的“{rows[0].cells.target.strip()[:12] or '空'}”）。",
        fix="写明完成的日期或办理的天数。",
        cell=rows[0].cells.target,
    )


@check("D17", "预期目标未填", Severity.WARNING, RULES)
def expected_missing(form: Form) -> Iterator[Outcome]:
    """年度总体目标填了实际完成情况，预期目标是空的。

    做什么：实际完成情况不空而预期目标为空（或只有“/”“—”）时提出；两格都空的见 G01。
    为什么：没有预期目标，完成得怎样无从对照。
    触发：
    - 完成情况 培训312人，编写教材2册。
    不触发：
    - 预期目标 培训300人，编写教材2册。｜完成情况 培训312人，编写教材2册。
    - 预期目标 培训300人，编写教材2册。
    来源：财预〔2020〕10号；自评表表样。
    """
    for index, goal in enumerate(form.case.goals):
        if squeeze(goal.actual) and not squeeze(goal.expected):
            yield Remark(
                path=f"goals[{index}].expected",
                cell=goal.expected,
                message="“实际完成情况”已经填写，“预期目标”却是空的。",
                fix="按批复的绩效目标填写预期目标。",
            )
