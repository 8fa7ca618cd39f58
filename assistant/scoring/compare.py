"""The same form under two rule sets: which rows, total and grade change, and by which rule."""

from __future__ import annotations

from decimal import Decimal

from assistant.domain.amounts import plain
from assistant.domain.case import Case
from assistant.domain.profile import Profile
from assistant.domain.record import Record
from assistant.domain.scores import ScoreLine, ScoreSheet, TotalLine
from assistant.scoring.engine import score_case

UNKNOWN = "未定"


class Change(Record):
    """One row, the total or the grade that differs.

    Attributes:
        path: ``indicators[3]``, ``funds.total``, ``total`` or ``grade``.
        name: For people: the indicator, 总分, 等级.
        before, after: The points under each rule set: ``"10.00"``, ``"9.00–9.09"`` or 未定; for the grade the word.
        why: The rules and workings that lead there, first the one of *before*, then that of *after*.
    """

    path: str
    name: str
    before: str
    after: str
    why: tuple[str, ...] = ()


class ProfileComparison(Record):
    """What choosing *second* instead of *first* does to a form; no changes means the same points everywhere."""

    first: str
    second: str
    first_sheet: ScoreSheet
    second_sheet: ScoreSheet
    changes: tuple[Change, ...] = ()


def compare_profiles(case: Case, first: Profile, second: Profile) -> ProfileComparison:
    """Score *case* under both rule sets and list what differs, rows in the form's order, then total and grade."""
    before, after = score_case(case, first), score_case(case, second)
    changes = [
        Change(path=old.path, name=old.name, before=_points(old), after=_points(new), why=_why(old, new))
        for old, new in zip(before.rows, after.rows, strict=True)
        if _points(old) != _points(new)
    ]
    totals = _total(before.total), _total(after.total)
    if totals[0] != totals[1]:
        capped = before.total.working[1:] + after.total.working[1:]
        changes.append(Change(path="total", name="总分", before=totals[0], after=totals[1], why=capped))
    if before.grade != after.grade:
        lines = tuple(f"{profile.label}：{_grades(profile)}" for profile in (first, second))
        changes.append(
            Change(
                path="grade",
                name="等级",
                before=before.grade or UNKNOWN,
                after=after.grade or UNKNOWN,
                why=lines if lines[0].partition("：")[2] != lines[1].partition("：")[2] else (),
            )
        )
    return ProfileComparison(
        first=first.id, second=second.id, first_sheet=before, second_sheet=after, changes=tuple(changes)
    )


def _span(low: Decimal | None, high: Decimal | None, closed: bool = True) -> str:
    if low is None or high is None:
        return UNKNOWN
    return f"{low:f}" if low == high else f"{low:f}–{high:f}{'' if closed else '（不含）'}"


def _points(line: ScoreLine) -> str:
    if line.computed is not None:
        return f"{line.computed:f}"
    return _span(line.low, line.high, line.high_included)


def _total(total: TotalLine) -> str:
    return f"{total.computed:f}" if total.computed is not None else _span(total.low, total.high)


def _why(old: ScoreLine, new: ScoreLine) -> tuple[str, ...]:
    return tuple(f"{line.rule}：{'；'.join(line.working)}" for line in (old, new))


def _grades(profile: Profile) -> str:
    return "、".join(f"{grade.name} {plain(grade.least)} 分起" for grade in profile.grades)
