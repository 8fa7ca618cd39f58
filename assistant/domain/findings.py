"""What the checks say: findings, and openly what could not be checked."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from assistant.domain.record import Record


class Severity(StrEnum):
    """How heavy a finding weighs."""

    ERROR = "error"  # blocks a final export
    WARNING = "warning"
    HINT = "hint"

    @property
    def label(self) -> str:
        """The word the user sees."""
        return {"error": "错误", "warning": "提醒", "hint": "建议"}[self.value]


class Fix(Record):
    """A mechanical cure: write *text* at *path*."""

    path: str
    text: str
    label: str


class Finding(Record):
    """One thing that is wrong or worth a look.

    Attributes:
        code: The check's code, as in docs/checks.md (``F06``).
        path: The row or cell it is about; ``""`` for the whole form.
        cell: The cell's text as written.
        message: One Chinese sentence: what, where, with the values.
        basis: The document or practice the check comes from.
        fix: What to do about it, in one Chinese sentence.
        cures: Mechanical cures the screen can apply.
        data: Values for scripts; strings only.
    """

    code: str
    severity: Severity
    path: str
    cell: str = ""
    message: str
    basis: str = ""
    fix: str = ""
    cures: tuple[Fix, ...] = ()
    data: dict[str, str] = Field(default_factory=dict)


class NotChecked(Record):
    """A check that could not be decided here, and why."""

    path: str
    code: str
    why: str


class Report(Record):
    """Everything the checks said of one case."""

    profile: str
    findings: tuple[Finding, ...] = ()
    not_checked: tuple[NotChecked, ...] = ()
    passed: tuple[str, ...] = ()

    def count(self, severity: Severity) -> int:
        """How many findings have *severity*."""
        return sum(finding.severity is severity for finding in self.findings)
