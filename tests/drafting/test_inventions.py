"""Words a model made up: causes nobody gave and bodies nobody named."""

from __future__ import annotations

import pytest

from assistant.drafting.drafter import Fact
from assistant.drafting.inventions import verify_model_text

FACTS = (
    Fact(id="F1", label="年度指标值", text="≥4次"),
    Fact(id="F2", label="实际完成值", text="3次"),
    Fact(id="F3", label="情况说明", text="合作单位推迟签约，北京大学未参加", kind="note"),
)


@pytest.mark.parametrize(
    "text",
    [
        "主要原因：合作单位推迟签约。",
        "因合作单位推迟签约，少完成1次。".replace("1次", "部分"),
        "由于签约推迟，合作单位未到。",
        "主要原因：【待补充：未完成的原因】。",
        "因此实际完成3次。",
        "北京大学未参加，相关研究院已通知。",
        "合作单位推迟签约导致未完成。",
    ],
)
def test_what_was_told_passes(text):
    assert verify_model_text(text, FACTS).unsupported == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("主要原因：受疫情反复影响，进度放缓。", "受疫情反复影响"),
        ("由于暴雨频发，未能完成。", "暴雨频发"),
        ("因工作人员严重不足，少完成部分。", "工作人员严重不足"),
        ("上级部门审批延迟导致未完成。", "上级部门审批延迟"),
        ("委托华信咨询有限公司开展。", "华信咨询有限公司"),
        ("与清华大学共同完成。", "清华大学"),
        ("实际完成F2，少完成部分。", "F2"),
        ("说明：F1F2F3F4", "F1F2F3F4"),
        ("正确的写法：F11F12F", "F11F12F"),  # cut off at the length limit
        ("由N1组织完成。", "N1"),
    ],
)
def test_what_nobody_told_is_flagged(text, found):
    spans = verify_model_text(text, FACTS).unsupported
    assert any(found in span.text or span.text in found for span in spans)
    assert all(text[span.start : span.end] == span.text for span in spans)


def test_a_name_that_looks_like_a_slot_passes_where_the_form_has_it():
    facts = (Fact(id="F1", label="指标名称", text="F1方程式赛事保障场次"), *FACTS[1:])
    assert verify_model_text("F1方程式赛事保障实际完成3次。", facts).unsupported == ()
