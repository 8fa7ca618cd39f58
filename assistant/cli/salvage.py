"""``ziping salvage``: what can still be read of a damaged case file, into a new one. The damaged one stays as it is."""

from __future__ import annotations

import argparse
from pathlib import Path

from assistant.cli.inputs import read_bytes
from assistant.domain.errors import InputError
from assistant.store.casefile import save
from assistant.store.locations import locations
from assistant.store.rescue import beside, counted, with_cure
from assistant.store.salvage import salvaged


def run(arguments: argparse.Namespace) -> int:
    """Write what was salvaged and list what was not."""
    path = Path(arguments.file)
    try:
        found = salvaged(read_bytes(arguments.file), path.name)
    except InputError as error:
        raise with_cure(error, path, locations()) from error
    target = Path(arguments.output) if arguments.output else beside(path, "取回")
    if target.exists():
        raise InputError(f"{target} 已经存在，没有覆盖。", "请用 -o 指定另一个文件名。")
    save(target, found.case)
    print(f"取回了：{counted(found.case)}。")
    for sentence in found.lost:
        print(f"  没有取全 {sentence}")
    print(f"已存为 {target}；原来的 {path.name} 没有动。请用 ziping open {target} 打开核对。")
    return 0
