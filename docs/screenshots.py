"""Makes the pictures in ``docs/images`` with the program itself: ``python docs/screenshots.py``, or only some:
``python docs/screenshots.py season start``.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from dataclasses import dataclass
from decimal import Decimal
from getpass import getuser
from pathlib import Path
from socket import gethostname
from typing import cast

from textual.pilot import Pilot

from assistant.cli.batch_screen import services_of
from assistant.cli.screen import _sample
from assistant.domain.amounts import plain
from assistant.domain.case import Case, Doubt, FundRow, Indicator
from assistant.domain.case_json import dumps
from assistant.season.crew import begin_beside_a_screen
from assistant.season.start import begin
from assistant.store.keeper import Keeper
from assistant.store.locations import Locations
from assistant.tui.app import ZipingApp
from assistant.tui.picture import corrected
from assistant.tui.screens.main import MainScreen
from assistant.tui.season import SeasonApp
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


SEASON_PICTURES = (
    Picture("season", "二〇二四年"),
    Picture("season-form", "二〇二四年", ("enter",)),
    Picture("season-units", "二〇二四年", ("u",)),
    Picture("season-charts", "二〇二四年", ("g",)),
)
SEASON = (
    ("河道管护和巡查", "水务局", "320", "301.5", "96.4", ("巡查河道次数", "≥48次", "52次")),
    ("城区排水管网养护", "水务局", "185.6", "185.6", "98", ("疏通管网长度", "≥62公里", "62.4公里")),
    ("图书馆免费开放", "文化和旅游局", "96", "71.3", "91.5", ("开放天数", "≥330天", "318天")),
    ("送戏下乡", "文化和旅游局", "45", "45", "100", ("演出场次", "≥60场", "60场")),
    ("残疾人辅具适配", "残疾人联合会", "78.2", "78.2", "99", ("适配人数", "≥400人", "417人")),
    ("农村危房改造", "住房和城乡建设局", "640", "512", "84", ("改造户数", "≥80户", "64户")),
)
"""Made-up projects: name, unit, budget and executed in 万元, the total on the form, and an indicator."""


def season_folder(folder: Path) -> Path:
    """A case file for each of ``SEASON`` in *folder*, and one file that cannot be read."""
    folder.mkdir()
    (folder / "扫描件.docx").write_bytes(b"PK")
    for project, unit, budget, executed, score, (name, target, actual) in SEASON:
        case = Case(
            year=2024,
            project=project,
            unit=unit,
            funds=(FundRow(label="年度资金总额", budget=budget, executed=executed, weight="10", score="10"),),
            indicators=(
                Indicator(
                    level1="产出指标",
                    level2="数量指标",
                    level3=name,
                    target=target,
                    actual=actual,
                    weight="90",
                    score=plain(Decimal(score) - 10),
                ),
            ),
            total_weight="100",
            total=score,
        )
        (folder / f"{project}.ziping.json").write_text(dumps(case), "utf-8")
    return folder


async def take_season(picture: Picture, home: Path) -> None:
    """Look at a folder as ``ziping batch --screen`` does, and write the picture."""
    folder = season_folder(home / picture.place)
    season = begin(
        folder, Locations(home / "config", home / "state", home / "data"), "", default="central-2020"
    )
    app = SeasonApp(services_of(season, home / "汇总"))
    begin_beside_a_screen()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.app.workers.wait_for_complete()
        for step in picture.steps:
            await pilot.press(step)
            await pilot.app.workers.wait_for_complete()
        await pilot.pause(0.6)
        drawn = app.export_screenshot(title="绩效自评汇总")
        (IMAGES / f"{picture.name}.svg").write_text(corrected(drawn), "utf-8")


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
    """Take every picture in a folder of its own, so that none shows what another left."""
    wanted = set(sys.argv[1:])
    for picture in PICTURES:
        if wanted and picture.name not in wanted:
            continue
        with tempfile.TemporaryDirectory() as home:
            os.chdir(home)
            await take(picture, Path(home))
    for picture in SEASON_PICTURES:
        if wanted and picture.name not in wanted:
            continue
        with tempfile.TemporaryDirectory() as home:
            await take_season(picture, Path(home))


if __name__ == "__main__":
    asyncio.run(main())
