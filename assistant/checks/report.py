"""A report as the JSON that scripts read (``ziping.check/1``)."""

from __future__ import annotations

from typing import Any

from assistant.domain.findings import Finding, NotChecked, Report, Severity
from assistant.domain.patterns import pattern

SCHEMA = "ziping.check/1"
_ROW = pattern(r"(?:[a-z_]+\[\d+\]|funds\.total)(?=\.)")


def report_json(report: Report, file: str) -> dict[str, Any]:
    """Return *report* of *file* as plain data, numbers as strings.

    ``path`` names the row (``indicators[3]``, ``funds.total``), ``at`` the very cell inside it.
    """
    return {
        "schema": SCHEMA,
        "file": file,
        "profile": report.profile,
        "findings": [_finding(finding) for finding in report.findings],
        "not_checked": [_not_checked(item) for item in report.not_checked],
        "passed": list(report.passed),
        "counts": {
            **{severity.value: report.count(severity) for severity in Severity},
            "not_checked": len(report.not_checked),
        },
    }


def _row(path: str) -> str:
    match = _ROW.match(path)
    return match[0] if match else path


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "path": _row(finding.path),
        "at": finding.path,
        "cell": finding.cell,
        "message": finding.message,
        "basis": finding.basis,
        "fix": finding.fix,
        "cures": [cure.model_dump() for cure in finding.cures],
        "data": finding.data,
    }


def _not_checked(item: NotChecked) -> dict[str, Any]:
    return {"path": _row(item.path), "at": item.path, "code": item.code, "why": item.why}
