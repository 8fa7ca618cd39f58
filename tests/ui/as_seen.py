"""A screen against what a person last saw and found good: lines of text and their styles in ``snapshots/``.

Where the change is meant, look at the new screens and write them down: ``WRITE_SNAPSHOTS=1 pytest tests/ui -k looks``;
``PICTURES_TO=folder`` draws them as SVG beside it.
"""

from __future__ import annotations

import difflib
import os
import re
from pathlib import Path

from textual.app import App
from textual.pilot import Pilot

from assistant.tui.picture import corrected
from tests.ui.grid_of_screen import rows, styles

FOLDER = Path(__file__).parent / "snapshots"
WRITES = os.environ.get("WRITE_SNAPSHOTS")
PICTURES = os.environ.get("PICTURES_TO")
SIZES = [(80, 24), (140, 40)]
A_MOMENT = re.compile(r"(\d{4}-)?\d\d-\d\d \d\d:\d\d(:\d\d)?")


async def settled(pilot: Pilot[object], app: App[object]) -> None:
    """Wait until nothing moves any more: findings come after a pause in typing, and a busy machine takes its time."""
    seen, same = rows(app), 0
    for _ in range(200):
        await pilot.pause(0.1)
        now = rows(app)
        same = same + 1 if now == seen else 0
        if same == 4:
            return
        seen = now


def looks_as_it_did(app: App[object], name: str, within: str = "") -> None:
    """Hold what is on the screen now, or in the widget *within*, against the snapshot *name*; not the time of day."""
    if PICTURES:
        (Path(PICTURES) / f"{name}.svg").write_text(corrected(app.export_screenshot(title=name)), "utf-8")
    seen = A_MOMENT.sub(
        lambda found: re.sub(r"\d", "0", found[0]),
        "\n".join([*rows(app, within), "--- 样式", *styles(app, within), ""]),
    )
    file = FOLDER / f"{name}.txt"
    if WRITES:
        file.write_text(seen, "utf-8")
    expected = file.read_text("utf-8") if file.exists() else ""
    changed = "\n".join(
        difflib.unified_diff(expected.splitlines(), seen.splitlines(), "原来", "现在", n=1, lineterm="")
    )
    assert seen == expected, f"{name} 变了：\n{changed}"
