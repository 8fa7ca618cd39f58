"""Last year's form beside this one, by the command and by next year's form, in a real terminal and line by line."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.domain.case import Case
from assistant.resources import shipped
from assistant.store.casefile import load, save
from tests.journeys.terminal import Terminal


def in_tmux(test: Callable[..., None]) -> Callable[..., None]:
    """The test drives a real terminal."""
    has_none = shutil.which("tmux") is None
    skipped = pytest.mark.skipif(has_none, reason="tmux is not installed on this machine")(test)
    marked: Callable[..., None] = pytest.mark.terminal(skipped)
    return marked


PROGRAM = [sys.executable, "-m", "assistant"]
SAMPLE = shipped("config") / "samples" / "demo.ziping.json"
LINE = "上年：目标 ≥3次，完成 2次，得分 0.67/1"


def ziping(home: Path, *words: str, said: str = "", code: int = 0) -> str:
    done = subprocess.run(
        [*PROGRAM, *words],
        input=said.encode(),
        capture_output=True,
        check=False,
        timeout=60,
        env={**os.environ, "ZIPING_HOME": str(home)},
    )
    out = done.stdout.decode() + done.stderr.decode()
    assert done.returncode == code, out
    return out


@pytest.fixture
def former(tmp_path: Path) -> Path:
    """Last year's form as a Word document others could have written: no case inside, two of three done in row 2."""
    sample = load(SAMPLE)
    rows = list(sample.indicators)
    rows[1] = rows[1].model_copy(update={"actual": "2次", "score": "0.67", "reason": "日程冲突。"})
    rows[3] = rows[3].model_copy(update={"level3": "别的事"})
    kept = tmp_path / "kept.ziping.json"
    assert sample.year is not None
    save(kept, sample.model_copy(update={"year": sample.year - 1, "indicators": tuple(rows)}))
    document = tmp_path / "去年.docx"
    ziping(tmp_path, "export", str(kept), "--to", "docx", "--public", "-o", str(document))
    kept.unlink()
    return document


@pytest.fixture
def case(tmp_path: Path) -> Path:
    path = tmp_path / "今年.ziping.json"
    path.write_text(SAMPLE.read_text("utf-8"), "utf-8")
    return path


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (140, 40)])
@in_tmux
def test_a_document_named_when_opening_is_seen_kept_undone_and_on_record(
    tmp_path: Path, case: Path, former: Path, columns: int, rows: int
) -> None:
    home = tmp_path / "home"
    command = [*PROGRAM, "open", str(case), "--last", str(former)]
    with Terminal(command, columns=columns, rows=rows, ZIPING_HOME=str(home)) as terminal:
        terminal.wait_for("带入上年的表", "18 项指标对上 17 项", "“别的事”")
        terminal.press("Escape")
        terminal.settle()
        terminal.press("C-g")
        terminal.wait_for("跳到哪一页")
        terminal.type("2")
        terminal.settle()
        terminal.press("Enter")
        terminal.wait_for("第 2/18 项", LINE)
        terminal.press("C-q")
        terminal.wait_for("EXIT=0")
    assert len(load(case).last_year) == 17
    events = json.loads(ziping(home, "history", str(case), "--json"))
    assert "last_year" in json.dumps(events)
    with Terminal(
        [*PROGRAM, "open", str(case)], columns=columns, rows=rows, ZIPING_HOME=str(home)
    ) as terminal:
        terminal.wait_for("项目支出绩效自评表")
        terminal.press("C-z")  # undo outlives the program
        terminal.wait_for("已撤销：上年的表 17 项 → 0 项")
        terminal.press("C-q")
        terminal.wait_for("EXIT=0")
    assert case.read_text("utf-8") == SAMPLE.read_text("utf-8"), "byte for byte as before"


@in_tmux
def test_a_file_that_cannot_be_read_is_told_before_any_screen(tmp_path: Path, case: Path) -> None:
    command = [*PROGRAM, "open", str(case), "--last", str(tmp_path / "没有.docx")]
    with Terminal(command, ZIPING_HOME=str(tmp_path / "home")) as terminal:
        seen = terminal.wait_for("EXIT=2")
    assert "找不到文件" in seen
    assert case.read_text("utf-8") == SAMPLE.read_text("utf-8")


@in_tmux
def test_next_years_form_shows_what_this_years_said(tmp_path: Path, former: Path) -> None:
    case = tmp_path / "新.ziping.json"
    command = [*PROGRAM, "new", "--from", str(former), "-o", str(case)]
    with Terminal(command, ZIPING_HOME=str(tmp_path / "home")) as terminal:
        terminal.wait_for("项目支出绩效自评表（2022 年度）")
        terminal.press("C-g")
        terminal.wait_for("跳到哪一页")
        terminal.type("2")
        terminal.settle()
        terminal.press("Enter")
        terminal.wait_for("第 2/18 项", LINE, "待填")


def test_line_by_line_it_is_read_out_with_the_row(tmp_path: Path, case: Path) -> None:
    known = load(case)
    row: dict[str, object] = {"path": "indicators[1]", "year": 2021, "target": "≥3次", "actual": "2次"}
    row |= {"weight": "1", "score": "0.67"}
    save(case, Case.model_validate({**known.model_dump(), "last_year": [row]}))
    said = ziping(tmp_path / "home", "fill", str(case), "--plain", said="跳 组织召开\n退出\n")
    assert f"{LINE}。" in said
