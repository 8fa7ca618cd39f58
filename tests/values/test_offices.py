"""Whole rows of offices in many fields, labelled by hand before the rules had seen them: ``cells/*.tsv``.

A column left empty is not asked. ``met|undecided`` allows either reading, ``-`` asks for nothing to be said.
``python bench/understanding.py FILE`` counts the same labels by column.
"""

from __future__ import annotations

import csv
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path

import pytest

from assistant.catalogue.profiles import load_profile
from assistant.domain.amounts import plain
from assistant.domain.profile import Profile
from assistant.domain.value import Value
from assistant.scoring.row import score_row
from assistant.scoring.rows import counts_something_bad
from assistant.values.numbers import read_number
from assistant.values.read import read_actual, read_target

FOLDER = Path(__file__).parent / "cells"
Row = dict[str, str]


def labelled() -> list[Row]:
    found: list[Row] = []
    for path in sorted(FOLDER.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as lines:
            found += csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return found


ROWS = labelled()


@cache
def central() -> Profile:
    return load_profile("central-2020")


def reading(row: Row) -> Row:
    """What the program says of *row*, under the names of the labels."""
    target = read_target(row["target"])
    actual = read_actual(row["actual"], target)
    bad = counts_something_bad(row["target"])
    points = score_row(target, actual, read_number(row["weight"]), central(), is_bad=bad)
    said = {
        "t_kind": target.kind.value,
        "t_op": target.op.value if target.op else "",
        "t_value": number(target),
        "t_unit": target.unit.text,
        "a_kind": actual.kind.value,
        "a_value": number(actual),
        "a_unit": actual.unit.text,
        "verdict": points.comparison.verdict.value,
        "computed": "" if points.computed is None else plain(points.computed),
    }
    return {column: text for column, text in said.items() if row[column]}


def number(value: Value) -> str:
    if value.day is not None:
        return value.day.text
    return "" if value.amount is None else plain(value.amount)


def allowed(label: str, said: str) -> bool:
    return any(equal("" if one == "-" else one, said) for one in label.split("|"))


def equal(label: str, said: str) -> bool:
    try:
        return label == said or Decimal(label) == Decimal(said)
    except InvalidOperation:
        return False


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['target']}→{row['actual']}" for row in ROWS])
def test_a_row_is_understood_as_the_office_meant_it(row: Row) -> None:
    wrong = {
        column: f"read {said!r}, label {row[column]!r}"
        for column, said in reading(row).items()
        if not allowed(row[column], said)
    }
    assert not wrong
