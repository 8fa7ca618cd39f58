"""Points for one indicator: finds the rule its values call for. Which rows count is another matter (``rows``)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from assistant.domain.amounts import ZERO, percent, plain
from assistant.domain.profile import LateRule, Profile
from assistant.domain.value import Comparison, Kind, Value, Verdict
from assistant.scoring import arithmetic
from assistant.scoring.judged import score_tier
from assistant.scoring.outcome import RowPoints, doubts, left_open, settled
from assistant.scoring.quantity import score_quantity
from assistant.values.compare import compare

_QUALITATIVE_TARGETS = {Kind.SCALE, Kind.LEVEL, Kind.TEXT}
_QUALITATIVE_ACTUALS = {Kind.LEVEL, Kind.TEXT, Kind.SCALE}
_EXACT = {Kind.QUANTITY, Kind.RANGE, Kind.DEADLINE, Kind.YESNO}


def score_row(
    target: Value,
    actual: Value,
    weight: Decimal | None,
    profile: Profile,
    *,
    is_cost: bool = False,
    is_bad: bool = False,
    year: int | None = None,
) -> RowPoints:
    """Compare *target* and *actual* and score them under *profile*.

    Args:
        target: 年度指标值 as read.
        actual: 实际完成值 as read.
        weight: 分值; ``None`` leaves all points unknown, the comparison still holds.
        profile: The place's rules.
        is_cost: The row is a 成本指标: a bare target is a ceiling.
        is_bad: Less of it is better, by its name: a bare target leaves the direction open.
        year: The budget year, for dates that do not say theirs.
    """
    comparison = compare(target, actual, is_cost=is_cost, is_bad=is_bad, year=year)
    if weight is None or weight < ZERO:
        said = "没有分值，只核对完成情况" if weight is None else "分值不能为负，不计分"
        return RowPoints(comparison, said, notes=comparison.notes)
    return _scored(target, actual, comparison, weight, profile)


def _scored(
    target: Value, actual: Value, comparison: Comparison, weight: Decimal, profile: Profile
) -> RowPoints:
    if weight == ZERO:
        return settled(comparison, ZERO, profile, rule="分值为 0", working=("分值为 0，得 0",))
    if actual.kind is Kind.NONE:
        blank = left_open(comparison, weight, profile, rule="实际完成值未填，尚不能计分", understood=False)
        return replace(blank, lacks_actual=True)
    if target.kind is Kind.NONE:
        return left_open(comparison, weight, profile, rule="年度指标值未填，由人评定")
    if comparison.verdict is Verdict.UNKNOWN:
        rule = "指标值或完成值没有读懂，请核对后再评"
        return left_open(comparison, weight, profile, rule=rule, understood=False)
    answered = (
        target.kind is not Kind.MULTI and comparison.target_base is not None
    )  # by one part of the actual
    if Kind.MULTI in {target.kind, actual.kind} and actual.kind not in _QUALITATIVE_ACTUALS and not answered:
        return _multi(target, actual, comparison, weight, profile)
    if target.kind in _QUALITATIVE_TARGETS or actual.kind in _QUALITATIVE_ACTUALS:
        return score_tier(actual.tier, comparison, weight, profile)
    if comparison.verdict is Verdict.UNDECIDED:
        return left_open(comparison, weight, profile, rule="不能由规则判定，由人评定")
    if Kind.YESNO in {target.kind, actual.kind}:
        return _yes_or_no(comparison, weight, profile)
    if Kind.DEADLINE in {target.kind, actual.kind}:
        return _deadline(target, actual, comparison, weight, profile)
    return score_quantity(target, actual, comparison, weight, profile)


def _yes_or_no(comparison: Comparison, weight: Decimal, profile: Profile) -> RowPoints:
    if comparison.verdict is Verdict.MET:
        work = (f"符合，得满分 {plain(weight)}",)
        return settled(
            comparison, weight, profile, rule="是否类指标：符合得满分", working=work, article="yesno"
        )
    return settled(
        comparison, ZERO, profile, rule="是否类指标：不符合不得分", working=("不符合，得 0",), article="yesno"
    )


def _deadline(
    target: Value, actual: Value, comparison: Comparison, weight: Decimal, profile: Profile
) -> RowPoints:
    if comparison.verdict is Verdict.MET:
        if actual.kind is Kind.DEADLINE and actual.day is None:  # 及时: somebody's word, not a date
            return score_tier(actual.tier, comparison, weight, profile)
        work = (f"完成时间“{actual.raw.strip()}”不晚于“{target.raw.strip()}”，得满分 {plain(weight)}",)
        return settled(comparison, weight, profile, rule="按期完成得满分", working=work, article="deadline")
    if comparison.verdict is Verdict.LATE and profile.late is LateRule.ZERO:
        return settled(
            comparison,
            ZERO,
            profile,
            rule="逾期完成不得分",
            working=(f"完成时间“{actual.raw.strip()}”晚于“{target.raw.strip()}”，得 0",),
            article="deadline",
            notes=doubts(profile, "late"),
        )
    if comparison.verdict is Verdict.LATE:
        rule = "逾期完成；规则没有写明扣多少，由人评定"
        return left_open(
            comparison, weight, profile, rule=rule, article="deadline", notes=doubts(profile, "late")
        )
    return left_open(comparison, weight, profile, rule="完成时间由人评定", article="deadline")


def _multi(
    target: Value, actual: Value, comparison: Comparison, weight: Decimal, profile: Profile
) -> RowPoints:
    """Several things in one row: full where all are met; else no rule says how they weigh, so a person judges."""
    parts = (*target.parts, *actual.parts)
    if comparison.verdict is Verdict.MET and parts and all(part.kind in _EXACT for part in parts):
        work = (f"各项都达到指标值，得满分 {plain(weight)}",)
        return settled(comparison, weight, profile, rule="多项指标值全部达到得满分", working=work)
    rates = _part_rates(target, actual)
    lines: tuple[str, ...] = ()
    if rates:
        mean = arithmetic.quotient(sum(rates, ZERO), Decimal(len(rates)))
        least = arithmetic.points(arithmetic.product(weight, min(rates)), profile.rounding)
        middle = arithmetic.points(arithmetic.product(weight, mean), profile.rounding)
        lines = (
            f"各项完成率：{'、'.join(percent(rate) for rate in rates)}（超过 100% 按 100%）",
            f"供参考：按最低一项 {least}，按平均 {middle}",
        )
    return left_open(
        comparison,
        weight,
        profile,
        rule="一行里有多项指标值，没有统一算法，由人评定",
        working=lines,
        notes=("建议把这一行拆成几个指标，各给分值。",),
    )


def _part_rates(target: Value, actual: Value) -> tuple[Decimal, ...]:
    """The degree of completion of each part, where target and actual list the same number of plain numbers."""
    if len(target.parts) != len(actual.parts):
        return ()
    rates: list[Decimal] = []
    for goal, reached in zip(target.parts, actual.parts, strict=True):
        ratio = compare(goal, reached).ratio
        if ratio is None:
            return ()
        rates.append(max(ZERO, min(ratio, Decimal(1))))
    return tuple(rates)
