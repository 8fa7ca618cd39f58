"""Laws over many forms: templates always verify, and no reply of a model brings in a figure of its own."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from assistant.drafting.deviations import draft_paths
from assistant.drafting.facts import facts_for
from assistant.drafting.prompts import render
from assistant.drafting.templates import template_draft
from assistant.drafting.verify import verify
from assistant.values.quantities import find_quantities

UNITS = st.sampled_from(
    ["个", "次", "人", "人次", "家", "%", "万元", "公里", "平方米", "元/人*月", "台（套）", "", "户"]
)
SIGNS = st.sampled_from(["≥", ">=", "≤", "=", "", "不少于"])
NAMES = st.sampled_from(
    [
        "召开专家会",
        "补助标准",
        "受益人数",
        "工程验收合格率",
        "资金拨付及时率",
        "项目总成本",
        "群众满意度",
        "新建管网长度",
        "指标1：培训人数（≥**人）",
    ]
)
LEVEL2 = st.sampled_from(["数量指标", "质量指标", "时效指标", "成本指标", "社会效益指标", "满意度指标"])
NUMBERS = st.one_of(st.integers(0, 120000).map(str), st.decimals(0, 999, places=2).map(str))
WORDS = st.sampled_from(
    [
        "优良中低差",
        "优，达成年度指标",
        "效果明显",
        "达成预期指标",
        "是",
        "2022年11月底前",
        "2022年12月5日",
        "/",
        "",
        "建设中",
    ]
)

pytestmark = pytest.mark.long


@st.composite
def rows(draw):
    """One row: figures of one unit, or words."""
    unit = draw(UNITS)
    figure = st.tuples(SIGNS, NUMBERS).map(lambda pair: f"{pair[0]}{pair[1]}{unit}")
    target = draw(st.one_of(figure, WORDS))
    actual = draw(st.one_of(NUMBERS.map(lambda number: f"{number}{unit}"), WORDS))
    score = draw(st.sampled_from(["10", "9.5", "8", ""]))
    return draw(LEVEL2), draw(NAMES), target, actual, "10", score


@given(
    st.lists(rows(), min_size=1, max_size=5),
    st.sampled_from([("100", "60"), ("2150.5", "2150.5"), ("0", "0"), ("", "")]),
)
@hypothesis_settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_every_template_draft_passes_the_verifier(scored, some, money):
    case, sheet = scored(*some, money=money)
    for path in draft_paths(case, sheet):
        draft = template_draft(case, sheet, path)
        assert draft.unsupported == (), draft.text
        assert draft.text


ROWS = (
    ("数量指标", "召开专家研讨会", "≥3次", "5次", "10", "10"),
    ("数量指标", "梳理实验室情况", "≥120家", "121家", "10", "10"),
    ("满意度指标", "实验室满意度", "≥90%", "93%", "10", "10"),
)
WRITTEN = st.lists(
    st.one_of(
        st.sampled_from([f"{{F{n}}}" for n in range(1, 30)]),
        st.sampled_from(
            [
                "召开专家研讨会",
                "梳理实验室",
                "满意度为",
                "，",
                "。",
                "实际完成",
                "计划",
                "约",
                "执行",
                "①",
                "1.",
                "《",
                "》",
            ]
        ),
        st.tuples(
            st.integers(0, 3000).map(str), st.sampled_from(["次", "家", "%", "万元", "年", "", "个百分点"])
        ).map("".join),
        st.sampled_from(
            ["九十三", "一百二十二家", "百分之五十", "六成", "2022年13月", "〔2022〕9号", "1.1.1.1"]
        ),
    ),
    max_size=14,
).map("".join)


@pytest.fixture
def narrative_facts(scored):
    """The facts of one whole form."""
    case, sheet = scored(*ROWS, money=("112.511", "69.6559"))
    return facts_for(case, sheet, "goals[0].actual")


@given(WRITTEN)
@hypothesis_settings(
    max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_reply_brings_in_a_figure_of_its_own(narrative_facts, reply):
    """Whatever a model writes, a figure whose value is in no fact is flagged."""
    facts = narrative_facts
    known = {
        mention.amount * mention.unit.factor
        for fact in facts
        for mention in find_quantities(f"{fact.text} {fact.label}")
        if mention.amount is not None
    }
    text = render(reply, facts)
    result = verify(text, facts)
    for span in result.supported:
        for mention in find_quantities(span.text):
            if (
                mention.amount is not None
                and mention.approximation is None
                and "约" not in text[: span.start][-2:]
            ):
                assert mention.amount * mention.unit.factor in known, (text, span)
    flagged = {(span.start, span.end) for span in result.unsupported}
    for slot in re.finditer(r"\{F\d+\}", text):
        assert slot.span() in flagged
