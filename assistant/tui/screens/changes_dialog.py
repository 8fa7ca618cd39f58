"""改动记录: every step of the whole case, by whom, when and why; the one under the cursor in full."""

from __future__ import annotations

from datetime import datetime

from textual.content import Content

from assistant.store.history import Event, History
from assistant.tui.screens.effect_dialog import EffectDialog
from assistant.tui.screens.history_dialog import difference
from assistant.workspace.why import of_form, place, text, why

SHOWN = 12
"""Places of one step told in full."""


class ChangesDialog(EffectDialog):
    """Pick a step to go to its cell; the latest stands first."""

    def __init__(self, history: History) -> None:
        count = len(history.entries)
        lost = f"（另有 {history.damaged} 行记录损坏，已跳过）" if history.damaged else ""
        numbers = range(count - 1, -1, -1)
        choices = [(str(at), _line(at + 1, history.entries[at])) for at in numbers]
        super().__init__(f"改动记录：共 {count} 步{lost}", choices, str(count - 1))
        self._history = history

    def effect_of(self, chosen: str) -> Content:
        """Who did what."""
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
        return Content("\n").join(parts)


def _time(event: Event) -> datetime:
    return datetime.fromisoformat(event.at).astimezone()


def _line(number: int, event: Event) -> str:
    found = of_form(event.changes)
    first = found[0]
    more = f"（等 {len(found)} 处）" if len(found) > 1 else ""
    after = " ".join(text(first.after).split())
    return f"{number} {_time(event):%m-%d %H:%M} {why(event.why)} {place(first)}{more} → {after}"
