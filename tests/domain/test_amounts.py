"""Money and points are rounded as printed forms round them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.amounts import Rounding, percent, plain, rounded


@pytest.mark.parametrize(
    ("amount", "places", "printed"),
    [
        ("6.195", 2, "6.20"),  # a half goes up; a binary float would give 6.19 or 6.2 by luck
        ("6.1949999", 2, "6.19"),
        ("2.675", 2, "2.68"),
        ("-2.675", 2, "-2.68"),  # half up is away from zero, as 四舍五入 of an amount is
        ("0.5", 0, "1"),
        ("10", 2, "10.00"),
    ],
)
def test_a_half_is_rounded_up(amount: str, places: int, printed: str) -> None:
    assert str(rounded(Decimal(amount), places)) == printed


def test_some_systems_cut_instead() -> None:
    assert rounded(Decimal("57.899"), 2, Rounding.TRUNCATE) == Decimal("57.89")  # 1157.97 ÷ 2000


@pytest.mark.parametrize(
    ("amount", "text"),
    [("10.00", "10"), ("112.511000", "112.511"), ("0.00", "0"), ("-0", "0"), ("1E+3", "1000")],
)
def test_plain_numbers_have_no_empty_decimals_and_no_exponent(amount: str, text: str) -> None:
    assert plain(Decimal(amount)) == text


def test_the_rate_of_the_sample_is_printed_as_on_the_form() -> None:
    assert percent(Decimal("69.6559") / Decimal("112.511")) == "61.91%"  # 0.61910302…


@given(st.decimals("-1000000", "1000000", places=6), st.integers(0, 4))
def test_rounding_moves_a_number_by_half_a_step_at_most(amount: Decimal, places: int) -> None:
    step = Decimal(1).scaleb(-places)
    assert abs(rounded(amount, places) - amount) <= step / 2
    assert Decimal(plain(amount)) == amount
