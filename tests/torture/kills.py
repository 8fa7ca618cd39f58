"""Types in a process of its own and kills that process at a random moment, again and again.

``python -m tests.torture.kills screen|store FOLDER COUNT SECONDS SEED`` prints one JSON line for each kill and stops
after COUNT kills or SECONDS, whichever comes first. With ``screen`` the real one runs without a terminal (Textual's
headless driver) and keys take the way of real ones through fields, desk, workspace, journal and case file; with
``store`` letters go to journal and case file at once, so that many more kills fall into the writing of them.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
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

CELLS = ("project", "unit", "goals[0].actual", "indicators[0].actual", "indicators[1].reason")
LETTERS = "自评绩效指标完成情况良好一二三四五六七八九十"
BURST = 12
PAUSE = 0.03
"""Between two letters: some twenty to thirty a second, far faster than a person types."""
REST = 1.2
"""After every third burst, at most: long enough for a save to begin, so that a kill may fall into one."""
LETTERS_MOST = 30
"""Of one session. The moment of the kill is drawn in letters: a busy machine types as much, only later."""


def beginning() -> Case:
    """A small form: what is measured is the way of a letter to the disk, not the checks."""
    rows = tuple(Indicator(level3=f"指标{number}", target="≥1次", weight="30") for number in range(3))
    return blank_case(year=2024).model_copy(update={"indicators": rows})


async def until(holds: Callable[[], bool]) -> None:
    """Wait for what *holds* asks, however slow the machine: Textual's pilot gives up after a while."""
    while not holds():  # noqa: ASYNC110 - nothing of the screen tells it
        await asyncio.sleep(0.01)


async def opened(app: ZipingApp) -> MainScreen:
    """The main screen, once it is drawn."""
    main = next(screen for screen in app.screen_stack if isinstance(screen, MainScreen))
    await until(lambda: bool(main.query("#findings-scroll")))
    return main


def shown(field: Widget | None) -> str:
    """What *field* holds."""
    return field.text if isinstance(field, CellArea) else field.value if isinstance(field, Input) else ""


def type_for_ever(path: Path, pipe: int, seed: int) -> None:
    """The session: bursts of letters into one cell after another, each reported once the field has it."""
    chance = random.Random(seed)
    keeper, services = open_case(path, beginning)
    app = ZipingApp(services)

    async def drive(pilot: Any) -> None:
        main = await opened(app)
        while True:
            where = chance.choice(CELLS)
            main.go_to(where)
            await until(lambda where=where: path_of(main.focused) == where)
            field = main.focused
            if isinstance(field, CellArea):
                field.move_cursor(field.document.end)
            elif isinstance(field, Input):
                field.cursor_position = len(field.value)
            for _ in range(chance.randint(3, BURST)):
                letter = chance.choice(LETTERS)
                before = shown(field)
                app.post_message(events.Key(letter, letter))
                await until(lambda field=field, before=before: shown(field) != before)
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


def typed_until(report: bytes) -> list[tuple[float, str, str]]:
    """What was reported whole."""
    lines = report.decode("utf-8", "ignore").split("\n")[:-1]
    return [(float(at), where, letter) for at, where, letter in (one.split(" ") for one in lines)]


def one_kill(how: str, folder: Path, number: int, chance: random.Random) -> dict[str, Any]:
    """Type, kill, open again; what is missing."""
    path = folder / f"case-{number % 7}.ziping.json"
    before = load(path)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        with open(os.devnull, "w") as nothing:  # noqa: PTH123
            os.dup2(nothing.fileno(), 1)
            os.dup2(nothing.fileno(), 2)
        try:
            SESSIONS[how](path, writing, chance.randrange(2**30))
        finally:
            os._exit(1)
    os.close(writing)
    report, letters = os.read(reading, 65536), chance.randint(1, LETTERS_MOST)
    while report.count(b"\n") < letters and (piece := os.read(reading, 65536)):
        report += piece
    time.sleep(chance.uniform(0, REST))
    killed_at = time.monotonic()
    os.kill(child, signal.SIGKILL)
    while piece := os.read(reading, 65536):
        report += piece
    _, status = os.waitpid(child, 0)
    os.close(reading)
    if not os.WIFSIGNALED(status):
        raise AssertionError("the session ended by itself")

    typed = typed_until(report)
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
        "strange": strange,
        "asked": len(unsaved),
        "damaged": sum(segment.damaged for segment in segments_of(locations().journals, path)),
    }


def get_ready(path: Path) -> None:
    """Open and leave the program once: what it loads is loaded for every session forked from here."""
    keeper, services = open_case(path, beginning)
    app = ZipingApp(services)

    async def leave(pilot: Any) -> None:
        await opened(app)
        app.exit()

    app.run(headless=True, size=(100, 30), auto_pilot=leave)
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
