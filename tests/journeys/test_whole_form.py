"""A whole form in a real terminal: from an empty one guided, and a document read, confirmed and drafted to its final copy."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest
from docx import Document

from assistant.resources import shipped
from assistant.store.casefile import load, save
from tests.journeys.terminal import Terminal

pytestmark = [
    pytest.mark.terminal,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed on this machine"),
]

ROWS = (
    ("产出指标", "数量指标", "改造电梯数量", "≥3部", "50", "2部"),
    ("产出指标", "数量指标", "受益户数", "≥200户", "40", "230户"),
)
PROGRAM = [sys.executable, "-m", "assistant"]


def saved(case: Path) -> dict:
    return json.loads(case.read_text("utf-8"))


def leave(terminal: Terminal) -> None:
    terminal.press("C-q")
    terminal.wait_for("EXIT=0")


def text_of(document: Path) -> str:
    """All words of the tables of a Word document."""
    return "\n".join(
        cell.text for table in Document(str(document)).tables for row in table.rows for cell in row.cells
    )


def test_an_empty_form_is_filled_page_by_page_and_exported_as_word(tmp_path: Path) -> None:
    case = tmp_path / "新表.ziping.json"
    command = [*PROGRAM, "new", "-o", str(case), "--profile", "central-2020"]
    with Terminal(command, ZIPING_HOME=str(tmp_path / "home")) as terminal:
        terminal.wait_for("逐页填报")
        terminal.press("F3")
        terminal.wait_for_cursor_at("项目名称")
        for words in ("老旧小区电梯改造（二期）", "某市住房局", "某市房屋中心"):
            terminal.type(words)
            terminal.wait_for(words)
            terminal.press("Enter")
        terminal.press("F3")
        terminal.wait_for("年初预算数")
        terminal.wait_for_cursor_at("年度资金总额")
        for number in ("100", "100", "80"):
            terminal.type(number)
            terminal.press("Tab")
        # 10 points for the rate: 80 / 100 × 10 = 8
        terminal.wait_for("10 × 80.00% = 8")
        terminal.press("F5", "F3")
        terminal.wait_for("预期目标")
        terminal.settle()
        terminal.type("完成改造①≥3部电梯。")
        terminal.press("Tab")
        terminal.type("已改造2部，另1部因管线迁移顺延。")
        terminal.wait_for("管线迁移顺延")
        for row, (*given, actual) in enumerate(ROWS):
            if row:
                terminal.press("C-n")  # the new row is of the same kind as the one before
            else:
                terminal.press("F3")
                terminal.wait_for("第 1/1 项")
            terminal.wait_for_cursor_at("三级指标" if row else "一级指标")
            for words in given[2:] if row else given:
                terminal.type(words)
                terminal.press("Enter")
            terminal.settle()
            terminal.press("F2")
            terminal.settle()
            terminal.press("F3")
            terminal.wait_for(f"第 {row + 1}/{row + 1} 项")
            terminal.wait_for_cursor_at("实际完成值")
            terminal.type(actual)
            terminal.wait_for("未填得分：计算得分")
            terminal.press("F5")
            terminal.wait_for("一致：计算得分")
        terminal.press("F10")
        terminal.wait_for("保存到", "Word 文档")
        terminal.press("F10")
        terminal.wait_for("已导出")
        leave(terminal)
    form = saved(case)
    rows = [
        (row["level1"], row["level2"], row["level3"], row["target"], row["weight"], row["actual"])
        for row in form["indicators"]
    ]
    assert rows == list(ROWS)
    # 50 × 2 ÷ 3 = 33.33; 230 of at least 200 earns all 40
    assert [row["score"] for row in form["indicators"]] == ["33.33", "40.00"]
    assert form["project"] == "老旧小区电梯改造（二期）"
    assert form["goals"][0]["expected"] == "完成改造①≥3部电梯。"
    assert form["goals"][0]["actual"] == "已改造2部，另1部因管线迁移顺延。"
    words = text_of(tmp_path / "新表.docx")
    for cell in ("老旧小区电梯改造（二期）", "改造电梯数量", "≥3部", "33.33", "受益户数", "管线迁移顺延"):
        assert cell in words, cell


@pytest.mark.parametrize(("columns", "lines"), [(80, 24), (140, 40)])
def test_the_whole_sample_is_filled_in_the_sheet(tmp_path: Path, columns: int, lines: int) -> None:
    sample = load(Path(str(shipped("config") / "samples" / "demo.ziping.json")))
    empty = tuple(row.model_copy(update={"actual": ""}) for row in sample.indicators)
    case = tmp_path / "表格.ziping.json"
    save(case, sample.model_copy(update={"indicators": empty}))
    with Terminal(
        [*PROGRAM, "open", str(case)], columns=columns, rows=lines, ZIPING_HOME=str(tmp_path / "home")
    ) as terminal:
        terminal.wait_for("项目支出绩效自评表")
        terminal.press("C-g")
        terminal.wait_for("跳到哪一页")
        terminal.type("1")
        terminal.settle()
        terminal.press("Enter")
        terminal.wait_for("第 1/18 项")
        terminal.press("C-\\")
        terminal.wait_for("1 实际完成值")
        for row in sample.indicators:
            terminal.type(row.actual)
            terminal.press("Enter")
        terminal.wait_for("18 实际完成值")
        leave(terminal)
    assert [row.actual for row in load(case).indicators] == [row.actual for row in sample.indicators]
    assert [row.score for row in load(case).indicators] == [row.score for row in sample.indicators]


def test_a_document_is_read_confirmed_filled_drafted_and_exported_as_final(tmp_path: Path) -> None:
    document = tmp_path / "自评表.docx"
    home = str(tmp_path / "home")
    sample = tmp_path / "示例.ziping.json"
    sample.write_bytes((shipped("config") / "samples" / "demo.ziping.json").read_bytes())
    with Terminal(
        [*PROGRAM, "export", str(sample), "--to", "docx", "-o", str(document)], ZIPING_HOME=home
    ) as terminal:
        terminal.wait_for("EXIT=0")
    with Terminal([*PROGRAM, "open", str(document)], ZIPING_HOME=home) as terminal:
        terminal.wait_for("项目支出绩效自评表", "95.19")
        terminal.press("C-g")
        terminal.wait_for("跳到哪一页")
        terminal.type("17")
        terminal.settle()
        terminal.press("Enter")
        terminal.wait_for("第 17/18 项")
        terminal.press("F4")
        terminal.wait_for("草稿（模板）", "1 接受")
        terminal.press("4")
        terminal.settle()
        terminal.press("C-g")
        terminal.wait_for("跳到哪一页")
        terminal.type("2")
        terminal.settle()
        terminal.press("Enter")
        terminal.wait_for("第 2/18 项")
        terminal.wait_for_cursor_at("实际完成值")
        terminal.press("BSpace", "BSpace")
        terminal.type("4次")
        # target ≥3: 4 of 3 still earns the full point
        terminal.wait_for("4 ÷ 3 = 133.33%")
        leave(terminal)
    case = next(path for path in tmp_path.glob("*.ziping.json") if path != sample)
    assert load(case).indicators[1].actual == "4次"
    final = tmp_path / "定稿.docx"
    with Terminal(
        [*PROGRAM, "export", str(case), "--to", "docx", "-o", str(final), "--final"], ZIPING_HOME=home
    ) as terminal:
        terminal.wait_for("EXIT=0")
    assert "4次" in text_of(final)
