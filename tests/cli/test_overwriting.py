"""No file that is there is replaced unasked."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.cli.main import run
from assistant.domain.case import blank_case
from assistant.store.casefile import load, save


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    save(Path("a.ziping.json"), blank_case("central-2020", 2022))
    return "a.ziping.json"


def test_exporting_over_a_file_needs_force(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("表.md").write_text("别人的")
    assert run(["export", case, "--to", "md", "-o", "表.md"]) == 2
    assert "表.md 已经存在，没有覆盖" in capsys.readouterr().err
    assert Path("表.md").read_text() == "别人的"
    assert run(["export", case, "--to", "md", "-o", "表.md", "--force"]) == 0
    assert Path("表.md").read_text("utf-8") != "别人的"


def test_reading_into_a_filled_case_needs_force(case: str) -> None:
    save(Path("填好的.ziping.json"), blank_case("central-2020", 2021))
    assert run(["read", case, "-o", "填好的.ziping.json"]) == 2
    assert load(Path("填好的.ziping.json")).year == 2021
    assert run(["read", case, "-o", "填好的.ziping.json", "--force"]) == 0
    assert load(Path("填好的.ziping.json")).year == 2022


@pytest.mark.parametrize(
    "words", [["export", "--to", "md"], ["read"]], ids=lambda words: words[0] if words else ""
)
def test_a_folder_that_is_not_there_is_one_sentence(
    case: str, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([words[0], case, *words[1:], "-o", "没有/x.ziping.json"]) == 2
    said = capsys.readouterr().err
    assert "文件夹不存在" in said
    assert said.count("\n") == 1


def test_a_link_is_followed_to_where_the_user_pointed_it(case: str) -> None:
    Path("远处").mkdir()
    Path("远处/真.md").write_text("旧")
    Path("表.md").symlink_to("远处/真.md")
    assert run(["export", case, "--to", "md", "-o", "表.md"]) == 2
    assert run(["export", case, "--to", "md", "-o", "表.md", "--force"]) == 0
    assert Path("表.md").is_symlink()
    assert Path("远处/真.md").read_text("utf-8") != "旧"


def test_line_by_line_the_same_words_again_replace(
    case: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import io
    import sys

    Path("表.md").write_text("别人的")
    monkeypatch.setattr(sys, "stdin", io.StringIO("导出 表.md\n退出\n"))
    run(["fill", case, "--plain"])
    assert "已经存在，还没有动它" in capsys.readouterr().out
    assert Path("表.md").read_text() == "别人的"
    monkeypatch.setattr(sys, "stdin", io.StringIO("导出 表.md\n导出 表.md\n退出\n"))
    run(["fill", case, "--plain"])
    assert "已导出" in capsys.readouterr().out
    assert Path("表.md").read_text("utf-8") != "别人的"
