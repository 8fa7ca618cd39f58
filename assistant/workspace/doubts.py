"""What was read with doubt at import, and a person's word on it. A case in, a case out."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.domain.case import Case, Doubt


def open_doubts(case: Case) -> tuple[Doubt, ...]:
    """The readings nobody has confirmed yet, in the order of the import."""
    return tuple(doubt for doubt in case.doubts if not doubt.confirmed)


def doubt_at(case: Case, path: str) -> Doubt | None:
    """The first open doubt about the cell at *path*, or ``None``."""
    return next((doubt for doubt in case.doubts if doubt.path == path and not doubt.confirmed), None)


def with_doubts(case: Case, positions: Iterable[int], *, confirmed: bool = True) -> Case:
    """The case with the doubts at *positions* confirmed, or open again."""
    chosen = set(positions)
    doubts = tuple(
        doubt.model_copy(update={"confirmed": confirmed}) if position in chosen else doubt
        for position, doubt in enumerate(case.doubts)
    )
    return case if doubts == case.doubts else case.model_copy(update={"doubts": doubts})


def answered(case: Case, path: str) -> Case:
    """The case after somebody wrote the cell at *path* himself: its reading is no longer in doubt."""
    return with_doubts(case, (at for at, doubt in enumerate(case.doubts) if doubt.path == path))
