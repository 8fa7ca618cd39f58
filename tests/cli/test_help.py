"""The help of the command line in 80 columns of a terminal, in which Chinese characters take two."""

from __future__ import annotations

import re

import pytest
from rich.cells import cell_len

from assistant.cli.main import build_parser
from assistant.cli.parser import wrapped


def help_of(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    monkeypatch.setenv("COLUMNS", "80")
    with pytest.raises(SystemExit):
        build_parser().parse_args([*words, "--help"])
    return capsys.readouterr().out.splitlines()


@pytest.mark.parametrize("words", [(), ("export",), ("draft",), ("new",)])
def test_every_explanation_begins_in_the_same_column_and_no_line_is_too_wide(monkeypatch, capsys, words):
    lines = help_of(monkeypatch, capsys, *words)
    lines = lines[lines.index("") :]  # below the line of usage
    assert all(cell_len(line) <= 80 for line in lines)
    explained = [re.match(r"( {2,4}\S.*?  +)\S", line) for line in lines]
    columns = {cell_len(found[1]) for found in explained if found}
    assert len(columns) == 1


def test_a_closing_mark_does_not_begin_a_line():
    assert wrapped("一二三，四五", 6) == ["一二三，", "四五"]
    assert wrapped("", 6) == [""]


def test_a_mistyped_command_is_told_the_likely_one(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        build_parser().parse_args(["chekc", "x"])
    assert "您是不是要写 check？" in capsys.readouterr().err


def test_no_latin_word_of_the_help_is_divided() -> None:
    assert wrapped("格式：docx、xlsx、import-xlsx 或 all", 18) == ["格式：docx、xlsx、", "import-xlsx 或 all"]
    assert wrapped("aaaaaaaaaa", 4) == ["aaaa", "aaaa", "aa"], "one that no line has room for is"
