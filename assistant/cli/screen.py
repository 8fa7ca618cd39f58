"""``ziping``, ``ziping demo``, ``new`` and ``open``: everything that ends in the screen."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.domain.case import Case, blank_case
from assistant.domain.errors import InputError
from assistant.domain.places import spoken
from assistant.store.atomic import make_folder
from assistant.store.casefile import SUFFIX, save
from assistant.store.locations import locations

if TYPE_CHECKING:
    from assistant.store.sessions import Session
    from assistant.tui.chooser import Recent

MOST_RECENT = 8


def run(arguments: argparse.Namespace) -> int:
    """Find or make the case, then open the screen on it."""
    _require_terminal()
    if arguments.command == "demo":
        path, case = _demo(arguments.case)
    elif arguments.command == "new":
        path, case = _new(arguments.case, arguments.profile)
    elif arguments.command == "open":
        path, case = _open(arguments.case)
    else:
        from assistant.tui.chooser import choose

        chosen = choose(_recent())
        if chosen is None:
            return 0
        path, case = {"demo": lambda: _demo(None), "new": lambda: _new(None, None)}.get(
            chosen, lambda: _open(chosen)
        )()
    from assistant.wiring import run_screen

    return run_screen(path, case, resume=arguments.command is None)


def _recent() -> list[Recent]:
    """Cases that were open, those first that were not closed in good order."""
    from assistant.store.sessions import Sessions
    from assistant.tui.chooser import Recent

    sessions = sorted(Sessions(locations().sessions).all(), key=lambda session: session.closed)
    return [Recent(one.path, _line(one)) for one in sessions[:MOST_RECENT]]


def _line(session: Session) -> str:
    at = datetime.fromisoformat(session.at).astimezone()
    place = f"停在{spoken(session.place)}" if session.place else "刚开始"
    broken = "" if session.closed else "，上次没有正常退出，内容已保存"
    return f"接着填 {Path(session.path).name.removesuffix(SUFFIX)}\n  {at:%m月%d日 %H:%M}，{place}{broken}"


def _require_terminal() -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise InputError(
            "填报界面要在终端窗口里打开。",
            "脚本里请用 ziping score、check、draft、export（见 ziping --help）。",
        )
    encoding = (getattr(sys.__stderr__, "encoding", "") or "").lower().replace("-", "")
    if encoding not in {"utf8", "utf8sig", "cp65001"}:
        raise InputError(
            f"终端编码是 {encoding or '未知'}，中文显示会乱 (terminal is not UTF-8)。",
            "请先执行 export LC_ALL=C.UTF-8（Windows：chcp 65001 并设 PYTHONUTF8=1）再运行。",
        )


def _free(path: Path) -> Path:
    if path.exists():
        raise InputError(f"{path} 已经存在。", f"要接着填请用 ziping open {path}，要新建请换个文件名。")
    return path


def _demo(chosen: str | None) -> tuple[Path, Case]:
    from assistant.domain.case_json import loads
    from assistant.resources import shipped

    sample = shipped("config") / "samples" / f"demo{SUFFIX}"
    case = loads(sample.read_text("utf-8"), "示例")
    if chosen:
        return _free(Path(chosen)), case
    make_folder(locations().data)
    return locations().data / f"示例-{datetime.now().astimezone():%Y%m%d-%H%M%S}{SUFFIX}", case


def _new(chosen: str | None, profile: str | None) -> tuple[Path, Case]:
    from assistant.cli.inputs import profile_for

    last_year = datetime.now().astimezone().year - 1  # forms are filled in after the year's end
    rules = profile_for(None, profile)
    return _free(Path(chosen or f"自评表{SUFFIX}")), blank_case(rules.id, last_year)


def _open(name: str) -> tuple[Path, Case]:
    """A case file is opened as it is; any other document is read into a case file beside it first."""
    path = Path(name)
    if name.endswith(".json"):
        if not path.exists():
            raise InputError(f"找不到文件：{name}。", f"要新建请用 ziping new -o {name}。")
        return path, Case()
    from assistant.cli.inputs import read_case

    case = read_case(name)
    made = _free(path.with_name(path.stem + SUFFIX))
    save(made, case)
    return made, case
