"""``ziping report``: the self-evaluation report of one form, or of a whole folder of forms."""

from __future__ import annotations

import argparse
import asyncio
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from assistant import __version__
from assistant.cli.consent import agreed
from assistant.cli.console import over_last_line
from assistant.cli.inputs import print_json, profile_for, read_case, settings
from assistant.domain.errors import InputError
from assistant.drafting.drafter import Preview
from assistant.drafting.service import drafter_for
from assistant.reporting.compose import self_report
from assistant.reporting.document import SelfReport
from assistant.reporting.drafted import drafted, requests_of
from assistant.reporting.folder import subject_of_folder
from assistant.reporting.json import report_json
from assistant.reporting.plain import plain_text
from assistant.reporting.subject import Subject, project_of, subject_of
from assistant.reporting.write import require_ending, write_report
from assistant.season.start import begin
from assistant.store.locations import locations
from assistant.store.request_log import keep_requests

_WIDEST = 100


def run(arguments: argparse.Namespace) -> int:
    """Write or print the report; 1 where a file was not read or a figure has no source."""
    out = Path(arguments.output) if arguments.output else None
    if out is not None:
        require_ending(out)
    subject = _subject(arguments, out)
    report = self_report(subject)
    if not arguments.offline:
        report = _in_words_of_a_model(report, Path(arguments.source))
    written = write_report(report, out) if out is not None else ()
    if arguments.json:
        print_json(report_json(report, map(str, written)))
    elif out is None or arguments.text:
        print(plain_text(report, _columns()))
    _say(report, written)
    unsupported = any(passage.unsupported for passage in report.passages)
    return 1 if subject.unread or unsupported else 0


def _subject(arguments: argparse.Namespace, out: Path | None) -> Subject:
    path = Path(arguments.source)
    if not path.is_dir():
        case = read_case(arguments.source)
        project = project_of(case, profile_for(case, arguments.profile), path.name, public=arguments.public)
        return subject_of([project], public=arguments.public)
    season = begin(
        path,
        locations(),
        __version__,
        profile=arguments.profile or "",
        default=settings().settings.profile,
        out=out,
    )
    whole, shown = len(season.folder.files), sys.stderr.isatty()
    with closing(season.go()) as results:
        for done, _ in enumerate(results, 1):
            if shown:
                over_last_line(f"正在核算 {done}/{whole}")
    if shown:
        over_last_line("")
    subject = subject_of_folder(season, public=arguments.public)
    if not subject.projects:
        raise InputError(
            "没有一份读成自评表，写不出报告。",
            "请确认没有选错文件夹；原因可用 ziping batch 看。",
        )
    return subject


def _in_words_of_a_model(report: SelfReport, source: Path) -> SelfReport:
    """Drafted by the configured model; as it is where none is configured, or the user lets nothing go to it."""
    where, chosen = locations(), settings().settings
    drafter = drafter_for(chosen, where.prompts)
    if drafter is None:
        return report
    asked = drafter

    def previews(forms: Sequence[Path]) -> Iterator[tuple[Path, Preview]]:
        return ((forms[0], asked.preview(request)) for request in requests_of(report))

    if not agreed(drafter, [source], previews, chosen, where.state / "consents"):
        return report
    keep_requests(where.requests)
    shown = sys.stderr.isatty()

    def watch(done: int, whole: int) -> None:
        if shown:
            over_last_line(f"正在起草 {done}/{whole}" if done < whole else "")

    return asyncio.run(drafted(report, drafter, parallel=chosen.parallel, watch=watch))


def _say(report: SelfReport, written: tuple[Path, ...]) -> None:
    for remark in report.remarks:
        print(remark, file=sys.stderr)
    for passage in report.passages:
        for note in passage.notes:
            print(f"{passage.key}：{note}", file=sys.stderr)
        for span in passage.unsupported:
            print(f"“{span.text}”没有出处（{span.why}），来自表里原有的文字，请核实。", file=sys.stderr)
    if report.pending:
        print(f"有 {len(report.pending)} 处【待补充】，请在报告里补上；程序不替您编写。", file=sys.stderr)
    if written:
        more = f"，图 {len(written) - 1} 张在“{written[1].parent.name}”里" if len(written) > 1 else ""
        print(f"已写出：{written[0]}{more}", file=sys.stderr)


def _columns() -> int:
    """As wide as the terminal, but no wider than one reads well; 78 where the output goes to a file."""
    return min(_WIDEST, shutil.get_terminal_size((80, 24)).columns) - 2
