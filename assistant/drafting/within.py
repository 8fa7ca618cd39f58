"""The facts a text is held against: of a narrative the whole form, of a reason its row and the indicators it names.

"因设备到货率仅85%，培训推迟" in the row of the training cites the row of the equipment, and goes out of date with it.
"""

from __future__ import annotations

import re
from collections import Counter

from assistant.domain.case import Case, Indicator
from assistant.domain.recent import recent
from assistant.domain.scores import ScoreSheet
from assistant.drafting.drafter import Fact
from assistant.drafting.facts import GOAL, REASON, facts_for, facts_of_narrative, row_name

_SHORTEST = 4
"""Characters of a name by which it is known in a sentence: 满意度 alone may be anybody's."""
_TAIL = re.compile(r"(?:完成)?(?:[率数]|数量|次数|人数|个数|情况|程度|水平)\Z")


def facts_within(case: Case, sheet: ScoreSheet, path: str, text: str) -> tuple[Fact, ...]:
    """What *text* in the cell *path* may cite. Raises ``KeyError`` as :func:`facts_for` does."""
    own = _row_of(path)
    if own is not None:
        return facts_for(case, sheet, path, sorted(_named(case, own, text) | {own}))
    if not _is_narrative(case, path):
        raise KeyError(path)
    return facts_of_narrative(case, sheet)


def rows_within(case: Case, path: str, text: str) -> frozenset[int]:
    """The indicators, by position, whose cells *text* in the cell *path* may cite: a goal's may cite all."""
    own = _row_of(path)
    return frozenset(range(len(case.indicators))) if own is None else _named(case, own, text) | {own}


def _is_narrative(case: Case, path: str) -> bool:
    """Whether *path* is the 实际完成情况 of a goal the case has."""
    match = GOAL.match(path)
    return match is not None and int(match[1]) < len(case.goals)


def _row_of(path: str) -> int | None:
    match = REASON.match(path)
    return int(match[1]) if match else None


def _named(case: Case, own: int, text: str) -> frozenset[int]:
    """The other indicators of which *text*, a reason of row *own*, has the name, whole or without its last word."""
    if own >= len(case.indicators):
        return frozenset()
    said = re.sub(r"\s+", "", text)
    mine, names = row_name(case.indicators[own], own), _names(case.indicators)
    return frozenset(
        index
        for at in range(len(said) - _SHORTEST + 1)
        for name, index in names.get(said[at : at + _SHORTEST], ())
        if index != own and said.startswith(name, at) and name not in mine
    )


@recent
def _names(rows: tuple[Indicator, ...]) -> dict[str, list[tuple[str, int]]]:
    """The names that only one of *rows* has, each with its row, by how they begin."""
    known = [(_TAIL.sub("", row_name(row, index)), index) for index, row in enumerate(rows)]
    often = Counter(name for name, _ in known)
    names: dict[str, list[tuple[str, int]]] = {}
    for name, index in known:
        if len(name) >= _SHORTEST and often[name] == 1:
            names.setdefault(name[:_SHORTEST], []).append((name, index))
    return names
