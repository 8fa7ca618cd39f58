"""What every command shares: reading a FILE argument, choosing the rules, printing."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from assistant.catalogue.profiles import load_profile
from assistant.catalogue.settings import Loaded, load_settings
from assistant.domain.case import Case, Doubt
from assistant.domain.errors import InputError
from assistant.domain.places import spoken
from assistant.domain.profile import Profile
from assistant.domain.visible import in_json
from assistant.exchange.importer import ImportReport
from assistant.exchange.read import read_document
from assistant.store.locations import locations
from assistant.store.rescue import with_cure

DEFAULT_PROFILE = "central-2020"


def read_bytes(file: str) -> bytes:
    """The bytes of *file*, or of standard input for ``-``. Raises ``InputError``."""
    if file == "-":
        return sys.stdin.buffer.read()
    path = Path(file)
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"找不到文件：{file}。", "请检查路径和文件名。") from None
    except IsADirectoryError:
        raise InputError(f"{file} 是文件夹，不是文件。", "请指定其中的一个文件。") from None
    except PermissionError:
        raise InputError(f"没有权限读 {file}。", "请检查文件权限，或复制一份再试。") from None
    except OSError as error:
        raise InputError(f"{file} 读不出来：{error.strerror}。", "请检查磁盘和路径。") from None


def free(path: Path, *, force: bool) -> Path:
    """*path*, if nothing is there or the user said so. Raises ``InputError``: a file is never replaced unasked."""
    if path.exists() and not path.is_dir() and not force:
        raise InputError(f"{path} 已经存在，没有覆盖。", "请用 -o 指定另一个文件名，或加 --force 覆盖它。")
    return path


def read_report(file: str) -> ImportReport:
    """Read a case file or any document the program knows."""
    data = read_bytes(file)
    if file == "-":
        return read_document(data, "标准输入")
    try:
        return read_document(data, file)
    except InputError as error:
        raise with_cure(error, Path(file), locations()) from error


def read_case(file: str) -> Case:
    """The case in *file*; doubts of its reading go to standard error."""
    report = read_report(file)
    for doubt in report.doubts:
        print(f"存疑 {spoken(doubt.path)}：{doubted(doubt)}", file=sys.stderr)
    return report.case


def doubted(doubt: Doubt) -> str:
    """What stood in the cell and why it is in doubt; of an empty cell the reason alone."""
    return f"{doubt.raw}——{doubt.why}" if doubt.raw.strip() else doubt.why


def settings(flags: Mapping[str, object] | None = None) -> Loaded:
    """The settings in force; their notices go to standard error."""
    loaded = load_settings(flags, folder=locations().config)
    for notice in loaded.notices:
        print(notice, file=sys.stderr)
    return loaded


def profile_for(case: Case | None, chosen: str | None) -> Profile:
    """The rules: chosen on the command line, else the case's own, else the settings', else the national ones."""
    own = case.profile if case is not None else ""
    name = chosen or own or settings().settings.profile or DEFAULT_PROFILE
    return load_profile(name, locations().profiles)


def print_json(document: Any) -> None:
    """Print one JSON document to standard output."""
    print(in_json(json.dumps(document, ensure_ascii=False, indent=1)))


def print_table(rows: Iterable[Iterable[str]]) -> None:
    """Print columns aligned by display width."""
    from rich.cells import cell_len

    lines = [tuple(row) for row in rows]
    widths = [max(map(cell_len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        padded = (text + " " * (width - cell_len(text)) for text, width in zip(line, widths, strict=True))
        print("  ".join(padded).rstrip())
