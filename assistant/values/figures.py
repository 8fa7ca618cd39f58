"""One figure: sign, number, unit, suffix. Cells and prose read their numbers here, in the same way."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from assistant.domain.amounts import HUNDRED
from assistant.domain.patterns import pattern
from assistant.domain.value import Approximation, Dimension, Op, Unit
from assistant.values.numbers import NUMBER, NUMERAL, chinese_numeral, decimal_of
from assistant.values.signs import BEFORE, after_number, approximation_said, sign_said, suffix
from assistant.values.units import BARE, PERCENT, YUAN, match_unit, unit_of

_SHARE = (
    rf"百分之(?:{NUMERAL}+(?:点{NUMERAL}+)?|{NUMBER})|千分之(?:{NUMERAL}+(?:点{NUMERAL}+)?|{NUMBER})"
    rf"|(?<!完)[一二两三四五六七八九]成[半一二三四五六七八九]?(?![立果为员就都熟长人功套本不])|半数|一半|(?<=[过近超])半(?=[，。；、\u4e00-\u9fff])(?![年月天日小个价岁])|半成(?!品)"
)
FIGURE = pattern(
    rf"{BEFORE}(?P<yuan>[¥￥])?(?:(?P<digits>(?:(?<![\w%])[-+])?{NUMBER})|(?P<share>{_SHARE})|(?P<half>半)(?=个?[年月日天小])|(?P<numeral>{NUMERAL}+(?:点{NUMERAL}+)?))"
)

_HALF = Decimal("0.5")
_SMALLER = {"天": "小时", "小时": "分钟", "个小时": "分钟", "钟头": "分钟", "分钟": "秒", "分": "秒"}
_IN_ONE = {"小时": 24, "分钟": 60, "秒": 60}
_SPELLED = {"小时": "个?小时|钟头", "分钟": "分钟?", "秒": "秒钟?"}
_GOES_ON = {unit: pattern(rf"[零又]?({NUMBER}|{NUMERAL}+)(?:{words})") for unit, words in _SPELLED.items()}


_BRACKETED = pattern(r"\(([^()\d]{1,8})\)")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as written, with its span in the text it was read from.

    ``worded`` is True where the number is spelled in Chinese and counts only before a unit (三场, not 一致).
    """

    start: int
    end: int
    amount: Decimal
    unit: Unit = BARE
    op: Op | None = None
    approximation: Approximation | None = None
    worded: bool = False

    @property
    def dates(self) -> bool:
        """Whether it names a month or a year rather than so many of them: 11月, 2022年."""
        return names_a_date(self.amount, self.unit)


def names_a_date(amount: Decimal, unit: Unit) -> bool:
    """Whether *amount* with *unit* is a month or a year of the calendar: 11月, 2022年."""
    whole = amount == amount.to_integral_value()
    if unit.text == "月":
        return whole and 1 <= amount <= 12
    return unit.text in {"年", "年度", "学年"} and whole and 1900 <= amount < 2100


def figure_at(text: str, start: int = 0) -> Figure | None:
    """The figure that begins in *text* (folded) at *start*, or ``None``."""
    match = FIGURE.match(text, start)
    return None if match is None else figure_of(match)


def figure_of(match: re.Match[str]) -> Figure | None:
    """The figure a match of ``FIGURE`` begins, with all that belongs to it after the number."""
    text, end = match.string, match.end()
    op, approximation = sign_said(match["op"]), approximation_said(match["about"])
    unit = BARE
    if match["half"]:
        amount: Decimal | None = _HALF
    elif match["share"]:
        amount = chinese_numeral("半数" if match["share"] == "半" else match["share"])  # 过半
        if amount is not None:
            amount, unit = amount * HUNDRED, PERCENT
    else:
        amount = decimal_of(match["digits"]) if match["digits"] else chinese_numeral(match["numeral"])
    if amount is None:
        return None
    more, end = after_number(text, end)
    if not unit.text and (measured := match_unit(text, end) or _bracketed(text, end)):
        unit, end = measured
    if "每" not in text[max(0, match.start() - 2) : match.start()]:  # 每周5天8小时 is a timetable
        amount, unit, end = _with_smaller(amount, unit, text, end)
    if more is None:
        more, end = after_number(text, end)
    if (
        more is not None
        and unit.dimension is Dimension.BARE
        and unit.text
        and (rest := match_unit(text, end))
    ):
        unit, end = unit_of(unit.text + rest[0].text), rest[1]  # 1.2万余人
    meant, end = suffix(text, end)
    if match["yuan"] and not unit.text:
        unit = YUAN
    if meant and not unit.text and (measured := match_unit(text, end)):  # 100以上人次
        unit, end = measured
    if more is None:
        more, end = after_number(text, end)
    return Figure(
        start=match.start(),
        end=end,
        amount=amount,
        unit=unit,
        op=op or meant,
        approximation=approximation or more,
        worded=not match["digits"] and not match["share"],
    )


def _with_smaller(amount: Decimal, unit: Unit, text: str, end: int) -> tuple[Decimal, Unit, int]:
    """2分40秒, 1小时45分, 3天12小时: one length of time, in its smallest unit. A year and its months are not exact."""
    while (smaller := _SMALLER.get(unit.text)) and (match := _GOES_ON[smaller].match(text, end)):
        more = decimal_of(match[1]) if match[1][0].isdigit() else chinese_numeral(match[1])
        if more is None or more >= _IN_ONE[smaller] or amount != amount.to_integral_value():
            break
        amount, unit, end = amount * _IN_ONE[smaller] + more, unit_of(smaller), match.end()
    return amount, unit, end


def _bracketed(text: str, start: int) -> tuple[Unit, int] | None:
    """The unit of 12(次) and 85(%); 12(月) is left alone, it may be a month."""
    if (match := _BRACKETED.match(text, start)) is None:
        return None
    measured = match_unit(match[1])
    if measured is None or measured[1] != len(match[1]) or measured[0].text in {"年", "月", "日"}:
        return None
    return measured[0], match.end()
