"""Ratios told in words alone: 四分之三, 翻一番, 两倍. Held against the rates and ratios the facts have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.domain.amounts import HUNDRED
from assistant.drafting.drafter import Fact, Span
from assistant.drafting.labels import GROWTH, RATIO
from assistant.drafting.likeness import ENOUGH, share
from assistant.drafting.proportions import are_so, of_last_two
from assistant.values.numbers import chinese_numeral

_NUMERAL = r"[一二两三四五六七八九十\d]{1,3}"
_FRACTION = re.compile(
    rf"(?P<about>[约近]|大约|超过?|不[足到])?(?P<below>{_NUMERAL})分之(?P<above>{_NUMERAL})(?![点\d])(?P<so>左右|上下)?(?P<over>以上|[多强])?"
)
_DOUBLED = re.compile(rf"翻(?:了)?(?P<times>{_NUMERAL})?[番倍]")
_TIMES = re.compile(
    rf"(?P<grown>[多高增超长加升出大](?:了|出|近)?)?(?P<times>\d+(?:\.\d+)?|{_NUMERAL})倍(?P<more>以上|多|有余)?"
)
_GROWN = re.compile("(?:[增提升超多高长加]|提高|增长|超过|[超高多]出)了?\\Z")
_LESS = re.compile(r"不[到足](?:[^，。；\d]{0,8}的)\Z")  # 不到控制线的四分之一
_MORE = re.compile(r"超过?(?:[^，。；\d]{0,8}的)\Z")
_ABOUT = re.compile(r"(?:约|近|接近|大致)[^，。；\d]{0,8}\Z")
_PERCENTAGE = re.compile(r"(?<![\d.])(\d{1,4}(?:\.\d{1,4})?)[%％]", re.ASCII)
_SENTENCE = re.compile(r"[。；;\n]")
_NEAR = Decimal("2.5")  # percentage points that 约, 近 and 超 allow
_EXACT = Decimal("0.005")
_QUARTER = Decimal("1.25")  # 翻番 is said of twice as much and up to a quarter more
_EVER = Decimal("Infinity")


def multiples(text: str, facts: tuple[Fact, ...]) -> Iterator[Span]:
    """Each such ratio in *text*: bound to the fact it agrees with, or flagged.

    Where the sentence names what a rate is of, only that rate counts; words a fact uses itself are that fact's.
    """
    for match in (found for rule in (_FRACTION, _DOUBLED, _TIMES) for found in rule.finditer(text)):
        between = _between(match)
        if between is None:
            continue
        begin = max((stop.end() for stop in _SENTENCE.finditer(text, 0, match.start())), default=0)
        stop = _SENTENCE.search(text, match.end())
        rates = _spoken_of(text[begin : stop.start() if stop else len(text)], facts)
        is_growth = match.re is _FRACTION and _GROWN.search(text[begin : match.start()]) is not None
        fact = next((fact for fact in rates if _agrees(fact, *between, is_growth=is_growth)), None)
        fact = fact or next((fact for fact in facts if match[0] in fact.text), None)
        is_told = _is_told(text[begin : match.start()], *between) or (
            are_so(text[begin : match.start()], *between)
            if match.re is _TIMES
            else match.re is _FRACTION and of_last_two(text[begin : match.start()], *between)
        )
        why = "" if fact or is_told else "事实里没有这个比例"
        yield Span(start=match.start(), end=match.end(), text=match[0], fact=fact.id if fact else "", why=why)


def _is_told(before: str, low: Decimal, high: Decimal) -> bool:
    """Whether the ratio restates a percentage of its sentence, which is held against the facts itself."""
    return any(low <= Decimal(match[1]) <= high for match in _PERCENTAGE.finditer(before))


def _between(match: re.Match[str]) -> tuple[Decimal, Decimal] | None:
    """What a ratio may be, in percent, for the words to be true; ``None`` where they are no ratio."""
    if match.re is _FRACTION:
        below, above = _number(match["below"]), _number(match["above"])
        if not below or above is None or not 0 < above < below:
            return None
        percent = HUNDRED * above / below
        before = match.string[: match.start()]
        about = match["about"] or ("约" if match["so"] or _ABOUT.search(before) else "")
        if about.startswith("不") or _LESS.search(before):
            return percent - 2 * _NEAR, percent - _EXACT
        if about.startswith("超") or match["over"] or _MORE.search(before):
            return percent + _EXACT, percent + 2 * _NEAR
        slack = _NEAR if about else _EXACT
        return percent - slack, percent + slack
    times = _number(match["times"] or "一")
    if times is None or times > HUNDRED:
        return None
    if match.re is _DOUBLED:
        return HUNDRED * 2 ** int(times), HUNDRED * 2 ** int(times) * _QUARTER
    percent = HUNDRED * (times + 1 if match["grown"] else times)
    places = min(0, int(times.as_tuple().exponent))
    if places or _ABOUT.search(
        match.string[: match.start()]
    ):  # 约为目标的1.4倍; 1.02倍 is rounded in any case
        step = HUNDRED.scaleb(places) / 2
        return percent - step, _EVER if match["more"] else percent + step
    return percent, _EVER if match["more"] else percent


def _number(written: str) -> Decimal | None:
    return Decimal(written) if written[0].isdecimal() else chinese_numeral(written)


def _spoken_of(sentence: str, facts: tuple[Fact, ...]) -> list[Fact]:
    rates = [fact for fact in facts if fact.unit == "%" and fact.amount is not None]
    named = [fact for fact in rates if share(fact.label, sentence) >= ENOUGH]
    return named or rates


def _agrees(fact: Fact, low: Decimal, high: Decimal, *, is_growth: bool) -> bool:
    """Whether the fact's rate lies there; how much more than the target (提高三分之一) is 100 less than the ratio."""
    if fact.amount is None:
        return False
    if GROWTH in fact.label:
        return low <= fact.amount + (0 if is_growth else HUNDRED) <= high
    is_above = is_growth and RATIO in fact.label and fact.amount > HUNDRED
    return low <= fact.amount - (HUNDRED if is_above else 0) <= high
