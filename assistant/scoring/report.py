"""The score sheet as JSON for scripts: ``ziping score --json`` (schema ``ziping.score/1``). Decimals are strings."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from assistant.domain.amounts import plain, rounded
from assistant.domain.scores import ScoreLine, ScoreSheet, TotalLine
from assistant.values.report import value_json

SCHEMA = "ziping.score/1"
RATIO_PLACES = 4

Json = dict[str, Any]


def sheet_json(sheet: ScoreSheet, file: str) -> Json:
    """Return *sheet* in the published shape; *file* is the name the caller was given."""
    return {
        "schema": SCHEMA,
        "file": file,
        "profile": sheet.profile,
        "rows": [line_json(line) for line in sheet.rows],
        "total": total_json(sheet.total),
        "grade": sheet.grade,
    }


def line_json(line: ScoreLine) -> Json:
    """One row; low and high only where a person must judge."""
    shown: Json = {"path": line.path, "name": line.name}
    if line.target is not None and line.actual is not None:
        shown |= {
            "target": value_json(line.target),
            "actual": value_json(line.actual),
            "verdict": line.verdict.value,
            "ratio": ratio_text(line.ratio),
        }
    open_ended = line.computed is None
    shown |= {
        "weight": _plain(line.weight),
        "entered": _plain(line.entered),
        "computed": _exact(line.computed),
        "low": _exact(line.low) if open_ended else None,
        "high": _exact(line.high) if open_ended else None,
        "high_included": line.high_included,
        "counts": line.counts,
        "counted": _exact(line.counted),
        "status": line.status.value,
    }
    if line.path == "funds.total":
        shown["rate"] = line.rate or None
    if line.tier_label:
        shown["tier"] = line.tier_label
    if line.override_reason:
        shown["override_reason"] = line.override_reason
    return shown | {
        "rule": line.rule,
        "working": list(line.working),
        "basis": line.basis,
        "notes": list(line.notes),
    }


def total_json(total: TotalLine) -> Json:
    """The foot of the form."""
    return {
        "weight": _plain(total.weight),
        "entered": _plain(total.entered),
        "sum_entered": _plain(total.sum_entered),
        "computed": _exact(total.computed),
        "earned": _exact(total.earned),
        "low": _exact(total.low),
        "high": _exact(total.high),
        "before_ceiling": _exact(total.before_ceiling),
        "ceiling": _plain(total.ceiling),
        "working": list(total.working),
        "basis": total.basis,
    }


def ratio_text(ratio: Decimal | None) -> str | None:
    """A ratio with at most four places: ``"1.6667"``, ``"1"``."""
    return None if ratio is None else plain(rounded(ratio, RATIO_PLACES))


def _plain(amount: Decimal | None) -> str | None:
    return None if amount is None else plain(amount)


def _exact(amount: Decimal | None) -> str | None:
    return None if amount is None else format(amount, "f")
