"""Every page and dialog as it was when a person last looked at it, at 80x24 and 140x40.

Where the change is meant, look at the new screens and write them down:
``WRITE_SNAPSHOTS=1 pytest tests/ui/test_snapshots.py``; ``PICTURES_TO=folder`` draws them as SVG beside it.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from assistant.domain.case import Doubt
from assistant.drafting.drafter import Draft
from assistant.drafting.model_choice import ModelSettings
from assistant.tui.app import ZipingApp
from tests.ui.as_seen import SIZES, looks_as_it_did, settled

PLACES = {
    "start": ("start", ()),
    "doubts": ("doubts", ()),
    "basics": ("basics", ()),
    "funds": ("funds", ()),
    "goal": ("goals[0]", ()),
    "indicator": ("indicators[1]", ()),
    "indicator-short": ("indicators[3]", ()),
    "sheet": ("indicators[1].actual", ("ctrl+backslash",)),
    "answers": ("answers", ()),
    "check": ("check", ()),
    "export": ("export", ()),
    "tasks": ("indicators[1]", ("ctrl+t",)),
    "draft": ("indicators[1]", ("f4",)),
    "draft-edited": ("indicators[1]", ("f4", "2")),
    "dialog-help": ("indicators[1].actual", ("f1",)),
    "dialog-jump": ("indicators[1]", ("ctrl+g",)),
    "dialog-find": ("indicators[1]", ("ctrl+f", *"指标")),
    "dialog-rules": ("indicators[1]", ("ctrl+r",)),
    "dialog-score": ("indicators[1]", ("f12",)),
    "palette": ("indicators[1]", ("ctrl+p",)),
    "copying": ("indicators[1]", ("!copy_cells", "enter")),
    "dialog-what-if": ("indicators[1]", ("!what_if", "backspace", "backspace", *"2次")),
    "dialog-confirm-all": ("doubts", ("!confirm_all",)),
    "dialog-model": ("indicators[1]", ("!model", "right")),
    "dialog-past-drafts": ("indicators[1]", ("f4", "4", "!past_drafts")),
    "dialog-questions": ("indicators[1]", ("f4", "5")),
    "agreement": ("indicators[16]", ("f4",)),
    "draft-model": ("indicators[16]", ("f4", "1")),
    "dialog-sentences": ("indicators[16]", ("f4", "1", "6", "space")),
    "dialog-variants": ("indicators[16]", ("f4", "1", "7", "enter")),
    "dialog-variant-kinds": ("indicators[16]", ("f4", "1", "7")),
    "light": ("indicators[1]", ("!!switch_theme",)),
}
"""Name → where, and the keys pressed there; ``!`` before a command of the screen, ``!!`` of the app."""

WITH_MODEL = {"agreement", "draft-model", "dialog-sentences", "dialog-variants", "dialog-variant-kinds"}
DRAFTED = "因年中会议合并，少开一次。由业务处于2023年3月底前补开；并按季度排定会议计划。"


async def three_variants(case, path, kind):
    await asyncio.sleep(0)
    return {
        name: Draft(path=path, text=text, source="model")
        for name, text in (("简短", DRAFTED[:13]), ("平实", DRAFTED), ("周全", DRAFTED * 2))
    }


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", PLACES)
async def test_the_screen_looks_as_it_did(demo, make_services, scripted, says, tmp_path, name, size):
    place, keys = PLACES[name]
    doubts = (Doubt(path="indicators[0].actual", raw="4 例", why="数字和单位之间有空格"),)
    case = demo.model_copy(update={"doubts": doubts}) if place == "doubts" else demo
    parts = {"models": ModelSettings(tmp_path, lambda path, data: None, {})}
    if name in WITH_MODEL:
        parts |= {"drafter": scripted(says("indicators[16].reason", DRAFTED)), "variants": three_variants}
    app = ZipingApp(make_services(case, path=Path("case.ziping.json"), **parts))
    async with app.run_test(size=size) as pilot:
        await settled(pilot, app)
        app.screen_stack[0].go_to(place)
        await settled(pilot, app)
        for key in keys:
            if key.startswith("!"):
                await app.run_action(f"app.{key[2:]}" if key[1] == "!" else f"screen.{key[1:]}")
            else:
                await pilot.press(key)
            await settled(pilot, app)
        looks_as_it_did(app, f"{name}-{size[0]}x{size[1]}")
