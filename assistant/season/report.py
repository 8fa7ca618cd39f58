"""The summary for scripts: ``ziping batch --json``. Money (万元), points and rates are strings; unknown is ``null``."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from assistant.domain.amounts import plain, rounded
from assistant.season.copies import Place
from assistant.season.result import FormResult, Points
from assistant.season.summary import Summary, Totals

SCHEMA = "ziping.batch/1"
RATE_PLACES = 4


def summary_json(summary: Summary, folder: str, written: Iterable[str] = ()) -> dict[str, Any]:
    """Everything the summary tables say."""
    return {
        "schema": SCHEMA,
        "folder": folder,
        "forms": [_form(form) for form in summary.forms],
        "units": [{"unit": unit} | _totals(sums) for unit, sums in summary.units.items()],
        "total": _totals(summary.overall),
        "unread": [{"file": one.file, "why": one.trouble} for one in summary.unread],
        "again": [
            {"file": one.result.file, "counted": one.counted.file, "equal": one.is_equal}
            for one in summary.again
        ],
        "left_out": summary.left_out,
        "closed": list(summary.closed),
        "copied_texts": [{"opening": one.opening, "places": _places(one.places)} for one in summary.texts],
        "equal_results": [
            {
                "files": [one.first.file, one.second.file],
                "rows": [
                    {"name": name, "actual": actual, "paths": [here, there]}
                    for name, actual, here, there in one.rows
                ],
            }
            for one in summary.results
        ],
        "other_targets": [
            {
                "name": one.name,
                "targets": [{"target": target, "places": _places(places)} for target, places in one.targets],
            }
            for one in summary.targets
        ],
        "written": list(written),
    }


def _form(form: FormResult) -> dict[str, Any]:
    return {
        "file": form.file,
        "format": form.format,
        "project": form.project,
        "department": form.department,
        "unit": form.unit,
        "year": form.year,
        "budget": _text(form.budget),
        "executed": _text(form.executed),
        "rate": _rate(form.rate),
        "entered": _text(form.entered),
        **_points(form.points),
        "compared": _points(form.compared) if form.compared else None,
        "counts": {
            "error": form.errors,
            "warning": form.warnings,
            "hint": form.hints,
            "not_checked": form.not_checked,
            "doubt": form.doubts,
        },
        "codes": form.codes,
        "worst": {"path": form.worst_path, "message": form.worst} if form.worst else None,
    }


def _points(points: Points | None) -> dict[str, Any]:
    if points is None:
        return {"profile": "", "low": None, "high": None, "grade": ""}
    return {
        "profile": points.profile,
        "low": _text(points.low),
        "high": _text(points.high),
        "grade": points.grade,
    }


def _totals(sums: Totals) -> dict[str, Any]:
    return {
        "forms": sums.forms,
        "budget": plain(sums.budget),
        "executed": plain(sums.executed),
        "rate": _rate(sums.rate),
        "without_money": sums.without_money,
        "without_score": sums.without_score,
        "average": _text(sums.average),
        "grades": sums.grades,
        "counts": {"error": sums.errors, "warning": sums.warnings, "not_checked": sums.not_checked},
    }


def _places(places: Iterable[Place]) -> list[dict[str, Any]]:
    return [
        {"file": place.file, "project": place.project, "path": place.path, "percent": place.percent}
        for place in places
    ]


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else plain(amount)


def _rate(rate: Decimal | None) -> str | None:
    return None if rate is None else plain(rounded(rate, RATE_PLACES))
