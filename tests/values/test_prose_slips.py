"""A slip of the hand is not read as the figure it begins with."""

from __future__ import annotations

import pytest

from assistant.domain.value import Kind
from assistant.values.read import read_actual, read_target, read_value


@pytest.mark.parametrize("text", ["5次12", "120家3", "3个4.5"])
def test_digits_behind_a_quantity_make_it_a_matter_for_a_person(text: str) -> None:
    value = read_value(text)
    assert value.kind is Kind.TEXT
    assert "看不出是多少" in "".join(value.notes)


def test_nor_is_it_read_so_beside_a_target_of_that_unit() -> None:
    assert read_actual("5次12", read_target("≥3次")).kind is Kind.TEXT


@pytest.mark.parametrize("text", ["2分40秒", "5次", "50户120人"])
def test_figures_that_belong_together_are_read_as_before(text: str) -> None:
    assert read_value(text).kind is not Kind.TEXT
