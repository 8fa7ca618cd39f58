"""Units found in a text: the longest spelling wins, and a denominator is read with what stands below the stroke."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.domain.value import Dimension
from assistant.values.units import match_unit, unit_of


@pytest.mark.parametrize(
    ("text", "spelled", "length"),
    [
        ("千瓦时以上", "千瓦时", 3),  # not 千瓦
        ("人次参加", "人次", 2),
        ("万人次", "万人次", 3),
        ("元/人*月", "元/人*月", 5),
        ("元/人月", "元/人月", 4),
        ("元每人每月", "元/人*月", 5),
        ("元/(人·月)标准", "元/人·月", 7),
        ("公里·年", "公里·年", 4),
        ("m3/d以上", "m3/d", 4),
        ("万kW·h", "万kW·h", 5),
        ("台(套)", "台(套)", 4),
        ("台(批", "台", 1),
        ("次/半年", "次/半年", 4),
    ],
)
def test_a_unit_is_read_as_far_as_it_goes(text: str, spelled: str, length: int) -> None:
    found = match_unit(text)

    assert found is not None
    assert (found[0].text, found[1]) == (spelled, length)


@pytest.mark.parametrize("text", ["Gx", "/", "的", "", "(人)", "周岁"])
def test_what_is_no_unit_is_not_taken_for_one(text: str) -> None:
    assert match_unit(text) is None


def test_a_latin_symbol_ends_where_letters_end() -> None:
    assert match_unit("5GB", 1) is not None
    assert match_unit("5GBX", 1) is None


def test_a_square_kilometre_is_a_million_square_metres() -> None:
    assert unit_of("千米²").factor == unit_of("平方公里").factor == Decimal(1_000_000)
    assert unit_of("千米²").dimension is Dimension.AREA


def test_a_rate_in_a_population_is_a_share() -> None:
    """One in 10万 (100000) is 0.00001."""
    assert match_unit("/10万") == (unit_of("/10万"), 4)
    assert unit_of("/10万").factor == Decimal("0.00001")
