"""What a check is: one small function whose docstring is its page, with its code, title, severity and basis.

A check looks at a :class:`~assistant.checks.form.Form` and yields findings, or ``NotChecked`` where it could not
decide. Yielding nothing is a pass. It never prints, never changes anything, never raises for a user's cell.

The page (docstring) has these parts, in Chinese, in this order: first line what is wrong; 做什么：；为什么：；
触发：(example cells that fire)；不触发：(examples that stay silent)；来源：.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from assistant.checks.form import Form, Row
from assistant.domain.findings import Fix, NotChecked, Severity
from assistant.domain.profile import Profile


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
RowFunction = Callable[[Row, Profile], Iterator[Outcome]]


@dataclass(frozen=True, slots=True)
class Check:
    """One check of the catalogue; ``page`` is its documentation, the function's docstring.

    ``run`` looks at the form, ``run_row`` at one row at a time: at the rows that count, or where ``every_row`` is
    set, also at blank rows and sum rows. A check has one of them, or both.
    """

    code: str
    title: str
    severity: Severity
    basis: str
    run: CheckFunction | None = None
    page: str = field(default="", repr=False)
    run_row: RowFunction | None = field(default=None, repr=False)
    every_row: bool = False


def check(
    code: str, title: str, severity: Severity, basis: str, *, in_rows: RowFunction | None = None
) -> Callable[[CheckFunction], Check]:
    """Turn a function into a :class:`Check`; its docstring becomes the page.

    What the check says of single rows, whatever the others are, goes into *in_rows*: after an edit it is asked of the
    changed row alone.
    """

    def made(function: CheckFunction) -> Check:
        page = function.__doc__ or ""
        return Check(code, title, severity, basis, function, page, in_rows, every_row=in_rows is not None)

    return made


def row_check(code: str, title: str, severity: Severity, basis: str) -> Callable[[RowFunction], Check]:
    """Turn a function of one row into a :class:`Check` of every row that counts.

    It is handed nothing but the row and the profile, so what it yields stays true for as long as they stay.
    """

    def made(function: RowFunction) -> Check:
        return Check(code, title, severity, basis, page=function.__doc__ or "", run_row=function)

    return made
