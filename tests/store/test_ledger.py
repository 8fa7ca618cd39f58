"""A list that is only added to: what is done stays done, whatever cuts it short."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.domain.errors import StoreError
from assistant.store.ledger import Ledger


def written(path: Path, **lines: str) -> Path:
    with Ledger(path) as ledger:
        for key, text in lines.items():
            ledger.add(key, text)
    return path


def test_lines_come_back_in_order_and_a_second_run_adds_to_them(tmp_path: Path) -> None:
    path = written(tmp_path / "new" / "a.jsonl", 甲="一\n二", 乙="三")
    written(path, 丙="四")
    assert list(Ledger(path).entries()) == [("甲", "一\n二"), ("乙", "三"), ("丙", "四")]


def test_every_cut_of_the_file_keeps_all_whole_lines(tmp_path: Path) -> None:
    whole = written(tmp_path / "a", 甲="一", 乙="二").read_bytes()
    first = whole.index(b"\n") + 1
    for length in range(len(whole) + 1):
        path = tmp_path / "cut"
        path.write_bytes(whole[:length])
        written(path, 丙="三")
        found = dict(Ledger(path).entries())
        assert found["丙"] == "三", length
        assert ("甲" in found) == (length >= first - 1), length


def test_a_ledger_that_is_not_there_is_empty_and_may_be_forgotten(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "none")
    ledger.forget()
    assert list(ledger.entries()) == []


def test_a_place_that_cannot_be_written_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="无法保存"):
        Ledger(tmp_path / "file" / "a").add("甲", "")
