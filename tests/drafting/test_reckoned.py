"""What a sentence reckons from its own figures follows from them, or is flagged."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.drafting.drafter import Fact
from assistant.drafting.verify import verify

FACTS = (
    Fact(id="F1", label="发放问卷", text="发放问卷1500份，收回1462份", kind="note"),
    Fact(id="F2", label="上年情况", text="上年供餐192天，本年供餐197天", kind="note"),
    Fact(id="F3", label="合作单位", text="由安康评估事务所评估，10月至11月停工", kind="note"),
)


@pytest.mark.parametrize(
    "text",
    [
        "发放问卷1500份，收回1462份，回收率97.47%。",  # 1462 ÷ 1500 = 0.97466…
        "发放问卷1500份，收回1462份，相差38份。",
        "上年供餐192天，本年供餐197天，合计389天。",
        "供餐由上年供餐192天增加到本年供餐197天，增加5天。",
        "由安康评估事务所评估。",
    ],
)
def test_what_follows_is_accepted(text):
    assert verify(text, FACTS).unsupported == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("发放问卷1500份，收回1462份，回收率94.77%。", "94.77%"),
        ("发放问卷1500份，收回1462份，相差48份。", "48份"),
        ("上年供餐192天，本年供餐197天，合计398天。", "398天"),
        ("供餐由上年供餐192天增加到本年供餐197天，增加6天。", "6天"),
        ("由康宁评估事务所评估。", "康宁评估事务所"),
        ("10月至12月停工。", "10月至12月"),
    ],
)
def test_what_does_not_follow_is_flagged(text, found):
    assert any(found in span.text for span in verify(text, FACTS).unsupported)


READERS = (
    Fact(id="F1", label="接待读者人次", text="47860人次", path="indicators[0].actual"),
    Fact(id="F2", label="免费开放天数", text="318天", path="indicators[1].actual"),
    Fact(id="F3", label="新增藏书量", text="15628册", path="indicators[2].actual"),
    Fact(
        id="F4",
        label="新增藏书量（佐证材料）",
        text="纸质图书12450册、盲文图书128册、电子图书3050册",
        path="indicators[2].evidence",
    ),
    Fact(id="F5", label="单册图书采购均价", text="38.6元", path="indicators[3].actual"),
    Fact(id="F6", label="单册图书采购均价（年度指标值）", text="≤42元", path="indicators[3].target"),
)


@pytest.mark.parametrize(
    "text",
    [
        "接待读者47860人次，日均接待约151人次。",  # 47860 ÷ 318 = 150.50…
        "盲文图书仅占新增总量的0.82%。",  # 128 ÷ 15628 = 0.00819…
        "盲文图书占新增总量的0.8%。",
        "纸质图书12450册、电子图书3050册，合计15500册。",
        "图书采购均价38.6元/册，节约8.1%。",  # 1 - 38.6 ÷ 42 = 0.08095…
    ],
)
def test_a_row_is_reckoned_with_where_the_sentence_speaks_of_it(text):
    assert verify(text, READERS).unsupported == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("接待读者47860人次，日均接待约161人次。", "161人次"),
        ("盲文图书仅占新增总量的0.28%。", "0.28%"),
        ("纸质图书12450册、电子图书3050册，合计15600册。", "15600册"),
        ("图书采购均价38.6元/册，节约1.8%。", "1.8%"),
        ("新增藏书15628册，其中盲文图书3050册。", "3050册"),  # that of another item of the list
    ],
)
def test_a_row_that_gives_no_such_result_leaves_it_flagged(text, found):
    assert any(found in span.text for span in verify(text, READERS).unsupported)


CLOSED = (
    Fact(id="F1", label="公厕管护数量", text="84座", path="indicators[0].actual"),
    Fact(id="F2", label="公厕管护数量（年初年度指标值）", text="86座", path="indicators[0].target"),
    Fact(id="F3", label="补充说明", text="2座随道路改造拆除", kind="note"),
)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("管护公厕84座，2座随道路改造拆除，较年初的86座减少2座。", False),  # 86 - 84 = 2
        ("管护公厕84座，2座随道路改造拆除，较年初的86座减少3座。", True),
    ],
)
def test_a_difference_told_before_is_not_what_is_compared(text: str, wrong: bool) -> None:
    assert bool(verify(text, CLOSED).unsupported) is wrong


@pytest.mark.parametrize(
    ("times", "wrong"), [("1.02倍", False), ("1.03倍", True), ("1.2倍", True), ("2倍", True)]
)
def test_a_ratio_with_decimals_is_rounded_to_them(times: str, wrong: bool) -> None:
    """46012 ÷ 45000 = 1.0225."""
    facts = (
        Fact(id="F1", label="疫苗接种剂次", text="46012剂次", path="indicators[0].actual"),
        Fact(
            id="F2",
            label="疫苗接种剂次（完成率）",
            text="102.25%",
            amount=Decimal("102.25"),
            unit="%",
            path="indicators[0]",
            kind="derived",
        ),
    )
    assert bool(verify(f"接种疫苗46012剂次，是目标的{times}。", facts).unsupported) is wrong
