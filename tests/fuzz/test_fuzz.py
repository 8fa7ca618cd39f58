"""A short part of the fuzzing, the same at every run, and every input that ever broke something."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.run import fuzz
from tests.fuzz.targets import TARGETS, kept, outcome

SHORT = {"cell": 2000, "case": 120, "stream": 300, "pdf": 6, "whole": 8, "docx": 40, "xls": 40}


@pytest.mark.long
@pytest.mark.parametrize("name", TARGETS)
def test_damaged_input_is_read_or_refused_with_a_sentence(name: str) -> None:
    found, broken = fuzz(TARGETS[name], SHORT.get(name, 60), seed=0)
    assert not broken, broken
    assert found["read"] + found["refused"] == SHORT.get(name, 60)


@pytest.mark.parametrize(
    ("name", "path"), [(name, path) for name, target in TARGETS.items() for path in kept(target)], ids=str
)
def test_what_once_broke_does_not_any_more(name: str, path: Path) -> None:
    assert outcome(TARGETS[name], path.read_bytes()) in {"read", "refused"}
