"""The figures in running prose, with their places in it: what text checks and the draft verifier look at."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from assistant.domain.patterns import pattern
from assistant.domain.value import Approximation, Day, Dimension, Op, Unit
from assistant.values.dates import match_day
from assistant.values.figures import FIGURE, Figure, figure_of
from assistant.values.names import DOCUMENT_NUMBER, LIST_MARK, NAMES, ORDINAL, PERIODIC, TITLE
from assistant.values.normalise import fold
from assistant.values.unit_table import MULTIPLES
from assistant.values.units import BARE, counts_in_words


class MentionKind(StrEnum):
    """What a figure in prose is."""

    QUANTITY = "quantity"
    PERCENT = "percent"
    MONEY = "money"
    DATE = "date"
    YEAR = "year"
    DOCNUMBER = "docnumber"
    NUMBER = "number"  # no unit written


@dataclass(frozen=True, slots=True)
class Mention:
    """One figure: its span in the raw text (``text[start:end]``), and what it says.

    ``amount`` is in ``unit`` as written; a share in words has unit ``%`` (六成 → 60 %). ``day`` is for dates and
    years. ``worded`` is True where the number is spelled in Chinese (两项).
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
    worded: bool = False


_NUMERALS = "零〇○一壹二两贰三叁四肆五伍六陆七柒八捌九玖十拾百佰千仟万亿"
_ANY = pattern(rf"[\d{_NUMERALS}半上下年本当]")
_CALENDAR = frozenset(("", "年", "月", "日"))
_TO = pattern(r"-{1,2}|—{1,2}|~|至|到")
_GROWN_TO = pattern(r"(?:增[加长]?|上升|提[高升]|扩大|下?降低?|减少?|缩[短减]|压[缩减])(?:到|至|为|了?到)")
_DATE_HEAD = pattern(r"[\d一二三四五六七八九十第上下年本当]")


def find_quantities(text: str) -> tuple[Mention, ...]:
    """Every figure in *text*, in order, none overlapping. Spans are ``str`` indices into *text*.

    List marks (①, 1., （一）, 一是), ordinals, names with numerals in them and the inside of 《》 are passed over.
    """
    seen = fold(text)
    if _ANY.search(seen) is None:
        return ()
    taken = bytearray(len(seen))
    found: list[Mention] = []
    for sort in (TITLE, DOCUMENT_NUMBER, PERIODIC):
        for match in sort.finditer(seen):
            if _free(taken, *match.span()):
                _take(taken, *match.span())
                if sort is DOCUMENT_NUMBER:
                    found.append(Mention(*match.span(), text[slice(*match.span())], MentionKind.DOCNUMBER))
    found += _dates(text, seen, taken)
    for sort in (LIST_MARK, ORDINAL, NAMES):
        for match in sort.finditer(seen):
            if _free(taken, *match.span()):
                _take(taken, *match.span())
    position = 0
    while (number := FIGURE.search(seen, position)) is not None:
        figure = figure_of(number) if _free(taken, *number.span()) else None
        if figure is None or figure.dates or not _counts(seen, number, figure):
            position = number.end()
            continue
        found.append(_mention(text, figure))
        position = figure.end
    found.sort(key=lambda mention: mention.start)
    return tuple(_with_range_units(seen, found))


def _with_range_units(seen: str, mentions: list[Mention]) -> list[Mention]:
    """3-5万元, 从16.8万增长到19.07万册次: the first end is in the unit of the second."""
    for index, (one, two) in enumerate(pairwise(mentions)):
        if (
            one.kind in {MentionKind.NUMBER, MentionKind.QUANTITY}
            and two.unit.text not in _CALENDAR
            and (
                not one.unit.text or (one.unit.text in MULTIPLES and two.unit.text.startswith(one.unit.text))
            )
            and (_TO.fullmatch(seen[one.end : two.start]) or _GROWN_TO.fullmatch(seen[one.end : two.start]))
        ):
            mentions[index] = replace(one, kind=two.kind, unit=two.unit)
    return mentions


def _free(taken: bytearray, start: int, end: int) -> bool:
    return not any(taken[start:end])


def _take(taken: bytearray, start: int, end: int) -> None:
    taken[start:end] = b"\1" * (end - start)


def _dates(text: str, seen: str, taken: bytearray) -> list[Mention]:
    found = []
    position = 0
    while head := _DATE_HEAD.search(seen, position):
        start = head.start()
        position = start + 1
        before = seen[start - 1] if start else ""
        if seen[start] == "年" and before and before in _NUMERALS:  # 三年内 is so long, 年内 is this year
            continue
        if taken[start] or before == "半" or (before.isascii() and before.isalnum()):
            continue
        dated = match_day(seen, start)
        if dated is None or not _free(taken, start, dated[1]):
            continue
        day, end = dated
        kind = MentionKind.YEAR if day.month is None and day.day is None else MentionKind.DATE
        found.append(Mention(start, end, text[start:end], kind, day=day))
        _take(taken, start, end)
        position = end
    return found


def _counts(seen: str, match: re.Match[str], figure: Figure) -> bool:
    """Whether the number is a figure of its own: not part of a code, not a numeral that only sounds like one."""
    number = match.end("about") if match["about"] else match.end("op") if match["op"] else match.start()
    before = seen[number - 1] if number > 0 else ""
    if match["digits"]:
        return before != "±" and not (before.isascii() and (before.isalnum() or before == "."))
    if match["share"]:
        return True
    if match["half"]:
        return before not in "上下大小多前后" or not before
    first = match["numeral"][0]
    if match["about"] == "上":  # 上千户 is no count to hold against anything
        return False
    if (
        (first in "百千万亿佰仟" and figure.approximation is not Approximation.OVER)
        or match["numeral"] == "零"
        or (before and before in "数几第")
    ):
        return False
    if match["numeral"] == "一" and figure.unit.text in {"个", "次"}:
        return False
    return counts_in_words(figure.unit)


def _mention(text: str, figure: Figure) -> Mention:
    kind = MentionKind.NUMBER
    if figure.unit.dimension is Dimension.RATE:
        kind = MentionKind.PERCENT
    elif figure.unit.dimension is Dimension.MONEY:
        kind = MentionKind.MONEY
    elif figure.unit.text:
        kind = MentionKind.QUANTITY
    return Mention(
        figure.start,
        figure.end,
        text[figure.start : figure.end],
        kind,
        figure.amount,
        figure.unit,
        figure.op,
        figure.approximation,
        worded=figure.worded,
    )
