"""改动记录: every step of the whole case, by whom, when and why; the one under the cursor in full."""

from __future__ import annotations

from datetime import datetime

from textual import on
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from assistant.store.history import Event, History
from assistant.tui.screens.dialogs import PickDialog
from assistant.tui.screens.history_dialog import difference
from assistant.workspace.why import of_form, place, text, why

SHOWN = 12
"""Places of one step told in full."""


class ChangesDialog(PickDialog):
    """Pick a step to go to its cell; the latest stands first."""

    def __init__(self, history: History) -> None:
        count = len(history.entries)
        lost = f"（另有 {history.damaged} 行记录损坏，已跳过）" if history.damaged else ""
        numbers = range(count - 1, -1, -1)
        choices = [(str(at), _line(at + 1, history.entries[at])) for at in numbers]
        super().__init__(f"改动记录：共 {count} 步{lost}", choices, str(count - 1))
        self._history = history
        self._effect = Static("", markup=False)

    def on_mount(self) -> None:
        """Make room for the step in full."""
        self.query_one(OptionList).add_class("short-list")
        self.query_one(".dialog").mount(
            VerticalScroll(self._effect, classes="dialog-body effect", can_focus=False),
            before=self.query_one(".dialog-keys"),
        )

    @on(OptionList.OptionHighlighted)
    def show_step(self) -> None:
        """Tell who did what."""
        chosen = self.chosen
        if chosen is None:
            self._effect.update("")
            return
        event = self._history.entries[int(chosen)]
        parts = [Content.styled(f"{_time(event):%Y-%m-%d %H:%M:%S}  {event.who}  {why(event.why)}", "$muted")]
        found = of_form(event.changes)
        parts += [
            Content.assemble(
                Content.styled(f"{place(change)}：", "bold"),
                difference(text(change.before), text(change.after)),
            )
            for change in found[:SHOWN]
        ]
        if len(found) > SHOWN:
            parts.append(Content(f"……共 {len(found)} 处"))
        self._effect.update(Content("\n").join(parts))


def _time(event: Event) -> datetime:
    return datetime.fromisoformat(event.at).astimezone()


def _line(number: int, event: Event) -> str:
    found = of_form(event.changes)
    first = found[0]
    more = f"（等 {len(found)} 处）" if len(found) > 1 else ""
    after = " ".join(text(first.after).split())
    return f"{number} {_time(event):%m-%d %H:%M} {why(event.why)} {place(first)}{more} → {after}"
