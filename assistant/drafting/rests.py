"""What a cell tells of a whole and a part of it, told from the other side: 10 of 99.83%（5840条记录中合格5830条）."""

from __future__ import annotations

import re
from itertools import pairwise

from assistant.domain.amounts import plain
from assistant.domain.value import Dimension
from assistant.drafting.labels import REST, Facts
from assistant.values.quantities import Mention, find_quantities

_BETWEEN = re.compile(
    r"(?:(?!上年|去年|同期|比|较|增|减|降|到|至|由|从|每|均|计划|目标|应|需|另|加)[^。；;\d]){1,14}"
)
_APART = re.compile(r"[中内，,、：:（(\s]")
_LEADS = re.compile(r"^[其有已的为共计]+")
_WORD = re.compile(r"[\u4e00-\u9fff]{2,4}")
_ITS_WORD = re.compile(rf"（(?P<word>[\u4e00-\u9fff]*){REST}）\Z")


def add_rests(facts: Facts, text: str, path: str, label: str = "{}") -> None:
    """How many of the whole are not the part, for each part that stands just behind its whole in *text*."""
    for whole, part in pairwise(find_quantities(text)):
        between = text[whole.end : part.start]
        if not _counts_alike(whole, part) or _BETWEEN.fullmatch(between) is None:
            continue
        assert whole.amount is not None  # noqa: S101 -- counted alike
        assert part.amount is not None  # noqa: S101
        rest = whole.amount - part.amount
        word = _word(_LEADS.sub("", _APART.split(between)[-1])[-4:]) or _word(
            text[part.end :].removeprefix("套")
        )
        unit = part.unit.text or whole.unit.text
        facts.add(
            label.format(f"{word}{REST}"),
            f"{plain(rest)}{unit}",
            path,
            amount=rest,
            unit=unit,
            formula=f"{plain(whole.amount)} - {plain(part.amount)}",
            kind="derived",
        )


def word_of(label: str) -> str:
    """What the rest is *not*, by the label :func:`add_rests` gave it: 合格; ``""`` for any other fact."""
    match = _ITS_WORD.search(label) or re.fullmatch(rf"(?P<word>[\u4e00-\u9fff]*){REST}", label)
    return match["word"] if match else ""


def _word(text: str) -> str:
    match = _WORD.match(text)
    return match[0] if match else ""


def _counts_alike(whole: Mention, part: Mention) -> bool:
    if whole.amount is None or part.amount is None or whole.unit.dimension is not Dimension.COUNT:
        return False
    return whole.unit.base == part.unit.base and whole.amount > part.amount > 0
