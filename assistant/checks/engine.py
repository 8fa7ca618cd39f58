"""Runs every check over a case: findings, what could not be checked, and what passed.

What a check said is kept and said again while all it read stays as it was (``noting``): after an edit only those
checks run that had read the cell.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from operator import itemgetter
from types import ModuleType

from assistant.checks import rules
from assistant.checks.check import Check, Outcome, Remark
from assistant.checks.form import REMEMBERED, Form, Row, build_form, forget_rows
from assistant.checks.noting import Reader, Readings
from assistant.domain.case import Case
from assistant.domain.errors import CatalogueError
from assistant.domain.findings import Finding, NotChecked, Report, Severity
from assistant.domain.places import spoken
from assistant.domain.profile import Profile
from assistant.domain.reach import MOST_CHARACTERS, case_within_reach
from assistant.domain.recent import KEPT
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
def _shipped() -> Catalogue:
    return Catalogue(collect(rules), plain_first=True)


def all_checks() -> dict[str, Check]:
    """Every check by its code, in the order of the codes."""
    return dict(_shipped().checks)


def run_checks(case: Case, sheet: ScoreSheet, profile: Profile) -> Report:
    """Check *case*, whose points under *profile* are *sheet*.

    The heaviest findings come first, equal ones in the order of their codes. A check the profile excuses is not
    run; the report says so with the profile's reason, under "not checked". Of a cell longer than anybody writes only
    the beginning is read, and the report says that too.
    """
    read, too_long = case_within_reach(case)
    report = _shipped().report(build_form(read, sheet, profile))
    return _told_of_too_long(report, read, too_long) if too_long else report


def forget_reports() -> None:
    """Keep nothing of what the shipped checks said so far."""
    forget_rows()
    _shipped().forget()


def check_form(form: Form, checks: dict[str, Check]) -> Report:
    """Run *checks* over *form*."""
    return Catalogue(checks).report(form)


@dataclass(slots=True)
class _Said:
    """What checks said, and which of them said anything."""

    findings: list[Finding] = field(default_factory=list)
    undecided: list[NotChecked] = field(default_factory=list)
    codes: set[str] = field(default_factory=set)

    def note(self, check: Check, outcomes: Iterable[Outcome], profile: Profile) -> None:
        for outcome in outcomes:
            self.codes.add(check.code)
            if isinstance(outcome, Remark):
                self.findings.append(_finding(check, outcome, profile))
            else:
                self.undecided.append(NotChecked(path=outcome.path, code=check.code, why=outcome.why))

    def add(self, other: _Said) -> None:
        self.findings += other.findings
        self.undecided += other.undecided
        self.codes |= other.codes


@dataclass(frozen=True, slots=True)
class _Run:
    """One run of a check: how to look up all it read, what stood there, and what it said."""

    look_up: Callable[[dict[str, int]], object]
    stood: object
    said: _Said


class Catalogue:
    """Checks in the order of their codes, and what they said of forms and rows that stayed as they were.

    With *plain_first* the first form of all is read without notes: who looks once must not pay for a second look.
    """

    def __init__(self, checks: dict[str, Check], *, plain_first: bool = False) -> None:
        self.checks = checks
        self._plain_first = plain_first
        self._of_rows = tuple(
            (check, check.run_row) for check in checks.values() if check.run_row is not None
        )
        self._of_forms = tuple((check, check.run) for check in checks.values() if check.run is not None)
        self.forget()

    def forget(self) -> None:
        """Keep nothing of what was said so far."""
        self._rows: dict[int, tuple[Row, int, _Said]] = {}
        self._runs: dict[str, list[_Run]] = {check.code: [] for check, _ in self._of_forms}
        self._readings = Readings()
        self._reads_plainly = self._plain_first

    def report(self, form: Form) -> Report:
        """Run every check over *form* that was not run over the same before."""
        profile = form.profile
        said = _Said()
        reader: Reader | None = None
        readings = self._readings.of(form)
        for check, look in self._of_forms:
            if check.code in profile.excused:
                continue
            if self._reads_plainly:
                said.note(check, look(form), profile)
                continue
            for run in self._runs[check.code]:
                if run.look_up(readings) == run.stood:
                    break
            else:
                reader = reader or Reader(form)
                run = self._run(check, reader.run(look), readings, profile)
            if run.said.codes:
                said.add(run.said)
        self._reads_plainly = False
        for row in form.rows:
            said.add(self._of_row(row, profile, readings["profile"]))
        said.findings.sort(key=lambda finding: (_HEAVINESS[finding.severity], finding.code))
        excused = [code for code in self.checks if code in profile.excused]
        for code in excused:
            why = f"{profile.label}不适用本项：{profile.excused[code]}"
            said.undecided.append(NotChecked(path="", code=code, why=why))
        said.undecided.sort(key=lambda item: item.code)
        return Report(
            profile=profile.id,
            findings=tuple(said.findings),
            not_checked=tuple(said.undecided),
            passed=tuple(
                code for code in self.checks if code not in said.codes and code not in profile.excused
            ),
        )

    def _run(
        self,
        check: Check,
        ran: tuple[list[Outcome], tuple[str, ...]],
        readings: dict[str, int],
        profile: Profile,
    ) -> _Run:
        outcomes, names = ran
        said = _Said()
        said.note(check, outcomes, profile)
        look_up = itemgetter("profile", *names)  # the profile names the severities
        run = _Run(look_up, look_up(readings), said)
        runs = self._runs[check.code]
        runs.insert(0, run)
        del runs[KEPT:]
        return run

    def _of_row(self, row: Row, profile: Profile, number: int) -> _Said:
        """What is said of *row* under *profile*, whose number among the readings is *number*."""
        known = self._rows.get(id(row))
        if known is not None and known[0] is row and known[1] == number:
            return known[2]
        said = _Said()
        counts = row.counts
        for check, look in self._of_rows:
            if (counts or check.every_row) and check.code not in profile.excused:
                said.note(check, look(row, profile), profile)
        if len(self._rows) >= REMEMBERED:
            self._rows.clear()
        self._rows[id(row)] = row, number, said
        return said


def _told_of_too_long(report: Report, read: Case, too_long: Mapping[str, int]) -> Report:
    """*report* with what was not read said first, and without a cure that would leave only the part that was."""
    undecided = tuple(
        NotChecked(
            path=path,
            code="",
            why=f"{_heading(path)}有{length:,}字，像是整篇材料贴进来了：只看了开头约{MOST_CHARACTERS:,}字，后面的未核对。",
        )
        for path, length in too_long.items()
    )
    findings = tuple(
        finding
        if all(_whole(cure.path, read) not in too_long for cure in finding.cures)
        else finding.model_copy(
            update={"cures": tuple(cure for cure in finding.cures if _whole(cure.path, read) not in too_long)}
        )
        for finding in report.findings
    )
    return report.model_copy(update={"findings": findings, "not_checked": (*undecided, *report.not_checked)})


def _heading(path: str) -> str:
    """The cell without its row, which is told beside it."""
    return spoken(path).partition("行")[2] or f"“{spoken(path)}”"


def _whole(path: str, case: Case) -> str:
    """*path* by the row's position: the row 年度资金总额 has a name of its own."""
    return path.replace("funds.total.", f"funds[{case.total_funds_index}].", 1)


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
