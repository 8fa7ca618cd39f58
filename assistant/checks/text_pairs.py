"""A target and its actual value, as messages name them."""

from __future__ import annotations

from assistant.checks.form import Row
from assistant.domain.value import Kind

NUMERIC = frozenset({Kind.QUANTITY, Kind.RANGE})


def said(cell: str) -> str:
    """*cell* as written, ``空`` where it is blank."""
    return cell.strip() or "空"


def pair(row: Row) -> str:
    """``指标值 …，完成 …``."""
    return f"指标值 {said(row.cells.target)}，完成 {said(row.cells.actual)}"
