"""What scoring tests share: the rule sets, the shipped sample form, and short ways to a row and a case."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from assistant.catalogue.profiles import load_profile
from assistant.domain.case import Case, FundRow, Indicator
from assistant.domain.profile import Profile
from assistant.resources import shipped
from assistant.scoring.engine import score_row
from assistant.scoring.outcome import RowPoints
from assistant.values.read import read_actual, read_target


@pytest.fixture(scope="session")
def central() -> Profile:
    return load_profile("central-2020")


@pytest.fixture(scope="session")
def sample() -> Case:
    """The shipped sample form: 18 indicators, 10 + 90 points, total 95.19."""
    return Case.model_validate_json((shipped("config") / "samples" / "demo.ziping.json").read_text("utf-8"))


Scored = Callable[..., RowPoints]


@pytest.fixture(scope="session")
def scored(central: Profile) -> Scored:
    """``scored("≥3个", "2个", "10", late=...)``: one row under central-2020 with some rules changed."""

    def score(
        target: str, actual: str, weight: str | None, *, is_cost: bool = False, **rules: Any
    ) -> RowPoints:
        goal = read_target(target)
        return score_row(
            goal,
            read_actual(actual, goal),
            None if weight is None else Decimal(weight),
            central.model_copy(update=rules),
            is_cost=is_cost,
            year=2022,
        )

    return score


def make_case(*rows: tuple[str, ...], budget: str = "100", executed: str = "100", **cells: Any) -> Case:
    """A form with the money row and *rows* of (target, actual, weight, score)."""
    names = ("target", "actual", "weight", "score")
    indicators = tuple(
        Indicator(
            level1="产出指标",
            level2="数量指标",
            level3=f"指标{position + 1}：建设",
            **dict(zip(names, row, strict=False)),
        )
        for position, row in enumerate(rows)
    )
    funds = (FundRow(label="年度资金总额", budget=budget, executed=executed, weight="10"),)
    return Case(**{"year": 2022, "funds": funds, "indicators": indicators, **cells})


@pytest.fixture(scope="session")
def form() -> Callable[..., Case]:
    return make_case
