"""The service: models and templates behind one call, facts, questions and JSON."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import AsyncGenerator
from decimal import Decimal

import pytest

from assistant.catalogue.settings import load_settings
from assistant.domain.errors import DraftingUnavailable
from assistant.drafting.deviations import Deviation
from assistant.drafting.drafter import Draft, DraftRequest, Event, Finished, Piece, Span
from assistant.drafting.facts import facts_for
from assistant.drafting.questions import BANK, Part, note, part_of, questions_for
from assistant.drafting.service import (
    draft_json,
    draft_text,
    drafter_for,
    request_for,
    verification_json,
    verify_text,
)
from assistant.drafting.templates import template_draft

REASON = "indicators[0].reason"
SHORT = ("数量指标", "召开会议", "≥4次", "3次", "10", "7.5")


class Fake:
    """A drafter that says one thing, or fails."""

    name = "fake"

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error
        self.closed = False

    async def stream(self, request: DraftRequest) -> AsyncGenerator[Event, None]:
        try:
            yield Piece(text="实际")
            if self.error:
                raise self.error
            yield Finished(draft=Draft(path=request.path, text="实际3次。", source="model", model=self.name))
        finally:
            self.closed = True


async def test_without_a_model_the_template_drafts(scored):
    case, sheet = scored(SHORT)
    draft = await draft_text(case, sheet, REASON)
    assert draft == template_draft(case, sheet, REASON)
    assert "完成率75%" in draft.text  # 3 ÷ 4


async def test_with_a_model_its_draft_comes_and_every_event_is_seen(scored):
    case, sheet = scored(SHORT)
    seen: list[Event] = []
    fake = Fake()
    draft = await draft_text(case, sheet, REASON, fake, watch=seen.append)
    assert (draft.source, draft.text) == ("model", "实际3次。")
    assert seen[0] == Piece(text="实际")
    assert fake.closed


async def test_where_the_model_fails_the_template_steps_in_and_says_why(scored):
    case, sheet = scored(SHORT)
    draft = await draft_text(case, sheet, REASON, Fake(DraftingUnavailable("服务繁忙。")))
    assert draft.source == "template"
    assert draft.notes == ("模型没有帮上忙，已改用模板：服务繁忙。",)


async def test_without_fallback_the_fault_comes_through(scored):
    case, sheet = scored(SHORT)
    with pytest.raises(DraftingUnavailable, match="繁忙"):
        await draft_text(case, sheet, REASON, Fake(DraftingUnavailable("服务繁忙。")), fallback=False)


def test_no_model_is_made_where_none_is_configured(tmp_path):
    assert drafter_for(load_settings({}, {}, tmp_path).settings) is None
    both = {"base_url": "https://a.cn/v1", "model": "m"}
    drafter = drafter_for(load_settings(both, {}, tmp_path).settings)
    assert drafter is not None
    assert drafter.name == "m"


def test_templates_need_no_network_library():
    code = (
        "import sys; import assistant.drafting.service, assistant.drafting.templates;"
        "print([m for m in ('httpx', 'tenacity', 'textual') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_facts_are_numbered_and_computed(scored):
    case, sheet = scored(SHORT, money=("112.511", "69.6559"))
    facts = {fact.label: fact for fact in facts_for(case, sheet, REASON)}
    assert [fact.id for fact in facts.values()] == [f"F{n}" for n in range(1, len(facts) + 1)]
    assert (facts["年度指标值"].text, facts["年度指标值"].amount, facts["年度指标值"].unit) == (
        "≥4次",
        4,
        "次",
    )
    assert (facts["完成率"].text, facts["完成率"].formula) == ("75%", "3 ÷ 4")
    assert (facts["与指标值相差"].text, facts["与指标值相差"].formula) == ("1次", "4 - 3")
    assert facts["扣分"].text == "2.5分"  # 10 - 7.5
    assert facts["预算执行率"].text == "61.91%"
    assert facts["未执行金额"].amount == Decimal("42.8551")
    assert facts["下一年度"].text == "2023年"


@pytest.mark.parametrize(
    ("target", "actual", "absent"),
    [
        ("≥3个", "完成", "完成率"),  # words are no figures
        ("≥3个", "约3个", "完成率"),
        ("0起", "0起", "完成率"),
        ("≥3公里", "5吨", "完成率"),
    ],
)
def test_nothing_is_computed_from_what_does_not_compare(scored, target, actual, absent):
    case, sheet = scored(("数量指标", "甲", target, actual, "10", "10"))
    assert absent not in {fact.label for fact in facts_for(case, sheet, REASON)}


def test_almost_all_is_not_told_as_all(scored):
    # 99999 ÷ 100000 = 99.999 %, which would round to 100.00 %
    case, sheet = scored(("数量指标", "甲", "≥100000人", "99999人", "10", "10"))
    facts = {fact.label: fact.text for fact in facts_for(case, sheet, REASON)}
    assert facts["完成率"] == "99.99%"


def test_the_request_carries_the_places_limit_and_the_wish(scored):
    case, sheet = scored(SHORT)
    request = request_for(case, sheet, REASON, "写短些", {"reason": 100})
    assert request.prompt == "deviation_reason"
    assert request.context["limit"] == "不超过100字"
    assert request.context["deviation"] == "未达到指标值"
    assert request.instruction == "写短些"
    assert request_for(case, sheet, "goals[0].actual").prompt == "actual_result"


def test_the_json_has_the_agreed_shape(scored):
    case, sheet = scored(SHORT)
    draft = template_draft(case, sheet, REASON).model_copy(
        update={"unsupported": (Span(start=1, end=3, text="度指", why="试"),)}
    )
    document = draft_json([draft])
    assert document["schema"] == "ziping.draft/1"
    shown = document["drafts"][0]
    assert set(shown) >= {
        *(
            "path",
            "text",
            "source",
            "model",
            "prompt",
            "attempts",
            "facts",
            "unsupported",
            "pending",
            "usable",
        ),
    }
    assert shown["unsupported"] == [{"span": [1, 3], "text": "度指", "why": "试"}]
    assert {"F8": "年度指标值 ≥4次"}.items() <= {fact["id"]: fact["text"] for fact in shown["facts"]}.items()
    verified = verification_json(verify_text(case, sheet, "召开会议3次，另有9项。"))
    assert verified["schema"] == "ziping.verify/1"
    assert verified["supported"][0]["span"] == [4, 6]
    assert verified["unsupported"][0]["text"] == "9项"


def test_a_model_changes_no_score(scored):
    case, sheet = scored(SHORT)
    before = sheet.model_dump_json()
    template_draft(case, sheet, REASON)
    request_for(case, sheet, REASON)
    assert sheet.model_dump_json() == before


@pytest.mark.parametrize("kind", [kind for kind in Deviation if kind not in {Deviation.MET, Deviation.OPEN}])
def test_every_deviation_asks_for_cause_and_measure(kind):
    asked = BANK[kind]
    assert {Part.CAUSE, Part.MEASURE} <= {question.part for question in asked}
    assert all(len(question.text) <= 26 for question in asked)
    assert all(question.answers for question in asked)


def test_an_answer_becomes_a_note_a_fact_and_a_sentence(scored):
    case, sheet = scored(SHORT)
    question = questions_for(case, sheet, REASON)[0]
    told = case.model_copy(update={"notes": (note(REASON, question, " 招标推迟至2022年9月 "),)})
    draft = template_draft(told, sheet, REASON)
    assert "主要原因：招标推迟至2022年9月。" in draft.text
    assert draft.unsupported == ()


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("合作单位推迟签约", Part.CAUSE),
        ("下一步由业务处督办", Part.MEASURE),
        ("拟于次年3月完成", Part.MEASURE),
        ("未影响总体目标", Part.EFFECT),
    ],
)
def test_a_remark_without_question_finds_its_place(text, part):
    assert part_of("", text) is part
