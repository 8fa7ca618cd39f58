"""The programs ``bench/screen.py`` types into: ours on a case file, and a bare Textual program with the same widgets.

    python bench/screen_programs.py ours CASE BEATS [PATH]
    python bench/screen_programs.py bare TEXT BEATS

Both write a line to BEATS for each pause of the event loop: when it ended (``time.monotonic``) and how long it was,
in seconds. With PATH, ours goes to that cell and lets a model write beside it; the bare program always does.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Input, Static, TextArea

from assistant.drafting.drafter import DraftRequest, Event, Piece, Restarted

TOKENS_A_SECOND = 200
TOKENS_A_DRAFT = 300
TOKENS = ("因", "材料", "晚到", "，", "有关", "部门", "于", "十一月", "补办", "。")
BEAT_SECONDS = 0.005
GATHER_SECONDS = 0.05


async def tokens() -> AsyncIterator[str]:
    """Words of a draft without end, at a steady pace; ``""`` where a new draft begins."""
    begun = time.monotonic()
    for number in itertools.count(1):
        await asyncio.sleep(max(0.0, begun + number / TOKENS_A_SECOND - time.monotonic()))
        yield TOKENS[number % len(TOKENS)] if number % TOKENS_A_DRAFT else ""


async def beat(file: Path) -> None:
    """Write down every time the event loop was not free for another task."""
    with file.open("w", encoding="utf-8", buffering=1) as beats:
        before = time.monotonic()
        while True:
            await asyncio.sleep(BEAT_SECONDS)
            now = time.monotonic()
            if (late := now - before - BEAT_SECONDS) > BEAT_SECONDS:
                beats.write(f"{now} {late}\n")
            before = now


class Model:
    """A model that writes for ever."""

    name = "测速"

    async def stream(self, request: DraftRequest) -> AsyncIterator[Event]:
        """Pieces of one draft after the other."""
        async for token in tokens():
            yield Piece(text=token) if token else Restarted(why="测速")


class Bare(App[None]):
    """One line, one text, and a draft that grows beside them."""

    CSS = "TextArea { height: 6; border: none; } Input { border: none; height: 1; } Static { height: auto; }"

    def __init__(self, text: str, beats: Path) -> None:
        super().__init__()
        self._text, self._beats = text, beats

    def compose(self) -> ComposeResult:
        with VerticalScroll(can_focus=False):
            yield Static("READY")
            yield Input(compact=True, select_on_focus=False)
            yield TextArea(self._text, tab_behavior="focus", compact=True)
            yield Static("", id="draft", markup=False)

    def on_mount(self) -> None:
        self.query_one(Input).cursor_blink = self.query_one(TextArea).cursor_blink = False
        self.query_one(TextArea).focus()
        self.run_worker(beat(self._beats))
        self.run_worker(self._draft())

    async def _draft(self) -> None:
        text, drawn_at = "", 0.0
        async for token in tokens():
            text = text + token if token else ""
            if time.monotonic() - drawn_at >= GATHER_SECONDS:
                drawn_at = time.monotonic()
                self.query_one("#draft", Static).update(text)


def ours(case: Path, beats: Path, path: str) -> App[None]:
    """The whole program on a case file, as ``ziping open`` has it."""
    from assistant.tui import app as program
    from assistant.tui.screens.main import MainScreen
    from assistant.tui.services import Services

    def prepare() -> Services:
        from assistant.wiring import open_case

        _, services = open_case(case, lambda: sys.exit("the case file is missing"))
        services.drafter = Model()
        return services

    class Watched(program.ZipingApp):
        CSS_PATH = Path(program.__file__).with_name("app.tcss")

        def on_mount(self) -> None:
            self.run_worker(beat(beats))
            if path:
                self.run_worker(self._draft())

        async def _draft(self) -> None:
            while not (isinstance(self.screen, MainScreen) and self.screen.is_mounted):  # noqa: ASYNC110
                await asyncio.sleep(0.05)
            main = self.screen
            await asyncio.sleep(1)
            main.go_to(path)
            while not main.page.is_drawn:  # noqa: ASYNC110
                await asyncio.sleep(0.05)
            main.action_draft()
            panel = main.page.draft_panel()
            while panel is not None and not panel.region:  # noqa: ASYNC110
                await asyncio.sleep(0.05)
            main.page.focus_cell(path)
            main.notify("READY", timeout=1)

    return Watched(prepare, opening=case.name)


def main() -> None:
    """Run the one asked for."""
    kind, file, beats, *path = sys.argv[1:]
    os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
    if kind == "ours":
        ours(Path(file), Path(beats), path[0] if path else "").run()
    else:
        Bare(Path(file).read_text("utf-8"), Path(beats)).run()


if __name__ == "__main__":
    main()
