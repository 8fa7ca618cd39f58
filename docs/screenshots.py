"""Makes the pictures in ``docs/images`` with the program itself: ``python docs/screenshots.py [names]``."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from dataclasses import dataclass
from getpass import getuser
from pathlib import Path
from socket import gethostname
from typing import cast

from textual.pilot import Pilot

from assistant.cli.screen import _sample
from assistant.domain.case import Doubt
from assistant.store.keeper import Keeper
from assistant.store.locations import Locations
from assistant.tui.app import ZipingApp
from assistant.tui.picture import corrected
from assistant.tui.screens.main import MainScreen
from assistant.wiring import KeptSaver, open_services

IMAGES = Path(__file__).resolve().parent / "images"
SIZE = (100, 30)
DOUBT = Doubt(path="indicators[0].actual", raw="3 个", why="数字和单位之间有空格")


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: its file's name, the page it begins at, the keys pressed there; ``!`` before a command."""

    name: str
    place: str
    steps: tuple[str, ...] = ()


TWO_OF_THREE = ("end", "backspace", "backspace", "2", "次")
PICTURES = (
    Picture("start", "start"),
    Picture("doubts", "doubts"),
    Picture("basics", "basics"),
    Picture("funds", "funds"),
    Picture("goal", "goals[0]"),
    Picture("indicator", "indicators[1].actual", TWO_OF_THREE),
    Picture("draft", "indicators[1].actual", (*TWO_OF_THREE, "f4")),
    Picture("sentences", "indicators[1].actual", (*TWO_OF_THREE, "f4", "6")),
    Picture("questions", "indicators[1].actual", (*TWO_OF_THREE, "f4", "5")),
    Picture("sheet", "indicators[1].actual", ("ctrl+backslash",)),
    Picture("tasks", "indicators[1]", ("ctrl+t",)),
    Picture("answers", "answers"),
    Picture("check", "check"),
    Picture("export", "export"),
    Picture("help", "indicators[1].actual", ("f1",)),
    Picture("jump", "indicators[1]", ("ctrl+g",)),
    Picture("find", "indicators[1]", ("ctrl+f", "指", "标")),
    Picture("what-if", "indicators[1].actual", ("!what_if", "backspace", "backspace", "2", "次")),
    Picture("score", "indicators[1]", ("f12",)),
    Picture("rules", "indicators[1]", ("ctrl+r",)),
    Picture("copying", "indicators[1]", ("!copy_cells", "enter")),
    Picture("changes", "indicators[1].actual", (*TWO_OF_THREE, "f3", "!changes")),
    Picture("model", "indicators[1]", ("!model", "right")),
    Picture("palette", "indicators[1]", ("ctrl+p",)),
)


async def walk(pilot: Pilot[None], picture: Picture) -> None:
    """Go where *picture* is taken."""
    await pilot.pause(0.6)
    cast("MainScreen", pilot.app.screen).go_to(picture.place)
    await pilot.pause(0.2)
    for step in picture.steps:
        if step.startswith("!"):
            await pilot.app.run_action(f"screen.{step[1:]}")
        else:
            await pilot.press(step)
        await pilot.pause(0.1)
    await pilot.pause(0.6)


async def take(picture: Picture, home: Path) -> None:
    """Open the sample as a user does, walk there, and write the picture."""
    where = Locations(home / "config", home / "state", home / "data")
    saver = KeptSaver()
    keeper = Keeper(Path("示例.ziping.json"), where, told=saver.told)
    case = _sample()
    if picture.name == "doubts":
        case = case.model_copy(update={"doubts": (DOUBT,)})
    app = ZipingApp(open_services(keeper, saver, case, where))
    async with app.run_test(size=SIZE) as pilot:
        await walk(pilot, picture)
        drawn = app.export_screenshot(title="绩效自评")
        drawn = drawn.replace(str(home), "/home/user").replace(f"{getuser()}@{gethostname()}", "user@office")
        (IMAGES / f"{picture.name}.svg").write_text(corrected(drawn), "utf-8")
    keeper.close()


async def main() -> None:
    """Take every picture, or those named, in a folder of its own, so that none shows what another left."""
    for picture in PICTURES:
        if sys.argv[1:] and picture.name not in sys.argv[1:]:
            continue
        with tempfile.TemporaryDirectory() as home:
            os.chdir(home)
            await take(picture, Path(home))


if __name__ == "__main__":
    asyncio.run(main())
