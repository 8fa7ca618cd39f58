"""``ziping salvage``: a damaged case comes back as a new file, and opening one says how."""

from __future__ import annotations

from pathlib import Path

from assistant.domain.case_json import loads
from assistant.resources import shipped
from assistant.store.casefile import load
from tests.cli.calls import Call, call

SAMPLE = Path(str(shipped("config"))) / "samples" / "demo.ziping.json"


def ziping(*words: str, given: str = "") -> Call:
    return call(*words, given=given.encode())


def damaged(folder: Path) -> Path:
    """The sample, cut off within the ninth indicator."""
    text = SAMPLE.read_text("utf-8")
    path = folder / "表.ziping.json"
    path.write_text(text[: text.index(loads(text).indicators[8].level3)], "utf-8")
    return path


def test_a_damaged_case_is_salvaged_beside_itself_and_left_as_it_is(tmp_path: Path) -> None:
    path = damaged(tmp_path)
    before = path.read_bytes()
    run = ziping("salvage", str(path))
    assert run.returncode == 0, run.stderr
    assert "取回了：指标 9 项" in run.stdout
    assert "没有取全" in run.stdout
    assert path.read_bytes() == before
    found = load(tmp_path / "表-取回.ziping.json")
    assert found.indicators[:8] == load(SAMPLE).indicators[:8]
    assert found.funds == load(SAMPLE).funds


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    path = damaged(tmp_path)
    assert ziping("salvage", str(path)).returncode == 0
    again = ziping("salvage", str(path))
    assert again.returncode == 2
    assert "已经存在，没有覆盖" in again.stderr


def test_opening_a_damaged_case_offers_it(tmp_path: Path) -> None:
    path = damaged(tmp_path)
    run = ziping("fill", str(path), "--plain")
    assert run.returncode == 2
    assert f"文件里还能读的（指标 9 项、资金 4 行、总体目标 1 个）：ziping salvage {path}" in run.stderr
