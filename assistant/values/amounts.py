"""Two amounts compared under a sign; inexact figures (200余, 约200) only as far as they reach."""

from __future__ import annotations

from decimal import Decimal

from assistant.domain.amounts import HUNDRED, ONE, ZERO, plain
from assistant.domain.value import (
    Approximation,
    Comparison,
    Dimension,
    Direction,
    Kind,
    Op,
    Value,
    Verdict,
)
from assistant.values.context import lost_sign
from assistant.values.convert import Pair, commensurate
from assistant.values.normalise import compact
from assistant.values.ranks import PLACE

_TENTH = Decimal("0.1")


def compare_amounts(target: Value, actual: Value, is_cost: bool, is_bad: bool = False) -> Comparison:
    """Compare two quantities; without a sign the target is at least.

    Money, durations and what is better less (*is_bad*) are undecided without a sign unless equal; a cost is at most.
    """
    pair = commensurate(target, actual)
    if refusal := pair.refusal or _share_or_percent(target, actual) or _lost(target, actual, pair):
        return Comparison(verdict=Verdict.UNDECIDED, notes=(refusal,))
    notes = list(pair.notes)
    if pair.actual < 0 <= pair.target:
        notes.append("实际值为负数，计分时按 0 处理")
        pair.actual = ZERO
    op = target.op
    if op is None and is_cost:
        op = Op.LE
    either_way = pair.money or pair.unit.dimension is Dimension.DURATION or pair.target < 0
    either_way = either_way or (is_bad and pair.target > 0)
    if op is None and either_way:
        direction, verdict = Direction.EQUAL, Verdict.MET
        if pair.actual != pair.target or actual.approximation:
            verdict = Verdict.UNDECIDED
            notes.append("目标没有写“≥”或“≤”，不知多好还是少好，请补上符号")
    else:
        direction, verdict = _judged(op, pair, actual.approximation, notes)
        if open_side := _open_side(actual, direction, pair):
            verdict = Verdict.UNDECIDED
            notes.append(open_side)
        elif verdict is Verdict.OVER and op is Op.LT and actual.op is Op.LT and pair.actual == pair.target:
            verdict = Verdict.MET
    if verdict is Verdict.OVER and pair.unit.base == PLACE:
        return Comparison(verdict=verdict, notes=(*notes, "名次没有达到，得分不能按比例算，由人评定"))
    return Comparison(
        verdict=verdict,
        direction=direction,
        ratio=_ratio(pair),
        target_base=pair.target / pair.scale,
        actual_base=pair.actual / pair.scale,
        notes=tuple(notes),
    )


def compare_range(target: Value, actual: Value) -> Comparison:
    """Inside the range is met, below it short, above it over; the ratio is to the end that was missed."""
    lower = target.model_copy(update={"kind": Kind.QUANTITY})
    upper = lower.model_copy(update={"amount": target.upper})
    low, high = commensurate(lower, actual), commensurate(upper, actual)
    if refusal := low.refusal or _share_or_percent(lower, actual):
        return Comparison(verdict=Verdict.UNDECIDED, notes=(refusal,))
    verdict, pair = Verdict.MET, low
    if _at_open_end(compact(target.raw), low, high):
        return Comparison(verdict=Verdict.UNDECIDED, notes=("实际值刚好在区间不含的一端，需人工判断",))
    if low.actual < low.target:
        verdict = Verdict.SHORT
    elif high.actual > high.target:
        verdict, pair = Verdict.OVER, high
    return Comparison(
        verdict=verdict,
        direction=Direction.WITHIN,
        ratio=_ratio(pair),
        target_base=pair.target / pair.scale,
        actual_base=pair.actual / pair.scale,
        notes=low.notes,
    )


def _at_open_end(seen: str, low: Pair, high: Pair) -> bool:
    """Whether the actual is the very end a round bracket leaves out: 90% of (90%,100%]."""
    if seen[:1] not in {"[", "("} or not ({",", "，"} & set(seen)):
        return False
    return (low.actual == low.target and seen[0] == "(") or (high.actual == high.target and ")" in seen)


def _open_side(actual: Value, direction: Direction, pair: Pair) -> str:
    """Why a bound is no result: 不足80% may be anything below, where at least so much was asked."""
    upward = direction is Direction.UP or (direction is Direction.EQUAL and pair.target > 0)
    below, above = actual.op in {Op.LE, Op.LT}, actual.op in {Op.GE, Op.GT}
    reached = above and pair.actual > pair.target  # over the ceiling, whatever it is
    if (upward and below) or (
        direction is Direction.DOWN and above and not reached and "达" not in actual.raw
    ):
        return f"实际值“{actual.raw.strip()}”只说了一个界限，没有说实际数，请填实际数"
    return ""


def _ratio(pair: Pair) -> Decimal | None:
    """Actual ÷ target; it has no meaning for a target of nothing or below."""
    return pair.actual / pair.target if pair.target > 0 else None


def _share_or_percent(target: Value, actual: Value) -> str:
    """0.93 beside 95%: a share or a percentage?"""
    asked, done = target.amount, actual.amount
    if target.unit.dimension is not Dimension.RATE or actual.unit.text or asked is None or done is None:
        return ""
    looks_share = ZERO < done < ONE or (done == ONE and asked > ONE)
    if not looks_share or asked < ONE:
        return ""
    written = actual.raw.strip()
    return f"实际值“{written}”是小数还是百分数？若是小数，相当于 {plain(done * HUNDRED)}%，请补上单位"


def _lost(target: Value, actual: Value, pair: Pair) -> str:
    """A bare rate target above 100 % that is the actual with a digit before it: 290% beside 90%."""
    if (
        pair.unit.dimension is Dimension.RATE
        and pair.target > ONE >= pair.actual
        and (likely := lost_sign(target, actual))
    ):
        return f"目标值“{target.raw.strip()}”可能是“{likely}”，请对照原件"
    return ""


def _judged(
    op: Op | None, pair: Pair, approximation: Approximation | None, notes: list[str]
) -> tuple[Direction, Verdict]:
    goal = pair.target
    low, high, beyond = _reach(pair.actual, approximation)
    if op in {Op.LE, Op.LT}:
        strict = op is Op.LT
        outside = low > goal or (low == goal and (strict or beyond))
        inside = high < goal or (high == goal and not strict)
        return Direction.DOWN, _settled(inside, outside, Verdict.OVER, notes)
    if goal == 0 and op in {Op.EQ, None}:
        notes.append("目标值为 0：实际不大于 0 得满分，否则不得分")
        return Direction.EQUAL, Verdict.MET if high <= 0 else Verdict.OVER
    if op is Op.EQ and pair.actual > goal:
        notes.append("目标写的是“等于”，实际超过了目标值")
    strict = op is Op.GT
    met = low > goal or (low == goal and (not strict or beyond))
    missed = high < goal or (high == goal and strict)
    return Direction.EQUAL if op is Op.EQ else Direction.UP, _settled(met, missed, Verdict.SHORT, notes)


def _settled(met: bool, missed: bool, miss: Verdict, notes: list[str]) -> Verdict:
    if met:
        return Verdict.MET
    if missed:
        return miss
    notes.append("实际值是约数，离目标值太近，无法判断")
    return Verdict.UNDECIDED


def _reach(amount: Decimal, approximation: Approximation | None) -> tuple[Decimal, Decimal, bool]:
    """The least and the most a figure may mean, and whether it is more than the least: 200余 is over 200."""
    slack = min(abs(amount) * _TENTH, _last_place(amount) / 2)
    match approximation:
        case Approximation.ABOUT:
            return amount - slack, amount + slack, False
        case Approximation.NEARLY:
            return amount - slack, amount, False
        case Approximation.OVER:
            return amount, amount + abs(amount) * _TENTH, True
        case None:
            return amount, amount, False


def _last_place(amount: Decimal) -> Decimal:
    """One unit of the last digit that is no zero: 约520 was rounded to tens, 约500 to hundreds."""
    exponent = amount.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else ZERO
