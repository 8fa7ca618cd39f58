"""The figures facts contain, and when a figure in a text says the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import lru_cache

from assistant.domain.amounts import HUNDRED, rounded
from assistant.domain.value import Approximation, Dimension, Op, Unit
from assistant.drafting.derived import quotient
from assistant.drafting.drafter import Fact
from assistant.drafting.labels import REST
from assistant.values.normalise import with_wide_stops
from assistant.values.quantities import Mention, MentionKind, find_quantities
from assistant.values.units import unit_of

_STOPS = re.compile(r"[，,。；;：:、\n]")
_BRACKET = re.compile(r"[（(]")
_ROW = re.compile(r"indicators\[\d+\]")
_FUND_WORD = re.compile(r"(?:其中[：:])?(?:当年|本年)?((?!年度|资金|预算|年初|全年)[\u4e00-\u9fff]{2})")
_POINTS = re.compile("（(?:分值|自评得分)）")
_RATES = frozenset({"%", "‰"})
_ANY_COUNT = frozenset({"个", "项"})
"""Classifiers that may stand for another thing's: 121个 for 121家; never for people or times."""
_NO_THINGS = frozenset(
    {
        "次",
        "人次",
        "场次",
        "期次",
        "班次",
        "人",
        "名",
        "位",
        "户",
        "场",
        "期",
        "批",
        "天",
        "亩",
        "册",
        "分",
        "倍",
        "星",
    }
)
_TEN_THOUSAND = Decimal(10_000)
_SQUARE_METRES_IN_3_MU = Decimal(2000)
_DAYS = {"个月": 30, "周": 7, "个星期": 7}
_TENTHS = re.compile("[一二三四五六七八九]成")
_PRINTED = -2  # the exponent of 1268.41
_PEOPLE = ({"人", "名"}, {"人", "位"}, {"名", "位"})
SAME = (
    {"场", "场次"},
    {"期", "期次"},
    {"批", "批次"},
    {"班", "班次"},
    {"篇", "份"},
    *_PEOPLE,
)


@dataclass(frozen=True, slots=True)
class Source:
    """One figure of one fact. ``before`` and ``after`` are what stands around it in the fact's text."""

    fact: Fact
    mention: Mention
    before: str = ""
    after: str = ""

    @property
    def derived(self) -> bool:
        """Whether the core computed it."""
        return self.fact.kind == "derived"

    @property
    def is_told(self) -> bool:
        """Whether it stands in words of the user, not in a cell of its own."""
        return self.fact.kind in {"note", "written", "drafted"}

    @property
    def is_in_words(self) -> bool:
        """Whether the user wrote the words around it: told, or evidence."""
        return self.is_told or self.fact.path.endswith(".evidence")

    @property
    def clause(self) -> str:
        """The words around it, up to the next stop on both sides."""
        return _STOPS.split(self.before)[-1] + _STOPS.split(self.after)[0]

    @property
    def own_words(self) -> str:
        """As ``clause``, but for a bracket behind the figure: 上年 is not said of the first in 68万册（上年55万册）."""
        return _STOPS.split(self.before)[-1] + _BRACKET.split(_STOPS.split(self.after)[0])[0]

    @property
    def row(self) -> str:
        """Whose figure it is: ``indicators[3]``, a cell of the money block, or ``""`` for the form as a whole."""
        if self.is_told:
            return ""
        return _row_of(self.fact.path)

    @property
    def line(self) -> str:
        """As ``row``, with the columns of one line of the money block taken together."""
        if not self.row.startswith("funds"):
            return self.row
        return self.row.partition(".")[0] if fund_word(self) else "funds.total"

    @property
    def role(self) -> str:
        """``target``, ``actual``, ``points``, ``difference`` (computed) or ``""``, by where the fact comes from."""
        if self.is_told:
            return ""
        if self.derived and _POINTS.search(self.fact.label):
            return "points"
        if self.derived:
            is_gap = self.fact.amount is not None and self.fact.unit != "%"
            return "difference" if is_gap and REST not in self.fact.label else ""
        ending = self.fact.path.rpartition(".")[2]
        if ending in {"weight", "score"}:
            return "points"
        if ending in {"target", "expected", "budget", "initial"}:
            return "target"
        return "actual" if ending in {"actual", "executed"} else ""

    @property
    def base(self) -> Decimal:
        """The amount in its dimension's base unit; 0 for dates and document numbers."""
        return (self.mention.amount or Decimal(0)) * self.mention.unit.factor


@lru_cache(maxsize=4096)
def _row_of(path: str) -> str:
    if path.startswith("funds"):
        return path
    match = _ROW.match(path)
    return match[0] if match else ""


@lru_cache(maxsize=32)
def sources_of(facts: tuple[Fact, ...]) -> tuple[Source, ...]:
    """Every figure of every fact: in its text, in its label, and its own amount where the text hides it."""
    found: list[Source] = []
    for fact in facts:
        text = with_wide_stops(fact.text)
        inside = find_quantities(text)
        if fact.kind == "drafted":
            inside = tuple(mention for mention in inside if mention.kind is MentionKind.DOCNUMBER)
        found += (Source(fact, mention, text[: mention.start], text[mention.end :]) for mention in inside)
        found += (
            Source(fact, mention, fact.label[: mention.start]) for mention in find_quantities(fact.label)
        )
        known = any(mention.amount == fact.amount for mention in inside)
        if fact.amount is not None and not known and not any(mention.day for mention in inside):
            unit = unit_of(fact.unit)
            found.append(Source(fact, Mention(0, 0, fact.text, MentionKind.QUANTITY, fact.amount, unit)))
    return tuple(found)


def fund_word(source: Source) -> str:
    """What sets a part of the money apart from the others: 县级 of 其中:县级财政资金; ``""`` for no such part."""
    match = _FUND_WORD.match(source.fact.label)
    return match[1] if match and source.fact.path.startswith("funds[") else ""


def same_amount(mention: Mention, source: Source) -> bool:
    """Whether the figure is the fact's, in common units; rounder only where a word says so."""
    if mention.amount is None or source.mention.amount is None:
        return False
    said = mention.amount * mention.unit.factor
    fact = source.mention.amount * source.mention.unit.factor
    if _for_less(mention, source):
        return mention.amount == source.mention.amount
    if money_per(mention, source):  # 52000元 for 5.2万元/公里
        fact = source.mention.amount * top(source.mention).factor
    elif per_named(mention, source):
        said = mention.amount * top(mention).factor
    if other_area(mention, source):  # 25200亩, 16.8平方公里
        fact = (
            quotient(fact * _SQUARE_METRES_IN_3_MU, Decimal(3))
            if mention.unit.base != "亩"
            else quotient(fact * 3, _SQUARE_METRES_IN_3_MU)
        )
        return rounded(quotient(fact, mention.unit.factor), _decimals(mention)) == mention.amount
    if said == fact or _printed_in_ten_thousands(mention, fact):
        return True
    if in_months(mention, source):
        return _is_so_long(mention, source.mention.amount - mention.amount * _DAYS[mention.unit.text])
    if _is_in_tenths(mention, source) and rounded(fact * HUNDRED, 0) == mention.amount:
        return True
    if mention.approximation is None or source.mention.approximation is not None:
        return False
    if not same_unit(mention, source) and not other_classifier(mention, source):
        return False
    step = _step(mention.amount) * mention.unit.factor
    mode = {
        Approximation.ABOUT: ROUND_HALF_UP,
        Approximation.OVER: ROUND_FLOOR,
        Approximation.NEARLY: ROUND_CEILING,
    }[mention.approximation]
    return (fact / step).quantize(Decimal(1), mode) * step == said


def in_months(mention: Mention, source: Source) -> bool:
    """Whether days are told in months or weeks: 半个月 for 15天."""
    return mention.worded and mention.unit.text in _DAYS and source.mention.unit.text in {"天", "日"}


def _is_so_long(mention: Mention, more: Decimal) -> bool:
    """Whether months are said of days, *more* of which there are than the months have."""
    slack = _DAYS[mention.unit.text] // 4
    if mention.op in {Op.GE, Op.GT} or mention.approximation is Approximation.OVER:
        return 0 <= more <= slack
    if mention.op is Op.LT or mention.approximation is Approximation.NEARLY:
        return -slack <= more < 0
    return abs(more) <= 1


def _is_in_tenths(mention: Mention, source: Source) -> bool:
    """Whether a rate is told in tenths, which have no room for more digits: 九成三 of 93.04%, 六成 of 60.24%."""
    return (
        _TENTHS.search(mention.text) is not None
        and mention.op is None
        and mention.approximation is None
        and mention.text != source.mention.text  # what is reckoned is held exactly
        and mention.unit == source.mention.unit
    )


def _printed_in_ten_thousands(mention: Mention, fact: Decimal) -> bool:
    """1268.41万元 for 1268.4056万元: prose prints 万 and 亿 with two decimals."""
    amount, factor = mention.amount or Decimal(0), mention.unit.factor
    if factor < _TEN_THOUSAND or amount.as_tuple().exponent != _PRINTED or not mention.unit.base:
        return False
    return rounded(fact / factor, -_PRINTED) == amount


def _step(amount: Decimal) -> Decimal:
    """What the last written digit counts: 43 → 1, 120 → 10, 61.9 → 0.1. One digit at least stays."""
    whole = amount.to_integral_value()
    sign, digits, exponent = (whole if amount == whole else amount).as_tuple()  # 九成 is 90.0
    if not isinstance(exponent, int) or sign:
        return Decimal(1)
    zeros = len(digits) - len("".join(map(str, digits)).rstrip("0")) if exponent == 0 else 0
    return Decimal(1).scaleb(exponent + min(zeros, len(digits) - 1))


def other_area(mention: Mention, source: Source) -> bool:
    """Whether one is in 亩 and the other in metres."""
    one, other = mention.unit, source.mention.unit
    return one.dimension is other.dimension is Dimension.AREA and one.base != other.base


def _decimals(mention: Mention) -> int:
    exponent = mention.amount.as_tuple().exponent if mention.amount is not None else 0
    return max(0, -exponent) if isinstance(exponent, int) else 0


def same_unit(mention: Mention, source: Source) -> bool:
    """Whether the two units can name one thing."""
    one, other = mention.unit, source.mention.unit
    if (
        per_named(mention, source)
        or other_area(mention, source)
        or in_months(mention, source)
        or _for_less(mention, source)
    ):
        return True
    if ("百分点" in mention.text) != ("百分点" in source.mention.text + source.fact.unit):
        return False
    if one.dimension is Dimension.BARE or other.dimension is Dimension.BARE:
        return _bare(one, other)
    return one.dimension is other.dimension and (one.base == other.base or {one.base, other.base} in _PEOPLE)


def other_classifier(mention: Mention, source: Source) -> bool:
    """Whether both count things, one of them with a classifier that may stand for any: 121个 for 121家."""
    one, other = mention.unit, source.mention.unit
    counts = one.dimension is Dimension.COUNT and other.dimension is Dimension.COUNT
    pair = {one.base, other.base}
    any_thing = bool(pair & _ANY_COUNT) and not pair & _NO_THINGS
    return counts and not source.derived and (any_thing or pair in SAME)


def money_per(mention: Mention, source: Source) -> bool:
    """Whether the text left out what a figure is for: 328元 for 328元/平方米, 33.4微克 for 33.4微克/立方米."""
    return (
        source.mention.unit.dimension is Dimension.COMPOUND
        and mention.unit.dimension is top(source.mention).dimension
        and mention.unit.base == top(source.mention).base
    )


def _for_less(mention: Mention, source: Source) -> bool:
    """Whether the text left out the last of what a figure is for: 2050元/株 for 2050元/株·年."""
    return "/" in mention.unit.text and source.mention.unit.text.startswith(f"{mention.unit.text}·")


def per_named(mention: Mention, source: Source) -> bool:
    """Whether the text adds what the fact's name says it is for: 38.6元/册 for a 单册采购均价 of 38.6元."""
    one, per = top(mention), mention.unit.text.partition("/")[2]
    return (
        mention.unit.dimension is Dimension.COMPOUND
        and (source.mention.unit.dimension, source.mention.unit.base) == (one.dimension, one.base)
        and per in source.fact.label
    )


def money_for_each(price: Mention, many: Mention) -> bool:
    """Whether *price* is money for one of what *many* counts: 4.05元/平方米 and 426万平方米."""
    each = price.unit.text.partition("/")[2]
    return (
        price.unit.dimension is Dimension.COMPOUND
        and top(price).dimension is Dimension.MONEY
        and each != ""
        and many.unit.text.removeprefix("万") == each
    )


def top(mention: Mention) -> Unit:
    """万元 of 万元/公里."""
    return unit_of(mention.unit.text.partition("/")[0])


def other_unit(mention: Mention, source: Source) -> bool:
    """Whether the written number is the fact's and only the unit is another: 5家 for 5次, 93个百分点 for 93%."""
    units = mention.unit.dimension, source.mention.unit.dimension
    return mention.amount == source.mention.amount and Dimension.BARE not in units


def unit_left_out(mention: Mention, source: Source) -> bool:
    """Whether the text has the fact's number and only leaves its unit out: 完成率93.5."""
    return mention.kind is MentionKind.NUMBER and source.mention.amount == mention.amount


def _bare(one: Unit, other: Unit) -> bool:
    """A cell without a unit (8755) may be given one in prose; money and rates never lose or gain theirs."""
    if one.dimension is other.dimension:
        return True
    return one.dimension is not Dimension.BARE and (
        one.dimension not in {Dimension.RATE, Dimension.MONEY} or one.text in _RATES
    )
