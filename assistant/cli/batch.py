"""``ziping batch``: a folder of forms, read, scored, checked, summed up and compared."""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

from assistant import __version__
from assistant.cli.console import over_last_line
from assistant.cli.inputs import print_json, print_table, settings
from assistant.cli.interrupts import interrupts
from assistant.domain.amounts import percent, plain
from assistant.domain.errors import InputError
from assistant.season.pace import Pace
from assistant.season.report import summary_json
from assistant.season.result import FormResult
from assistant.season.start import OUT, Season, begin, write_summary
from assistant.season.summary import Summary
from assistant.season.tables import grades_text, points_of
from assistant.store.locations import locations

SHOWN_EVERY_SECONDS = 0.2

_NAMES = {"项目": 24, "单位": 16}
"""Columns of names, and how narrow each may become before another column is left out."""

_FIRST_TO_GO = ("未核对", "提醒", "单位", "执行率", "预算（万元）")
_GAP = 2


def run(arguments: argparse.Namespace) -> int:
    """Judge the folder, write the summary, say what came out."""
    season = _begin(arguments)
    if arguments.draft:
        from assistant.cli.batch_drafts import draft

        return draft(arguments, season)
    if arguments.screen:
        from assistant.cli.batch_screen import show

        return show(arguments, season)
    out = _out(arguments)
    try:
        with interrupts(), closing(season.go()) as results:
            _watch(results, len(season.folder.files))
    except KeyboardInterrupt:
        done = len(season.results)
        print(
            f"\n已停下：{len(season.folder.files)} 份里完成了 {done} 份，都已记下。再运行同一条命令会接着做。",
            file=sys.stderr,
        )
        return 130
    summary = season.summary()
    written = write_summary(summary, out, arguments.compare or "") if out else ()
    if arguments.json:
        print_json(summary_json(summary, arguments.folder, map(str, written)))
    else:
        _print(summary, arguments.compare or "")
        for file in written:
            print(f"已写出：{file}", file=sys.stderr)
    if not summary.forms:
        raise InputError("没有一份读成自评表。", "原因见上；请确认没有选错文件夹。")
    return 1 if summary.unread or summary.overall.errors else 0


def _begin(arguments: argparse.Namespace) -> Season:
    if arguments.jobs is not None and arguments.jobs < 1:
        raise InputError(f"--jobs 要填 1 以上的整数，写的是 {arguments.jobs}。")
    return begin(
        Path(arguments.folder),
        locations(),
        __version__,
        profile=arguments.profile or "",
        default=settings().settings.profile,
        compare=arguments.compare or "",
        out=_out(arguments),
        anew=arguments.anew,
        address=arguments.dask or "",
        workers=arguments.jobs,
    )


def _out(arguments: argparse.Namespace) -> Path | None:
    """Where the summary goes; with ``--json`` alone nowhere, since a script wants the numbers."""
    if arguments.output:
        return Path(arguments.output)
    return None if arguments.json else Path(arguments.folder) / OUT


def _watch(results: Iterable[FormResult], whole: int) -> None:
    """Wait for all *results*; at a terminal, show how far it is and how long it will still take."""
    shown = sys.stderr.isatty()
    pace, unread, last = Pace(whole), 0, 0.0
    for done, result in enumerate(results, 1):
        unread += not result.is_read
        if shown and time.monotonic() - last > SHOWN_EVERY_SECONDS:
            last = time.monotonic()
            bad = f"，{unread} 份没有读成" if unread else ""
            left = pace.left(done)
            over_last_line(f"{done}/{whole}{bad}{'，' if left else ''}{left}")
    if shown:
        over_last_line("")


def _print(summary: Summary, compare: str) -> None:
    rows: list[tuple[str, ...]] = [
        ("项目", "单位", "预算（万元）", "执行率", "自评", "核算", "等级")
        + (("换规则后", "等级") if compare else ())
        + ("错误", "提醒", "未核对")
    ]
    rows += [
        (
            one.project or one.file,
            one.owner,
            "" if one.budget is None else plain(one.budget),
            "" if one.rate is None else percent(one.rate),
            "" if one.entered is None else plain(one.entered),
            *points_of(one.points),
            *(points_of(one.compared) if compare else ()),
            str(one.errors),
            str(one.warnings),
            str(one.not_checked),
        )
        for one in summary.forms
    ]
    if summary.forms:
        _print_rows(rows)
    total = summary.overall
    rate = "" if total.rate is None else f"，执行率 {percent(total.rate)}"
    average = "" if total.average is None else f"，平均自评 {plain(total.average)} 分"
    print(
        f"\n{len(summary.units)} 个单位 {total.forms} 个项目，预算 {plain(total.budget)} 万元，"
        f"执行 {plain(total.executed)} 万元{rate}{average}"
    )
    print(
        f"等级：{grades_text(total)}；错误 {total.errors}，提醒 {total.warnings}，未核对 {total.not_checked}"
    )
    if compare and summary.forms:
        print(_changed(summary, compare))
    if summary.left_out:
        print("略过：" + "，".join(f"{why} {count} 个" for why, count in summary.left_out.items()))
    for one in summary.again:
        same = "内容相同" if one.is_equal else "内容不同，请核对以哪份为准"
        print(f"没有重复计入：{one.result.file} 与 {one.counted.file} 是同一项目，{same}")
    for form in summary.unread:
        print(f"没有读成：{form.told}", file=sys.stderr)
    for folder in summary.closed:
        print(f"没有权限看文件夹：{folder}", file=sys.stderr)
    if summary.texts or summary.results or summary.targets:
        print(
            f"不同项目之间：相同或相近的文字 {len(summary.texts)} 组，指标和完成值都相同的项目 {len(summary.results)} 对，"
            f"指标同名而指标值不同 {len(summary.targets)} 组，见汇总表"
        )


def _print_rows(rows: Sequence[tuple[str, ...]]) -> None:
    """Whole into a file or another program; at a terminal, no wider than it is."""
    if not sys.stdout.isatty():
        print_table(rows)
        return
    columns = shutil.get_terminal_size().columns
    shown, hidden = fitted(rows, columns - 1)  # the last column: some terminals draw … as wide as two
    print_table(shown)
    if hidden:
        print(f"\n窗口宽 {columns} 列，没有显示：{'、'.join(hidden)}；汇总表里都有。")


def fitted(
    rows: Sequence[tuple[str, ...]], columns: int
) -> tuple[Sequence[tuple[str, ...]], tuple[str, ...]]:
    """*rows*, the first with the headings, in at most *columns* of a terminal, and the headings left out for it.

    Where there is not enough room, names are shortened, then the columns that matter least go.
    """
    from rich.cells import cell_len, set_cell_size

    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    if sum(widths) + _GAP * (len(widths) - 1) <= columns:
        return rows, ()
    kept = list(range(len(widths)))
    least = [min(width, _NAMES.get(name, width)) for name, width in zip(rows[0], widths, strict=True)]
    hidden = []
    for name in _FIRST_TO_GO:
        if sum(least[at] for at in kept) + _GAP * (len(kept) - 1) <= columns:
            break
        kept.remove(rows[0].index(name))
        hidden.append(name)
    spare = max(0, columns - sum(least[at] for at in kept) - _GAP * (len(kept) - 1))
    for at in kept:  # the project's name comes first, and gets of the room what it needs
        more = min(spare, widths[at] - least[at])
        least[at] += more
        spare -= more

    def short(text: str, width: int) -> str:
        return text if cell_len(text) <= width else set_cell_size(text, width - 1).rstrip() + "…"

    return [tuple(short(row[at], least[at]) for at in kept) for row in rows], tuple(hidden)


def _changed(summary: Summary, compare: str) -> str:
    """How many projects the other rules change, in one line."""
    both = [(points_of(one.points), points_of(one.compared)) for one in summary.forms]
    points = sum(before[0] != after[0] for before, after in both)
    grades = sum(before[1] != after[1] for before, after in both)
    if not points and not grades:
        return f"换用 {compare}：{len(both)} 个项目的得分和等级都不变"
    return f"换用 {compare}：{len(both)} 个项目里，{points} 个得分变了，{grades} 个等级变了"
