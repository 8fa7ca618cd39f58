"""``ziping read`` and ``ziping export``."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from assistant.catalogue.settings import MERGED
from assistant.cli.inputs import doubted, free, print_json, profile_for, read_case, read_report, settings
from assistant.domain.case import Case
from assistant.domain.errors import ExchangeError
from assistant.domain.places import spoken
from assistant.exchange.exporter import code_of
from assistant.exchange.skeleton import target_differences
from assistant.store.atomic import write_atomic
from assistant.store.casefile import dumps, save
from assistant.wiring import exported


def run(arguments: argparse.Namespace) -> int:
    """Dispatch within the group."""
    return _read(arguments) if arguments.command == "read" else _export(arguments)


def _read(arguments: argparse.Namespace) -> int:
    report = read_report(arguments.file)
    if arguments.compare:
        return _compare(arguments, report.case, read_report(arguments.compare).case)
    if arguments.output:
        save(free(Path(arguments.output), force=arguments.force), report.case)
    if arguments.json:
        document = {
            "schema": "ziping.read/1",
            "case": json.loads(dumps(report.case)),
            "doubts": [doubt.model_dump(include={"path", "raw", "why"}) for doubt in report.doubts],
            "source": report.source,
        }
        print_json(document)
        return 0
    case = report.case
    print(
        f"{case.project or '（没有项目名称）'}：指标 {len(case.indicators)} 项，资金 {len(case.funds)} 行，总体目标 {len(case.goals)} 个"
    )
    for doubt in report.doubts:
        print(f"  存疑 {spoken(doubt.path)}：{doubted(doubt)}")
    print(f"已存为 {arguments.output}" if arguments.output else "加 -o 文件名 可存成案卷。")
    return 0


def _compare(arguments: argparse.Namespace, first: Case, second: Case) -> int:
    """List where the plans of two documents differ."""
    found = target_differences(first, second)
    if arguments.json:
        documents = {"first": arguments.file, "second": arguments.compare}
        differences = [one.model_dump(mode="json") for one in found]
        print_json({"schema": "ziping.differences/1", **documents, "differences": differences})
        return 0
    for one in found:
        cell = {"target": "指标值", "weight": "分值", "expected": "预期目标"}.get(one.cell, "指标")
        change = {"added": "新增", "removed": "没有了"}.get(one.what, "改了")
        print(f"{one.name}：{cell}{change}  {one.before or '（无）'} → {one.after or '（无）'}")
    if not found:
        print("两份文档的目标、指标、指标值和分值都一样。")
    return 0


def _export(arguments: argparse.Namespace) -> int:
    code = arguments.to or code_of(arguments.output or "")
    case = read_case(arguments.file)
    profile = profile_for(case, arguments.profile)
    loaded = settings({"markdown_tables": arguments.tables})
    try:
        data = exported(
            case,
            profile,
            code,
            public=arguments.public,
            final=arguments.final,
            annex=not arguments.no_annex,
            merged=loaded.settings.markdown_tables == MERGED,
        )
    except ExchangeError as error:  # asked for a final document while errors are open
        print(f"ziping：{error}", file=sys.stderr)
        return 1
    if arguments.output in {None, "-"}:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        write_atomic(free(Path(arguments.output), force=arguments.force), data)
        print(f"已导出：{arguments.output}", file=sys.stderr)
    return 0
