"""A reading in words: what the user is shown to confirm, and one canonical way of writing it down."""

from __future__ import annotations

from assistant.domain.amounts import plain
from assistant.domain.value import Approximation, Day, Kind, Op, Tier, Value
from assistant.values.days import part_of_month
from assistant.values.ranks import PLACE

_SAID = {Op.GE: "不少于", Op.GT: "多于", Op.EQ: "等于", Op.LE: "不超过", Op.LT: "少于"}
_DUE = {Op.GE: "不早于", Op.GT: "晚于", Op.EQ: "就在", Op.LE: "最迟", Op.LT: "早于"}
_ABOUT = {Approximation.ABOUT: "约 {}", Approximation.OVER: "{}多一些", Approximation.NEARLY: "接近 {}"}
_TIERS = {Tier.FULL: "达成年度指标", Tier.PART: "部分达成年度指标", Tier.MISSED: "未达成年度指标"}
_MULTIPLES = ("万亿", "千万", "百万", "十万", "百", "千", "万", "亿")


def in_words(value: Value) -> str:
    """One short Chinese phrase that says how *value* was understood."""
    match value.kind:
        case Kind.QUANTITY if value.unit.base == PLACE:
            return f"第 {_amount(value)}，名次数字越小越好"
        case Kind.QUANTITY:
            return (_SAID[value.op] + " " if value.op else "") + _amount(value)
        case Kind.RANGE:
            return f"{_number(value, lower=True)} 至 {_number(value)}"
        case Kind.DEADLINE:
            due = _DUE[value.op] + " " if value.op else ""
            return due + _day_in_words(value.day or Day()) + part_of_month(value)
        case Kind.SCALE:
            return f"等级范围：{'、'.join(value.scale)}（没有写明目标是哪一级）"
        case Kind.LEVEL:
            said = _TIERS[value.tier] if value.tier else ""
            return f"等级：{value.level}{f'（{said}）' if said else ''}" if value.level else f"等级：{said}"
        case Kind.YESNO:
            return f"回答：{value.level}"
        case Kind.MULTI:
            return "；".join(in_words(part) for part in value.parts)
        case Kind.NONE:
            return "没有填写"
        case Kind.TEXT:
            return "文字，需人工判断"
        case Kind.UNKNOWN:
            return "看不懂，需人工判断"


def _amount(value: Value) -> str:
    written = _number(value)
    return _ABOUT[value.approximation].format(written) if value.approximation else written


def _number(value: Value, *, lower: bool = False) -> str:
    amount = value.upper if value.kind is Kind.RANGE and not lower else value.amount
    number = "" if amount is None else plain(amount)
    unit = value.unit.text
    return f"{number}{unit}" if unit[:1] in "%‰" else f"{number} {unit}"


def _day_in_words(day: Day) -> str:
    parts = [
        f"{part} {name}"
        for part, name in ((day.year, "年"), (day.month, "月"), (day.day, "日"))
        if part is not None
    ]
    return " ".join(parts)


def printed(value: Value) -> str:
    """*value* written the canonical way; reading it again gives the same kind, sign, number, unit and day."""
    match value.kind:
        case Kind.QUANTITY:
            return _printed_quantity(value)
        case Kind.RANGE:
            low = "" if value.amount is None else plain(value.amount)
            high = "" if value.upper is None else plain(value.upper)
            return f"{low}{value.unit.text}至{high}{value.unit.text}"
        case Kind.DEADLINE:
            return _printed_day(value)
        case Kind.SCALE:
            return "".join(value.scale)
        case Kind.LEVEL:
            tier = {
                Tier.FULL: "达成年度指标",
                Tier.PART: "部分达成年度指标并具有一定效果",
                Tier.MISSED: "未达成年度指标且效果较差",
            }
            return "，".join(part for part in (value.level, tier[value.tier] if value.tier else "") if part)
        case Kind.YESNO:
            return value.level or ""
        case Kind.MULTI:
            return "；".join(printed(part) for part in value.parts)
        case Kind.NONE:
            return ""
        case Kind.TEXT | Kind.UNKNOWN:
            return value.raw


def _printed_quantity(value: Value) -> str:
    sign = value.op.sign if value.op else ""
    number = "" if value.amount is None else plain(value.amount)
    unit = value.unit.text
    match value.approximation:
        case Approximation.ABOUT:
            return f"{sign}约{number}{unit}"
        case Approximation.NEARLY:
            return f"{sign}近{number}{unit}"
        case Approximation.OVER:
            multiple = next((name for name in _MULTIPLES if unit.startswith(name)), "")
            return f"{sign}{number}{multiple}余{unit.removeprefix(multiple)}"
        case None:
            return f"{sign}{number}{unit}"


def _printed_day(value: Value) -> str:
    day = value.day or Day()
    if day.month is None and day.day is not None:
        return f"{value.op.sign if value.op else ''}每月{day.day}日"
    written = "".join(
        f"{part}{name}"
        for part, name in ((day.year, "年"), (day.month, "月"), (day.day, "日"))
        if part is not None
    )
    return (value.op.sign if value.op else "") + written + part_of_month(value)
