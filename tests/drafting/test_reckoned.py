"""What a sentence reckons from its own figures follows from them, or is flagged."""

from __future__ import annotations

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
