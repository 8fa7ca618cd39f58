"""What a check is: one small function whose docstring is its page, with its code, title, severity and basis.

A check looks at a :class:`~assistant.checks.form.Form` and yields findings, or ``NotChecked`` where it could not
decide. Yielding nothing is a pass. It never prints, never changes anything, never raises for a user's cell.

The page (docstring) has these parts, in Chinese, in this order: first line what is wrong; 做什么：；为什么：；
触发：(example cells that fire)；不触发：(examples that stay silent)；来源：.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from assistant.checks.form import Form
from assistant.domain.findings import Fix, NotChecked, Severity


@dataclass(frozen=True, slots=True)
class Remark:
    """What a check yields: a finding without code, basis and severity, which the engine fills in.

    *severity* overrides the check's own for this one remark (a criterion that is an error in one branch and a
    warning in another); a severity stated by the profile still wins.
    """

    path: str
    message: str
    fix: str = ""
    cell: str = ""
    cures: tuple[Fix, ...] = ()
    severity: Severity | None = None
    data: dict[str, str] = field(default_factory=dict)


def not_checked(path: str, why: str) -> NotChecked:
    """Say openly that this check could not be decided at *path*; the engine fills in the code."""
    return NotChecked(path=path, code="", why=why)


Outcome = Remark | NotChecked
CheckFunction = Callable[[Form], Iterator[Outcome]]


@dataclass(frozen=True, slots=True)
class Check:
    """One check of the catalogue; ``page`` is its documentation, the function's docstring."""

    code: str
    title: str
    severity: Severity
    basis: str
    run: CheckFunction
    page: str = field(default="", repr=False)


def check(code: str, title: str, severity: Severity, basis: str) -> Callable[[CheckFunction], Check]:
    """Turn a function into a :class:`Check`; its docstring becomes the page."""

    def made(function: CheckFunction) -> Check:
        return Check(code, title, severity, basis, function, page=function.__doc__ or "")

    return made
