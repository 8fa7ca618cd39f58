"""Published forms: points worked by hand from their facts and figures (``tests/data/forms``)."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from assistant.catalogue.profiles import load_profile
from assistant.domain.case import Case
from assistant.domain.scores import ScoreSheet, Status
from assistant.scoring.engine import score_case

FORMS = Path(__file__).parents[1] / "data" / "forms"


@cache
def sheet(number: str, rules: str = "central-2020") -> ScoreSheet:
    document = json.loads((FORMS / f"{number}.json").read_text("utf-8"))
    return score_case(Case.model_validate(document["case"]), load_profile(rules))


@pytest.mark.parametrize(
    ("number", "path", "computed"),
    [
        ("015", "indicators[0]", "2.92"),  # 3 × 37442 ÷ 38508 = 2.91695
        ("015", "indicators[7]", "1.95"),  # 2 × 97.30 ÷ 100 = 1.946
        ("015", "indicators[13]", "1.15"),  # 2 × 69 ÷ 120
        ("015", "indicators[22]", "1.25"),  # 2 × 770 ÷ 1228 = 1.25407
        ("018", "indicators[3]", "4.84"),  # 5 × 4604 ÷ 4754 = 4.84224
        ("020", "indicators[1]", "0.34"),  # 9.3 × 20 ÷ 550 = 0.33818
        ("026", "funds.total", "2.15"),  # 20 × 30 ÷ 278.4449 = 2.15482
        ("029", "funds.total", "9.91"),  # 10 × 65.07 ÷ 65.66 = 9.91014
        ("029", "indicators[0]", "14.86"),  # 15 × 8676 ÷ 8755 = 14.86465
        ("033", "funds.total", "8.62"),  # 10 × 215457.6 ÷ 250000 = 8.618304
    ],
)
def test_points_in_proportion(number, path, computed):
    line = sheet(number).line(path)
    assert line is not None
    assert str(line.computed) == computed


def test_a_ceiling_broken_at_full_points_is_outside_what_any_formula_gives():
    # <=5300元/户, 5830: 9.00 by the excess, 10 × 5300 ÷ 5830 = 9.09 by the quotient; the form says 10
    line = sheet("018").line("indicators[7]")
    assert line is not None
    assert (str(line.low), str(line.high), line.status) == ("9.00", "9.09", Status.OUT_OF_RANGE)


def test_parents_that_repeat_their_children_are_added_once():
    # printed rows without 一、 and 二、: 2.16 + 5+5+5 + 5+5+3+2 + 5+5 + 10+10 + 5 = 67.16
    found = sheet("026", "hubei")
    assert [line.path for line in found.rows if not line.counts] == ["indicators[0]", "indicators[4]"]
    assert found.total.sum_entered == Decimal("67.16")


def test_one_merged_score_covers_its_group():
    # 20 + 10 × 7; four rows have no score of their own
    found = sheet("025", "hubei")
    assert [line.path for line in found.rows if not line.counts] == [f"indicators[{n}]" for n in (1, 4, 7, 9)]
    assert found.total.sum_entered == 90


def test_a_printed_total_is_set_against_the_sum_of_its_rows():
    # 9 + 13 + 15 + 10 + 10 + 27 + 9 = 93, printed 94; by rule 9.91 + 14.86 + 15 + 10 + 10 + 30 + 10 = 99.77
    total = sheet("029").total
    assert (total.weight, total.entered, total.sum_entered, str(total.computed)) == (100, 94, 93, "99.77")


def test_weights_that_reach_110_are_added_as_printed():
    total = sheet("004").total
    assert (total.weight, total.entered, total.sum_entered) == (110, 100, 110)


def test_a_total_row_of_zeros_is_unknown_and_not_nothing():
    line = sheet("001").line("funds.total")
    assert line is not None
    assert (line.computed, line.status, line.entered) == (None, Status.UNKNOWN, 0)


def test_a_row_that_does_not_apply_stays_out():
    found = sheet("010")
    assert [line.path for line in found.rows if not line.counts] == ["indicators[7]"]
    assert found.total.weight == 100


@pytest.mark.parametrize("number", ["036", "040", "042"])
def test_a_form_without_score_columns_is_no_error(number):
    found = sheet(number)
    assert {line.status for line in found.rows if line.path != "funds.total"} <= {Status.UNKNOWN}
    assert (found.total.weight, found.total.entered, found.total.sum_entered) == (None, None, None)
    assert found.grade == ""


def test_a_damaged_score_is_neither_missing_nor_a_number():
    line = sheet("013").line("indicators[8]")  # "IO" for 10
    assert line is not None
    assert (line.entered, line.status, line.computed) == (None, Status.UNKNOWN, 10)
    assert any("IO" in note for note in line.notes)


def test_an_execution_rate_listed_as_an_indicator_is_not_scored_twice():
    line = sheet("013").line("funds.total")
    assert line is not None
    assert (line.weight, line.rate) == (None, "100.00%")
