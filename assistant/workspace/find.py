"""Find and replace over all texts of a form. Pure: a case in, places or a case out. Searched as written, no patterns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.domain.case import Case
from assistant.domain.paths import cell, with_cell

AROUND = 12
"""Characters shown on each side of a place."""

_HEAD = ("project", "department", "unit")
_ROWS = {
    "people": ("role", "name"),
    "goals": ("expected", "actual"),
    "indicators": ("level1", "level2", "level3", "target", "actual", "reason", "evidence"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """One place where the text was found.

    Attributes:
        path: The cell.
        before, found, after: The place with what stands around it, line breaks as spaces.
    """

    path: str
    before: str
    found: str
    after: str


def text_cells(case: Case) -> Iterator[str]:
    """The cells searched: every one in which words are written, in the form's order. Amounts and points are not."""
    yield from _HEAD
    for name, cells in _ROWS.items():
        for index in range(len(getattr(case, name))):
            yield from (f"{name}[{index}].{one}" for one in cells)


def places(case: Case, wanted: str) -> tuple[Place, ...]:
    """Every place of *wanted*, none where it is empty."""
    return tuple(place for path in text_cells(case) for place in _in_cell(path, cell(case, path), wanted))


def _in_cell(path: str, text: str, wanted: str) -> Iterator[Place]:
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        end = at + len(wanted)
        yield Place(
            path,
            _flat(f"{'…' if at > AROUND else ''}{text[max(0, at - AROUND) : at]}"),
            _flat(wanted),
            _flat(f"{text[end : end + AROUND]}{'…' if len(text) > end + AROUND else ''}"),
        )
        at = text.find(wanted, end)


def _flat(text: str) -> str:
    return text.replace("\n", " ")


def replaced(case: Case, wanted: str, new: str) -> Case:
    """*case* with *new* in every place of *wanted*."""
    if not wanted:
        return case
    for path in text_cells(case):
        text = cell(case, path)
        if wanted in text:
            case = with_cell(case, path, text.replace(wanted, new))
    return case
