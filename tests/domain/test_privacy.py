"""Numbers that belong to a person are hidden, figures of the form are not."""

from __future__ import annotations

import pytest

from assistant.domain.case import Case, Person
from assistant.domain.privacy import hide, known_people, private_spans


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("手机13912345678", "手机***"),
        ("139 1234 5678、139-1234-5678", "***、***"),
        ("+86 13912345678", "***"),
        ("电话：62345678。", "电话***。"),
        ("联系电话62345678", "联系电话***"),
        ("010-62345678转801", "***"),
        ("（0771）2345678", "***"),
        ("身份证11010119900101123x号", "身份证***号"),
        ("发至 wang.x@example.org.cn。", "发至 ***。"),
        ("2023，13912345678，2024年", "2023，***，2024年"),
        ("１３９１２３４５６７８", "***"),
    ],
)
def test_private_numbers_are_hidden(text: str, shown: str) -> None:
    assert hide(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "全年执行数13912345678元",
        "13912345678.50元",
        "1.13912345678",
        "支出 62345678 元",
        "112.511000万元",
        "财预〔2020〕10号",
        "2022-11-30",
        "2022年11月30日前",
        "编号20220101001",
        "010",
        "12345678901234567",
        "热线服务1800人次",
        "13912345678人次",
    ],
)
def test_figures_are_not(text: str) -> None:
    assert hide(text) == text
    assert private_spans(text) == ()


def test_names_and_numbers_of_the_head_are_hidden_in_any_text() -> None:
    assert hide("张三丰与张三丰富", ("张三", "张三丰"), ()) == "×××与×××富"
    assert hide("拨62345678，共162345678元", (), ("62345678",)) == "拨***，共162345678元"


def test_people_of_the_head_are_known_piece_by_piece() -> None:
    case = Case(
        people=(
            Person(name="张三、李四", phone="62345678/13912345678"),
            Person(name="×××", phone="***"),
            Person(name="王"),
        )
    )
    assert known_people(case) == (("张三", "李四"), ("13912345678", "62345678"))
