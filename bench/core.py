"""How fast the core is: scoring and every check, against reading the same case from JSON.

    python bench/core.py

For a form of 18 rows it prints three times, each as a ratio to ``Case.model_validate_json``:

- first look: no cell was ever seen (every cache of the core is emptied before each round);
- after one edit: a letter was typed into one cell, all others are as they were;
- unchanged: the same case once more.

Then the same edit in a form of 100 rows, and first looks at 300 rows ÷ 100 rows. Measurements are interleaved and medians
taken of processor time, so a busy machine disturbs all sides alike.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from statistics import median
from time import process_time

from assistant.catalogue.profiles import load_profile
from assistant.domain.case import Case, Indicator
from assistant.domain.paths import cell, with_cell
from assistant.domain.profile import Profile
from assistant.workspace.workspace import assess

ROUNDS = 60
FORM = Path(__file__).parents[1] / "tests" / "data" / "forms" / "000.json"


def forget() -> None:
    """Empty every bounded cache of the core: what was remembered of cells, not the catalogue of checks."""
    for module in [module for name, module in sys.modules.items() if name.startswith("assistant.")]:
        for value in vars(module).values():
            if (
                hasattr(value, "cache_clear")
                and value.cache_parameters()["maxsize"]
                and getattr(value, "__module__", "").startswith("assistant.")
            ):
                value.cache_clear()


def timed(action: Callable[[], object], times: int = 1) -> float:
    """Milliseconds of the processor."""
    start = process_time()
    for _ in range(times):
        action()
    return (process_time() - start) * 1000 / times


def of_rows(case: Case, rows: int) -> Case:
    """A form of *rows* rows whose cells all differ."""
    made = []
    for index in range(rows):
        row = case.indicators[index % len(case.indicators)]
        numeric = row.target[:1] == "≥" and "%" not in row.target
        made.append(
            Indicator(
                level1=row.level1,
                level2=row.level2,
                level3=f"{row.level3}{index + 1}",
                target=f"≥{index + 3}个" if numeric else row.target,
                actual=f"{index + 4}个" if numeric else row.actual,
                weight=row.weight,
                score=row.score,
                reason=f"因第{index + 1}批材料晚到，计划延至{index % 12 + 1}月完成。"
                if index % 3 == 0
                else "",
            )
        )
    return case.model_copy(update={"indicators": tuple(made)})


def editor(case: Case, profile: Profile) -> Callable[[], object]:
    """Types one letter more or less into the fourth row's reason at each call, and looks at what follows."""
    letters = count()
    path = "indicators[3].reason"
    text = cell(case, path)
    return lambda: assess(with_cell(case, path, f"{text}因第{next(letters)}批材料晚到。"), profile)


def main() -> None:
    """Measure and print."""
    case = Case.model_validate(json.loads(FORM.read_text(encoding="utf-8"))["case"])
    profile = load_profile("beijing-2022")
    text = case.model_dump_json()
    assess(case, profile)
    hundred, three_hundred = of_rows(case, 100), of_rows(case, 300)
    reading, first, edited, unchanged = [], [], [], []
    first_100, edited_100, first_300 = [], [], []
    edit, edit_100 = editor(case, profile), editor(hundred, profile)
    for turn in range(ROUNDS):
        reading.append(timed(lambda: Case.model_validate_json(text), 20))
        forget()
        first.append(timed(lambda: assess(case, profile)))
        edited.append(timed(edit, 5))
        unchanged.append(timed(lambda: assess(case, profile), 5))
        if turn % 6 == 0:
            forget()
            first_300.append(timed(lambda: assess(three_hundred, profile)))
            forget()
            first_100.append(timed(lambda: assess(hundred, profile)))
            edited_100.append(timed(edit_100, 5))
    base = median(reading)
    lines = [f"{len(case.indicators)} 行表读入 {base:.3f} 毫秒；核算与全部检查："]
    for name, times in (("首次", first), ("改一格", edited), ("未改", unchanged)):
        lines.append(f"  {name} {median(times):.2f} 毫秒（{median(times) / base:.1f} 倍）")
    lines.append(f"100 行表：首次 {median(first_100):.1f} 毫秒，改一格 {median(edited_100):.2f} 毫秒")
    lines.append(
        f"300 行表：首次 {median(first_300):.1f} 毫秒，是 100 行的 {median(first_300) / median(first_100):.2f} 倍"
    )
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
