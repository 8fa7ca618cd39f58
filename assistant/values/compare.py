"""Target against actual: reached, short, over, late, or a person must judge. Exact; conversions lose nothing."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext

from assistant.domain.amounts import HUNDRED, ONE, ZERO, plain
from assistant.domain.value import (
    Approximation,
    Comparison,
    Day,
    Dimension,
    Direction,
    Kind,
    Op,
    Tier,
    Unit,
    Value,
    Verdict,
)
from assistant.values.numbers import PRECISION

_BY_TIER = {Tier.FULL: Verdict.MET, Tier.PART: Verdict.PARTIAL, Tier.MISSED: Verdict.SHORT}
_BOTTOM = frozenset(("差", "低", "坏", "不合格", "不达标", "较差"))
_MU = Unit(text="亩", dimension=Dimension.AREA, base="亩")
_SQUARE_METRES_3_MU = Decimal(2000)  # 3 亩 = 2000 平方米


def compare(target: Value, actual: Value, *, is_cost: bool = False, year: int | None = None) -> Comparison:
    """Compare what was asked with what was reached.

    Args:
        target: 年度指标值 as read.
        actual: 实际完成值 as read.
        is_cost: The indicator is a cost: a bare amount is then a ceiling.
        year: The form's year, for dates that leave it out.
    """
    with localcontext() as context:
        context.prec = PRECISION
        return _compare(target, actual, is_cost, year)


def _undecided(*notes: str) -> Comparison:
    return Comparison(verdict=Verdict.UNDECIDED, notes=notes)


def _compare(target: Value, actual: Value, is_cost: bool, year: int | None) -> Comparison:
    if Kind.UNKNOWN in {target.kind, actual.kind}:
        which = "目标值" if target.kind is Kind.UNKNOWN else "实际值"
        return Comparison(verdict=Verdict.UNKNOWN, notes=(f"{which}看不懂，需人工判断",))
    if target.kind is Kind.NONE:
        return _undecided("没有目标值")
    if actual.kind is Kind.NONE:
        return _undecided("没有填写实际值")
    if actual.kind is Kind.LEVEL:
        return _level(target, actual)
    if target.kind is Kind.YESNO:
        return _answer(target, actual)
    if target.kind is Kind.MULTI or actual.kind is Kind.MULTI:
        return _parts(target, actual, is_cost, year)
    if target.kind is Kind.DEADLINE and actual.kind is Kind.DEADLINE:
        return _dates(target, actual, year)
    if target.kind is Kind.RANGE and actual.kind is Kind.QUANTITY:
        return _within(target, actual)
    if target.kind is Kind.QUANTITY and actual.kind is Kind.QUANTITY:
        return _amounts(target, actual, is_cost)
    if target.kind is Kind.QUANTITY and actual.kind is Kind.TEXT:
        return _undecided("目标是数字，实际值是文字，没有数字可以比较")
    if target.kind is actual.kind is Kind.TEXT and target.raw.strip() == actual.raw.strip():
        return _undecided("实际值与目标值文字相同，是否达成需人工判断")
    return _undecided("文字或不同类的值，需人工判断")


def _level(target: Value, actual: Value) -> Comparison:
    notes = ("目标是数字，实际值只写了等级，没有数字可以核对",) if target.kind is Kind.QUANTITY else ()
    if actual.tier is not None:
        return Comparison(verdict=_BY_TIER[actual.tier], notes=notes)
    if target.kind is Kind.LEVEL and target.level == actual.level:
        return Comparison(verdict=Verdict.MET)
    if target.scale and actual.level == target.scale[0]:
        return Comparison(verdict=Verdict.MET)
    if actual.level in _BOTTOM:
        return Comparison(verdict=Verdict.SHORT)
    return _undecided(f"目标没有写明哪一级算达成，实际为“{actual.level}”，需人工判断")


def _answer(target: Value, actual: Value) -> Comparison:
    if actual.kind is not Kind.YESNO:
        return _undecided("目标是“是/否”，实际值没有直接回答，需人工判断")
    return Comparison(verdict=Verdict.MET if target.level == actual.level else Verdict.SHORT)


def _parts(target: Value, actual: Value, is_cost: bool, year: int | None) -> Comparison:
    if target.kind is not Kind.MULTI or actual.kind is not Kind.MULTI:
        whole, single = (target, actual) if target.kind is Kind.MULTI else (actual, target)
        if (
            whole is target
            and whole.doubtful
            and single.kind is Kind.QUANTITY
            and "分档" in "".join(whole.notes)
        ):
            first = _compare(whole.parts[0], single, is_cost, year)
            return (
                first
                if first.verdict is Verdict.MET
                else _undecided("没有达到第一档，得分按分档规则人工判断")
            )
        return _undecided("一格里有几个值，另一格只有一个，需人工判断")
    if len(target.parts) != len(actual.parts):
        return _undecided(f"目标有 {len(target.parts)} 个值，实际有 {len(actual.parts)} 个，需人工对应")
    results = [_compare(t, a, is_cost, year) for t, a in zip(target.parts, actual.parts, strict=True)]
    notes = tuple(
        f"{part.raw}：{note}" for part, one in zip(target.parts, results, strict=True) for note in one.notes
    )
    verdicts = [one.verdict for one in results]
    for bad in (Verdict.UNKNOWN, Verdict.UNDECIDED):
        if bad in verdicts:
            return Comparison(verdict=Verdict.UNDECIDED, notes=notes)
    missed = [verdict for verdict in verdicts if verdict is not Verdict.MET]
    if not missed:
        return Comparison(verdict=Verdict.MET, notes=notes)
    said = f"{len(verdicts)} 个值中有 {len(missed)} 个没有达到"
    if len(missed) < len(verdicts):
        return Comparison(verdict=Verdict.PARTIAL, notes=(said, *notes))
    return Comparison(verdict=missed[0], notes=(said, *notes))


def _dates(target: Value, actual: Value, year: int | None) -> Comparison:
    due, done = target.day, actual.day
    if due is None or done is None:
        return _undecided("日期不完整，需人工判断")
    due_year, done_year = due.year or year or done.year, done.year or year or due.year
    if due_year and done_year and due_year != done_year:
        return Comparison(verdict=Verdict.LATE if done_year > due_year else Verdict.MET)
    if due.month is None or done.month is None:
        if due.month is done.month is None and due.day is None and done.day is None and due_year:
            return Comparison(verdict=Verdict.MET)
        if due.month is None and due.day is None:
            return Comparison(verdict=Verdict.MET)
        return _undecided("实际值没有写明月份，无法判断是否按期")
    if due.month != done.month:
        return Comparison(verdict=Verdict.LATE if done.month > due.month else Verdict.MET)
    if due.day is None:
        if target.op is Op.LT:
            return Comparison(verdict=Verdict.LATE)
        return Comparison(verdict=Verdict.MET)
    if done.day is None:
        if due.day >= _month_end(due):
            return Comparison(verdict=Verdict.MET)
        return _undecided("实际值只写到月，目标写到日，无法判断是否按期")
    late = done.day >= due.day if target.op is Op.LT else done.day > due.day
    return Comparison(verdict=Verdict.LATE if late else Verdict.MET)


def _month_end(day: Day) -> int:
    return {2: 28, 4: 30, 6: 30, 9: 30, 11: 30}.get(day.month or 0, 31)


@dataclass(slots=True)
class _Pair:
    """Two amounts in one unit, or the sentence why there is none."""

    target: Decimal = ZERO
    actual: Decimal = ZERO
    unit: Unit = Unit()
    notes: tuple[str, ...] = ()
    refusal: str = ""


def _common(target: Value, actual: Value) -> _Pair:
    t, a = target.unit, actual.unit
    amount_t, amount_a = target.amount or ZERO, actual.amount or ZERO
    if a.dimension is Dimension.BARE and a.text == "":
        return _Pair(amount_t * t.factor, amount_a * t.factor, t)
    if t.dimension is Dimension.BARE and t.text == "":
        if a.dimension is Dimension.RATE:
            return _Pair(amount_t, amount_a, a, ("目标值没有写单位，按与实际值相同的单位比较",))
        return _Pair(amount_t, amount_a, a)
    base_t, base_a = amount_t * t.factor, amount_a * a.factor
    if Dimension.BARE in {t.dimension, a.dimension}:  # 万 beside 万元 or 万人
        return _Pair(base_t, base_a, t if a.dimension is Dimension.BARE else a)
    if t.dimension is a.dimension is Dimension.COUNT:
        same = t.base == a.base
        return _Pair(base_t, base_a, t, () if same else (f"单位不同：{t.text} / {a.text}",))
    if t.dimension is a.dimension and t.base == a.base:
        return _Pair(base_t, base_a, t)
    if t.dimension is a.dimension is Dimension.AREA:
        if t.base == "亩":
            return _Pair(base_t * _SQUARE_METRES_3_MU, base_a * 3, t)
        return _Pair(base_t * 3, base_a * _SQUARE_METRES_3_MU, t)
    if Dimension.COMPOUND in {t.dimension, a.dimension}:
        tops = t.base.split("/")[0], a.base.split("/")[0]
        if tops[0] == tops[1] and "/" not in min(t.base, a.base, key=len):
            return _Pair(base_t, base_a, t, (f"单位写法不同：{t.text} / {a.text}",))
    return _Pair(refusal=f"单位不能比较：目标是“{t.text}”，实际是“{a.text}”")


def _amounts(target: Value, actual: Value, is_cost: bool) -> Comparison:
    pair = _common(target, actual)
    if pair.refusal:
        return _undecided(pair.refusal)
    notes = list(pair.notes)
    if target.unit.dimension is Dimension.RATE and not actual.unit.text and actual.amount is not None:
        looks_share = (ZERO < actual.amount <= ONE and "." in actual.raw) or ZERO < actual.amount < ONE
        if looks_share and target.amount is not None and target.amount >= ONE:
            shown = plain(actual.amount * HUNDRED)
            return _undecided(f"实际值“{actual.raw.strip()}”是小数还是百分数？若是小数，相当于 {shown}%")
    reached = pair.actual
    if reached < 0:
        notes.append("实际值为负数，计分时按 0 处理")
        reached = ZERO
    goal = pair.target
    money = pair.unit.dimension in {Dimension.MONEY, Dimension.FOREIGN_MONEY} or (
        pair.unit.dimension is Dimension.COMPOUND and pair.unit.base.startswith(("元/", *("美元/", "欧元/")))
    )
    op = target.op
    direction, verdict = _judge(op, goal, reached, pair, actual, target, money, is_cost, notes)
    ratio = None if goal == 0 else reached / goal
    return Comparison(
        verdict=verdict,
        direction=direction,
        ratio=ratio,
        target_base=goal,
        actual_base=reached,
        notes=tuple(notes),
    )


def _judge(
    op: Op | None,
    goal: Decimal,
    reached: Decimal,
    pair: _Pair,
    actual: Value,
    target: Value,
    money: bool,
    is_cost: bool,
    notes: list[str],
) -> tuple[Direction, Verdict]:
    low, high = _span(actual, reached)
    strictly_over = actual.approximation is Approximation.OVER
    if op is None:
        if is_cost:
            op = Op.LE
        elif money or pair.unit.dimension is Dimension.DURATION:
            if low == high == goal:
                return Direction.EQUAL, Verdict.MET
            notes.append("没有写“≥”或“≤”，不知道多好还是少好，请补上符号")
            return Direction.EQUAL, Verdict.UNDECIDED
        elif goal == 0:
            op = Op.EQ
    if op in {Op.LE, Op.LT}:
        inside = high < goal if op is Op.LT else (high <= goal and not (strictly_over and low >= goal))
        outside = low >= goal if op is Op.LT else (low > goal or (strictly_over and low >= goal))
        return Direction.DOWN, _either(inside, outside, Verdict.OVER, notes)
    if op is Op.EQ and goal == 0:
        notes.append("目标值为 0：实际不大于 0 得满分，否则不得分")
        return Direction.EQUAL, Verdict.MET if high <= 0 else Verdict.OVER
    if op is Op.GT:
        return Direction.UP, _either(
            low > goal or (strictly_over and low >= goal), high <= goal, Verdict.SHORT, notes
        )
    if op is Op.EQ and reached > goal:
        notes.append("目标写的是“等于”，实际超过了目标值")
    direction = Direction.EQUAL if op is Op.EQ else Direction.UP
    return direction, _either(low >= goal, high < goal, Verdict.SHORT, notes)


def _either(met: bool, missed: bool, miss: Verdict, notes: list[str]) -> Verdict:
    if met:
        return Verdict.MET
    if missed:
        return miss
    notes.append("实际值是约数，离目标值太近，无法判断")
    return Verdict.UNDECIDED


def _span(actual: Value, reached: Decimal) -> tuple[Decimal, Decimal]:
    """The least and the most an inexact figure may mean: 200余 is more than 200, 约200 within a tenth."""
    match actual.approximation:
        case Approximation.ABOUT:
            return reached * Decimal("0.9"), reached * Decimal("1.1")
        case Approximation.NEARLY:
            return reached * Decimal("0.9"), reached
        case Approximation.OVER:
            return reached, reached * Decimal("1.1")
        case _:
            return reached, reached


def _within(target: Value, actual: Value) -> Comparison:
    lower = target.model_copy(update={"kind": Kind.QUANTITY})
    upper = target.model_copy(update={"kind": Kind.QUANTITY, "amount": target.upper})
    low, high = _common(lower, actual), _common(upper, actual)
    if low.refusal:
        return _undecided(low.refusal)
    verdict = Verdict.MET
    if low.actual < low.target:
        verdict = Verdict.SHORT
    elif high.actual > high.target:
        verdict = Verdict.OVER
    pair = high if verdict is Verdict.OVER else low
    return Comparison(
        verdict=verdict,
        direction=Direction.WITHIN,
        ratio=None if pair.target == 0 else pair.actual / pair.target,
        target_base=pair.target,
        actual_base=pair.actual,
        notes=low.notes,
    )
