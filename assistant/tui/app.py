"""The screen program: themes, palette, leaving. Everything else lives in its screens."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

os.environ.setdefault("ESCDELAY", "25")  # read by Textual when imported: Esc stops a draft at once

from textual import events, work
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.notifications import SeverityLevel
from textual.screen import Screen

from assistant.domain.errors import ZipingError
from assistant.tui import cjk, garbage
from assistant.tui.commands import ChineseCommands, palette
from assistant.tui.faults import RaisesFaults
from assistant.tui.hints import NamesKeys, spelled
from assistant.tui.keys_in_turn import KeysInTurn
from assistant.tui.opening import OpeningScreen
from assistant.tui.picture import corrected
from assistant.tui.theme import DARK, LIGHT, THEMES
from assistant.tui.widgets.message_line import MessageLine

if TYPE_CHECKING:  # the screens bring the whole core with them; the first frame does not wait for it
    from assistant.tui.screens.main import MainScreen
    from assistant.tui.services import Services

cjk.install()

_ENDINGS = tuple(
    number for name in ("SIGHUP", "SIGTERM") if (number := getattr(signal, name, None)) is not None
)

PATIENCE_SECONDS = 5
"""After a shutdown's signal, until the program ends whatever the terminal does."""

TURN_SECONDS = 0.0005
"""How long a thread beside the screen may compute before the screen has its turn.

Python's own 5 ms are waited for at every write to the terminal: twenty of them are felt as a key that lags.
"""


class ZipingApp(KeysInTurn[None], RaisesFaults[None], cjk.CursorAtCaret[None], NamesKeys):
    """绩效自评 in a terminal.

    Args:
        services: Everything the screen needs, or how to get it: then the first frame is painted before the case is
            opened and the core is loaded, which happens beside the screen.
        opening: What is being opened, for that first frame.
        theme: The theme to begin with.

    Attributes:
        failure: Why the case could not be opened; the program has ended then.
    """

    TITLE = "绩效自评"
    CSS_PATH = "app.tcss"
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {ChineseCommands}
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-medium"), (130, "-wide")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+p", "command_palette", "命令", id="palette", priority=True),
        Binding("ctrl+q", "quit", "退出", show=False, id="quit", priority=True),
        Binding("ctrl+c", "help_quit", show=False, system=True),
    ]

    def __init__(
        self, services: Services | Callable[[], Services], *, opening: str = "", theme: str = DARK.name
    ) -> None:
        super().__init__()
        self.failure: ZipingError | None = None
        self._sorted_keys: tuple[Mapping[str, str], tuple[str, ...]] | None = None
        self._opening = opening
        self._prepare: Callable[[], Services] | None = None
        if callable(services):
            self._prepare = services
        else:
            self.services = services
        for known in THEMES:
            self.register_theme(known)
        self.theme = theme if theme in self.available_themes else DARK.name

    def get_default_screen(self) -> Screen[Any]:
        """There is one main screen, and a frame to look at until it is there."""
        return OpeningScreen(self._opening) if self._prepare else _main_screen(self.services)

    def on_mount(self) -> None:
        """Open the case once the first frame is painted."""
        sys.setswitchinterval(TURN_SECONDS)
        self._hear_the_system()
        if self._prepare:
            garbage.opening()
            self.call_after_refresh(self._open_case, self._prepare)
        else:
            self._take_keys()

    def on_unmount(self) -> None:
        """Leave no trace in the process."""
        garbage.left()
        for number in _ENDINGS:
            with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
                asyncio.get_running_loop().remove_signal_handler(number)

    def _hear_the_system(self) -> None:
        """A closed window and a shutdown ask the program to end: what was typed in the last moment is saved first."""
        for number in _ENDINGS:
            with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
                asyncio.get_running_loop().add_signal_handler(number, self._end, number)

    def _end(self, number: signal.Signals) -> None:
        if (main := self._main()) is not None:
            main.keep_typed()
            self.services.saver.save_now()
        if number is signal.SIGTERM:
            signal.alarm(PATIENCE_SECONDS)  # the terminal may take nothing any more
            self.exit()
        else:  # there is no terminal to give back: it would be waited for for ever
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)

    @work(thread=True)
    def _open_case(self, prepare: Callable[[], Services]) -> None:
        """Beside the screen, so that it stays alive; only hands over."""
        try:
            services = prepare()
            screen = _main_screen(services)
        except ZipingError as error:
            self.call_from_thread(self._give_up, error)
        else:
            self.call_from_thread(self._show, services, screen)

    def push_screen(self, screen: Any, *rest: Any, **more: Any) -> Any:
        """Show *screen*, told before its first layout how wide the terminal is.

        Textual tells it after that. The second layout then costs time, and on a busy machine it can take rows and
        columns from the first one's memory, until the next key.
        """
        if isinstance(screen, Screen):
            name = max(entry for entry in self.HORIZONTAL_BREAKPOINTS if entry[0] <= self.size.width)[1]
            screen.set_class(True, name, update=False)
        return super().push_screen(screen, *rest, **more)

    def _give_up(self, error: ZipingError) -> None:
        self.failure = error
        self.exit()

    def _show(self, services: Services, screen: MainScreen) -> None:
        self.services = services
        self._prepare = None
        garbage.stays()
        self.push_screen(screen)  # the frame stays below: the bottom screen cannot be switched
        self._take_keys()

    def _take_keys(self) -> None:
        """Use the user's own keys, and say which could not be had."""
        self.set_keymap(
            {name: keys for name, keys in self.keys_in_force().items() if name in self.services.keys}
        )
        for notice in self._sort_keys()[1]:
            self.notify(notice, severity="warning", timeout=12)

    def cannot_wait(self, event: events.Key | events.Paste) -> bool:
        """Leaving while the case is being opened; all other keys wait for it."""
        return self._prepare is not None and isinstance(event, events.Key) and event.key == "ctrl+q"

    def is_coming(self) -> bool:
        """Whether the case, or the page the user went to in it, is not there yet."""
        main = self._main()
        return self._prepare is not None or (main is not None and main.is_coming)

    def keys_in_force(self) -> Mapping[str, str]:
        """The keys of every deed, the user's own where he changed them."""
        return self._sort_keys()[0]

    def _sort_keys(self) -> tuple[Mapping[str, str], tuple[str, ...]]:
        """The keys in force, and a sentence for each wish that could not be had."""
        if self._sorted_keys is not None:
            return self._sorted_keys
        from assistant.tui.keymap import by_id, keymap
        from assistant.tui.pages.doubts import DoubtList
        from assistant.tui.screens.copying import CopyList
        from assistant.tui.screens.main import MainScreen
        from assistant.tui.widgets.draft_panel import DraftPanel

        anywhere, local = (
            (*self.BINDINGS, *MainScreen.BINDINGS),
            (*DraftPanel.BINDINGS, *DoubtList.BINDINGS, *CopyList.BINDINGS),
        )
        keys, notices = keymap(self.services.keys, anywhere, local)
        self._sorted_keys = ({**by_id((*anywhere, *local)), **keys}, notices)
        return self._sorted_keys

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """None of Textual's own, which are in English; :mod:`commands` lists ours."""
        return ()

    def get_key_display(self, binding: Binding) -> str:
        """``F3`` and ``Ctrl+P``, as printed on keyboards and in manuals."""
        return spelled(binding.key)

    def action_command_palette(self) -> None:
        """Open the command palette in Chinese."""
        if not self.screen.is_modal and not self._prepare:
            self.push_screen(palette())

    def action_switch_theme(self) -> None:
        """From dark to light and back."""
        self.theme = LIGHT.name if self.theme == DARK.name else DARK.name

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Say something in passing. Paths and users' words are shown as they are, never read as markup.

        The main screen has a line for it, so that nothing is covered; other screens show a box.
        """
        super().notify(message, title=title, severity=severity, timeout=timeout, markup=False)
        seconds = self.NOTIFICATION_TIMEOUT if timeout is None else timeout
        for screen in self.screen_stack:
            for line in screen.query(MessageLine):
                line.say(message, severity, seconds)

    def _handle_exception(self, error: Exception) -> None:
        """Put what was typed in the last moment into the case before the screen ends; who ran it saves."""
        try:
            if (main := self._main()) is not None:
                main.keep_typed()
        finally:
            super()._handle_exception(error)

    def action_take_picture(self) -> None:
        """Save a picture of the screen beside the case."""
        if self._prepare:
            return
        case = self.services.path
        where = case.with_name(f"{case.name.removesuffix('.ziping.json')}-截图.svg")
        try:
            where.write_text(corrected(self.export_screenshot()), "utf-8")
        except OSError as error:
            self.notify(
                f"截图没有保存：{error.strerror}。请换一个能写的文件夹打开案卷。",
                severity="warning",
                timeout=8,
            )
            return
        self.notify(f"截图已保存：{where}", timeout=5)

    def action_help_quit(self) -> None:
        """Ctrl+C never ends the program."""
        self.notify(f"Ctrl+C 不会退出。要退出请按 {self.key_name('quit')}，内容会自动保存。", timeout=4)

    async def action_quit(self) -> None:
        """Save everything, then leave; where saving fails, say so first."""
        if self._prepare:  # nothing is open yet
            self.exit()
            return
        from assistant.tui.screens.dialogs import ConfirmDialog
        from assistant.tui.services import SaveState

        if (main := self._main()) is not None:
            main.desk.settle()
            self.services.remember(main.current_path() or main.stop.key)
        news = self.services.saver.save_now()
        if news.state is not SaveState.FAILED:
            self.exit()
            return

        def answered(leave: bool | None) -> None:
            if leave:
                self.exit()

        disk = self.services.disk
        is_on_record = disk is not None and disk.journal_trouble is None
        kept = "改动都记在本机的改动记录里，下次打开这份案卷会逐处请您选。"
        lost = "改动记录也写不进去：现在退出会丢失最近的改动。"
        self.push_screen(
            ConfirmDialog(
                "没有保存成功", f"{news.words}\n{kept if is_on_record else lost}", "仍然退出", "留下"
            ),
            answered,
        )

    def _main(self) -> MainScreen | None:
        """The screen below every dialog, once the case is open."""
        if self._prepare:
            return None
        from assistant.tui.screens.main import MainScreen

        return next((screen for screen in self.screen_stack if isinstance(screen, MainScreen)), None)


def _main_screen(services: Services) -> MainScreen:
    from assistant.tui.screens.main import MainScreen

    return MainScreen(services)
