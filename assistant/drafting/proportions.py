"""Ratios of two figures of one sentence: 6:4, 1:1.5, 前者的2.8倍. Held against the figures beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from assistant.domain.amounts import HUNDRED
from assistant.domain.value import Dimension
from assistant.drafting.drafter import Fact, Span
from assistant.drafting.sources import Source, fund_word, sources_of
from assistant.values.quantities import Mention, find_quantities
from assistant.values.units import PERCENT

_RATIO = re.compile(
    r"(?<=[比例重为是成者])(?P<about>约为|大约为?|约|近)?(?P<one>\d+(?:\.\d+)?)[:：∶](?P<two>\d+(?:\.\d+)?)(?![\d:：∶%])(?P<so>左右)?"
)
_IS_RATIO = re.compile(r"比(?:例|重|值)?[^，。；、\d]{0,4}\Z|(?:按|按照|以)\Z|[两二三]者[^，。；、\d]{0,4}\Z")
_ABOUT = re.compile(r"约[^，。；、\d]{0,3}\Z")
_OF_FIGURES = re.compile(r"(?:者|[）)]|[\u4e00-\u9fff]{2})的\Z|相当于[^，。；\d]{0,8}\Z")
_SENTENCE = re.compile(r"[。；;\n]")
_ROUGHLY = Decimal("2.5")  # percentage points of the whole that 约 allows
_EXACT = Decimal("0.5")
_REST = re.compile("地方|其他|其余|配套|自筹")


def proportions(text: str, facts: tuple[Fact, ...]) -> Iterator[Span]:
    """Each 甲与乙之比为6:4 of *text*, flagged unless a fact has it or the sentence's own figures are so.

    Figures in hours (14:30) or after list marks are no ratio.
    """
    for match in _RATIO.finditer(text):
        before = text[: match.start()]
        if _IS_RATIO.search(before) is None:
            continue
        start = match.start()
        said = text[match.start("one") : match.end("two")]
        fact = next((fact for fact in facts if said in fact.text), None)
        begin = max((stop.end() for stop in _SENTENCE.finditer(before)), default=0)
        stop = _SENTENCE.search(text, match.end())
        about = match["about"] or match["so"] or _ABOUT.search(before)
        wanted = HUNDRED * Decimal(match["one"]) / (Decimal(match["one"]) + Decimal(match["two"]))
        slack = _ROUGHLY if about else _EXACT
        sentence = text[begin : stop.start() if stop else len(text)]
        pairs = [*_of_money(sentence, sources_of(facts))] or _last_two(find_quantities(text[begin:start]))
        is_so = any(abs(HUNDRED * one / (one + two) - wanted) <= slack for one, two in pairs if one + two)
        why = "" if fact or is_so else "前后的数不成这个比例"
        yield Span(start=start, end=match.end("two"), text=said, fact=fact.id if fact else "", why=why)


def are_so(before: str, low: Decimal, high: Decimal) -> bool:
    """Whether one of the last figures of *before* is between *low* and *high* percent of another (前者的2.8倍)."""
    if _OF_FIGURES.search(before) is None:
        return False
    half = HUNDRED / 20
    mentions = find_quantities(before)
    pairs = _last_two(mentions)
    if mentions and before[mentions[-1].end :].startswith(("）", ")")):  # 相当于投入（431.5万元）的3.4倍
        pairs = [pair for one in mentions[:-1] for pair in _last_two((one, mentions[-1]))]
    return any(low - half <= HUNDRED * max(pair) / min(pair) <= high + half for pair in pairs)


def of_last_two(before: str, low: Decimal, high: Decimal) -> bool:
    """Whether one of the last figures of *before*, or by how much it is less, is *low* to *high* percent of the other."""
    mentions = find_quantities(before)
    if mentions and mentions[-1].unit == PERCENT:  # 的74.33%，约为四分之三: that is what it says again
        return False
    return any(
        low <= HUNDRED * part / max(pair) <= high
        for pair in _last_two(mentions)
        for part in (min(pair), max(pair) - min(pair))
    )


def _last_two(mentions: Sequence[Mention]) -> list[tuple[Decimal, Decimal]]:
    """The last two figures that are no shares, in base units and as they stand; none where they count two things.

    Only these: of four figures some two are nearly always in the ratio told.
    """
    last = [one for one in mentions if one.amount and one.unit.base and one.unit != PERCENT][-2:]
    if len(last) < 2 or last[0].unit.base != last[1].unit.base:
        return []
    one, two = ((each.amount or Decimal(0)) * each.unit.factor for each in last)
    return [(one, two)]


def _of_money(sentence: str, sources: tuple[Source, ...]) -> Iterator[tuple[Decimal, Decimal]]:
    """A part of the money and the rest of it, where the sentence names the part: 中央与地方之比."""
    for total in sources:
        if (
            not total.fact.path.startswith("funds.total.")
            or total.mention.unit.dimension is not Dimension.MONEY
        ):
            continue
        column = total.fact.path.rpartition(".")[2]
        parts = [one for one in sources if one.fact.path.endswith(f"].{column}") and fund_word(one)]
        named = [one for one in parts if fund_word(one) in sentence]
        if len(named) == 1 and _REST.search(sentence):
            yield named[0].base, total.base - named[0].base
        for one, two in combinations(sorted(named, key=lambda part: sentence.find(fund_word(part))), 2):
            yield one.base, two.base
