"""A person's score in place of the computed one, always with a reason. A case in, a case out."""

from __future__ import annotations

from assistant.domain.case import Case, Override
from assistant.domain.paths import with_cell

FUNDS = "funds.total"


def override_at(case: Case, row: str) -> Override | None:
    """The override in force for *row* (``funds.total``, ``indicators[3]``), or ``None``."""
    names = _names(case, row)
    return next((one for one in reversed(case.overrides) if _row(one.path) in names), None)


def with_override(case: Case, row: str, score: str, reason: str) -> Case:
    """The case with *score* in the row's cell and on record with its *reason*, in place of an earlier one."""
    return with_cell(
        _without(case, row, Override(path=f"{row}.score", score=score, reason=reason)), *_at(row, score)
    )


def without_override(case: Case, row: str, score: str = "") -> Case:
    """The case without a person's score for *row*; the cell then says *score*, or what it said where that is empty."""
    case = _without(case, row)
    return with_cell(case, *_at(row, score)) if score else case


def followed(case: Case, path: str, text: str) -> Case:
    """The case after somebody wrote *text* at *path*: a person's score is always the one that is printed."""
    row, _, attribute = path.rpartition(".")
    override = override_at(case, row) if attribute == "score" else None
    return case if override is None else _without(case, row, override.model_copy(update={"score": text}))


def _without(case: Case, row: str, *instead: Override) -> Case:
    names = _names(case, row)
    kept = (one for one in case.overrides if _row(one.path) not in names)
    return case.model_copy(update={"overrides": (*kept, *instead)})


def _names(case: Case, row: str) -> set[str]:
    """*row* by all its names: the money row may be named by its position as well."""
    money = {FUNDS, f"funds[{case.total_funds_index}]"}
    return money if row in money else {row}


def _row(path: str) -> str:
    return path.removesuffix(".score")


def _at(row: str, score: str) -> tuple[str, str]:
    return f"{row}.score", score
