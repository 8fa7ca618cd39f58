"""How much of a cell is read for checking: a text of a megabyte must not hold up the hand that types.

Nobody writes 20,000 characters into a cell of this form; where they stand there, a document was pasted. Its beginning
is read, and what is left out is said: no check is slow, and none is silent.
"""

from __future__ import annotations

from typing import Any

from assistant.domain.case import Case, CaseRecord

MOST_CHARACTERS = 20_000
"""Of one cell."""
_LISTS = ("people", "funds", "goals", "indicators", "notes", "last_year")  # those with texts that checks read


def within_reach(text: str) -> str:
    """The beginning of *text* that is read, to the end of a sentence where there is one; a usual text is all of it."""
    if len(text) <= MOST_CHARACTERS:
        return text
    end = max(text.rfind(mark, MOST_CHARACTERS // 2, MOST_CHARACTERS) for mark in "。；\n")
    return text[: end + 1 if end > 0 else MOST_CHARACTERS]


def case_within_reach(case: Case) -> tuple[Case, dict[str, int]]:
    """*case* as far as it is read, and the length of each cell of which something is left out.

    A case without such a cell is given back itself, and so is each row: what was concluded from them stays true.
    """
    too_long: dict[str, int] = {}
    changed: dict[str, Any] = _cut(case, "", too_long)
    for name in _LISTS:
        rows: tuple[CaseRecord, ...] = getattr(case, name)
        for index, row in enumerate(rows):
            if cut := _cut(row, f"{name}[{index}].", too_long):
                read = changed.get(name, rows)
                changed[name] = (*read[:index], row.model_copy(update=cut), *read[index + 1 :])
    return (case.model_copy(update=changed), too_long) if changed else (case, too_long)


def _cut(record: CaseRecord, under: str, too_long: dict[str, int]) -> dict[str, Any]:
    cut: dict[str, Any] = {}
    for key, value in vars(record).items():
        if type(value) is str and len(value) > MOST_CHARACTERS:
            cut[key] = within_reach(value)
            too_long[f"{under}{key}"] = len(value)
    return cut
