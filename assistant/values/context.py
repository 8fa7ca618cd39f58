"""An actual beside its target: what a bare word, a bare number or a sentence means there."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.domain.patterns import pattern
from assistant.domain.value import Day, Dimension, Kind, Op, Value
from assistant.values.levels import leading_tier
from assistant.values.prose import figure_measured_in, quantity_of
from assistant.values.quantities import MentionKind, find_quantities
from assistant.values.ranks import PLACE, read_rank
from assistant.values.units import unit_of

_MONTH = pattern(r"0?([1-9])|(1[0-2])")
_UP = pattern(r"增长|增加|上升|提高|提升|增幅|扩大|增")
_DOWN = pattern(r"下降|降低|减少|降幅|压减|缩减|压缩|降")
_FALL_OF = pattern(rf"(?:{_DOWN.pattern})(?![至到为])")
_NOT_ONE = pattern(
    r"(?:全年|本年|年内|项目?期内|均|一直)*(?:未|没有?|零)(?:发生|出现|发现|产生|收到|接到)(?:过|任何|一起|1起)*[^，,。；;\d]{0,12}[。.]?"
)
_YEAR_MONTH = pattern(r"((?:19|20)\d\d)\.(1[0-2]|0?[1-9])")


def in_view_of(target: Value, actual: Value, seen: str) -> Value:
    """*actual* (read from *seen*, compact) as *target* lets it be understood."""
    if actual.kind is Kind.NONE and _answers(target) and seen in {"无", "没有"}:
        return Value(raw=actual.raw, kind=Kind.YESNO, level=seen)
    if actual.kind is Kind.NONE and target.amount == 0 and seen in {"无", "没有"}:
        return _noted(actual, "目标为 0，“无”可能表示没有发生；请填 0")
    if (
        target.unit.base == PLACE
        and actual.kind is Kind.TEXT
        and (place := read_rank(seen, beside_rank=True))
    ):
        return place.model_copy(update={"raw": actual.raw})
    if _is_worded(target, actual) and (tier := leading_tier(seen)) is not None:
        return Value(raw=actual.raw, kind=Kind.LEVEL, tier=tier)
    if _is_none_at_all(target, actual, seen):
        note = f"“{seen}”按 0 理解"
        zero = Value(raw=actual.raw, kind=Kind.QUANTITY, amount=Decimal(0), notes=(note,))
        return zero.model_copy(update={"unit": target.unit})
    if target.kind is Kind.DEADLINE and actual.kind in {Kind.QUANTITY, Kind.MULTI, Kind.TEXT}:
        return _as_day(actual, seen) or _dated(actual, seen) or actual
    if target.kind is actual.kind is Kind.QUANTITY and _opposed(target.raw, seen):
        note = "目标和实际一个说升、一个说降，不能直接比较"
        return Value(raw=actual.raw, kind=Kind.TEXT, notes=(note,), doubtful=True)
    if target.kind is actual.kind is Kind.QUANTITY and _only_says_down(target, seen):
        return _noted(actual, "实际值写的是下降，目标没有写升还是降：按降幅比较，若指标是增长请改成负数")
    if fallen := _fallen_by(target, actual):
        return fallen
    if target.kind is Kind.QUANTITY and actual.kind is Kind.DEADLINE:
        return _as_months(target, actual) or actual
    if target.kind is Kind.QUANTITY and actual.kind is Kind.TEXT and target.unit.text:
        figure = figure_measured_in(seen, target.unit)
        if figure is not None:
            return quantity_of(seen, figure, doubtful=True).model_copy(update={"raw": actual.raw})
    if actual.kind is Kind.QUANTITY and actual.op is not None and seen[:1] in {"≥", "≤", "<", ">", "="}:
        return _noted(actual, f"实际值前面有“{actual.op.sign}”，像是照抄目标值，应填实际数")
    if lost := lost_sign(target, actual):
        return _noted(actual, f"目标值“{target.raw}”可能是“{lost}”：符号被识别成了数字，请对照原件")
    return actual


def lost_sign(target: Value, actual: Value) -> str:
    """What a target may have been before its sign was read as digits: 290% beside 90% → ≥90%; else ``""``."""
    if target.kind is not Kind.QUANTITY or actual.kind is not Kind.QUANTITY or target.op is not None:
        return ""
    if target.amount is None or actual.amount is None or actual.amount <= 0:
        return ""
    if actual.unit.text and actual.unit.text != target.unit.text:
        return ""
    said, done = format(target.amount, "f"), format(actual.amount, "f")
    return f"≥{done}{target.unit.text}" if len(said) == len(done) + 1 and said.endswith(done) else ""


def _is_worded(target: Value, actual: Value) -> bool:
    words = {Kind.TEXT, Kind.SCALE, Kind.LEVEL}
    return target.kind in words and actual.kind in {Kind.TEXT, Kind.QUANTITY, Kind.MULTI}


def _is_none_at_all(target: Value, actual: Value, seen: str) -> bool:
    """未发生安全事故 beside a target of 0: nothing of what was not to happen did."""
    if target.kind is not Kind.QUANTITY or target.amount != 0 or target.op in {Op.GE, Op.GT}:
        return False
    return actual.kind is Kind.TEXT and _NOT_ONE.fullmatch(seen) is not None


def _answers(target: Value) -> bool:
    return target.kind is Kind.YESNO or (target.kind is Kind.SCALE and "无" in target.scale)


def year_month(target: Value, seen: str) -> Value | None:
    """``2024.12`` of an indicator that asks when is a month, not a number."""
    match = _YEAR_MONTH.fullmatch(seen)
    if match is None:
        return None
    day = Day(year=int(match[1]), month=int(match[2]))
    note = f"按日期理解：{day.text}"
    return Value(raw=target.raw, kind=Kind.DEADLINE, day=day, notes=(note,))


def _as_day(actual: Value, seen: str) -> Value | None:
    """``2022.11`` or ``11`` beside a deadline is a date."""
    day = None
    if match := _YEAR_MONTH.fullmatch(seen):
        day = Day(year=int(match[1]), month=int(match[2]))
    elif match := _MONTH.fullmatch(seen):
        day = Day(month=int(match[0]))
    elif re.fullmatch(r"(?:19|20)\d\d", seen):
        day = Day(year=int(seen))
    if day is None:
        return None
    return Value(
        raw=actual.raw, kind=Kind.DEADLINE, day=day, notes=(f"按日期理解：{day.text}",), doubtful=True
    )


def _dated(actual: Value, seen: str) -> Value | None:
    """The only date of a sentence beside a deadline: 2022年11月15日召开会议."""
    dates = [mention for mention in find_quantities(seen) if mention.kind is MentionKind.DATE]
    if len(dates) != 1:
        return None
    note = f"日期取自文字：{dates[0].text}"
    return Value(raw=actual.raw, kind=Kind.DEADLINE, day=dates[0].day, notes=(note,), doubtful=True)


def _opposed(one: str, other: str) -> bool:
    up, down = (
        (bool(_UP.search(one)), bool(_UP.search(other))),
        (bool(_DOWN.search(one)), bool(_DOWN.search(other))),
    )
    return (up[0] and down[1] and not down[0] and not up[1]) or (
        down[0] and up[1] and not up[0] and not down[1]
    )


def _only_says_down(target: Value, seen: str) -> bool:
    """≥5% beside 同比下降3%: a fall asked for, or growth that failed; the cells do not tell."""
    change = target.unit.dimension is Dimension.RATE and target.op in {Op.GE, Op.GT, None}
    return (
        change
        and bool(_DOWN.match(seen.removeprefix("同比").removeprefix("较上年")))
        and not _DOWN.search(target.raw)
    )


def _fallen_by(target: Value, actual: Value) -> Value | None:
    """-2.6% beside 较上年减少2%: a fall of 2.6 %."""
    if target.kind is not Kind.QUANTITY or actual.kind is not Kind.QUANTITY or not target.amount:
        return None
    if target.amount < 0 or actual.amount is None or actual.amount >= 0:
        return None
    if not _FALL_OF.search(target.raw) or _UP.search(target.raw):
        return None
    written = actual.raw.strip()
    note = f"目标写的是下降，“{written}”按降幅比较；若实际是上升，请写明"
    return _noted(actual.model_copy(update={"amount": -actual.amount}), note)


def _as_months(target: Value, actual: Value) -> Value | None:
    """``12月`` beside ``≤12个月`` is a duration."""
    day = actual.day
    if target.unit.dimension is not Dimension.DURATION or day is None or day.month is None:
        return None
    if day.year is not None or day.day is not None or not re.fullmatch(r"\d{1,2}月", actual.raw.strip()):
        return None
    return Value(
        raw=actual.raw,
        kind=Kind.QUANTITY,
        op=Op.LE if actual.op is Op.LE else None,
        amount=Decimal(day.month),
        unit=unit_of("月"),
        notes=("目标是时长，“月”按月数理解",),
        doubtful=True,
    )


def _noted(value: Value, note: str) -> Value:
    return value.model_copy(update={"notes": (*value.notes, note), "doubtful": True})
