"""What follows from a row's target and actual: ratio, gap, days. Computed here, so that no text has to compute."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from decimal import Decimal, localcontext

from assistant.domain.amounts import HUNDRED, Rounding, percent, plain, rounded
from assistant.domain.scores import ScoreLine
from assistant.domain.value import Dimension, Direction, Kind
from assistant.drafting.labels import EXCESS, GAP, GROWTH, RATIO, SAVED, SHARE_OF_TARGET, Facts
from assistant.drafting.told import unit_in_name
from assistant.values.numbers import PRECISION


def add_derived(facts: Facts, line: ScoreLine, path: str, label: str = "{}", *, every: bool = False) -> None:
    """Ratio and gap, where target and actual are exact figures of one kind; days between two full dates."""
    _days(facts, line, path, label, every=every)
    pair = _pair(line)
    if pair is None:
        return
    target, actual, unit = pair
    words = f"{plain(actual)} ÷ {plain(target)}"
    is_ceiling = line.comparison is not None and line.comparison.direction is Direction.DOWN
    if target > 0 and actual >= 0:
        ratio = quotient(actual, target)
        name = SHARE_OF_TARGET if is_ceiling else RATIO
        facts.add(
            label.format(name),
            _trimmed(ratio),
            path,
            amount=rounded(ratio * HUNDRED),
            unit="%",
            formula=words,
            kind="derived",
        )
        if every and ratio > 1 and not is_ceiling:
            facts.add(
                label.format(GROWTH),
                percent(ratio - 1),
                path,
                amount=rounded((ratio - 1) * HUNDRED),
                unit="%",
                formula=f"{words} - 1",
                kind="derived",
            )
    if actual != target:
        above = actual > target
        shown = "个百分点" if unit == "%" else unit
        gap = abs(actual - target)
        facts.add(
            label.format(EXCESS if above else SAVED if is_ceiling else GAP),
            f"{plain(gap)}{shown}",
            path,
            amount=gap,
            unit="百分点" if unit == "%" else unit,
            formula=f"{plain(max(actual, target))} - {plain(min(actual, target))}",
            kind="derived",
        )


def _days(facts: Facts, line: ScoreLine, path: str, label: str, *, every: bool = False) -> None:
    """How many days lie between a planned and an actual date; 6月底 is the month's last day where *every* is asked."""
    planned, done = (value.day if value else None for value in (line.target, line.actual))
    if planned is None or done is None:
        return
    if every and planned.year and planned.month and planned.day is None:
        planned = planned.model_copy(update={"day": monthrange(planned.year, planned.month)[1]})
    try:
        dates = [date(day.year or 0, day.month or 0, day.day or 0) for day in (planned, done)]
    except ValueError:  # a date without year, month or day
        return
    days = (dates[1] - dates[0]).days
    if days:
        facts.add(
            label.format("晚于计划" if days > 0 else "早于计划"),
            f"{abs(days)}天",
            path,
            amount=Decimal(abs(days)),
            unit="天",
            formula=f"{dates[1]} - {dates[0]}",
            kind="derived",
        )


def _pair(line: ScoreLine) -> tuple[Decimal, Decimal, str] | None:
    """Target and actual in the target's unit; ``None`` unless both are exact figures that compare."""
    target, actual = line.target, line.actual
    if target is None or actual is None or line.comparison is None:
        return None
    if target.kind is not Kind.QUANTITY or actual.kind is not Kind.QUANTITY:
        return None
    if target.amount is None or actual.amount is None or actual.approximation or target.approximation:
        return None
    one, other = target.unit, actual.unit
    if other.dimension is Dimension.BARE or one == other:
        return target.amount, actual.amount, one.text or unit_in_name(line.name)
    if one.dimension is Dimension.BARE:
        return target.amount, actual.amount, other.text
    if one.dimension is not other.dimension or one.base != other.base:
        return None
    if one.dimension is Dimension.COUNT:  # 4.5万人 and 47260人: in the smaller of the two
        unit = one if one.factor < other.factor else other
        return target.amount * one.factor / unit.factor, actual.amount * other.factor / unit.factor, unit.text
    return target.amount, quotient(actual.amount * other.factor, one.factor), one.text


def quotient(part: Decimal, whole: Decimal) -> Decimal:
    """Divide with far more digits than any figure printed from it. *whole* must not be 0."""
    with localcontext() as context:
        context.prec = PRECISION
        return part / whole


def _trimmed(ratio: Decimal) -> str:
    """A completion rate as prose prints it: 166.67%, 96.84%; 100% only where it is 100%."""
    printed = rounded(ratio * HUNDRED)
    if printed == HUNDRED != ratio * HUNDRED:
        printed = rounded(ratio * HUNDRED, 2, Rounding.TRUNCATE) if ratio < 1 else printed
    return f"{plain(printed)}%"
