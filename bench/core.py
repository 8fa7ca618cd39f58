"""How fast the core is: scoring and every check, against reading the same case from JSON.

    python bench/core.py

Prints two ratios: (score + checks) ÷ ``Case.model_validate_json`` for an 18-row form, and 300 rows ÷ 100 rows.
Measurements are interleaved and medians taken, so a busy machine disturbs both sides alike. "cold" means that no cell was
seen before (a form just opened), "warm" that all but one were (somebody types in one cell).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

from assistant.catalogue.profiles import load_profile
from assistant.checks.engine import run_checks
from assistant.domain.case import Case, Indicator
from assistant.domain.profile import Profile
from assistant.scoring.engine import score_case

ROUNDS = 60
FORM = Path(__file__).parents[1] / "tests" / "data" / "forms" / "000.json"


def assessed(case: Case, profile: Profile) -> None:
    """What follows every keystroke."""
    run_checks(case, score_case(case, profile), profile)


def timed(action: Callable[[], object]) -> float:
    """Milliseconds."""
    start = perf_counter()
    action()
    return (perf_counter() - start) * 1000


def varied(case: Case, rows: int, seed: int = 0) -> Case:
    """A form of *rows* rows whose cells all differ, so that no cache of an earlier form helps."""
    stock = case.indicators
    made = []
    for index in range(rows):
        row = stock[index % len(stock)]
        number = index + 1 + seed * rows
        numeric = row.target[:1] == "≥" and "%" not in row.target
        made.append(
            Indicator(
                level1=row.level1,
                level2=row.level2,
                level3=f"{row.level3}{number}",
                target=f"≥{number + 2}个" if numeric else row.target,
                actual=f"{number + 3}个" if numeric else row.actual,
                weight=row.weight,
                score=row.score,
                reason=f"因第{number}批材料晚到，计划延至{number % 12 + 1}月完成。" if index % 3 == 0 else "",
            )
        )
    return case.model_copy(update={"indicators": tuple(made)})


def main() -> None:
    """Measure and print."""
    case = Case.model_validate(json.loads(FORM.read_text(encoding="utf-8"))["case"])
    profile = load_profile("beijing-2022")
    text = case.model_dump_json()
    assessed(case, profile)
    reading, warm, cold, hundred, three_hundred = [], [], [], [], []
    for turn in range(1, ROUNDS + 1):
        reading.append(timed(lambda: Case.model_validate_json(text)))
        warm.append(timed(lambda: assessed(case, profile)))
        fresh = varied(case, len(case.indicators), turn)
        cold.append(timed(lambda fresh=fresh: assessed(fresh, profile)))
        if turn % 6 == 0:
            small, large = varied(case, 100, turn), varied(case, 300, turn + ROUNDS)
            hundred.append(timed(lambda small=small: assessed(small, profile)))
            three_hundred.append(timed(lambda large=large: assessed(large, profile)))
    base = median(reading)
    sys.stdout.write(
        f"{len(case.indicators)} 行表读入 {base:.3f} 毫秒\n"
        f"核算与全部检查：再看一遍 {median(warm):.2f} 毫秒（{median(warm) / base:.1f} 倍），"
        f"首次 {median(cold):.2f} 毫秒（{median(cold) / base:.1f} 倍）\n"
        f"100 行 {median(hundred):.1f} 毫秒，300 行 {median(three_hundred):.1f} 毫秒，"
        f"{median(three_hundred) / median(hundred):.2f} 倍\n"
    )


if __name__ == "__main__":
    main()
