"""What several checks of the money share: amounts in a wrong unit, cells that may explain the money."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assistant.checks.text import told
from assistant.domain.case import Case

TEN_THOUSAND = Decimal(10000)
SLACK = Decimal("0.2")  # how far from 10 000 a factor may lie and still betray a wrong unit


def texts_elsewhere(case: Case) -> Iterator[str]:
    """What the goals and the notes say; with the reasons of the rows, all that may explain the money.

    The form has no reason column for it.
    """
    for goal in case.goals:
        yield told(goal.actual)
    for note in case.notes:
        yield note.text


def wrong_unit(one: Decimal, other: Decimal) -> bool:
    """Whether two amounts that should be alike stand apart by a factor of about ten thousand."""
    if one <= 0 or other <= 0:
        return False
    factor = max(one, other) / min(one, other)
    return TEN_THOUSAND * (1 - SLACK) <= factor <= TEN_THOUSAND * (1 + SLACK)
