"""When a figure of the form changes, the texts that cite it are out of date."""

from __future__ import annotations

import pytest

from assistant.catalogue.profiles import load_profile
from assistant.domain.case import Case, DraftRecord, DraftState
from assistant.domain.paths import with_cell
from assistant.domain.scores import ScoreSheet
from assistant.drafting.stale import stale_texts
from assistant.drafting.templates import template_draft
from assistant.scoring.engine import score_case

ROWS = (
    ("数量指标", "召开会议", "≥4次", "3次", "10", "7.5"),
    ("数量指标", "培训学员", "≥100人", "120人", "10", "10"),
)
REASON, ACTUAL = "indicators[0].reason", "goals[0].actual"
Scored = tuple[Case, ScoreSheet]


def changed(form: Scored, path: str, text: str) -> Scored:
    """The form with another value in one cell."""
    case = with_cell(form[0], path, text)
    return case, score_case(case, load_profile("central-2020"))


@pytest.fixture
def form(scored) -> Scored:
    """A form with an accepted reason and an accepted narrative, both from templates."""
    form = scored(*ROWS)
    drafts = tuple(
        DraftRecord(
            path=path, text=template_draft(*form, path).text, source="template", state=DraftState.ACCEPTED
        )
        for path in (REASON, ACTUAL)
    )
    for draft in drafts:
        form = changed(form, draft.path, draft.text)
    case = form[0].model_copy(update={"drafts": drafts})
    return case, score_case(case, load_profile("central-2020"))


def test_nothing_is_stale_while_nothing_changes(form):
    assert stale_texts(*form) == ()
    assert stale_texts(*form, before=form) == ()


def test_a_changed_result_makes_both_texts_stale(form):
    stale = stale_texts(*changed(form, "indicators[0].actual", "2次"))
    assert [text.path for text in stale] == [ACTUAL, REASON]
    assert "3次" in {span.text for span in stale[1].spans}
    assert "75%" in {span.text for span in stale[1].spans}  # 3 ÷ 4; now 2 ÷ 4 = 50 %
    assert all(text.accepted for text in stale)
    assert stale[1].message.startswith("过期：“3次”")
    assert "重新起草" in stale[1].message


def test_a_change_elsewhere_leaves_the_reason_alone(form):
    stale = stale_texts(*changed(form, "indicators[1].actual", "125人"))
    assert [text.path for text in stale] == [ACTUAL]
    assert [span.text for span in stale[0].spans] == ["120人"]


def test_changing_back_mends_it(form):
    there = changed(form, "indicators[0].actual", "2次")
    assert stale_texts(*changed(there, "indicators[0].actual", "3次")) == ()


def test_a_text_typed_by_hand_is_stale_only_against_the_form_before(form):
    case, sheet = form
    case = case.model_copy(update={"drafts": ()})
    now = changed((case, sheet), "indicators[1].actual", "125人")
    assert stale_texts(*now) == ()  # nobody said that its figures ever were the form's
    stale = stale_texts(*now, before=(case, sheet))
    assert [(text.path, text.accepted) for text in stale] == [(ACTUAL, False)]


def test_what_never_had_a_fact_is_not_called_stale(form):
    typed = changed(form, REASON, "另有9家单位未参加，召开会议3次。")
    case = typed[0].model_copy(update={"drafts": ()})
    now = changed((case, typed[1]), "indicators[0].actual", "2次")
    reason = [text for text in stale_texts(*now, before=(case, typed[1])) if text.path == REASON]
    assert [span.text for span in reason[0].spans] == ["3次"]
