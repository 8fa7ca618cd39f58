"""F03, F05, F08: 资金各行相加，预算不为零，单位一致。

F14（与决算、付款明细核对）需要导入明细账，尚未提供。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import chain

from assistant.checks.basis import FORM
from assistant.checks.check import Outcome, Remark, check, not_checked
from assistant.checks.figures import unit_in_last_place
from assistant.checks.form import Form, Money, Row
from assistant.checks.money import TEN_THOUSAND, texts_elsewhere, wrong_unit
from assistant.checks.text import told
from assistant.domain.amounts import ONE, ZERO, plain
from assistant.domain.case import FundRow
from assistant.domain.findings import Fix, Severity
from assistant.domain.patterns import pattern
from assistant.domain.value import Dimension

COLUMNS = (("initial", "年初预算数"), ("budget", "全年预算数"), ("executed", "全年执行数"))
MOST_ROUNDING = Decimal("0.1")  # 万元: more between a total and its parts is no matter of rounding


def _cells(row: FundRow) -> dict[str, str]:
    return {"initial": row.initial, "budget": row.budget, "executed": row.executed}


def _amounts(row: Money) -> dict[str, Decimal | None]:
    return {"initial": row.initial, "budget": row.budget, "executed": row.executed}


@check("F03", "资金各行相加等于总额", Severity.ERROR, FORM)
def parts_add_up(form: Form) -> Iterator[Outcome]:
    """年度资金总额不等于其下各项资金之和。

    做什么：年初预算数、全年预算数、全年执行数三列分别相加比较；空着的格子是“不适用”，不当作零，整列空着的不比。
    为什么：总额与来源对不上，说明有一处抄错，执行率也就不可靠。
    触发：
    - 预算 0｜执行 0 ‖ 资金 其中:本年财政拨款｜预算 89.974｜执行 89.974
    - 预算 20000｜执行 100 ‖ 资金 其中:当年财政拨款｜预算 0｜执行 100 ‖ 资金 上年结转资金｜预算 0 ‖ 资金 其他资金｜预算 0
    - 预算 2000｜执行 1157.97 ‖ 资金 其中:中央财政资金｜预算 2000｜执行 1157.9 ‖ 资金 地方资金 ‖ 资金 其他资金
    不触发：
    - 预算 50｜执行 45 ‖ 资金 其中:当年财政拨款｜预算 40｜执行 36 ‖ 资金 上年结转资金｜预算 10｜执行 9
    - 年初 112.511000｜预算 112.511｜执行 69.6559 ‖ 资金 其中:当年财政拨款｜预算 112.511｜执行 69.6559
    - 预算 20｜执行 20 ‖ 资金 其中:本年财政拨款 ‖ 资金 其他资金
    - 预算 100 ‖ 资金 财政拨款｜预算 100 ‖ 资金 中央资金｜预算 60 ‖ 资金 地方资金｜预算 40 ‖ 资金 其他资金｜预算 0
    来源：附表：年度资金总额 = 财政拨款 + 上年结转 + 其他资金；金额精确相加。
    """
    total = form.funds
    if total is None:
        return
    parts = [row for row in form.money if not row.is_total]
    for column, name in COLUMNS:
        whole = _amounts(total)[column]
        filled = [(row, amount) for row in parts if (amount := _amounts(row)[column]) is not None]
        unread = [
            row for row in parts if _holds_digits(_cells(row.cells)[column]) and _amounts(row)[column] is None
        ]
        if unread:
            yield not_checked(
                f"{unread[0].path}.{column}",
                f"{name}“{_cells(unread[0].cells)[column].strip()}”读不出数，未核对。",
            )
            continue
        if not filled or (whole is None and _holds_digits(_cells(total.cells)[column])):
            continue
        added = sum((amount for _, amount in filled), ZERO)
        flat = sum((amount for row, amount in filled if row is parts[0] or not _is_nested(row)), ZERO)
        if whole is None:
            if added:
                yield Remark(
                    f"funds.total.{column}",
                    f"年度资金总额的{name}空着，其下各项合计 {plain(added)}{form.case.money_unit}。",
                    fix=f"补写总额 {plain(added)}。",
                    cures=(
                        Fix(path=f"funds.total.{column}", text=plain(added), label=f"总额填 {plain(added)}"),
                    ),
                    severity=Severity.WARNING,
                )
            continue
        sums = {added, flat, _outermost(filled)}
        if whole in sums or any(wrong_unit(whole, amount) for amount in sums):
            continue
        sole = len(parts) == 1 and added < whole  # 其中: one source singled out, the others not on the form
        yield Remark(
            f"funds.total.{column}",
            f"{name}：总额 {plain(whole)}，其下各项合计 {_sum_text(filled)}，"
            f"相差 {plain(abs(whole - added))}{form.case.money_unit}。",
            fix="核对各项资金，使其与总额一致；没有的项目留空。",
            cell=_cells(total.cells)[column],
            cures=(Fix(path=f"funds.total.{column}", text=plain(added), label=f"总额改为 {plain(added)}"),),
            severity=Severity.WARNING
            if sole
            else _adding_severity(whole - added, [amount for _, amount in filled]),
            data={"total": plain(whole), "sum": plain(added)},
        )


def _outermost(filled: list[tuple[Money, Decimal]]) -> Decimal:
    """The sum without rows that only break down the row before them: 财政拨款 100, 中央 60, 地方 40 is 100."""
    amounts = [amount for _, amount in filled]
    total, position = ZERO, 0
    while position < len(amounts):
        whole, run, below = amounts[position], position + 1, ZERO
        while run < len(amounts) and below < whole:
            below += amounts[run]
            run += 1
        broken_down = below == whole and run - position > 2
        total += whole
        position = run if broken_down else position + 1
    return total


def _is_nested(row: Money) -> bool:
    return row.cells.label.strip().startswith(("其中", "#其中", "（其中", "(其中"))


def _holds_digits(cell: str) -> bool:
    return any(sign.isdigit() for sign in cell)


def _sum_text(filled: list[tuple[Money, Decimal]]) -> str:
    parts = " + ".join(plain(amount) for _, amount in filled)
    return parts if len(filled) == 1 else f"{parts} = {plain(sum((amount for _, amount in filled), ZERO))}"


def _adding_severity(difference: Decimal, parts: list[Decimal]) -> Severity | None:
    """Several parts, each rounded to its printed place, may add to a little more or less than the total."""
    if len(parts) < 2:
        return None
    allowance = sum((unit_in_last_place(part) for part in parts), ZERO) / 2
    return Severity.HINT if abs(difference) <= min(allowance, MOST_ROUNDING) else None


@check("F05", "全年预算数不为零", Severity.ERROR, FORM)
def budget_not_zero(form: Form) -> Iterator[Outcome]:
    """年度资金总额的全年预算数是零。

    做什么：看总额一行的全年预算数；有执行数、有得分或下面有金额时为错误，整个项目都没有资金时为提醒。
    为什么：除数是零，执行率没有意义，得分也就没有依据。
    触发：
    - 年初 0｜预算 0｜执行 207.4538｜执行率 100%｜资金得分 10
    - 预算 0｜执行 0｜执行率 0｜资金得分 0 ‖ 资金 其中:本年财政拨款｜预算 89.974｜执行 89.974
    - 预算 0｜执行 0｜执行率 100%｜资金得分 10
    不触发：
    - 预算 100｜执行 0｜执行率 0｜资金得分 0
    - 预算 ｜执行
    来源：附表：执行率 = 全年执行数 ÷ 全年预算数。
    """
    total = form.funds
    if total is None or total.budget != ZERO:
        return
    parts = sum((row.budget or row.executed or ZERO for row in form.money if not row.is_total), ZERO)
    if total.executed:
        message = (
            f"全年预算数是 0，却有执行数 {plain(total.executed)}{form.case.money_unit}，执行率算不出来。"
        )
    elif parts:
        message = f"年度资金总额全是 0，其下各项却有 {plain(parts)}{form.case.money_unit}，执行率算不出来。"
    else:
        message = "年度资金总额的预算数、执行数都是 0，执行率没有意义。"
    yield Remark(
        "funds.total.budget",
        message,
        fix="填写全年预算数（含调整和结转）；确实没有资金的项目，按当地要求说明或不列本表。",
        cell=total.cells.budget,
        severity=None if total.executed or parts else Severity.WARNING,
    )


@check("F08", "金额单位一致", Severity.ERROR, FORM)
def one_unit_of_money(form: Form) -> Iterator[Outcome]:
    """金额差了一万倍，像是“元”和“万元”混用。

    做什么：比较同一列总额与各项之和、同一行预算与执行、没写单位的成本金额与预算，看是否相差约一万倍；
    写明了“元”而表头是“万元”的，换算后一致的只作建议。整块都填成了元（或万元）时表内互相对得上，只有别处文字写了同一笔钱，
    或各项金额都大得出奇又都写到两位小数，才作提醒，请人核对。
    为什么：单位错一格，金额就错一万倍。
    触发：
    - 预算 7.29｜执行 72900
    - 预算 250000｜执行 20 ‖ 资金 其中:当年财政拨款｜预算 25｜执行 20
    - 预算 7.29｜执行 7.29 ‖ 二级 成本指标｜三级 执法经费｜指标值 72900｜完成值 72900
    - 预算 7.29｜执行 7.29 ‖ 三级 执法补助经费｜指标值 =72890元｜完成值 72890
    - 年初 1125110.00｜预算 1125110.00｜执行 696559.00
    - 年初 1125110｜预算 1125110｜执行 696559 ‖ 完成情况 预算112.511万元，全部用于设备购置。
    不触发：
    - 年初 1125110｜预算 1125110｜执行 696559
    - 年初 112.51｜预算 112.51｜执行 69.66 ‖ 完成情况 预算112.51万元，全部用于设备购置。
    - 预算 112.511｜执行 69.6559 ‖ 二级 成本指标｜三级 项目控制数｜指标值 ≤112.511万元｜完成值 69.6559万元
    - 预算 30｜执行 30 ‖ 二级 成本指标｜三级 救助标准｜指标值 ≤5300元/户｜完成值 5000元/户
    - 预算 100｜执行 0.08
    来源：附表：金额以万元为单位（部分地方为元）。
    """
    unit = form.case.money_unit
    fix = f"统一换算成{unit}再填。"
    for row in form.money:
        if row.budget and row.executed and wrong_unit(row.budget, row.executed):
            yield Remark(
                f"{row.path}.executed",
                f"“{row.cells.label.strip()}”预算 {plain(row.budget)}、执行 {plain(row.executed)}，相差约一万倍，单位可能不一致。",
                fix=fix,
                cell=row.cells.executed,
            )
    yield from _total_in_another_unit(form, fix)
    yield from _whole_block_in_another_unit(form)
    for indicator, _ in form.rows_saying(_may_be_in_another_unit):
        amount = indicator.target.amount
        if amount is None or form.funds is None or not form.funds.budget:
            continue
        budget = form.funds.budget
        if (
            indicator.target.unit.dimension is Dimension.BARE
            and indicator.kind == "成本"
            and wrong_unit(amount, budget)
        ):
            yield Remark(
                f"{indicator.path}.target",
                f"{indicator.place}指标值 {indicator.cells.target.strip()}，全年预算 {plain(budget)}{unit}，"
                "相差约一万倍，单位可能不一致。",
                fix=fix,
                cell=indicator.cells.target,
            )
        elif indicator.target.unit.text == "元" and unit == "万元" and amount >= TEN_THOUSAND:
            yield Remark(
                f"{indicator.path}.target",
                f"{indicator.place}以元填写（{indicator.cells.target.strip()}），表头金额以万元为单位，"
                f"合 {plain(amount / TEN_THOUSAND)}万元。",
                fix="建议与表头统一，换算成万元填写。",
                cell=indicator.cells.target,
                severity=Severity.HINT,
            )


_SUM_IN_WORDS = pattern(r"(?<![\d.,])(\d[\d,]*(?:\.\d+)?)\s*(万元|元)(?![/／])")
_FILLED_IN_YUAN = Decimal(100_000)  # 万元, that is 十亿元: no project's every item is that large


def _whole_block_in_another_unit(form: Form) -> Iterator[Remark]:
    """A doubt that all of the money block is in 元 under 万元 or the other way round: inside it nothing disagrees."""
    total, unit = form.funds, form.case.money_unit
    if total is None or not total.budget or unit not in {"元", "万元"}:
        return
    own, other = (TEN_THOUSAND, ONE) if unit == "万元" else (ONE, TEN_THOUSAND)
    other_unit = "元" if unit == "万元" else "万元"
    stated: dict[Decimal, str] = {}
    told_in_rows = (sum_told for _, sums in form.rows_saying(_sums_in_reason) for sum_told in sums)
    for amount, words in chain(*map(_sums_in, texts_elsewhere(form.case)), told_in_rows):
        stated.setdefault(amount, words)
    said = stated.get(total.budget * other)
    if said and total.budget * own not in stated and total.budget >= 1:
        why = f"文字里写的是“{said}”，正好是把它当作{other_unit}"
    elif unit == "万元" and _looks_like_yuan(form):
        why = f"各项金额都在 {plain(_FILLED_IN_YUAN)} 以上，又都写到两位小数，像是以元填写"
    else:
        return
    yield Remark(
        "funds.total.budget",
        f"表头的金额单位是{unit}，全年预算填了 {total.cells.budget.strip()}；{why}，请核对单位。",
        fix=f"填的是{other_unit}的，把各项金额换算成{unit}，或把金额单位改成{other_unit}。",
        cell=total.cells.budget,
        severity=Severity.WARNING,
    )


@lru_cache(maxsize=1024)
def _sums_in(text: str) -> tuple[tuple[Decimal, str], ...]:
    """The sums of money a text tells: in 元, and as written."""
    if "元" not in text:
        return ()
    return tuple(
        (Decimal(found[1].replace(",", "")) * (TEN_THOUSAND if found[2] == "万元" else ONE), found[0])
        for found in _SUM_IN_WORDS.finditer(text)
    )


def _sums_in_reason(row: Row) -> tuple[tuple[Decimal, str], ...]:
    return _sums_in(told(row.cells.reason))


def _may_be_in_another_unit(row: Row) -> bool:
    """Whether the target is an amount in 元, or a cost without a unit."""
    unit = row.target.unit
    bare = unit.dimension is Dimension.BARE and row.kind == "成本"
    return row.counts and row.target.amount is not None and (bare or unit.text == "元")


def _looks_like_yuan(form: Form) -> bool:
    """Whether every amount that is not zero is huge for 万元 and printed with two decimals, as accounts print 元."""
    cells = [
        (text.strip(), amount)
        for row in form.money
        for text, amount in zip(_cells(row.cells).values(), _amounts(row).values(), strict=True)
        if amount
    ]
    return bool(cells) and all(
        amount >= _FILLED_IN_YUAN
        and text.rpartition(".")[2].isdecimal()
        and len(text.rpartition(".")[2]) == 2
        and "." in text
        for text, amount in cells
    )


def _total_in_another_unit(form: Form, fix: str) -> Iterator[Outcome]:
    total = form.funds
    if total is None:
        return
    for column, name in COLUMNS:
        whole = _amounts(total)[column]
        added = sum((_amounts(row)[column] or ZERO for row in form.money if not row.is_total), ZERO)
        if whole is not None and wrong_unit(whole, added):
            yield Remark(
                f"funds.total.{column}",
                f"{name}：总额 {plain(whole)}，其下各项合计 {plain(added)}，相差约一万倍，单位可能不一致。",
                fix=fix,
                cell=_cells(total.cells)[column],
            )
