"""What an exporter is given: the case and all that follows from it."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.domain.case import Case
from assistant.domain.errors import ExchangeError
from assistant.domain.findings import Finding, Report, Severity
from assistant.domain.places import spoken
from assistant.domain.profile import Profile
from assistant.domain.scores import ScoreSheet

SHOWN_DOUBTS = 10


@dataclass(frozen=True, slots=True)
class ExportBundle:
    """Everything a document is made of. No clock: the same bundle gives the same bytes.

    Attributes:
        case: The form as written.
        sheet: Its points with their working.
        report: What the checks said.
        profile: The rules in force, for their name and basis; without it only the id is printed.
        public: Hide people and phone numbers; leave out drafts, notes and findings.
        final: Refuse while errors are open or readings are not confirmed.
        annex: Add the working of every score, the findings and what was not checked.
        merged: Markdown: merge the labels of the indicators (HTML) rather than repeat them.
        generator: Name and version of the program, printed at the end; ``""`` prints nothing.
    """

    case: Case
    sheet: ScoreSheet
    report: Report
    profile: Profile | None = None
    public: bool = False
    final: bool = False
    annex: bool = True
    merged: bool = False
    generator: str = ""

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that stand against a final export."""
        return tuple(finding for finding in self.report.findings if finding.severity is Severity.ERROR)


def require_final(bundle: ExportBundle) -> None:
    """Raise ``ExchangeError`` with the list where a final document was asked for and something is open.

    Errors come first; then readings of an import that nobody has confirmed: a document that leaves the house must
    not hold what the program only believes to have read.
    """
    if not bundle.final:
        return
    if not bundle.errors:
        _require_confirmed(bundle.case)
        return
    lines = [f"{error.code} {spoken(error.path)}：{error.message}" for error in bundle.errors]
    raise ExchangeError(
        f"还有{len(lines)}处错误，不能导出定稿：\n" + "\n".join(f"  - {line}" for line in lines) + "\n",
        "请先改正；只是内部传阅，可不加 --final 导出草稿。",
    )


def _require_confirmed(case: Case) -> None:
    doubts = [doubt for doubt in case.doubts if not doubt.confirmed]
    if not doubts:
        return
    lines = "\n".join(f"  - {spoken(doubt.path)}：{doubt.why}" for doubt in doubts[:SHOWN_DOUBTS])
    more = f"\n  ……共 {len(doubts)} 处" if len(doubts) > SHOWN_DOUBTS else ""
    raise ExchangeError(
        f"读入的内容还有 {len(doubts)} 处没有人确认，不能导出定稿：\n{lines}{more}\n",
        "请用 ziping open 打开，在“读入内容”页逐条确认；只是内部传阅，可导出草稿。",
    )
