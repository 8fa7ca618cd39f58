"""All results of a folder in one view: which count, which say the same project twice, totals by unit and overall."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import PurePosixPath

from assistant.domain.amounts import ZERO, rounded
from assistant.scoring.arithmetic import quotient
from assistant.season.copies import (
    CopiedText,
    EqualResults,
    OtherTargets,
    copied_texts,
    equal_results,
    other_targets,
)
from assistant.season.result import FormResult

NO_GRADE = "未定"
_GRADES = "优良中差"
_PREFERRED = ("json", "xlsx", "docx", "xls", "html", "md", "pdf", "text")
"""Of two documents of one project the case file counts, else the one read with the fewest guesses."""


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over forms.

    Attributes:
        forms: How many forms.
        budget, executed: In 万元, over the forms that have the figure.
        without_money: Forms that lack one of the two, or whose budget is nought; the rate leaves them out.
        rate: Σ executed ÷ Σ budget over the forms that have both; ``None`` where there is none.
        without_score: Forms with neither a total nor a scored row; the average leaves them out.
        average: Mean of the totals the forms print, else of the sums of their rows, two places; ``None`` where none has any.
        grades: Grade → forms, the best first, 未定 last.
    """

    forms: int = 0
    budget: Decimal = ZERO
    executed: Decimal = ZERO
    without_money: int = 0
    without_score: int = 0
    rate: Decimal | None = None
    average: Decimal | None = None
    grades: dict[str, int] = field(default_factory=dict)
    errors: int = 0
    warnings: int = 0
    not_checked: int = 0


@dataclass(frozen=True, slots=True)
class Again:
    """A document of a project that is in the folder already and counts there."""

    result: FormResult
    counted: FormResult

    @property
    def is_equal(self) -> bool:
        """Whether both say the same, cell by cell."""
        return self.result.content == self.counted.content


@dataclass(frozen=True, slots=True)
class Summary:
    """What the summary table, the screen and the report are made of.

    Attributes:
        forms: The forms that count, by unit and file.
        again: Further documents of the same projects, not counted.
        unread: Files that could not be read, each with its reason.
        units: Unit → its sums, in the order of *forms*.
        overall: Sums of all.
        left_out: Files that are no forms: why → how many.
        closed: Folders that may not be looked into.
    """

    forms: tuple[FormResult, ...]
    again: tuple[Again, ...]
    unread: tuple[FormResult, ...]
    units: dict[str, Totals]
    overall: Totals
    left_out: dict[str, int]
    closed: tuple[str, ...] = ()
    texts: tuple[CopiedText, ...] = ()
    results: tuple[EqualResults, ...] = ()
    targets: tuple[OtherTargets, ...] = ()


def summarise(
    results: Iterable[FormResult], left_out: dict[str, int] | None = None, closed: Sequence[str] = ()
) -> Summary:
    """Sum up *results*; their order does not matter."""
    ordered = sorted(results, key=lambda result: result.file)
    read = [result for result in ordered if result.is_read]
    counted, again = _once(read)
    counted.sort(key=lambda result: (result.owner, result.file))
    by_unit: dict[str, list[FormResult]] = defaultdict(list)
    for result in counted:
        by_unit[result.owner].append(result)
    return Summary(
        forms=tuple(counted),
        again=again,
        unread=tuple(result for result in ordered if not result.is_read),
        units={unit: totals(forms) for unit, forms in by_unit.items()},
        overall=totals(counted),
        left_out=dict(left_out or {}),
        closed=tuple(closed),
        texts=copied_texts(counted),
        results=equal_results(counted),
        targets=other_targets(counted),
    )


def totals(forms: Sequence[FormResult]) -> Totals:
    """The sums over *forms*."""
    both = [
        (one.budget, one.executed)
        for one in forms
        if one.budget is not None and one.budget > ZERO and one.executed is not None
    ]
    whole = sum((budget for budget, _ in both), ZERO)
    entered = [one.entered for one in forms if one.entered is not None]
    return Totals(
        forms=len(forms),
        budget=sum((one.budget for one in forms if one.budget is not None), ZERO),
        executed=sum((one.executed for one in forms if one.executed is not None), ZERO),
        without_money=len(forms) - len(both),
        without_score=len(forms) - len(entered),
        rate=quotient(sum((executed for _, executed in both), ZERO), whole) if both else None,
        average=rounded(quotient(sum(entered, ZERO), Decimal(len(entered)))) if entered else None,
        grades=dict(sorted(Counter(grade_of(one) for one in forms).items(), key=_place)),
        errors=sum(one.errors for one in forms),
        warnings=sum(one.warnings for one in forms),
        not_checked=sum(one.not_checked for one in forms),
    )


def _place(grade: tuple[str, int]) -> tuple[int, str]:
    """Best grade first, what is open last."""
    known = _GRADES.find(grade[0])
    return (len(_GRADES) if known < 0 else known) + (grade[0] == NO_GRADE), grade[0]


def grade_of(result: FormResult) -> str:
    """The grade, 未定 where the score does not settle it."""
    return (result.points.grade if result.points else "") or NO_GRADE


def _once(read: Sequence[FormResult]) -> tuple[list[FormResult], tuple[Again, ...]]:
    """The forms with each project once, and the documents that say one again."""
    groups: dict[tuple[object, ...], list[FormResult]] = defaultdict(list)
    for result in read:
        groups[_identity(result)].append(result)
    counted: list[FormResult] = []
    again: list[Again] = []
    for group in groups.values():
        first, *others = sorted(group, key=_rank)
        counted.append(first)
        again += [Again(other, first) for other in others]
    return counted, tuple(sorted(again, key=lambda one: one.result.file))


def _identity(result: FormResult) -> tuple[object, ...]:
    """What makes two documents one project's: name, unit and year, without a name the very same cells."""
    if result.project:
        return ("".join(result.project.split()), "".join(result.owner.split()), result.year)
    return (result.content,)


def _rank(result: FormResult) -> tuple[int, int, str]:
    at = _PREFERRED.index(result.format) if result.format in _PREFERRED else len(_PREFERRED)
    return at, len(PurePosixPath(result.file).parts), result.file
