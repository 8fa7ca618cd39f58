"""Figures a sentence reckons from its own: 合计, 相差, 占…的…%, 平均. The operands stand in the sentence or are named in it.

A result that follows is supported though no fact has it; one that does not follow from what the sentence itself says
(由192天增加到197天，增加6天) is flagged though some other fact has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.domain.amounts import HUNDRED, plain
from assistant.drafting.agreement import disagreeing
from assistant.drafting.derived import quotient
from assistant.drafting.drafter import Span
from assistant.drafting.labels import ADJUSTED, RATE, UNSPENT
from assistant.drafting.likeness import name_of, share
from assistant.drafting.results import SUM, Operands, printed, results
from assistant.drafting.sources import Source, fund_word, same_amount
from assistant.drafting.topics import brushed, spoken_of
from assistant.values.quantities import Mention
from assistant.values.units import PERCENT

NO_SUCH = "事实里没有这个数"

_COMPARED = re.compile(r"[，,（(](?:比|较|同)(?:上一?年|去年|\d{4}年)[^，。；、\d]{0,8}")
_FROM = re.compile(r"(?:由|从|自)[^，。；、\d]{0,12}\Z")
_TO = re.compile(r"[^，。；、\d]{0,10}[到至为]了?\Z")
_CHANGED = re.compile(
    r"[，,]?(?:同比|净|共|累计|降幅|增幅)?(?:增[加长]?|减少?|提[高升]|下降|上升|降低?|缩短|压减)了?(?:为|达)?\Z"
)
_COLUMNS = (
    ("initial", re.compile("年初|[增减涨降]幅|追加|核减|调[增减]")),
    ("budget", re.compile("预算|安排|下达|到位|来源|投入")),
    ("executed", re.compile("执行|支出|支付|投入|成本")),
)
_NAMED = (
    (re.compile("执行(?:率|进度)"), RATE),
    (re.compile("追加|调[整增减]|增加|核减"), ADJUSTED),
    (re.compile("结余|结转|剩余|未执行|未支出"), UNSPENT),
)
_OF_ALL_ROWS = re.compile("(?:全部|所有|总)(?:绩效)?指标|指标(?:总数|总量)")
_A_DAY = re.compile("日均|每[天日]")
_EVERY_FUND = re.compile("其中[：:]|当年|财政|资金|拨款|专项|经费")
SHORT = 30  # percent of a name that a short form of it keeps: 福彩公益金
_NAME_ONLY = re.compile(r"（.*|[^\u4e00-\u9fffA-Za-z]")
_TAIL = 4  # characters
_OF_BOTH = re.compile("[前后两二]者|[两二三]项合计|合计|共计")
_ITEM = re.compile(r"(?:^|[，,、：:；;（(])(?:其中)?(?P<item>[\u4e00-\u9fff]{2,8})\Z")
_RATE_NAMED = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2}[率度])(?:年度)?(?:指标值|目标值|(?:实际)?完成值)?(?:均|都|已|约)?(?:为|达|达到|是|：|:)?\Z"
)
_SO_MANY_EACH = re.compile(r"每[^，。；、\d]{0,10}\Z")
_BEFORE = 40  # characters that may hold the word for what is reckoned
_MOST = 8  # operands; a longer sentence is a list


@dataclass(frozen=True, slots=True)
class Held:
    """A figure of the text and what became of it; ``source`` is None where nothing has the value.

    ``is_false`` where what was told says otherwise, whatever may be reckoned; ``is_elsewhere`` where the form has the
    value in another place: it may follow from what the sentence says itself, and from nothing else.
    """

    mention: Mention
    span: Span
    source: Source | None = None
    is_false: bool = False
    is_elsewhere: bool = False


def reckoned(
    text: str,
    place: tuple[int, int, int],
    held: Sequence[Held],
    sources: tuple[Source, ...],
    *,
    earlier: Sequence[Held],
    rows: frozenset[str],
) -> list[Span]:
    """The spans of one clause's figures, with those that follow from the others bound and false results flagged.

    *place* is where the sentence begins, where in it the clause between semicolons does, and where that ends; *earlier*
    are the figures of the sentence before the clause. *rows* are the indicators it goes on about from the one before.
    """
    sentence, whole = text[place[1] : place[2]], text[place[0] : place[2]]
    operands = [one.source for one in held if one.source and not one.span.why]
    before_it = [one.source for one in earlier if one.source and not one.span.why]
    if _OF_BOTH.search(sentence):
        operands = [*before_it, *operands]
    rows |= {one.source.row for one in held if one.source and one.source.row.startswith("indicators")}
    rows |= {one.row for one in sources if one.row.startswith("indicators") and _is_said(one, sentence)}
    rows |= spoken_of(sentence, sources)
    named = [
        *before_it,
        *_named(sentence, whole, sources),
        *(one for one in sources if one.row in rows and not one.derived),
    ]
    named += _wholes(operands, sources)
    near = brushed(sentence, sources) - rows
    wide = [one for one in sources if one.row in near and not one.derived]
    spans = []
    wrong = disagreeing(text, held, sources) | _not_in_sum(text, held, sources)
    last: Source | None = None
    for position, one in enumerate(held):
        span = one.span
        told = one.source if not span.why else None
        if position in wrong:
            spans.append(span.model_copy(update={"why": wrong[position], "fact": ""}))
            continue
        if said := _contradicted(text, held, position):
            span = span.model_copy(update={"why": span.why or said, "fact": ""})
        elif span.why and not one.is_false and len(operands) <= _MOST:
            before = text[
                max(
                    0, one.mention.start - _BEFORE, text.rfind("。", 0, one.mention.start)
                ) : one.mention.start
            ]
            listed = [source for source in sources if source.is_in_words and _is_repeated(source, sentence)]
            known = Operands(operands) if one.is_elsewhere else Operands(operands, named, listed, wide)
            known = replace(known, last=last)
            after = text[one.mention.end : one.mention.end + 12]
            if not one.is_elsewhere and _SO_MANY_EACH.search(before):
                known = replace(known, wide=[*wide, *_counting(one.mention, after, sources)])
            found = next(results(one.mention, before, after, known), None)
            if found is not None and not _is_of_a_row(one.mention, before, sources):
                span = span.model_copy(update={"why": "", "fact": found.fact.id})
                told = Source(found.fact, one.mention)
                operands.append(told)
        if told is not None and told.mention.unit != PERCENT:
            last = told
        spans.append(span)
    return spans


def _counting(mention: Mention, after: str, sources: tuple[Source, ...]) -> list[Source]:
    """The result of the one row that counts what stands behind a figure: 64个 of 整治行政村数量 for 平均每辆负责8个村."""
    for size in (2, 1):
        noun = after[:size]
        rows = [
            one
            for one in sources
            if one.role == "actual" and one.mention.unit == mention.unit and noun in name_of(one)
        ]
        if len(noun) == size and noun.isalpha() and len(rows) == 1:
            return rows
    return []


def _is_of_a_row(mention: Mention, before: str, sources: tuple[Source, ...]) -> bool:
    """Whether the words before a rate name one the form has a figure of: 持证率98.5% is never reckoned."""
    named = _RATE_NAMED.search(before) if mention.unit == PERCENT else None
    return named is not None and any(
        source.mention.unit == PERCENT and name_of(source).endswith(named["name"]) for source in sources
    )


def _is_said(source: Source, sentence: str) -> bool:
    """Whether the sentence has the indicator's name, or its last words: 优良天数 for 空气质量优良天数."""
    name = _NAME_ONLY.sub("", source.fact.label)
    return len(name) >= _TAIL and name[-_TAIL:] in sentence


def _is_repeated(source: Source, sentence: str) -> bool:
    """Whether the sentence has the words a list gives the figure under: 进学校 for 进学校62场、进社区71场."""
    word = _ITEM.search(source.before)
    return word is not None and word["item"] in sentence


def _named(sentence: str, whole: str, sources: tuple[Source, ...]) -> Iterator[Source]:
    """Money whose row and column the sentence names without its figure: 县级资金占全年预算; its days, where it reckons by day."""
    for cue, ending in _NAMED:
        if cue.search(sentence):
            yield from (
                one
                for one in sources
                if one.fact.path.startswith("funds")
                and one.fact.label.removesuffix("）").endswith(ending)
                and (one.fact.label == ending or not (part := fund_word(one)) or part in sentence)
            )
    if _OF_ALL_ROWS.search(sentence):
        yield from (one for one in sources if one.fact.path == "indicators")
    if _A_DAY.search(sentence):
        yield from (one for one in sources if one.role == "actual" and one.mention.unit.text in {"天", "日"})
    for column, cue in _COLUMNS:
        if not cue.search(whole):
            continue
        for source in sources:
            path = source.fact.path
            if path.startswith("funds") and path.endswith(column) and not source.derived:
                part = fund_word(source) and _EVERY_FUND.sub("", source.fact.label)
                if source.line == "funds.total" or (
                    part and (fund_word(source) in sentence or share(part, sentence) >= SHORT)
                ):
                    yield source


def _wholes(operands: Sequence[Source], sources: tuple[Source, ...]) -> Iterator[Source]:
    """All the money of the column of which the sentence tells a part: 本级552.5万元，占84.67%."""
    parts = {(one.line, one.base) for one in operands if fund_word(one)}
    columns = {
        one.fact.path.rpartition(".")[2]
        for one in sources
        if not one.derived and (one.line, one.base) in parts
    }
    for source in sources:
        if source.line == "funds.total" and source.fact.path.rpartition(".")[2] in columns:
            yield source


def _not_in_sum(text: str, held: Sequence[Held], sources: tuple[Source, ...]) -> dict[int, str]:
    """Parts of the money that are of another column than their sum: 年初 where the sum is the budget's."""
    for last in range(2, len(held)):
        total = held[last]
        before = text[held[last - 1].mention.end : total.mention.start]
        parts = [
            (at, source)
            for at, one in enumerate(held[:last])
            if (source := one.source) and not one.span.why and fund_word(source)
        ]
        if total.source is None or len(parts) < 2 or not SUM.search(before):
            continue
        missing = total.source.base - sum((source.base for _, source in parts), Decimal(0))
        for at, source in parts if missing else ():
            for other in sources:
                if other.fact.label.partition("（")[0] == source.fact.label.partition("（")[0] and (
                    other.base - source.base == missing and other.mention.unit == source.mention.unit
                ):
                    return {
                        at: f"各项相加不等于{total.mention.text}，{other.fact.label}是{other.mention.text}"
                    }
    return {}


def _contradicted(text: str, held: Sequence[Held], position: int) -> str:
    """由A增加到B，增加C; B，比A增加C: C is B less A, or that in percent of A."""
    if position < 2:
        return ""
    one, two, said = (held[at].mention for at in (position - 2, position - 1, position))
    if (
        one.amount is None
        or two.amount is None
        or said.amount is None
        or one.unit.base != two.unit.base
        or not _CHANGED.fullmatch(text[two.end : said.start])
        or not _is_pair(text, one, two)
    ):
        return ""
    gap = abs(two.amount * two.unit.factor - one.amount * one.unit.factor)
    result = replace(said, amount=quotient(gap, said.unit.factor).normalize(), approximation=None, op=None)
    if said.unit == PERCENT and "百分点" not in said.text and one.unit != PERCENT and one.amount:
        ratio = quotient(gap, one.amount * one.unit.factor)
        result = replace(result, amount=printed(ratio * HUNDRED, said))
    source = held[position - 2].source
    if source is None or same_amount(said, Source(source.fact, result)):
        return ""
    return f"前后两个数相差{plain(result.amount or Decimal(0))}{said.unit.text}"


def _is_pair(text: str, one: Mention, two: Mention) -> bool:
    """Whether two neighbours are told as what a thing was and is: 由A增加到B, or B，比A."""
    between = text[one.end : two.start]
    from_to = _TO.fullmatch(between) and _FROM.search(text[: one.start])
    return bool(from_to or _COMPARED.fullmatch(between))
