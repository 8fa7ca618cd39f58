"""Folders of forms for the tests: the published ones, and small ones made to measure."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from assistant.catalogue.profiles import load_profiles
from assistant.domain.case import Case, FundRow, Goal, Indicator
from assistant.domain.case_json import dumps
from assistant.season.judge import Rules, judge
from assistant.season.result import Form, FormResult
from assistant.wiring import exported

PUBLISHED = Path(__file__).parents[1] / "data" / "forms"
RULES = Rules(load_profiles(), "central-2020")


def published() -> dict[str, Case]:
    """Name → case of every published form."""
    return {
        file.stem: Case.model_validate(json.loads(file.read_text("utf-8"))["case"])
        for file in sorted(PUBLISHED.glob("*.json"))
    }


def small(
    project: str,
    *,
    unit: str = "水务局",
    budget: str = "100",
    executed: str = "80",
    score: str = "98",
    done: str = "",
    money_unit: str = "万元",
    rows: Iterable[tuple[str, str, str]] = (("巡查次数", "≥12次", "12次"),),
) -> Case:
    """A form of one money row and *rows* (name, target, actual) that share 90 points; 8 points for the money."""
    given = tuple(rows)
    return Case(
        year=2024,
        project=project,
        unit=unit,
        money_unit=money_unit,
        funds=(FundRow(label="年度资金总额", budget=budget, executed=executed, weight="10", score="8"),),
        goals=(Goal(expected="完成全年任务。", actual=done),),
        indicators=tuple(
            Indicator(
                level1="产出指标",
                level2="数量指标",
                level3=name,
                target=target,
                actual=actual,
                weight=str(90 // len(given)),
                score=str(90 // len(given)),
            )
            for name, target, actual in given
        ),
        total_weight="100",
        total=score,
    )


def result(case: Case, file: str = "", rules: Rules = RULES) -> FormResult:
    """*case* judged as the case file *file*."""
    return judge(Form(file or f"{case.project}.ziping.json", dumps(case).encode()), rules)


def document(case: Case, code: str) -> bytes:
    """*case* as a document of ours."""
    return exported(case, RULES.profiles["central-2020"], code)


def season_folder(root: Path, count: int) -> Path:
    """*count* case files of different projects below *root*."""
    root.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        case = small(f"项目{number:03}", unit=f"单位{number % 3}")
        (root / f"{number:03}.ziping.json").write_text(dumps(case), "utf-8")
    return root
