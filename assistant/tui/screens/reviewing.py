"""Going over what stands in the form: readings to confirm, and back from a cell to the list one came from."""

from __future__ import annotations

from textual import on
from textual.content import Content

from assistant.domain.case import Doubt
from assistant.domain.places import spoken
from assistant.tui.flow import PageKind
from assistant.tui.hints import key
from assistant.tui.pages.doubts import ConfirmAllAsked, DoubtDecided, PlaceWanted
from assistant.tui.screens.dialogs import ConfirmDialog
from assistant.tui.screens.figures import FiguresScreen
from assistant.workspace.doubts import open_doubts, with_doubts
from assistant.workspace.workspace import Author

SHOWN_DOUBTS = 20


class ReviewingScreen(FiguresScreen):
    """The walk with what a person decides about readings."""

    def action_grid(self) -> None:
        """From the guided pages to the sheet of all indicators and back, keeping the cell."""
        self.desk.settle()
        path = self.current_path()
        self.is_grid = not self.is_grid
        if self.stop.kind is PageKind.INDICATOR:
            self.go(self.at, path)
        elif self.is_grid and self.services.workspace.case.indicators:
            self.go_to("indicators[0].actual")
        else:
            said = "表格" if self.is_grid else "逐项"
            self.notify(f"指标改为{said}显示。", timeout=3)

    def action_review(self) -> None:
        """The list of all answers."""
        self.go_to(PageKind.ANSWERS.value)

    @on(PlaceWanted)
    def go_for_change(self, event: PlaceWanted) -> None:
        """Go to the cell; Esc comes back to the list."""
        self.go_for(event.path)

    @on(DoubtDecided)
    def keep_doubt_decision(self, event: DoubtDecided) -> None:
        """Note the user's word on some readings as one step."""
        case = self.desk.settle().case
        self.desk.replace(with_doubts(case, event.positions, confirmed=event.confirmed), Author.CONFIRM)

    def action_confirm_here(self) -> None:
        """Keep the figures of this text as they are; else confirm what was read into this cell, else into this row."""
        if self.keep_here():
            return
        case, path = self.desk.settle().case, self.current_path()
        still = [(at, doubt.path) for at, doubt in enumerate(case.doubts) if not doubt.confirmed]
        row = path.partition(".")[0]
        chosen = [at for at, where in still if path and where == path]
        chosen = chosen or [at for at, where in still if row and where.partition(".")[0] == row]
        if not chosen:
            self.notify("这里没有待确认的内容。", timeout=3)
            return
        self.desk.replace(with_doubts(case, chosen), Author.CONFIRM)
        self._tell_confirmed(case.doubts[chosen[0]])

    def confirm(self, doubt: Doubt) -> None:
        """Confirm one reading, as from the list of findings."""
        case = self.desk.settle().case
        self.desk.replace(with_doubts(case, (case.doubts.index(doubt),)), Author.CONFIRM)
        self._tell_confirmed(doubt)

    def _tell_confirmed(self, doubt: Doubt) -> None:
        self.notify(f"已确认：{spoken(doubt.path)}（{key(self, 'undo')} 可撤销）", timeout=4)

    @on(ConfirmAllAsked)
    def action_confirm_all(self) -> None:
        """Show what would be confirmed; confirm it all as one step if the user says so."""
        doubts = open_doubts(self.desk.settle().case)
        if not doubts:
            self.notify("没有待确认的内容。", timeout=3)
            return
        lines = [f"{spoken(doubt.path)}：{doubt.why}" for doubt in doubts[:SHOWN_DOUBTS]]
        more = [f"……共 {len(doubts)} 处"] if len(doubts) > SHOWN_DOUBTS else []
        text = "请只在对照过原文后全部确认：\n\n" + "\n".join(lines + more)

        def answered(agreed: bool | None) -> None:
            if agreed:
                case = self.desk.settle().case
                self.desk.replace(with_doubts(case, range(len(case.doubts))), Author.CONFIRM)
                self.notify(f"已确认 {len(doubts)} 处（{key(self, 'undo')} 可撤销）。", timeout=4)

        title = f"全部确认 {len(doubts)} 处？"
        self.app.push_screen(ConfirmDialog(title, Content(text), "全部确认", "再看看"), answered)
