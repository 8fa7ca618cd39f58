"""Deadlines compared: as exactly as both sides are written, never more."""

from __future__ import annotations

from decimal import Decimal

from assistant.domain.value import Comparison, Dimension, Kind, Op, Value, Verdict
from assistant.values.dates import longest_day
from assistant.values.units import unit_of

_MET = Comparison(verdict=Verdict.MET)
_LATE = Comparison(verdict=Verdict.LATE)


def compare_days(target: Value, actual: Value, year: int | None) -> Comparison:
    """Whether *actual* is in time. A missing year is the form's *year*, else the other side's."""
    due, done = target.day, actual.day
    if due is None or done is None:
        return _unclear("日期不完整，需人工判断")
    due_year, done_year = due.year or year or done.year, done.year or year or due.year
    if due_year is not None and done_year is not None and due_year != done_year:
        return _LATE if done_year > due_year else _MET
    if due.month is None:
        return _MET if due.year is not None else _unclear("目标只写了日，没有写月份，需人工判断")
    if done.month is None:
        return _unclear("实际值没有写明月份，无法判断是否按期")
    before = target.op is Op.LT
    if due.month != done.month:
        return _LATE if done.month > due.month else _MET
    if due.day is None:
        return _LATE if before else _MET
    if done.day is None:
        if due.day >= longest_day(due.model_copy(update={"year": due_year})) and not before:
            return _MET
        return _unclear("实际值只写到月，目标写到日，无法判断是否按期")
    return _LATE if done.day > due.day or (before and done.day == due.day) else _MET


def months_of(target: Value, actual: Value) -> Value | None:
    """``≤12月`` beside ``10个月`` is twelve months, not December; ``None`` where it is a date after all."""
    day = target.day
    if actual.unit.dimension is not Dimension.DURATION or day is None or day.month is None:
        return None
    if day.year is not None or day.day is not None:
        return None
    return Value(
        raw=target.raw, kind=Kind.QUANTITY, op=target.op, amount=Decimal(day.month), unit=unit_of("月")
    )


def _unclear(note: str) -> Comparison:
    return Comparison(verdict=Verdict.UNDECIDED, notes=(note,))
