"""``ziping read`` and ``ziping export``."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from assistant.catalogue.settings import MERGED
from assistant.cli.inputs import print_json, profile_for, read_case, read_report, settings
from assistant.domain.errors import ExchangeError
from assistant.store.atomic import write_atomic
from assistant.store.casefile import dumps, save
from assistant.wiring import exported


def run(arguments: argparse.Namespace) -> int:
    """Dispatch within the group."""
    return _read(arguments) if arguments.command == "read" else _export(arguments)


def _read(arguments: argparse.Namespace) -> int:
    report = read_report(arguments.file)
    if arguments.output:
        save(Path(arguments.output), report.case)
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
        print(f"  存疑 {doubt.path}：{doubt.raw} —— {doubt.why}")
    print(f"已存为 {arguments.output}" if arguments.output else "加 -o 文件名 可存成案卷。")
    return 0


def _export(arguments: argparse.Namespace) -> int:
    case = read_case(arguments.file)
    profile = profile_for(case, arguments.profile)
    loaded = settings({"markdown_tables": arguments.tables})
    try:
        data = exported(
            case,
            profile,
            arguments.to,
            public=arguments.public,
            final=arguments.final,
            merged=loaded.settings.markdown_tables == MERGED,
        )
    except ExchangeError as error:  # asked for a final document while errors are open
        print(f"ziping：{error}", file=sys.stderr)
        return 1
    if arguments.output in {None, "-"}:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        write_atomic(Path(arguments.output), data)
        print(f"已导出：{arguments.output}", file=sys.stderr)
    return 0
