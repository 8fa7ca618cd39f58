"""Whom a report is about: one project, or all projects of a folder with their sums."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from assistant.domain.amounts import ONE
from assistant.domain.case import Case
from assistant.domain.findings import Report
from assistant.domain.profile import Profile
from assistant.domain.scores import ScoreLine, ScoreSheet
from assistant.domain.value import Verdict
from assistant.drafting.deviations import Deviation, deviation, is_blank, lost_points, needs_reason
from assistant.exchange.bundle import ExportBundle
from assistant.exchange.masking import masked
from assistant.scoring.total import grade_of
from assistant.season.judge import described
from assistant.season.result import FormResult
from assistant.season.summary import NO_GRADE, Totals, totals
from assistant.workspace.workspace import assess

UNDONE = frozenset({Verdict.SHORT, Verdict.LATE, Verdict.OVER, Verdict.PARTIAL})


@dataclass(frozen=True)
class Project:
    """One form, judged.

    Attributes:
        case: The form; for a public report already without people and telephones.
        findings: What the checks said; none in a public report.
        result: Its line of the summary: amounts in 万元, total, grade.
    """

    case: Case
    sheet: ScoreSheet
    findings: Report
    profile: Profile
    result: FormResult

    @property
    def name(self) -> str:
        """What it is called in headings and tables."""
        return self.result.project or self.result.file or "（未填项目名称）"

    @cached_property
    def rows(self) -> tuple[int, ...]:
        """The indicators that count, by their place in the form."""
        return tuple(
            at
            for at in range(len(self.case.indicators))
            if not is_blank(self.case, at) and (line := self.line(at)) is not None and line.counts
        )

    @cached_property
    def grade(self) -> str:
        """The grade of the total the form prints; where it prints none, of the computed one; 未定 where both are open."""
        entered = self.result.entered
        own = grade_of(entered, self.profile) if entered is not None else self.sheet.grade
        return own or NO_GRADE

    def line(self, at: int) -> ScoreLine | None:
        """The scored row of indicator *at*."""
        return self.sheet.line(f"indicators[{at}]")

    @cached_property
    def undone(self) -> tuple[int, ...]:
        """Rows whose result falls short of the target, comes late, or exceeds a ceiling."""
        return tuple(at for at in self.rows if (line := self.line(at)) and line.verdict in UNDONE)

    @cached_property
    def unclear(self) -> tuple[int, ...]:
        """Rows without a result, and those nobody has settled yet."""
        return tuple(
            at
            for at in self.rows
            if at not in self.undone
            and deviation(self.case, self.sheet, f"indicators[{at}].reason") is Deviation.OPEN
        )

    @cached_property
    def done(self) -> tuple[int, ...]:
        """All other rows."""
        return tuple(at for at in self.rows if at not in self.undone and at not in self.unclear)

    @cached_property
    def to_explain(self) -> tuple[int, ...]:
        """Rows that a report owes a word: not done, points lost, far over the target."""
        return tuple(
            at
            for at in self.rows
            if at in self.undone
            or lost_points(self.case, at)
            or needs_reason(self.case, self.sheet, f"indicators[{at}].reason")
        )


@dataclass(frozen=True)
class Subject:
    """The projects of one report.

    Attributes:
        projects: At least one.
        unread: Files that could not be read, with the reason.
        public: Whether people, findings and file names are left out.
    """

    projects: tuple[Project, ...]
    unread: tuple[FormResult, ...] = ()
    public: bool = False

    @cached_property
    def grades(self) -> dict[str, int]:
        """Grade → projects, the best first, 未定 last."""
        least = {grade.name: grade.least for one in self.projects for grade in one.profile.grades}
        counts = Counter(one.grade for one in self.projects)
        return dict(sorted(counts.items(), key=lambda one: -least.get(one[0], -ONE)))

    @cached_property
    def totals(self) -> Totals:
        """Sums over the projects, money in 万元."""
        return totals([one.result for one in self.projects])

    @property
    def units(self) -> tuple[str, ...]:
        """Who carries the projects out."""
        return tuple(dict.fromkeys(one.result.owner for one in self.projects))

    @property
    def years(self) -> tuple[int, ...]:
        """The budget years the forms name."""
        return tuple(sorted({one.result.year for one in self.projects if one.result.year is not None}))


def project_of(case: Case, profile: Profile, file: str = "", *, public: bool = False) -> Project:
    """Score and check *case* for a report; a *public* one is told without people, telephones and findings."""
    sheet, report = assess(case, profile)
    if public:
        bundle = masked(ExportBundle(case, sheet, report, profile, public=True))
        case, sheet, report = bundle.case, bundle.sheet, Report(profile=profile.id)
    return Project(case, sheet, report, profile, described(file, case, sheet, report))


def subject_of(
    projects: Iterable[Project], unread: Iterable[FormResult] = (), *, public: bool = False
) -> Subject:
    """The projects in the order they are told, by unit."""
    ordered = sorted(projects, key=lambda one: (one.result.owner, one.result.file))
    return Subject(tuple(ordered), tuple(unread), public)
