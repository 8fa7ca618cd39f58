"""The program as a library: read, understand, score, check and write forms from a notebook or another program.

    >>> import assistant
    >>> report = assistant.read("自评表.docx")
    >>> result = assistant.assess(report.case)
    >>> result.sheet.total.entered, result.sheet.grade
    (Decimal('95.19'), '优')
    >>> [finding.message for finding in result.report.findings]

Everything returned is frozen. Points, rates and amounts are ``decimal.Decimal``, rounded half up where the rules say so;
``None`` means not known, never zero. Errors are :class:`ZipingError` with one Chinese sentence and a way out.
Nothing here keeps state, and nothing touches the network.
"""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import NamedTuple

from assistant.catalogue.profiles import load_profile, load_profiles
from assistant.domain.case import Case
from assistant.domain.errors import InputError, ZipingError
from assistant.domain.findings import Finding, Report, Severity
from assistant.domain.profile import Profile
from assistant.domain.scores import ScoreLine, ScoreSheet
from assistant.domain.value import Comparison, Value, Verdict
from assistant.exchange.bundle import ExportBundle
from assistant.exchange.importer import ImportReport
from assistant.store import casefile
from assistant.store.locations import locations
from assistant.values.compare import compare
from assistant.values.read import read_actual, read_target
from assistant.workspace import workspace

NATIONAL = "central-2020"
"""The rules where neither the caller nor the case names any: 财预〔2020〕10号."""


class Assessment(NamedTuple):
    """What follows from a case: its points with their working, and what the checks say."""

    sheet: ScoreSheet
    report: Report


class Understanding(NamedTuple):
    """A pair of cells as understood."""

    target: Value
    actual: Value
    comparison: Comparison


def read(source: str | PathLike[str] | bytes, name: str = "") -> ImportReport:
    """Read a form from any document the program knows: docx, xlsx, xls, pdf, html, md, text or a case file.

    Args:
        source: A path, or the document's bytes.
        name: For bytes, the file name; its ending only helps, the content decides.

    Returns:
        ``case`` with every cell as written, and ``doubts``: the cells whose reading a person should confirm.

    Raises:
        InputError: It is not there, or holds no form; says what to do instead.
    """
    from assistant.exchange.read import read_document
    from assistant.store.rescue import with_cure

    if isinstance(source, bytes):
        return read_document(source, name)
    path = Path(source)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} 读不出来：{error.strerror}。", "请检查路径和权限。") from error
    try:
        return read_document(data, path.name)
    except InputError as error:
        raise with_cure(error, path, locations()) from error


def save(case: Case, path: str | PathLike[str]) -> None:
    """Write *case* as a case file (``*.ziping.json``), whole or not at all. Raises ``StoreError``."""
    casefile.save(Path(path), case)


def profiles() -> dict[str, Profile]:
    """Every rule set by its id: the shipped ones and those in the user's folder."""
    return load_profiles(locations().profiles)


def profile(name: str) -> Profile:
    """The rule set *name*. Raises ``CatalogueError``: there is none, or its file is wrong (file, key and cure named)."""
    return load_profile(name, locations().profiles)


def understand(target: str, actual: str = "", *, name: str = "", year: int | None = None) -> Understanding:
    """Understand 年度指标值 and 实际完成值 and compare them. Never raises: what is not understood is ``Verdict.UNKNOWN``.

    Args:
        target: 年度指标值 as written (``≥95%``, ``2022年11月底前``, ``优``).
        actual: 实际完成值 as written.
        name: The indicator's name, which may hold the unit or the deadline.
        year: The form's year, for dates that leave it out.
    """
    wanted = read_target(target, name)
    reached = read_actual(actual, wanted)
    return Understanding(wanted, reached, compare(wanted, reached, year=year))


def assess(case: Case, rules: Profile | str | None = None) -> Assessment:
    """Score and check *case*; *rules* goes before the case's own, which go before the national ones."""
    return Assessment(*workspace.assess(case, _rules(case, rules)))


def score(case: Case, rules: Profile | str | None = None) -> ScoreSheet:
    """Points of every row, each with formula, inputs, rounding and basis, and the total."""
    return assess(case, rules).sheet


def check(case: Case, rules: Profile | str | None = None) -> Report:
    """Findings with place, value, basis and cure; what could not be checked is in ``not_checked``."""
    return assess(case, rules).report


def export(
    case: Case,
    to: str = "md",
    rules: Profile | str | None = None,
    *,
    public: bool = False,
    final: bool = False,
    annex: bool = True,
) -> bytes:
    """Write *case* as a document.

    Args:
        case: The form.
        to: ``md``, ``docx``, ``xlsx``, ``html``, ``json`` or ``import-xlsx``.
        rules: As for :func:`assess`.
        public: Mask people and telephone numbers, leave out notes and drafts.
        final: Refuse while errors are open.
        annex: Add the working of every score and the findings.

    Raises:
        InputError: No such kind of document.
        ExchangeError: A final document was asked for and errors are open.
    """
    from assistant.exchange.exporter import export as written

    in_force = _rules(case, rules)
    sheet, report = workspace.assess(case, in_force)
    bundle = ExportBundle(case, sheet, report, in_force, public=public, final=final, annex=annex)
    return written(to, bundle)


def _rules(case: Case, rules: Profile | str | None) -> Profile:
    return rules if isinstance(rules, Profile) else profile(rules or case.profile or NATIONAL)


__all__ = [
    "Assessment", "Case", "Comparison", "Finding", "ImportReport", "InputError", "Profile", "Report", "ScoreLine",
    "ScoreSheet", "Severity", "Understanding", "Value", "Verdict", "ZipingError", "assess", "check", "export",
    "profile", "profiles", "read", "save", "score", "understand",
]  # fmt: skip
