"""Keys act in the order in which they were typed, however fast they come."""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress
from typing import Generic

from textual import events
from textual.app import App, ReturnType
from textual.dom import DOMNode
from textual.message_pump import MessagePump
from textual.widgets import Input, TextArea

MOST_LOOKS_AHEAD = 3000
"""Looks a key waits for the case to be opened, or for the page the key before it leads to."""
LOOK_SECONDS = 0.01
"""How often to look whether what a key was handed to is still there, or what it waits for has come."""
MOST_LOOKS = 100
"""Looks before the next key is let in though the one before it has not done its work.

Counted, not timed: on a busy machine, and while pages are being mounted, a look takes as much longer as the work does.
"""


class KeysInTurn(App[ReturnType], Generic[ReturnType]):
    """An app that lets a key in when the one before it has done its work.

    Textual hands every key at once to the field that has the keyboard, and runs bindings only after the key has
    travelled up to the app and back, those with priority even before that. In a burst, as an input method or a fast
    terminal sends it, letters overtake the Backspace typed before them, fall into the field that a Tab was to leave,
    and Ctrl+Q leaves before the last letters are in. Letters behind letters need not wait: a field takes them in order.
    """

    def __init__(self) -> None:
        super().__init__()
        self._waiting: deque[events.Key | events.Paste] = deque()
        self._porter: asyncio.Task[None] | None = None

    async def on_event(self, event: events.Event) -> None:
        """Put keys and pastes into the queue; all else goes its usual way."""
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded or self.cannot_wait(event):
            await super().on_event(event)
            return
        self._waiting.append(event)
        if self._porter is None:
            self._porter = asyncio.create_task(self._let_in())
            self._porter.add_done_callback(self._rest)

    def cannot_wait(self, event: events.Key | events.Paste) -> bool:
        """Whether a key must act at once, whatever came before it."""
        return False

    def is_coming(self) -> bool:
        """Whether what the last key leads to is not there yet, so that the next one has no place to go."""
        return False

    async def keys_taken(self) -> None:
        """Wait until every key that came so far has done its work."""
        while self._porter is not None:
            await asyncio.wait((self._porter,))

    async def _let_in(self) -> None:
        """Let all keys in that wait, one after the other."""
        before: DOMNode | None = None
        was_letter = False
        try:
            while self._waiting:
                event = self._waiting.popleft()
                if before is None or not (was_letter and _is_letter(event, self.focused)):
                    if before is not None:
                        await _turn_of(before)
                    await self._come()
                before, was_letter = self.focused or self.screen, _is_letter(event, self.focused)
                await super().on_event(event)
                if not self._waiting:  # this one is still at work when the next arrives
                    await _turn_of(before)
        finally:
            self._porter = None  # in the same step as the last look at the queue: no key falls between

    async def _come(self) -> None:
        """Wait until the page the user went to is there and has the keyboard."""
        for _ in range(MOST_LOOKS_AHEAD):
            if not self.is_coming() or not self.is_running:
                break
            await asyncio.sleep(LOOK_SECONDS)
        await _idle(self)  # who gets the keyboard is told to the app

    def _rest(self, porter: asyncio.Task[None]) -> None:
        """A failure in a binding ends the program as any other does."""
        if not porter.cancelled() and (error := porter.exception()):
            self.call_later(_raise, error)


def _is_letter(event: events.Event, field: DOMNode | None) -> bool:
    """Whether *field* takes the key itself, as text."""
    return isinstance(event, events.Key) and event.is_printable and isinstance(field, Input | TextArea)


async def _turn_of(node: DOMNode) -> None:
    """Wait until a key handed to *node* has been up to the app, and what it asked for there is done."""
    looks = MOST_LOOKS
    for pump in node.ancestors_with_self:
        looks = await _idle(pump, looks)


async def _idle(pump: MessagePump, looks: int = MOST_LOOKS) -> int:
    """Wait until *pump* has worked off what it has been sent so far, or is gone with its dialog, at most for *looks*.

    Returns:
        The looks left; none where it is long at work, for no key waits for ever.
    """
    done = asyncio.Event()
    if not pump.call_later(done.set):
        return looks
    while looks and pump.is_running and not done.is_set():
        looks -= 1
        with suppress(TimeoutError):
            async with asyncio.timeout(LOOK_SECONDS):
                await done.wait()
    return looks


def _raise(error: BaseException) -> None:
    raise error
