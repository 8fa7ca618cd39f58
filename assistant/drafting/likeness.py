"""Right number, wrong place: whether the words around a figure fit the fact it was bound to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.drafting.sources import Source
from assistant.values.quantities import Mention

_STOP = "。；;！!？?\n"
_CLAUSE = f"{_STOP}，,、：:（）()"
_TARGET = re.compile(
    r"(?:(?<![响供对效适反])应|[拟需须])[当该]?(?:完成|达到)|计划|目标|要求|指标值|预期|预算|年初|(?<![响供对效适反相])应当?(?!用)|申报|设定|原定|下达|安排|上限|下限"
    r"|[晚早低高少多]于|不足|未达|未能|超过|超出|[比较距](?!上年|去年|往年)"
)
_ACTUAL = re.compile(r"实际|已(?!批)|累计")
_DONE = re.compile(
    r"完成(?!率|时[间限])|达到|举办|召开|形成|执行(?!率)|支出|支付|建成|开展"
)  # weaker: 计划召开
_DIFFERENCE = re.compile(r"[超多少差低高增减未没缺余晚早推延剩短扣降升]|提前|相[差比]|结转|节[约余]|缩")
_EITHER = re.compile(r"[晚早低高少多]于|不足|超[过出]|未[达能]|[比较距]|预算|下达|安排")  # either may follow
_IS_DIFFERENCE = re.compile(r"(?:超出|超额(?:完成)?|结余|未执行|扣|(?<![不至最])[少低差晚早])(?:了|约)?\Z")
_IS_TARGET = re.compile(r"(?:指标值|目标值)(?:为|是|：|:)?\Z")
_RESTATED = re.compile(r"(?:即|合|折合|相当于|也就是)约?\Z")  # 多0.6千米，即600米
_IS_BUDGET = re.compile(r"预算(?:数|总?额|金额|资金|安排|批复|下达|合计|共计|总计|为|是|共|：|:)*\Z")
_IS_RATIO = re.compile(r"完成率(?:为|达|是)?\Z|(?:完成了?|[为占达]到?)(?:年度)?(?:目标|指标|计划|任务)[值数]?的\Z")
_STRONG = (("target", _TARGET), ("actual", _ACTUAL))
_AFTER = re.compile(r"的?(?:目标|任务|指标|计划|要求|上限|下限|标准|预算)")
_SIGN = re.compile(r"[≥≤＞＜<>]|不[少低高小大多]于|不得|不超|以内|以上|以下|至少|控制在")
_NAMED = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2}[率度]|得分|分值|总分)(?:均|都|已|约)?(?:为|达|达到|是|：|:)?\Z"
)
_COMMON = frozenset(
    {"完成", "指标", "项目", "工作", "情况", "数量", "年度", "实际", "达到", "组织", "开展", "相关", "其中"}
)

LONG = 6  # so many characters before a figure make it known which figure is meant
MARGIN = 25  # percent by which another indicator's name must fit better before a figure counts as misplaced
ENOUGH = 50
ALIKE = 34  # percent of an indicator's name that must stand near a figure with another classifier


@dataclass(frozen=True, slots=True)
class Place:
    """A figure in its surroundings.

    Attributes:
        before: The sentence up to the figure.
        near: What belongs to the figure alone, up to the next stop or figure on both sides.
        after: What follows in the clause.
    """

    shown: str
    before: str
    near: str
    after: str
    sentence: str

    @classmethod
    def around(cls, text: str, mentions: Sequence[Mention], position: int) -> Place:
        """The surroundings of ``mentions[position]``."""
        mention = mentions[position]
        left = mentions[position - 1].end if position else 0
        right = mentions[position + 1].start if position + 1 < len(mentions) else len(text)
        begin = _last(text, _STOP, 0, mention.start)
        clause = _last(text, _CLAUSE, left, mention.start)
        close = _next(text, _CLAUSE, mention.end, right)
        after = text[mention.end : close]
        return cls(
            shown=mention.text,
            before=text[begin : mention.start],
            near=text[max(left, clause) : mention.start] + after,
            after=after,
            sentence=text[begin : _next(text, _STOP, mention.end, len(text))],
        )

    @property
    def role(self) -> str:
        """How the figure is told: as ``target``, as ``actual``, or ``""`` where no word says."""
        if _SIGN.search(self.shown) or _AFTER.match(self.after):
            return "target"
        for clause in reversed(re.split("[，,]", self.before)):
            strong = [(found.start(), name) for name, rule in _STRONG for found in rule.finditer(clause)]
            if strong:
                return max(strong)[1]
            if _DONE.search(clause):
                return "actual"
        return ""

    def likeness(self, source: Source) -> int:
        """How much of the fact's name stands near the figure, in percent."""
        return _share(source.fact.label, self.near)

    def repeats(self, source: Source) -> bool:
        """Whether the sentence has the words that stand around the figure in the fact's own text."""
        return _share(source.clause, self.sentence) >= ENOUGH

    def is_about(self, source: Source) -> bool:
        """Whether the sentence speaks of the fact at all."""
        return _share(source.fact.label, self.sentence) >= ALIKE


def role_conflict(place: Place, candidates: list[Source], sources: tuple[Source, ...]) -> str:
    """A target told as a result, a result as a target, a difference as either; ``""`` where the words allow it.

    Without any cue a figure is taken for a result, as the form's texts tell results; but money may just be named.
    """
    clauses = re.split("[，,]", place.before)
    clause = "，".join(clauses[-2:]) if _RESTATED.search(clauses[-1]) else clauses[-1]
    differs = bool(_DIFFERENCE.search(clause + place.near + place.shown))
    # What the goal's own text says is both a promise and the name of the task (两项工作任务); rows are clearer.
    rows = [source for source in candidates if not source.fact.path.endswith(".expected")]
    if not differs and any(source.role != "difference" for source in rows):
        rows = [source for source in rows if source.role != "difference"]
    roles = {source.role for source in rows}
    role = place.role
    if roles == {"difference"} and not differs:
        return f"{rows[0].mention.text}是差额（{rows[0].fact.label}），不是{'计划' if role == 'target' else '完成'}的数"
    if roles and roles <= {"target", "actual", "points"} and _IS_DIFFERENCE.search(clause):
        return f"{rows[0].mention.text}是{_cell(rows[0])}，不是差额"
    if roles and "target" not in roles and _IS_TARGET.search(clause) and _computed_or_done(candidates):
        return f"{rows[0].mention.text}是{_cell(rows[0])}，不是指标值"
    if roles == {"target"} and role != "target" and not _exceeded(place, rows, sources):
        is_money = any(source.fact.path.startswith("funds") for source in rows)
        if role == "actual" or not is_money:
            return f"{rows[0].mention.text}是{_cell(rows[0])}，不是实际完成的数"
    if roles == {"actual"} and _IS_BUDGET.search(clause) and all(s.fact.path.endswith("executed") for s in rows):
        return f"{rows[0].mention.text}是{_cell(rows[0])}，不是预算数"
    if roles == {"actual"} and place.shown.startswith("控制在"):
        return ""
    if roles == {"actual"} and role == "target" and not _EITHER.search(place.before + place.after):
        return f"{rows[0].mention.text}是{_cell(rows[0])}，不是计划的数"
    return ""


def _computed_or_done(candidates: list[Source]) -> bool:
    """Whether every fact with the value is a result or a ratio, so that none can be a target."""
    return all(source.role == "actual" or (source.derived and source.role == "") for source in candidates)


def _exceeded(place: Place, rows: list[Source], sources: tuple[Source, ...]) -> bool:
    """超过九成, 不足62%: true of a result above or below the target it names."""
    named = rows[0].base
    results = [source.base for source in sources if source.role == "actual" and source.row == rows[0].row]
    if place.shown.startswith(("超", "突破", "高于", "大于", "多于")):
        return any(result > named for result in results)
    if place.shown.startswith(("不足", "低于", "少于", "不到", "小于")):
        return any(result < named for result in results)
    return False


def fitting(place: Place, candidates: list[Source]) -> list[Source]:
    """Of facts with the same value those whose name stands near, if any name does."""
    best = max(map(place.likeness, candidates), default=0)
    if best < ENOUGH:
        return candidates
    return [source for source in candidates if place.likeness(source) >= best - MARGIN]


def _cell(source: Source) -> str:
    ending = source.fact.path.rpartition(".")[2]
    return {"target": "年度指标值", "actual": "实际完成值"}.get(ending, source.fact.label)


def misplaced(place: Place, candidates: list[Source], sources: tuple[Source, ...], row: str = "") -> str:
    """The figure of one indicator under the name of another; ``""`` where no other name fits clearly better.

    *row* is the row of the figure just before, which "未达到指标值…" goes on about.
    """
    if named := _NAMED.search(place.before):
        name = named["name"]
        if any(name in source.fact.label for source in sources) and not any(
            name in source.fact.label + source.fact.text or (name == "得分" and source.fact.label == "总分")
            for source in candidates
        ):
            return f"{candidates[0].mention.text}不是{name}"
    if all(source.is_told for source in candidates):
        return _told_elsewhere(place, candidates, sources)
    places = {source.row for source in candidates if not source.fact.path.endswith(".expected")}
    if not places or "" in places:
        return ""
    goes_on = (
        row.startswith("indicators")
        and row not in places
        and (_IS_TARGET.search(place.before) or _IS_RATIO.search(place.before))
    )
    names = {_name(source) for source in sources if source.row == row}
    if goes_on and not any(
        place.likeness(source) >= ALIKE or (source in candidates and _name(source) in names)
        for source in sources
    ):
        return f"{candidates[0].mention.text}是“{_name(candidates[0])}”的数，不是前面所说指标的"
    own = max(place.likeness(source) for source in candidates)
    others = [source for source in sources if source.row and source.row not in places]
    other = max(others, key=place.likeness, default=None)
    if other is None or place.likeness(other) < max(ENOUGH, own + MARGIN):
        return ""
    return f"{candidates[0].mention.text}是“{_name(candidates[0])}”的数，不是“{_name(other)}”的"


def _told_elsewhere(place: Place, candidates: list[Source], sources: tuple[Source, ...]) -> str:
    """A figure known only from what was told, under the name of an indicator it was not told of."""
    own = max(max(_share(source.clause, place.near), place.likeness(source)) for source in candidates)
    other = max((s for s in sources if s.role == "actual" and s.row), key=place.likeness, default=None)
    if other is None or place.likeness(other) < max(ENOUGH, own + MARGIN):
        return ""
    return f"{candidates[0].mention.text}不是“{_name(other)}”的数"


def contradicted(place: Place, mention: Mention, candidates: list[Source], sources: tuple[Source, ...]) -> str:
    """The words of something told, with another figure: 停工38天 where the user said 停工37天."""
    said = [source for source in sources if source.is_told and _same_words(place, source)]
    other = [s for s in said if s.mention.unit.base == mention.unit.base and s.mention.kind is mention.kind]
    if not other or any(source in other for source in candidates):
        return ""
    return f"您说的是{other[0].mention.text}"


def _same_words(place: Place, source: Source) -> bool:
    words = re.split(f"[{_CLAUSE}]", source.before)[-1]
    return len(words) >= LONG and place.before.endswith(words)


def _name(source: Source) -> str:
    return source.fact.label.partition("（")[0]


def _last(text: str, stops: str, low: int, high: int) -> int:
    return max((text.rfind(stop, low, high) + 1 for stop in stops), default=0) or low


def _next(text: str, stops: str, low: int, high: int) -> int:
    return min((at for stop in stops if (at := text.find(stop, low, high)) != -1), default=high)


def _share(label: str, text: str) -> int:
    name = _pairs(label)
    return 100 * len(name & _pairs(text)) // len(name) if name else 0


def _pairs(text: str) -> frozenset[str]:
    text = re.sub(r"（[^）]*）|[^\u4e00-\u9fffA-Za-z]", "", text)
    return frozenset(text[i : i + 2] for i in range(len(text) - 1)) - _COMMON
