"""What the text checks ask of a row: was its target missed, is it judged by a person, how is it called in a message."""

from __future__ import annotations

from assistant.checks.form import Form, Row
from assistant.domain.value import Kind, Verdict

MISSED = frozenset({Verdict.SHORT, Verdict.OVER, Verdict.LATE, Verdict.PARTIAL})
_NUMERIC = frozenset({Kind.QUANTITY, Kind.RANGE, Kind.DEADLINE})
_QUALITATIVE = frozenset({Kind.SCALE, Kind.LEVEL, Kind.TEXT, Kind.YESNO})


def is_missed(row: Row) -> bool:
    """Whether the actual misses the target."""
    return row.comparison.verdict in MISSED


def is_missed_by_number(row: Row) -> bool:
    """Whether figures or dates show the miss, beyond doubt: no approximate figure, no doubtful reading."""
    return (
        row.comparison.verdict in {Verdict.SHORT, Verdict.OVER, Verdict.LATE}
        and row.target.kind in _NUMERIC
        and row.actual.kind in _NUMERIC
        and row.actual.approximation is None
        and not row.target.doubtful
        and not row.actual.doubtful
    )


def is_met_by_number(row: Row) -> bool:
    """Whether figures or dates show that the target is met (T05 speaks of points lost there)."""
    return row.comparison.verdict is Verdict.MET and row.target.kind in _NUMERIC


def is_qualitative(row: Row) -> bool:
    """Whether a person judges the row: its target, or where that is missing its actual, is words."""
    kind = row.actual.kind if row.target.kind is Kind.NONE else row.target.kind
    return kind in _QUALITATIVE


def owes_reason(row: Row) -> bool:
    """Whether the row's reason must carry cause and measure."""
    return row.loses_points or is_missed(row)


def goal_place(form: Form, index: int) -> str:
    """``实际完成情况``, numbered where the form has several goals."""
    return "“实际完成情况”" if len(form.case.goals) == 1 else f"目标{index + 1}的“实际完成情况”"


def points(row: Row) -> str:
    """``得分14分（分值15分）`` as the form prints them."""
    score, weight = (cell.strip().removesuffix("分") for cell in (row.cells.score, row.cells.weight))
    return f"得分{score}分（分值{weight}分）"
