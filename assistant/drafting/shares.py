"""Shares told in words or roughly: what 超过六成, 不足90% or 约占 claim, and whether one restates the percentage before it."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from assistant.domain.amounts import HUNDRED
from assistant.domain.value import Approximation, Op
from assistant.drafting.likeness import Place
from assistant.values.quantities import Mention
from assistant.values.units import PERCENT

_OF_TARGET = r"(?:占|完成|达到?)?了?(?:年度|全年|总|预期)*(?:目标|计划|任务|指标|预算|上限|控制线|标准|要求)(?:值|数|量)?(?:\d+(?:\.\d+)?[%％‰])?的"
_SAID_BEFORE = (
    (re.compile(r"约(?:占|为|达|合|是)[^，。；\d]{0,12}\Z"), Approximation.ABOUT),
    (re.compile(rf"(?:不足|不到|接近){_OF_TARGET}\Z"), Approximation.NEARLY),
    (re.compile(rf"超过?{_OF_TARGET}\Z"), Approximation.OVER),
)
_OVER_BEFORE = re.compile(r"(?<![超通不])过\Z")  # 过六成, 过半
_ROUGHLY = {Op.GE: Approximation.OVER, Op.GT: Approximation.OVER, Op.LT: Approximation.NEARLY}
_RESTATES = re.compile(
    r"[，,、]?[（(]?(?:即|也就是|占比?|仅|均|都|比重|比例)?(?:约|达到?|为)?"
)  # 占11.14%，超过一成
_IN_FIGURES = re.compile(r"[（(](?:约|为|即)?(?P<told>\d+(?:\.\d+)?)[%％]", re.ASCII)
_IS_SHARE = re.compile(r"占比?[^，。；、\d目计任指预]{0,4}\Z")
_IN_PERCENT = re.compile(r"\d[%％]\Z")
_ENDS = re.compile(r"[，。；、）)\s]|\Z")


def with_approximation(mention: Mention, place: Place) -> Mention:
    """The figure with the 约 or 不足 that stands some words before it: 约占预算的22%, 不足目标的九成三."""
    if mention.approximation is None:
        for rule, said in _SAID_BEFORE:
            if rule.search(place.before):
                return replace(mention, approximation=said)
        if re.search("[成半]", mention.text) and _OVER_BEFORE.search(place.before):
            return replace(mention, approximation=Approximation.OVER)
    return mention


def roughly(mention: Mention) -> Mention | None:
    """What 九成以上, 不足90% claim of a share: over so much, or nearly; ``None`` for other figures."""
    if mention.op not in _ROUGHLY or mention.unit != PERCENT or "百分点" in mention.text:
        return None
    if "成" not in mention.text and not mention.text.startswith(
        ("不足", "不到")
    ):  # 高于90%: that very figure
        return None
    return replace(mention, op=None, approximation=_ROUGHLY[mention.op])


def is_share_of_whole(mention: Mention, place: Place) -> bool:
    """Whether it is a share in words of what the sentence counts: 线上预约49.4万人次，占比近七成."""
    rest = place.sentence[len(place.before) + len(place.shown) :]
    return (
        "成" in mention.text
        and mention.unit == PERCENT
        and _IS_SHARE.search(place.before) is not None
        and _IN_FIGURES.match(rest) is None  # 近六成（58.52%）: the figure is held against the form
    )


def restated(text: str, last: Mention, mention: Mention) -> bool | None:
    """Whether a share in words is what the percentage just before it says: 占11.14%，超过一成.

    ``None`` where it restates none. A rate above the full may be restated by what it is above it: 112.08%，超一成.
    """
    said = roughly(mention) or mention
    before = text[last.end : mention.start]
    if (
        mention.unit != PERCENT
        or not re.search("[成半]", mention.text)
        or said.amount is None
        or last.amount is None
        or _IN_PERCENT.search(last.text) is None
        or _RESTATES.fullmatch(before.removesuffix("过")) is None
        or _ENDS.match(text, mention.end) is None
    ):
        return None
    told = last.amount
    amounts = [told, told - HUNDRED] if told > HUNDRED else [told]
    return any(_is_about(said, amount) for amount in amounts)


def in_figures(text: str, mention: Mention) -> bool | None:
    """Whether the percentage in brackets behind a share in words says the same: 近四成（39.2%）; ``None`` without one."""
    said = roughly(mention) or mention
    behind = _IN_FIGURES.match(text, mention.end)
    if "成" not in mention.text or mention.unit != PERCENT or behind is None:
        return None
    return _is_about(said, Decimal(behind["told"]))


def _is_about(said: Mention, amount: Decimal) -> bool:
    """Whether a share in words is true of *amount* percent: over, nearly, or (约, or no word) within half a tenth."""
    share = said.amount or Decimal(0)
    tenth = Decimal(5) if share % 10 else Decimal(10)
    if said.approximation is Approximation.OVER:
        return share < amount < share + tenth
    if said.approximation is Approximation.NEARLY:
        return share - tenth < amount < share
    return abs(amount - share) <= tenth / 2
