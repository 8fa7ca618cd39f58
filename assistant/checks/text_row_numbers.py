"""What a reason claims of its own row's figures, where a claim is false."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assistant.checks.form import Row
from assistant.checks.text import sentences
from assistant.checks.text_numbers import MEASURED, comparable, decimals, figures, same_amount
from assistant.domain.amounts import HUNDRED, percent, plain, rounded
from assistant.domain.patterns import pattern
from assistant.domain.value import Dimension, Kind, Value
from assistant.values.quantities import Mention

_TARGET = pattern(
    r"(?:年度指标值|指标值|目标值|年度目标|年初目标|绩效目标|目标任务|目标)(?:为|是|：|:|应)?(?:[完达]成|达到)?$"
)
# 距目标20人, 完成目标80%: what follows is a gap or a share, not the target
_MEASURED_FROM = pattern(
    r"(?:距离?|低于|高于|超过?|超出|少于|多于|不足|比|较|差|完成|达到|实现|占|按|未达)(?:年度|年初|绩效|既定|预期)?$"
)
_ACTUAL = pattern(r"(?:实际完成值|完成值|实际完成(?:了|数|量)?|实际达到|实际值)(?:为|是|：|:)?$")
_PLANNED = pattern(r"(?:计划|原计划|年初计划|预计|应|目标)[^，。；\d]{0,8}$")
_REACHED = pattern(r"实际[^，。；\d]{0,8}$")
_DID = pattern(r"实际(?:完成|共)?([\u4e00-\u9fff]{2})(?:了|共|仅|只有)?$")
_RATE = pattern(
    r"(?:目标)?(?:完成率|完成比例|完成进度|完成目标的|完成计划的|为(?:目标|指标)值的|是(?:目标|指标)值的)(?:仅|只有?|约)?(?:为|是|：|:|达到?|有)?$"
)
_SPEAKS_OF_THE_ROW = pattern(r"目标|指标|完成|实际")  # no claim below is made without one of these
_DEDUCTED = pattern(
    r"(?:自评|酌情|相应|故|因此|予以|共|此项|本项|该项|，|^)[^，。；\d]{0,4}扣(?:除|减|掉|了)?\s*(?P<points>\d+(?:\.\d+)?)\s*分(?![钟之])"
)
_PART = pattern(
    r"其中|第[一二三四五六\d]+[期批次场季]|每|各|分别|首[期批次]|线上|线下|上半年|下半年|\d+月|上年|去年|次年|明年|补|另|平均|人均|截至|原定|追加"
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A false claim: the words, which cell they are about, what it shows, and whether the claim leaves no doubt."""

    said: str
    about: str
    shown: str
    is_firm: bool


def claims(row: Row) -> Iterator[Claim]:
    """Every false claim *row*'s reason makes of the row's own figures, one of a kind at most."""
    seen: set[str] = set()
    for claim in (*_of_figures(row), *_of_points(row)):
        if claim.about not in seen:
            seen.add(claim.about)
            yield claim


def _of_points(row: Row) -> Iterator[Claim]:
    if row.weight is None or row.score is None:
        return
    found = list(_DEDUCTED.finditer(row.reason))
    lost = row.weight - row.score
    if len(found) == 1 and Decimal(found[0]["points"]) != rounded(lost, decimals(found[0]["points"])):
        said = found[0][0].lstrip("，")
        yield Claim(said, "扣分", f"{plain(lost)}分", is_firm=not _PART.search(said))


def _of_figures(row: Row) -> Iterator[Claim]:
    for sentence in sentences(row.reason):
        if not _SPEAKS_OF_THE_ROW.search(sentence):
            continue
        mentions = [
            mention
            for mention in figures(sentence)
            if mention.kind in MEASURED and mention.approximation is None
        ]
        if not mentions or _PART.search(sentence[: mentions[0].start]):
            continue
        for mention in mentions:
            before = sentence[max(0, mention.start - 16) : mention.start]
            if _RATE.search(before) and mention.unit.dimension is Dimension.RATE:
                yield from _of_rate(row, mention, before)
            elif (label := _TARGET.search(before)) and not _MEASURED_FROM.search(before[: label.start()]):
                yield from _differing(mention, row.target, before, "指标值", is_firm=True)
            elif _ACTUAL.search(before) and not _is_share_of_target(row, mention):
                yield from _differing(mention, row.actual, before, "完成值", is_firm=True)
        yield from _of_pair(row, sentence, mentions)


def _of_pair(row: Row, sentence: str, mentions: list[Mention]) -> Iterator[Claim]:
    """“计划100人，实际80人”, or “实际培训85人” of an indicator of 培训.

    Of two figures, only a sentence with exactly these two figures in the row's unit speaks of the row.
    """
    fitting = [mention for mention in mentions if comparable(mention.unit, row.target.unit)]
    if len(fitting) == 1:
        before = sentence[: fitting[0].start]
        verb = _DID.search(before)
        if verb and verb[1] in row.cells.level3 and not _PART.search(before):
            yield from _differing(fitting[0], row.actual, verb[0], "完成值", is_firm=False)
        return
    if len(fitting) != 2 or _PART.search(sentence[: fitting[1].end]) or row.target.kind is not Kind.QUANTITY:
        return
    planned, reached = fitting
    if _PLANNED.search(sentence[: planned.start]) and _REACHED.search(sentence[: reached.start]):
        yield from _differing(planned, row.target, sentence[: planned.start][-6:], "指标值", is_firm=False)
        yield from _differing(reached, row.actual, sentence[: reached.start][-6:], "完成值", is_firm=False)


def _differing(mention: Mention, value: Value, before: str, about: str, *, is_firm: bool) -> Iterator[Claim]:
    if value.kind is not Kind.QUANTITY or value.doubtful or value.approximation is not None:
        return
    if comparable(mention.unit, value.unit) and not same_amount(mention, value):
        label = re.split(r"[，。；、]", before)[-1]
        yield Claim(f"{label}{mention.text}", about, value.raw.strip(), is_firm)


def _is_share_of_target(row: Row, mention: Mention) -> bool:
    """Whether a percentage is actual ÷ target, to the places it is written with."""
    ratio, amount = row.comparison.ratio, mention.amount
    if ratio is None or amount is None or mention.unit.dimension is not Dimension.RATE:
        return False
    places = decimals(mention.text)
    return abs(rounded(ratio * HUNDRED, places) - amount) <= Decimal(1).scaleb(-places)


def _of_rate(row: Row, mention: Mention, before: str) -> Iterator[Claim]:
    """A stated completion rate is right where it is actual ÷ target, or the actual itself is that rate."""
    ratio = row.comparison.ratio
    if ratio is None or same_amount(mention, row.actual):
        return
    if not _is_share_of_target(row, mention):
        label = re.split(r"[，。；、]", before)[-1]
        yield Claim(f"{label}{mention.text}", "按完成值计算", percent(ratio), is_firm=True)
