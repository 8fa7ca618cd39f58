"""Which counts and sums of the form have a say where a figure stands: how many rows there are, met or not, and points."""

from __future__ import annotations

import re

from assistant.drafting.likeness import Place
from assistant.drafting.sources import Source
from assistant.values.quantities import MentionKind

_OF_ROWS = re.compile("指标(?!值)|项(?:均|都|全部|已)*(?:达到|达标|完成|未|超)")
_OF_KIND = re.compile(r"(?P<kind>产出|效益|满意度|数量|质量|时效|成本)指标(?:共|有|为|设)*\Z")
_GROUP = re.compile(r"(产出|效益|满意度|数量|质量|时效|成本)(?:类)?指标")
_MET_COUNT = re.compile("(?<!未)完成(?:的|数量)")  # 完成的指标数量, 产出指标完成数量
_MET_BEFORE = re.compile(r"(?<![未没])(?:完成|达标|达到|实现)了?\Z")
_UNMET_BEFORE = re.compile(r"(?:未|没有?)(?:能)?(?:完成|达标|达到|实现)的?\Z")
MET_AFTER = re.compile(
    r"(?:指标)?(?:均|都|已|全部|全)*(?:达到|达标|完成|实现|优于)(?!率|了?\d|[^，。；]{0,10}的(?:有|共)?\d)"
)
UNMET_AFTER = re.compile(r"(?:指标)?(?:均|都|仍|还)*(?:未|没有?)(?:能)?(?:完成|达标|达到|实现)")
_NOT_MET = re.compile(r"[未没不低差欠扣晚]|滞后|偏差|原因")


def tells_rows(place: Place) -> bool:
    """Whether a bare count tells how many indicators were met or not: 14个指标中，11个达到目标，3个未达到."""
    return "指标" in place.whole and bool(MET_AFTER.match(place.after) or UNMET_AFTER.match(place.after))


def speaks(source: Source, place: Place, sources: tuple[Source, ...]) -> bool:
    """Whether a fact has a say here: other texts by their words, how many rows there are only of indicators."""
    if not source.fact.path and source.mention.unit.text == "分":  # summed over rows
        group = source.fact.label.partition("（")[0]
        if (told := _GROUP.search(place.near)) and told[0] != group:
            return group == "总扣分" or not any(one.fact.label.startswith(f"{told[0]}（") for one in sources)
        return (
            group.removesuffix("指标") in place.sentence
            or re.search("[共总丢]|合计|自评得|扣[掉减]的", place.before[-24:]) is not None
        )
    if source.fact.path == "indicators":
        group = source.fact.label.partition("（")[0] if "（" in source.fact.label else ""
        if not group and (told := _OF_KIND.search(place.before)) and told["kind"] not in source.fact.label:
            return False  # the count of all rows is not that of one kind
        if not _is_that_count(source, place, sources):
            return False
        return group.removesuffix("指标") in place.sentence and _OF_ROWS.search(place.whole) is not None
    if source.fact.kind != "written" or source.mention.kind is MentionKind.DOCNUMBER:
        return True
    return place.repeats(source)


def _is_that_count(source: Source, place: Place, sources: tuple[Source, ...]) -> bool:
    """Whether a count of rows (all, 完成的, 未完成的) is the one the words beside the figure name."""
    is_unmet, is_met = "未完成" in source.fact.label, _MET_COUNT.search(source.fact.label) is not None
    known = {one.fact.label for one in sources if one.fact.path == "indicators"}
    rest = place.sentence[len(place.before) + len(place.shown) :]
    clause = re.split("[，,]", place.before)[-1]
    named = _GROUP.search(place.before)
    if (
        named
        and "（" not in source.fact.label
        and named[0] not in source.fact.label
        and any(label.startswith(f"{named[0]}（") for label in known)
        and not re.search(
            r"\d[^，]*(?:产出|效益|满意度|数量|质量|时效|成本)|[共总其]|合计|全部", place.before
        )
    ):
        return False
    if not any("完成的" in label for label in known):
        return True
    if _UNMET_BEFORE.search(place.before) or UNMET_AFTER.match(place.after):
        return is_unmet
    if _MET_BEFORE.search(place.before) or (MET_AFTER.match(rest) and not _NOT_MET.search(clause)):
        return is_met
    if is_unmet and not clause and rest.startswith("指标"):
        return _NOT_MET.search(place.near) is not None
    return True
