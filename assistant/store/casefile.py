"""The case file on the disk (``*.ziping.json``)."""

from __future__ import annotations

from pathlib import Path

from assistant.domain.case import Case
from assistant.domain.case_json import dumps, loads, schema
from assistant.domain.errors import InputError
from assistant.store.atomic import refusal, write_atomic

SUFFIX = ".ziping.json"

__all__ = ["SUFFIX", "dumps", "load", "loads", "save", "schema"]


def load(path: Path) -> Case:
    """Read the case at *path*.

    Raises:
        StoreError: The disk refused.
        InputError: What is there is no case.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise refusal(path, error, "读取") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path.name} 不是 UTF-8 编码（第{error.start + 1}字节起）。",
            "请用编辑器另存为 UTF-8，或打开备份。",
        ) from error
    return loads(text, path.name)


def save(path: Path, case: Case) -> None:
    """Put *case* at *path*, whole or not at all. Raises ``StoreError``."""
    write_atomic(path, dumps(case).encode())
