"""One measured figure: ours beside what it is held against in the same run.

Every script prints its figures for people. When ``bench/page.py`` runs a script, the figures are kept as well, one JSON
line each, in the file that ``ZIPING_BENCH_FIGURES`` names.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

VARIABLE = "ZIPING_BENCH_FIGURES"
SHORT = "ZIPING_BENCH_SHORT"


@dataclass(frozen=True, slots=True)
class Figure:
    """Attributes:
    id: Stable name, for comparing runs ("documents.docx").
    what: What was measured, in words.
    ours, other: The two sides, both in *unit*, medians of turns taken one after the other.
    against: What *other* is.
    unit: ms, s, MiB ...
    aim: The most *ratio* may be, 0 where there is none.
    steady: False where a shared machine moves the ratio too much for a comparison between runs.
    size: For figures of growth how much there was ("300 行"); *ours* is then the cost of one, *other* that of one among the
        fewest.
    """

    id: str
    what: str
    ours: float
    other: float
    against: str
    unit: str = "ms"
    aim: float = 0
    steady: bool = True
    size: str = ""

    @property
    def ratio(self) -> float:
        """Ours ÷ other."""
        return self.ours / self.other


@dataclass(frozen=True, slots=True)
class Absent:
    """What could not be measured on this machine, and why. ``id`` is that of its figures, or what they begin with."""

    id: str
    what: str
    why: str


def tell_absent(absent: Absent) -> None:
    """Print *absent* and keep it where a page is being made: what is not there is told, not passed over."""
    sys.stdout.write(f"{absent.what}：{absent.why}，没有测。\n")
    sys.stdout.flush()
    _keep(asdict(absent))


def tell(figure: Figure) -> None:
    """Print *figure* and keep it where a page is being made."""
    aim = f"，目标 ≤ {figure.aim:g}" if figure.aim else ""
    sys.stdout.write(
        f"{figure.what}：{figure.ours:.4g} {figure.unit}，{figure.against} {figure.other:.4g} {figure.unit}，"
        f"比 {figure.ratio:.2f}{aim}\n"
    )
    sys.stdout.flush()
    _keep(asdict(figure))


def _keep(told: dict[str, object]) -> None:
    if kept := os.environ.get(VARIABLE):
        with Path(kept).open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(told, ensure_ascii=False) + "\n")


def rounds(full: int, short: int) -> int:
    """How many turns to take: *short* in the short form that runs at every change."""
    return short if os.environ.get(SHORT) else full
