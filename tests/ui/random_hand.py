"""A hand that types at random and says of each key what it must leave behind."""

from __future__ import annotations

import random
import unicodedata
from collections import Counter
from collections.abc import Awaitable

from textual import events
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key
from textual.pilot import Pilot

from assistant.domain.case import Case
from assistant.tui.app import ZipingApp
from assistant.tui.cjk import one_line, plain_lines
from assistant.tui.desk import difference, text_at
from assistant.tui.pages.grid import SheetLine
from assistant.tui.screens.main import MainScreen
from assistant.tui.widgets.fields import CellArea, CellInput

MOVING = (
    *("f1", "f2", "f3", "f8", "f9", "tab", "shift+tab", "escape", "up", "down", "left", "right"),
    *("home", "end", "pageup", "pagedown", "ctrl+g", "ctrl+t", "ctrl+p", "ctrl+s", "ctrl+c", "ctrl+f"),
    *("ctrl+r", "ctrl+backslash", "shift+left", "shift+end"),
)
"""Keys that may go anywhere and open anything, but never change a cell of the form."""

CHANGING = (
    *("f4", "f5", "f6", "f7", "f10", "f12", "enter", "backspace", "delete", "space"),
    *("ctrl+z", "ctrl+y", "ctrl+n", "ctrl+k", "ctrl+o", "ctrl+u"),
)
LETTERS = "因材料晚到于十一月补办①≥“”〔〕3次98.5％1234567a["
PASTED = "第一行\r\n第二行“三”"


def key_event(key: str) -> events.Key:
    """The event a terminal sends for *key*, which is a name or one character."""
    if len(key) == 1:
        return events.Key(key if key.isalnum() else _character_to_key(key), key)
    try:
        character = unicodedata.lookup(_get_unicode_name_from_key(REPLACED_KEYS.get(key, key)))
    except KeyError:
        character = None
    return events.Key(key, character)


def form(case: Case) -> Case:
    """The form itself: without the marks the program keeps about numbers and drafts."""
    return case.model_copy(update={"figures": (), "drafts": ()})


class RandomHand:
    """Types on the screen of *app*.

    Args:
        pilot: The running program.
        chosen: Where chance comes from.

    Attributes:
        pressed: What was pressed, for whoever has to find out what went wrong.
        seen: How often each promise was really put to the test.
    """

    def __init__(self, pilot: Pilot[None], chosen: random.Random) -> None:
        app = pilot.app
        assert isinstance(app, ZipingApp)
        self.app, self.pilot, self.chosen = app, pilot, chosen
        self.pressed: list[str] = []
        self.seen: Counter[str] = Counter()

    @property
    def main(self) -> MainScreen:
        """The screen below every dialog."""
        screen = self.app.screen_stack[0]
        assert isinstance(screen, MainScreen)
        return screen

    @property
    def field(self) -> CellInput | CellArea | None:
        """The field of the form the keyboard is in, if it is in one that takes letters."""
        focused = self.app.focused
        if not isinstance(focused, CellInput | CellArea) or not focused.cell_path:
            return None
        return None if isinstance(focused, SheetLine) and focused.is_locked else focused

    async def send(self, *keys: str) -> None:
        """Send keys as a terminal does, all at once, and let the program work through them."""
        driver = self.app._driver
        assert driver is not None
        for key in keys:
            driver.send_message(key_event(key))
        await self.pilot.pause(0)
        await self.app.keys_taken()
        await self.pilot.pause(0)
        await self.app.keys_taken()
        for _ in range(3):  # from the app to the screen, to the field, and back for a binding
            await self.pilot.pause(0)

    async def act(self) -> None:
        """Do one thing."""
        share = self.chosen.random()
        if self.app.screen is not self.main and share < 0.3:
            self.pressed.append("escape")
            await self.send("escape")
        elif share < 0.05:
            await self.go_somewhere()
        elif share < 0.07:
            size = self.chosen.randint(60, 200), self.chosen.randint(16, 50)
            self.pressed.append(f"{size[0]}x{size[1]}")
            await self.pilot.resize_terminal(*size)
        elif share < 0.09:
            self.pressed.append("paste")
            await self.paste()
        elif share < 0.35:
            await self.type("".join(self.chosen.choices(LETTERS, k=1)))
        elif share < 0.45:
            await self.type("".join(self.chosen.choices(LETTERS, k=self.chosen.randint(2, 12))))
        elif share < 0.75:
            await self.move(self.chosen.choice(MOVING))
        else:
            self.pressed.append(self.chosen.choice(CHANGING))
            is_dialog = self.app.screen is not self.main
            await self.send(self.pressed[-1])
            await self.pilot.pause(0.3 if is_dialog else 0.05)  # a command of the palette runs a moment later

    async def go_somewhere(self) -> None:
        """Go to some page, as the task list and the jump do; often to the sheet."""
        if self.app.screen is not self.main:
            return
        path = self.chosen.choice(self.main.overview.stops).path
        self.pressed.append(f"-> {path}")
        self.main.go_to(path)
        await self.pilot.pause(0)
        if self.chosen.random() < 0.4:
            await self.move("ctrl+backslash")

    async def type(self, words: str) -> None:
        """Type *words* at once; in a field of the form they must stand where the cursor was."""
        field = self.field
        self.pressed.append(f"{field.cell_path} <- {words}" if field else words)
        if field is None:  # in a list or a draft letters are commands
            await self.send(*words)
            await self.pilot.pause(0.05)
            return
        await self._writes(field, words, self.send(*words))

    async def paste(self) -> None:
        """Paste two lines."""
        field, driver = self.field, self.app._driver
        assert driver is not None

        async def sent() -> None:
            driver.send_message(events.Paste(PASTED))
            for _ in range(3):
                await self.pilot.pause(0)

        if field is None:
            await sent()
        else:
            words = plain_lines(PASTED) if isinstance(field, CellArea) else one_line(PASTED)
            await self._writes(field, words, sent())

    async def _writes(self, field: CellInput | CellArea, words: str, sent: Awaitable[None]) -> None:
        path, expected = field.cell_path, with_words(field, words)
        await sent
        for _ in range(100):
            if shown(field) == expected:
                break
            await self.pilot.pause(0.02)
        assert field.cell_path == path, f"typing left {path} for {field.cell_path}"
        assert shown(field) == expected
        self.main.desk.flush()
        assert text_at(self.app.services.workspace.case, path) == expected
        self.seen[f"{type(field).__name__} {'letter' if len(words) == 1 else 'burst'}"] += 1

    async def move(self, key: str) -> None:
        """Press a key that goes somewhere; on the main screen it changes nothing of the form."""
        self.pressed.append(key)
        is_main = self.app.screen is self.main
        before = form(self.main.desk.settle().case)
        await self.send(key)
        if is_main:
            after = form(self.main.desk.settle().case)
            path = difference(before, after)
            said = f"{key} changed {path}: {text_at(before, path)!r} -> {text_at(after, path)!r}"
            assert after == before, said
            self.seen["move"] += 1


def shown(field: CellInput | CellArea) -> str:
    """What stands in *field*."""
    return field.text if isinstance(field, CellArea) else field.value


def with_words(field: CellInput | CellArea, words: str) -> str:
    """What must stand in *field* after *words* were typed over its selection."""
    if isinstance(field, CellArea):
        before = field.document.get_text_range
        start, end = (len(before((0, 0), place)) for place in sorted(field.selection))
    else:
        start, end = sorted(field.selection)
    text = shown(field)
    return f"{text[:start]}{words}{text[end:]}"
