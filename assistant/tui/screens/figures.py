"""Figures in texts that wait for a decision: 过期 after a change, mended by a key, or kept by the user's word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on, work
from textual.timer import Timer

from assistant.domain.case import Case
from assistant.domain.places import spoken
from assistant.tui.flow import PageKind
from assistant.tui.hints import key
from assistant.tui.pages.check import CheckPage
from assistant.tui.pages.export import ExportPage, FiguresWait
from assistant.tui.pages.page import path_of
from assistant.tui.screens.dialogs import ChoiceDialog, ConfirmDialog
from assistant.tui.screens.revising import RevisingScreen
from assistant.workspace.workspace import Author, Snapshot

if TYPE_CHECKING:
    from assistant.drafting.figures import OpenFigure

LOOK_SECONDS = 0.3
"""After this pause the texts are held against what was changed."""
SHOWN = 8


class FiguresScreen(RevisingScreen):
    """The walk with what becomes of figures that no longer fit."""

    _look_timer: Timer | None = None
    _is_looking = False

    def _follow(self, snapshot: Snapshot) -> None:
        super()._follow(snapshot)
        self._look_soon()

    def _look_soon(self) -> None:
        if self._look_timer is not None:
            self._look_timer.stop()
        self._look_timer = self.set_timer(LOOK_SECONDS, self.look_over)

    def on_mount(self) -> None:
        """Tell of what waits from an earlier sitting."""
        self._look_timer = self.set_timer(LOOK_SECONDS, self.look_over)

    def go(self, index: int, path: str = "") -> None:
        """Show the stop at *index*; what was just changed is looked at once the page stands."""
        super().go(index, path)
        self._look_soon()

    def look_over(self) -> None:
        """Hold the texts against the form as it is now, beside the screen, and draw what came of it.

        One look at a time; what came of a form that has changed meanwhile is dropped.
        """
        if not self._is_looking and not self.desk.is_looked_over:
            self._is_looking = True
            self._look_through(self.services.workspace.snapshot)

    @work(thread=True, group="look", description="figures")
    def _look_through(self, now: Snapshot) -> None:
        with self.one_at_a_time:
            found = self.desk.looked_over(now)
        self.app.call_from_thread(self._take_look, now, *found)

    def _take_look(self, now: Snapshot, case: Case, figures: tuple[OpenFigure, ...]) -> None:
        self._is_looking = False
        if not self.app.is_running:
            return  # it is being closed
        if self.services.workspace.snapshot is not now:
            self._look_soon()
        elif self.desk.take(now, case, figures):
            self._draw_figures()

    def _draw_figures(self) -> None:
        with self.app.batch_update():
            self.draw()
            if self.page.is_ready:
                self.page.hear(self.overview, self.at)
                self.page.draw(self.known())

    def figures_here(self) -> tuple[OpenFigure, ...]:
        """What waits in the text under the cursor, or under the cursor of the list of findings."""
        if not self.desk.is_large:
            self.desk.look()
        if isinstance(self.page, CheckPage):
            return tuple(figure for figure in self.desk.figures if figure == self.page.chosen)
        path = path_of(self.focused)
        return tuple(figure for figure in self.desk.figures if figure.path == path)

    def mend_here(self) -> bool:
        """Put the new figures into the text under the cursor; say whether there was anything to mend."""
        figures = [figure for figure in self.figures_here() if figure.new]
        if figures:
            self.mend(figures)
        return bool(figures)

    def mend(self, figures: list[OpenFigure]) -> None:
        """Put the new figures in, as one step; what still waits is looked up anew after each, since places move."""
        from assistant.drafting.figures import mended, open_figures

        before = self.desk.settle().case
        case, wanted = before, {(figure.path, figure.text) for figure in figures if figure.new}
        done = 0
        for path, text in sorted(wanted):
            sheet = self.services.workspace.snapshot.sheet  # texts never move a score
            now = next(
                (one for one in open_figures(case, sheet) if (one.path, one.text) == (path, text)), None
            )
            if now is not None and now.new:
                case, done = mended(case, now), done + 1
        if done:
            self.desk.replace(case, Author.CURE, figures[0].path)
            self.look_over()
            self.notify(f"已换成新数 {done} 处（{key(self, 'undo')} 可撤销）。", timeout=4)

    def keep_here(self) -> bool:
        """Keep the figures of the text under the cursor as they are, if the user says so; say whether there were any."""
        figures = self.figures_here()
        if figures:
            self.keep(figures)
        return bool(figures)

    def keep(self, figures: tuple[OpenFigure, ...]) -> None:
        """Ask, and note the user's word."""

        def answered(agreed: bool | None) -> None:
            if agreed:
                self._note_kept(figures)
                self.notify(
                    f"已照原样保留 {len(figures)} 处，不再提醒（{key(self, 'undo')} 可撤销）。", timeout=4
                )

        text = f"{_listed(figures)}\n\n请核实这些内容确实无误，再照原样保留。决定随案卷保存。"
        self.app.push_screen(ConfirmDialog("照原样保留？", text, "核实过，保留", "再看看"), answered)

    def _note_kept(self, figures: tuple[OpenFigure, ...]) -> None:
        from assistant.drafting.figures import kept

        case = kept(self.desk.settle().case, figures, self.services.now())
        self.desk.replace(case, Author.CURE, figures[0].path)
        self.look_over()

    @on(FiguresWait)
    def decide_before_final(self) -> None:
        """A final document waits for a decision about every open figure."""
        figures = self.desk.figures
        new = [figure for figure in figures if figure.new]
        choices = [f"换成新数，能换的有 {len(new)} 处"] if new else []
        choices += ["逐条看", "都核实过，照原样保留并定稿"]

        def answered(number: int | None) -> None:
            if number is None:
                return
            chosen = choices[number]
            if chosen.startswith("换成"):
                self.mend(new)
            elif chosen == "逐条看":
                self.go_to(PageKind.CHECK.value)
                return
            else:
                self._note_kept(figures)
            if isinstance(self.page, ExportPage):
                self.page.export_now()

        title = f"定稿前，文字里有 {len(figures)} 处要您决定"
        self.app.push_screen(ChoiceDialog(title, _listed(figures), choices), answered)


def _listed(figures: tuple[OpenFigure, ...]) -> str:
    lines = [f"{spoken(figure.path)}：{figure.why}" for figure in figures[:SHOWN]]
    more = [f"……共 {len(figures)} 处"] if len(figures) > SHOWN else []
    return "\n".join(lines + more)
