"""D05-D07: 成本指标。"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from assistant.checks.basis import DESIGN
from assistant.checks.check import Outcome, Remark, check, row_check
from assistant.checks.figures import is_floor_on_cost, is_paid_standard
from assistant.checks.form import Form, Row
from assistant.domain.amounts import ZERO, plain
from assistant.domain.findings import Severity
from assistant.domain.patterns import pattern
from assistant.domain.profile import Profile
from assistant.domain.value import Dimension, Kind, Value
from assistant.values.units import unit_of

GUIDE = "财预〔2021〕101号《中央部门项目支出核心绩效目标和指标设置及取值指引（试行）》"
NEAR = Decimal("0.005")  # share by which a cost may differ from the budget and still be the same figure
_TOTAL_COST = pattern(
    r"总成本|总投资|总费用|总支出|项目成本|项目预算|预算控制|控制数|项目总|资金总额|预算总|预算金额|项目经费"
)


@row_check("D05", "成本指标用上限", Severity.ERROR, DESIGN)
def cost_is_a_ceiling(row: Row, profile: Profile) -> Iterator[Outcome]:
    """成本指标用了“≥”。

    做什么：成本指标的指标值带“≥”“>”“不低于”，单位又是金额时报错；节约率、降低额等越多越好的不看，
    发给个人的补助、救助标准不低于某数的只提醒。
    为什么：成本应当控制在一定数以内；写成“≥”等于要求多花钱。
    触发：
    - 二级 成本指标｜三级 项目成本｜指标值 ≥17.4万元｜完成值 17.4万元
    - 二级 经济成本指标｜三级 人均培训费用｜指标值 ≥300元/人｜完成值 300元/人
    - 二级 成本指标｜三级 农村低保标准｜指标值 ≥7200元/年｜完成值 7560元/年
    不触发：
    - 二级 成本指标｜三级 项目成本｜指标值 ≤17.4万元｜完成值 17.4万元
    - 二级 成本指标｜三级 成本节约额｜指标值 ≥2万元｜完成值 3万元
    - 二级 成本指标｜三级 预算执行率｜指标值 ≥95%｜完成值 98%
    来源：复核规则：成本指标用“≤”或“=”。
    """
    if not is_floor_on_cost(row):
        return
    paid = is_paid_standard(row)
    asks = "是成本还是发放标准，请核对" if paid else "等于要求至少花这么多"
    sign = row.target.op.sign if row.target.op else ""
    yield Remark(
        f"{row.path}.target",
        f"{row.place}是成本指标，指标值 {row.cells.target.strip()} 用了“{sign}”，{asks}。",
        fix="改为“≤”或“=”；指标已批复的，下年申报时改正并在本年说明。",
        cell=row.cells.target,
        severity=Severity.WARNING if paid else None,
    )


def _cost_total(row: Row) -> tuple[Value, Value] | None:
    """Target and actual of a cost row about the whole project's money."""
    if not row.counts or "成本" not in {row.area, row.kind} or row.target.kind is not Kind.QUANTITY:
        return None
    if row.target.amount is None or row.target.unit.dimension not in {Dimension.MONEY, Dimension.BARE}:
        return None
    return (row.target, row.actual) if _TOTAL_COST.search(row.cells.level3) else None


def _cost_totals(form: Form) -> Iterator[tuple[Row, Decimal, Value]]:
    """Such rows, with the target in the form's unit and the actual."""
    for row, (asked, done) in form.rows_saying(_cost_total):
        yield row, _in_form_unit(asked.base_amount or ZERO, asked.unit.dimension, form), done


def _in_form_unit(base: Decimal, dimension: Dimension, form: Form) -> Decimal:
    """An amount in 元 (or as written, where no unit is) as an amount of the form."""
    return base / _yuan_in(form.case.money_unit) if dimension is Dimension.MONEY else base


@lru_cache(maxsize=16)
def _yuan_in(unit: str) -> Decimal:
    return unit_of(unit).factor


@check("D06", "成本指标与资金相符", Severity.WARNING, DESIGN)
def cost_agrees_with_money(form: Form) -> Iterator[Outcome]:
    """成本指标的金额与资金栏对不上。

    做什么：总成本、预算控制数一类的成本指标，指标值与全年（或年初）预算数比较，完成值与全年执行数比较。
    为什么：同一张表上两处金额不同，至少有一处不对。
    触发：
    - 预算 112.511｜执行 69.6559 ‖ 二级 成本指标｜三级 项目预算控制数｜指标值 ≤150万元｜完成值 69.6559万元
    - 预算 112.511｜执行 69.6559 ‖ 二级 成本指标｜三级 项目总成本｜指标值 ≤112.511万元｜完成值 112.511万元
    不触发：
    - 预算 112.511｜执行 69.6559 ‖ 二级 成本指标｜三级 项目预算控制数｜指标值 ≤112.511万元｜完成值 全年执行数69.6559万元
    - 预算 112.511｜执行 69.6559 ‖ 二级 成本指标｜三级 人均成本｜指标值 ≤500元｜完成值 480元
    来源：自评表各栏口径一致；没有文件规定。
    """
    money, unit = form.funds, form.case.money_unit
    if money is None:
        return
    for row, target, done in _cost_totals(form):
        budgets = [amount for amount in (money.budget, money.initial) if amount]
        if budgets and not any(_near(target, amount) for amount in budgets):
            yield Remark(
                f"{row.path}.target",
                f"{row.place}指标值 {row.cells.target.strip()}，全年预算 {plain(budgets[0])}{unit}，"
                f"相差 {plain(abs(target - budgets[0]))}{unit}。",
                fix="核对成本指标与预算数；预算调整过的，在说明里写明。",
                cell=row.cells.target,
            )
        if done.kind is not Kind.QUANTITY or done.amount is None or not money.executed:
            continue
        dimension = done.unit.dimension
        if dimension not in {Dimension.MONEY, Dimension.BARE}:
            continue
        spent = _in_form_unit(done.amount * done.unit.factor, dimension, form)
        if not _near(spent, money.executed):
            yield Remark(
                f"{row.path}.actual",
                f"{row.place}完成 {row.cells.actual.strip()}，全年执行数 {plain(money.executed)}{unit}，"
                f"相差 {plain(abs(spent - money.executed))}{unit}。",
                fix="完成值改为全年执行数，或说明两者口径为何不同。",
                cell=row.cells.actual,
            )


def _near(one: Decimal, other: Decimal) -> bool:
    return abs(one - other) <= abs(other) * NEAR


@check("D07", "成本指标不只是总预算", Severity.HINT, f"{GUIDE}：成本指标")
def cost_is_only_the_budget(form: Form) -> Iterator[Outcome]:
    """成本指标只是重复了预算总额。

    做什么：成本指标只有预算总额、没有单位成本时提示。
    为什么：它与预算执行率考核的是同一件事；单位成本才看得出钱花得值不值。
    触发：
    - 预算 112.511｜执行 69.6559 ‖ 二级 成本指标｜三级 项目预算控制数｜指标值 ≤112.511万元｜完成值 69.6559万元
    不触发：
    - 预算 112.511｜执行 69.6559 ‖ 二级 成本指标｜三级 项目预算控制数｜指标值 ≤112.511万元｜完成值 69.6559万元
      ‖ 二级 成本指标｜三级 每场活动成本｜指标值 ≤2万元｜完成值 1.8万元
    - 预算 112.511｜执行 69.6559 ‖ 二级 成本指标｜三级 每场活动成本｜指标值 ≤2万元｜完成值 1.8万元
    来源：财预〔2021〕101号要求按成本类别和单位成本设置（凭记忆，未核对原文）。
    """
    costs = [row for row in form.scored_rows if "成本" in {row.area, row.kind}]
    if not costs or form.funds is None or not form.funds.budget:
        return
    budget = form.funds.budget
    same = {row.index for row, target, _ in _cost_totals(form) if _near(target, budget)}
    if len(same) == len(costs):
        yield Remark(
            f"{costs[0].path}.target",
            f"{costs[0].place}就是全年预算 {plain(budget)}{form.case.money_unit}，与预算执行率重复，没有单位成本。",
            fix="下年改设单位成本（每人、每场、每平方米多少钱）。",
            cell=costs[0].cells.target,
        )
