"""Another editor for a long text: the user's ``$VISUAL`` or ``$EDITOR`` on a temporary file only the user can read."""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from assistant.domain.errors import InputError, StoreError

_KNOWN = ("nano", "vim", "vi", "emacs")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufeff]")


def editor(environment: Mapping[str, str] = os.environ) -> list[str]:
    """The editor's command line. Raises ``InputError`` where there is none."""
    for name in ("VISUAL", "EDITOR"):
        if words := shlex.split(environment.get(name, ""), posix=os.name != "nt"):
            return words
    found = next((one for one in _KNOWN if shutil.which(one)), "notepad" if sys.platform == "win32" else "")
    if not found:
        raise InputError("没有找到外部编辑器。", "请设环境变量 EDITOR，例如 export EDITOR=vim。")
    return [found]


def edited(text: str, command: list[str]) -> str:
    """Let the user edit *text* with *command* and return what came of it, in clean lines.

    Raises:
        InputError: The editor could not be run, ended with an error, or left something that is no UTF-8 text; what it
            left is kept, and the message says where.
        StoreError: No temporary file could be made.
    """
    try:
        descriptor, name = tempfile.mkstemp(prefix="ziping-", suffix=".txt")  # 0600
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(f"{text}\n" if text else "")
    except OSError as error:
        raise StoreError(
            f"不能建临时文件：{error.strerror}。", "请检查磁盘空间和临时文件夹的权限。"
        ) from error
    path = Path(name)
    new = _left_by([*command, name], path)
    with contextlib.suppress(OSError):
        path.unlink()
    return new


def _left_by(command: list[str], path: Path) -> str:
    try:
        code = subprocess.run(command, check=False).returncode  # noqa: S603 - the user's own editor
    except OSError as error:
        path.unlink(missing_ok=True)
        raise InputError(
            f"打不开编辑器 {command[0]}：{error.strerror}。", "请检查环境变量 EDITOR。"
        ) from error
    if code:
        raise InputError(f"编辑器报错退出（{code}），没有采用。", f"编辑的内容留在 {path}。")
    try:
        return cleaned(path.read_bytes().decode("utf-8"))
    except UnicodeDecodeError as error:
        raise InputError("编辑器存成了别的编码，没有采用。", f"请用 UTF-8 保存；内容留在 {path}。") from error
    except OSError as error:
        raise InputError(f"读不到编辑后的内容：{error.strerror}。", "原来的文字没有动。") from error


def cleaned(text: str) -> str:
    """*text* with plain line ends, without control characters and without blank lines at its end."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).rstrip()
