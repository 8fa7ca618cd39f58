"""Numbers in words that are no figure of their own: 截至年底, 两项工作, 一盘棋, 未达到100%, what each quarter was for."""

from __future__ import annotations

import re

from assistant.domain.amounts import HUNDRED
from assistant.domain.value import Dimension
from assistant.drafting.likeness import Place
from assistant.drafting.sources import Source
from assistant.values.quantities import Mention, MentionKind

_LISTED = re.compile(
    r"面?(?:重点|主要|具体|核心|基础)?(?:工作|任务(?!量)|措施|举措|要求|原则|环节|方面|机制|制度|问题|内容|原因|阶段)"
)
_LIST_ENDS = re.compile(r"、[^，。；、]{1,14}等\Z")
_QUARTERS = re.compile(r"一季度[^。；\n]+二季度[^。；\n]+三季度[^。；\n]+四季度")
_FULL = re.compile(r"(?:未|没有?|不|距|离)[^，。；\d]{0,3}\Z|(?:未|没有?|不)(?:能|足)?(?:达到?|到)\Z")
_BY = ("截至", "截止", "截止到", "截至到", "截止至")
_TOGETHER = re.compile(r"(?:资金|经费)?(?:合计|共计|总计|相加|之和)")


def counts_nothing(mention: Mention, place: Place) -> bool:
    """Whether it is no figure whatever the facts say."""
    return _is_short_of_all(mention, place) or (
        mention.kind is MentionKind.DATE and _QUARTERS.search(place.sentence) is not None
    )


def sums_up(mention: Mention, place: Place, sources: tuple[Source, ...]) -> bool:
    """Whether it needs no fact where none has it: it sums up the text, or names a ratio or a date held elsewhere."""
    return (
        _is_multiple(mention, sources)
        or _is_article(mention, sources)
        or _is_by_then(mention, place, sources)
        or _is_summary(mention, place, sources)
    )


def _is_by_then(mention: Mention, place: Place, sources: tuple[Source, ...]) -> bool:
    """截至年底, 截至2023年12月31日: where the form's year ends, no date of its own."""
    if not place.before.endswith(_BY):
        return False
    day = mention.day
    years = {
        source.mention.day.year for source in sources if source.fact.path == "year" and source.mention.day
    }
    ends = day is not None and day.month == 12 and day.day in {None, 31}
    return mention.text in {"年底", "年末"} or (ends and day is not None and day.year in {None, *years})


def _is_article(mention: Mention, sources: tuple[Source, ...]) -> bool:
    """一盘棋, 一张蓝图: a one that counts nothing, where nothing of the form is counted so."""
    return (
        mention.worded
        and mention.amount == 1
        and mention.unit.dimension is Dimension.COUNT
        and mention.unit.text != "倍"
        and all(source.mention.unit.base != mention.unit.base for source in sources)
    )


def _is_short_of_all(mention: Mention, place: Place) -> bool:
    """未达到100%: all there is, not a figure of the form."""
    whole = mention.unit.text == "%" and mention.amount == HUNDRED
    said = place.before + mention.text.partition("1")[0]
    return whole and _FULL.search(said) is not None and not place.after.startswith("的")


def _is_multiple(mention: Mention, sources: tuple[Source, ...]) -> bool:
    """两倍: a ratio, held against the form's ratios in ``multiples``, where no fact is in 倍 itself."""
    return mention.unit.text == "倍" and all(source.mention.unit.text != "倍" for source in sources)


def _is_summary(mention: Mention, place: Place, sources: tuple[Source, ...]) -> bool:
    """两项工作, 三个方面: sums up what the text lists, where no row of the form is counted so."""
    if mention.worded and _LIST_ENDS.search(place.before):  # 甲、乙、丙等六项
        others = [
            s for s in sources if s.fact.path != "indicators" and s.mention.kind is not MentionKind.NUMBER
        ]
        return all(source.mention.unit.base != mention.unit.base for source in others)
    noun = _LISTED.match(place.after) or _TOGETHER.match(place.after)
    if (
        noun is None
        or not mention.worded
        or mention.unit.text not in {"项", "个", "方", "条", "点", "类", "者"}
    ):
        return False
    same = [s for s in sources if s.mention.unit.base == mention.unit.base and s.fact.path != "indicators"]
    if mention.unit.text == "项":
        return all(source.mention.kind is MentionKind.NUMBER for source in same)
    return not any(source.after.startswith(noun[0]) for source in same)
