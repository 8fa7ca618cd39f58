"""Plain numbers: weights, money, rates and Chinese numerals."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.values.normalise import narrowed, wide_figures
from assistant.values.numbers import chinese_numeral, read_money, read_number, read_rate


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10.00", "10.00"), ("215,457.6", "215457.6"), (" 9.3 ", "9.3"), ("１０", "10"), ("-2", "-2"), ("10分", "10"),
        ("0", "0"), ("112.511000", "112.511000"), ("8．62", "8.62"),
        ("—", None), ("/", None), ("-", None), ("", None), ("IO", None), ("十", None), ("1.2.3", None), ("12,34", None),
        ("5%", None), ("²", None), ("9" * 30, None),
    ],
)  # fmt: skip
def test_a_weight_or_score_is_read_or_openly_not(text: str, expected: str | None) -> None:
    found = read_number(text)
    assert found == (None if expected is None else Decimal(expected))


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("800万元", "万元", "800"), ("2.38  万元", "万元", "2.38"), ("2.38", "万元", "2.38"), ("250000.00", "元", "250000"),
        ("72890元", "万元", "7.289"), ("1.5万", "元", "15000"), ("0.3亿元", "万元", "3000"), ("￥1,200.50", "元", "1200.50"),
        ("人民币5000元整", "元", "5000"), ("0", "万元", "0"), ("1元", "万元", "0.0001"),
        ("万元", "万元", None), ("", "万元", None), ("-", "万元", None), ("约5万元", "万元", None), ("5个", "元", None),
    ],
)  # fmt: skip
def test_money_comes_in_the_form_s_unit(text: str, unit: str, expected: str | None) -> None:
    assert read_money(text, unit) == (None if expected is None else Decimal(expected))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("61.91%", ["0.6191"]), ("100％", ["1"]), ("100", ["1", "100"]), ("79.27", ["0.7927", "79.27"]),
        ("1", ["1", "0.01"]), ("0.86", ["0.86", "0.0086"]), ("0", ["0"]), ("0.00%", ["0"]), ("", []), ("—", []), ("完成", []),
    ],
)  # fmt: skip
def test_a_rate_without_a_sign_has_two_readings(text: str, expected: list[str]) -> None:
    assert read_rate(text) == tuple(Decimal(one) for one in expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("十", "10"), ("十二", "12"), ("二十", "20"), ("二十一", "21"), ("两", "2"), ("两百", "200"), ("一百零五", "105"),
        ("一百一", "110"), ("一百二十一", "121"), ("一千五", "1500"), ("一千零五十", "1050"), ("三万五千", "35000"),
        ("三万五", "35000"), ("一万零五百", "10500"), ("十二万", "120000"), ("一亿", "100000000"),
        ("一亿二千万", "120000000"), ("二〇二二", "2022"), ("三点五", "3.5"), ("零", "0"), ("贰佰", "200"),
        ("六成", "0.6"), ("八成半", "0.85"), ("半数", "0.5"), ("百分之九十五", "0.95"), ("百分之九十三点五", "0.935"),
        ("百分之98", "0.98"), ("千分之三", "0.003"),
        ("", None), ("优", None), ("二三", None), ("一二十", None), ("三点", None),
    ],
)  # fmt: skip
def test_a_chinese_numeral_is_its_number(text: str, expected: str | None) -> None:
    assert chinese_numeral(text) == (None if expected is None else Decimal(expected))


def spelled(number: int) -> str:
    """The usual spelling of a number below 10⁸, written independently of the reader."""
    digits = "零一二三四五六七八九"
    if number >= 10000:
        rest = number % 10000
        tail = "" if rest == 0 else ("零" if rest < 1000 else "") + spelled(rest)
        return spelled(number // 10000) + "万" + tail
    text, gap = "", False
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            text += ("零" if gap and text else "") + digits[digit] + name
        gap = digit == 0
    return text or "零"


@given(st.integers(0, 10**8 - 1))
def test_every_number_written_out_reads_back(number: int) -> None:
    assert chinese_numeral(spelled(number)) == number


@given(st.decimals(-(10**12), 10**12, places=4, allow_nan=False))
def test_money_written_in_either_unit_is_the_same_amount(amount: Decimal) -> None:
    assert read_money(f"{amount:f}元", "万元") == read_money(f"{amount / 10000:f}万元", "万元")


@pytest.mark.parametrize(
    ("typed", "half_width"),
    [
        ("１２３．５％", "123.5%"),
        ("≥１２３．５％", "≥123.5%"),
        ("＞＝５个", ">=5个"),
        ("98％", "98%"),
        ("１，２３４元", "1,234元"),
        ("2０人，（１）项", "20人，（1）项"),
        ("５．5", "5.5"),
    ],
)
def test_full_width_figures_are_narrowed_and_the_words_around_them_stay(typed: str, half_width: str) -> None:
    assert narrowed(typed) == half_width
    assert wide_figures(typed)
    assert not wide_figures(half_width)


@pytest.mark.parametrize("text", ["98%", "达到，按期（含）", "a＝b", "≥5个；≤9个"])
def test_full_width_punctuation_of_words_is_no_figure(text: str) -> None:
    assert narrowed(text) == text
