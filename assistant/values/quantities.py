"""The figures in running prose, with their places in it: what text checks and the draft verifier look at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from assistant.domain.value import Approximation, Day, Dimension, Op, Unit
from assistant.values.dates import match_day
from assistant.values.normalise import fold
from assistant.values.numbers import NUMBER, NUMERAL, chinese_numeral, decimal_of
from assistant.values.signs import BEFORE_NUMBER, after_number, op_of
from assistant.values.units import BARE, PERCENT, match_unit


class MentionKind(StrEnum):
    """What a figure in prose is."""

    QUANTITY = "quantity"
    PERCENT = "percent"
    MONEY = "money"
    DATE = "date"
    YEAR = "year"
    DOCNUMBER = "docnumber"
    NUMBER = "number"  # no unit


@dataclass(frozen=True, slots=True)
class Mention:
    """One figure: its span in the raw text, and what it says.

    ``amount`` is in ``unit`` as written; a percentage has unit ``%`` (六成 → 60 %). ``day`` for dates and years.
    """

    start: int
    end: int
    text: str
    kind: MentionKind
    amount: Decimal | None = None
    unit: Unit = BARE
    op: Op | None = None
    approximation: Approximation | None = None
    day: Day | None = None


_DOCNUMBER = re.compile(r"[〔\[【(](?:19|20)\d{2}[〕\]】)](?:第?\d+号)?|第\d+号")
_LIST_MARK = re.compile(
    r"(?:^|(?<=[。；;\n:，,、 ]))(?:\(?\d{1,2}[.、)](?!\d)|\([一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,3}、|[①-⑳]|[一二三四五六七八九十]是)"
)
_ORDINAL = re.compile(rf"第(?:\d+|{NUMERAL}+)[^，。；、\s]?")
_NAMES = re.compile(
    "百度|三明|十[一二三四五]五|五四|双一流|一流|三公|四川|九江|三亚|六安|万州|万宁|百色|千阳|一带一路|两会|三农|三支一扶|五险一金|八项规定|四个意识|四个自信|"
    "两个维护|一体化|一致|一般|一定|一并|一些|一律|统一|一站式|一网通办|十分|万一|百姓|千方百计|三方|一方面|进一步|一系列|一直|一旦|一切|一线|一同|一起|唯一|之一|同一|单一"
)
_TITLE = re.compile(r"《[^《》]*》")
_FIGURE = re.compile(rf"(?<![A-Za-z\d.])(?P<before>{BEFORE_NUMBER})(?P<num>{NUMBER})")
_NUMERAL = re.compile(
    rf"(?P<before>{BEFORE_NUMBER})(?P<num>百分之(?:{NUMERAL}+(?:点{NUMERAL}+)?|{NUMBER})|千分之{NUMERAL}+|{NUMERAL}+成半?(?![立果为员就都熟长人功套本])|半数|一半|{NUMERAL}+(?:点{NUMERAL}+)?)"
)


def find_quantities(text: str) -> tuple[Mention, ...]:
    """Every figure in *text*, in order. Spans are ``str`` indices into *text*.

    List marks (①, 1., （一）, 一是), ordinals, names with numerals in them and the inside of 《》 are passed over.
    """
    seen = fold(text)
    taken = [False] * len(seen)
    found: list[Mention] = []

    def take(start: int, end: int) -> None:
        taken[start:end] = [True] * (end - start)

    for match in _TITLE.finditer(seen):
        take(*match.span())
    for match in _DOCNUMBER.finditer(seen):
        found.append(Mention(*match.span(), text[slice(*match.span())], MentionKind.DOCNUMBER))
        take(*match.span())
    for pattern in (_LIST_MARK, _ORDINAL, _NAMES):
        for match in pattern.finditer(seen):
            if not any(taken[match.start() : match.end()]):
                take(*match.span())
    position = 0
    while position < len(seen):
        dated = None if taken[position] else match_day(seen, position)
        if dated and not (position and seen[position - 1].isalnum() and seen[position - 1].isascii()):
            day, end = dated
            kind = MentionKind.YEAR if day.month is None and day.day is None else MentionKind.DATE
            found.append(Mention(position, end, text[position:end], kind, day=day))
            take(position, end)
            position = end
        else:
            position += 1
    for match in _FIGURE.finditer(seen):
        if not any(taken[match.start("num") : match.end("num")]):
            mention = _figure(text, seen, match, decimal_of(match["num"]))
            if mention:
                found.append(mention)
                take(mention.start, mention.end)
    for match in _NUMERAL.finditer(seen):
        if not any(taken[match.start("num") : match.end("num")]):
            mention = _numeral(text, seen, match)
            if mention:
                found.append(mention)
                take(mention.start, mention.end)
    return tuple(sorted(found, key=lambda mention: mention.start))


def _figure(text: str, seen: str, match: re.Match[str], amount: Decimal | None) -> Mention | None:
    if amount is None:
        return None
    start, end = match.start("num"), match.end("num")
    op, approximation = op_of(match["before"])
    if match["before"]:
        start = match.start("before")
    more, end = after_number(seen, end)
    unit = BARE
    if measured := match_unit(seen, end):
        unit, end = measured
    if more is None:
        more, end = after_number(seen, end)
    kind = MentionKind.NUMBER
    if unit.dimension is Dimension.RATE:
        kind = MentionKind.PERCENT
    elif unit.dimension is Dimension.MONEY:
        kind = MentionKind.MONEY
    elif unit.text:
        kind = MentionKind.QUANTITY
    return Mention(start, end, text[start:end], kind, amount, unit, op, approximation or more)


def _numeral(text: str, seen: str, match: re.Match[str]) -> Mention | None:
    amount = chinese_numeral(match["num"])
    if amount is None:
        return None
    op, approximation = op_of(match["before"])
    start = match.start("before")
    if match["num"][-1] in "成半数" or "分之" in match["num"]:
        end = match.end("num")
        return Mention(
            start, end, text[start:end], MentionKind.PERCENT, amount.scaleb(2), PERCENT, op, approximation
        )
    mention = _figure(text, seen, match, amount)
    return mention if mention and mention.unit.text else None
