"""A figure that is true of something else: another indicator's, or another than the user told."""

from __future__ import annotations

import re

from assistant.domain.value import Dimension, Op
from assistant.drafting.labels import ADJUSTED, GROWTH, LOST, RATE, SCORE, WEIGHT
from assistant.drafting.likeness import (
    AFTER_TARGET,
    ALIKE,
    CLAUSE,
    ENOUGH,
    IS_TARGET,
    MARGIN,
    Place,
    name_of,
    share,
)
from assistant.drafting.sources import Source, fund_word, same_amount
from assistant.drafting.topics import spoken_of
from assistant.values.quantities import Mention

_NAMED = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2}[率度]|得分|分值|总分)(?:均|都|已|约)?(?:为|达|达到|是|：|:)?\Z"
)
_A_RATE = re.compile(r"(?!完成)[\u4e00-\u9fff]{2}率(?:均|都|已|约)?(?:为|达|达到|是|：|:)?\Z")
_PART_OF = re.compile(r"占(?:比|到|了|约|为)*\Z")
_IS_RATIO = re.compile(
    r"完成率(?:为|达|是)?\Z|(?:完成了?|[为占达]到?)(?:年度)?(?:目标|指标|计划|任务|上限)[值数]?的\Z"
)
_IS_GAP = re.compile(
    r"(?:超[出过额]?|多|少|高出?|低|差|欠|提高|提前|晚|早|缩短|节约|结余|扣)了?\Z"
    r"|[高低多少优快慢]于[^，。；]{1,12}的(?:目标|指标|要求|标准|计划)值?\Z"
    r"|[高低多少优快慢好]于(?:年度|年初|预期|既定)*(?:预期|目标|指标|计划|要求)[值数]?\Z"
)
_POINTS = {
    LOST: re.compile(r"扣(?:除|减|了)?\Z"),
    WEIGHT: re.compile(r"(?:满分|分值|权重)(?:为|是|：|:)?\Z"),
    SCORE: re.compile(r"(?:(?<!满)得分?|自评(?:得分)?)(?:为|是|：|:)?\Z"),
}
"""What a number of points is said to be, by the words just before it."""
_SAME_WORDS = (
    4  # so many characters before a figure, as the user wrote them, make it known which figure is meant
)
_SURE = 6
_ITEM = 2  # characters, where they are all an item of a list says before its figure
_WITH_NOUN = 2  # so much longer the text may name it: 线下培训 for 线下
_ADDED = re.compile(r"(?:增加?|追加|调[整增减]|[核压]?减少?)了?\Z")
_AGAINST = re.compile(r"[\d%]对\Z")  # 13.5%对5%
_BEFORE_THEN = re.compile("[底末之以]?前|底|[起至到]")
_UP_TO_FIGURE = re.compile(r"(?=\d)")
_IS_PLANNED = re.compile(r"(?:计划|拟|预计|定于|力争|争取|将)(?:于|在)?\Z")
_VERB = 2  # characters after a date that say what was done then: 停工
_YEAR = re.compile(r"20\d\d年")
_THEN = re.compile("上一?年|去年|同期|基期|[由从较比与]|原")
_RATE_OF = re.compile(
    r"(?:执行|支付|支出|使用)(?:(?:率|进度)?(?:为|达到?|是)|率|进度|了)?\Z"
)  # or what was spent
TOUCHED = 10  # percent of what was told of which a sentence must have words to be about it
ABOUT = 20  # percent of what was told that makes a sentence one about it
SHORT = 30  # percent of a name that a short form of it keeps
_OF_MONEY = re.compile("预算|执行|资金|支出|支付|拨款|经费|结余|投入")
_LAST_YEAR = re.compile("上年|去年|上一年|同期")


def misplaced(
    place: Place, mention: Mention, candidates: list[Source], sources: tuple[Source, ...], row: str = ""
) -> str:
    """The figure of one indicator under the name of another; ``""`` where no other name fits clearly better.

    *row* is the row of the figure just before, which "未达到指标值…" goes on about.
    """
    if named := _NAMED.search(place.before):
        name = (
            "执行率"
            if place.before[: named.end()].rstrip("为达到是：:").endswith("执行进度")
            else named["name"]
        )
        is_kind = name[-1] not in "率度" or mention.unit.dimension in {Dimension.RATE, Dimension.BARE}
        if (
            is_kind
            and any(name in source.fact.label for source in sources)
            and not any(
                name in source.fact.label + source.fact.text
                or (name == "得分" and source.fact.label == "总分")
                for source in candidates
            )
        ):
            return f"{candidates[0].mention.text}不是{name}"
    if why := _of_nothing_named(place, mention, candidates, sources, row):
        return why
    if row and _AGAINST.search(place.before) and all(source.row != row for source in candidates):
        return f"{candidates[0].mention.text}不是前面所说指标的数"
    if _goes_on(place, mention, candidates, sources, row):
        return f"{candidates[0].mention.text}是“{name_of(candidates[0])}”的数，不是前面所说指标的"
    if why := _other_points(place, candidates, sources, row):
        return why
    if all(source.is_told for source in candidates):
        return _told_elsewhere(place, candidates, sources) or _other_date(place, candidates, sources)
    if _other_share(place, mention, candidates, sources, row):
        return f"{mention.text}是“{name_of(candidates[0])}”的数，这句话没有说到它"
    if why := (_other_year(place, candidates, sources) or _other_time(place, mention, candidates, sources)):
        return why
    if _ADDED.search(place.before) and any(ADJUSTED in source.fact.label for source in candidates):
        return ""
    places = {source.row for source in candidates if not source.fact.path.endswith(".expected")}
    if not places or "" in places:
        return ""
    own = max(place.likeness(source) for source in candidates)
    if why := _other_money(place, candidates, sources, row):
        return why
    if any(
        s.fact.path.startswith("funds[")
        and (share(name_of(s), place.sentence) >= ALIKE or (fund_word(s) and fund_word(s) in place.near))
        for s in candidates
    ):
        return ""
    others = [s for s in sources if s.row and s.row not in places and _is_like(s, mention)]
    other = max(others, key=place.likeness, default=None)
    if other is None or place.likeness(other) < max(ENOUGH, own + MARGIN):
        return ""
    return f"{candidates[0].mention.text}是“{name_of(candidates[0])}”的数，不是“{name_of(other)}”的"


def _of_nothing_named(
    place: Place, mention: Mention, candidates: list[Source], sources: tuple[Source, ...], row: str
) -> str:
    """到位率130% with the ratio of a row not spoken of; 甲、乙分别100%、98% where nothing of 甲 is 100%."""
    what = f"{mention.text}是“{name_of(candidates[0])}”的数，这句话没有说到它"
    if place.name and all(source.row.startswith(("indicators", "")) for source in candidates):
        own = max(max(share(one.fact.label, place.name), share(one.clause, place.name)) for one in candidates)
        rows = [one for one in sources if one.row.startswith("indicators") and _is_like(one, mention)]
        if not own and any(share(name_of(one), place.name) for one in rows):
            return what
    if (_A_RATE.search(place.before) and mention.unit.dimension is Dimension.RATE) and all(
        one.derived
        and one.row.startswith("indicators")
        and one.row != row  # 实有113人，缺员7人，到岗率94.17%
        and not place.likeness(one)
        and one.base != 1
        for one in candidates
    ):
        return what
    if _PART_OF.search(place.before) and all(
        one.row.startswith("funds[") and RATE in one.fact.label for one in candidates
    ):
        return f"{mention.text}是执行率，不是所占的比重"
    return ""


def _other_year(place: Place, candidates: list[Source], sources: tuple[Source, ...]) -> str:
    """上年279天, told as this year's: the evidence says of which year it is, the sentence does not."""
    this = next((source.mention.text for source in sources if source.fact.path == "year"), "")
    clause = re.split(f"[{CLAUSE}]", place.before)[-1]
    if not this or _THEN.search(clause) or _YEAR.search(place.before):
        return ""
    years = [_last(_YEAR, source.before) or _LAST_YEAR.search(source.own_words) for source in candidates]
    if not all(year is not None and year[0] != this for year in years):
        return ""
    return f"{candidates[0].mention.text}不是{this}的数"


def _other_time(place: Place, mention: Mention, candidates: list[Source], sources: tuple[Source, ...]) -> str:
    """The date of an indicator of which the sentence has no word, where the user told another date of what it is about."""
    if mention.day is None or any(share(name_of(source), place.sentence) for source in candidates):
        return ""
    told = [source for source in sources if source.is_told and source.mention.day is not None]
    about = [source for source in told if share(source.fact.text, place.sentence) >= ABOUT]
    if not about or any(source in candidates for source in about):
        return ""
    return f"{mention.text}是“{name_of(candidates[0])}”的日期，您说的是{about[0].mention.text}"


def _last(rule: re.Pattern[str], text: str) -> re.Match[str] | None:
    return max(rule.finditer(text), key=re.Match.start, default=None)


def _other_money(place: Place, candidates: list[Source], sources: tuple[Source, ...], row: str) -> str:
    """The figure of one part of the money under the name of another: 县级资金执行率 with that of the 省级."""
    words = {word for source in sources if (word := fund_word(source))}
    said = {word for word in words if word in place.near[: len(place.near) - len(place.after)]}
    own = {fund_word(source) for source in candidates}
    if not all(own) or not all(source.row.startswith("funds[") for source in candidates):
        return ""
    if not said and not any(place.likeness(source) for source in candidates):  # 福彩公益金 for 福利彩票公益金
        said = {word for source in sources if (word := fund_word(source)) and place.likeness(source) >= SHORT}
    named = any(place.likeness(source) >= SHORT for source in candidates)
    if (
        not said
        and not named
        and row.startswith("funds[")
        and "分别" not in place.sentence
        and _RATE_OF.search(place.before)
    ):
        said = {word for source in sources if _is_of(source, row) and (word := fund_word(source))}
    if len(said) != 1 or said & own:
        return ""
    return f"{candidates[0].mention.text}是“{name_of(candidates[0])}”的数，不是“{said.pop()}”的"


def _other_share(
    place: Place, mention: Mention, candidates: list[Source], sources: tuple[Source, ...], row: str
) -> bool:
    """近八成 in a sentence about another indicator: a rough share fits so many facts that its own must be spoken of."""
    is_rough = mention.approximation is not None or (
        mention.op in {Op.LT, Op.GT} and "成" in mention.text
    )  # 不足九成
    if not is_rough or mention.unit.dimension is not Dimension.RATE:
        return False
    own = 0
    for source in candidates:
        if source.row.startswith("funds") and source.row != row and not _OF_MONEY.search(place.sentence):
            continue
        is_goal = source.fact.path.endswith(".expected")
        if not (is_goal or source.row.startswith("indicators")) or source.row == row != "":
            return False
        own = max(own, share(source.clause if is_goal else name_of(source), place.before + place.near))
    if row.startswith("indicators") and not own:
        return not any(
            _is_of(source, row) and same_amount(mention, source) and GROWTH not in source.fact.label
            for source in sources
        )
    if not own and spoken_of(
        place.before + place.near, sources
    ):  # 接种完成近九成, where only the money has it
        return True
    near = max(share(name_of(source), place.near) for source in candidates)
    if near and all(share(name_of(one), place.near) <= near for one in sources if _is_like(one, mention)):
        return False  # what other clauses of the sentence speak of is no matter
    least = max(ALIKE, own + 1)
    return any(
        source.row.startswith("indicators") and share(name_of(source), place.sentence) >= least
        for source in sources
    )


def _is_like(source: Source, mention: Mention) -> bool:
    """Whether a row's own figure could be meant by one of this dimension."""
    if mention.unit.text == "分" and source.role == "points":
        return SCORE in source.fact.label
    return source.role in {"target", "actual", ""} and source.mention.unit.dimension is mention.unit.dimension


def _goes_on(
    place: Place, mention: Mention, candidates: list[Source], sources: tuple[Source, ...], row: str
) -> bool:
    """Whether the words speak of the indicator before, which has a figure of this kind, and another one at that."""
    own = [source for source in sources if _is_of(source, row)]
    names = {name_of(source) for source in own}
    if any(
        source.row == row
        or name_of(source) in names
        or (
            share(source.clause, place.sentence) >= ABOUT
            if source.fact.path.endswith(".expected")
            else place.likeness(source) > 0
        )
        or (source.is_told and share(source.clause, place.near) >= ENOUGH)
        or not source.fact.path  # a sum over rows
        or (
            source.row.startswith("funds")
            and mention.unit.dimension is Dimension.MONEY
            and not (fund_word(source) and row.startswith("funds["))
        )
        for source in candidates
    ):
        return False
    if IS_TARGET.search(place.before) or AFTER_TARGET.match(place.after):
        meant = [source for source in own if source.role == "target"]
    elif _IS_RATIO.search(place.before):
        meant = [source for source in own if source.derived and source.role == ""]
    elif _IS_GAP.search(place.before):
        meant = [source for source in own if source.role == "difference"]
    else:
        return False
    if any(place.likeness(source) >= ALIKE for source in sources if source.row != row):
        return False
    return any(mention.unit.dimension is source.mention.unit.dimension for source in meant)


def _told_elsewhere(place: Place, candidates: list[Source], sources: tuple[Source, ...]) -> str:
    """A figure known only from what was told, under the name of an indicator it was not told of."""
    own = max(max(share(source.clause, place.near), place.likeness(source)) for source in candidates)
    if _LAST_YEAR.search(place.sentence) and any(_LAST_YEAR.search(source.clause) for source in candidates):
        return ""  # the same indicator's, of the year before
    other = max((s for s in sources if s.role == "actual" and s.row), key=place.likeness, default=None)
    if other is None or place.likeness(other) < max(ENOUGH, own + MARGIN):
        return ""
    if any(source.fact.path.startswith(f"{other.row}.") for source in candidates):
        return ""  # told of that very row: in its reason
    return f"{candidates[0].mention.text}不是“{name_of(other)}”的数"


def _other_points(place: Place, candidates: list[Source], sources: tuple[Source, ...], row: str) -> str:
    """得8分 where the row spoken of got 6: the points of another row, or its weight told as its score."""
    said = next((name for name, cue in _POINTS.items() if cue.search(place.before)), None)
    own = [source for source in sources if _is_of(source, row) and _is_points(source, said)]
    if (
        said is None
        or not row
        or not own
        or any(
            s.fact.path == "total" or (_is_points(s, said) and (s.row == "" or _is_of(s, row)))
            for s in candidates
        )
    ):
        return ""
    here = max(place.likeness(source) for source in own)
    if any(place.likeness(source) > here for source in candidates if source.row != row):
        return ""
    return f"前面所说指标的{said}是{own[0].mention.text}"


def _is_of(source: Source, row: str) -> bool:
    """Whether a figure is of *row*: of that indicator, or of that line of the money in any column."""
    if not row.startswith("funds"):
        return source.row == row != ""
    if row.startswith("funds.total"):
        return source.row.startswith("funds[") and source.fact.label.startswith(RATE)
    return source.row.partition(".")[0] == row.partition(".")[0]


def _is_points(source: Source, said: str | None) -> bool:
    return said is not None and source.mention.unit.text == "分" and said in source.fact.label


def _other_date(place: Place, candidates: list[Source], sources: tuple[Source, ...]) -> str:
    """A date the user told of something of which the sentence has no word, or fewer than of another dated thing."""
    if any(source.mention.day is None or share(source.clause, place.sentence) for source in candidates):
        return ""
    own = max(share(source.fact.text, place.sentence) for source in candidates)
    dated = [source for source in sources if source.is_told and source.mention.day is not None]
    if own >= TOUCHED and all(share(source.fact.text, place.sentence) <= own for source in dated):
        return ""
    return f"您说的{candidates[0].mention.text}是另一件事的日期"


def contradicted(
    place: Place, mention: Mention, candidates: list[Source], sources: tuple[Source, ...]
) -> str:
    """The words of something told, with another figure: 停工38天 where the user said 停工37天."""
    length = _SAME_WORDS if all(source.is_in_words for source in candidates) else _SURE
    said = [source for source in sources if source.is_in_words and _same_words(place, source, length)]
    other = [s for s in said if s.mention.unit.base == mention.unit.base and s.mention.kind is mention.kind]
    if any(not source.is_in_words and place.likeness(source) >= ALIKE for source in candidates):
        return ""  # a cell says it under this name
    if not other or any(
        source in candidates or _equal(mention, source.mention) or same_amount(mention, source)
        for source in other
    ):
        return ""
    return f"您说的是{other[0].mention.text}"


def _equal(one: Mention, other: Mention) -> bool:
    return (one.amount, one.day, one.kind) == (other.amount, other.day, other.kind)


def _same_words(place: Place, source: Source, length: int) -> bool:
    before = re.split(f"[{CLAUSE}]", source.before)[-1]
    after = re.split(f"[{CLAUSE}]", source.after)[0]
    own = place.name or re.split(f"[{CLAUSE}]", place.before)[-1].removeprefix("其中")
    return (
        (len(before) >= length and place.before.endswith(before))
        or (len(after) >= _SURE and place.after == after)
        or (len(place.after) >= _SAME_WORDS and _UP_TO_FIGURE.split(after)[0] == place.after != after)
        or _same_item(own, source, before.removeprefix("其中"))
        or (
            len(item := before.removeprefix("其中")) >= _ITEM
            and len(place.name) - len(item) <= _WITH_NOUN
            and place.name.endswith(item)
        )
        or _same_doing(place, source, after)
    )


def _same_item(own: str, source: Source, before: str) -> bool:
    """进社区71场 in a list the user told: 进学校62场、进社区71场."""
    listed = source.before[-len(before) - 1 : -len(before)] in {"、", "，"} or source.after.startswith(
        ("、", "，")
    )
    return (len(own) >= _ITEM and (own == before or (listed and before.startswith(own)))) or (
        listed and len(before) >= _ITEM and own.startswith(before) and len(own) - len(before) <= _WITH_NOUN
    )


def _same_doing(place: Place, source: Source, after: str) -> bool:
    """8月停工, where the text dates 停工; 4月底前完工 is a plan, which may stand beside what was done."""
    is_done = (
        source.mention.day is not None
        and not _BEFORE_THEN.match(after)
        and not _IS_PLANNED.search(source.before)
    )
    return is_done and len(after) >= _VERB and place.after.startswith(after[:_VERB])
