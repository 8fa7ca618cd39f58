"""``ziping``, ``ziping demo``, ``new`` and ``open``: everything that ends in the screen.

The first frame is painted before the core is loaded; so what needs it is imported inside functions that run then.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
import tomllib
from collections.abc import Callable
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.domain.errors import InputError

if TYPE_CHECKING:
    from assistant.domain.case import Case
    from assistant.exchange.importer import ImportReport
    from assistant.store.keeper import Keeper
    from assistant.store.sessions import Session
    from assistant.tui.chooser import Choice
    from assistant.tui.services import Services

SUFFIX = ".ziping.json"
MOST_RECENT = 8

Begin = Callable[[], "Case"]
"""Makes the case to begin with; called beside the painted screen."""


def run(arguments: argparse.Namespace) -> int:
    """Find or make the case, then open the screen on it."""
    require_terminal()
    settle_keyboard()
    last_year = _last_year(getattr(arguments, "last", None))
    if arguments.command == "demo":
        path, begin = _demo(arguments.case)
    elif arguments.command == "new":
        path, begin = made(arguments.case, arguments.profile, arguments.source)
    elif arguments.command == "open":
        found = opened(arguments.case, ask_again)
        if found is None:
            return 0
        path, begin = found
    else:
        chosen = _choose()
        if chosen is None:
            return 0
        path, begin = chosen
    return show_case(path, begin, resume=arguments.command is None, last_year=last_year)


def _last_year(file: str | None) -> ImportReport | None:
    """Last year's form, read before anything is shown: what is wrong with it is told at once. Raises ``InputError``."""
    if file is None:
        return None
    from assistant.cli.inputs import read_report

    return read_report(file)


def _choose() -> tuple[Path, Begin] | None:
    """Ask where to begin; ``None`` where the user left."""
    from assistant.tui.chooser import BEGINNINGS, DEMO, NEW, Chooser

    recent = _recent()
    title = "绩效自评：从哪里开始？" if recent else "绩效自评"
    chosen = Chooser(title, recent, BEGINNINGS, _about, _suffixes).run()
    if chosen is None:
        return None
    if chosen == DEMO:
        return _demo(None)
    return made(None, None) if chosen == NEW else opened(chosen, ask_again)


def show_case(
    path: Path, begin: Begin, *, resume: bool, place: str = "", last_year: ImportReport | None = None
) -> int:
    """The screen on the case at *path* until the user leaves.

    Args:
        path: The case file.
        begin: Makes the case where there is no file yet.
        resume: Go at once to where the user was.
        place: The cell to go to at once.
        last_year: An earlier year's form, to be put beside this one.
    """
    from assistant.tui.app import ZipingApp

    kept: list[Keeper] = []

    def prepare() -> Services:
        from assistant.wiring import open_case

        keeper, services = open_case(path, begin, resume=resume)
        kept.append(keeper)
        if place:
            services.place, services.resume = place, True
        services.last_year = last_year
        return services

    app = ZipingApp(prepare, opening=path.name)
    try:
        app.run()
    finally:
        saved = all(keeper.close() for keeper in kept)
    if app.failure is not None:
        raise app.failure
    return 0 if saved and not app.return_code else 1


def _suffixes() -> frozenset[str]:
    """The endings of files that can be read."""
    from assistant.exchange.importer import readable_suffixes

    return readable_suffixes()


def _about(path: str) -> str:
    """Year, score, project and unit of the case at *path*; ``""`` where it cannot be read, which opening it will say."""
    from assistant.cli.inputs import profile_for
    from assistant.domain.errors import ZipingError
    from assistant.scoring.engine import score_case
    from assistant.store.casefile import load
    from assistant.tui.wording import points, shortened

    try:
        case = load(Path(path))
        sheet = score_case(case, profile_for(case, None))
    except ZipingError:
        return ""
    unit = f"（{shortened(case.unit, 6)}）" if case.unit.strip() else ""
    year = f"{case.year} 年度" if case.year else ""
    score = f"已得 {points(sheet.total.earned)} 分" if sheet.total.earned is not None else ""
    return "  ".join(filter(None, (year, score, f"{shortened(case.project, 14)}{unit}")))


def _recent() -> list[Choice]:
    """Cases that were open, those first that were not closed in good order."""
    from assistant.store.locations import locations
    from assistant.store.sessions import Sessions
    from assistant.tui.chooser import Choice

    sessions = sorted(Sessions(locations().sessions).all(), key=lambda session: session.closed)
    return [Choice(one.path, _line(one)) for one in sessions[:MOST_RECENT]]


def _line(session: Session) -> str:
    from assistant.domain.places import spoken
    from assistant.store.locations import locations
    from assistant.store.owner import present

    at = datetime.fromisoformat(session.at).astimezone()
    place = f"停在{spoken(session.place)}" if session.place else "刚开始"
    if present(Path(session.path), locations().sessions) is not None:
        broken = "，正在另一个窗口打开着"
    else:
        broken = "" if session.closed else "，上次没有正常退出"
    return f"接着填 {Path(session.path).name.removesuffix(SUFFIX)}\n  {at:%m月%d日 %H:%M}，{place}{broken}"


def require_terminal() -> None:
    """Raise ``InputError`` where no terminal, or one without UTF-8, sits at the other end."""
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


def settle_keyboard() -> None:
    """Do without the kitty keyboard protocol where the user says so; Textual decides about it when imported.

    The settings are looked at lightly here, for the first frame waits; whatever is wrong in them is told once the
    case is opened.
    """
    wish = os.environ.get("ZIPING_KITTY_KEYS", "").strip().lower()
    if not wish:
        from assistant.store.locations import locations

        with contextlib.suppress(OSError, ValueError):  # ValueError: not UTF-8, not TOML
            text = (locations().config / "settings.toml").read_text("utf-8-sig")
            wish = str(tomllib.loads(text).get("kitty_keys", "")).lower()
    if wish in {"false", "0", "no", "off"}:
        os.environ["TEXTUAL_DISABLE_KITTY_KEY"] = "1"


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


def ask_again(document: Path, case: Path) -> bool | None:
    """Whether to go on with the *case* begun from *document* (else read it anew), ``None`` to leave it all."""
    from assistant.tui.chooser import Choice, Chooser

    at = datetime.fromtimestamp(case.stat().st_mtime).astimezone()
    go_on = Choice("go on", f"接着填 {case.name}\n  {at:%m月%d日 %H:%M} 保存")
    anew = Choice("anew", f"重新读一遍 {document.name}\n  另存为 {unused(case).name}，已填的那份不动")
    chosen = Chooser(
        f"{document.name} 以前读入过，已经开始填了。", [go_on, anew], about=_about_of(case)
    ).run()
    return None if chosen is None else chosen == "go on"


def go_on(document: Path, case: Path) -> bool:
    """Where nobody can be asked: go on with the *case* begun from *document*, and say so."""
    print(f"{document.name} 以前读入过，接着填 {case.name}。", file=sys.stderr)
    return True


def _about_of(case: Path) -> Callable[[str], str]:
    return lambda answer: _about(str(case)) if answer == "go on" else ""


def unused(path: Path) -> Path:
    """*path*, with a number where such files exist already: ``表-2.ziping.json``."""
    stem = path.name.removesuffix(SUFFIX)
    numbered = (path.with_name(f"{stem}-{number}{SUFFIX}") for number in count(2))
    return next(other for other in numbered if not other.exists()) if path.exists() else path


def opened(name: str, again: Callable[[Path, Path], bool | None]) -> tuple[Path, Begin] | None:
    """A case file is opened as it is; any other document is read into a case file beside it first.

    Args:
        name: The file.
        again: Asked with document and case file where the document was read before: go on with that case (true),
            read it anew into another file (false), or neither (``None``, which is given back).
    """
    path = Path(name)
    if not path.exists():
        raise InputError(f"找不到文件：{name}。", "请检查路径；要新建请用 ziping new。")

    def begin() -> Case:
        from assistant.cli.inputs import read_report

        return read_report(name).case

    if name.endswith(".json"):
        return path, begin
    case = path.with_name(path.stem + SUFFIX)
    if not case.exists():
        return case, begin
    goes_on = again(path, case)
    if goes_on is None:
        return None
    return (case, begin) if goes_on else (unused(case), begin)
