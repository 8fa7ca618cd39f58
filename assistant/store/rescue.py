"""The ways back from a case file that cannot be read, told together with what is wrong with it.

There are up to three: what can still be read in the file itself, the last state in the journal, the last sound backup.
The file itself is never touched.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from assistant.domain.case import Case
from assistant.domain.errors import InputError, NewerFormat, StoreError, ZipingError
from assistant.store.backups import backups_of
from assistant.store.casefile import SUFFIX, load
from assistant.store.history import history
from assistant.store.locations import Locations
from assistant.store.salvage import salvaged

_PLAIN = re.compile(r"[\w@%+=:,./-]+")
"""What a shell takes as it stands."""


def is_case_file(name: str) -> bool:
    """Whether *name* is that of a case, and not of a document of another program."""
    return name.lower().endswith(".json")


def with_cure(error: InputError, path: Path, where: Locations) -> InputError:
    """*error* of reading the case at *path*, and each way to have its contents back, as a command to copy.

    A file that is no case, and one of a newer program (which is whole), keep the hint they have.
    """
    if isinstance(error, NewerFormat):
        return error
    ways = tuple(_ways(path, where))
    if ways:
        return InputError(error.message, f"{error.hint}可以取回：{'；'.join(ways)}。")
    return error


def with_offer(error: InputError, data: bytes, name: str) -> InputError:
    """*error* of reading the case file *data*, and what could be had back: without any path, for a table others read."""
    if isinstance(error, NewerFormat) or not is_case_file(name):
        return error
    told = "备份和改动记录里的，用 ziping open 打开它会列出。"
    try:
        found = salvaged(data, name).case
    except InputError:
        return InputError(error.message, f"{error.hint}{told}")
    return InputError(error.message, f"{error.hint}还能读出{counted(found)}，用 ziping salvage 取回；{told}")


def counted(case: Case) -> str:
    """How much of a form there is."""
    return f"指标 {len(case.indicators)} 项、资金 {len(case.funds)} 行、总体目标 {len(case.goals)} 个"


def beside(path: Path, mark: str) -> Path:
    """A name for a copy of the case at *path* beside it."""
    stem = path.name.removesuffix(".json").removesuffix(".ziping")
    return path.with_name(f"{stem}-{mark}{SUFFIX}")


def _ways(path: Path, where: Locations) -> Iterator[str]:
    if is_case_file(path.name):
        try:
            found = salvaged(path.read_bytes(), path.name).case
        except (OSError, InputError):
            found = Case()
        if found != Case():
            yield f"文件里还能读的（{counted(found)}）：{_command('salvage', str(path))}"
    last = _last_step(path, where)
    if last is not None:
        number, at = last
        yield f"改动记录里最后的样子（{at}）：{_command('history', str(path), '--at', str(number))}"
    for copy in backups_of(path, where.backups):
        if _is_case(copy):
            at = _local(datetime.fromtimestamp(copy.stat().st_mtime).astimezone())
            to = str(beside(path, "备份"))
            yield f"最近的完好备份（{at}）：{_command('read', str(copy), '-o', to)}"
            return


def _last_step(path: Path, where: Locations) -> tuple[int, str] | None:
    """Number and time of the last step on record, where the case as it was then is."""
    try:
        entries = history(where.journals, path).entries
    except StoreError:
        return None
    if not entries or entries[-1].after is None:
        return None
    return len(entries), _local(datetime.fromisoformat(entries[-1].at).astimezone())


def _is_case(path: Path) -> bool:
    try:
        load(path)
    except ZipingError:
        return False
    return True


def _local(at: datetime) -> str:
    return f"{at:%m月%d日 %H:%M}"


def _command(*words: str) -> str:
    """A command as it is to be typed: names with blanks in quotes, Chinese ones without."""
    if os.name == "nt":
        return subprocess.list2cmdline(("ziping", *words))
    return " ".join(("ziping", *(word if _PLAIN.fullmatch(word) else shlex.quote(word) for word in words)))
