"""The formulas against integers: a whole grid to the cent, and the laws they keep."""

from __future__ import annotations

from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.amounts import Rounding, percent, plain, rounded
from assistant.domain.profile import Band, Rounds
from assistant.scoring.arithmetic import (
    above_mark,
    band_of,
    padded,
    points,
    proportional,
    reverse_linear,
    reverse_ratio,
)

ROUNDS = Rounds()
LARGEST_TARGET = 198
HALF_POINTS = range(1, 41)  # weights 0.5, 1, 1.5 ... 20


def half_up_cents(numerator: int, denominator: int) -> Decimal:
    """numerator ÷ denominator in cents, rounded half up, by integers alone."""
    return Decimal((2 * numerator + denominator) // (2 * denominator)).scaleb(-2)


def test_every_case_of_the_grid_agrees_with_integers_to_the_cent():
    # w·a/t with w = h/2: cents = 100·h·a / (2·t). 40 weights × 198·199/2 pairs = 788 040 cases.
    wrong = cases = 0
    actuals = [Decimal(number) for number in range(LARGEST_TARGET + 1)]
    for half in HALF_POINTS:
        weight = Decimal(half) / 2
        for t in range(1, LARGEST_TARGET + 1):
            for a in range(1, t + 1):
                cases += 1
                earned = points(proportional(weight, actuals[a], actuals[t]), ROUNDS)
                wrong += earned != half_up_cents(100 * half * a, 2 * t)
    assert cases == 788_040
    assert wrong == 0


def test_reverse_formulas_agree_with_integers_to_the_cent():
    wrong = 0
    for half in HALF_POINTS:
        weight = Decimal(half) / 2
        for t in range(1, 41):
            for a in range(t, 2 * t + 2):
                by_ratio = points(reverse_ratio(weight, Decimal(a), Decimal(t)), ROUNDS)
                by_line = points(reverse_linear(weight, Decimal(a), Decimal(t)), ROUNDS)
                wrong += by_ratio != half_up_cents(100 * half * t, 2 * a)
                wrong += by_line != half_up_cents(100 * half * max(0, 2 * t - a), 2 * t)
    assert wrong == 0


@pytest.mark.parametrize(
    ("weight", "actual", "target", "expected"),
    [
        ("1", "1", "8", "0.13"),  # 0.125: a binary float prints 0.12
        ("5", "4604", "4754", "4.84"),  # 4.84224…
        ("15", "8676", "8755", "14.86"),  # 14.8646…
        ("2", "97.3", "100", "1.95"),  # 1.946
        ("10", "0", "3", "0.00"),
        ("10", "-4", "3", "0.00"),
        ("10", "7", "3", "10.00"),
    ],
)
def test_proportional_points(weight, actual, target, expected):
    assert str(points(proportional(Decimal(weight), Decimal(actual), Decimal(target)), ROUNDS)) == expected


def test_the_two_reverse_formulas_differ_widely():
    # 目标 ≤160, 实际 386, 15 分: 15 × 160 ÷ 386 = 6.2176…; 386 > 2 × 160, so the linear one gives nothing.
    assert points(reverse_ratio(Decimal(15), Decimal(386), Decimal(160)), ROUNDS) == Decimal("6.22")
    assert reverse_linear(Decimal(15), Decimal(386), Decimal(160)) == 0


def test_the_linear_formula_reaches_nothing_exactly_at_twice_the_ceiling():
    # 10 × (1 - (199 - 100) ÷ 100) = 0.1; at 200 nothing is left.
    assert points(reverse_linear(Decimal(10), Decimal(199), Decimal(100)), ROUNDS) == Decimal("0.10")
    assert reverse_linear(Decimal(10), Decimal(200), Decimal(100)) == 0
    assert reverse_linear(Decimal(10), Decimal(100), Decimal(100)) == 10


@pytest.mark.parametrize(
    ("actual", "expected"),
    [("80", "5.00"), ("60", "0.00"), ("59", "0.00"), ("61", "0.25"), ("100", "10.00"), ("120", "10.00")],
)
def test_points_above_a_pass_mark_of_60_percent(actual, expected):
    # (0.80 - 0.60) ÷ 0.40 × 10 = 5; (0.61 - 0.60) ÷ 0.40 × 10 = 0.25
    earned = above_mark(Decimal(10), Decimal(actual), Decimal(100), Decimal("0.6"))
    assert str(points(earned, ROUNDS)) == expected


def test_a_band_holds_its_lower_end_and_not_its_upper():
    bands = (
        Band(low=Decimal("0.8"), high=Decimal(1), share=Decimal("0.7")),
        Band(low=Decimal(1), share=Decimal(1)),
    )

    def share(part: str) -> Decimal | None:
        band = band_of(bands, Decimal(part), Decimal(300))
        return band and band.share

    assert [share(part) for part in ("239.99", "240", "299.99", "300", "900")] == [
        None,
        Decimal("0.7"),
        Decimal("0.7"),
        Decimal(1),
        Decimal(1),
    ]


def test_truncation_cuts_where_rounding_rounds():
    assert points(Decimal("6.195"), Rounds()) == Decimal("6.20")
    assert points(Decimal("6.199"), Rounds(score_mode=Rounding.TRUNCATE)) == Decimal("6.19")
    assert points(Decimal("6.25"), Rounds(score_places=1)) == Decimal("6.3")


def test_padding_adds_places_and_never_takes_any():
    assert [str(padded(Decimal(text), ROUNDS)) for text in ("79", "79.1", "2.154")] == [
        "79.00",
        "79.10",
        "2.154",
    ]


def test_the_surrounding_precision_does_not_matter():
    with localcontext() as context:
        context.prec = 3
        assert (
            str(points(proportional(Decimal(20), Decimal("65.0712345"), Decimal("66.66")), ROUNDS)) == "19.52"
        )
        assert percent(Decimal("0.619103022460025")) == "61.91%"


def test_endless_numbers_still_print():
    # read_number admits 20 digits on either side of the point; their quotient must not break printing.
    rate = Decimal("9" * 20) / Decimal("0." + "0" * 19 + "1")
    assert percent(rate).endswith("00.00%")
    assert plain(rounded(Decimal("9" * 20), 2)) == "9" * 20


amounts = st.decimals("0.01", "100000", places=2)
weights = st.decimals("0.5", "50", places=1)


@given(weights, amounts, amounts, amounts)
def test_a_better_result_never_earns_less(weight, target, one, other):
    less, more = sorted((one, other))
    assert proportional(weight, less, target) <= proportional(weight, more, target)
    assert above_mark(weight, less, target, Decimal("0.6")) <= above_mark(
        weight, more, target, Decimal("0.6")
    )
    assert reverse_ratio(weight, more, target) <= reverse_ratio(weight, less, target)
    assert reverse_linear(weight, more, target) <= reverse_linear(weight, less, target)


@given(weights, amounts, amounts)
def test_points_stay_between_nothing_and_the_weight(weight, target, actual):
    for formula in (proportional, reverse_ratio, reverse_linear):
        assert 0 <= formula(weight, actual, target) <= weight


@given(weights, amounts, amounts, st.sampled_from(["10000", "0.0001", "3"]))
def test_the_unit_of_measure_changes_no_points(weight, target, actual, factor):
    scale = Decimal(factor)
    for formula in (proportional, reverse_ratio, reverse_linear):
        plainly = points(formula(weight, actual, target), ROUNDS)
        assert points(formula(weight, actual * scale, target * scale), ROUNDS) == plainly


@given(weights, amounts, amounts)
def test_the_linear_formula_is_never_kinder_than_the_ratio(weight, target, actual):
    assert reverse_linear(weight, actual, target) <= reverse_ratio(weight, actual, target)
