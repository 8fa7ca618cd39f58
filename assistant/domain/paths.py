"""Where a cell is: ``project``, ``funds[0].executed``, ``goals[0].actual``, ``indicators[3].reason``, ``total``.

``funds.total`` names the row 年度资金总额 wherever it stands (``funds.total.rate`` one of its cells), as in the JSON
that scripts read.
"""

from __future__ import annotations

from typing import Any

from assistant.domain.case import Case
from assistant.domain.patterns import pattern

ROOT_CELLS = (
    "project",
    "department",
    "unit",
    "year",
    "money_unit",
    "profile",
    "total_weight",
    "total",
    "grade",
)
_PATH = pattern(r"(?P<list>[a-z_]+)(?:\[(?P<index>\d+)\]|\.(?P<alias>total))(?:\.(?P<cell>[a-z_0-9]+))?\Z")


def _split(case: Case, path: str) -> tuple[str, int, str | None]:
    match = _PATH.match(path)
    if match is None or match["list"] not in {"funds", "goals", "indicators", "people"}:
        raise KeyError(path)
    if match["alias"]:
        index = case.total_funds_index if match["list"] == "funds" else None
        if index is None:
            raise KeyError(path)
    else:
        index = int(match["index"])
    if index >= len(getattr(case, match["list"])):
        raise KeyError(path)
    return match["list"], index, match["cell"]


def cell(case: Case, path: str) -> str:
    """Return the text at *path*. Raises ``KeyError`` where the case has no such cell."""
    if path in ROOT_CELLS:
        found = getattr(case, path)
        if found is None and path == "year":
            return case.year_written
        return "" if found is None else str(found)
    name, index, attribute = _split(case, path)
    row = getattr(case, name)[index]
    if attribute is None or attribute not in type(row).model_fields:
        raise KeyError(path)
    return str(getattr(row, attribute))


def with_cell(case: Case, path: str, text: str) -> Case:
    """Return *case* with *text* at *path*; a year not (yet) readable is kept as written. Raises ``KeyError``."""
    if path in ROOT_CELLS:
        new: Any = text
        if path == "year":
            digits = text.strip().removesuffix("年度").removesuffix("年")
            new = int(digits) if digits.isdecimal() and len(digits) == 4 else None
            return case.model_copy(update={"year": new, "year_written": "" if new is not None else text})
        return case.model_copy(update={path: new})
    name, index, attribute = _split(case, path)
    rows = getattr(case, name)
    if attribute is None or attribute not in type(rows[index]).model_fields:
        raise KeyError(path)
    row = rows[index].model_copy(update={attribute: text})
    return case.model_copy(update={name: (*rows[:index], row, *rows[index + 1 :])})


def text_paths(case: Case) -> tuple[str, ...]:
    """Every cell a draft may be asked for: 实际完成情况 of each goal, then each indicator's reason."""
    return (
        *(f"goals[{i}].actual" for i in range(len(case.goals))),
        *(f"indicators[{i}].reason" for i in range(len(case.indicators))),
    )
