"""The form as checks see it: the case with every cell already understood, scored and measured once."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from assistant.domain.case import Case, FundRow, Indicator
from assistant.domain.profile import Profile
from assistant.domain.scores import ScoreLine, ScoreSheet
from assistant.domain.value import Comparison, Value


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator, understood.

    ``area`` is the stem of its 一级指标 (产出 效益 满意度 成本, ``""`` if none is known), ``kind`` the stem of its
    二级指标 (数量 质量 时效 成本 经济效益 ...). ``is_parent`` marks a row that only sums the rows below it, and
    ``is_blank`` one that is not applicable ("/" all over); sums leave both out.
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
    is_parent: bool = False
    is_blank: bool = False

    @property
    def path(self) -> str:
        """``indicators[3]``."""
        return f"indicators[{self.index}]"

    @property
    def name(self) -> str:
        """The 三级指标 for messages, or the row's number where it has none."""
        return self.cells.level3.strip() or f"第{self.index + 1}行"


@dataclass(frozen=True, slots=True)
class Money:
    """One row of the money block in the form's unit; ``None`` where blank or not a number."""

    index: int
    cells: FundRow
    initial: Decimal | None
    budget: Decimal | None
    executed: Decimal | None
    weight: Decimal | None
    rate: Decimal | None
    score: Decimal | None
    is_total: bool

    @property
    def path(self) -> str:
        """``funds.total`` or ``funds[2]``."""
        return "funds.total" if self.is_total else f"funds[{self.index}]"


@dataclass(frozen=True, slots=True)
class Form:
    """Everything a check may look at."""

    case: Case
    profile: Profile
    sheet: ScoreSheet
    rows: tuple[Row, ...]
    money: tuple[Money, ...]

    @property
    def funds(self) -> Money | None:
        """The row 年度资金总额."""
        return next((row for row in self.money if row.is_total), None)

    @property
    def scored_rows(self) -> tuple[Row, ...]:
        """The rows that count in sums: neither parents nor blank ones."""
        return tuple(row for row in self.rows if not row.is_parent and not row.is_blank)
