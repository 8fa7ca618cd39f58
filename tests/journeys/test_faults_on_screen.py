"""A defect of the program while the screen is up: one sentence, the terminal as before, every typed letter on the disk."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from assistant.store.casefile import load
from tests.journeys.terminal import Terminal

pytestmark = [
    pytest.mark.terminal,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed on this machine"),
]

PRIVATE = "褚云帆"
PLUG = """
import sys
from assistant.__main__ import main

def fault(*_, **__):
    raise RuntimeError("unexpected cell {private}")

{where}
sys.exit(main())
"""
"""The program with one part of it broken, as a defect would: its message quotes a cell."""

IN_A_KEY = """
import assistant.tui.screens.main as part
import assistant.tui.screens.walk as walk
part.MainScreen.action_help = fault
walk.FLUSH_SECONDS = 600  # else what was typed might be in the case already
"""
IN_A_THREAD = """
from textual import work
import assistant.tui.screens.keeping as part
part.LOOK_SECONDS = 0.5
part.KeepingScreen.look_at_disk = work(thread=True)(fault)
"""
IN_OPENING = "import assistant.wiring as part; part.open_case = fault"


def program(where: str, *words: str) -> list[str]:
    return [sys.executable, "-c", PLUG.format(private=PRIVATE, where=where), *words]


def assert_told(terminal: Terminal, home: Path) -> None:
    said = terminal.wait_for("EXIT=70")
    assert "不是您操作的问题" in said
    assert "Traceback" not in said
    assert PRIVATE not in said
    assert terminal.state() == "screen of its own 0, cursor 1, mouse 0", (
        "the shell finds its terminal as it was"
    )
    record = next(home.rglob("crash.txt")).read_text("utf-8")
    assert "RuntimeError" in record
    assert "<string>:6 fault" in record, "the place of the defect, not where it was noticed"
    assert PRIVATE not in record


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (140, 40)])
def test_a_defect_behind_a_key_ends_in_our_sentence_and_the_letters_before_it_are_saved(
    tmp_path: Path, columns: int, rows: int
) -> None:
    case, home = tmp_path / "job.ziping.json", tmp_path / "home"
    command = program(IN_A_KEY, "demo", "-o", str(case))
    with Terminal(command, columns=columns, rows=rows, ZIPING_HOME=str(home)) as terminal:
        terminal.wait_for("项目支出绩效自评表")
        terminal.press("F3")
        terminal.wait_for_cursor_at("项目名称")
        terminal.press(*"（二期，①≥“三”）", "F1")  # in one go: what was typed has not been worked through yet
        assert_told(terminal, home)
    assert load(case).project.endswith("（二期，①≥“三”）")


def test_a_defect_in_a_thread_beside_the_screen_ends_in_the_same_way(tmp_path: Path) -> None:
    case, home = tmp_path / "job.ziping.json", tmp_path / "home"
    with Terminal(program(IN_A_THREAD, "demo", "-o", str(case)), ZIPING_HOME=str(home)) as terminal:
        assert_told(terminal, home)


def test_a_defect_in_opening_ends_in_the_same_way(tmp_path: Path) -> None:
    case, home = tmp_path / "job.ziping.json", tmp_path / "home"
    with Terminal(program(IN_OPENING, "demo", "-o", str(case)), ZIPING_HOME=str(home)) as terminal:
        assert_told(terminal, home)
