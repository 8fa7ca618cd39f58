"""Right number, wrong place: whether the words around a figure fit the fact it was bound to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.drafting.sources import Source
from assistant.values.quantities import Mention

_STOP = "。；;！!？?\n"
_CLAUSE = f"{_STOP}，,、：:（）()"
_TARGET_CUE = re.compile(r"计划|目标|指标值|预期|预算|年初|应当?(?!用)|要求|申报|设定|原定|下达|安排")
_ACTUAL_CUE = re.compile(r"实际|已(?!批)|完成(?!率|时[间限])|达到|举办|召开|形成|累计|执行(?!率)|支出|支付")
_SIGN = re.compile(r"[≥≤＞＜<>]|不[少低高小大多]于|不得|不超|以内|以上|以下|至少|控制在")
_COMMON = frozenset(
    {"完成", "指标", "项目", "工作", "情况", "数量", "年度", "实际", "达到", "组织", "开展", "相关"}
)

MARGIN = 25  # percent by which another indicator's name must fit better before a figure counts as misplaced
ENOUGH = 50
ALIKE = 34  # percent of an indicator's name that must stand near a figure with another classifier


@dataclass(frozen=True, slots=True)
class Place:
    """A figure in its surroundings; ``near`` is what belongs to it alone, up to the next stop or figure."""

    text: str
    start: int
    end: int
    before: str
    near: str
    shown: str

    @classmethod
    def around(cls, text: str, mentions: Sequence[Mention], position: int) -> Place:
        """The surroundings of ``mentions[position]``."""
        mention = mentions[position]
        left = mentions[position - 1].end if position else 0
        right = mentions[position + 1].start if position + 1 < len(mentions) else len(text)
        clause = max((text.rfind(stop, left, mention.start) for stop in _CLAUSE), default=-1) + 1
        close = min(
            (at for stop in _CLAUSE if (at := text.find(stop, mention.end, right)) != -1), default=right
        )
        before = text[max(left, clause) : mention.start]
        return cls(text, mention.start, mention.end, before, before + text[mention.end : close], mention.text)

    def likeness(self, source: Source) -> int:
        """How much of the fact's name stands around the figure, in percent."""
        name = _pairs(source.fact.label)
        return 100 * len(name & _pairs(self.near)) // len(name) if name else 0


def role_conflict(place: Place, candidates: list[Source]) -> str:
    """A target told as a result, or a result told as a target; ``""`` where the words allow it."""
    # What the goal's own text says is both a promise and the name of the task (两项工作任务); rows are clearer.
    rows = [source for source in candidates if not source.fact.path.endswith(".expected")]
    roles = {source.role for source in rows}
    said_target = bool(_TARGET_CUE.search(place.before) or _SIGN.search(place.shown))
    said_actual = bool(_ACTUAL_CUE.search(place.before))
    if roles == {"target"} and said_actual and not said_target:
        return f"{rows[0].mention.text}是{_cell(rows[0])}，不是实际完成的数"
    if roles == {"actual"} and said_target and not said_actual:
        return f"{rows[0].mention.text}是{_cell(rows[0])}，不是计划的数"
    return ""


def _cell(source: Source) -> str:
    return {"target": "年度指标值", "actual": "实际完成值"}.get(
        source.fact.path.rpartition(".")[2], source.fact.label
    )


def misplaced(place: Place, candidates: list[Source], sources: tuple[Source, ...]) -> str:
    """The figure of one indicator under the name of another; ``""`` where no other name fits clearly better."""
    rows = {source.row for source in candidates}
    if not rows or "" in rows:
        return ""
    own = max(place.likeness(source) for source in candidates)
    others = [source for source in sources if source.row and source.row not in rows]
    other = max(others, key=place.likeness, default=None)
    if other is None or place.likeness(other) < max(ENOUGH, own + MARGIN):
        return ""
    return f"{candidates[0].mention.text}是“{_name(candidates[0])}”的数，不是“{_name(other)}”的"


def _name(source: Source) -> str:
    return source.fact.label.partition("（")[0]


def _pairs(text: str) -> frozenset[str]:
    text = re.sub(r"（[^）]*）|[^\u4e00-\u9fffA-Za-z]", "", text)
    return frozenset(text[i : i + 2] for i in range(len(text) - 1)) - _COMMON
