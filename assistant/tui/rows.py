"""Adding, removing and moving indicators, and keeping what became of drafts: a case in, a case out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.domain.case import Case, DraftRecord, Figure, Indicator
from assistant.domain.paths import with_cell
from assistant.domain.places import BESIDE
from assistant.drafting.records import TAKEN


def with_new_indicator(case: Case, after: int) -> Case:
    """An empty indicator behind row *after*, in the same group."""
    rows = case.indicators
    like = rows[after] if 0 <= after < len(rows) else Indicator()
    new = Indicator(level1=like.level1, level2=like.level2)
    order: list[int | None] = [*range(after + 1), None, *range(after + 1, len(rows))]
    return _in_order(case, order, new)


def with_indicator_copied(case: Case, index: int) -> Case:
    """Row *index* once more, right behind itself; what was said of it stays with the first one."""
    order: list[int | None] = [*range(index + 1), None, *range(index + 1, len(case.indicators))]
    return _in_order(case, order, case.indicators[index])


def without_indicator(case: Case, index: int) -> Case:
    """The case without row *index* and what was said of it."""
    return _in_order(case, [row for row in range(len(case.indicators)) if row != index])


def with_indicator_moved(case: Case, index: int, by: int) -> Case:
    """Row *index* exchanged with its neighbour *by* rows away; the same case where there is none."""
    order: list[int | None] = list(range(len(case.indicators)))
    other = index + by
    if not 0 <= other < len(order):
        return case
    order[index], order[other] = order[other], order[index]
    return _in_order(case, order)


def _in_order(case: Case, order: Sequence[int | None], new: Indicator | None = None) -> Case:
    """The case with its indicators in *order* (``None`` is *new*); drafts, notes and the like move with their rows."""
    rows = tuple(case.indicators[row] if row is not None else new or Indicator() for row in order)
    moved = {f"indicators[{old}]": f"indicators[{now}]" for now, old in enumerate(order) if old is not None}
    kept: dict[str, Any] = {}
    for name in BESIDE:
        records = []
        for record in getattr(case, name):
            row, dot, rest = record.path.partition(".")
            if not row.startswith("indicators["):
                records.append(record)
            elif row in moved:
                records.append(record.model_copy(update={"path": f"{moved[row]}{dot}{rest}"}))
        kept[name] = tuple(records)
    kept["figures"] = tuple(_with_source_moved(figure, moved) for figure in kept["figures"])
    return case.model_copy(update={"indicators": rows, **kept})


def _with_source_moved(figure: Figure, moved: Mapping[str, str]) -> Figure:
    """A figure whose source stood in a row that moved; with the row gone, the source is gone too."""
    row, dot, rest = figure.source.partition(".")
    if not row.startswith("indicators["):
        return figure
    return figure.model_copy(update={"source": f"{moved[row]}{dot}{rest}" if row in moved else ""})


def with_draft_decided(case: Case, record: DraftRecord, text: str) -> Case:
    """The draft on record, and *text* in its cell if it was taken."""
    case = case.model_copy(update={"drafts": (*case.drafts, record)})
    return with_cell(case, record.path, text) if record.state in TAKEN else case
