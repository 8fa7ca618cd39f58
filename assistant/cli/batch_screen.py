"""``ziping batch --screen``: the summary, and from it each form in the usual screen, and back."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from assistant.cli.screen import opened, require_terminal, settle_keyboard, show_case
from assistant.domain.errors import InputError
from assistant.domain.findings import Severity
from assistant.domain.places import spoken
from assistant.exchange.read import read_document
from assistant.reporting.compose import self_report
from assistant.reporting.document import TITLE
from assistant.reporting.folder import subject_of_folder
from assistant.reporting.write import write_report
from assistant.season.crew import begin_beside_a_screen
from assistant.season.start import OUT, Season, write_summary
from assistant.season.writers import WRITERS
from assistant.store.atomic import make_folder
from assistant.store.locations import locations
from assistant.store.rescue import with_cure
from assistant.tui.screens.season_form import Line
from assistant.tui.season import SeasonApp, SeasonServices, View
from assistant.workspace.workspace import assess

_BY_WEIGHT = (Severity.ERROR, Severity.WARNING, Severity.HINT)


def show(arguments: argparse.Namespace, season: Season) -> int:
    """Show the summary until the user leaves; a form opened from it comes back to it."""
    require_terminal()
    settle_keyboard()
    root = Path(arguments.folder)
    out = Path(arguments.output) if arguments.output else root / OUT
    begin_beside_a_screen()
    view = View()
    while True:
        chosen = SeasonApp(services_of(season, out, arguments.compare or ""), view).run()
        if chosen is None:
            return 0
        found = opened(str(season.folder.files[chosen.file]), lambda document, case: True)
        if found is not None and (code := show_case(*found, resume=False, place=chosen.path)):
            return code  # what went wrong must not vanish behind the summary
        season.look_again()


def services_of(season: Season, out: Path, compare: str = "") -> SeasonServices:
    """What the screen needs of *season*; the summary goes to *out*, with *compare* under a second rule set, too."""

    def lines(file: str) -> Sequence[Line]:
        form = season.folder.read(file)
        try:
            case = read_document(form.data, file).case
        except InputError as error:
            raise with_cure(error, season.folder.files[file], locations()) from error
        _, report = assess(case, season.rules.of(case))
        found = sorted(report.findings, key=lambda finding: _BY_WEIGHT.index(finding.severity))
        said = [Line(f"[{one.severity.label}] {spoken(one.path)}：{one.message}", one.path) for one in found]
        return said + [
            Line(f"[未核对] {spoken(one.path)}：{one.why}", one.path) for one in report.not_checked
        ]

    def write() -> str:
        written = write_summary(season.summary(), out, compare)
        return "、".join(file.name for file in written) + f"（{out if len(written) > 1 else out.parent}）"

    def report() -> str:
        subject = subject_of_folder(season)
        if not subject.projects:
            raise InputError("没有一份读成自评表，写不出报告。")
        place = out.parent if out.suffix.lower() in WRITERS else out
        make_folder(place)
        return str(write_report(self_report(subject), place / f"{TITLE}.docx")[0])

    return SeasonServices(
        season.folder.root.resolve().name,
        len(season.folder.files),
        season.go,
        season.summary,
        lines,
        write,
        report,
    )
