"""Which rows count, and where they stand: stems of 一级/二级指标, sum rows, rows that do not apply, merged cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from assistant.domain.amounts import HUNDRED, ZERO
from assistant.domain.case import Case, Indicator
from assistant.domain.patterns import pattern
from assistant.values.numbers import read_number

AREAS = ("产出", "效益", "满意度", "成本")

_AREA_WORDS = (
    ("满意", "满意度"),
    ("效益", "效益"),
    ("效果", "效益"),
    ("产出", "产出"),
    ("成本", "成本"),
)
_KIND_WORDS = (
    ("满意", "满意度"),
    ("数量", "数量"),
    ("质量", "质量"),
    ("时效", "时效"),
    ("进度", "时效"),
    ("成本", "成本"),
    ("可持续", "可持续影响"),
    ("经济", "经济效益"),
    ("社会", "社会效益"),
    ("生态", "生态效益"),
    ("环境", "生态效益"),
)
_AREA_OF_KIND = {
    "数量": "产出",
    "质量": "产出",
    "时效": "产出",
    "成本": "产出",
    "经济效益": "效益",
    "社会效益": "效益",
    "生态效益": "效益",
    "可持续影响": "效益",
    "满意度": "满意度",
}
_RIGHTED = (  # what is done about a bad thing is better more: 投诉办结率, 污染源监测次数
    r"[^\d]{0,6}(办|处理|处置|查|整|排除|修|化解|下降|降低|减少|减排|控|达标|回复|及时|受理|调|监测|检测|治|救|排|演练|培训|宣传|预防|建|改造)"
)
_LESS_IS_BETTER = pattern(
    r"(差错|错误|失误|误差|投诉|事故|故障|发病|死亡|失业|流失|辍学|空置|损耗|损失|漏检|退货|返工|逾期|违规|违法|案发|贫困发生|返贫|重复|漏损|产销差|不合格|受害|发案|伤亡|病死|缺陷|差评|超期"
    rf"|污染|排放|超标|能耗)(?!{_RIGHTED})[^\d]{{0,4}}(率|数|量|次|起|件|值|浓度|强度)"
    r"|时限|耗时|用时|(等候|等待|响应|办结|办理|处置)(时间|时长)"
)
_SAVINGS = ("节约", "节省", "节支", "降低", "下降", "压减", "减少", "结余")
_BLANKS = frozenset({"", "/", "\\", "-", "--", "—", "——", "–", "无", "*", "不适用", "不涉及"})
_NO_NAME = pattern(r"(指标\s*\d*\s*[:：]?)?\s*[/\\—–…-]*")
_SUMS = frozenset({"小计", "合计", "总计", "总分", "共计"})
_MARKS = (
    pattern(r"[一二三四五六七八九十]+[、.．]"),
    pattern(r"[（(][一二三四五六七八九十]+[)）]"),
    pattern(r"\d+[、.．](?!\d)"),
    pattern(r"[（(]\d+[)）]|\d+[.．]\d+|\d+[)）]"),
    pattern(r"[①-⑳]"),
)


def area_of(level1: str, level2: str = "") -> str:
    """The area a row belongs to: 产出 效益 满意度 成本, or ``""``.

    ``产出指标（50分）``, ``项目产出(30分)`` and ``产出`` are all 产出; where 一级指标 says only ``(50分)`` the 二级指标 decides.
    """
    label = _squeezed(level1)
    for word, stem in _AREA_WORDS:
        if word in label:
            return stem
    return "" if _said(label) else _AREA_OF_KIND.get(kind_of(level2), "")


def kind_of(level2: str) -> str:
    """The stem of 二级指标: 数量 质量 时效 成本 经济效益 社会效益 生态效益 可持续影响 满意度, or ``""``."""
    label = _squeezed(level2)
    return next((stem for word, stem in _KIND_WORDS if word in label), "")


def levelled(rows: Sequence[Indicator]) -> tuple[Indicator, ...]:
    """*rows* with empty 一级, 二级指标 taken from the row above, as merged cells mean them.

    A 二级指标 of another area is not drawn under the 一级指标 above: 满意度 below an unfinished 效益 block stays by itself.
    """
    if all(row.level1.strip() and row.level2.strip() for row in rows):
        return tuple(rows)
    above: Indicator | None = None
    filled: list[Indicator] = []
    for row in rows:
        is_whole = above is None or (row.level1.strip() and row.level2.strip())
        above = row if above is None or is_whole else _under(above, row)
        filled.append(above)
    return tuple(filled)


def _under(above: Indicator, row: Indicator) -> Indicator:
    merged = not row.level1.strip()
    level1 = row.level1
    if merged:
        own, upper = _AREA_OF_KIND.get(kind_of(row.level2), ""), area_of(above.level1, above.level2)
        if own and upper and own != upper and kind_of(row.level2) != "成本":
            return row
        level1 = above.level1
    level2 = row.level2
    if not level2.strip() and (merged or row.level1 == above.level1):
        level2 = above.level2
    if level1 == row.level1 and level2 == row.level2:
        return row
    return row.model_copy(update={"level1": level1, "level2": level2})


def is_cost(row: Indicator | Cells) -> bool:
    """Whether a bare target of *row* is a ceiling: a 成本指标, under either level, that does not ask for savings."""
    if any(word in row.level3 for word in _SAVINGS):
        return False
    return kind_of(row.level2) == "成本" or area_of(row.level1, row.level2) == "成本"


@dataclass(frozen=True, slots=True)
class _Facts:
    """What one row's own cells say of its standing.

    ``is_blank``: it does not apply, nothing is filled in and it has no name, or "/" stands all over. ``is_waiting``:
    blank, but it may still be filled in, not even "/" is written. ``is_sum``: it is called 小计. ``depth``: of its
    numbering, ``None`` without one. ``is_open``: neither weight nor score is written.
    """

    is_blank: bool
    is_waiting: bool
    is_sum: bool
    depth: int | None
    weight: Decimal | None
    score: Decimal | None
    is_open: bool


class Cells(NamedTuple):
    """The cells of a row that its points follow from, by themselves: found in a cache sooner than a whole row."""

    level1: str
    level2: str
    level3: str
    target: str
    actual: str
    weight: str
    score: str


def _cells(row: Indicator) -> Cells:
    return Cells(row.level1, row.level2, row.level3, row.target, row.actual, row.weight, row.score)


@lru_cache(maxsize=4096)
def _facts(cells: Cells, *, explained: bool) -> _Facts:
    filled = tuple(cell.strip() for cell in cells[3:])
    blank = not explained and _is_blank(cells.level3, filled)
    first = cells.level3.strip() or cells.level2.strip() or cells.level1.strip()
    return _Facts(
        is_blank=blank,
        is_waiting=blank and not any(filled) and "/" not in cells.level3,
        is_sum=_squeezed(first).rstrip(":：") in _SUMS,
        depth=_mark(cells.level3),
        weight=figure(cells.weight),
        score=figure(cells.score),
        is_open=not filled[2] and not filled[3],
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """Which rows of a form count, by their positions.

    Attributes:
        blanks: Rows that do not apply: nothing is filled in and they have no name, or "/" stands all over.
        waiting: The blank rows that may still be filled in: nothing at all is written in them.
        parents: Rows that repeat the sum of others: 小计, and 一、 before 1、 2、 whose figures add to its own.
        cells: The cells of each row that its points follow from.
        merged: Rows without points of their own → the row above whose cell covers them (a merged cell).
    """

    cells: tuple[Cells, ...]
    blanks: frozenset[int]
    waiting: frozenset[int]
    parents: frozenset[int]
    merged: dict[int, int]


def standing(case: Case) -> Standing:
    """Tell which rows of *case* count.

    On a form without any weight an empty score belongs to the score above it, within one 一级指标. Where weights are
    printed and already add to the whole, an empty weight belongs to the one above it, within one 二级指标; while
    points are left to give out, an empty weight is just a missing one.
    """
    rows = levelled(case.indicators)
    if rows != case.indicators:
        case = case.model_copy(update={"indicators": rows})
    cells = tuple(map(_cells, case.indicators))
    facts = [
        _facts(said, explained=is_written(row.reason))
        for said, row in zip(cells, case.indicators, strict=True)
    ]
    parents = frozenset(
        index
        for index, fact in enumerate(facts)
        if not fact.is_blank and (fact.is_sum or _sums_below(case.indicators, facts, index))
    )
    return Standing(
        cells=cells,
        blanks=frozenset(index for index, fact in enumerate(facts) if fact.is_blank),
        waiting=frozenset(index for index, fact in enumerate(facts) if fact.is_waiting),
        parents=parents,
        merged=_merged(case, facts, parents),
    )


@lru_cache(maxsize=4096)
def counts_something_bad(name: str) -> bool:
    """Whether less of what *name* measures is better, as far as words tell: 差错率, 投诉次数, 办结时限."""
    return _LESS_IS_BETTER.search(name) is not None


def _merged(case: Case, facts: list[_Facts], parents: frozenset[int]) -> dict[int, int]:
    rows = [index for index, fact in enumerate(facts) if not fact.is_blank and index not in parents]
    weights = [weight for index in rows if (weight := facts[index].weight) is not None]
    if len(weights) == len(rows) or (weights and not _all_given_out(case, weights)):
        return {}
    merged: dict[int, int] = {}
    head: int | None = None
    for index in rows:
        fact, row = facts[index], case.indicators[index]
        if (fact.weight if weights else fact.score) is not None:
            head = index
        elif (
            head is not None and fact.is_open and _same_group(case.indicators[head], row, deep=bool(weights))
        ):
            merged[index] = head
        else:
            head = None
    return merged


def _all_given_out(case: Case, weights: list[Decimal]) -> bool:
    funds = case.total_funds
    execution = figure(funds.weight) if funds is not None else None
    return sum(weights, execution or ZERO) == (figure(case.total_weight) or HUNDRED)


def _same_group(above: Indicator, row: Indicator, *, deep: bool) -> bool:
    """Whether *row* stands in the group of the row *above* it; an empty label is a merged one and belongs to it."""
    labels = [(above.level1, row.level1), *([(above.level2, row.level2)] if deep else [])]
    return all(not own.strip() or own.strip() == upper.strip() for upper, own in labels)


def _squeezed(label: str) -> str:
    """*label* without white space: narrow columns print 产 出 指 标 one character a line."""
    return "".join(label.split())


def _said(text: str) -> str:
    """What is left of a label without points and brackets."""
    return re.sub(r"[（(]?\s*\d+(\.\d+)?\s*分?\s*[)）]?|指标", "", text)


def _is_blank(level3: str, cells: tuple[str, ...]) -> bool:
    """Whether target, actual, weight and score (*cells*, stripped) and the name leave a row without a reason blank."""
    if cells[0] not in _BLANKS or cells[1] not in _BLANKS:
        return False
    figures = [cell if cell not in {"0", "0.0", "0.00"} else "" for cell in cells[2:]]
    if any(cell not in _BLANKS for cell in figures):
        return False
    if figures != list(cells[2:]):
        return all(cells[:2])  # "/" against "/" worth 0
    return _NO_NAME.fullmatch(level3.strip()) is not None or any(cells)


def _sums_below(rows: Sequence[Indicator], facts: list[_Facts], index: int) -> bool:
    """Whether the rows below *index*, of a deeper numbering, add to its weight (else its score)."""
    level = facts[index].depth
    if level is None:
        return False
    children: list[_Facts] = []
    shallowest: int | None = None
    for below in range(index + 1, len(rows)):
        depth = facts[below].depth
        if (
            depth is None
            or depth <= level
            or rows[below].level1.strip() not in {"", rows[index].level1.strip()}
        ):
            break
        shallowest = depth if shallowest is None else min(shallowest, depth)
        if depth == shallowest:
            children.append(facts[below])
    if not children:
        return False
    sums = (
        (facts[index].weight, [child.weight for child in children]),
        (facts[index].score, [child.score for child in children]),
    )
    for own, parts in sums:
        if any(points is not None for points in parts):
            return own is None or own == sum((points or ZERO for points in parts), ZERO)
    return False


@lru_cache(maxsize=4096)
def _mark(name: str) -> int | None:
    """The depth of the numbering a name begins with: 一、 0, （一） 1, 1、 2, (1) or 1.1 3, ① 4."""
    return next((depth for depth, mark in enumerate(_MARKS) if mark.match(name.strip())), None)


def is_written(cell: str) -> bool:
    """Whether *cell* says something: not blank, no dash, no "/"."""
    return cell.strip() not in _BLANKS


@lru_cache(maxsize=4096)
def figure(text: str) -> Decimal | None:
    """A weight or score cell as a number; ``None`` where it is blank or none."""
    return read_number(text)
