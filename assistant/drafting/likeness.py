"""A figure in its surroundings: its role by the words around it, and how much of a name stands near."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.drafting.labels import GROWTH
from assistant.drafting.sources import Source
from assistant.values.quantities import Mention

_STOP = "。；;！!？?\n"
_WHO = "人群|群体|人口|对象|[男女学考儿]?[童生员]|客户|用户|市场|区域|地区|企业|家庭|群众|患者"
"""Behind 目标: whom or what something is for, not what is planned."""
_FULL_STOP = "。\n"
CLAUSE = f"{_STOP}，,、：:（）()"
COMPARED = "晚早低高少多优好快慢短长"
_TARGET = re.compile(
    rf"(?:(?<![响供对效适反])应(?![急聘届邀声答酬激]|.尽)|[拟需须])[当该]?(?:完成|达到)|计划(?!生育)|规划|(?<!完成)任务(?:数|量)?(?:为|是|：|:)?\Z|目标(?!{_WHO})|要求|指标值|预期|预算|年初|(?:[队员岗]|岗位|核定)编制(?:数|为)?\Z|(?<![响供对效适反相])应当?(?![用急聘届邀声答酬激]|.尽)|申报|设定|原定|下达|安排|上限|下限"
    rf"|[{COMPARED}]于|不足|未达|未能|超过|超出|[比较距](?!上年|去年|往年)"
)
_ACTUAL = re.compile(r"实际|实[办收到发建投支付]|已(?!批)|累计|[增升]加?[到至]|提[高升][到至]")
_DONE = re.compile(
    r"完成(?!率|时[间限])|达到|举办|召开|形成|执行(?!率)|支出|支付|建成|开展"
)  # weaker: 计划召开
IS_TARGET = re.compile(
    r"(?:指标值|目标值)(?:为|是|：|:)?\Z"
    r"|(?:超[出过额]?|比|较|[高低多少优早晚好快慢短长]于|未?达到?)了?(?:年度|年初|预期|计划|既定|控制|国家|省级|上级|规定|考核|行业)*(?:目标|指标|计划|任务|标准|上限|要求)[值数]?的?\Z"
)  # 未达到指标值…, 高于目标…: goes on about the figure before
AFTER_TARGET = re.compile(r"的(?:年度|预期|计划|既定|控制|考核)?(?:目标|指标|计划|要求|上限|下限|标准)")
_NUMBERED = re.compile(
    r"(?:目标|任务|计划|指标)[\d一二三四五六七八九十]{1,2}(?:[：:、]|的?(?:完成|实现|达成)(?:情况)?[：:]?|(?=[已未基全按方]))"
)  # 目标1：is a mark
_STRONG = (("target", _TARGET), ("actual", _ACTUAL))
_AFTER = re.compile(
    rf"的?(?:年度|预期|计划|既定|控制|考核)?(?:目标(?!{_WHO})|任务|指标|计划|要求|上限|下限|标准|预算)"
)
_AS_DONE = re.compile(
    "的?(?:实际|实有|完成|执行|支出|达到)(?:水平|情况|[数值量])"
)  # 参照5.86万平方米的实际水平
_HEADING = re.compile(
    r"(?:对照|对标|围绕|紧扣|聚焦|根据|按照)[^，。；：:\d]{0,10}(?:目标|计划|任务|要求|指标)[^，。；：:\d]{0,4}[：:]"
)  # 对照年初目标：what follows is told against it
_COMPARISON = re.compile(
    r"[比较距].{0,8}(?:计划|目标|指标|任务|预期|要求)[^，]*[多少高低差快慢早晚超]"
    r"|(?:未能?|没有?)(?:达到?|完成)[^，]*(?:计划|目标|指标|任务|预期|要求)"
    r"|(?:完成了?|[为占是])(?:年度|全年|总|预期)*(?:目标|计划|任务|指标)[值数]?的\d"  # 完成目标的130.49%，…
    r"|超[出过额]?(?:完成)?(?:年度|全年)*(?:计划|目标|指标|任务)\d"  # 超计划68批次，…
    r"|不[到足](?:年度|全年)*(?:计划|目标|指标|任务|上限|控制)[^，]*的"  # 不到上限的四成，…
)
_SIGN = re.compile(r"[≥≤＞＜<>]|不[少低高小大多]于|不得|不超|以内|以上|以下|至少|控制在")
_COMMON = frozenset(
    {"完成", "指标", "项目", "工作", "情况", "数量", "年度", "实际", "达到", "组织", "开展", "相关", "其中"}
)

_SENTENCE = re.compile(f"[{_STOP}]")
_TWO_DIGITS = 10  # such figures hardly agree by chance
_SEVERAL = 3  # words, as pairs of letters, that two sentences share when one says again what the other said
MARGIN = 25  # percent by which another indicator's name must fit better before a figure counts as misplaced
ENOUGH = 50
_NAME_ONLY = re.compile(r"（[^）]*）|[^\u4e00-\u9fffA-Za-z]")
_TAIL = 4  # characters of an indicator's name that may stand for it: 演出场次 for 文化惠民演出场次
MORE = re.compile("[超增多高涨升余长]|提前|翻")
_RESPECTIVE = re.compile(r"(?P<names>[^。；;，,\n]+)[，,]?分别(?:为|是|达到?|完成|[扣得占]|：|:)?")
_NAMES_APART = re.compile(r"、|和|与|以及|及")
_LEVELS = re.compile(r"[两三四五](?=级)")  # 中央、省、县三级资金
_TWO_NAMES = 4  # characters
_FIGURES_APART = re.compile(r"[、，,和与及以\s]{1,3}")
_SPENT_OF_IT = re.compile(
    r"(?:已|实际|累计|共|现)*(?:执行|支出|支付|使用)(?:了|为)?"
)  # 资金36万元执行33.4万元
_VERSUS = re.compile("对|比|，对比")
ALIKE = 34  # percent of an indicator's name that must stand near a figure with another classifier


@dataclass(frozen=True, slots=True)
class Place:
    """A figure in its surroundings.

    Attributes:
        before: The sentence up to the figure.
        near: What belongs to the figure alone, up to the next stop or figure on both sides.
        after: What follows in the clause.
        whole: The sentence with its neighbours up to full stops: what stands between 。 and 。.
        name: Its name in a list of names and figures: 甲 of 甲、乙分别为1个和2个.
    """

    shown: str
    before: str
    near: str
    after: str
    sentence: str
    name: str = ""
    whole: str = ""

    @classmethod
    def around(cls, text: str, mentions: Sequence[Mention], position: int) -> Place:
        """The surroundings of ``mentions[position]``."""
        mention = mentions[position]
        left = mentions[position - 1].end if position else 0
        right = mentions[position + 1].start if position + 1 < len(mentions) else len(text)
        begin = _last(text, _STOP, 0, mention.start)
        clause = _last(text, CLAUSE, left, mention.start)
        close = _next(text, CLAUSE, mention.end, right)
        after = text[mention.end : close]
        if done := _AS_DONE.match(after):  # what comes after says no more of the figure
            after = done[0]
        name = _respective(text, mentions, position, begin)
        return cls(
            shown=mention.text,
            before=text[begin : mention.start],
            near=(name or text[max(left, clause) : mention.start]) + after,
            after=after,
            sentence=text[begin : _next(text, _STOP, mention.end, len(text))],
            name=name,
            whole=text[
                _last(text, _FULL_STOP, 0, mention.start) : _next(text, _FULL_STOP, mention.end, len(text))
            ],
        )

    @property
    def role(self) -> str:
        """How the figure is told: as ``target``, as ``actual``, or ``""`` where no word says."""
        if _SIGN.search(self.shown) or _AFTER.match(self.after) or _SPENT_OF_IT.fullmatch(self.after):
            return "target"
        if _AS_DONE.match(self.after) or _VERSUS.fullmatch(self.after):  # 远超目标（13.5%对5%）
            return "actual"
        clauses = re.split("[，,]", _HEADING.sub("", _NUMBERED.sub("", self.before)))
        for clause in reversed(clauses):
            if clause is not clauses[-1] and _COMPARISON.search(
                clause
            ):  # 较计划多4台，…: 计划 is only compared with
                continue
            strong = [(found.start(), name) for name, rule in _STRONG for found in rule.finditer(clause)]
            if strong:
                return max(strong)[1]
            if _DONE.search(clause):
                return "actual"
        return ""

    def likeness(self, source: Source) -> int:
        """How much of the fact's name stands near the figure, in percent; its last words may stand for all of it."""
        name = _NAME_ONLY.sub("", source.fact.label)
        shortened = len(name) > _TAIL and name[-_TAIL:] in self.near
        return max(share(source.fact.label, self.near), ENOUGH if shortened else 0)

    def repeats(self, source: Source) -> bool:
        """Whether the sentence has the words that stand around the figure in the fact's own text, or just before it."""
        last = source.before[-2:]
        if len(last) == 2 and last.isalpha() and last not in _COMMON and self.before.endswith(last):
            return True
        if share(source.clause, self.sentence) >= ENOUGH:
            return True
        told = f"{_SENTENCE.split(source.before)[-1]}　{_SENTENCE.split(source.after)[0]}"
        figure = source.mention
        least = (
            _SEVERAL
            if figure.worded or figure.amount is None
            else 2
            if abs(figure.amount) < _TWO_DIGITS
            else 1
        )
        return len(letter_pairs(told) & letter_pairs(self.sentence)) >= least

    def is_about(self, source: Source) -> bool:
        """Whether the sentence speaks of the fact at all."""
        return share(source.fact.label, self.sentence) >= ALIKE


def spoken(place: Place, candidates: list[Source]) -> list[Source]:
    """Of facts with the same value those of cells, and those told in words of which the sentence has any."""
    kept = [source for source in candidates if not source.is_told or share(source.clause, place.sentence)]
    return kept or candidates


def grown(place: Place, candidates: list[Source]) -> list[Source]:
    """Without by how much a target was exceeded, where no word says 超 or 增 and another fact has the value."""
    if MORE.search(re.split("[，,]", place.before)[-1] + place.shown + place.near):
        return candidates
    return [source for source in candidates if GROWTH not in source.fact.label] or candidates


def fitting(place: Place, candidates: list[Source]) -> list[Source]:
    """Of facts with the same value those whose name stands near, if any name does."""
    best = max(map(place.likeness, candidates), default=0)
    if best < ENOUGH:
        return candidates
    return [source for source in candidates if place.likeness(source) >= best - MARGIN]


def name_of(source: Source) -> str:
    """The indicator's name, without what the figure is of it."""
    return source.fact.label.partition("（")[0]


def _respective(text: str, mentions: Sequence[Mention], position: int, begin: int) -> str:
    """The name a figure of a list belongs to: 甲、乙分别为1个和2个; ``""`` where it is in no such list."""
    mention = mentions[position]
    said = list(_RESPECTIVE.finditer(text, begin, mention.start))
    if not said:
        return ""
    first = next(at for at, one in enumerate(mentions) if one.start >= said[-1].end())
    if mentions[first].start != said[-1].end():
        return ""
    last = first
    while last + 1 < len(mentions) and _FIGURES_APART.fullmatch(
        text[mentions[last].end : mentions[last + 1].start]
    ):
        last += 1
    names = _NAMES_APART.split(said[-1]["names"])
    if len(names) == 1 and len(names[0]) == _TWO_NAMES and last == first + 1:  # 线上线下分别为…
        names = [names[0][:2], names[0][2:]]
    fits = len(names) == last - first + 1 > 1 and first <= position <= last
    return _LEVELS.sub("", names[position - first]) if fits else ""


def _last(text: str, stops: str, low: int, high: int) -> int:
    return max((text.rfind(stop, low, high) + 1 for stop in stops), default=0) or low


def _next(text: str, stops: str, low: int, high: int) -> int:
    return min((at for stop in stops if (at := text.find(stop, low, high)) != -1), default=high)


def share(label: str, text: str) -> int:
    """How much of *label* stands in *text*, in percent of its letter pairs."""
    name = letter_pairs(label)
    return 100 * len(name & letter_pairs(text)) // len(name) if name else 0


@lru_cache(maxsize=1024)
def letter_pairs(text: str) -> frozenset[str]:
    """The pairs of neighbouring letters of *text*, without brackets, digits, and words that say nothing."""
    text = re.sub(r"（[^）]*）|[^\u4e00-\u9fffA-Za-z]", "", text)
    return frozenset(text[i : i + 2] for i in range(len(text) - 1)) - _COMMON
