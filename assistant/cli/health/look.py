"""Looks at everything once: the only part that asks the system."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from assistant import __version__
from assistant.catalogue.settings import load_settings
from assistant.cli.health.answers import ask_terminal
from assistant.cli.health.file_probes import look_at_files
from assistant.cli.health.line import Line, State
from assistant.cli.health.model_probes import endpoint, tried
from assistant.cli.health.screen_probes import Console, look_at_screen
from assistant.domain.errors import ZipingError
from assistant.store.locations import Locations

PACKAGES = ("textual", "rich", "pydantic", "httpx", "lxml", "xlrd", "pdfplumber")
"""Libraries whose version tells something; the readers of documents are extras."""


def look(where: Locations, case: Path | None, *, try_model: bool = False) -> tuple[Line, ...]:
    """Every line, in the order of the list a user reads. Only *try_model* touches the network."""
    lines = [*look_at_screen(this_console()), *look_at_files(where, case)]
    try:
        settings = load_settings(folder=where.config).settings
    except ZipingError:
        pass  # told among the files
    else:
        lines.append(endpoint(settings))
        if try_model:
            lines.append(tried(settings))
    return (*lines, versions())


def this_console() -> Console:
    """The terminal of this process."""
    is_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    size = shutil.get_terminal_size() if is_terminal else os.terminal_size((0, 0))
    return Console(
        platform=sys.platform,
        environment=dict(os.environ),
        is_terminal=is_terminal,
        columns=size.columns,
        lines=size.lines,
        encoding=getattr(sys.__stdout__, "encoding", "") or "",
        code_page=_code_page(),
        answers=ask_terminal(),
    )


def _code_page() -> int | None:
    """Of the Windows console; ``None`` elsewhere and where there is none."""
    if sys.platform != "win32":
        return None
    import ctypes

    return int(ctypes.windll.kernel32.GetConsoleOutputCP()) or None


def versions() -> Line:
    """The program, Python, the system and the libraries."""
    libraries = " ".join(f"{name} {found}" for name in PACKAGES if (found := _version(name)))
    python = platform.python_version()
    system = f"{platform.system()} {platform.release()} {platform.machine()}"
    found = f"ziping {__version__}，Python {python}，{system}；{libraries}"
    return Line(name="版本", state=State.WELL, found=found, code=found)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
