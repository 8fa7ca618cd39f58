"""绩效指标: which column means what, by its heading."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from assistant.exchange.grid import Row, Span
from assistant.exchange.headings import bare, indicator_role, level_of, norm

LEVELS = frozenset({"level1", "level2", "level3"})
_NAMES = LEVELS | {"name"}
_VALUES = frozenset({"target", "value", "actual"})


@dataclass(slots=True)
class Column:
    """A column: its meaning, its heading, where it is."""

    role: str
    heading: str
    start: int
    end: int


@dataclass(slots=True)
class IndicatorTable:
    """The columns found, and which cells were headings."""

    grid: int
    columns: list[Column]
    header: set[int] = field(default_factory=set)
    width: int = 0

    def column(self, role: str) -> Column | None:
        """The column of *role*, if there is one."""
        return next((column for column in self.columns if column.role == role), None)


def indicator_header(row: Row, below: Row | None) -> tuple[IndicatorTable, bool] | None:
    """The columns where *row* (with the row *below*, for headings of two lines) heads the indicators.

    Returns:
        The table and whether *below* belonged to the heading; ``None`` where this is no heading.
    """
    if row.line or not _could_head(row):
        return None
    second = below is not None and below.grid == row.grid and _second_line(row, below)
    columns: list[Column] = []
    for span in row.spans:
        under = [one for one in below.spans if _overlap(one, span)] if second and below is not None else []
        under = [one for one in under if one.cell is not span.cell and one.text.strip()]
        if not under:
            if span.text.strip():
                columns.append(Column(indicator_role(span.text), norm(span.text), span.start, span.end))
            continue
        for one in under:
            role = indicator_role(one.text, span.text)
            columns.append(Column(role, norm(one.text), max(one.start, span.start), min(one.end, span.end)))
    if second and below is not None:
        covered = {position for column in columns for position in range(column.start, column.end + 1)}
        columns += [
            Column(indicator_role(one.text), norm(one.text), one.start, one.end)
            for one in below.spans
            if one.first and one.text.strip() and one.start not in covered
        ]
    _settle(columns)
    columns.sort(key=lambda column: column.start)
    table = IndicatorTable(row.grid, columns, {id(span.cell) for span in row.spans}, row.spans[-1].end + 1)
    if second and below is not None:
        table.header |= {id(span.cell) for span in below.spans}
    return table, second


def _could_head(row: Row) -> bool:
    roles = [indicator_role(span.text) for span in row.filled]
    known = [role for role in roles if role]
    if len(known) < 3 or len(known) < (len(roles) + 1) // 2:
        return False
    return bool(_NAMES & set(known)) and bool((_VALUES | {"op", "weight", "score"}) & set(known))


def _second_line(row: Row, below: Row) -> bool:
    """Whether *below* holds the second line of headings."""
    own = [span for span in below.new if span.text.strip()]
    if not own or any(len(bare(span.text)) > 12 for span in own):
        return False
    known = [
        span
        for span in own
        if indicator_role(span.text) or re.fullmatch(r"(?:数?值|数量|内容)", bare(span.text))
    ]
    return len(known) == len(own) and not any(level_of(span.text) for span in own)


def _overlap(one: Span, other: Span) -> bool:
    return one.start <= other.end and other.start <= one.end


def _settle(columns: list[Column]) -> None:
    """One column a meaning: of several that could be it, the best; the others are extras."""
    first = min((column.start for column in columns if column.role in LEVELS), default=0)
    for column in columns:
        if column.start < first and column.role != "extra":
            column.role = "block"
    roles = {column.role for column in columns}
    for column in columns:
        if column.role == "name":
            column.role = "block" if "level3" in roles else "level3"
        elif column.role == "level4":
            column.role = "extra" if "level3" in roles else "level3"
        elif column.role == "remark":
            column.role = "extra" if "reason" in roles else "reason"
    if "op" in roles or "unit" in roles:
        targets = [column for column in columns if column.role == "target"]
        if targets and "value" not in roles:
            for column in targets:
                column.role = "value"
    _best(columns, "value", _adjusted)
    _best(columns, "target", _adjusted)
    _best(columns, "actual", lambda column: ("实际" in column.heading) * 2 + ("值" in column.heading))
    _best(columns, "score", lambda column: ("得分" in column.heading) * 2 + ("自评" in column.heading))
    for role in ("weight", "reason", "evidence", "level1", "level2", "level3", "op", "unit"):
        _best(columns, role, lambda column: "偏差" in column.heading or "原因" in column.heading)
    if not any(column.role in {"target", "value"} for column in columns):
        return
    if not any(column.role == "level3" for column in columns):
        last = next((column for column in reversed(columns) if column.role in {"level2", "level1"}), None)
        if last is not None and last.role == "level2" and not any(c.role == "level1" for c in columns):
            last.role = "level3"


def settled_roles(headings: Sequence[str]) -> list[str]:
    """The meaning of each of a row of headings."""
    columns = [Column(indicator_role(text), norm(text), place, place) for place, text in enumerate(headings)]
    _settle(columns)
    return [column.role for column in columns]


def _adjusted(column: Column) -> int:
    heading = column.heading
    return ("调整" in heading) * 3 + ("年度" in heading or "全年" in heading) * 2 - ("年初" in heading)


def _best(columns: list[Column], role: str, merit: Callable[[Column], int]) -> None:
    rivals = [column for column in columns if column.role == role]
    if len(rivals) < 2:
        return
    best = max(rivals, key=lambda column: (merit(column), -column.start))
    for column in rivals:
        if column is not best:
            column.role = "initial_target" if role in {"target", "value"} else "extra"
