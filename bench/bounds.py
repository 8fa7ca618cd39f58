"""How long the screen stands still at the bounds of what the program is made for.

    python bench/bounds.py

A form of 2,000 indicators, one with a text of 1 MB, one with 10,000 earlier drafts, and the sample of 18 rows beside
them, each in a real pseudo-terminal: opened, jumped about in, typed into (a cell and a text), paged through, saved. Told
is the longest pause of the event loop in each, in which no key would be answered. None may be longer than 100 ms on a
machine that adds up a million squares in 60 ms, which is a quick one: that sum is done between the acts, and the pauses
are told as so many times of it (``LONGEST``). What other programs do to the machine meanwhile counts against us.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from assistant.domain.case import Case, DraftRecord  # noqa: E402
from bench.core import of_rows  # noqa: E402
from bench.figures import Figure, rounds, tell  # noqa: E402
from bench.screen import (  # noqa: E402
    CTRL_G,
    CTRL_S,
    F2,
    F3,
    PARAGRAPH,
    REASON,
    TAB,
    Program,
    characters,
    sample,
    with_reason,
    written,
)  # fmt: skip

LONGEST = 100 / 60
SUM = "同时做一百万次乘方相加"
ROUNDS = rounds(3, 1)
KEYS = 20
PACE_SECONDS = 0.12
REST_SECONDS = 1.5
"""After an act, until what follows from it has been worked out."""

ACTS = {
    "open": "打开",
    "jump": "跳到一项",
    "cell": "在格子里打字",
    "text": "在正文里打字",
    "page": "换到下一项",
    "save": "保存",
}


def forms() -> Iterator[tuple[str, str, Case]]:
    """Id, name and form: the sample, then one at each bound."""
    narrative = "\n".join([PARAGRAPH] * (1_000_000 // len(PARAGRAPH.encode())))
    record = DraftRecord(
        path=REASON,
        text="因材料晚到，有关部门于十一月补办。",
        source="model",
        model="测速",
        prompt="deviation_reason/1",
    )
    drafts = tuple(record.model_copy(update={"text": f"{record.text}{number}"}) for number in range(10_000))
    yield "plain", "18 行", sample()
    yield "rows", "2,000 项指标", of_rows(sample(), 2000)
    yield "text", "1 MB 的文字", with_reason(sample(), narrative)
    yield "drafts", "10,000 份以往草稿", sample().model_copy(update={"drafts": drafts})


def a_sum() -> float:
    """How long this machine takes for the sum now, in milliseconds."""
    begun = time.perf_counter()
    sum(number * number for number in range(10**6))
    return (time.perf_counter() - begun) * 1000


def pauses(home: Path, case: Case, sums: list[float]) -> dict[str, float]:
    """Do every act once on *case*; the longest pause of each, in milliseconds. A sum for each goes to *sums*."""
    found: dict[str, float] = {}
    marks = characters()
    rows = len(case.indicators)
    file = written(home, f"bounds-{time.monotonic_ns()}", case)
    begun = time.monotonic()
    with Program(home, "ours", file) as program:

        def act(name: str, deed: Callable[[], object], since: float | None = None) -> None:
            since = time.monotonic() if since is None else since
            deed()
            time.sleep(REST_SECONDS)
            found[name] = program.longest_pause(since)
            sums.append(a_sum())

        def type_letters() -> None:
            for mark in islice(marks, KEYS):
                program.press(mark, mark)
                time.sleep(PACE_SECONDS)

        def jump() -> None:
            program.press(CTRL_G, "跳到哪一页")
            program.press("4\r", f"第 4/{rows} 项")

        def turn_pages() -> None:
            for key, number in ((F3, 5), (F3, 6), (F2, 5), (F2, 4)):
                program.press(key, f"第 {number}/{rows} 项")
                time.sleep(PACE_SECONDS)

        act("open", lambda: program.wait_for("逐页填报"), begun)
        act("jump", jump)
        act("cell", type_letters)
        program.send(TAB * 2)
        time.sleep(REST_SECONDS)
        act("text", type_letters)
        act("page", turn_pages)
        act("save", lambda: program.press(CTRL_S, "已保存："))
    return found


def main() -> None:
    """Measure, all forms in turns, and tell."""
    print(f"机器负载 {os.getloadavg()[0]:.1f}，{os.cpu_count()} 核", flush=True)
    known = list(forms())
    found: dict[str, list[dict[str, float]]] = {name: [] for name, _, _ in known}
    sums: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(ROUNDS):
            for name, _, case in known:
                found[name].append(pauses(Path(folder), case, sums))
    for name, title, _ in known:
        for act, said in ACTS.items():
            longest = median(each[act] for each in found[name])
            tell(
                Figure(
                    f"bounds.{name}.{act}",
                    f"{title}，{said}：最长停顿",
                    longest,
                    median(sums),
                    SUM,
                    aim=LONGEST,
                    steady=False,
                )
            )
            if name != "plain":
                usual = median(each[act] for each in found["plain"])
                tell(
                    Figure(
                        f"bounds.{name}.{act}.usual",
                        f"{title}，{said}：最长停顿",
                        longest,
                        usual,
                        "18 行的表",
                        steady=False,
                    )
                )


if __name__ == "__main__":
    main()
