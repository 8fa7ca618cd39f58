"""Numbers in words that are no figure of their own: 截至年底, 两项工作, 一盘棋, 未达到100%, what each quarter was for."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.catalogue.feasts import load_feasts
from assistant.domain.amounts import HUNDRED
from assistant.domain.value import Dimension
from assistant.drafting.likeness import Place
from assistant.drafting.sources import Source
from assistant.values.quantities import Mention, MentionKind

_LISTED = re.compile(
    r"面?(?:重点|主要|具体|核心|基础)?(?:工作|任务(?!量)|措施|举措|要求|原则|环节|方面|机制|制度|问题|内容|原因|阶段)"
)
_LIST_ENDS = re.compile(r"、[^，。；、]{1,14}等\Z")
_ITEMS_APART = re.compile("[、和与及]|以及")
_ITEMS_END = re.compile(r"[，。；：:（(]")
_MARK_IS = re.compile(r"[一二三四五六七八九十]是|第[一二三四五六七八九十][，、：]|(?<=[：，；])一[条个项]是")
_THE_MOST = re.compile(r"最[\u4e00-\u9fff]{1,3}的\Z|(?:平均|每|按|均)\Z")
_ONE_EACH = re.compile(r"[\u4e00-\u9fff]{0,4}平?均")
_EVERY_ONE = re.compile(r"每[\u4e00-\u9fff]{0,4}\Z")  # 每接待一名观众
_THIS_ONE = re.compile(r"[率度量数额本用行算]\Z")  # 预算执行一项扣0.44分
_THESE_ARE = re.compile(
    r"[\u4e00-\u9fff]{0,4}：(?P<items>[^。；]*)|[^，。；：、\d]{0,8}?(?:来自|是|为|即|包括|涉及)(?P<said>[^，。；：\d]*)"
)  # 两项扣分来自甲和乙
_FIRST_OF_THEM = re.compile(r"[\u4e00-\u9fff]{0,6}[：:，](?:第一|一[是要]|其一|首先|1[.、]|①|（一）)")
_QUARTERS = re.compile(r"一季度[^。；\n]+二季度[^。；\n]+三季度[^。；\n]+四季度")
_FULL = re.compile(r"(?:未|没有?|不|距|离)[^，。；\d]{0,3}\Z|(?:未|没有?|不)(?:能|足)?(?:达到?|到)\Z")
_BY = ("到", "至", "截至", "截止", "截止到", "截至到", "截止至")
_AS_OF_THEN = re.compile("[时]?(?:在岗|在册|在编|实有|保有|存量|现有|结余|余额)")
_OF_A_YEAR = re.compile(r"[上去明次翌今本前后下]一?\Z|\d\Z")
_DONE_THEN = re.compile(
    r"之?前?(?:[才已就便均都全部按期如时基本顺利]*)(?:完|建成|竣|交付|验收|实现|达|结束|投|全部|到位|发放|拨付|签)"
)
_RECKONED_BY = re.compile(r"(?:按|按照|以)(?:全年|一年)?\Z")
_A_YEAR = {(Decimal(days * each), unit) for days in (365, 366) for each, unit in ((1, "天"), (24, "小时"))}
_FEAST = re.compile(r"[“\"]?(?:世界|国际|全国|中国)[\u4e00-\u9fff]{2,10}[日节周]")  # 3月24日世界防治结核病日
_FEAST_NAME = re.compile(r"(?:世界|国际|全国|中国)[\u4e00-\u9fff]{2,10}?日")
_CARRIED = re.compile("度?结[转余]")
_TOGETHER = re.compile(r"[\u4e00-\u9fff]{0,4}(?:合计|共计|总计|相加|之和)")


def counts_nothing(mention: Mention, place: Place) -> bool:
    """Whether it is no figure whatever the facts say."""
    return (
        mention.text == "年内"
        or (
            mention.kind is MentionKind.DATE
            and _FEAST.match(place.after) is not None
            and _is_on(mention, place)
        )
        or _is_short_of_all(mention, place)
        or (mention.kind is MentionKind.DATE and _QUARTERS.search(place.sentence) is not None)
    )


def _is_on(mention: Mention, place: Place) -> bool:
    """Whether the date is the feast's, as far as that is known."""
    named = _FEAST_NAME.search(place.after)
    day = load_feasts().get(named[0]) if named else None
    return day is None or mention.day is None or (mention.day.month, mention.day.day) == day


def sums_up(mention: Mention, place: Place, sources: tuple[Source, ...]) -> bool:
    """Whether it needs no fact where none has it: it sums up the text, or names a ratio or a date held elsewhere."""
    return (
        _is_multiple(mention, sources)
        or _is_article(mention, place, sources)
        or _is_by_then(mention, place, sources)
        or _is_carried_over(mention, place, sources)
        or _is_of_every_year(mention, place)
        or _is_summary(mention, place, sources)
        or _is_length_of_list(mention, place)
    )


def _is_by_then(mention: Mention, place: Place, sources: tuple[Source, ...]) -> bool:
    """截至年底, 截至2023年12月31日, 年末在岗: where the form's year ends, no date of its own."""
    if mention.text in {"年底", "年末"} and (_AS_OF_THEN.match(place.after) or _is_just_then(place)):
        return True
    if not place.before.endswith(_BY):
        return False
    day = mention.day
    years = {
        source.mention.day.year for source in sources if source.fact.path == "year" and source.mention.day
    }
    ends = day is not None and day.month == 12 and day.day in {None, 31}
    return mention.text in {"年底", "年末"} or (ends and day is not None and day.year in {None, *years})


def _is_just_then(place: Place) -> bool:
    """年末330株存活, 年底前未交付: of no other year, and nothing is said to be done then."""
    return _OF_A_YEAR.search(place.before) is None and _DONE_THEN.match(place.after) is None


def _is_of_every_year(mention: Mention, place: Place) -> bool:
    """四个季度, 按全年366天计: what every year has."""
    if mention.text in {"四个季度", "4个季度", "十二个月", "12个月"}:
        return True
    return (mention.amount, mention.unit.text) in _A_YEAR and _RECKONED_BY.search(place.before) is not None


def _is_carried_over(mention: Mention, place: Place, sources: tuple[Source, ...]) -> bool:
    """2023年结转的80万元, where the form of 2024 has money 上年结转: the year is told by the form."""
    if mention.kind is not MentionKind.YEAR or mention.day is None or not _CARRIED.match(place.after):
        return False
    years = {
        source.mention.day.year for source in sources if source.fact.path == "year" and source.mention.day
    }
    has = any(source.fact.path.startswith("funds") and "上年结" in source.fact.label for source in sources)
    return has and any(year is not None and mention.day.year == year - 1 for year in years)


def _is_article(mention: Mention, place: Place, sources: tuple[Source, ...]) -> bool:
    """一盘棋, 最多的一项, 一件申请平均, 每接待一名: a one that counts nothing, where nothing of the form is counted so."""
    if (
        mention.worded
        and mention.amount == 1
        and (
            _THE_MOST.search(place.before)
            or _ONE_EACH.match(place.after)
            or (_EVERY_ONE.search(place.before) and "就有" not in place.sentence)
            or place.before.endswith(("这", "那", "该", "此", "同", "另"))
            or place.sentence.count(mention.text) > 1  # 一项受天气影响，一项属于…
            or (
                mention.text == "一项"
                and _THIS_ONE.search(place.before)
                and place.after[:1] in {"扣", "失", "得"}
            )
        )
    ):
        return True
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
    said = place.before + re.split("[1百]", mention.text)[0]
    return whole and _FULL.search(said) is not None and not place.after.startswith("的")


def _is_multiple(mention: Mention, sources: tuple[Source, ...]) -> bool:
    """两倍: a ratio, held against the form's ratios in ``multiples``, where no fact is in 倍 itself."""
    return mention.unit.text == "倍" and all(source.mention.unit.text != "倍" for source in sources)


def _is_length_of_list(mention: Mention, place: Place) -> bool:
    """甲、乙、丙三类; 存在两个不足：一是…，二是…: as many as the text itself lists."""
    if not mention.worded or mention.amount is None or mention.unit.dimension is not Dimension.COUNT:
        return False
    rest = place.sentence[len(place.before) + len(mention.text) :]
    if len(_MARK_IS.findall(rest)) == mention.amount or _FIRST_OF_THEM.match(rest):
        return True
    listed = _ITEMS_END.split(place.before)[-1]
    named = _THESE_ARE.match(rest)
    return any(
        ("、" in items or mention.amount == 2) and len(_ITEMS_APART.split(items)) == mention.amount
        for items in (listed, (named["items"] or named["said"] or "") if named else "")
    )


def _is_longer_than_list(mention: Mention, place: Place) -> bool:
    """甲、乙、丙四项任务: more than the list just before has, wherever one item ends and the next begins."""
    listed = _ITEMS_END.split(place.before)[-1]
    begins = place.before[: len(place.before) - len(listed)]
    if "、" not in listed or (begins and not begins.endswith(("：", ":"))):
        return False
    return mention.amount is not None and len(_ITEMS_APART.split(listed)) < mention.amount


def _is_summary(mention: Mention, place: Place, sources: tuple[Source, ...]) -> bool:
    """两项工作, 三个方面: sums up what the text lists, where no row of the form is counted so."""
    if mention.worded and _LIST_ENDS.search(place.before):  # 甲、乙、丙等六项
        others = [
            s for s in sources if s.fact.path != "indicators" and s.mention.kind is not MentionKind.NUMBER
        ]
        return all(source.mention.unit.base != mention.unit.base for source in others)
    if mention.worded and _is_longer_than_list(mention, place):
        return False
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
