"""What the user is shown of a reading."""

from __future__ import annotations

import pytest

from assistant.values.read import read_value
from assistant.values.report import value_json
from assistant.values.words import in_words, printed


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("≥3个", "不少于 3 个"),
        ("≤112.511万元", "不超过 112.511 万元"),
        (">95%", "多于 95%"),
        ("93%", "93%"),
        ("200余人", "200 人多一些"),
        ("约200人", "约 200 人"),
        ("≤11月", "最迟 11 月"),
        ("2022.11月完成", "2022 年 11 月"),
        ("每月15日前", "最迟 15 日"),
        ("90%-95%", "90% 至 95%"),
        ("优，达成年度指标", "等级：优（达成年度指标）"),
        ("部分达成", "等级：部分达成年度指标"),
        ("优良中低差", "等级范围：优、良、中、低、差（没有写明目标是哪一级）"),
        ("是", "回答：是"),
        ("3场、500人次", "3 场；500 人次"),
        ("—", "没有填写"),
        ("有效提升", "文字，需人工判断"),
        ("M.8万元", "看不懂，需人工判断"),
    ],
)
def test_a_reading_in_words(cell: str, words: str) -> None:
    assert in_words(read_value(cell)) == words


@pytest.mark.parametrize(
    ("cell", "canonical"),
    [
        ("不少于３个", "≥3个"),
        ("98%以上", "≥98%"),
        ("250,000.00元", "250000元"),
        ("2022.11月完成", "2022年11月"),
        ("11月底前", "≤11月"),
        ("1.2万余人", "1.2万余人"),
        ("90%~95%", "90%至95%"),
        ("优、良、中、差", "优良中差"),
        ("百分之九十五", "95%"),
    ],
)
def test_a_reading_has_one_way_of_being_written(cell: str, canonical: str) -> None:
    assert printed(read_value(cell)) == canonical


def test_json_has_exact_numbers_as_text() -> None:
    shown = value_json(read_value("≤112.511000万元"))
    assert {key: shown[key] for key in ("raw", "kind", "op", "value", "unit", "norm", "norm_unit")} == {
        "raw": "≤112.511000万元",
        "kind": "quantity",
        "op": "le",
        "value": "112.511",
        "unit": "万元",
        "norm": "1125110",
        "norm_unit": "元",
    }


def test_json_of_a_deadline_has_what_was_said_of_the_day() -> None:
    shown = value_json(read_value("2022.11月完成"))
    assert (shown["value"], shown["year"], shown["month"], shown["day"]) == ("2022-11", 2022, 11, None)
    assert (shown["op"], shown["unit"]) == (None, "")


def test_json_of_several_values_has_its_parts() -> None:
    assert [part["value"] for part in value_json(read_value("3场、500人次"))["parts"]] == ["3", "500"]
