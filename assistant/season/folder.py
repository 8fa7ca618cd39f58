"""Which files below a folder are forms to read, and openly how many are left out, and why."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from assistant.domain.errors import InputError
from assistant.exchange.importer import readable_suffixes
from assistant.exchange.read import FOREIGN
from assistant.season.result import Form
from assistant.store.atomic import refusal

SUMMARY_NAME = "项目支出绩效自评汇总表"
OWN = (SUMMARY_NAME, "绩效自评报告")
"""How the names of documents begin that are made from many forms."""

HIDDEN, LOCKS, OURS, OTHERS = "隐藏文件", "锁文件（~$ 开头）", "汇总表、报告", "其他类型的文件"


@dataclass(slots=True)
class Folder:
    r"""The forms below a folder.

    Attributes:
        root: The folder.
        files: Name below it, with ``/`` → path, in order of the names. Bytes that are no text are shown as ``\xff``.
        left_out: Why → how many files.
        closed: Folders below it that may not be looked into.
    """

    root: Path
    files: dict[str, Path] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)
    closed: list[str] = field(default_factory=list)

    def read(self, file: str) -> Form:
        """One file with its bytes. Raises ``StoreError``."""
        path = self.files[file]
        try:
            return Form(file, path.read_bytes())
        except OSError as error:
            raise refusal(path, error, "读取") from error


def survey(root: Path, own: Collection[Path] = ()) -> Folder:
    """Look through *root* and the folders in it.

    Args:
        root: The folder.
        own: Files and folders written by this very run, left out wherever they lie.

    Raises:
        InputError: There is no such folder, or nothing in it can be read.
    """
    if not root.exists():
        raise InputError(f"找不到文件夹：{root}。", "请检查路径。")
    if not root.is_dir():
        raise InputError(f"{root} 是文件，不是文件夹。", "一个文件请用 ziping check 或 ziping score。")
    found = Folder(root)
    ours = {path.absolute() for path in own}

    def closed(error: OSError) -> None:
        found.closed.append(str(error.filename))

    for where, folders, files in os.walk(root, onerror=closed):
        here = Path(where)
        found.left_out[HIDDEN] += sum(name.startswith(".") for name in folders)
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and (here / name).absolute() not in ours
        )
        for name in files:
            if why := _left_out(here / name, ours):
                found.left_out[why] += 1
            else:
                below = (here / name).relative_to(root).as_posix()
                found.files[os.fsencode(below).decode("utf-8", "backslashreplace")] = here / name
    found.files = dict(sorted(found.files.items()))
    found.left_out = +found.left_out
    if not found.files:
        raise InputError(
            f"文件夹 {root} 里没有能读的表{_counted(found)}。",
            "能读 Word、Excel、PDF、网页、Markdown、文本和案卷（*.ziping.json）。",
        )
    return found


@cache
def may_be_forms() -> frozenset[str]:
    """Endings of files to hand to the readers: those they read, and those they refuse with the way out (.doc, .ofd)."""
    return readable_suffixes() | FOREIGN.keys()


def _left_out(path: Path, ours: Collection[Path]) -> str:
    """Why the file at *path* is left out, ``""`` for one to read."""
    name, ending = path.name, path.suffix.lower()
    if name.startswith("~$"):
        return LOCKS
    if name.startswith("."):
        return HIDDEN
    if name.startswith(OWN) or path.absolute() in ours:
        return OURS
    return "" if ending in may_be_forms() else OTHERS


def _counted(found: Folder) -> str:
    said = "，".join(f"{why} {count} 个" for why, count in found.left_out.items())
    return f"（略过：{said}）" if said else ""
