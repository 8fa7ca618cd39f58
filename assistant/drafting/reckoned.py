"""Figures a sentence reckons from its own: 合计, 相差, 占…的…%, 平均. The operands stand in the sentence or are named in it.

A result that follows is supported though no fact has it; one that does not follow from what the sentence itself says
(由192天增加到197天，增加6天) is flagged though some other fact has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations, permutations

from assistant.domain.amounts import HUNDRED, plain, rounded
from assistant.domain.value import Dimension
from assistant.drafting.derived import quotient
from assistant.drafting.drafter import Span
from assistant.drafting.likeness import share
from assistant.drafting.sources import Source, fund_word, same_amount
from assistant.values.quantities import Mention
from assistant.values.units import PERCENT

NO_SUCH = "事实里没有这个数"

_SUM = re.compile(r"(?:合计|共计?|总计|总[额量数]?|累计|相加|之和|加起来)[^，。；、\d]{0,8}\Z")
_DIFFERENCE = re.compile(
    r"(?:[增减]加?|[提升]高|下降|上升|[多少高低长短超余差]|降低|压减|缩短|节约|结余|剩余|相差|缺口|未|净增)[^，。；、\d]{0,8}\Z"
)
_REST = re.compile(r"(?:尚[有余]?|[还仍]有|其余|余下|剩下|另有)[^，。；、\d]{0,6}\Z")
_SHARE = re.compile(r"(?:占|率|比例|比重|比|达|为|仅|长|[加少降升高低]|幅)[^，。；、\d]{0,14}\Z")
_OWN_RATE = re.compile(r"(?:完成|执行)(?:率|进度)[^，。；、\d]{0,4}\Z")  # the core computes these
_CHANGE = re.compile(r"(?:[增长加少降升多超减高低]了?|节[约支]|结余)率?[^，。；、\d]{0,4}\Z")
_PERIOD = re.compile(r"(?:每个?|平均)(?:月|季度?)|月均|季均")
_COMPARED = re.compile(r"[，,（(](?:比|较|同)(?:上一?年|去年|\d{4}年)[^，。；、\d]{0,8}")
_WHOLE = re.compile(r"占(?:到|了)?([^，。；、\d]{2,12}?)的?\Z")
_TARGET = re.compile(r"目标|指标值|要求|计划|标准|预期")
_EACH = re.compile(r"(?:平均|均|每)[^，。；、\d]{0,8}\Z")
_FROM = re.compile(r"(?:由|从|自)[^，。；、\d]{0,12}\Z")
_TO = re.compile(r"[^，。；、\d]{0,10}[到至为]了?\Z")
_CHANGED = re.compile(
    r"[，,]?(?:同比|净|共|累计|降幅|增幅)?(?:增[加长]?|减少?|提[高升]|下降|上升|降低?|缩短|压减)了?(?:为|达)?\Z"
)
_COLUMNS = (
    ("initial", re.compile("年初")),
    ("budget", re.compile("预算|安排|下达|到位|来源|投入")),
    ("executed", re.compile("执行|支出|支付")),
)
_EVERY_FUND = re.compile("其中[：:]|当年|财政|资金|拨款|专项|经费")
SHORT = 30  # percent of a name that a short form of it keeps: 福彩公益金
_NAME_ONLY = re.compile(r"（.*|[^\u4e00-\u9fffA-Za-z]")
_TAIL = 4  # characters
_MOST = 8  # operands; a longer sentence is a list


@dataclass(frozen=True, slots=True)
class Held:
    """A figure of the text and what became of it; ``source`` is None where nothing has the value."""

    mention: Mention
    span: Span
    source: Source | None = None


def reckoned(text: str, sentence: str, held: Sequence[Held], sources: tuple[Source, ...]) -> list[Span]:
    """The spans of one sentence's figures, with those that follow from the others bound and false results flagged."""
    operands = [one.source for one in held if one.source and not one.span.why]
    rows = {one.source.row for one in held if one.source and one.source.row.startswith("indicators")}
    rows |= {one.row for one in sources if one.row.startswith("indicators") and _is_said(one, sentence)}
    named = [*_named(sentence, sources), *(one for one in sources if one.row in rows and not one.derived)]
    spans = []
    wrong = _not_in_sum(text, held, sources)
    for position, one in enumerate(held):
        span = one.span
        if position in wrong:
            spans.append(span.model_copy(update={"why": wrong[position], "fact": ""}))
            continue
        before = text[max(0, one.mention.start - 24) : one.mention.start]
        if said := _contradicted(text, held, position):
            span = span.model_copy(update={"why": span.why or said, "fact": ""})
        elif span.why == NO_SUCH and len(operands) <= _MOST:
            found = next(_results(one.mention, before, operands, named), None)
            if found is not None:
                span = span.model_copy(update={"why": "", "fact": found.fact.id})
                operands.append(Source(found.fact, one.mention))
        spans.append(span)
    return spans


def _results(mention: Mention, before: str, operands: list[Source], named: list[Source]) -> Iterator[Source]:
    """Of what the operands give, what *mention* says. Each result keeps the fact of its first operand."""
    pool = [*operands, *(one for one in named if all(one.base != other.base for other in operands))]
    results: list[Iterator[Source]] = []
    if _SUM.search(before):
        results += [_sums(mention, operands), _sums(mention, named)]
    if _DIFFERENCE.search(before) or _REST.search(before):
        results.append(_differences(mention, before, pool, operands))
    of_rows = all(one.fact.path == "indicators" for one in operands)
    if mention.unit == PERCENT and _SHARE.search(before) and (of_rows or not _OWN_RATE.search(before)):
        results.append(_shares(mention, before, pool))
    if _EACH.search(before):
        results += [_averages(mention, operands), _by_month(mention, before, pool)]
    return (result for sort in results for result in sort if same_amount(mention, result))


def _is_said(source: Source, sentence: str) -> bool:
    """Whether the sentence has the indicator's name, or its last words: 优良天数 for 空气质量优良天数."""
    name = _NAME_ONLY.sub("", source.fact.label)
    return len(name) >= _TAIL and name[-_TAIL:] in sentence


def _sums(mention: Mention, operands: list[Source]) -> Iterator[Source]:
    """Of neighbours, two or more."""
    fitting = [one for one in operands if one.mention.unit.base == mention.unit.base]
    for size in range(2, len(fitting) + 1):
        for start in range(len(fitting) - size + 1):
            parts = fitting[start : start + size]
            yield _made(parts[0], sum((part.base for part in parts), Decimal(0)), mention)


def _differences(
    mention: Mention, before: str, pool: list[Source], operands: list[Source]
) -> Iterator[Source]:
    """Of two of one row; of two rows only where the sentence has both and speaks of no target."""
    dimension = mention.unit.dimension
    if dimension is Dimension.BARE or (dimension is Dimension.RATE and "点" not in mention.text):
        return
    of_target = _TARGET.search(before) is not None
    alike = [one for one in pool if one.mention.unit.base == mention.unit.base]
    for one, two in combinations(alike, 2):
        in_sentence = one in operands and two in operands
        if one.row == two.row or (in_sentence and not of_target):
            yield _made(one, abs(one.base - two.base), mention)


def _shares(mention: Mention, before: str, pool: list[Source]) -> Iterator[Source]:
    """One in percent of another, or how much more or less it is than the other."""
    grown = _CHANGE.search(before) is not None
    whole = _WHOLE.search(before)
    for one, two in permutations(pool, 2):
        if (
            one.mention.unit.base != two.mention.unit.base
            or one.mention.unit.dimension is Dimension.RATE
            or two.base <= 0
            or (whole and not _is_whole(whole[1], two))
        ):
            continue
        ratio = abs(quotient(one.base, two.base) - grown)
        yield _made(one, ratio if mention.approximation else rounded(ratio * HUNDRED) / HUNDRED, mention)


def _is_whole(said: str, source: Source) -> bool:
    """Whether *source* can be what 占…的 names: the budget, what was spent, a target, or anything else."""
    if "预算" in said:
        return source.fact.path.endswith(("budget", "initial"))
    if re.search("支出|执行", said):
        return source.fact.path.endswith("executed")
    return source.role == "target" if re.search("目标|任务|计划|指标", said) else True


def _averages(mention: Mention, operands: list[Source]) -> Iterator[Source]:
    """One of the sentence's figures for each of another."""
    for one, two in permutations(operands, 2):
        if one.mention.unit.base == mention.unit.base != two.mention.unit.base and two.base > 0:
            ratio = quotient(one.base, two.base) / mention.unit.factor
            yield _made(
                one, (ratio if mention.approximation else rounded(ratio)) * mention.unit.factor, mention
            )


def _by_month(mention: Mention, before: str, pool: list[Source]) -> Iterator[Source]:
    """The year's figure for each month or quarter."""
    period = _PERIOD.search(before)
    for one in pool if period else ():
        if period and one.mention.unit.base == mention.unit.base and one.role == "actual":
            ratio = quotient(one.base, Decimal(12 if "月" in period[0] else 4)) / mention.unit.factor
            yield _made(
                one, (ratio if mention.approximation else rounded(ratio)) * mention.unit.factor, mention
            )


def _made(operand: Source, base: Decimal, mention: Mention) -> Source:
    """A result in the unit of *mention*."""
    amount = quotient(base, mention.unit.factor)
    return Source(
        operand.fact,
        replace(mention, amount=amount.normalize(), approximation=None, op=None),
    )


def _named(sentence: str, sources: tuple[Source, ...]) -> Iterator[Source]:
    """Money whose row and column the sentence names without its figure: 县级资金占全年预算."""
    for ending, cue in _COLUMNS:
        if not cue.search(sentence):
            continue
        for source in sources:
            path = source.fact.path
            if path.startswith("funds") and path.endswith(ending) and not source.derived:
                part = fund_word(source) and _EVERY_FUND.sub("", source.fact.label)
                if path.startswith("funds.total") or (part and share(part, sentence) >= SHORT):
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
        if total.source is None or len(parts) < 2 or not _SUM.search(before):
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
        result = replace(result, amount=rounded(ratio * HUNDRED))
    source = held[position - 2].source
    if source is None or same_amount(said, Source(source.fact, result)):
        return ""
    return f"前后两个数相差{plain(result.amount or Decimal(0))}{said.unit.text}"


def _is_pair(text: str, one: Mention, two: Mention) -> bool:
    """Whether two neighbours are told as what a thing was and is: 由A增加到B, or B，比A."""
    between = text[one.end : two.start]
    from_to = _TO.fullmatch(between) and _FROM.search(text[: one.start])
    return bool(from_to or _COMPARED.fullmatch(between))
