"""Figures in prose beside figures in the form: which figure speaks of which row, and do they agree.

A figure is linked to a row only where the clause around it names the row and the unit is the same; linking goes
through an index of character pairs, so the cost follows the length of the text, not rows times figures.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from assistant.checks.form import Form, Row
from assistant.checks.text import bigrams, clauses, han_count, sentences, unwrap
from assistant.checks.text_coverage import PairIndex
from assistant.domain.patterns import pattern
from assistant.domain.value import Dimension, Kind, Unit, Value
from assistant.values.quantities import Mention, MentionKind, find_quantities

MEASURED = frozenset({MentionKind.QUANTITY, MentionKind.PERCENT, MentionKind.MONEY})
_TAIL = pattern(
    r"(?:[（(][^（）()]*[)）])|^指标\d+[:：]|(?:数量|次数|人数|个数|人次数?|场次|面积|比例|情况|数|率)$"
)
_TAIL_NOTE = pattern(r"[（(][^（）()]*[)）]$")
_LABEL = pattern(r"(?:^|[^\u4e00-\u9fff])([\u4e00-\u9fff]{3,}[率度])(?:均?达到?|为|是)?$")
_PARTIAL = pattern(
    r"其中|新增|线上|线下|第[一二三四五\d]+[期批次场季]|每|各|首批|首次|同比|较|比上年|增长|增加|减少|下降|提高|提升|计划|目标|原定|预计|上年|去年|分别|平均|人均|累计.*年来|另"
)


@lru_cache(maxsize=4096)
def figures(text: str) -> tuple[Mention, ...]:
    """``find_quantities``, remembered: the same cells are looked at after every keystroke."""
    return find_quantities(text)


def comparable(one: Unit, other: Unit) -> bool:
    """Whether two amounts may be compared as numbers: the same word, or one measurable base (元 / 万元)."""
    if one.text == other.text:
        return True
    measurable = one.dimension not in {Dimension.COUNT, Dimension.OTHER, Dimension.BARE}
    return measurable and one.dimension is other.dimension and one.base == other.base


def same_amount(mention: Mention, value: Value) -> bool:
    """Whether a figure in prose and a cell say the same number."""
    if mention.amount is None or value.amount is None:
        return False
    if mention.unit.text == value.unit.text or Dimension.BARE in {
        mention.unit.dimension,
        value.unit.dimension,
    }:
        return mention.amount == value.amount
    return mention.amount * mention.unit.factor == value.amount * value.unit.factor


def decimals(written: str) -> int:
    """How many decimals a printed number has: ``"61.91%"`` → 2."""
    found = re.search(r"\.(\d+)", written)
    return len(found[1]) if found else 0


@dataclass(frozen=True, slots=True)
class Link:
    """A figure and the row its clause names; *is_firm* where name and unit leave no doubt."""

    mention: Mention
    row: Row
    clause: str
    is_firm: bool


class NameIndex:
    """Rows by the character pairs of their 三级指标."""

    def __init__(self, rows: tuple[Row, ...]) -> None:
        self._rows = rows
        self._index = PairIndex(_TAIL.sub("", row.cells.level3) for row in rows)

    def named(self, text: str) -> list[tuple[int, Row]]:
        """The rows whose names are mostly found in *text*, best first, with the share found in percent."""
        found = [
            (100 * count // self._index.sizes[position], self._rows[position])
            for position, count in self._index.hits(bigrams(text)).items()
            if self._index.sizes[position] >= 2 and 100 * count >= 60 * self._index.sizes[position]
        ]
        return sorted(found, key=lambda hit: (-hit[0], hit[1].index))


def links(form: Form, text: str) -> Iterator[Link]:
    """Every figure of *text* that speaks of one row of *form*."""
    rows = tuple(row for row in form.scored_rows if row.actual.kind is Kind.QUANTITY and row.cells.level3)
    if not rows:
        return
    index = NameIndex(rows)
    for sentence in sentences(text):
        if not any(mention.kind in MEASURED for mention in figures(sentence)):
            continue
        for clause in clauses(sentence):
            measured = [mention for mention in figures(clause) if mention.kind in MEASURED]
            if not measured:
                continue
            named = index.named(clause)
            for mention in measured:
                fitting = [(share, row) for share, row in named if comparable(mention.unit, row.actual.unit)]
                if not fitting and (labelled := _labelled(clause, mention, rows)) is not None:
                    yield Link(mention, labelled, clause, is_firm=False)
                if not fitting or (len(fitting) > 1 and fitting[1][0] == fitting[0][0]):
                    continue
                share, row = fitting[0]
                firm = (
                    share >= 70
                    and han_count(row.cells.level3) >= 6
                    and not _PARTIAL.search(clause)
                    and mention.approximation is None
                    and row.actual.approximation is None
                    and not row.actual.doubtful
                )
                yield Link(mention, row, clause, firm)


def _labelled(clause: str, mention: Mention, rows: tuple[Row, ...]) -> Row | None:
    """The one row whose name ends with the words right before a rate: 抽查合格率97% and 作业质量抽查合格率."""
    if (
        mention.unit.dimension is not Dimension.RATE
        or (found := _LABEL.search(clause[: mention.start])) is None
    ):
        return None
    named = [
        row
        for row in rows
        if comparable(mention.unit, row.actual.unit)
        and _TAIL_NOTE.sub("", row.cells.level3.strip()).endswith(found[1])
    ]
    return named[0] if len(named) == 1 else None


def disagreements(form: Form, text: str) -> Iterator[Link]:
    """The figures of *text* that differ from the row they speak of.

    Where several figures speak of one row, one that agrees, or a sum that does, settles it.
    """
    by_row: dict[int, list[Link]] = defaultdict(list)
    for link in links(form, unwrap(text)):
        by_row[link.row.index].append(link)
    for found in by_row.values():
        row = found[0].row
        if any(same_amount(link.mention, row.actual) for link in found):
            continue
        total = sum((link.mention.amount or Decimal(0) for link in found), Decimal(0))
        if len(found) > 1 or total == row.actual.amount:
            continue
        if _PARTIAL.search(found[0].clause) or found[0].mention.approximation is not None:
            continue
        yield found[0]
