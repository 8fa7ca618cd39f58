"""Last year's values in words: one quiet line, everything on request."""

from __future__ import annotations

import pytest

from assistant.domain.case import Case, Indicator, LastYearRow
from assistant.workspace.last_year import in_full, in_one_line


def case(this: int | None = 2024, **cells: object) -> Case:
    known = LastYearRow.model_validate({"path": "indicators[1]", "year": 2023, **cells})
    return Case(year=this, indicators=(Indicator(), Indicator()), last_year=(known,))


def test_the_line_says_target_result_and_points() -> None:
    said = in_one_line(case(target="≥3次", actual="3次", weight="5", score="5"), "indicators[1]")
    assert said == "上年：目标 ≥3次，完成 3次，得分 5/5"


def test_a_row_without_last_year_says_nothing() -> None:
    assert in_one_line(case(actual="3次"), "indicators[0]") == ""
    assert in_one_line(Case(indicators=(Indicator(),)), "indicators[0]") == ""


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"actual": "3次"}, "上年：完成 3次"),
        ({"score": "4.5"}, "上年：得分 4.5"),
        ({"actual": " 3 \n 次 ", "weight": "5"}, "上年：完成 3 次"),
        ({"actual": "3次", "reason": "缺人。"}, "上年：完成 3次，原因 缺人。"),
    ],
)
def test_empty_cells_are_left_out(cells: dict[str, str], said: str) -> None:
    assert in_one_line(case(**cells), "indicators[1]") == said


def test_long_cells_are_cut_short_in_the_line_and_whole_on_request() -> None:
    long = "一" * 30
    known = case(actual=long, reason="二" * 50, score="5", weight="5")
    assert in_one_line(known, "indicators[1]") == f"上年：完成 {'一' * 24}…，得分 5/5，原因 {'二' * 40}…"
    assert in_full(known.last_year[0]) == f"完成值：{long}\n得分：5/5\n原因和措施：{'二' * 50}"


@pytest.mark.parametrize(
    ("this", "that", "word"),
    [(2024, 2023, "上年"), (2024, 2021, "2021 年"), (2024, None, "上年"), (None, 2021, "上年")],
)
def test_an_earlier_year_is_called_by_its_number(this: int | None, that: int | None, word: str) -> None:
    assert in_one_line(case(this, year=that, actual="3"), "indicators[1]") == f"{word}：完成 3"
