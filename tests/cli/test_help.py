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
