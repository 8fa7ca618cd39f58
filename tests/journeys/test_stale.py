"""A draft taken sentence by sentence, a changed result, 过期, mended, and the final document, in a real terminal."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.terminal import Terminal

pytestmark = [
    pytest.mark.terminal,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed on this machine"),
]

PROGRAM = [sys.executable, "-m", "assistant"]
ROW = 2  # 梳理在京国家重点实验室情况, ≥120家, 121家; the narrative says 121家 as well


def final(case: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [*PROGRAM, "export", str(case), "--to", "md", "-o", str(folder / "final.md"), "--final"]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (140, 40)])
def test_a_changed_number_is_followed_into_the_texts_before_the_final_document(
    tmp_path: Path, columns: int, rows: int
) -> None:
    case = tmp_path / "job.ziping.json"
    home = str(tmp_path / "home")
    command = [*PROGRAM, "demo", "-o", str(case)]
    with Terminal(command, columns=columns, rows=rows, ZIPING_HOME=home) as terminal:
        terminal.wait_for("项目支出绩效自评表", "95.19")
        terminal.press("C-g")
        terminal.wait_for("跳到哪一页")
        terminal.type("3")
        terminal.settle()
        terminal.press("Enter")
        terminal.wait_for("第 3/18 项")
        terminal.press("F4")  # no model: the template's draft at once
        terminal.wait_for("6 逐句")
        terminal.press("6")
        terminal.wait_for("逐句采用", "空格 采用/不用")
        terminal.press("Space")
        terminal.wait_for("[√] 草稿")
        terminal.press("F4")
        terminal.settle()
        terminal.press("F2")
        terminal.wait_for("第 2/18 项")
        terminal.press("F3")  # the cursor is in 实际完成值 again
        terminal.wait_for("第 3/18 项")
        terminal.press("BSpace", "BSpace")
        terminal.type("5家")
        terminal.settle(0.8)
        terminal.press("F9")
        terminal.wait_for("待决定的数字 2", "“121家”过期")

        refused = final(case, tmp_path)
        assert refused.returncode == 1
        assert "不能导出定稿" in refused.stderr
        assert "“121家”过期" in refused.stderr

        terminal.press("Home", "F5")  # the list begins with them
        terminal.wait_for("待决定的数字 1")
        terminal.press("Home", "F5")
        terminal.settle()
        assert "待决定的数字" not in terminal.screen()
        terminal.press("C-q")
        terminal.wait_for("EXIT=0")

    saved = json.loads(case.read_text("utf-8"))
    assert saved["indicators"][ROW]["actual"] == "125家"
    assert saved["indicators"][ROW]["reason"] == "年度指标值为≥120家，实际完成125家，已完成，无偏差。"
    assert "125家" in saved["goals"][0]["actual"]
    done = final(case, tmp_path)
    assert done.returncode == 0, done.stderr
    assert "125家" in (tmp_path / "final.md").read_text("utf-8")
