"""``ziping salvage``: what can still be read of a damaged case file, into a new one. The damaged one stays as it is."""

from __future__ import annotations

import argparse
from pathlib import Path

from assistant.cli.inputs import read_bytes
from assistant.domain.errors import InputError, ZipingError
from assistant.store.casefile import SUFFIX, save
from assistant.store.salvage import Salvaged, salvaged


def run(arguments: argparse.Namespace) -> int:
    """Write what was salvaged and list what was not."""
    path = Path(arguments.file)
    found = salvaged(read_bytes(arguments.file), path.name)
    target = Path(arguments.output) if arguments.output else _beside(path)
    if target.exists():
        raise InputError(f"{target} 已经存在，没有覆盖。", "请用 -o 指定另一个文件名。")
    save(target, found.case)
    print(f"取回了：{_counted(found)}。")
    for sentence in found.lost:
        print(f"  没有取全 {sentence}")
    print(f"已存为 {target}；原来的 {path.name} 没有动。请用 ziping open {target} 打开核对。")
    return 0


def with_offer(error: InputError, path: Path) -> ZipingError:
    """*error* of opening *path*, and what :func:`run` could get back of it."""
    try:
        found = salvaged(read_bytes(str(path)), path.name)
    except ZipingError:
        return error
    return InputError(error.message, f"{error.hint}还能读出{_counted(found)}，取回用：ziping salvage {path}")


def _counted(found: Salvaged) -> str:
    case = found.case
    return f"指标 {len(case.indicators)} 项、资金 {len(case.funds)} 行、总体目标 {len(case.goals)} 个"


def _beside(path: Path) -> Path:
    stem = path.name.removesuffix(".json").removesuffix(".ziping")
    return path.with_name(f"{stem}-取回{SUFFIX}")
