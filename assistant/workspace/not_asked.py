"""What the program did not ask for, and the rule that made it moot."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.domain.scores import Status
from assistant.domain.value import Verdict
from assistant.workspace.workspace import Snapshot


@dataclass(frozen=True, slots=True)
class NotAsked:
    """A cell or row nobody needs to fill, and why."""

    path: str
    why: str


def not_asked(snapshot: Snapshot) -> tuple[NotAsked, ...]:
    """Everything that was left out, in the form's order: money rows, rows that do not count, reasons not owed."""
    case = snapshot.case
    total = case.total_funds_index
    found = [
        NotAsked(f"funds[{index}].score", "执行率只按年度资金总额计分，这一行不单独计分")
        for index in range(len(case.funds))
        if index != total
    ]
    owed = {finding.path for finding in snapshot.report.findings}
    for index, row in enumerate(case.indicators):
        path = f"indicators[{index}]"
        line = snapshot.sheet.line(path)
        if line is None:
            continue
        if not line.counts:
            found.append(NotAsked(path, line.rule))
        elif (
            line.verdict is Verdict.MET
            and line.status is Status.AGREES
            and not row.reason.strip()
            and f"{path}.reason" not in owed
        ):
            found.append(NotAsked(f"{path}.reason", f"已达到指标值，按“{line.rule}”不扣分，不要求偏差原因"))
    return tuple(found)
