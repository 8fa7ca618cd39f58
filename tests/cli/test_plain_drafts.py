"""Drafts line by line: said, left alone until they are taken, and one step of undo."""

from __future__ import annotations

from pathlib import Path

from assistant.store.casefile import load
from tests.cli.calls import call


def talk(tmp_path: Path, *lines: str) -> tuple[str, Path]:
    """A piped interview on a copy of the sample form; returns what was said and the case file."""
    sample = Path(__file__).parents[2] / "config" / "samples" / "demo.ziping.json"
    path = tmp_path / "case.ziping.json"
    path.write_bytes(sample.read_bytes())
    done = call("fill", "--plain", str(path), given="\n".join(lines).encode())
    return done.stdout + done.stderr, path


def test_a_draft_is_said_and_changes_nothing_until_it_is_taken(tmp_path):
    said, path = talk(tmp_path, "跳 实际完成情况", "起草", "退出")
    assert "草稿（模板）：" in said
    assert "输入“采用”写入这一格" in said
    sample = Path(__file__).parents[2] / "config" / "samples" / "demo.ziping.json"
    assert load(path).goals == load(sample).goals


def test_a_draft_taken_is_in_the_cell_and_on_record(tmp_path):
    said, path = talk(tmp_path, "跳 实际完成情况", "起草", "采用", "退出")
    case = load(path)
    assert "已采用草稿。已保存。" in said
    assert case.goals[0].actual == case.drafts[-1].text
    assert case.drafts[-1].source == "template"


def test_without_a_model_the_template_is_named_as_the_way(tmp_path):
    said, _ = talk(tmp_path, "跳 实际完成情况", "起草 模型", "退出")
    assert "没有启用模型。可以直接输入“起草”用模板" in said


def test_a_cell_that_needs_no_draft_says_so(tmp_path):
    said, _ = talk(tmp_path, "起草", "退出")
    assert "这一格不用起草" in said
