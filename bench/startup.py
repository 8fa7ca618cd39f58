"""How long the program takes to start, as ratios to bare programs measured in the same run.

    python bench/startup.py [RUNS]

Pairs, interleaved A B A B so that a machine's drift hits both alike; medians are printed.

- ``ziping --version`` against ``python -c pass``. Aim: at most 6 times.
- ``ziping demo`` to its first painted frame (title, file name, "opening") against a bare Textual program that
  imports the same four packages (httpx, pydantic, tenacity, textual) and paints one line. Aim: at most 1.25 times.
  And, against the same, to the whole form on the screen, scored and checked.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.figures import Figure, rounds, tell

BARE = """
import httpx, pydantic, tenacity
from textual.app import App
from textual.widgets import Static

class Bare(App):
    def compose(self):
        yield Static("READY")

Bare().run()
"""
ZIPING = str(Path(sys.executable).with_name("ziping"))


def whole_process(command: list[str]) -> float:
    """Seconds from start to exit."""
    begin = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begin


def first_text(command: list[str], marker: str, environment: dict[str, str]) -> float:
    """Seconds from start until *marker* was painted on a 120 x 40 terminal; the program is then killed."""
    begin = time.perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        os.execvpe(
            command[0], command, {**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8", **environment}
        )
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    wanted, seen = marker.encode(), b""
    try:
        while wanted not in seen:
            if time.perf_counter() - begin > 30 or not select.select([terminal], [], [], 30)[0]:
                raise SystemExit(f"{command}: {marker!r} was not painted within 30 s; got {seen[-300:]!r}")
            seen += os.read(terminal, 65536)
        return time.perf_counter() - begin
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(terminal)


def report(name: str, title: str, pairs: list[tuple[float, float]], against: str, aim: float) -> None:
    """Tell both medians."""
    ours, bare = (statistics.median(side) * 1000 for side in zip(*pairs, strict=True))
    tell(Figure(f"startup.{name}", title, ours, bare, against, aim=aim))


def main() -> None:
    """Run the pairs, the first round of each as warm-up."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else rounds(9, 5)
    python = sys.executable
    versions = [
        (whole_process([ZIPING, "--version"]), whole_process([python, "-c", "pass"])) for _ in range(runs + 1)
    ]
    report("version", "ziping --version", versions[1:], "python -c pass", 6)
    for name, title, marker, aim in (
        ("frame", "第一屏", "自评", 1.25),
        ("form", "整张表核算、检查完毕，显示出来", "逐页填报", 0),
    ):
        with tempfile.TemporaryDirectory() as home:
            frames = [
                (
                    first_text(
                        [ZIPING, "demo", "-o", f"{home}/demo-{run}.ziping.json"],
                        marker,
                        {"ZIPING_HOME": home},
                    ),
                    first_text([python, "-c", BARE], "READY", {}),
                )
                for run in range(runs + 1)
            ]
        report(name, title, frames[1:], "只画一行字的 Textual 程序", aim)


if __name__ == "__main__":
    main()
