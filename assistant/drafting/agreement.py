"""What a sentence says of its own figures must come out: 97.5%，比98%的目标低0.5个百分点; 得6.09分，扣1.91分.

A figure may be one of the form's and still be false beside its neighbours; such pairs and lists are held against
themselves here, whatever the facts say of each figure alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, pairwise
from typing import Protocol

from assistant.domain.amounts import HUNDRED, plain
from assistant.domain.value import Dimension
from assistant.drafting.derived import quotient
from assistant.drafting.drafter import Span
from assistant.drafting.labels import WEIGHT
from assistant.drafting.results import printed
from assistant.drafting.sources import Source, same_amount
from assistant.values.quantities import Mention, MentionKind
from assistant.values.units import PERCENT

_LAST = re.compile(r"(?:比|较|距离?|离)(?:20\d\d年)?[^，。；、\d]{0,10}\Z")
_NEAR = 24  # characters before a figure that may hold what it is compared with
_SO_MUCH = re.compile(
    r"(?:的?[^，。；、\d比较]{0,6}(?:目标|指标|计划|要求|标准|任务|上限|水平)[值数]?)?[，,]?(?:仍|还|尚|又|再|净|共|实际)*"
    r"(?:[高低多少差]|增[加长]?|减少?|超[出过]?|下降|上升|提[高升]|降低|缩短|节约)[出了过]*(?:约|达)?"
)
_CHANGE = re.compile(
    r"(?:[增减]|[提升]高|提升|下降|上升|[多少高低长短超差]|降低|压减|缩短|节约|扣)[加少长出了过]*\Z"
)
_THAT_IS = re.compile(r"[，,、（(]?(?:同比)?(?:[降增减]幅|下降|增长|减少|增加)(?:为|达到?|约|了)*")
_GOT = re.compile(r"(?:得分?|自评(?:得分)?|得分)(?:为|是|：|:)?\Z")
_LOST = re.compile(r"[，,、（(]?扣(?:减|除|掉|分)?了?")
_FULL = re.compile(r"(?:满分|分值|权重|指标|标准分)(?:为|是|共|：|:)?\Z")
_OF_FULL = re.compile(r"[，,、（(]?(?:自评|实际|实)?(?:得分?|自评得分|自评)(?:为|是|：|:)?")
_MANY = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5}
_TOGETHER = re.compile(
    r"(?P<many>[两二三四五])(?:类|项|者|部分|块|批|方面)[^，。；、\d]{0,8}(?:合计|共计?|总计|累计|相加|之和)[^，。；、\d]{0,8}\Z"
)
_DONE = re.compile(
    r"[，,、（(]?(?:完成率?|占(?:年度)?(?:目标|计划|任务)的?)(?:为|达到?|了)?(?:年度)?(?:目标|计划|任务)?的?"
)
_OF_ALL = re.compile(
    r"[^。；;，,\d]{0,10}(?:中，?(?:已|有|共)?|[，,]?(?:已|共|全年)?(?:完成|达标|达到|实现|开展|建成|举办)了?)"
)
_NOT_DONE = re.compile(
    r"[^。；;\d]{0,16}[，,、](?:尚|还|仍|另|仅|只)?有?(?:未|没有?)(?:能)?(?:完成|达标|达到|实现|开展|建成|举办)[^，。；\d]{0,6}"
)  # 15项指标完成12项，未完成的3项
_YEAR = re.compile(r"20\d\d年")
_OF_YEAR = re.compile(r"度?的?")


class Told(Protocol):
    """A figure of the text: what it says, where it stands, and which fact has it."""

    @property
    def mention(self) -> Mention: ...  # noqa: D102
    @property
    def span(self) -> Span: ...  # noqa: D102
    @property
    def source(self) -> Source | None: ...  # noqa: D102


def disagreeing(text: str, held: Sequence[Told], sources: tuple[Source, ...]) -> dict[int, str]:
    """Positions in *held* (the figures of one sentence of *text*) that are false beside the others, each with why."""
    wrong: dict[int, str] = {}
    for rule in (
        _compared,
        _points,
        _over_full,
        _full_got_lost,
        _together,
        _done_and_not,
        _rate_of_pair,
        _twice,
        _of_another_year,
    ):
        for position, why in rule(text, held, sources):
            wrong.setdefault(position, why)
    return wrong


def _compared(text: str, held: Sequence[Told], sources: tuple[Source, ...]) -> Iterator[tuple[int, str]]:
    """A，比B的目标高C: C is A less B, in their unit or in percent of B; and 降幅 after it is in percent of B."""
    for at in range(2, len(held)):
        two, said = held[at - 1].mention, held[at].mention
        if (
            _LAST.search(text[max(0, two.start - _NEAR) : two.start]) is None
            or _SO_MUCH.fullmatch(text[two.end : said.start]) is None
        ):
            continue
        if _CHANGE.search(text[: two.start]) or text[: two.start].endswith("便宜"):
            continue
        one = _subject(text, held, at - 1)
        if one is None or two.approximation or two.op or not two.unit.base:
            continue
        if why := _not_gap(one, two, said, held[at]):
            yield at, why
            yield at - 1, why
        if at + 1 < len(held) and _THAT_IS.fullmatch(text[said.end : held[at + 1].mention.start]):
            more = held[at + 1].mention
            if more.unit == PERCENT and (why := _not_gap(one, two, more, held[at + 1])):
                yield at + 1, why


def _subject(text: str, held: Sequence[Told], before: int) -> Mention | None:
    """What is compared with ``held[before]``: the nearest figure of its unit that is no difference and ends no list."""
    unit, said = held[before].mention.unit, held[before + 1].mention
    for at in range(before - 1, -1, -1):
        mention = held[at].mention
        if mention.amount == said.amount and any(one.mention.unit.base == unit.base for one in held[:at]):
            continue  # 84座，2座已拆除，较年初的86座减少2座: the difference, told before
        if (mention.unit.base, "百分点" in mention.text) != (unit.base, False) or mention.amount is None:
            continue
        if _CHANGE.search(text[: mention.start]) or _LAST.search(
            text[max(0, mention.start - _NEAR) : mention.start]
        ):
            continue
        in_list = at > 0 and text[held[at - 1].mention.end : mention.start].startswith(("、", "和", "与"))
        unsure = in_list or mention.approximation or mention.op or held[at].source is None
        return None if unsure else mention
    return None


def _not_gap(one: Mention, two: Mention, said: Mention, told: Told) -> str:
    if one.amount is None or two.amount is None or said.amount is None or said.op:
        return ""
    gap = abs(one.amount * one.unit.factor - two.amount * two.unit.factor)
    if said.unit == PERCENT and "百分点" not in said.text:
        if one.unit == PERCENT or not two.amount:
            return ""
        amount = printed(quotient(gap, abs(two.amount) * two.unit.factor) * HUNDRED, said)
        shown = f"{plain(amount)}%"
    elif said.unit.base == one.unit.base:
        amount = quotient(gap, said.unit.factor).normalize()
        shown = f"{plain(amount)}{said.unit.text}"
    else:
        return ""
    return "" if _says(said, amount, told) else f"{one.text}与{two.text}相差{shown}"


def _says(said: Mention, amount: Decimal, told: Told) -> bool:
    fact = told.source.fact if told.source else None
    if fact is None or said.approximation is None:
        return said.amount == amount or (
            said.amount is not None
            and abs(said.amount - amount) < (Decimal("0.01") if said.approximation is None else 1)
        )
    return same_amount(said, Source(fact, replace(said, amount=amount, approximation=None, op=None)))


def _points(text: str, held: Sequence[Told], sources: tuple[Source, ...]) -> Iterator[tuple[int, str]]:
    """得A分，扣B分: together what some row, group or the whole form weighs."""
    weights = {one.base for one in sources if WEIGHT in one.fact.label or one.fact.path == "total_weight"}
    for at, (one, two) in enumerate(pairwise(held)):
        got, lost = one.mention, two.mention
        if (
            got.unit.text == lost.unit.text == "分"
            and got.amount is not None
            and lost.amount is not None
            and _GOT.search(text[: got.start])
            and _LOST.fullmatch(text[got.end : lost.start])
            and weights
            and got.amount + lost.amount not in weights
        ):
            yield at, f"得分与扣分相加是{plain(got.amount + lost.amount)}分，没有这样的分值"
            yield at + 1, f"得分与扣分相加是{plain(got.amount + lost.amount)}分，没有这样的分值"


def _over_full(text: str, held: Sequence[Told], sources: tuple[Source, ...]) -> Iterator[tuple[int, str]]:
    """满分5分，自评6分."""
    for at, (one, two) in enumerate(pairwise(held)):
        full, got = one.mention, two.mention
        if (
            full.unit.text == got.unit.text == "分"
            and full.amount is not None
            and got.amount is not None
            and got.amount > full.amount
            and _FULL.search(text[: full.start])
            and _OF_FULL.fullmatch(text[full.end : got.start])
        ):
            yield at + 1, f"得分高于满分{full.text}"


def _full_got_lost(text: str, held: Sequence[Told], sources: tuple[Source, ...]) -> Iterator[tuple[int, str]]:
    """满分5分，得4.65分，扣0.35分: the first is the two others together."""
    for at in range(2, len(held)):
        full, got, lost = (one.mention for one in held[at - 2 : at + 1])
        if (
            full.unit.text == got.unit.text == lost.unit.text == "分"
            and _FULL.search(text[: full.start])
            and _OF_FULL.fullmatch(text[full.end : got.start])
            and _LOST.fullmatch(text[got.end : lost.start])
            and _base(full) != _base(got) + _base(lost)
        ):
            for position in range(at - 2, at + 1):
                yield position, f"得分与扣分相加是{plain(_base(got) + _base(lost))}分，不是{full.text}"


def _together(text: str, held: Sequence[Told], sources: tuple[Source, ...]) -> Iterator[tuple[int, str]]:
    """新登记128人、复治19人，两类合计147人."""
    for at in range(2, len(held)):
        said = held[at].mention
        match = _TOGETHER.search(text[held[at - 1].mention.end : said.start])
        many = _MANY[match["many"]] if match else 0
        if not many or at < many or said.amount is None or said.approximation:
            continue
        parts = [one.mention for one in held[at - many : at]]
        if any(part.unit.base != said.unit.base or part.approximation for part in parts):
            continue
        # 由460万元压减到342.4万元: of such a pair one figure is a part, so a few more are tried.
        near = [one.mention for one in held[max(0, at - many - 2) : at]]
        same = [_base(part) for part in near if part.unit.base == said.unit.base]
        total = sum(map(_base, parts), Decimal(0))
        if all(sum(some, Decimal(0)) != _base(said) for some in combinations(same, many)):
            yield (
                at,
                f"前面{match['many'] if match else ''}个数相加是{plain(quotient(total, said.unit.factor).normalize())}{said.unit.text}",
            )


def _done_and_not(text: str, held: Sequence[Told], sources: tuple[Source, ...]) -> Iterator[tuple[int, str]]:
    """15项指标完成12项，未完成的3项: what was done and what was not are all there is."""
    for at in range(2, len(held)):
        whole, done, rest = (one.mention for one in held[at - 2 : at + 1])
        if not (
            _OF_ALL.fullmatch(text[whole.end : done.start])
            and _NOT_DONE.fullmatch(text[done.end : rest.start])
        ):
            continue
        counts = (whole, done, rest)
        if any(one.unit.dimension is not Dimension.COUNT or one.approximation or one.op for one in counts):
            continue
        more = [one.mention for one in held[at + 1 :] if one.mention.unit.base == rest.unit.base]
        left = _base(whole) - _base(done)
        if _base(rest) > left or (_base(rest) < left and not more):  # more: 另有1项无法衡量
            yield (
                at,
                f"{whole.text}里完成{done.text}，还剩{plain(quotient(left, rest.unit.factor).normalize())}{rest.unit.text}",
            )


def _base(mention: Mention) -> Decimal:
    return (mention.amount or Decimal(0)) * mention.unit.factor


def _rate_of_pair(text: str, held: Sequence[Told], sources: tuple[Source, ...]) -> Iterator[tuple[int, str]]:
    """计划8个，实际建成7个，完成87.5%: the second in percent of the first, where both are one row's."""
    for at in range(2, len(held)):
        one, two, said = held[at - 2], held[at - 1], held[at].mention
        if said.unit != PERCENT or "百分点" in said.text or said.approximation or said.op:
            continue
        if one.source is None or two.source is None or one.span.why or two.span.why:
            continue
        if (one.source.role, two.source.role) != ("target", "actual") or one.source.row != two.source.row:
            continue
        if one.source.row.startswith("indicators") and _DONE.fullmatch(text[two.mention.end : said.start]):
            if one.source.base <= 0 or one.source.mention.unit.dimension is Dimension.RATE:
                continue
            rate = printed(quotient(two.source.base, one.source.base) * HUNDRED, said)
            if said.amount is not None and abs(said.amount - rate) >= Decimal("0.01"):
                yield at, f"{two.mention.text}是{one.mention.text}的{plain(rate)}%"


def _twice(text: str, held: Sequence[Told], sources: tuple[Source, ...]) -> Iterator[tuple[int, str]]:
    """8月、8月: one date twice in a list."""
    for at, (one, two) in enumerate(pairwise(held)):
        same = one.mention.kind is MentionKind.DATE and one.mention.day == two.mention.day
        if same and text[one.mention.end : two.mention.start] in {"、", "和", "与", "及"}:
            yield at, "同一个日期写了两次"
            yield at + 1, "同一个日期写了两次"


def _of_another_year(
    text: str, held: Sequence[Told], sources: tuple[Source, ...]
) -> Iterator[tuple[int, str]]:
    """比2023年的4起, where the form says 2022年4起."""
    for at, (one, two) in enumerate(pairwise(held)):
        if one.mention.kind is not MentionKind.YEAR or two.source is None or two.span.why:
            continue
        if not two.source.is_in_words or not _OF_YEAR.fullmatch(text[one.mention.end : two.mention.start]):
            continue
        years = _YEAR.findall(two.source.clause)
        if len(years) == 1 and years[0] != one.mention.text and _YEAR.fullmatch(one.mention.text):
            yield at, f"{two.mention.text}是{years[0]}的"
