"""The public version of a bundle: no people, no telephone numbers, no drafts, notes or keys we do not know."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from enum import Enum
from typing import Any

from assistant.domain.case import Case, CaseRecord, FundRow, Goal, Indicator, Person
from assistant.domain.findings import Report
from assistant.domain.privacy import HIDDEN_NAME, HIDDEN_NUMBER, hide, known_people
from assistant.domain.scores import ScoreSheet
from assistant.exchange.bundle import ExportBundle
from assistant.exchange.layout import FIGURES


def masked(bundle: ExportBundle) -> ExportBundle:
    """Return *bundle* fit to be published."""
    names, numbers = known_people(bundle.case)

    def shown(text: str) -> str:
        return hide(text, names, numbers)

    def row(record: CaseRecord) -> dict[str, str]:  # nothing in figures is a telephone number
        cells = {name: getattr(record, name) for name in type(record).model_fields}
        return {name: cell if name in FIGURES else shown(cell) for name, cell in cells.items()}

    case = bundle.case
    public = Case(
        schema_version=case.schema_version,
        profile=case.profile,
        year=case.year,
        project=shown(case.project),
        department=shown(case.department),
        unit=shown(case.unit),
        people=tuple(
            Person(
                role=shown(person.role),
                name=HIDDEN_NAME if person.name else "",
                phone=HIDDEN_NUMBER if person.phone else "",
            )
            for person in case.people
        ),
        money_unit=case.money_unit,
        funds=tuple(FundRow(**row(one)) for one in case.funds),
        goals=tuple(Goal(**row(one)) for one in case.goals),
        indicators=tuple(Indicator(**row(one)) for one in case.indicators),
        total_weight=case.total_weight,
        total=case.total,
        grade=case.grade,
        year_written=shown(case.year_written),
    )
    return replace(
        bundle, case=public, sheet=_sheet(bundle.sheet, shown), report=_report(bundle.report, shown)
    )


_TEXTS = {"raw", "name", "override_reason", "notes", "message", "cell", "fix", "why", "data", "text"}
"""Keys of sheets and reports under which the user's own words may stand; formulas and bases hold none."""


def _sheet(sheet: ScoreSheet, shown: Callable[[str], str]) -> ScoreSheet:
    return ScoreSheet.model_validate(_words_hidden(sheet.model_dump(), shown))


def _report(report: Report, shown: Callable[[str], str]) -> Report:
    return Report.model_validate(_words_hidden(report.model_dump(), shown))


def _words_hidden(value: Any, shown: Callable[[str], str], inside: bool = False) -> Any:
    if isinstance(value, str) and not isinstance(value, Enum):
        return shown(value) if inside else value
    if isinstance(value, dict):
        return {key: _words_hidden(item, shown, inside or key in _TEXTS) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return tuple(_words_hidden(item, shown, inside) for item in value)
    return value
