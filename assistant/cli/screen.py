"""``ziping``, ``ziping demo``, ``new`` and ``open``: everything that ends in the screen.

The first frame is painted before the core is loaded; so what needs it is imported inside functions that run then.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.domain.errors import InputError

if TYPE_CHECKING:
    from assistant.domain.case import Case
    from assistant.store.keeper import Keeper
    from assistant.store.sessions import Session
    from assistant.tui.chooser import Recent
    from assistant.tui.services import Services

SUFFIX = ".ziping.json"
MOST_RECENT = 8

Begin = Callable[[], "Case"]
"""Makes the case to begin with; called beside the painted screen."""


def run(arguments: argparse.Namespace) -> int:
    """Find or make the case, then open the screen on it."""
    _require_terminal()
    if arguments.command == "demo":
        path, begin = _demo(arguments.case)
    elif arguments.command == "new":
        path, begin = made(arguments.case, arguments.profile, arguments.source)
    elif arguments.command == "open":
        path, begin = opened(arguments.case)
    else:
        from assistant.tui.chooser import DEMO, NEW, choose

        chosen = choose(_recent())
        if chosen is None:
            return 0
        path, begin = _demo(None) if chosen == DEMO else made(None, None) if chosen == NEW else opened(chosen)
    return _show(path, begin, resume=arguments.command is None)


def _show(path: Path, begin: Begin, *, resume: bool) -> int:
    from assistant.tui.app import ZipingApp

    kept: list[Keeper] = []

    def prepare() -> Services:
        from assistant.wiring import open_case

        keeper, services = open_case(path, begin, resume=resume)
        kept.append(keeper)
        return services

    app = ZipingApp(prepare, opening=path.name)
    try:
        app.run()
    finally:
        saved = all(keeper.close() for keeper in kept)
    if isinstance(app.failure, InputError) and path.exists():
        from assistant.cli.salvage import with_offer

        raise with_offer(app.failure, path)
    if app.failure is not None:
        raise app.failure
    return 0 if saved and not app.return_code else 1


def _recent() -> list[Recent]:
    """Cases that were open, those first that were not closed in good order."""
    from assistant.store.locations import locations
    from assistant.store.sessions import Sessions
    from assistant.tui.chooser import Recent

    sessions = sorted(Sessions(locations().sessions).all(), key=lambda session: session.closed)
    return [Recent(one.path, _line(one)) for one in sessions[:MOST_RECENT]]


def _line(session: Session) -> str:
    from assistant.domain.places import spoken

    at = datetime.fromisoformat(session.at).astimezone()
    place = f"停在{spoken(session.place)}" if session.place else "刚开始"
    broken = "" if session.closed else "，上次没有正常退出，内容已保存"
    return f"接着填 {Path(session.path).name.removesuffix(SUFFIX)}\n  {at:%m月%d日 %H:%M}，{place}{broken}"


def _require_terminal() -> None:
    if os.environ.get("TEXTUAL_DRIVER", "").endswith(":WebDriver"):  # a browser sits at the other end
        return
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


def _demo(chosen: str | None) -> tuple[Path, Begin]:
    if chosen:
        return _free(Path(chosen)), _sample
    from assistant.store.atomic import make_folder
    from assistant.store.locations import locations

    folder = locations().data
    make_folder(folder)
    return folder / f"示例-{datetime.now().astimezone():%Y%m%d-%H%M%S}{SUFFIX}", _sample


def _sample() -> Case:
    from assistant.domain.case_json import loads
    from assistant.resources import shipped

    return loads((shipped("config") / "samples" / f"demo{SUFFIX}").read_text("utf-8"), "示例")


def made(chosen: str | None, profile: str | None, source: str | None = None) -> tuple[Path, Begin]:
    """A blank form, or one begun from a former document."""
    last_year = datetime.now().astimezone().year - 1  # forms are filled in after the year's end

    def begin() -> Case:
        from assistant.cli.inputs import profile_for, read_report
        from assistant.domain.case import blank_case

        if source is None:
            return blank_case(profile_for(None, profile).id, last_year)
        from assistant.exchange.skeleton import skeleton

        read = read_report(source).case
        made = skeleton(read, next_year=read.year is not None and read.year < last_year)
        return made.model_copy(update={"profile": profile_for(made, profile).id})

    if source is not None and not Path(source).exists():
        raise InputError(f"找不到文件：{source}。", "请检查路径和文件名。")
    return _free(Path(chosen or f"自评表{SUFFIX}")), begin


def opened(name: str) -> tuple[Path, Begin]:
    """A case file is opened as it is; any other document is read into a case file beside it first."""
    path = Path(name)
    if not path.exists():
        raise InputError(f"找不到文件：{name}。", "请检查路径；要新建请用 ziping new。")

    def begin() -> Case:
        from assistant.cli.inputs import read_report

        return read_report(name).case

    return (path if name.endswith(".json") else _free(path.with_name(path.stem + SUFFIX))), begin
