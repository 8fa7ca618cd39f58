"""The promises of ``docs/promises.md``, put to the worst: killed processes and two windows at once.

Short here; the full run and its figures: ``ZIPING_TORTURE=1000 pytest -m torture -s``.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.domain.case import Case
from assistant.store.casefile import load, save
from tests.machine import slowness

pytestmark = [
    pytest.mark.torture,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL"),
]

FULL = int(os.environ.get("ZIPING_TORTURE", "0"))
"""Kills of the full run; read before tests get an environment of their own."""
AT_ONCE = 4 if FULL else 1
"""Sessions side by side, each with a folder of its own: the typist mostly waits."""
ROOT = Path(__file__).parents[2]


def python(*words: str, home: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", *words],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "ZIPING_HOME": str(home)},
    )


# Opening the screen for each kill takes long: that is for the full run; a real terminal is killed in ``tests/journeys``.
@pytest.mark.parametrize(("how", "short"), [*([("screen", 10)] if FULL else []), ("store", 5)])
def test_killed_at_any_moment_at_most_the_last_second_of_typing_is_missing(
    how: str, short: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kills, seconds = (-(-FULL // AT_ONCE), 100_000) if FULL else (1_000, short)
    children = []
    for number in range(AT_ONCE):
        folder = tmp_path / str(number)
        folder.mkdir()
        words = (how, str(folder), str(kills), str(seconds), str(20261123 + number))
        children.append(python("tests.torture.kills", *words, home=folder / "home"))
    said = "".join(child.communicate()[0] for child in children)
    assert [child.returncode for child in children] == [0] * AT_ONCE, (
        "a case file could not be read, or the program failed to open it"
    )
    found = [json.loads(line) for line in said.splitlines()]
    lost = [one["lost"] for one in found]
    with capsys.disabled():
        print(
            f"\n{how}: {len(found)} kills -9 after {sum(one['typed'] for one in found)} letters: lost per kill "
            f"median {statistics.median(lost):g}, max {max(lost)} letters, "
            f"max {max(one['seconds'] for one in found):.2f} s of typing; a letter's way to the disk median "
            f"{statistics.median(one['way'] for one in found):.2f}, max {max(one['way'] for one in found):.2f} s; "
            f"asked about unsaved changes {sum(one['asked'] for one in found)} times; 0 unreadable files"
        )
    assert sum(one["typed"] for one in found) > len(found) > 0, "the typist typed"
    assert sum(one["strange"] for one in found) == 0, "what is there is what was typed, in order"
    assert sum(one["damaged"] for one in found) == 0
    # By design 0.7 s and the time of one small write; the rest is a busy test machine.
    assert max(one["seconds"] for one in found) < 3 * min(slowness(on_the_wall=True), 10)


def test_two_windows_lose_no_update(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, seconds = tmp_path / "甲.ziping.json", 60 if FULL else 5
    save(path, Case(project="甲"))
    children = [
        python("tests.torture.windows", str(path), name, str(seconds), home=tmp_path / "home")
        for name in ("A", "B")
    ]
    said = [child.communicate()[0].splitlines() for child in children]
    assert [child.returncode for child in children] == [0, 0]
    saved = [line.removeprefix("saved ") for lines in said for line in lines if line.startswith("saved ")]
    conflicts = sum(int(line.split()[1]) for lines in said for line in lines if line.startswith("conflicts"))
    final = load(path)
    rows = [row.level3 for row in final.indicators]
    journals = "".join(file.read_text("utf-8") for file in (tmp_path / "home").rglob("*.jsonl"))
    with capsys.disabled():
        print(
            f"\n2 windows, {seconds} s: {len(saved)} acknowledged edits, {conflicts} conflicts, "
            f"{len(set(saved) - set(rows))} rows lost, {len(rows) - len(set(rows))} doubled"
        )
    assert conflicts > 0, "they did meet"
    assert set(saved) <= set(rows), "every row either window saved is in the case"
    assert len(rows) == len(set(rows)), "and is there once"
    # The cell they fought over holds one of the last words; every other is on record.
    assert final.project in saved
    assert all(f'"{word}"' in journals for word in saved)
