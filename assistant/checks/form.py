"""The form as checks see it: the case with every cell already understood, scored and measured once.

Built once for each report. Targets, actuals, weights and scores are taken over from the score sheet, so no
check reads a cell a second time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TypeVar

from assistant.checks.text import told
from assistant.checks.text_reason import analyse
from assistant.domain.case import Case, FundRow, Indicator
from assistant.domain.profile import Profile
from assistant.domain.scores import ScoreLine, ScoreSheet
from assistant.domain.value import Comparison, Kind, Value, Verdict
from assistant.scoring.rows import area_of, kind_of, levelled, standing
from assistant.values.numbers import read_money, read_number, read_rate

T = TypeVar("T")

NAME_LENGTH = 24  # characters of a 三级指标 shown in a message


@lru_cache(maxsize=4096)
def _place(index: int, level3: str) -> str:
    name = level3.strip()
    if not name:
        return f"第{index + 1}行"
    shown = name if len(name) <= NAME_LENGTH else f"{name[:NAME_LENGTH]}…"
    return f"第{index + 1}行“{shown}”"


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator, understood.

    ``area`` is the stem of its 一级指标 (产出 效益 满意度 成本, ``""`` if none is known; an empty cell
    has what stands above it), ``kind`` the stem of its
    二级指标 (数量 质量 时效 成本 经济效益 ...). ``is_parent`` marks a row that only sums the rows below it, and
    ``is_blank`` one that is not applicable ("/" all over); sums leave both out. ``reason`` is
    偏差原因分析及改进措施, stripped; empty where a draft's gaps (【待补充：…】) leave neither cause nor measure.
    ``year`` is the form's budget year.

    ``path`` is ``indicators[3]``, ``name`` the 三级指标 for messages, or the row's number where it has none, and
    ``place`` where the row stands, for messages: ``第4行“培训人次”``. ``is_full`` tells whether the row has its full
    points, ``loses_points`` whether the entered score is below the weight; both False while either figure is unknown.
    """

    index: int
    cells: Indicator
    target: Value
    actual: Value
    comparison: Comparison
    weight: Decimal | None
    score: Decimal | None
    line: ScoreLine
    area: str
    kind: str
    reason: str
    is_parent: bool
    is_blank: bool
    year: int | None
    path: str
    name: str
    place: str
    is_full: bool
    loses_points: bool

    @property
    def counts(self) -> bool:
        """Whether the row counts in sums: it neither sums others nor is left empty as not applicable."""
        return not self.is_parent and not self.is_blank


@dataclass(frozen=True, slots=True)
class Money:
    """One row of the money block in the form's unit; ``None`` where blank or not a number.

    ``rates`` is what the printed rate may mean (1 = 100 %), likeliest first; ``()`` where it is no number.
    """

    index: int
    cells: FundRow
    initial: Decimal | None
    budget: Decimal | None
    executed: Decimal | None
    weight: Decimal | None
    rates: tuple[Decimal, ...]
    score: Decimal | None
    is_total: bool

    @property
    def path(self) -> str:
        """``funds.total`` or ``funds[2]``."""
        return "funds.total" if self.is_total else f"funds[{self.index}]"


@dataclass(frozen=True, slots=True)
class Form:
    """Everything a check may look at.

    ``funds`` is the row 年度资金总额. ``scored_rows`` are the rows that count in sums: neither parents nor blank
    ones. ``funds_line`` is the sheet's line of the execution rate.
    """

    case: Case
    profile: Profile
    sheet: ScoreSheet
    rows: tuple[Row, ...]
    money: tuple[Money, ...]
    scored_rows: tuple[Row, ...]
    funds: Money | None
    funds_line: ScoreLine | None

    def rows_saying(self, tell: Callable[[Row], T | None]) -> tuple[tuple[Row, T], ...]:
        """The rows of which *tell*, a pure function of one row, says something, each with what it says.

        A check that asks for little this way is run again only where the answers changed, not whenever a cell did.
        """
        return tuple((row, said) for row in self.rows if (said := tell(row)))


_area = lru_cache(maxsize=1024)(area_of)
_kind = lru_cache(maxsize=1024)(kind_of)
_NO_VALUE = Value(raw="", kind=Kind.NONE)
_NO_COMPARISON = Comparison(verdict=Verdict.UNDECIDED)


def build_form(case: Case, sheet: ScoreSheet, profile: Profile) -> Form:
    """Understand *case* once for all checks; *sheet* is its score sheet under *profile*."""
    lines = {line.path: line for line in sheet.rows}
    parents = blanks = frozenset[int]()
    if not all(line.counts for line in sheet.rows):
        stands = standing(case)
        parents, blanks = stands.parents, stands.blanks
    rows = tuple(
        _row(
            index,
            cells,
            lines[f"indicators[{index}]"],
            is_parent=index in parents,
            is_blank=index in blanks,
            year=case.year,
        )
        for index, cells in enumerate(levelled(case.indicators))
    )
    total_index = case.total_funds_index
    money = tuple(
        _money(index, cells, case.money_unit, index == total_index) for index, cells in enumerate(case.funds)
    )
    return Form(
        case=case,
        profile=profile,
        sheet=sheet,
        rows=rows,
        money=money,
        scored_rows=tuple(row for row in rows if row.counts),
        funds=None if total_index is None else money[total_index],
        funds_line=lines.get("funds.total"),
    )


def _reason(cell: str) -> str:
    if "【待补充" not in cell:
        return cell
    said = told(cell)
    parts = analyse(said)
    return said if parts.causes or parts.measures else ""


_rows: dict[int, Row] = {}
REMEMBERED = 4096  # rows


def forget_rows() -> None:
    """Keep nothing of the rows understood so far."""
    _rows.clear()


def _row(
    index: int, cells: Indicator, line: ScoreLine, *, is_parent: bool, is_blank: bool, year: int | None
) -> Row:
    """The row understood; the same object as before while its cells and its line are the same.

    An edit changes one row, and whatever was concluded from the others stays true of them.
    """
    known = _rows.get(id(line))
    if (
        known is not None
        and known.line is line
        and known.is_parent is is_parent
        and known.is_blank is is_blank
        and known.year == year
        and (known.cells is cells or known.cells == cells)
    ):
        return known
    if len(_rows) >= REMEMBERED:
        _rows.clear()
    weight, score = line.weight, line.entered
    _rows[id(line)] = made = Row(
        index=index,
        cells=cells,
        target=line.target or _NO_VALUE,
        actual=line.actual or _NO_VALUE,
        comparison=line.comparison or _NO_COMPARISON,
        weight=weight,
        score=score,
        line=line,
        area=_area(cells.level1, cells.level2),
        kind=_kind(cells.level2),
        reason=_reason(cells.reason.strip()),
        is_parent=is_parent,
        is_blank=is_blank,
        year=year,
        path=f"indicators[{index}]",
        name=cells.level3.strip() or f"第{index + 1}行",
        place=_place(index, cells.level3),
        is_full=weight is not None and score is not None and score >= weight > 0,
        loses_points=weight is not None and score is not None and score < weight,
    )
    return made


@lru_cache(maxsize=1024)
def _money(index: int, cells: FundRow, unit: str, is_total: bool) -> Money:
    return Money(
        index=index,
        cells=cells,
        initial=read_money(cells.initial, unit),
        budget=read_money(cells.budget, unit),
        executed=read_money(cells.executed, unit),
        weight=read_number(cells.weight),
        rates=read_rate(cells.rate),
        score=read_number(cells.score),
        is_total=is_total,
    )
