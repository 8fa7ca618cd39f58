"""The printed form as cells on one grid: order, wording and merges of the official table, for every writer.

Two parts share one set of columns: the upper one (head, money, goals) and the indicators, whose heading is repeated on
each page. Writers only dress the cells; the reader of our own documents finds each cell again by its place here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import groupby, pairwise

from assistant.domain.case import Case
from assistant.exchange.layout import (
    EVIDENCE_COLUMN,
    FUND_COLUMNS,
    FUNDS,
    GOAL_COLUMNS,
    GOALS,
    GRADE,
    HEAD_CELLS,
    INDICATOR_COLUMNS,
    INDICATORS,
    PHONE,
    TITLE,
    TOTAL,
    face,
)

DRAFT = "草稿"
SIDE = "side"
_SIGNERS = re.compile(
    r"填[报表写]人|经办人|制表人|审核人|复核人|财务|(?:单位|部门|主要|分管|主管)(?:负责人|领导)"
)


class Kind(Enum):
    """What a cell is, and so how it is dressed."""

    LABEL = auto()  # heading or side label
    LEVEL = auto()  # 一级、二级指标
    TEXT = auto()
    VALUE = auto()  # 年度指标值、实际完成值
    AMOUNT = auto()
    FIGURE = auto()  # points and rates


@dataclass(frozen=True, slots=True)
class Placed:
    """One cell on the grid.

    Attributes:
        row, column: Its upper left place, counted from 0 within its part.
        down, across: Rows and columns it covers.
        paths: The case's cells it shows: one, or one for each row of a label that goes on; none for headings.
        open_above, open_below: No border there: two cells that look like one, parted for a heading that is repeated.
    """

    row: int
    column: int
    text: str
    kind: Kind = Kind.LABEL
    across: int = 1
    down: int = 1
    paths: tuple[str, ...] = ()
    open_above: bool = False
    open_below: bool = False

    def path(self, row: int) -> str:
        """The path of what the cell shows in *row* of its part; ``""`` for headings."""
        return self.paths[min(row - self.row, len(self.paths) - 1)] if self.paths else ""


@dataclass(frozen=True, slots=True)
class Part:
    """A block of rows, all of the form's width. The first ``heading`` rows are repeated on each page."""

    height: int
    cells: tuple[Placed, ...]
    heading: int = 0

    def grid(self, width: int) -> list[list[Placed]]:
        """The cell at each place; one that covers several places stands in each."""
        rows: list[list[Placed | None]] = [[None] * width for _ in range(self.height)]
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.down):
                rows[row][cell.column : cell.column + cell.across] = [cell] * cell.across
        return [[cell for cell in row if cell is not None] for row in rows]

    def parted(self, starts: Collection[int]) -> Part:
        """Begin cells that go on over the rows *starts* anew there, so that each page names its labels."""
        return replace(self, cells=tuple(piece for cell in self.cells for piece in _pieces(cell, starts)))

    def stretched(self, rows: Sequence[int]) -> Part:
        """Give row ``i`` the height of ``rows[i]`` rows, for sheets that limit how high one row may be."""
        at = [sum(rows[:index]) for index in range(len(rows) + 1)]
        return replace(
            self,
            height=at[-1],
            cells=tuple(
                replace(
                    cell,
                    row=at[cell.row],
                    down=at[cell.row + cell.down] - at[cell.row],
                    paths=tuple(cell.path(row) for row in range(cell.row, cell.row + cell.down) for _ in range(rows[row]))
                    if cell.paths
                    else (),
                )
                for cell in self.cells
            ),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class FormLayout:
    """The whole form: lines above the grid, the columns' keys, the upper part and the indicators."""

    title: str
    year: str
    columns: tuple[str, ...]
    upper: Part
    lower: Part

    @property
    def width(self) -> int:
        """Columns of the grid."""
        return len(self.columns)


def _pieces(cell: Placed, starts: Collection[int]) -> Iterator[Placed]:
    edges = [
        cell.row,
        *sorted(row for row in starts if cell.row < row < cell.row + cell.down),
        cell.row + cell.down,
    ]
    for top, bottom in pairwise(edges):
        yield replace(
            cell,
            row=top,
            down=bottom - top,
            paths=cell.paths[top - cell.row : bottom - cell.row] if len(cell.paths) > 1 else cell.paths,
        )


def form_layout(case: Case, halves: int = 4) -> FormLayout:
    """Lay *case* out. The left half of the goals covers *halves* columns beside the side label."""
    columns = dict(INDICATOR_COLUMNS)
    if any(row.evidence for row in case.indicators):
        columns |= EVIDENCE_COLUMN
    names = (SIDE, *columns)
    year = "    " if case.year is None else str(case.year)
    return FormLayout(
        TITLE, f"（{year}年度）", names, _upper(case, len(names), halves), _lower(case, columns)
    )


_Cell = tuple[str, int, Kind, str]
"""Text, columns covered, kind, and the path of what it shows."""


class _Sheet:
    """Collects rows of cells from left to right."""

    def __init__(self) -> None:
        self.cells: list[Placed] = []
        self.height = 0

    def row(self, *cells: _Cell, start: int = 0) -> None:
        """Add a row of cells beginning in column *start*."""
        for text, across, kind, path in cells:
            paths = (path,) if path else ()
            self.cells.append(
                Placed(self.height, start, face(path.rpartition(".")[2], text), kind, across, 1, paths)
            )
            start += across
        self.height += 1


def _label(text: str, across: int = 1) -> _Cell:
    return text, across, Kind.LABEL, ""


def _upper(case: Case, width: int, halves: int) -> Part:
    sheet = _Sheet()
    heads = HEAD_CELLS
    sheet.row(_label(heads["project"], 2), (case.project, width - 2, Kind.TEXT, "project"))
    sheet.row(
        _label(heads["department"], 2),
        (case.department, 2, Kind.TEXT, "department"),
        _label(heads["unit"]),
        (case.unit, width - 5, Kind.TEXT, "unit"),
    )
    _people(case, sheet, width, foot=False)
    _funds(case, sheet, width)
    _goals(case, sheet, width, halves)
    return Part(sheet.height, tuple(sheet.cells))


def _people(case: Case, sheet: _Sheet, width: int, *, foot: bool) -> None:
    """Those who sign (填表人, 财务负责人 ...) stand at the foot of the form, the others in its head."""
    for index, person in enumerate(case.people):
        if (_SIGNERS.search(person.role) is not None) is foot:
            at = f"people[{index}]"
            sheet.row(
                (person.role, 2, Kind.LABEL, f"{at}.role"),
                (person.name, 2, Kind.TEXT, f"{at}.name"),
                _label(PHONE),
                (person.phone, width - 5, Kind.TEXT, f"{at}.phone"),
            )


def _funds(case: Case, sheet: _Sheet, width: int) -> None:
    names = list(FUND_COLUMNS)
    spans = [2, *(1 for _ in names[1:-1]), width - 1 - len(names)]
    side = f"{FUNDS}（{case.money_unit}）"
    sheet.cells.append(Placed(sheet.height, 0, side, down=len(case.funds) + 1))
    headings = ["", *list(FUND_COLUMNS.values())[1:]]
    sheet.row(*map(_label, headings, spans), start=1)
    kinds = {"label": Kind.TEXT, "initial": Kind.AMOUNT, "budget": Kind.AMOUNT, "executed": Kind.AMOUNT}
    for index, row in enumerate(case.funds):
        cells = (
            (getattr(row, name), span, kinds.get(name, Kind.FIGURE), f"funds[{index}].{name}")
            for name, span in zip(names, spans, strict=True)
        )
        sheet.row(*cells, start=1)


def _goals(case: Case, sheet: _Sheet, width: int, halves: int) -> None:
    spans = (halves, width - 1 - halves)
    sheet.cells.append(Placed(sheet.height, 0, GOALS, down=len(case.goals) + 1))
    sheet.row(*map(_label, GOAL_COLUMNS.values(), spans), start=1)
    for index, goal in enumerate(case.goals):
        cells = (
            (getattr(goal, name), span, Kind.TEXT, f"goals[{index}].{name}")
            for name, span in zip(GOAL_COLUMNS, spans, strict=True)
        )
        sheet.row(*cells, start=1)


_KINDS = {
    "level1": Kind.LEVEL,
    "level2": Kind.LEVEL,
    "target": Kind.VALUE,
    "actual": Kind.VALUE,
    "weight": Kind.FIGURE,
    "score": Kind.FIGURE,
}


def _lower(case: Case, columns: dict[str, str]) -> Part:
    sheet = _Sheet()
    rows, width = case.indicators, 1 + len(columns)
    sheet.cells.append(Placed(0, 0, "" if rows else INDICATORS, open_below=bool(rows)))
    sheet.row(*map(_label, columns.values()), start=1)
    if rows:
        sheet.cells.append(Placed(1, 0, INDICATORS, down=len(rows), open_above=True))
    first = label_runs([(row.level1,) for row in rows])
    second = label_runs([(row.level1, row.level2) for row in rows])
    for index, row in enumerate(rows):
        for column, name in enumerate(columns, 1):
            down = {"level1": first, "level2": second}.get(name, (1,) * len(rows))[index]
            if down:
                paths = tuple(f"indicators[{at}].{name}" for at in range(index, index + down))
                kind = _KINDS.get(name, Kind.TEXT)
                text = face(name, getattr(row, name))
                sheet.cells.append(Placed(sheet.height, column, text, kind, 1, down, paths))
        sheet.height += 1
    weight = 1 + list(columns).index("weight")
    grade = f"{GRADE}：{case.grade}" if case.grade else ""
    sheet.row(
        _label(TOTAL, weight),
        (case.total_weight, 1, Kind.FIGURE, "total_weight"),
        (case.total, 1, Kind.FIGURE, "total"),
        (grade, width - weight - 2, Kind.TEXT, "" if not case.grade else "grade"),
    )
    _people(case, sheet, width, foot=True)
    return Part(sheet.height, tuple(sheet.cells), heading=1)


def label_runs(labels: Sequence[tuple[str, ...]]) -> list[int]:
    """For each row how far its label's cell reaches down; 0 where the cell above goes on. Blank ones stay single."""
    reach: list[int] = []
    for label, group in groupby(labels):
        count = sum(1 for _ in group)
        reach += [count, *([0] * (count - 1))] if label[-1].strip() else [1] * count
    return reach
