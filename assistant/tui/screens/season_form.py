"""What opens from the summary of a folder: one form with what is to be seen in it, and the folder as bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from assistant.domain.amounts import percent, plain
from assistant.reporting.charts import Chart, as_text
from assistant.season.result import FormResult
from assistant.season.summary import grade_of
from assistant.season.tables import points_text

_BESIDE = 6
"""Columns beside the bars: padding at both sides, and the scroll bar."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to look at in a form: what it says, and its cell."""

    text: str
    path: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the user wants to open: a form, and the cell to go to (``""`` = its beginning)."""

    file: str
    path: str = ""


class FormScreen(ModalScreen[Chosen | None]):
    """What is to be seen in one form; a line opens the form at that row."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "返回汇总", id="back"),
        Binding("o", "open", "打开这份表", id="open"),
        Binding("ctrl+q", "app.leave", show=False),
    ]

    def __init__(self, form: FormResult, lines: Sequence[Line]) -> None:
        super().__init__()
        self._form, self._lines = form, lines

    def compose(self) -> ComposeResult:
        """The form's figures, then the lines."""
        form = self._form
        rate = "未知" if form.rate is None else percent(form.rate)
        entered = "没有" if form.entered is None else plain(form.entered)
        said = (
            f"{form.project or '（未填项目名称）'}\n{form.owner}  {form.file}\n"
            f"执行率 {rate}，自评 {entered}，核算 {points_text(form.points)}，等级 {grade_of(form)}；"
            f"错误 {form.errors}，提醒 {form.warnings}，未核对 {form.not_checked}"
        )
        yield Static(said, id="head", markup=False)
        options = [Option(line.text, id=str(at)) for at, line in enumerate(self._lines)]
        yield OptionList(*options or [Option("没有发现问题。按 o 打开这份表。")], markup=False)
        yield Footer()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open the form at the chosen line."""
        at = event.option.id
        self.dismiss(Chosen(self._form.file, self._lines[int(at)].path if at is not None else ""))

    def action_open(self) -> None:
        """Open the form."""
        self.dismiss(Chosen(self._form.file))

    def action_back(self) -> None:
        """To the summary."""
        self.dismiss(None)


class ChartScreen(ModalScreen[None]):
    """The folder as bars: scores, execution, grades."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,g,q", "back", "返回汇总", key_display="esc", id="back"),
        Binding("ctrl+q", "app.leave", show=False),
    ]

    def __init__(self, charts: Sequence[Chart]) -> None:
        super().__init__()
        self._charts = charts

    def compose(self) -> ComposeResult:
        """The bars, as long as the screen is wide."""
        with VerticalScroll():
            yield Static("", id="bars", markup=False)
        yield Footer()

    def on_mount(self) -> None:
        """Arrows scroll at once."""
        self.query_one(VerticalScroll).focus()

    def on_resize(self) -> None:
        """Draw for the width there is."""
        drawn = ("\n".join(as_text(chart, self.size.width - _BESIDE)) for chart in self._charts)
        self.query_one("#bars", Static).update("\n\n".join(drawn))

    def action_back(self) -> None:
        """To the summary."""
        self.dismiss(None)
