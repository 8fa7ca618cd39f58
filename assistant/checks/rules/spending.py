"""F04, F07, F09-F12: 超支、调整、结余，花的钱与完成情况相称。"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assistant.checks.basis import FORM
from assistant.checks.check import Outcome, Remark, check, not_checked
from assistant.checks.form import Form, Row
from assistant.checks.money import texts_elsewhere, wrong_unit
from assistant.checks.text import told
from assistant.domain.amounts import ZERO, percent, plain, rounded
from assistant.domain.findings import Fix, Severity
from assistant.domain.patterns import pattern

HARDLY_SPENT = Decimal("0.1")  # share of the budget
_EXPLAINS_ADJUSTMENT = pattern(
    r"调整|调增|调减|追加|追减|压减|核减|增加预算|核增|收回|划转|划入|划出|结转|下达"
)


@check("F04", "执行数不超过预算数", Severity.ERROR, FORM)
def not_overspent(form: Form) -> Iterator[Outcome]:
    """全年执行数大于全年预算数。

    做什么：逐行比较执行数与预算数；总额超支为错误，其中某一项超支为提醒。
    为什么：全年预算数已含调整和结转，正常不会超支；超支多半是填错列、漏了追加预算或单位不一致。
    触发：
    - 预算 100｜执行 103.5
    - 预算 100｜执行 100 ‖ 资金 其中:当年财政拨款｜预算 60｜执行 70 ‖ 资金 其他资金｜预算 40｜执行 30
    不触发：
    - 预算 100｜执行 100
    - 预算 ｜执行 20
    来源：预算法：不得超预算支出；执行率最多得满分为各地通行做法。
    """
    for row in form.money:
        if not row.budget or row.budget < 0 or row.executed is None or row.executed <= row.budget:
            continue
        if wrong_unit(row.executed, row.budget):
            continue
        yield Remark(
            f"{row.path}.executed",
            f"“{row.cells.label.strip()}”执行 {plain(row.executed)}，超过全年预算 {plain(row.budget)}，"
            f"多 {plain(row.executed - row.budget)}{form.case.money_unit}。",
            fix="核对两个数；有追加预算或结转资金的，计入全年预算数。",
            cell=row.cells.executed,
            severity=None if row.is_total else Severity.WARNING,
        )


def _explains_adjustment(row: Row) -> bool:
    return _EXPLAINS_ADJUSTMENT.search(told(row.cells.reason)) is not None


@check("F07", "预算调整要说明", Severity.WARNING, FORM)
def adjustment_explained(form: Form) -> Iterator[Outcome]:
    """全年预算数与年初预算数不同，没有说明调整。

    做什么：比较年初预算数与全年预算数；不同时在各处文字里找关于调整、追加、结转的说明。
    为什么：年中调整预算要有批复，复核时会问依据。
    触发：
    - 年初 100｜预算 130｜执行 130
    不触发：
    - 年初 100｜预算 100｜执行 100
    - 年初 100｜预算 130｜执行 130 ‖ 完成情况 6月经批复追加预算30万元，全部用于设备购置。
    - 年初 ｜预算 130｜执行 130
    来源：四川表样要求单独说明年中调整；其他地方为复核实践。
    """
    total = form.funds
    if total is None or total.initial is None or total.budget is None or total.initial == total.budget:
        return
    if wrong_unit(total.initial, total.budget) or form.rows_saying(_explains_adjustment):
        return
    if any(map(_EXPLAINS_ADJUSTMENT.search, texts_elsewhere(form.case))):
        return
    change = "调增" if total.budget > total.initial else "调减"
    yield Remark(
        "funds.total.budget",
        f"年初预算 {plain(total.initial)}，全年预算 {plain(total.budget)}，{change} "
        f"{plain(abs(total.budget - total.initial))}{form.case.money_unit}，没有说明。",
        fix="在实际完成情况里写明调整的时间、金额和批复依据。",
        cell=total.cells.budget,
    )


@check("F09", "指标得分与执行率相称", Severity.WARNING, "预算绩效系统的预警规则")
def points_fit_spending(form: Form) -> Iterator[Outcome]:
    """指标得分率远高于预算执行率。

    做什么：算（指标得分率 - 执行率）÷ 指标得分率，即执行率比得分率低百分之几（不是差几个百分点），超过规则的界限时提醒；
    有得分超出 0 到分值的，先改正得分，不作比较。
    为什么：钱没花多少，任务却几乎全完成，要么预算编大了，要么完成值不实，系统会亮红灯。
    触发：
    - 预算 112.511｜执行 69.6559｜资金得分 6.19 ‖ 分值 90｜得分 89
    不触发：
    - 预算 100｜执行 98｜资金得分 9.8 ‖ 分值 90｜得分 90
    - 预算 100｜执行 60｜资金得分 6 ‖ 分值 90｜得分 55
    - 预算 100｜执行 90｜资金得分 9 ‖ 分值 90｜得分 100
    来源：预算绩效系统的红灯规则，5% 的界限没有文件规定。
    """
    line, limit = form.funds_line, form.profile.execution.share_gap
    if line is None or line.rate_value is None or limit is None:
        return
    rows = [row for row in form.scored_rows if row.weight is not None and row.score is not None]
    points = sum((row.score or ZERO for row in rows), ZERO)
    weights = sum((row.weight or ZERO for row in rows), ZERO)
    if not rows or points <= 0 or weights <= 0:
        return
    wrong = next((row for row in rows if not ZERO <= (row.score or ZERO) <= (row.weight or ZERO)), None)
    if wrong is not None:
        yield not_checked("funds.total", f"{wrong.place}的得分不在 0 到分值之间，得分率与执行率未比较。")
        return
    share = points / weights
    gap = (share - line.rate_value) / share
    if gap <= limit:
        return
    yield Remark(
        "funds.total",
        f"指标得分率 {percent(share)}（{plain(points)}/{plain(weights)}），预算执行率只有 {line.rate}，"
        f"执行率比得分率低 {percent(gap)}（按比例算：两者之差 ÷ 得分率，不是百分点），超过 {percent(limit, 0)}。",
        fix="说明少花钱也完成任务的原因，或核对完成值是否属实；预算编大的，下年据实测算。",
        cell=line.rate,
        data={"gap": plain(rounded(gap, 4))},
    )


@check("F10", "结余比例", Severity.WARNING, "预算绩效系统的预警规则")
def much_unspent(form: Form) -> Iterator[Outcome]:
    """全年预算有两成以上没有花出去。

    做什么：算（全年预算数 - 全年执行数）÷ 全年预算数，超过规则的界限时提醒。
    为什么：结余大，说明预算编制或执行有问题，会影响下年预算安排。
    触发：
    - 预算 112.511｜执行 69.6559
    不触发：
    - 预算 100｜执行 80
    - 预算 100｜执行
    来源：预算绩效系统的黄灯规则，20% 的界限没有文件规定。
    """
    total, limit = form.funds, form.profile.execution.unspent_share
    if total is None or limit is None or not total.budget or total.budget < 0 or total.executed is None:
        return
    left = total.budget - total.executed
    if left / total.budget <= limit:
        return
    yield Remark(
        "funds.total.executed",
        f"全年预算 {plain(total.budget)}{form.case.money_unit}，未执行 {plain(left)}{form.case.money_unit}，"
        f"占 {percent(left / total.budget)}，超过 {percent(limit, 0)}。",
        fix="写明结余的原因和去向（结转、收回或调剂），下年按实际需要编预算。",
        cell=total.cells.executed,
        data={"unspent": plain(left)},
    )


@check("F11", "总分上限", Severity.ERROR, "按执行率限制总分的地方规则")
def total_within_ceiling(form: Form) -> Iterator[Outcome]:
    """总分超过了该执行率允许的最高分。

    做什么：所选规则按执行率规定了总分上限的，比较总分与上限。
    为什么：有的平台规定执行率低于一定比例时总分封顶，超出会被直接改低。
    触发：
    - 规则 platform-manual-2022｜总分 92｜预算 100｜执行 75｜资金得分 7.5 ‖ 分值 90｜得分 84.5
    不触发：
    - 规则 platform-manual-2022｜总分 88｜预算 100｜执行 75｜资金得分 7.5 ‖ 分值 90｜得分 80.5
    - 规则 central-2020｜总分 92｜预算 100｜执行 75｜资金得分 7.5 ‖ 分值 90｜得分 84.5
    来源：某地平台 2022 年操作手册：执行率 70%-80% 总分不超过 89 分，60%-70% 不超过 79 分，以此类推。
    """
    line, total = form.funds_line, form.sheet.total.entered
    if line is None or line.rate_value is None or total is None:
        return
    rate = line.rate_value
    struck = [
        band
        for band in form.profile.execution.ceilings
        if band.low <= rate < band.high and total > band.total
    ]
    for band in struck[:1]:
        yield Remark(
            "total",
            f"执行率 {line.rate}，总分最高 {plain(band.total)} 分，表上写 {plain(total)} 分，"
            f"超出 {plain(total - band.total)} 分。",
            fix=f"总分不超过 {plain(band.total)} 分。",
            cell=form.case.total,
            cures=(Fix(path="total", text=plain(band.total), label=f"总分改为 {plain(band.total)}"),),
        )


@check("F12", "几乎没花钱却全部完成", Severity.WARNING, "复核实践")
def nothing_spent_all_done(form: Form) -> Iterator[Outcome]:
    """资金几乎没有执行，产出却全部满分。

    做什么：执行率低于 10% 时，看产出指标是否全部满分。
    为什么：没花钱怎么完成的？可能用了结转资金、供应商垫付，也可能完成值不实，复核必问。
    触发：
    - 预算 100｜执行 0.08｜资金得分 0.01 ‖ 指标值 100人｜完成值 748人｜分值 50｜得分 50
    不触发：
    - 预算 100｜执行 60｜资金得分 6 ‖ 指标值 100人｜完成值 748人｜分值 50｜得分 50
    - 预算 100｜执行 0.08｜资金得分 0.01 ‖ 指标值 100人｜完成值 20人｜分值 50｜得分 10
    来源：真实自评表中的情形（执行率 0.08%，任务超额完成），没有文件规定。
    """
    line = form.funds_line
    if line is None or line.rate_value is None or not ZERO <= line.rate_value < HARDLY_SPENT:
        return
    rows = [row for row in form.scored_rows if row.area == "产出" and row.kind != "成本"]
    if rows and all(row.is_full for row in rows):
        yield Remark(
            "funds.total",
            f"执行率只有 {line.rate}，{len(rows)} 项产出指标却全部满分。",
            fix="写明任务用什么资金完成（结转、垫付、其他来源），并备好付款或验收材料。",
            cell=line.rate,
        )
