"""A figure that is true of something else: another indicator's, or another than the user told."""

from __future__ import annotations

import re

from assistant.domain.value import Dimension
from assistant.drafting.labels import LOST, SCORE, WEIGHT
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
from assistant.drafting.sources import Source
from assistant.values.quantities import Mention

_NAMED = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2}[率度]|得分|分值|总分)(?:均|都|已|约)?(?:为|达|达到|是|：|:)?\Z"
)
_IS_RATIO = re.compile(
    r"完成率(?:为|达|是)?\Z|(?:完成了?|[为占达]到?)(?:年度)?(?:目标|指标|计划|任务|上限)[值数]?的\Z"
)
_IS_GAP = re.compile(r"(?:超[出过额]?|多|少|高出?|低|差|提高|提前|晚|早|缩短|节约|结余|扣)了?\Z")
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


def misplaced(
    place: Place, mention: Mention, candidates: list[Source], sources: tuple[Source, ...], row: str = ""
) -> str:
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
    if _goes_on(place, mention, candidates, sources, row):
        return f"{candidates[0].mention.text}是“{name_of(candidates[0])}”的数，不是前面所说指标的"
    if why := _other_points(place, candidates, sources, row):
        return why
    if all(source.is_told for source in candidates):
        return _told_elsewhere(place, candidates, sources) or _other_date(place, candidates)
    places = {source.row for source in candidates if not source.fact.path.endswith(".expected")}
    if not places or "" in places:
        return ""
    own = max(place.likeness(source) for source in candidates)
    if any(
        s.fact.path.startswith("funds[") and share(name_of(s), place.sentence) >= ALIKE for s in candidates
    ):
        return ""
    others = [s for s in sources if s.row and s.row not in places and _is_like(s, mention)]
    other = max(others, key=place.likeness, default=None)
    if other is None or place.likeness(other) < max(ENOUGH, own + MARGIN):
        return ""
    return f"{candidates[0].mention.text}是“{name_of(candidates[0])}”的数，不是“{name_of(other)}”的"


def _is_like(source: Source, mention: Mention) -> bool:
    """Whether a row's own figure could be meant by one of this dimension."""
    return source.role in {"target", "actual", ""} and source.mention.unit.dimension is mention.unit.dimension


def _goes_on(
    place: Place, mention: Mention, candidates: list[Source], sources: tuple[Source, ...], row: str
) -> bool:
    """Whether the words speak of the indicator before, which has a figure of this kind, and another one at that."""
    own = [source for source in sources if source.row == row and source.row.startswith("indicators")]
    names = {name_of(source) for source in own}
    if any(
        source.row == row
        or name_of(source) in names
        or place.likeness(source) > 0
        or (source.is_told and share(source.clause, place.near) >= ENOUGH)
        or (source.fact.path.startswith("funds") and mention.unit.dimension is Dimension.MONEY)
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
    other = max((s for s in sources if s.role == "actual" and s.row), key=place.likeness, default=None)
    if other is None or place.likeness(other) < max(ENOUGH, own + MARGIN):
        return ""
    return f"{candidates[0].mention.text}不是“{name_of(other)}”的数"


def _other_points(place: Place, candidates: list[Source], sources: tuple[Source, ...], row: str) -> str:
    """得8分 where the row spoken of got 6: the points of another row, or its weight told as its score."""
    said = next((name for name, cue in _POINTS.items() if cue.search(place.before)), None)
    own = [source for source in sources if source.row == row and _is_points(source, said)]
    if (
        said is None
        or not row
        or not own
        or any(_is_points(s, said) for s in candidates if s.row in {row, ""})
    ):
        return ""
    if any(place.likeness(source) >= ALIKE for source in sources if source.row != row):
        return ""
    return f"前面所说指标的{said}是{own[0].mention.text}"


def _is_points(source: Source, said: str | None) -> bool:
    return said is not None and source.mention.unit.text == "分" and said in source.fact.label


def _other_date(place: Place, candidates: list[Source]) -> str:
    """A date the user told of something of which the sentence has no word."""
    if any(source.mention.day is None or share(source.clause, place.sentence) for source in candidates):
        return ""
    return f"您说的{candidates[0].mention.text}是另一件事的日期"


def contradicted(
    place: Place, mention: Mention, candidates: list[Source], sources: tuple[Source, ...]
) -> str:
    """The words of something told, with another figure: 停工38天 where the user said 停工37天."""
    length = _SAME_WORDS if all(source.is_in_words for source in candidates) else _SURE
    said = [source for source in sources if source.is_in_words and _same_words(place, source, length)]
    other = [s for s in said if s.mention.unit.base == mention.unit.base and s.mention.kind is mention.kind]
    if not other or any(source in candidates or _equal(mention, source.mention) for source in other):
        return ""
    return f"您说的是{other[0].mention.text}"


def _equal(one: Mention, other: Mention) -> bool:
    return (one.amount, one.day, one.kind) == (other.amount, other.day, other.kind)


def _same_words(place: Place, source: Source, length: int) -> bool:
    before = re.split(f"[{CLAUSE}]", source.before)[-1]
    after = re.split(f"[{CLAUSE}]", source.after)[0]
    return (len(before) >= length and place.before.endswith(before)) or (
        len(after) >= _SURE and place.after == after
    )
