"""How fast the core is: scoring and every check, against reading the same case from JSON.

    python bench/core.py

For a form of 18 rows it tells times, each as a ratio to ``Case.model_validate_json``:

- first look: no cell was ever seen (all that is remembered is emptied before each round);
- after one edit, in turn of a reason, a score, an actual value and the project's name: all other cells are as they were;
- unchanged: the same case once more, and the same case freshly read, where every cell is equal but no object the same.

Then an edit in a form of 100 rows, first looks at 300 rows ÷ 100 rows, what a row costs at 300 and at 2,000 rows beside one
of 18, and the memory held after one form, after a
form of 300 rows, and at most, when every bounded cache has seen more forms than it keeps. Measurements are
interleaved and medians taken of processor time, so a busy machine disturbs all sides alike.
"""

from __future__ import annotations

import gc
import json
import sys
import tracemalloc
from collections import defaultdict
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import _lru_cache_wrapper, partial
from itertools import count
from pathlib import Path
from statistics import median
from time import process_time
from types import FunctionType

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from assistant.catalogue.profiles import load_profile  # noqa: E402
from assistant.checks.engine import forget_reports  # noqa: E402
from assistant.domain.case import Case, Indicator  # noqa: E402
from assistant.domain.paths import with_cell  # noqa: E402
from assistant.domain.profile import Profile  # noqa: E402
from assistant.workspace.workspace import assess  # noqa: E402
from bench.figures import Figure, rounds, tell  # noqa: E402

ROUNDS = rounds(60, 12)
FORM = ROOT / "tests" / "data" / "forms" / "000.json"


def forget() -> None:
    """Empty all that the core remembers of cells and forms; the catalogue of checks and its patterns stay."""
    for module in [module for name, module in sys.modules.items() if name.startswith("assistant.")]:
        for value in list(vars(module).values()):
            of_core = getattr(value, "__module__", "").startswith("assistant.")
            if (
                isinstance(value, FunctionType | _lru_cache_wrapper)
                and of_core
                and hasattr(value, "cache_clear")
            ):
                bounds = value.cache_parameters()["maxsize"] if hasattr(value, "cache_parameters") else 1
                if bounds:
                    value.cache_clear()
    forget_reports()


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


def editor(case: Case, profile: Profile, path: str, texts: str) -> Callable[[], object]:
    """Writes another text into the cell at *path* at each call and looks at what follows; 0 in *texts* is a counter."""
    numbers = count(1)
    return lambda: assess(with_cell(case, path, texts.replace("0", str(next(numbers)))), profile)


def _next_assessed(cases: Iterator[Case], profile: Profile) -> object:
    return assess(next(cases), profile)


def held(action: Callable[[], object]) -> Decimal:
    """Megabytes that stay allocated after *action*, caches empty before."""
    forget()
    gc.collect()
    tracemalloc.start()
    action()
    gc.collect()
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return Decimal(size) / 1_000_000


def main() -> None:
    """Measure and print."""
    case = Case.model_validate(json.loads(FORM.read_text(encoding="utf-8"))["case"])
    profile = load_profile("beijing-2022")
    text = case.model_dump_json()
    assess(case, profile)
    hundred, three_hundred = of_rows(case, 100), of_rows(case, 300)
    edits = {
        "reason": ("改一处原因", "indicators[3].reason", "因第0批材料晚到，计划延至12月完成。"),
        "score": ("改一个得分", "indicators[3].score", "1.0"),
        "actual": ("改一个完成值", "indicators[3].actual", "0个"),
        "project": ("改项目名称", "project", f"{case.project}0期"),
    }
    editors = {name: editor(case, profile, path, texts) for name, (_, path, texts) in edits.items()}
    edit_100 = editor(hundred, profile, *edits["reason"][1:])
    times: dict[str, list[float]] = defaultdict(list)
    for turn in range(ROUNDS):
        times["read"].append(timed(lambda: Case.model_validate_json(text), 20))
        forget()
        times["first"].append(timed(lambda: assess(case, profile)))
        for name, edit in editors.items():
            edit()
            times[name].append(timed(edit, 5))
        assess(case, profile)
        times["unchanged"].append(timed(lambda: assess(case, profile), 5))
        again = iter([Case.model_validate_json(text) for _ in range(5)])
        times["again"].append(timed(partial(_next_assessed, again, profile), 5))
        if turn % 6 == 0:
            forget()
            times["300"].append(timed(lambda: assess(three_hundred, profile)))
            forget()
            times["100"].append(timed(lambda: assess(hundred, profile)))
            edit_100()
            times["100.reason"].append(timed(edit_100, 5))
    large = of_rows(case, 2000)
    for _ in range(rounds(5, 1)):
        forget()
        times["2000"].append(timed(lambda: assess(large, profile)))
    typical = {name: median(each) for name, each in times.items()}
    read = typical["read"]
    told = {"first": ("首次核算与全部检查", 0.0)}
    told |= {name: (what, 10.0) for name, (what, _, _) in edits.items()}
    told |= {"unchanged": ("未改，再核算一次", 10.0), "again": ("重新读入，各格相同", 10.0)}
    for name, (what, aim) in told.items():
        tell(
            Figure(
                f"core.{name}", what, typical[name], read, f"读入同一张 {len(case.indicators)} 行表", aim=aim
            )
        )
    tell(Figure("core.100.reason", "100 行表改一处原因", typical["100.reason"], typical["reason"], "18 行表"))
    tell(Figure("core.300", "300 行表首次", typical["300"], typical["100"], "100 行表首次", aim=3.3))
    row = typical["first"] / len(case.indicators)
    for rows in (300, 2000):
        what = f"{rows:,} 行表首次，每行"
        tell(
            Figure(
                f"core.growth.{rows}",
                what,
                typical[str(rows)] / rows,
                row,
                "18 行表",
                aim=1.2,
                size=f"{rows:,} 行",
            )
        )
    many = [of_rows(case, 18 + number) for number in range(300)]
    one = held(lambda: assess(case, profile))
    for name, what, action in (
        ("large", "看过一张 300 行表以后记住的", lambda: assess(three_hundred, profile)),
        (
            "many",
            f"看过 {len(many)} 张表以后记住的",
            lambda: [assess(form, profile) for form in many] and None,
        ),
    ):
        tell(
            Figure(f"core.held.{name}", what, float(held(action)), float(one), "看过一张 18 行表", unit="MB")
        )


if __name__ == "__main__":
    main()
