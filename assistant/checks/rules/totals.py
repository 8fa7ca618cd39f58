"""A07, A11, A14: 总分、等级与全部满分。"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.basis import RULES, SCORING
from assistant.checks.check import Outcome, Remark, check, not_checked
from assistant.checks.figures import (
    is_rounding,
    total_ceiling,
)
from assistant.checks.form import Form
from assistant.domain.amounts import ZERO, plain
from assistant.domain.findings import Fix, Severity


@check("A07", "总分等于各行之和", Severity.ERROR, SCORING)
def total_adds_up(form: Form) -> Iterator[Outcome]:
    """总分不等于预算执行率得分加各项指标得分。

    做什么：把表上各行得分相加，与总分栏比较；有的行没有得分时，看把缺的行全按满分算能不能达到总分。
    为什么：总分错了，等级和通报都跟着错；这是复核最先核对的数。
    触发：
    - 总分 94｜预算 65.66｜执行 65.07｜资金得分 9 ‖ 分值 90｜得分 84
    - 总分 98｜预算 10｜执行 10｜资金得分 10 ‖ 分值 80｜得分 74 ‖ 分值 10
    - 总分 80｜预算 10｜执行 10｜资金得分 10 ‖ 分值 80｜得分 74 ‖ 分值 10
    不触发：
    - 总分 93｜预算 65.66｜执行 65.07｜资金得分 9 ‖ 分值 90｜得分 84
    - 总分 95.19｜预算 112.511｜执行 69.6559｜资金得分 6.19 ‖ 分值 90｜得分 89
    - 总分 90｜预算 10｜执行 10｜资金得分 10 ‖ 分值 80｜得分 74 ‖ 分值 10
    - 总分 ｜预算 10｜执行 10｜资金得分 10 ‖ 分值 90｜得分 84
    来源：财预〔2020〕10号：自评得分由各项指标得分汇总形成。
    """
    total = form.sheet.total.entered
    if total is None:
        if form.case.total.strip():
            yield not_checked("total", f"总分写作“{form.case.total.strip()}”，不是一个数，未核对。")
        return
    least = form.sheet.total.sum_entered
    if least is None:
        yield not_checked("total", "各行都没有得分，总分未核对。")
        return
    most = total_ceiling(form, least)
    tolerance = form.profile.rounding.tolerance
    if most is None and total >= least:
        yield not_checked("total", f"有的行没有得分也没有分值，已有得分合计 {plain(least)} 分，总分未核对。")
    elif total < least - tolerance or (most is not None and total > most + tolerance):
        exact = most == least
        nearest = least if total < least or most is None else most
        bound = "" if exact else ("已有的" if total < least else "连同没有得分的行全按满分算，")
        yield Remark(
            "total",
            f"总分写 {plain(total)} 分，{bound}各行得分合计 {plain(nearest)} 分，相差 {plain(abs(total - nearest))} 分。",
            fix=f"把总分改为各行之和 {plain(least)} 分。" if exact else "补全各行得分后重新合计。",
            cell=form.case.total,
            cures=(Fix(path="total", text=plain(least), label=f"总分改为 {plain(least)}"),) if exact else (),
            severity=Severity.HINT if exact and is_rounding(total, least) else None,
            data={"sum": plain(least), "difference": plain(total - nearest)},
        )


@check("A11", "等级与总分一致", Severity.ERROR, f"{RULES}：评价等级")
def grade_matches(form: Form) -> Iterator[Outcome]:
    """评价等级与总分对不上。

    做什么：由总分按规则的分数线得出等级，与表上写的比较。
    为什么：等级是对外公布的结论，与总分不符会被要求更正。
    触发：
    - 总分 88｜等级 优｜预算 10｜执行 10｜资金得分 10 ‖ 分值 90｜得分 78
    不触发：
    - 总分 90｜等级 优秀｜预算 10｜执行 10｜资金得分 10 ‖ 分值 90｜得分 80
    - 总分 88｜等级 ｜预算 10｜执行 10｜资金得分 10 ‖ 分值 90｜得分 78
    来源：财预〔2020〕10号：90（含）-100 为优，80（含）-90 为良，60（含）-80 为中，60 以下为差。
    """
    grade = form.case.grade.strip()
    if not grade:
        return
    sheet = form.sheet.total
    total = next(
        (each for each in (sheet.entered, sheet.computed, sheet.sum_entered) if each is not None), None
    )
    names = [each.name for each in form.profile.grades]
    if total is None or not names:
        yield not_checked("grade", "没有总分或所选规则没有分数线，等级未核对。")
        return
    stem = next((name for name in names if grade.startswith(name)), "")
    if not stem:
        yield not_checked("grade", f"等级“{grade}”不在所选规则的等级（{'、'.join(names)}）之中，未核对。")
        return
    right = next((each for each in form.profile.grades if total >= each.least), form.profile.grades[-1])
    if stem != right.name:
        yield Remark(
            "grade",
            f"总分 {plain(total)} 分应为“{right.name}”，等级写的是“{grade}”。",
            fix=f"把等级改为“{right.name}”，或先核对总分。",
            cell=form.case.grade,
            cures=(Fix(path="grade", text=right.name, label=f"等级改为{right.name}"),),
        )


@check("A14", "全部满分", Severity.WARNING, "复核实践：自评流于形式的常见信号")
def everything_full(form: Form) -> Iterator[Outcome]:
    """所有指标都是满分。

    做什么：看是否每一项指标的得分都等于分值。
    为什么：全部满分常被认为自评流于形式，抽查复核时会被重点看。
    触发：
    - 总分 100｜预算 10｜执行 10｜资金得分 10 ‖ 分值 50｜得分 50 ‖ 分值 30｜得分 30 ‖ 分值 10｜得分 10
    不触发：
    - 总分 99｜预算 10｜执行 10｜资金得分 10 ‖ 分值 50｜得分 50 ‖ 分值 30｜得分 29 ‖ 分值 10｜得分 10
    - 分值 50｜得分 50 ‖ 分值 40
    来源：各地自评复核通报中的常见意见，没有文件规定。
    """
    rows = form.scored_rows
    if len(rows) < 3 or not all(row.is_full for row in rows):
        return
    full = plain(sum((row.weight or ZERO for row in rows), ZERO))
    yield Remark(
        "indicators",
        f"{len(rows)} 项指标全部满分（{full}/{full} 分）。",
        fix="逐项核对佐证材料；确实全部完成的，备好依据以便复核。",
    )
