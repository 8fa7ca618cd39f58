"""What differs between two cases, cell by cell: for recovery, conflicts and imports."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.domain.case import Case
from assistant.domain.paths import ROOT_CELLS, cell
from assistant.domain.record import Record

_LISTS = ("people", "funds", "goals", "indicators")


class Difference(Record):
    """One cell that is not the same; ``None`` where one side has no such row."""

    path: str
    before: str | None
    after: str | None


def cells(case: Case) -> Iterator[tuple[str, str]]:
    """Every cell of the form with its path, in the form's order."""
    for name in ROOT_CELLS:
        yield name, cell(case, name)
    for name in _LISTS:
        for index, row in enumerate(getattr(case, name)):
            for attribute in type(row).model_fields:
                yield f"{name}[{index}].{attribute}", str(getattr(row, attribute))


def differences(before: Case, after: Case) -> tuple[Difference, ...]:
    """Every cell that differs, in the order of *after*, then what only *before* has."""
    old, new = dict(cells(before)), dict(cells(after))
    changed = [
        Difference(path=path, before=old.get(path), after=text)
        for path, text in new.items()
        if old.get(path) != text
    ]
    gone = [Difference(path=path, before=text, after=None) for path, text in old.items() if path not in new]
    return (*changed, *gone)
