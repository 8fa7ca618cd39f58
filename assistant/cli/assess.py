"""``ziping score``, ``check``, ``explain`` and ``profiles``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import count
from pathlib import Path

from assistant.catalogue.profiles import load_profiles
from assistant.checks.engine import all_checks, run_checks
from assistant.checks.pages import page_of
from assistant.checks.report import report_json
from assistant.cli.inputs import print_json, print_table, profile_for, read_case
from assistant.domain.amounts import plain
from assistant.domain.errors import InputError, ZipingError
from assistant.domain.findings import Report, Severity
from assistant.domain.places import spoken
from assistant.domain.profile import Profile
from assistant.domain.scores import ScoreLine, ScoreSheet, Status
from assistant.exchange.importer import readable_suffixes
from assistant.scoring.compare import ProfileComparison, compare_profiles
from assistant.scoring.engine import score_case
from assistant.scoring.report import sheet_json
from assistant.store.locations import locations

STATUS_WORDS = {
    Status.AGREES: "一致",
    Status.DIFFERS: "不一致",
    Status.IN_RANGE: "在区间内",
    Status.OUT_OF_RANGE: "超出区间",
    Status.MISSING: "未填得分",
    Status.UNKNOWN: "未核对",
}


def run(arguments: argparse.Namespace) -> int:
    """Dispatch within the group."""
    commands = {"score": _score, "check": _check, "explain": _explain, "profiles": _profiles}
    return commands[arguments.command](arguments)


def _score(arguments: argparse.Namespace) -> int:
    case = read_case(arguments.file)
    profile = profile_for(case, arguments.profile)
    if arguments.compare:
        other = profile_for(case, arguments.compare)
        comparison = compare_profiles(case, profile, other)
        if arguments.json:
            print_json(comparison.model_dump(mode="json") | {"file": arguments.file})
        else:
            _print_changes(comparison)
        return 0
    sheet = score_case(case, profile)
    if arguments.json:
        print_json(sheet_json(sheet, arguments.file))
    else:
        _print_sheet(sheet, profile)
    return 0


def _print_changes(comparison: ProfileComparison) -> None:
    print(f"{comparison.first} → {comparison.second}")
    if not comparison.changes:
        print("两套规则下得分、总分和等级都一样。")
    for change in comparison.changes:
        print(f"{change.name}：{change.before} → {change.after}")
        for why in change.why:
            print(f"    {why}")


def _print_sheet(sheet: ScoreSheet, profile: Profile) -> None:
    print(f"规则：{profile.label}（{profile.id}），依据：{profile.basis}\n")
    numbers = count(1)
    for line in sheet.rows:
        entered = "未填" if line.entered is None else plain(line.entered)
        weight = "无分值" if line.weight is None else f"分值 {plain(line.weight)}"
        place = "资金" if line.path == "funds.total" else f"{next(numbers)}."
        print(f"{place} {line.name}  {weight}  填报 {entered}  {_stands(line)}")
        for working in (*line.working, *line.notes):
            print(f"    {working}")
        print(f"    依据：{line.basis}" if line.basis else f"    {line.rule}")
    total = sheet.total
    print(f"\n总分：填报 {_points(total.entered)}，各行合计 {_points(total.sum_entered)}")
    if total.computed is not None:
        print(f"      算得 {total.computed}")
    elif total.high is not None:
        print(f"      已得 {_points(total.earned)}，最低 {_points(total.low)}，最高 {_points(total.high)}")
    for working in total.working:
        print(f"    {working}")
    print(f"等级：{sheet.grade_words}")
    if sheet.grade and sheet.grade_range[0] != sheet.grade_range[1]:
        print(f"    还有行未定；按表上填的总分是“{sheet.grade}”")


def _stands(line: ScoreLine) -> str:
    if line.status is Status.MISSING and line.lacks_actual:
        return "未填全年执行数" if line.path == "funds.total" else "未填实际完成值"
    return STATUS_WORDS[line.status]


def _points(points: Decimal | None) -> str:
    return "没有" if points is None else plain(points)


def _files(names: Sequence[str]) -> Iterator[str]:
    for name in names:
        path = Path(name)
        if name != "-" and path.is_dir():
            known = readable_suffixes()
            inside = sorted(
                file for file in path.iterdir() if file.is_file() and file.suffix.lower() in known
            )
            if not inside:
                raise InputError(
                    f"文件夹 {name} 里没有能读的表。", f"能读的文件：{' '.join(sorted(known))}。"
                )
            yield from map(str, inside)
        else:
            yield name


def _check(arguments: argparse.Namespace) -> int:
    documents, worst = [], 0
    names = list(_files(arguments.files))
    for name in names:
        try:
            case = read_case(name)
            profile = profile_for(case, arguments.profile)
        except ZipingError as error:
            if len(names) == 1:
                raise
            print(f"{name}：{error}", file=sys.stderr)  # one bad file never stops the rest
            worst = 2
            continue
        report = run_checks(case, score_case(case, profile), profile)
        if report.count(Severity.ERROR):
            worst = max(worst, 1)
        if arguments.json:
            documents.append(report_json(report, name))
        else:
            _print_report(report, name)
    if arguments.json:
        print_json(documents[0] if len(names) == 1 else documents)
    return worst


def _print_report(report: Report, name: str) -> None:
    counts = "，".join(f"{severity.label} {report.count(severity)}" for severity in Severity)
    print(f"{name}：{counts}，未核对 {len(report.not_checked)}")
    for finding in report.findings:
        print(f"  [{finding.severity.label}] {finding.code} {finding.message}")
        if finding.fix:
            print(f"      怎么改：{finding.fix}")
        if finding.basis:
            print(f"      依据：{finding.basis}")
    for skipped in report.not_checked:
        print(f"  [未核对] {skipped.code} {spoken(skipped.path)}：{skipped.why}")


def _explain(arguments: argparse.Namespace) -> int:
    checks = all_checks()
    if arguments.all:
        print("\n\n".join(page_of(check) for check in checks.values()))
        return 0
    if not arguments.code:
        raise InputError("没有写检查编号。", "例如：ziping explain F06；全部检查：ziping explain --all。")
    check = checks.get(arguments.code.upper())
    if check is None:
        near = [code for code in checks if code[0] == arguments.code[:1].upper()]
        listed = f"这一类有：{'、'.join(near)}。" if near else ""
        raise InputError(f"没有编号为 {arguments.code} 的检查。", f"{listed}用 ziping explain --all 看全部。")
    print(page_of(check))
    return 0


def _validity(profile: Profile) -> str:
    since, until = profile.valid_from, profile.valid_until
    if since and until:
        return f"{since} 至 {until}"
    return f"{since} 起" if since else f"至 {until}" if until else "未注明"


def _profiles(arguments: argparse.Namespace) -> int:
    profiles = load_profiles(locations().profiles).values()
    if arguments.json:
        print_json(
            {"schema": "ziping.profiles/1", "profiles": [one.model_dump(mode="json") for one in profiles]}
        )
        return 0
    rows = [("编号", "名称", "有效期", "依据", "未证实")]
    rows += [
        (
            one.id,
            one.label,
            _validity(one),
            one.basis,
            f"{len(one.unconfirmed)} 处" if one.unconfirmed else "",
        )
        for one in profiles
    ]
    print_table(rows)
    return 0
