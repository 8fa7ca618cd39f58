"""The facts a text is held against: those of its cell, and in a reason those of the other indicators it names.

"因设备到货率仅85%，培训推迟" in the row of the training cites the row of the equipment, and goes out of date with it.
"""

from __future__ import annotations

import re
from collections import Counter

from assistant.domain.case import Case, Indicator
from assistant.domain.recent import recent
from assistant.domain.scores import ScoreSheet
from assistant.drafting.drafter import Fact
from assistant.drafting.facts import REASON, facts_for, row_name

_SHORTEST = 4
"""Characters of a name by which it is known in a sentence: 满意度 alone may be anybody's."""
_TAIL = re.compile(r"(?:完成)?(?:[率数]|数量|次数|人数|个数|情况|程度|水平)\Z")


def facts_within(case: Case, sheet: ScoreSheet, path: str, text: str) -> tuple[Fact, ...]:
    """What *text* in the cell *path* may cite. Raises ``KeyError`` as :func:`facts_for` does."""
    return facts_for(case, sheet, path, _named(case, path, text))


def rows_within(case: Case, path: str, text: str) -> frozenset[int]:
    """The indicators, by position, whose cells *text* in the cell *path* may cite: a goal's may cite all."""
    match = REASON.match(path)
    if match is None:
        return frozenset(range(len(case.indicators)))
    return frozenset({int(match[1]), *_named(case, path, text)})


def _named(case: Case, path: str, text: str) -> tuple[int, ...]:
    """The other indicators of which *text*, a reason, has the name, whole or without its last word."""
    match = REASON.match(path)
    if match is None or int(match[1]) >= len(case.indicators):
        return ()
    own, said = int(match[1]), re.sub(r"\s+", "", text)
    mine, names = row_name(case.indicators[own], own), _names(case.indicators)
    found = {
        index
        for at in range(len(said) - _SHORTEST + 1)
        for name, index in names.get(said[at : at + _SHORTEST], ())
        if index != own and said.startswith(name, at) and name not in mine
    }
    return tuple(sorted(found))


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
