"""Every page and dialog as it was when a person last looked at it, at 80x24 and 140x40.

Where the change is meant, look at the new screens and write them down:
``WRITE_SNAPSHOTS=1 pytest tests/ui/test_snapshots.py``.
"""

from __future__ import annotations

import difflib
import os
from pathlib import Path

import pytest

from assistant.domain.case import Doubt
from assistant.tui.app import ZipingApp
from tests.ui.grid_of_screen import rows, styles

FOLDER = Path(__file__).parent / "snapshots"
WRITES = os.environ.get("WRITE_SNAPSHOTS")
SIZES = [(80, 24), (140, 40)]
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
}


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", PLACES)
async def test_the_screen_looks_as_it_did(demo, make_services, name, size):
    place, keys = PLACES[name]
    doubts = (Doubt(path="indicators[0].actual", raw="4 例", why="数字和单位之间有空格"),)
    case = demo.model_copy(update={"doubts": doubts}) if name == "doubts" else demo
    services = make_services(case, path=Path("case.ziping.json"))
    app = ZipingApp(services)
    async with app.run_test(size=size) as pilot:
        await pilot.pause(0.4)
        app.screen_stack[0].go_to(place)
        await pilot.pause(0.2)
        for key in keys:
            await pilot.press(key)
            await pilot.pause(0.1)
        await pilot.pause(0.5)
        seen = "\n".join([*rows(app), "--- 样式", *styles(app), ""])
    file = FOLDER / f"{name}-{size[0]}x{size[1]}.txt"
    if WRITES:
        file.write_text(seen, "utf-8")
    expected = file.read_text("utf-8") if file.exists() else ""
    changed = "\n".join(
        difflib.unified_diff(expected.splitlines(), seen.splitlines(), "原来", "现在", n=1, lineterm="")
    )
    assert seen == expected, f"{name} {size[0]}x{size[1]} 变了：\n{changed}"
