"""Keys in the order in which they were typed, however fast they come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events

if TYPE_CHECKING:
    from textual.widget import Widget as _Base
else:
    _Base = object  # a second widget base would hide the field's own styles


class KeysInOrder(_Base):
    """A text field whose editing keys act at once.

    Textual puts letters into a field when they reach it, but runs bindings (Backspace, End, arrows) only after the
    key has travelled up to the app and back. In a burst, as an input method or a fast terminal sends it, letters
    overtake the Backspace that was typed before them. Here the field runs its own bindings itself, and those of the
    screen and the app around it, so that no letter goes into the cell that a key before it was to leave.
    """

    async def _on_key(self, event: events.Key) -> None:
        if event.is_printable:
            return
        for binding in self._bindings.key_to_bindings.get(event.key, ()):
            if await self.app.run_action(binding.action, self):
                event.stop()
                event.prevent_default()
                return
        around = self.screen.active_bindings.get(event.key)
        if around is not None and around.enabled and around.node is not self:
            event.stop()
            event.prevent_default()
            await self.app.run_action(around.binding.action, around.node)
