"""表格: the whole indicator table as a sheet on the same case, written through one line below it.

The line always has the keyboard, so an input method finds a real caret and no letter can be lost on the way into a
cell. Arrows, Enter and Tab move over the cells; what stands in a cell is selected, so that typing replaces it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.coordinate import Coordinate
from textual.message import Message
from textual.widget import Widget
from textual.widgets import DataTable, Label
from textual.widgets.input import Selection

from assistant.domain.case import Indicator
from assistant.domain.scores import ScoreLine
from assistant.tui.desk import Desk
from assistant.tui.flow import PageKind, State, Stop, overview
from assistant.tui.hints import key
from assistant.tui.pages.page import Page
from assistant.tui.services import Services
from assistant.tui.widgets.fields import CellInput
from assistant.tui.wording import score_range
from assistant.workspace.workspace import Snapshot

COLUMNS = (
    ("number", "序", 3),
    ("level3", "三级指标", 12),
    ("target", "年度指标值", 10),
    ("actual", "实际完成值", 12),
    ("weight", "分值", 4),
    ("score", "得分", 5),
    ("computed", "计算得分", 10),
    ("state", "状态", 8),
    ("reason", "偏差原因分析及改进措施", 40),
    ("evidence", "佐证材料", 20),
    ("level1", "一级指标", 12),
    ("level2", "二级指标", 12),
)
"""Cell, caption, least width in columns of the terminal; the first eight fit into 80."""

GROWS = (("actual", 24), ("target", 20), ("computed", 14), ("level3", 44))
"""Columns that take what a wider terminal has to spare, in this order, each as much as its texts need up to a most."""

SEEN = 8
"""Columns that are to be seen before any of them grows."""

WRITABLE = tuple(i for i, (cell, _, _) in enumerate(COLUMNS) if cell in Indicator.model_fields)
PAGE_ROWS = 10


@dataclass
class RowEntered(Message):
    """The cursor of the sheet came to another row."""

    row: int


class SheetLine(CellInput):
    """Where the cell under the cursor is written; moves act in the order in which keys were typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,enter", "step(1, 0)", "下一行", show=False),
        Binding("up", "step(-1, 0)", "上一行", show=False),
        Binding("tab", "step(0, 1)", "右一格", show=False),
        Binding("shift+tab", "step(0, -1)", "左一格", show=False),
        Binding("pagedown", f"step({PAGE_ROWS}, 0)", "下翻", show=False),
        Binding("pageup", f"step(-{PAGE_ROWS}, 0)", "上翻", show=False),
    ]

    def __init__(self, desk: Desk, page: GridPage) -> None:
        super().__init__(desk, id="sheet-line")
        self._page = page
        self.is_locked = False

    def action_step(self, rows: int, columns: int) -> None:
        """Move the cursor of the sheet."""
        self._page.step(rows, columns)

    def replace(self, text: str, start: int, end: int) -> None:
        """Write, unless that would join the lines of a text of several lines."""
        if self.is_locked:
            self.notify(f"这一格有多行文字，请按 {key(self, 'grid')} 回到逐项页修改。", timeout=4)
        else:
            super().replace(text, start, end)


class GridPage(Page):
    """All indicators at once."""

    PAGE_ID = "page-grid"

    def __init__(self, services: Services, desk: Desk, stop: Stop) -> None:
        super().__init__(services, desk, stop)
        self._table: DataTable[Text] = DataTable(cursor_type="cell", fixed_columns=2, zebra_stripes=True)
        self._table.can_focus = False
        self._caption = Label("", classes="caption", markup=False)
        self._line = SheetLine(desk, self)
        self._drawn: list[tuple[str, ...]] = []
        self._widths: tuple[int, ...] = ()
        self._column = WRITABLE[2]

    def compose(self) -> ComposeResult:
        """The sheet and the line."""
        yield self._table
        with Horizontal(classes="line-field sheet-edit"):
            yield self._caption
            yield self._line
        yield Label(
            f"↑↓ 换行  Tab 换列  直接输入替换，End 接着写  {key(self, 'add')} 加行  {key(self, 'grid')} 逐项页",
            classes="section",
            markup=False,
        )

    def on_mount(self) -> None:
        """There are headings even over no rows."""
        self._fit([])

    def on_resize(self) -> None:
        """More room shows more of the names and values."""
        super().on_resize()
        rows = self._drawn
        if rows and self._fit(rows):
            self._show_rows(rows)
            self._point()

    def _fit(self, rows: list[tuple[str, ...]]) -> bool:
        """Lay the columns out anew, without rows, where the room or the longest texts call for other widths."""
        wanted = fitted(rows, self._table.size.width - 2 * SEEN * self._table.cell_padding)
        if wanted == self._widths:
            return False
        self._widths = wanted
        self._drawn = []
        self._table.clear(columns=True)
        for (cell, caption, _), width in zip(COLUMNS, wanted, strict=True):
            self._table.add_column(caption, width=width, key=cell)
        return True

    def draw(self, snapshot: Snapshot) -> None:
        """Draw what changed, and the cell under the cursor in the line."""
        seen = overview(snapshot)
        states = {
            stop.index: state
            for stop, state in zip(seen.stops, seen.states, strict=True)
            if stop.kind is PageKind.INDICATOR
        }
        rows = [
            _shown(index, row, snapshot.sheet.line(f"indicators[{index}]"), states.get(index, State.NONE))
            for index, row in enumerate(snapshot.case.indicators)
        ]
        # Not at each letter: columns that move under the hand are in the way.
        if len(rows) != len(self._drawn):
            self._fit(rows)
        self._show_rows(rows)
        self._show_cell()

    def _show_rows(self, rows: list[tuple[str, ...]]) -> None:
        if len(rows) != len(self._drawn):
            self._table.clear()
            for row in rows:
                self._table.add_row(*map(_cell, row))
        else:
            for number, (row, drawn) in enumerate(zip(rows, self._drawn, strict=True)):
                if row != drawn:
                    for column, (text, before) in enumerate(zip(row, drawn, strict=True)):
                        if text != before:
                            self._table.update_cell_at(Coordinate(number, column), _cell(text))
        self._drawn = rows

    def visit(self, stop: Stop, snapshot: Snapshot) -> None:
        """Show the row of *stop*."""
        super().visit(stop, snapshot)
        self._point()

    def focus_cell(self, path: str = "") -> bool:
        """Put the cursor on the cell at *path*; the row is that of the stop."""
        column = next((i for i in WRITABLE if COLUMNS[i][0] == path.rpartition(".")[2]), None)
        if column is not None:
            self._column = column
        self._point()
        self._line.focus()
        return True

    def cells(self) -> list[Widget]:
        """The line is the only field."""
        return [self._line]

    def step(self, rows: int, columns: int) -> None:
        """Move by some rows and columns; at the end of a row on to the next one."""
        row, at = self.stop_shown.index + rows, WRITABLE.index(self._column) + columns
        if not 0 <= at < len(WRITABLE):
            row, at = row + (1 if at > 0 else -1), at % len(WRITABLE)
        self._column = WRITABLE[at]
        row = max(0, min(row, len(self._drawn) - 1))
        if row != self.stop_shown.index:
            self.post_message(RowEntered(row))
            self.stop_shown = Stop(self.stop_shown.kind, f"indicators[{row}]", "")
        self._point()

    @on(DataTable.CellHighlighted)
    @on(DataTable.CellSelected)
    def _clicked(self, event: DataTable.CellSelected | DataTable.CellHighlighted) -> None:
        event.stop()
        row, column = event.coordinate.row, event.coordinate.column
        if isinstance(event, DataTable.CellSelected) and column in WRITABLE:
            self.step(row - self.stop_shown.index, WRITABLE.index(column) - WRITABLE.index(self._column))

    def _point(self) -> None:
        row = min(self.stop_shown.index, max(len(self._drawn) - 1, 0))
        self._table.move_cursor(row=row, column=self._column, animate=False)
        self._show_cell()

    def _show_cell(self) -> None:
        case, index = self.desk.workspace.case, self.stop_shown.index
        if index >= len(case.indicators):
            return
        cell, caption, _ = COLUMNS[self._column]
        path, text = f"indicators[{index}].{cell}", getattr(case.indicators[index], cell)
        is_new = path != self._line.cell_path
        self._line.is_locked = "\n" in text
        self._line.show(path, text)
        if is_new:
            self._caption.update(f"{index + 1} {caption}")
            self._line.selection = Selection(0, len(self._line.value))


def fitted(rows: Sequence[Sequence[str]], room: int) -> tuple[int, ...]:
    """The width of each column in a table of *room* columns of the terminal, the space between them not counted."""
    widths = {cell: width for cell, _, width in COLUMNS}
    places = {cell: place for place, (cell, _, _) in enumerate(COLUMNS)}
    spare = max(0, room - sum(list(widths.values())[:SEEN]))
    for cell, most in GROWS:
        longest = max((cell_len(row[places[cell]]) for row in rows), default=0)
        more = min(spare, max(0, min(longest, most) - widths[cell]))
        widths[cell] += more
        spare -= more
    return tuple(widths.values())


def _cell(text: str) -> Text:
    """What stands in one cell of the sheet; where it does not fit, one sees that."""
    return Text(text, no_wrap=True, overflow="ellipsis")


def _shown(index: int, row: Indicator, line: ScoreLine | None, state: State) -> tuple[str, ...]:
    derived = {
        "number": str(index + 1),
        "computed": "" if line is None else score_range(line).replace(" ", ""),
        "state": state.value,
    }
    return tuple(
        derived[cell] if cell in derived else " ".join(getattr(row, cell).split()) for cell, _, _ in COLUMNS
    )
