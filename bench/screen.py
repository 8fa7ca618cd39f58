"""How quick the screen is under the hand, in a real pseudo-terminal, against a bare Textual program in the same run.

    python bench/screen.py [KEYS]

1. Key to paint: from writing a key into the terminal until its character comes back painted, in a one-line field and
   in a text of 10,000 characters (in paragraphs, and in one), while a model writes 200 tokens a second beside it.
   Ours and the bare program are open at once and typed into in turns.
2. From one indicator to the next, forms of 18 and of 300 rows open at once and in turns: until the new page's title
   is painted, and until nothing is painted any more.

Beside the wall time stands the processor's time for each key, which other programs on the machine do not lengthen; the
load is told at the beginning. Milliseconds depend on the machine; ratios are what to compare. Aims: p95 below 50 ms,
300 rows at most 1.3 times 18 rows. The first frame is measured in ``startup.py``, forms at their bounds in
``bounds.py``.
"""

from __future__ import annotations

import fcntl
import os
import pty
import random
import signal
import statistics
import struct
import sys
import tempfile
import termios
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Self

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from assistant.domain.case import Case  # noqa: E402
from assistant.resources import shipped  # noqa: E402
from assistant.store.casefile import dumps, load  # noqa: E402
from bench.core import of_rows  # noqa: E402
from bench.figures import Figure, rounds, tell  # noqa: E402

PROGRAMS = str(ROOT / "bench" / "screen_programs.py")
PATIENCE = 60.0
QUIET = 0.15
REASON, EVIDENCE, TAB, BACK_TAB = "indicators[3].reason", "indicators[3].evidence", "\t", "\x1b[Z"
F2, F3, CTRL_G, CTRL_S, CTRL_U, CTRL_HOME = "\x1bOQ", "\x1bOR", "\x07", "\x13", "\x15", "\x1b[1;5H"
A_TOKEN = "晚到"
"""A word of the draft that is in no other text here."""
PARAGRAPH = "本年度按计划完成全部工作，各项指标均有台账可查，资料齐全，验收合格。" * 8


class Program:
    """One program in a pseudo-terminal of 120 x 40; everything it paints is read at once and kept."""

    def __init__(self, home: Path, *words: str) -> None:
        self._painted = bytearray()
        self._changed = threading.Condition()
        self._last = time.perf_counter()
        self._has_ended = False
        self.beats = home / f"beats-{time.monotonic_ns()}"
        self._child, self._terminal = pty.fork()
        if self._child == 0:
            environment = {
                "TERM": "xterm-256color",
                "LANG": "C.UTF-8",
                "ZIPING_HOME": str(home),
                "COLORTERM": "truecolor",
            }
            kind, file, *rest = words
            command = [sys.executable, PROGRAMS, kind, file, str(self.beats), *rest]
            os.execvpe(command[0], command, {**os.environ, **environment})
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        threading.Thread(target=self._read, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.kill(self._child, signal.SIGKILL)
        os.waitpid(self._child, 0)

    def _read(self) -> None:
        while True:
            try:
                piece = os.read(self._terminal, 65536)
            except OSError:  # the program has ended
                piece = b""
            with self._changed:
                self._last = time.perf_counter()
                self._painted += piece
                self._has_ended = not piece
                self._changed.notify_all()
            if not piece:
                return

    def press(self, keys: str, wanted: str) -> float:
        """Milliseconds from *keys* until *wanted* was painted anew."""
        with self._changed:
            begin = len(self._painted)
        started = time.perf_counter()
        os.write(self._terminal, keys.encode())
        return (self._seen(wanted, begin) - started) * 1000

    def wait_for(self, wanted: str, begin: int = 0) -> None:
        """Wait until *wanted* has been painted."""
        self._seen(wanted, begin)

    def _seen(self, wanted: str, begin: int) -> float:
        looked_for = wanted.encode()
        with self._changed:
            while self._painted.find(looked_for, begin) < 0:
                if self._has_ended or not self._changed.wait(PATIENCE):
                    raise SystemExit(f"{wanted!r} was not painted; got {bytes(self._painted[-600:])!r}")
            return self._last

    def has_painted(self, wanted: str, begin: int) -> bool:
        """Whether *wanted* has been painted after the first *begin* bytes."""
        with self._changed:
            return self._painted.find(wanted.encode(), begin) >= 0

    def painted(self) -> int:
        """Bytes painted so far."""
        with self._changed:
            return len(self._painted)

    def settled(self) -> float:
        """When the last paint came, once nothing has been painted for a moment."""
        while True:
            with self._changed:
                rest = self._last + QUIET - time.perf_counter()
            if rest <= 0:
                return self._last
            time.sleep(rest)

    def send(self, keys: str) -> None:
        """Press *keys* and wait until the screen is quiet."""
        os.write(self._terminal, keys.encode())
        time.sleep(QUIET)

    def processor(self) -> float:
        """Milliseconds of the processor that the program has taken so far, all its threads together."""
        fields = Path(f"/proc/{self._child}/stat").read_text("utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")

    def longest_pause(self, since: float) -> float:
        """Milliseconds for which the event loop did nothing else, at most, since a ``time.monotonic``."""
        lines = self.beats.read_text("utf-8").splitlines() if self.beats.exists() else []
        beats = ((float(at), float(late)) for at, late in (line.split() for line in lines if " " in line))
        return max((late for at, late in beats if at >= since), default=0.0) * 1000


def characters() -> Iterator[str]:
    """Characters that no text of the bench holds, each once."""
    used = set(PARAGRAPH) | set("因材料晚到有关部门于十一月补办")
    return (character for character in map(chr, range(0x5000, 0x9FA0)) if character not in used)


def p95(times: list[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(times, n=20)[-1]


def spread(times: list[float]) -> str:
    """Median and 95th percentile."""
    return f"中位 {statistics.median(times):.1f}，p95 {p95(times):.1f} 毫秒"


def sample() -> Case:
    """The shipped sample of 18 rows."""
    return load(Path(str(shipped("config") / "samples" / "demo.ziping.json")))


def written(home: Path, name: str, case: Case) -> str:
    """*case* as a file."""
    file = home / f"{name}.ziping.json"
    file.write_text(dumps(case), "utf-8")
    return str(file)


def with_reason(case: Case, text: str) -> Case:
    """*case* with a long reason in its fourth row."""
    rows = list(case.indicators)
    rows[3] = rows[3].model_copy(update={"reason": text})
    return case.model_copy(update={"indicators": tuple(rows)})


def key_to_paint(home: Path, name: str, title: str, text: str, path: str, keys: int) -> None:
    """Type into ours and into the bare program in turns, at the pace of a hand."""
    file = home / "text.txt"
    file.write_text(text, "utf-8")
    case = written(home, f"typing-{time.monotonic_ns()}", with_reason(sample(), text))
    pace = random.Random(1)
    with Program(home, "ours", case, path) as program, Program(home, "bare", str(file)) as bare:
        program.wait_for("READY")
        bare.wait_for("READY")
        if path == EVIDENCE:
            bare.send(BACK_TAB)
        time.sleep(1)
        since = time.monotonic()
        used = program.processor(), bare.processor()
        begun = program.painted(), bare.painted()
        pairs = []
        for number, (one, other) in enumerate(_pairs()):
            if number == keys + 5:
                break
            if path == EVIDENCE and number % 15 == 0:
                program.send(CTRL_U)
                bare.send(CTRL_U)
            took = program.press(one, one)
            time.sleep(pace.uniform(0.02, 0.12))
            pairs.append((took, bare.press(other, other)))
            time.sleep(pace.uniform(0.02, 0.12))
        for typed_into, words, begin in ((program, "本程序", begun[0]), (bare, "空壳", begun[1])):
            if not typed_into.has_painted(A_TOKEN, begin):
                print(f"注意：{words}旁边没有看到草稿在写，下面的数不算数。")
        mine, other_times = map(list, zip(*pairs[5:], strict=True))
        print(
            f"{title}：{spread(mine)}；空壳 {spread(other_times)}；"
            f"事件循环最长停顿 {program.longest_pause(since):.0f}（空壳 {bare.longest_pause(since):.0f}）毫秒"
        )
        against = "只有一格一文的 Textual 程序"
        for part, what, pick in (("p50", "中位", statistics.median), ("p95", "p95", p95)):
            tell(
                Figure(
                    f"screen.{name}.{part}",
                    f"{title}，按键到上屏，{what}",
                    pick(mine),
                    pick(other_times),
                    against,
                    steady=False,
                )
            )
        tell(
            Figure(
                f"screen.{name}.limit",
                f"{title}，按键到上屏，p95",
                p95(mine),
                50,
                "上限",
                aim=1,
                steady=False,
            )
        )
        ours, others = program.processor() - used[0], bare.processor() - used[1]
        tell(
            Figure(
                f"screen.{name}.processor",
                f"{title}，每键占用处理器，旁边的起草在内",
                ours / len(pairs),
                others / len(pairs),
                against,
            )
        )


def _pairs() -> Iterator[tuple[str, str]]:
    made = characters()
    return zip(made, made, strict=False)


def page_change(home: Path, turns: int) -> None:
    """From one indicator to the next, in both forms in turns."""
    small = written(home, "rows-18", sample())
    large = written(home, "rows-300", of_rows(sample(), 300))
    with Program(home, "ours", small) as few, Program(home, "ours", large) as many:
        for program, rows in ((few, 18), (many, 300)):
            program.wait_for("逐页填报")
            time.sleep(1.5)
            program.press(CTRL_G, "跳到哪一页")
            program.press("1\r", f"第 1/{rows} 项")
        time.sleep(1)
        found: dict[int, list[tuple[float, float]]] = {18: [], 300: []}
        since = time.monotonic()
        for turn in range(turns + 2):
            step = turn % 32
            key, number = (F3, step + 2) if step < 16 else (F2, 32 - step)
            for program, rows in ((few, 18), (many, 300)):
                started = time.perf_counter()
                took = program.press(key, f"第 {number}/{rows} 项")
                found[rows].append((took, (program.settled() - started) * 1000))
        for rows, program in ((18, few), (300, many)):
            first, whole = map(list, zip(*found[rows][2:], strict=True))
            pause = program.longest_pause(since)
            print(
                f"换到下一项（{rows} 行）：{spread(first)}；画完 {spread(whole)}；最长停顿 {pause:.0f} 毫秒"
            )
        few_first, many_first = ([each[0] for each in found[rows][2:]] for rows in (18, 300))
        tell(
            Figure(
                "screen.page",
                "换到下一项，300 行",
                statistics.median(many_first),
                statistics.median(few_first),
                "18 行",
                aim=1.3,
            )
        )


def main() -> None:
    """Measure and print."""
    keys = int(sys.argv[1]) if len(sys.argv) > 1 else rounds(150, 30)
    paragraphs = "\n".join([PARAGRAPH] * (10_000 // len(PARAGRAPH)))
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        print(f"机器负载 {os.getloadavg()[0]:.1f}，{os.cpu_count()} 核")
        print("按键到上屏，旁边每秒写 200 个词（目标 p95 < 50 毫秒）：")
        key_to_paint(home, "line", "一行的格子", "", EVIDENCE, keys)
        key_to_paint(home, "text", f"{len(paragraphs):,} 字的正文，分段", paragraphs, REASON, keys)
        key_to_paint(
            home, "paragraph", "10,000 字的正文，一段到底", paragraphs.replace("\n", ""), REASON, keys
        )
        page_change(home, keys)


if __name__ == "__main__":
    main()
