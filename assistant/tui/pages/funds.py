"""项目资金: the money block as a small table, the execution rate with its working, and the form's total."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Label, Static

from assistant.domain.case import FundRow
from assistant.tui.desk import Desk
from assistant.tui.flow import Stop
from assistant.tui.pages.page import Page
from assistant.tui.services import Services
from assistant.tui.widgets.fields import CellInput, LineField
from assistant.tui.wording import standing, sums
from assistant.workspace.workspace import Snapshot

COLUMNS = (
    ("initial", "年初预算数"),
    ("budget", "全年预算数"),
    ("executed", "全年执行数"),
    ("rate", "执行率"),
    ("score", "得分"),
)
NARROW = ("rate", "score")


class FundLine(Horizontal):
    """One row of the money block."""

    def __init__(self, desk: Desk, index: int) -> None:
        super().__init__(classes="fund-line")
        self._index = index
        self._label = Label("", classes="fund-label", markup=False)
        self._cells = {cell: CellInput(desk) for cell, _ in COLUMNS}
        for cell in NARROW:
            self._cells[cell].add_class("narrow")

    def compose(self) -> ComposeResult:
        """Label and cells."""
        yield self._label
        yield from self._cells.values()

    def first_blank(self) -> CellInput:
        """Where to begin: 全年执行数, once there is a budget."""
        if self._cells["budget"].value.strip():
            return self._cells["executed"]
        return self._cells["budget" if self._cells["initial"].value.strip() else "initial"]

    def draw(self, row: FundRow) -> None:
        """Draw the row; a cell in doubt marks the row's name, for there is no room beside it."""
        doubts = False
        for cell, field in self._cells.items():
            field.show(f"funds[{self._index}].{cell}", getattr(row, cell))
            doubts = doubts or field.has_class("-doubtful")
        self._label.update(f"{'〔待确认〕' if doubts else ''}{row.label}")


class FundsPage(Page):
    """The money block and the foot of the form."""

    def __init__(self, services: Services, desk: Desk, stop: Stop) -> None:
        super().__init__(services, desk, stop)
        self._lines: list[FundLine] = []
        self._unit = Static("", classes="page-title", markup=False)
        self._rows = Vertical(id="fund-rows")
        self._working = Static("", classes="working", markup=False)
        self._weight = LineField(desk, "weight", "执行率分值", classes="brief")
        self._total_weight = LineField(desk, "total_weight", "总分值", classes="brief")
        self._total = LineField(desk, "total", "总分", classes="brief")
        self._grade = LineField(desk, "grade", "自评等级", classes="brief")

    def compose(self) -> ComposeResult:
        """Table, working, foot."""
        yield self._unit
        with Horizontal(classes="fund-line fund-head"):
            yield Label("", classes="fund-label")
            for cell, caption in COLUMNS:
                yield Label(
                    caption, classes=f"fund-caption {'narrow' if cell in NARROW else ''}", markup=False
                )
        with self._rows:
            yield from self._make_lines(len(self.services.workspace.case.funds))
        yield self._working
        yield self._weight
        yield Static("表尾", classes="section", markup=False)
        yield self._total_weight
        yield self._total
        yield self._grade

    def _make_lines(self, count: int) -> list[FundLine]:
        made = [FundLine(self.desk, index) for index in range(len(self._lines), count)]
        self._lines += made
        return made

    def first_cell(self) -> Widget | None:
        """What was spent is what is to be written, once the budget is."""
        total = self.services.workspace.case.total_funds_index
        return None if total is None else self._lines[total].first_blank()

    def draw(self, snapshot: Snapshot) -> None:
        """Draw the rows and what follows from them."""
        case = snapshot.case
        if len(case.funds) > len(self._lines):
            self._rows.mount_all(self._make_lines(len(case.funds)))
        self._unit.update(f"项目资金（{case.money_unit}）")
        for line, row in zip(self._lines, case.funds, strict=False):
            line.draw(row)
        for position, line in enumerate(self._lines):
            line.display = position < len(case.funds)
        total = case.total_funds_index
        self._weight.display = total is not None
        if total is not None:
            self._weight.show(f"funds[{total}]", case.funds[total].weight)
        score = snapshot.sheet.line("funds.total")
        if score is not None:
            said = [
                Content.styled(standing(score), "bold"),
                *(Content.styled(line, "$muted") for line in score.working),
                *(Content.styled(note, "$warning") for note in score.notes),
            ]
            self._working.update(Content("\n").join(said))
        self._total_weight.show("", case.total_weight)
        self._total.show("", case.total, sums(snapshot.sheet))
        self._grade.show("", case.grade, f"按总分为 {snapshot.sheet.grade}" if snapshot.sheet.grade else "")
