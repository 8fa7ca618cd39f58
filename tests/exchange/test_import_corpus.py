"""Every published form, in every layout, as every kind of file: read back cell by cell."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.domain.case import Case
from assistant.exchange.read import read_document
from tests.exchange.corpus.layouts import LAYOUTS, facts
from tests.exchange.corpus.render import FORMATS

FORMS = sorted((Path(__file__).parents[1] / "data" / "forms").glob("*.json"))


def cells(case: Case) -> dict[str, str]:
    """Every cell of a case by its path."""
    found = {
        name: str(getattr(case, name))
        for name in ("project", "department", "unit", "year", "money_unit", "total", "total_weight", "grade")
    }
    for name in ("funds", "goals", "indicators"):
        for index, row in enumerate(getattr(case, name)):
            found |= {f"{name}[{index}].{field}": getattr(row, field) for field in type(row).model_fields}
    return found


def wrong(expected: Case, read: Case) -> list[str]:
    """Cells that differ, as ``path: expected / read``."""
    left, right = cells(expected), cells(read)
    return [
        f"{path}: {left.get(path)!r} / {right.get(path)!r}"
        for path in sorted(left.keys() | right.keys())
        if left.get(path) != right.get(path)
    ]


SLOW = {("pdf", "weight_first"), ("pdf", "transfer"), ("pdf", "extra_columns")}
"""Left out to keep the suite quick: what they add is tried in the other formats."""


@pytest.mark.parametrize(
    ("kind", "layout"),
    [(kind, layout) for kind in FORMATS for layout in LAYOUTS if (kind, layout) not in SLOW],
)
def test_every_form_is_read_back_cell_by_cell(kind: str, layout: str) -> None:
    suffix, render = FORMATS[kind]
    total, faults = 0, []
    for path in FORMS:
        form = Case.model_validate(json.loads(path.read_text(encoding="utf-8"))["case"])
        printed, expected = LAYOUTS[layout](facts(form))
        read = read_document(render(printed), f"{path.stem}.{suffix}").case
        total += len(cells(expected))
        faults += [f"{path.stem} {fault}" for fault in wrong(expected, read)]
    allowed = total // 100 if kind in {"pdf", "pasted"} else 0
    assert len(faults) <= allowed, "\n".join([f"{len(faults)} of {total}", *faults[:40]])
