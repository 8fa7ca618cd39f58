"""A new form from an old one: what was planned stays, what came of it is taken out; and how two plans differ."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.domain.case import Case, FundRow, Goal, Indicator
from assistant.domain.record import Record
from assistant.exchange.headings import norm
from assistant.exchange.last_year import as_last_year

_OUTCOME = {"actual": "", "score": "", "reason": "", "evidence": ""}
_DASHES = {"-", "—", "－", "/"}


class TargetDifference(Record):
    """One point where two documents plan differently.

    Attributes:
        path: The row in the second document, in the first where it is gone.
        name: The indicator's name (三级指标), or the goal.
        what: ``changed``, ``added`` or ``removed``.
        cell: ``target``, ``weight`` or ``expected``; empty for a whole row.
        before: The text in the first document.
        after: The text in the second.
    """

    path: str
    name: str
    what: str
    cell: str = ""
    before: str = ""
    after: str = ""


def skeleton(case: Case, *, next_year: bool = False) -> Case:
    """*case* as it was before the year began: names, goals, targets and weights, without results, scores and texts.

    Args:
        case: A goal sheet as read, or a form already filled in.
        next_year: Make it the plan of the year after: the amounts of money are left out too, and what the form said
            of each indicator stays beside it as last year's.
    """
    funds = tuple(_planned_money(row, next_year) for row in case.funds)
    return case.model_copy(
        update={
            "year": case.year + 1 if next_year and case.year else case.year,
            "funds": funds,
            "goals": tuple(Goal(expected=goal.expected) for goal in case.goals),
            "indicators": tuple(row.model_copy(update=_OUTCOME) for row in case.indicators),
            "total": "",
            "grade": "",
            "drafts": (),
            "notes": (),
            "overrides": (),
            "figures": (),  # of texts that are blank now
            "last_year": as_last_year(case) if next_year else case.last_year,
            "doubts": () if next_year else tuple(one for one in case.doubts if not _of_outcome(one.path)),
        }
    )


def _planned_money(row: FundRow, next_year: bool) -> FundRow:
    kept = {"executed": "", "rate": "", "score": row.score if row.score.strip() in _DASHES else ""}
    return row.model_copy(update=kept | ({"initial": "", "budget": ""} if next_year else {}))


def _of_outcome(path: str) -> bool:
    return path in {"total", "grade"} or path.rpartition(".")[2] in {*_OUTCOME, "executed", "rate"}


def target_differences(first: Case, second: Case) -> tuple[TargetDifference, ...]:
    """Where the plans of two documents differ: goals, indicators added or gone, targets and weights changed.

    Indicators are matched by their name (三级指标) without spaces and punctuation widths, in order where a name
    comes twice. Values are compared as written, spaces apart.
    """
    found: list[TargetDifference] = []
    for index in range(max(len(first.goals), len(second.goals))):
        before = first.goals[index].expected if index < len(first.goals) else ""
        after = second.goals[index].expected if index < len(second.goals) else ""
        if norm(before) != norm(after):
            found.append(
                TargetDifference(
                    path=f"goals[{index}].expected",
                    name=f"预期目标{index + 1}",
                    what="changed" if before and after else "added" if after else "removed",
                    cell="expected",
                    before=before,
                    after=after,
                )
            )
    pairs, gone = _matched(first.indicators, second.indicators)
    for index, row in enumerate(second.indicators):
        old = pairs.get(index)
        if old is None:
            found.append(
                TargetDifference(path=f"indicators[{index}]", name=_name(row), what="added", after=row.target)
            )
            continue
        found += [
            TargetDifference(
                path=f"indicators[{index}].{cell}",
                name=_name(row),
                what="changed",
                cell=cell,
                before=getattr(old, cell),
                after=getattr(row, cell),
            )
            for cell in ("target", "weight")
            if norm(getattr(old, cell)) != norm(getattr(row, cell))
        ]
    found += [
        TargetDifference(path=f"indicators[{index}]", name=_name(row), what="removed", before=row.target)
        for index, row in gone
    ]
    return tuple(found)


def _name(row: Indicator) -> str:
    return row.level3 or row.level2


def _matched(
    first: Sequence[Indicator], second: Sequence[Indicator]
) -> tuple[dict[int, Indicator], list[tuple[int, Indicator]]]:
    """The old row of each new row that has one, and the old rows nobody asked for."""
    free: dict[str, list[int]] = {}
    for index, row in enumerate(first):
        free.setdefault(norm(_name(row)), []).append(index)
    pairs: dict[int, Indicator] = {}
    for index, row in enumerate(second):
        if places := free.get(norm(_name(row))):
            same = next((one for one in places if norm(first[one].level2) == norm(row.level2)), places[0])
            places.remove(same)
            pairs[index] = first[same]
    left = sorted(index for places in free.values() for index in places)
    return pairs, [(index, first[index]) for index in left]
