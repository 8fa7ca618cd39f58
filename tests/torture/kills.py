"""Types into the real screen in a process of its own and kills that process at a random moment, again and again.

``python -m tests.torture.kills FOLDER COUNT SECONDS SEED`` prints one JSON line for each kill and stops after COUNT kills
or SECONDS, whichever comes first. The screen runs without a terminal (Textual's headless driver); keys take the way of
real ones through fields, desk, workspace, journal and case file.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import sys
import time
from pathlib import Path
from typing import Any

from assistant.domain.case import Case, Indicator, blank_case
from assistant.domain.paths import cell
from assistant.store.casefile import load, save
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


def beginning() -> Case:
    """A small form: what is measured is the way of a letter to the disk, not the checks."""
    rows = tuple(Indicator(level3=f"指标{number}", target="≥1次", weight="30") for number in range(3))
    return blank_case(year=2024).model_copy(update={"indicators": rows})


def type_for_ever(path: Path, pipe: int, seed: int) -> None:
    """The session: bursts of letters into one cell after another, each reported once the field has it."""
    chance = random.Random(seed)
    keeper, services = open_case(path, beginning)
    app = ZipingApp(services)

    async def drive(pilot: Any) -> None:
        main = next(screen for screen in app.screen_stack if isinstance(screen, MainScreen))
        while not main.query("#findings-scroll"):
            await pilot.pause(0.02)
        while True:
            where = chance.choice(CELLS)
            main.go_to(where)
            while path_of(main.focused) != where:
                await pilot.pause(0.02)
            field = main.focused
            if isinstance(field, CellArea):
                field.move_cursor(field.document.end)
            else:
                await pilot.press("end")
            for _ in range(chance.randint(3, BURST)):
                letter = chance.choice(LETTERS)
                await pilot.press(letter)
                os.write(pipe, f"{time.monotonic()} {where} {letter}\n".encode())
                await asyncio.sleep(PAUSE)

    app.run(headless=True, size=(100, 30), auto_pilot=drive)
    keeper.close()


def typed_until(report: bytes) -> list[tuple[float, str, str]]:
    """What was reported whole."""
    lines = report.decode("utf-8", "ignore").split("\n")[:-1]
    return [(float(at), where, letter) for at, where, letter in (one.split(" ") for one in lines)]


def one_kill(folder: Path, number: int, chance: random.Random) -> dict[str, Any]:
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
            type_for_ever(path, writing, chance.randrange(2**30))
        finally:
            os._exit(1)
    os.close(writing)
    report = os.read(reading, 65536)  # the first letter: from now on the moment is open
    time.sleep(chance.uniform(0, 2.5))
    killed_at = time.monotonic()
    os.kill(child, signal.SIGKILL)
    while piece := os.read(reading, 65536):
        report += piece
    os.waitpid(child, 0)
    os.close(reading)

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


def main(folder: Path, count: int, seconds: float, seed: int) -> None:
    """Kill until it is enough."""
    chance = random.Random(seed)
    for number in range(7):
        save(folder / f"case-{number}.ziping.json", beginning())
    begun = time.monotonic()
    for number in range(count):
        if time.monotonic() - begun > seconds:
            break
        print(json.dumps(one_kill(folder, number, chance)), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4]))
