"""The cost of the checks of words follows the size of the form: counted in function calls, so no clock can lie."""

from __future__ import annotations

import random
import sys
from types import FrameType
from typing import Any

from assistant.catalogue.profiles import load_profile
from assistant.checks import text, text_claims, text_items, text_numbers, text_private, text_reason
from assistant.checks.engine import all_checks, check_form
from assistant.checks.form import Form, build_form
from assistant.domain.case import Case, Goal, Indicator
from assistant.scoring.engine import score_case

SYLLABLES = "培训工程采购管网改造设备监测断面采样课题研究报告绿化养护补助发放企业走访河道疏浚图书展览"


def _form(rows: int) -> Form:
    """*rows* indicators with names and reasons of their own, and a goal text as long in proportion."""
    choose = random.Random(rows)
    indicators, goals = [], []
    for number in range(rows):
        name = "".join(choose.choice(SYLLABLES) for _ in range(10))
        target, actual = choose.randint(50, 500), choose.randint(40, 520)
        met = actual >= target
        reason = (
            ""
            if met
            else f"计划{target}人，实际{actual}人，因{name}停办；由培训科于2023年3月前补办{number}项。"
        )
        indicators.append(
            Indicator(
                level1="产出指标",
                level2="数量指标",
                level3=name,
                target=f"≥{target}人",
                actual=f"{actual}人",
                weight="1",
                score="1" if met else "0.8",
                reason=reason,
            )
        )
        goals.append(f"{number + 1}.{name}{actual}人，形成《{name}报告》1份；")
    case = Case(
        year=2022,
        unit="某局",
        indicators=tuple(indicators),
        goals=(Goal(expected="\n".join(goals), actual="\n".join(goals[::-1])),),
    )
    profile = load_profile("central-2020")
    return build_form(case, score_case(case, profile), profile)


def _calls(form: Form) -> int:
    checks = {code: each for code, each in all_checks().items() if code[0] in "RVGYXPL"}
    for module in (text, text_claims, text_items, text_numbers, text_private, text_reason):
        for tool in vars(module).values():
            if hasattr(tool, "cache_clear"):
                tool.cache_clear()
    count = 0

    def tally(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(tally)
    try:
        check_form(form, checks)
    finally:
        sys.setprofile(None)
    return count


def test_three_times_the_rows_cost_about_three_times_the_work() -> None:
    few, many = _calls(_form(100)), _calls(_form(300))

    assert many <= 3.3 * few, f"{few} calls for 100 rows, {many} for 300"
