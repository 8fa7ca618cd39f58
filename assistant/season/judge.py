"""The work on one form: a pure function from bytes and rules to a result, the same on every process and machine."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from assistant.domain.amounts import ONE, rounded
from assistant.domain.case import Case, CaseRecord
from assistant.domain.errors import InputError, ZipingError
from assistant.domain.findings import Report, Severity
from assistant.domain.profile import Profile
from assistant.domain.scores import ScoreSheet
from assistant.exchange.read import read_document
from assistant.scoring.arithmetic import product
from assistant.scoring.engine import score_case
from assistant.season.fingerprints import sketch
from assistant.season.result import Form, FormResult, Points, RowMark, TextMark, packed
from assistant.store.rescue import with_offer
from assistant.values.numbers import read_money
from assistant.workspace.workspace import assess

OPENING = 40
RATE_PLACES = 8
_BY_WEIGHT = (Severity.ERROR, Severity.WARNING, Severity.HINT)


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a run.

    Attributes:
        profiles: Every rule set a form may name for itself.
        default: Which one judges a form that names none.
        chosen: Judges all forms, whatever they name; ``""`` = their own.
        compare: A second one to score all forms under; ``""`` = none.
    """

    profiles: dict[str, Profile]
    default: str
    chosen: str = ""
    compare: str = ""

    def of(self, case: Case) -> Profile:
        """The rules for *case*. Raises ``ZipingError`` where it names some that are not there."""
        name = self.chosen or case.profile or self.default
        if name not in self.profiles:
            raise ZipingError(
                f"表里写的评分规则“{name}”这里没有。", "请用 --profile 指定，编号见 ziping profiles。"
            )
        return self.profiles[name]


def judge(form: Form, rules: Rules) -> FormResult:
    """Read, score and check one form. A form that cannot be read gives a result that says why; nothing is raised for it."""
    try:
        report = read_document(form.data, form.file)
        case = report.case
        profile = rules.of(case)
    except ZipingError as error:
        told = with_offer(error, form.data, form.file) if isinstance(error, InputError) else error
        return FormResult(file=form.file, trouble=_writable(str(told)))
    sheet, found = assess(case, profile)
    other = rules.profiles.get(rules.compare)
    return described(
        form.file,
        case,
        sheet,
        found,
        format=report.source.get("format", ""),
        doubts=sum(not doubt.confirmed for doubt in report.doubts),
        compared=None if other is None else _points(score_case(case, other)),
    )


def described(file: str, case: Case, sheet: ScoreSheet, found: Report, **known: Any) -> FormResult:
    """The line of the summary for *case*, however it was read; *known* are further attributes of the result."""
    return FormResult(file=file, points=_points(sheet), **_said(case, sheet), **_found(found), **known)


def judge_all(forms: Sequence[Form], rules: Rules) -> tuple[FormResult, ...]:
    """:func:`judge` for a handful of forms: what one worker does at a time."""
    return tuple(judge(form, rules) for form in forms)


def _points(sheet: ScoreSheet) -> Points:
    total = sheet.total
    return Points(profile=sheet.profile, low=total.low, high=total.high, grade=sheet.grade)


def _said(case: Case, sheet: ScoreSheet) -> dict[str, Any]:
    """What the form itself says, amounts in 万元."""
    funds, line, total = case.total_funds, sheet.line("funds.total"), sheet.total
    return {
        "content": _digest(case),
        "project": _flat(case.project),
        "department": _flat(case.department),
        "unit": _flat(case.unit),
        "year": case.year,
        "budget": None if funds is None else _money(funds.budget, case.money_unit),
        "executed": None if funds is None else _money(funds.executed, case.money_unit),
        "rate": None if line is None or line.rate_value is None else rounded(line.rate_value, RATE_PLACES),
        "entered": total.sum_entered if total.entered is None else total.entered,
        "marks": packed(tuple(_texts(case)), tuple(_rows(case))),
    }


def _found(report: Report) -> dict[str, Any]:
    """What the checks say, counted, and the heaviest finding."""
    worst = min(report.findings, key=lambda finding: _BY_WEIGHT.index(finding.severity), default=None)
    return {
        "errors": report.count(Severity.ERROR),
        "warnings": report.count(Severity.WARNING),
        "hints": report.count(Severity.HINT),
        "not_checked": len(report.not_checked),
        "codes": dict(sorted(Counter(finding.code for finding in report.findings).items())),
        "worst": "" if worst is None else _writable(worst.message),
        "worst_path": "" if worst is None else worst.path,
    }


def _money(text: str, unit: str) -> Decimal | None:
    amount = read_money(text, unit)
    return None if amount is None else product(amount, read_money(f"1{unit}") or ONE)


def _writable(text: str) -> str:
    """*text* without halves of characters, which no file can hold (a case file may spell them out)."""
    return text.encode("utf-8", "replace").decode()


def _flat(text: str) -> str:
    """A name on one line, as tables show it."""
    return _writable(" ".join(text.split()))


def _bare(text: str) -> str:
    return _writable("".join(text.split()))


def _digest(case: Case) -> str:
    """The form's own cells without blanks: a Word and an Excel document of one form agree in it."""
    rows = (*case.funds, *case.goals, *case.indicators)
    cells = [case.project, case.unit, case.total, *(text for row in rows for text in _cells(row))]
    return hashlib.sha256("\x1f".join(map(_bare, cells)).encode()).hexdigest()[:32]


def _cells(row: CaseRecord) -> Iterator[str]:
    for name in type(row).model_fields:
        text = getattr(row, name)
        if name != "evidence" and isinstance(text, str):
            yield text


def _texts(case: Case) -> Iterator[TextMark]:
    """The texts copies are looked for in: what was planned belongs to the project, what came of it and why is one's own."""
    cells = [(f"goals[{at}].actual", goal.actual) for at, goal in enumerate(case.goals)]
    cells += [(f"indicators[{at}].reason", row.reason) for at, row in enumerate(case.indicators)]
    for path, text in cells:
        if sketched := sketch(text):
            yield TextMark(path, _flat(text)[:OPENING], sketched)


def _rows(case: Case) -> Iterator[RowMark]:
    for at, row in enumerate(case.indicators):
        if name := _bare(row.level3):
            yield RowMark(f"indicators[{at}]", name, _bare(row.target), _bare(row.actual))
