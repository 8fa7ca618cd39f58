"""Runs every check over a case: findings, what could not be checked, and what passed."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from types import ModuleType

from assistant.checks import rules
from assistant.checks.check import Check, Remark
from assistant.checks.form import Form, build_form
from assistant.domain.case import Case
from assistant.domain.errors import CatalogueError
from assistant.domain.findings import Finding, NotChecked, Report, Severity
from assistant.domain.profile import Profile
from assistant.domain.scores import ScoreSheet

_HEAVINESS = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.HINT: 2}


def collect(package: ModuleType) -> dict[str, Check]:
    """Import each module of *package* and return the checks defined in it, in the order of their codes.

    A check is found, not registered: any module-level :class:`Check` counts. Raises ``CatalogueError`` where two
    checks bear the same code.
    """
    found: dict[str, Check] = {}
    homes: dict[str, str] = {}
    for info in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        for value in vars(importlib.import_module(info.name)).values():
            if not isinstance(value, Check) or found.get(value.code) is value:
                continue
            if value.code in found:
                raise CatalogueError(
                    f"检查编号 {value.code} 重复：{homes[value.code]} 与 {info.name}。",
                    "请为其中一项另取编号。",
                )
            found[value.code], homes[value.code] = value, info.name
    return dict(sorted(found.items()))


@cache
def _shipped() -> dict[str, Check]:
    return collect(rules)


def all_checks() -> dict[str, Check]:
    """Every check by its code, in the order of the codes."""
    return dict(_shipped())


def run_checks(case: Case, sheet: ScoreSheet, profile: Profile) -> Report:
    """Check *case*, whose points under *profile* are *sheet*.

    The heaviest findings come first, equal ones in the order of their codes. A check the profile excuses is not
    run; the report says so with the profile's reason, under "not checked".
    """
    return check_form(build_form(case, sheet, profile), _shipped())


def check_form(form: Form, checks: dict[str, Check]) -> Report:
    """Run *checks* over *form*."""
    profile = form.profile
    findings: list[Finding] = []
    undecided: list[NotChecked] = []
    passed: list[str] = []
    for code, check in checks.items():
        if code in profile.excused:
            why = f"{profile.label}不适用本项：{profile.excused[code]}"
            undecided.append(NotChecked(path="", code=code, why=why))
            continue
        silent = True
        for outcome in check.run(form):
            silent = False
            if isinstance(outcome, Remark):
                findings.append(_finding(check, outcome, profile))
            else:
                undecided.append(NotChecked(path=outcome.path, code=code, why=outcome.why))
        if silent:
            passed.append(code)
    findings.sort(key=lambda finding: _HEAVINESS[finding.severity])
    return Report(
        profile=profile.id, findings=tuple(findings), not_checked=tuple(undecided), passed=tuple(passed)
    )


def _finding(check: Check, remark: Remark, profile: Profile) -> Finding:
    return Finding(
        code=check.code,
        severity=profile.severity.get(check.code) or remark.severity or check.severity,
        path=remark.path,
        cell=remark.cell,
        message=remark.message,
        basis=check.basis,
        fix=remark.fix,
        cures=remark.cures,
        data=remark.data,
    )
