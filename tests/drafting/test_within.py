"""A reason may cite the results of another indicator that it names, and goes out of date with them."""

from __future__ import annotations

import pytest

from assistant.catalogue.profiles import load_profile
from assistant.domain.case import DraftRecord, DraftState
from assistant.domain.paths import with_cell
from assistant.drafting.figures import marked, open_figures
from assistant.drafting.service import verify_text
from assistant.scoring.engine import score_case

ROWS = (
    ("数量指标", "监测设备到货率", "≥95%", "85%", "10", "8.95"),
    ("数量指标", "开展操作培训", "≥12次", "9次", "10", "7.5"),
    ("数量指标", "培训学员", "≥300人", "240人", "10", "8"),
)
REASON = "indicators[1].reason"
TRUE = "计划12次，实际9次，差3次。因监测设备到货率仅85%，低于95%的目标，后面的培训推迟。"


@pytest.fixture
def form(scored):
    return scored(*ROWS)


def flagged(form, text: str) -> list[str]:
    return [span.text for span in verify_text(*form, text, REASON).unsupported]


def test_the_figures_of_an_indicator_named_in_the_reason_are_supported(form):
    assert flagged(form, TRUE) == []


def test_its_name_without_the_last_word_is_enough(form):
    assert flagged(form, "因监测设备到货仅85%，培训推迟。") == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("因监测设备到货率仅87%，培训推迟。", ["87%"]),
        ("因到货晚，只到了85%，培训推迟。", ["85%"]),  # nobody can know which indicator is meant
        ("培训学员不足，实际培训240人，监测设备到货率仅80%。", ["80%"]),
        ("因监测设备到货率仅85%，实际只开展85次。", ["85次"]),
        ("因监测设备到货率仅9%，培训推迟。", ["9%"]),
    ],
)
def test_another_figure_or_a_row_not_named_is_told(form, text, wrong):
    assert flagged(form, text) == wrong


def test_a_figure_under_the_name_of_the_other_indicator_is_told(form):
    assert flagged(form, "开展操作培训240次。")
    assert flagged(form, "监测设备到货9次，培训学员9人。")


def test_an_accepted_reason_goes_out_of_date_with_the_row_it_cites(form):
    case, _ = form
    record = DraftRecord(path=REASON, text=TRUE, source="model", state=DraftState.ACCEPTED)
    case = with_cell(case.model_copy(update={"drafts": (record,)}), REASON, TRUE)
    profile = load_profile("central-2020")
    before = (case, score_case(case, profile))
    assert open_figures(*before) == ()
    changed = with_cell(case, "indicators[0].actual", "90%")
    now = (changed, score_case(changed, profile))
    after = marked(*now, before)
    assert [(one.text, one.now) for one in open_figures(after, now[1])] == [("85%", "90%")]


def test_a_name_that_two_indicators_have_says_neither(scored):
    form = scored(*ROWS, ("质量指标", "监测设备到货率", "≥60%", "70%", "10", "10"))
    assert flagged(form, "因监测设备到货率仅85%，培训推迟。") == ["85%"]
