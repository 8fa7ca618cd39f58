"""What a change would do: the total, the grade, the row, and which findings come and go. Nothing is changed."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.domain.findings import Finding, Report
from assistant.domain.scores import ScoreLine, ScoreSheet
from assistant.workspace.workspace import Snapshot


@dataclass(frozen=True, slots=True)
class Consequences:
    """Two states of a form held against each other.

    ``line_before`` and ``line_after`` are the scored row the change is in, ``None`` where it is in none. ``appear``
    and ``vanish`` are findings only one state has; ``differ`` those both have with another sentence (the later one).
    """

    before: ScoreSheet
    after: ScoreSheet
    line_before: ScoreLine | None
    line_after: ScoreLine | None
    appear: tuple[Finding, ...]
    vanish: tuple[Finding, ...]
    differ: tuple[Finding, ...]


def consequences(before: Snapshot, after: Snapshot) -> Consequences:
    """Hold *after*, from :meth:`Workspace.what_if`, against *before*."""
    row = after.changed.partition(".")[0]
    row = "funds.total" if row.startswith("funds") else row
    old, new = _by_place(before.report), _by_place(after.report)
    return Consequences(
        before=before.sheet,
        after=after.sheet,
        line_before=before.sheet.line(row),
        line_after=after.sheet.line(row),
        appear=tuple(finding for place, finding in new.items() if place not in old),
        vanish=tuple(finding for place, finding in old.items() if place not in new),
        differ=tuple(
            finding
            for place, finding in new.items()
            if place in old and old[place].message != finding.message
        ),
    )


def _by_place(report: Report) -> dict[tuple[str, str, int], Finding]:
    """Findings by code and place; the third part tells several of one code at one place apart."""
    found: dict[tuple[str, str, int], Finding] = {}
    for finding in report.findings:
        number = 0
        while (finding.code, finding.path, number) in found:
            number += 1
        found[finding.code, finding.path, number] = finding
    return found
