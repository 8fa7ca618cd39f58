"""Deadlines compared: as exactly as both sides are written, never more."""

from __future__ import annotations

from decimal import Decimal

from assistant.domain.patterns import pattern
from assistant.domain.value import Comparison, Day, Dimension, Kind, Op, Value, Verdict
from assistant.values.dates import longest_day
from assistant.values.normalise import fold
from assistant.values.units import unit_of

_PART_OF_MONTH = pattern(r"月份?(上旬|中旬|下旬|初|中)(?=[之以]?前|完成|\W|$)")
_PARTS = {"上旬": (1, 10), "初": (1, 10), "中旬": (11, 20), "中": (11, 20), "下旬": (21, 31)}

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
    if before and due.day is None:
        return _LATE
    length = longest_day(due.model_copy(update={"year": due_year}))
    latest = _days(target, due, length)[1] - before
    first, last = _days(actual, done, length)
    if last <= latest:
        return _MET
    if first > latest:
        return _LATE
    return _unclear("实际值写得比目标粗，无法判断是否按期，请补上日期")


def _days(value: Value, day: Day, length: int) -> tuple[int, int]:
    """The first and the last day of the month *day* lies in that *value* may mean: 8月中旬 is the 11th to the 20th."""
    if day.day is not None:
        return day.day, day.day
    first, last = _PARTS.get(part_of_month(value), (1, length))
    return first, min(last, length)


def part_of_month(value: Value) -> str:
    """``中旬`` where a deadline names a third of a month and no day, else ``""``."""
    if value.day is None or value.day.month is None or value.day.day is not None:
        return ""
    said = _PART_OF_MONTH.findall(fold(value.raw))
    return str(said[-1]) if said else ""


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
