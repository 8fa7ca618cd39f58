"""The units of a folder with their sums; one of them leads to its projects."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len, chop_cells
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import DataTable, Footer

from assistant.domain.amounts import percent, plain
from assistant.season.summary import Summary, Totals
from assistant.season.tables import grades_text

_HEADS = ("单位", "项目", "预算（万元）", "执行率", "平均自评", "错误", "等级")
_WIDTHS = (0, 4, 12, 7, 8, 4, 0)  # 0: shares what is left


class UnitsScreen(ModalScreen[str | None]):
    """Returns the unit whose projects are to be seen, ``""`` for all of them, ``None`` where nothing changes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,u,q", "back", "返回汇总", key_display="esc", id="back"),
        Binding("ctrl+q", "app.leave", show=False),
    ]

    def __init__(self, summary: Summary) -> None:
        super().__init__()
        self._lines = (*summary.units.items(), ("全部单位", summary.overall))

    def compose(self) -> ComposeResult:
        """A line for each unit, all together last."""
        yield DataTable(cursor_type="row", cell_padding=1)
        yield Footer()

    def on_mount(self) -> None:
        """Arrows choose at once."""
        self.query_one(DataTable).focus()

    def on_resize(self) -> None:
        """Names and grades get what room there is."""
        table = self.query_one(DataTable)
        at = table.cursor_row if table.row_count else 0
        table.clear(columns=True)
        room = max(24, self.size.width - sum(_WIDTHS) - 2 * len(_WIDTHS) - 1)
        widths = (room // 2, *_WIDTHS[1:-1], room - room // 2)
        for head, width in zip(_HEADS, widths, strict=True):
            table.add_column(head, width=width)
        for unit, sums in self._lines:
            table.add_row(*(cut(text, width) for text, width in zip(_cells(unit, sums), widths, strict=True)))
        table.move_cursor(row=at)

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        """To the projects of the unit."""
        self.dismiss("" if event.cursor_row == len(self._lines) - 1 else self._lines[event.cursor_row][0])

    def action_back(self) -> None:
        """To the summary as it was."""
        self.dismiss(None)


def _cells(unit: str, sums: Totals) -> tuple[str, ...]:
    return (
        unit,
        str(sums.forms),
        plain(sums.budget),
        "" if sums.rate is None else percent(sums.rate),
        "" if sums.average is None else plain(sums.average),
        str(sums.errors),
        grades_text(sums),
    )


def cut(text: str, width: int) -> str:
    """*text* in *width* columns, with … where it goes on."""
    return text if cell_len(text) <= width else chop_cells(text, width - 1)[0] + "…"
