"""The frame of the one main screen and the movement in it: task list, one page at a time, live score, findings, keys.

Nothing here can be stopped by a wrong value: moving on writes what was typed, as typed.
"""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical, VerticalScroll
from textual.content import Content

from assistant.domain.places import spoken
from assistant.tui import garbage
from assistant.tui.flow import PageKind, Stop, Target, stop_for, why
from assistant.tui.pages.answers import AnswersPage
from assistant.tui.pages.basics import BasicsPage
from assistant.tui.pages.check import CheckPage, FindingChosen
from assistant.tui.pages.doubts import DoubtsPage
from assistant.tui.pages.export import ExportPage
from assistant.tui.pages.funds import FundsPage
from assistant.tui.pages.goal import GoalPage
from assistant.tui.pages.grid import GridPage, RowEntered
from assistant.tui.pages.indicator import IndicatorPage
from assistant.tui.pages.page import Page, path_of
from assistant.tui.pages.start import StartPage, WentOn
from assistant.tui.screens.following import FollowingScreen
from assistant.tui.services import SaveNews, SaveState, Services
from assistant.tui.widgets.message_line import MessageLine
from assistant.tui.widgets.panels import FindingsPanel, KeyBar, ScorePanel
from assistant.tui.widgets.steady import Steady
from assistant.tui.widgets.task_list import StopChosen, StopSeen, TaskList
from assistant.tui.wording import change
from assistant.workspace.workspace import Snapshot

PAGES: dict[PageKind, type[Page]] = {
    PageKind.START: StartPage,
    PageKind.DOUBTS: DoubtsPage,
    PageKind.BASICS: BasicsPage,
    PageKind.FUNDS: FundsPage,
    PageKind.GOAL: GoalPage,
    PageKind.INDICATOR: IndicatorPage,
    PageKind.GRID: GridPage,
    PageKind.ANSWERS: AnswersPage,
    PageKind.CHECK: CheckPage,
    PageKind.EXPORT: ExportPage,
}
WIDE = 130
"""Columns from which score and findings stand beside the page."""

PREPARE_SECONDS = 0.02
"""Between mounting two pages ahead of the user."""


class WalkScreen(FollowingScreen):
    """Shows one stop of the walk and moves between them."""

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self.at = 0
        self._pages: dict[PageKind, Page] = {}
        self.is_grid = False
        """Whether indicators are shown as a sheet, all at once."""
        self._save_news = services.saver.news
        self._change = ""
        self._wanted = ""
        """The cell to bring to the user once its page is there."""
        self.shown_target: Target | None = None
        """What F8 came to; told first while the user stays there."""
        self._back_to = ""
        """The list the user came from to change one cell; Esc goes back there."""
        self._title_bar = Steady(id="title-bar")
        self._tasks = TaskList(self.overview)
        self._score = ScorePanel()
        self._findings = FindingsPanel()
        self._keys = KeyBar()

    def compose(self) -> ComposeResult:
        """The frame; pages are mounted when first visited."""
        yield self._title_bar
        with Horizontal(id="body"):
            yield self._tasks
            with Container(id="work"):
                with Container(id="pages"):
                    yield self._page(self.stop)
                with Vertical(id="side"):
                    yield self._score
                    yield MessageLine()
                    with VerticalScroll(id="findings-scroll", can_focus=False):
                        yield self._findings
        yield self._keys

    def on_mount(self) -> None:
        """Draw, and follow the disk from now on."""
        self.services.saver.listen(self._hear_saver)
        self.draw()
        self._show_stop()
        self.set_timer(PREPARE_SECONDS, self._prepare_next)

    def on_resize(self) -> None:
        """A wider or narrower terminal shows the panels otherwise."""
        self.draw()

    @property
    def stop(self) -> Stop:
        """The stop now shown."""
        return self.overview.stops[self.at]

    @property
    def page(self) -> Page:
        """The page that shows it."""
        return self._pages[self._kind(self.stop)]

    def _kind(self, stop: Stop) -> PageKind:
        return PageKind.GRID if self.is_grid and stop.kind is PageKind.INDICATOR else stop.kind

    def go(self, index: int, path: str = "") -> None:
        """Show the stop at *index* and bring the cell at *path*, else the page's first, to the user."""
        self.desk.settle()
        self._change = ""
        before = self.stop.key
        self.at = max(0, min(index, len(self.overview.stops) - 1))
        self.shown_target = None
        if self.stop.key != before:
            self._back_to = ""
        self._page(self.stop)
        self._show_stop()
        self._wanted = path
        if self.page.is_ready:
            self.page.focus_cell(path)
        if self.stop.kind is not PageKind.START:
            self.services.remember(path or self.stop.key)

    def go_to(self, path: str) -> None:
        """Show the cell or row at *path*, wherever it is filled in."""
        path = self.own_path(path)
        keys = [stop.key for stop in self.overview.stops]
        if path in keys:
            self.go(keys.index(path))
        else:
            self.go(stop_for(self.overview.stops, path), path)

    def own_path(self, path: str) -> str:
        """*path* as the fields have it: the money row by its position."""
        if not path.startswith("funds.total"):
            return path
        index = self.services.workspace.case.total_funds_index
        return path.replace("funds.total", f"funds[{index}]", 1) if index is not None else "funds"

    def go_for(self, path: str) -> None:
        """Show the cell at *path* for a change, and let Esc come back to the list now shown."""
        came_from = self.stop.key
        self.go_to(path)
        self._back_to = came_from if self.stop.key != came_from else ""
        self._draw_title()

    def come_back(self) -> bool:
        """Go back to the list the user came from; say whether there was one."""
        if not self._back_to:
            return False
        self.go_to(self._back_to)
        return True

    def draw(self) -> None:
        """Draw what is known of the case everywhere but in the page."""
        snapshot, shown = self.known(), self.stop.key  # the stop before the rows may have moved
        self.sort_out(snapshot)
        keys = [stop.key for stop in self.overview.stops]
        self.at = keys.index(shown) if shown in keys else min(self.at, len(keys) - 1)
        self._draw_title()
        self._tasks.draw(self.overview, self.at)
        is_wide = self.app.size.width >= WIDE
        self._score.draw(snapshot, self.overview.progress, self._change, is_wide=is_wide)
        findings, not_checked = self.overview.findings[self.at], self.overview.not_checked[self.at]
        first = self.shown_target.finding if self.shown_target else None
        if first in findings:
            findings = (first, *(finding for finding in findings if finding is not first))
        doubts = self.overview.doubts[self.at]
        self._findings.draw(findings, not_checked, doubts, ahead=int(first in findings), is_wide=is_wide)
        listed_elsewhere = self.stop.kind in {
            PageKind.START,
            PageKind.DOUBTS,
            PageKind.ANSWERS,
            PageKind.CHECK,
            PageKind.EXPORT,
        }
        self.query_one("#findings-scroll").display = not listed_elsewhere

    def current_path(self) -> str:
        """The cell the cursor is in, else the row shown."""
        return path_of(self.focused) or self.stop.path

    def _page(self, stop: Stop) -> Page:
        """The page for *stop*; one not prepared yet is mounted now and says when it is ready."""
        kind = self._kind(stop)
        if kind not in self._pages:
            page = PAGES[kind](self.services, self.desk, stop)
            page.display = stop is self.stop
            self._pages[kind] = page
            if self.is_mounted:
                self.query_one("#pages").mount(page)
        return self._pages[kind]

    def _prepare_next(self) -> None:
        """Mount one more page in an idle moment, so that no page is blank when the user comes to it."""
        for stop in self.overview.stops:
            if self._kind(stop) not in self._pages:
                self._page(stop)
                self.set_timer(PREPARE_SECONDS, self._prepare_next)
                return
        garbage.stays()

    def _show_stop(self) -> None:
        self.set_class(self._kind(self.stop) is PageKind.GRID, "-grid")
        with self.app.batch_update():
            for kind, page in self._pages.items():
                page.display = kind is self._kind(self.stop)
            self.draw()
            self._visit()
        self.refresh_bindings()

    def _visit(self) -> None:
        if self.page.is_ready:  # else it says when it is, and is drawn then
            self.page.hear(self.overview, self.at)
            self.page.visit(self.stop, self.known())

    @on(Page.Ready)
    def _draw_new_page(self, event: Page.Ready) -> None:
        """A page just mounted is drawn, if it is the one to show."""
        if event.page is self.page and self.app.is_running:  # else it is being closed: its fields may be gone
            self._visit()
            self.page.focus_cell(self._wanted)

    def draw_following(self, snapshot: Snapshot) -> None:
        """Draw what became of the form, and what the change did to the points."""
        if snapshot is self.services.workspace.snapshot:
            is_told = not snapshot.author.is_step
            self._change = change(self.desk.baseline, snapshot.sheet, snapshot.changed) if is_told else ""
        same_stop = self.stop.key
        with self.app.batch_update():
            self.draw()
            if self.stop.key != same_stop:
                self._page(self.stop)
                self._show_stop()
            elif self.page.is_ready:
                self.page.hear(self.overview, self.at)
                self.page.draw(snapshot)
        self.page.keep_in_sight()

    def _hear_saver(self, news: SaveNews) -> None:
        self.app.call_later(self._draw_saver, news)

    def _draw_saver(self, news: SaveNews) -> None:
        if news.state is SaveState.FAILED and self._save_news != news:
            self.tell_failure(news)
        self._save_news = news
        self._draw_title()

    def tell_failure(self, news: SaveNews) -> None:
        """Say why nothing is saved and what to do, all of it."""
        self.notify(f"{news.words}（内容还在，程序会再试）", severity="error", timeout=10)

    def _draw_title(self) -> None:
        news = self._save_news
        style = "bold $error" if news.state is SaveState.FAILED else "$muted"
        self._title_bar.update(
            Content.assemble(
                Content.styled(" 绩效自评 ", "bold $primary"),
                # The reason first: of a long path in front of it nothing else would be left.
                Content.styled(news.words.replace(f"无法保存 {self.services.path}：", ""), style),
                Content(f"  {self.stop.title}  "),
                Content.styled(f"Esc 回到{self._list_title()}  " if self._back_to else "", "bold $primary"),
                Content.styled(self.services.path.name, "$muted"),
            )
        )

    def _list_title(self) -> str:
        return next((stop.title for stop in self.overview.stops if stop.key == self._back_to), "")

    @on(StopSeen)
    def tell_why(self, event: StopSeen) -> None:
        """Say of the page under the cursor of the task list why it is open."""
        said = why(self.services.workspace.case, self.overview, event.index)
        state = self.overview.states[event.index]
        title = self.overview.stops[event.index].title
        self.query_one("#findings-scroll").display = True  # the first page has no findings of its own
        self._findings.update(f"{title}：{said or state.value or '回车去这一页'}")

    @on(StopChosen)
    def go_to_chosen(self, event: StopChosen) -> None:
        """Go to the page picked in the task list."""
        self.remove_class("-show-tasks")
        self.go(event.index)

    @on(RowEntered)
    def follow_sheet(self, event: RowEntered) -> None:
        """The cursor of the sheet went to another row: the panels follow."""
        index = stop_for(self.overview.stops, f"indicators[{event.row}]")
        if index == self.at:
            return
        self.desk.settle()
        self._change, self._back_to, self.shown_target = "", "", None
        self.at = index
        self.draw()
        self.services.remember(self.stop.key)

    @on(FindingChosen)
    def go_to_finding(self, event: FindingChosen) -> None:
        """Go to the cell of a finding; Esc comes back to the list."""
        self.go_for(event.path)
        self.notify(f"来自检查结果：{spoken(event.path)}", timeout=3)

    @on(WentOn)
    def go_on(self, event: WentOn) -> None:
        """Go where the first page's buttons say."""
        if event.where == "last":
            self.go_to(self.services.place)
        elif event.where == "open":
            self.go(self.overview.first_open() or 1)
        else:
            self.go(1)
