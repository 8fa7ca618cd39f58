"""Cells are read and written by their paths; a write changes that cell and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.case import Case, FundRow, Goal, Indicator, Person, blank_case
from assistant.domain.paths import ROOT_CELLS, cell, text_paths, with_cell

CASE = Case(
    year=2022,
    people=(Person(name="×××"),),
    funds=(FundRow(label="其中:当年财政拨款"), FundRow(label="年度资金总额", rate="61.91%")),
    goals=(Goal(actual="完成"),),
    indicators=(Indicator(target="≥3个"), Indicator(reason="因")),
)
PATHS = [
    *(path for path in ROOT_CELLS if path != "year"),
    "people[0].phone",
    "funds[0].executed",
    "funds.total.rate",
    "goals[0].expected",
    "indicators[1].actual",
]


def test_the_total_row_is_found_wherever_it_stands() -> None:
    assert cell(CASE, "funds.total.rate") == "61.91%"
    assert with_cell(CASE, "funds.total.rate", "62%").funds[1].rate == "62%"


@given(st.sampled_from(PATHS), st.text())
def test_what_was_written_is_read_and_everything_else_stays(path: str, text: str) -> None:
    changed = with_cell(CASE, path, text)
    assert cell(changed, path) == text
    assert with_cell(changed, path, cell(CASE, path)) == CASE
    assert all(cell(changed, other) == cell(CASE, other) for other in PATHS if other != path)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2023", 2023),
        (" 2023年度 ", 2023),
        ("2023年", 2023),
        ("23", None),
        ("", None),
        ("明年", None),
        ("²⁰²³", None),
    ],
)
def test_a_year_is_four_digits_or_unknown(text: str, year: int | None) -> None:
    assert with_cell(CASE, "year", text).year == year


@pytest.mark.parametrize(
    "path",
    ["", "nothing", "indicators", "indicators[2].target", "indicators[0]", "indicators[0].nothing", "indicators[-1].target",
     "funds.total", "goals.total.actual", "notes[0].text", "schema_version", "project.x"],
)  # fmt: skip
def test_what_is_no_cell_is_refused(path: str) -> None:
    with pytest.raises(KeyError):
        cell(CASE, path)
    with pytest.raises(KeyError):
        with_cell(CASE, path, "x")


def test_a_form_without_money_rows_has_no_total_row() -> None:
    with pytest.raises(KeyError):
        cell(Case(), "funds.total.rate")


def test_texts_that_may_be_drafted_in_the_order_of_the_form() -> None:
    assert text_paths(CASE) == ("goals[0].actual", "indicators[0].reason", "indicators[1].reason")


def test_a_blank_form_has_the_national_rows() -> None:
    case = blank_case(year=2024)
    assert [row.label for row in case.funds] == [
        "年度资金总额",
        "其中:当年财政拨款",
        "上年结转资金",
        "其他资金",
    ]
    assert [row.weight for row in case.funds] == ["10", "-", "-", "-"]
    assert (case.total_weight, case.year, len(case.goals), len(case.indicators)) == ("100", 2024, 1, 1)
