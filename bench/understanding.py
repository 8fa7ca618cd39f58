"""How well cells are understood: every label of a file against what the program reads. Run: python bench/understanding.py [FILE]

The file is a table with tabs: target, actual, weight, score, then the right reading (t_kind ... computed). An empty
label is one where two readings are defensible; it is not counted. ``met|undecided`` allows either, ``-`` asks for nothing
to be said (a score that is a person's).
"""

from __future__ import annotations

import csv
import sys
from decimal import Decimal, InvalidOperation
from pathlib import Path

from assistant.catalogue.profiles import load_profile
from assistant.domain.amounts import plain
from assistant.domain.value import Kind, Value
from assistant.scoring.row import score_row
from assistant.scoring.rows import counts_something_bad
from assistant.values.numbers import read_number
from assistant.values.read import read_actual, read_target

DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "cells_labelled.tsv"
COLUMNS = ("t_kind", "t_op", "t_value", "t_unit", "a_kind", "a_value", "a_unit", "verdict", "computed")


def said(value: Value) -> tuple[str, str, str, str]:
    """Kind, sign, number and unit as the labels spell them."""
    number = ""
    if value.kind is Kind.DEADLINE and value.day is not None:
        number = value.day.text
    elif value.amount is not None:
        number = plain(value.amount)
    return value.kind.value, value.op.value if value.op else "", number, value.unit.text


def same(label: str, read: str) -> bool:
    """Whether the reading is one the label allows."""
    return any(equal("" if one == "-" else one, read) for one in label.split("|"))


def equal(label: str, read: str) -> bool:
    """Equal as numbers where both are, else as text."""
    if label == read:
        return True
    try:
        return Decimal(label) == Decimal(read)
    except InvalidOperation:
        return False


def main(path: Path) -> int:
    """Print the share of equal readings for each column, and every miss."""
    right = dict.fromkeys(COLUMNS, 0)
    total = dict.fromkeys(COLUMNS, 0)
    misses: list[str] = []
    profile = load_profile("central-2020")
    with path.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE), start=2):
            target = read_target(row["target"])
            actual = read_actual(row["actual"], target)
            bad = counts_something_bad(row["target"])  # as ``ziping parse`` asks
            scored = score_row(target, actual, read_number(row.get("weight") or ""), profile, is_bad=bad)
            t_kind, t_op, t_value, t_unit = said(target)
            a_kind, _, a_value, a_unit = said(actual)
            score = "" if scored.computed is None else plain(scored.computed)
            reading = (
                t_kind,
                t_op,
                t_value,
                t_unit,
                a_kind,
                a_value,
                a_unit,
                scored.comparison.verdict.value,
                score,
            )
            for column, got in zip(COLUMNS, reading, strict=True):
                label = row.get(column) or ""
                if not label:
                    continue
                total[column] += 1
                if same(label, got):
                    right[column] += 1
                else:
                    misses.append(
                        f"{number}: {row['target']!r} → {row['actual']!r}  {column}: {got!r}, label {label!r}"
                    )
    for column in COLUMNS:
        share = f"{100 * right[column] / total[column]:.1f} %" if total[column] else "-"
        print(f"{column:10} {right[column]:4} of {total[column]:4}  {share}")
    print(*misses, sep="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT))
