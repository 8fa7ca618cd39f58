"""A fault of the program itself: one sentence for the user, a record without the user's texts for who mends it."""

from __future__ import annotations

import os
import platform
import sys
import traceback
from pathlib import Path

from assistant import __version__
from assistant.domain.errors import StoreError
from assistant.store.atomic import write_atomic
from assistant.store.locations import locations

FAULT = 70
"""The exit code: EX_SOFTWARE of sysexits."""


def crashed(error: Exception) -> int:
    """Say that the program is at fault and that what was typed is kept; return the exit code.

    The record names the places in the code, never the message of the error: that may quote what was typed.
    """
    record = locations().state / "crash.txt"
    said = "程序出了意料之外的错，不是您操作的问题。已经填的都存着，再运行一次 ziping 可以接着填。"
    try:
        record.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(record, _record(error).encode(), mode=0o600)
        said += f"\n出错的位置记在 {record}（不含您填的内容），请交给维护的人。"
    except (StoreError, OSError):
        said += f"\n出错的位置：{_places(error)[-1]}"
    print(f"ziping：{said}", file=sys.stderr)
    if os.environ.get("ZIPING_DEBUG"):
        traceback.print_exception(error, file=sys.stderr)
    return FAULT


def _record(error: Exception) -> str:
    head = f"ziping {__version__}  Python {platform.python_version()}  {platform.system()}"
    return "\n".join([head, type(error).__name__, *_places(error)]) + "\n"


def _places(error: BaseException) -> list[str]:
    """Files (by name and folder), lines and functions, the innermost last."""
    return [
        f"{'/'.join(Path(frame.filename).parts[-2:])}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
