"""The summary of a folder on the screen: how far it is, a line for each project, and from there into form and row."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import DataTable, Footer, Input, Static
from textual.worker import Worker, get_current_worker

from assistant.domain.amounts import percent, plain
from assistant.domain.errors import ZipingError
from assistant.reporting.pictures import of_summary
from assistant.season.pace import Pace
from assistant.season.result import FormResult
from assistant.season.summary import Summary, grade_of
from assistant.season.tables import grades_text, points_text
from assistant.tui import cjk
from assistant.tui.faults import RaisesFaults
from assistant.tui.keys_in_turn import KeysInTurn
from assistant.tui.screens.season_form import ChartScreen, Chosen, FormScreen, Line
from assistant.tui.screens.season_units import UnitsScreen, cut
from assistant.tui.theme import DARK, THEMES

cjk.install()

HEADS = ("项目", "单位", "执行率", "自评", "核算", "等级", "错误", "提醒")
WIDTHS = (0, 0, 7, 6, 11, 4, 4, 4)  # 0: shares what is left
SHOWN_EVERY = 8
NOTHING_YET = "还没有一份核算完，稍等再看。"


@dataclass(slots=True)
class View:
    """How the user looks at the table; kept while a form is open. *words* and *unit*: only the projects that fit."""

    order: int = 0
    words: str = ""
    unit: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class SeasonServices:
    """What this screen needs.

    Attributes:
        title: The folder's name.
        whole: How many forms there are.
        go: Judges them; closing it stops the work.
        summary: What is known so far.
        lines: What is to be seen in one form. Raises ``ZipingError``.
        write: Writes the summary and says where. Raises ``ZipingError``.
        report: Writes the self-evaluation report and says where. Raises ``ZipingError``.
    """

    title: str
    whole: int
    go: Callable[[], Generator[FormResult, None, None]]
    summary: Callable[[], Summary]
    lines: Callable[[str], Sequence[Line]]
    write: Callable[[], str]
    report: Callable[[], str]


def _number(value: Decimal | None) -> Decimal:
    return Decimal(-1) if value is None else value


ORDERS: tuple[tuple[str, Callable[[FormResult], object]], ...] = (
    ("按单位", lambda one: (one.owner, one.file)),
    ("错误多的在前", lambda one: (-one.errors, -one.warnings, one.file)),
    ("自评得分低的在前", lambda one: (_number(one.entered), one.file)),
    ("执行率低的在前", lambda one: (_number(one.rate), one.file)),
    ("预算多的在前", lambda one: (-_number(one.budget), one.file)),
)


class SeasonApp(KeysInTurn[Chosen], RaisesFaults[Chosen]):
    """Returns the form to open, or ``None`` where the user left."""

    TITLE = "绩效自评汇总"
    ENABLE_COMMAND_PALETTE = False
    CSS = """
    Screen { background: $background; }
    #title, #status { height: 1; background: $panel; text-wrap: nowrap; text-overflow: ellipsis; }
    #total { height: auto; max-height: 3; padding: 0 1; }
    #head { padding: 0 1; background: $panel; height: auto; }
    DataTable { height: 1fr; background: $background; }
    ChartScreen, UnitsScreen, FormScreen { background: $background; align: left top; }
    #bars { padding: 1 2 0 2; }
    OptionList { height: 1fr; background: $background; border: none; }
    #filter { display: none; height: 1; border: none; padding: 0 1; background: $surface; }
    #filter.-shown { display: block; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "order", "换顺序", id="order"),
        Binding("slash", "filter", "筛选", key_display="/", id="filter"),
        Binding("p", "pause", "停/续", id="pause"),
        Binding("w", "write", "写汇总", id="write"),
        Binding("b", "report", "写报告", id="report"),
        Binding("u", "units", "各单位", id="units"),
        Binding("g", "charts", "看图", id="charts"),
        Binding("escape", "clear", "全部显示", show=False, id="clear"),
        Binding("ctrl+q,q", "leave", "退出", id="leave"),
        Binding("ctrl+c", "leave", show=False, system=True),
    ]

    def __init__(self, services: SeasonServices, view: View | None = None) -> None:
        super().__init__()
        self.services = services
        self._view = view or View()
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = DARK.name
        self._done = 0
        self._unread = 0
        self._job: Worker[None] | None = None
        self._forms: dict[str, FormResult] = {}
        self._refused: dict[str, FormResult] = {}

    def compose(self) -> ComposeResult:
        """Title, sums, the table, how far it is."""
        yield Static(f" 绩效自评汇总  {self.services.title}", id="title", markup=False)
        yield Static("", id="total", markup=False)
        yield DataTable(cursor_type="row", cell_padding=1)
        yield Input(placeholder="项目、单位或文件名里的字，回车筛选", id="filter", compact=True)
        yield Static("", id="status", markup=False)
        yield Footer()

    def on_mount(self) -> None:
        """Begin."""
        self.query_one(DataTable).focus()
        self._fill()
        self.action_pause()

    def on_resize(self) -> None:
        """Names get what room there is."""
        self._fill()

    def action_pause(self) -> None:
        """Stop the work, or go on with it."""
        if self._job is not None and self._job.is_running:
            self._job.cancel()
        elif self._done < self.services.whole:
            self._job = self._run()

    @work(thread=True, exclusive=True)
    def _run(self) -> None:
        job, results, unread, failure = get_current_worker(), self.services.go(), 0, ""
        come: list[FormResult] = []
        shown, pace = SHOWN_EVERY, Pace(self.services.whole)
        try:
            for done, result in enumerate(results, 1):
                unread += not result.is_read
                if job.is_cancelled:
                    break
                if result.is_read:
                    come.append(result)
                if done % SHOWN_EVERY == 0:
                    self.call_from_thread(self._tell, done, unread, pace.left(done))
                if (
                    done >= shown * 2
                ):  # filling the table costs as much as it has rows: each time there are twice as many
                    shown = done
                    self.call_from_thread(self._show, tuple(come))
        except ZipingError as error:
            failure = str(error)
        finally:
            results.close()
        if self.is_running:
            self.call_from_thread(self._stopped, failure)

    def _tell(self, done: int, unread: int, left: str) -> None:
        self._done, self._unread = done, unread
        bad = f"，{unread} 份没有读成" if unread else ""
        told = f" 正在核算 {done}/{self.services.whole}{bad}{'，' if left else ''}{left}（p 停下）"
        self.query_one("#status", Static).update(told)

    def _show(self, forms: Sequence[FormResult]) -> None:
        self._forms = {one.file: one for one in forms}
        self._fill()

    def _stopped(self, failure: str) -> None:
        summary = self.services.summary()
        self._refused = {one.file: one for one in summary.unread}
        self._done = len(summary.forms) + len(summary.again) + len(summary.unread)
        total = summary.overall
        rate = "" if total.rate is None else f"，执行率 {percent(total.rate)}"
        self.query_one("#total", Static).update(
            f"{len(summary.units)} 个单位 {total.forms} 个项目，预算 {plain(total.budget)} 万元，"
            f"执行 {plain(total.executed)} 万元{rate}；{grades_text(total)}；错误 {total.errors}"
        )
        self._show(summary.forms)
        said = [f"完成 {self._done}/{self.services.whole}"]
        if self._done < self.services.whole:
            said.append("已停下，按 p 接着做")
        said += [f"没有读成 {len(summary.unread)} 份"] * bool(summary.unread)
        said += [f"同一项目重复 {len(summary.again)} 份，没有重复计入"] * bool(summary.again)
        said += [f"相同文字 {len(summary.texts)} 组"] * bool(summary.texts)
        self.query_one("#status", Static).update(" " + (failure or "；".join(said) + "；回车看一份"))

    def _fill(self) -> None:
        table = self.query_one(DataTable)
        if table.row_count:
            self._view.row = table.cursor_row
        table.clear(columns=True)
        room = max(24, self.size.width - sum(WIDTHS) - 2 * len(WIDTHS) - 1)
        widths = (room - room // 3, room // 3, *WIDTHS[2:])
        for head, width in zip(HEADS, widths, strict=True):
            table.add_column(head, width=width)
        for form in self._shown():
            table.add_row(
                cut(form.project or form.file, widths[0]),
                cut(form.owner, widths[1]),
                "" if form.rate is None else percent(form.rate),
                "" if form.entered is None else plain(form.entered),
                points_text(form.points),
                grade_of(form),
                str(form.errors),
                str(form.warnings),
                key=form.file,
            )
        for file in () if self._view.unit else self._refused:
            if self._view.words in file:
                table.add_row(cut(file, widths[0]), cut("没有读成", widths[1]), *[""] * 6, key=file)
        table.move_cursor(row=self._view.row)
        only = self._view.unit or (f"含“{self._view.words}”的" if self._view.words else "")
        self.query_one("#title", Static).update(
            f" 绩效自评汇总  {self.services.title}" + (f"  只看 {only}（esc 看全部）" if only else "")
        )

    def _shown(self) -> list[FormResult]:
        fitting = [
            one
            for one in self._forms.values()
            if self._view.words in f"{one.project}\n{one.owner}\n{one.file}"
            and self._view.unit in {"", one.owner}
        ]
        return sorted(fitting, key=ORDERS[self._view.order][1])  # type: ignore[arg-type]  # each key orders itself

    def action_order(self) -> None:
        """The next order."""
        self._view.order = (self._view.order + 1) % len(ORDERS)
        self._fill()
        self.notify(ORDERS[self._view.order][0], timeout=2, markup=False)

    def action_filter(self) -> None:
        """Ask for the words to look for."""
        field = self.query_one("#filter", Input)
        field.add_class("-shown")
        field.focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Show what has these words."""
        self._view.words = event.value.strip()
        event.input.remove_class("-shown")
        self._fill()
        self.query_one(DataTable).focus()

    def action_clear(self) -> None:
        """Show everything again."""
        field = self.query_one("#filter", Input)
        field.remove_class("-shown")
        field.value = self._view.words = self._view.unit = ""
        self._fill()
        self.query_one(DataTable).focus()

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        """Look into a form."""
        file = event.row_key.value
        if file is None:
            return
        if file in self._refused:
            self.notify(self._refused[file].told, severity="warning", timeout=15, markup=False)
        else:
            self._look(self._forms[file])

    @work(thread=True, exclusive=True, group="look")
    def _look(self, form: FormResult) -> None:
        try:
            lines = self.services.lines(form.file)
        except ZipingError as error:
            self.call_from_thread(self.notify, str(error), severity="warning", markup=False)
            return
        self.call_from_thread(self.push_screen, FormScreen(form, lines), self._chosen)

    def _chosen(self, chosen: Chosen | None) -> None:
        if chosen is not None:
            self._end(chosen)

    def action_write(self) -> None:
        """Write the summary."""
        if self._job is not None and self._job.is_running:
            self.notify("还在核算。做完再写，或按 p 停下后只写已完成的。", timeout=4, markup=False)
            return
        try:
            self.notify(f"已写出：{self.services.write()}", timeout=6, markup=False)
        except ZipingError as error:
            self.notify(str(error), severity="warning", timeout=8, markup=False)

    def action_units(self) -> None:
        """Show the sums of each unit; one of them leads to its projects."""
        summary = self.services.summary()
        if not summary.forms:
            self.notify(NOTHING_YET, timeout=3, markup=False)
            return
        self.push_screen(UnitsScreen(summary), self._look_at_unit)

    def _look_at_unit(self, unit: str | None) -> None:
        if unit is not None:
            self._view.words, self._view.unit = "", unit
            self._fill()

    def action_charts(self) -> None:
        """Show what is known so far as bars."""
        summary = self.services.summary()
        if not summary.forms:
            self.notify(NOTHING_YET, timeout=3, markup=False)
            return
        self.push_screen(ChartScreen(of_summary(summary)))

    def action_report(self) -> None:
        """Write the report on all forms; they are read once more, beside the screen."""
        if self._job is not None and self._job.is_running:
            self.notify("还在核算。做完再写，或按 p 停下后只写已完成的。", timeout=4, markup=False)
            return
        self.notify("正在写自评报告…", timeout=2, markup=False)
        self._report()

    @work(thread=True, exclusive=True, group="report")
    def _report(self) -> None:
        try:
            told, severity = f"已写出：{self.services.report()}", "information"
        except ZipingError as error:
            told, severity = str(error), "warning"
        self.call_from_thread(self.notify, told, severity=severity, timeout=8, markup=False)

    def action_leave(self) -> None:
        """Stop the work and leave; what is done is kept."""
        self._end(None)

    def _end(self, chosen: Chosen | None) -> None:
        if self._job is not None:
            self._job.cancel()
        self._view.row = self.query_one(DataTable).cursor_row
        self.exit(chosen)
