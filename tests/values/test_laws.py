"""What holds for every text."""

from __future__ import annotations

import re
from time import perf_counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.domain.value import Kind, Value
from assistant.values.compare import compare
from assistant.values.normalise import fold
from assistant.values.quantities import find_quantities
from assistant.values.read import read_actual, read_target, read_value
from assistant.values.report import value_json
from assistant.values.words import in_words, printed

from .test_comparing import CASES, table
from .test_reading_cells import ALL

# Text made of what cells are made of meets far more rules than random characters do.
PIECES = (
    *"≥≤><=＝≧》0123456789一二三十百千万亿零两%％‰.,，、；;:：（）()-—~至 年月日前后内底个次家项人元/*·余约近",
    "万元", "人次", "以上", "以内", "不少于", "控制在", "优良中低差", "达成年度指标", "部分达成", "2022", "百分之", "成", "完成", "季度",
    "平方米", "亩", "公里", "每", "工作日", "《", "》", "第", "号", "|", "\n", "O", "l", "**", "√", "①", "1.", "无", "是",
)  # fmt: skip
CELL = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
    st.text(max_size=60),
    st.sampled_from([cell for cell, _ in ALL]),
)


def meaning(value: Value) -> tuple[object, ...]:
    return (
        value.kind, value.op, value.amount, value.upper, value.unit, value.day, value.approximation, value.scale,
        value.level, value.tier, tuple(meaning(part) for part in value.parts),
    )  # fmt: skip


@given(CELL)
@example("9" * 500)
@example("\u0661\u0662个")
@example("²³%")
def test_every_text_is_read_without_an_error_and_kept(text: str) -> None:
    value = read_value(text)
    assert value.raw == text
    assert in_words(value) or value.kind is Kind.NONE
    assert value_json(value)["raw"] == text


@given(CELL)
def test_a_reading_written_down_reads_the_same(text: str) -> None:
    value = read_value(text)
    assert meaning(read_value(printed(value))) == meaning(value)


@given(CELL, CELL)
def test_every_pair_is_compared_without_an_error(target: str, actual: str) -> None:
    asked = read_target(target, actual)
    done = read_actual(actual, asked)
    assert done.raw == actual
    result = compare(asked, done, year=2022)
    assert result.ratio is None or result.ratio >= 0


def test_every_comparison_of_the_table_holds_with_its_values_written_down() -> None:
    for target, actual, verdict in table(CASES):
        asked = read_target(printed(read_target(target)))
        done = read_actual(printed(read_actual(actual, read_target(target))), asked)
        # What is counted, and whether the end of an interval belongs to it, is not printed.
        if not re.search("[|奖级(（]|290", target):
            assert compare(asked, done).verdict is verdict, (target, actual)


@given(CELL)
def test_figures_in_prose_lie_in_the_text_in_order_and_apart(text: str) -> None:
    end = 0
    for mention in find_quantities(text):
        assert mention.start >= end
        assert text[mention.start : mention.end] == mention.text
        assert mention.text
        end = mention.end


@given(st.text(max_size=80))
def test_folding_keeps_every_position(text: str) -> None:
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    "piece",
    [
        "均已",
        "完成",
        "一",
        "万",
        "1,",
        "1，",
        "（",
        "①",
        "第",
        "年",
        "1月",
        "≥",
        "> ",
        "达成",
        "AB/",
        "A1",
        "至",
        "3至",
        "元/",
        "其中",
        "《",
        "百分之",
    ],
)
def test_no_cell_makes_the_reader_slow(piece: str) -> None:
    # Ordinary cells take some 20 µs; a rule that tries every way of splitting the text would take hours here.
    began = perf_counter()
    read_value((piece * 400)[:399] + "x")
    find_quantities((piece * 5000)[:5000])
    assert perf_counter() - began < 2
