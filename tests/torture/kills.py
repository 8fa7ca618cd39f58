"""Types in a process of its own and kills that process at a random moment, again and again.

``python -m tests.torture.kills screen|store FOLDER COUNT SECONDS SEED`` prints one JSON line for each kill and stops
after COUNT kills or SECONDS, whichever comes first; a session that hangs ends it with what it waited for. With ``screen`` the real one runs without a terminal (Textual's
headless driver) and keys take the way of real ones through fields, desk, workspace, journal and case file; with
``store`` letters go to journal and case file at once, so that many more kills fall into the writing of them.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import select
import signal
import sys
import time
import traceback
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from textual import events
from textual.widget import Widget
from textual.widgets import Input

from assistant.domain.case import Case, Indicator, blank_case
from assistant.domain.paths import cell, with_cell
from assistant.store.casefile import load, save
from assistant.store.journal import Deed
from assistant.store.journal_reading import segments_of
from assistant.store.keeper import Keeper
from assistant.store.locations import locations
from assistant.tui.app import ZipingApp
from assistant.tui.pages.page import path_of
from assistant.tui.screens.main import MainScreen
from assistant.tui.widgets.fields import CellArea
from assistant.wiring import open_case
from tests.machine import slowness

CELLS = ("project", "unit", "goals[0].actual", "indicators[0].actual", "indicators[1].reason")
LETTERS = "自评绩效指标完成情况良好一二三四五六七八九十"
BURST = 12
PAUSE = 0.03
"""Between two letters: some twenty to thirty a second, far faster than a person types."""
REST = 1.2
"""After every third burst, at most: long enough for a save to begin, so that a kill may fall into one."""
LETTERS_MOST = 30
"""Of one session. The moment of the kill is drawn in letters: a busy machine types as much, only later."""
PATIENCE = 30.0
"""Seconds without a sign of life after which a session hangs, on a quiet machine; see :func:`patience`."""
SPOKEN = "session.txt"
"""What the last session wrote to its terminal: why it ended, where it did."""


class Hangs(AssertionError):
    """A session did not come to an end of what it was doing."""


def beginning() -> Case:
    """A small form: what is measured is the way of a letter to the disk, not the checks."""
    rows = tuple(Indicator(level3=f"指标{number}", target="≥1次", weight="30") for number in range(3))
    return blank_case(year=2024).model_copy(update={"indicators": rows})


@cache
def patience() -> float:
    """Seconds after which a session hangs on this machine as it is just now: at most ten minutes."""
    return PATIENCE * min(slowness(on_the_wall=True), 20)


async def until(holds: Callable[[], bool], what: str) -> None:
    """Wait for what *holds* asks, on a slow machine longer than Textual's pilot would. Raises :class:`Hangs`."""
    end = time.monotonic() + patience()
    while not holds():
        if time.monotonic() > end:
            raise Hangs(f"no {what} within {patience():.0f} s")
        await asyncio.sleep(0.01)


async def opened(app: ZipingApp) -> MainScreen:
    """The main screen, once it takes keys: whoever goes to a cell before is sent back by the beginning."""
    main = next(screen for screen in app.screen_stack if isinstance(screen, MainScreen))
    await until(lambda: main.is_mounted and not main.is_coming, "main screen")
    return main


async def typed(
    app: ZipingApp, main: MainScreen, where: str, letters: int, chance: random.Random
) -> AsyncIterator[str]:
    """Go to *where* and type so many *letters* at its end; each once the field has it."""
    main.go_to(where)
    await until(lambda: path_of(main.focused) == where, f"way to {where}")
    field = main.focused
    if isinstance(field, CellArea):
        field.move_cursor(field.document.end)
    elif isinstance(field, Input):
        field.cursor_position = len(field.value)
    for _ in range(letters):
        letter, before = chance.choice(LETTERS), shown(field)
        app.post_message(events.Key(letter, letter))
        await until(lambda before=before: shown(field) != before, f"letter in {where}")
        yield letter


def shown(field: Widget | None) -> str:
    """What *field* holds."""
    return field.text if isinstance(field, CellArea) else field.value if isinstance(field, Input) else ""


def type_for_ever(path: Path, pipe: int, seed: int) -> None:
    """The session: bursts of letters into one cell after another, each reported once the field has it."""
    chance = random.Random(seed)
    keeper, services = open_case(path, beginning)
    app = ZipingApp(services)

    tell_durable(keeper, pipe)

    async def drive(pilot: Any) -> None:
        main = await opened(app)
        while True:
            where = chance.choice(CELLS)
            async for letter in typed(app, main, where, chance.randint(3, BURST), chance):
                os.write(pipe, f"{time.monotonic()} {where} {letter}\n".encode())
                await asyncio.sleep(PAUSE)
            if not chance.randrange(3):
                await asyncio.sleep(chance.uniform(0, REST))

    app.run(headless=True, size=(100, 30), auto_pilot=drive)
    keeper.close()


def store_for_ever(path: Path, pipe: int, seed: int) -> None:
    """The same without a screen: each letter is reported once the keeper has it."""
    chance = random.Random(seed)
    keeper = Keeper(path, locations())
    case, turn = keeper.case, 0
    assert case is not None
    tell_durable(keeper, pipe)
    while True:
        where, turn = chance.choice(CELLS), turn + 1
        for _ in range(chance.randint(3, BURST)):
            letter = chance.choice(LETTERS)
            case = with_cell(case, where, cell(case, where) + letter)
            keeper.changed(case, Deed("typing", where, turn))
            os.write(pipe, f"{time.monotonic()} {where} {letter}\n".encode())
            time.sleep(PAUSE)
        if not chance.randrange(3):
            time.sleep(chance.uniform(0, REST))


SESSIONS = {"screen": type_for_ever, "store": store_for_ever}


def tell_durable(keeper: Keeper, pipe: int) -> None:
    """Report through *pipe*, after each forced write of the journal, how many characters are on the disk by then."""
    journal = keeper._journal

    def told(real: Callable[..., None]) -> Callable[..., None]:
        def call(*words: Any, **more: Any) -> None:
            real(*words, **more)
            if journal._state is not None:
                os.write(pipe, f"{time.monotonic()} = {characters(journal._state)}\n".encode())

        return call

    journal.write = told(journal.write)  # type: ignore[method-assign]
    journal.announce = told(journal.announce)  # type: ignore[method-assign]


def characters(case: Case) -> int:
    """In all cells that are typed into."""
    return sum(len(cell(case, where)) for where in CELLS)


@dataclass(frozen=True, slots=True)
class Said:
    """What a session reported: each letter with its moment and cell, and how many characters were durable when."""

    typed: list[tuple[float, str, str]]
    durable: list[tuple[float, int]]

    @classmethod
    def of(cls, report: bytes) -> Said:
        """The lines of *report* that came whole."""
        lines = [line.split(" ") for line in report.decode("utf-8", "ignore").split("\n")[:-1]]
        return cls(
            [(float(at), where, word) for at, where, word in lines if where != "="],
            [(float(at), int(word)) for at, where, word in lines if where == "="],
        )

    def longest_way(self, before: int) -> float:
        """Seconds from a letter in its field to the disk, at most; *before* so many characters were there."""
        ways = [
            next((then - at for then, count in self.durable if count >= before + number), 0.0)
            for number, (at, _, _) in enumerate(self.typed, 1)
        ]
        return max(ways, default=0.0)


def one_kill(how: str, folder: Path, number: int, chance: random.Random) -> dict[str, Any]:
    """Type, kill, open again; what is missing."""
    path = folder / f"case-{number % 7}.ziping.json"
    before = load(path)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        with (folder / SPOKEN).open("w") as spoken:
            os.dup2(spoken.fileno(), 1)
            os.dup2(spoken.fileno(), 2)
        try:
            SESSIONS[how](path, writing, chance.randrange(2**30))
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(1)
    os.close(writing)
    report, letters = b"", chance.randint(1, LETTERS_MOST)
    while report.count(b"\n") - report.count(b" = ") < letters:
        if not select.select([reading], [], [], 2 * patience())[0]:
            os.kill(child, signal.SIGKILL)
            raise Hangs(
                f"nothing typed for {2 * patience():.0f} s after {len(Said.of(report).typed)} letters"
            )
        if not (piece := os.read(reading, 65536)):
            break
        report += piece
    time.sleep(chance.uniform(0, REST))
    killed_at = time.monotonic()
    os.kill(child, signal.SIGKILL)
    while piece := os.read(reading, 65536):
        report += piece
    _, status = os.waitpid(child, 0)
    os.close(reading)
    if not os.WIFSIGNALED(status):
        why = (folder / SPOKEN).read_text("utf-8", "replace")[-2000:]
        raise AssertionError(f"the session ended by itself: {why}")

    said = Said.of(report)
    typed = said.typed
    wanted = {where: cell(before, where) for where in CELLS}
    for _, where, letter in typed:
        wanted[where] += letter
    in_file = load(path)  # raises where the file is unreadable
    keeper = Keeper(path, locations())
    unsaved = keeper.unsaved()
    found = unsaved[0].case if unsaved else in_file
    for one in unsaved:
        keeper.decided(one, "left")
    keeper.changed(found)
    assert keeper.close()
    lost, oldest, strange = 0, 0.0, 0
    for where in CELLS:
        have, want = cell(found, where), wanted[where]
        if not (
            want.startswith(have) or have.startswith(want)
        ):  # a letter on its way may be there unreported
            strange += 1
        missing = max(len(want) - len(have), 0)
        lost += missing
        if missing:
            times = [at for at, one, _ in typed if one == where][-missing:]
            oldest = max(oldest, killed_at - times[0])
    return {
        "typed": len(typed),
        "lost": lost,
        "seconds": round(oldest, 3),
        "way": round(said.longest_way(characters(before)), 3),
        "strange": strange,
        "asked": len(unsaved),
        "damaged": sum(segment.damaged for segment in segments_of(locations().journals, path)),
    }


def get_ready(path: Path) -> None:
    """Open the program, type and leave it: what it loads on the way is loaded for every session forked from here."""
    keeper, services = open_case(path, beginning)
    app = ZipingApp(services)

    async def drive(pilot: Any) -> None:
        main = await opened(app)
        for where in CELLS:
            async for _ in typed(app, main, where, 2, random.Random(0)):
                pass
        app.exit()

    app.run(headless=True, size=(100, 30), auto_pilot=drive)
    keeper.close()


def main(how: str, folder: Path, count: int, seconds: float, seed: int) -> None:
    """Kill until it is enough."""
    chance = random.Random(seed)
    for number in range(7):
        save(folder / f"case-{number}.ziping.json", beginning())
    if how == "screen":
        get_ready(folder / "ready.ziping.json")
    begun = time.monotonic()
    for number in range(count):
        if time.monotonic() - begun > seconds:
            break
        print(json.dumps(one_kill(how, folder, number, chance)), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]), int(sys.argv[5]))
