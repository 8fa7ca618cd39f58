"""年度总体目标: what was planned, what came of it, and a draft beside it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Static

from assistant.tui.desk import Desk
from assistant.tui.flow import Stop
from assistant.tui.hints import key
from assistant.tui.pages.page import Page
from assistant.tui.services import Services
from assistant.tui.widgets.draft_panel import DraftPanel
from assistant.tui.widgets.fields import TextField
from assistant.workspace.workspace import Snapshot


class GoalPage(Page):
    """One goal with its result."""

    def __init__(self, services: Services, desk: Desk, stop: Stop) -> None:
        super().__init__(services, desk, stop)
        self._title = Static("", classes="page-title", markup=False)
        self._expected = TextField(desk, "expected", "预期目标", classes="tall")
        self._actual = TextField(desk, "actual", "实际完成情况", classes="tall")
        self._panel = DraftPanel(services)

    def compose(self) -> ComposeResult:
        """Two texts and the draft."""
        yield self._title
        yield self._expected
        yield self._actual
        yield self._panel

    def draw(self, snapshot: Snapshot) -> None:
        """Draw the goal now shown."""
        goals, stop = snapshot.case.goals, self.stop_shown
        goal = goals[stop.index]
        limit = self.services.workspace.profile.text_limits.get("goal")
        which = f"（第 {stop.index + 1}/{len(goals)} 个）" if len(goals) > 1 else ""
        self._title.update(f"年度总体目标{which}")
        self._expected.show(stop.path, goal.expected)
        self._actual.show(stop.path, goal.actual, limit, f"{key(self, 'draft')} 起草")
        self._panel.visit(self.draft_path())

    def first_cell(self) -> Widget:
        """The result is what is to be written, once there is a goal."""
        return self._actual.area if self._expected.area.text.strip() else self._expected.area

    def draft_panel(self) -> DraftPanel:
        """The panel below the result."""
        return self._panel

    def draft_path(self) -> str:
        """The result of the goal now shown."""
        return f"{self.stop_shown.path}.actual"
