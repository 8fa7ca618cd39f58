"""What every page is: it draws a snapshot of its stop, and can bring one of its cells to the user."""

from __future__ import annotations

from typing import ClassVar

from textual.containers import VerticalScroll
from textual.message import Message
from textual.widget import Widget

from assistant.tui.desk import Desk
from assistant.tui.flow import Overview, State, Stop
from assistant.tui.services import Services
from assistant.tui.widgets.draft_panel import DraftPanel
from assistant.tui.widgets.fields import CellArea, CellInput
from assistant.tui.widgets.steady import LaidOutOnce
from assistant.workspace.workspace import Snapshot


class Page(LaidOutOnce, VerticalScroll, can_focus=False):
    """One page widget shows every stop of its kind: moving on refills it, nothing is mounted anew."""

    PAGE_ID: ClassVar[str] = ""
    """The widget's id, where it is not that of the stop's kind."""

    class Ready(Message):
        """The page has its fields now and can be drawn."""

        def __init__(self, page: Page) -> None:
            super().__init__()
            self.page = page

    def __init__(self, services: Services, desk: Desk, stop: Stop) -> None:
        super().__init__(id=self.PAGE_ID or f"page-{stop.kind.value}", classes="page")
        self.services = services
        self.desk = desk
        self.stop_shown = stop
        self.state = State.NONE
        self.has_open_stop = False
        """Whether any page still needs the user."""
        self.is_ready = False
        """Whether it has its fields and can be drawn."""
        self.is_drawn = False
        """Whether it has ever been drawn."""

    def on_mount(self) -> None:
        """Tell the screen that drawing may begin."""
        self.is_ready = True
        self.post_message(self.Ready(self))

    def on_resize(self) -> None:
        """The panels took rows or gave some back."""
        self.keep_in_sight()

    def keep_in_sight(self) -> None:
        """Scroll to the field being written in, whatever grew above or below it."""
        field = self.screen.focused
        if field is not None and self in field.ancestors:
            self.call_after_refresh(field.scroll_visible, animate=False)

    def hear(self, seen: Overview, at: int) -> None:
        """Take in how far the form has come, before drawing: *at* is the stop now shown."""
        self.state = seen.states[at]
        self.has_open_stop = seen.first_open() is not None

    def visit(self, stop: Stop, snapshot: Snapshot) -> None:
        """Show *stop*, from its top."""
        self.stop_shown = stop
        self.draw(snapshot)
        self.is_drawn = True
        self.scroll_home(animate=False)

    def draw(self, snapshot: Snapshot) -> None:
        """Draw what belongs to the stop now shown."""
        raise NotImplementedError

    def cells(self) -> list[Widget]:
        """The fields on this page, in order."""
        return [widget for widget in self.query("CellInput, CellArea") if widget.display]

    def focus_cell(self, path: str = "") -> bool:
        """Bring the field of the cell at *path* to the user, else the page's first; say whether there was one."""
        cells = self.cells()
        match = next((cell for cell in cells if path and getattr(cell, "cell_path", None) == path), None)
        chosen = match or self.first_cell() or (cells[0] if cells else None)
        if chosen is None:
            return False
        chosen.focus()
        return True

    def first_cell(self) -> Widget | None:
        """The field to start with, where it is not the topmost one."""
        return None

    def draft_panel(self) -> DraftPanel | None:
        """Where a draft would be shown, on pages that have texts to draft."""
        return None

    def draft_path(self) -> str:
        """The cell a draft would be for."""
        return ""


def path_of(widget: Widget | None) -> str:
    """The cell a widget edits, ``""`` if none."""
    return widget.cell_path if isinstance(widget, CellInput | CellArea) else ""
