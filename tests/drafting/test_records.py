"""What the case keeps of a draft: its provenance, the share of it that was taken, how it came through the verifier."""

from __future__ import annotations

import pytest

from assistant.domain.case import DraftState
from assistant.drafting.drafter import Draft
from assistant.drafting.records import kept_percent, record_of

DRAFT = Draft(
    path="indicators[0].reason",
    text="因签约推迟，少完成1次。",
    source="model",
    model="m",
    prompt="deviation_reason/1",
    instruction="再短些",
)


@pytest.mark.parametrize(
    ("taken", "percent"),
    [
        ("因签约推迟，少完成1次。", 100),
        ("因签约推迟，\n 少完成1次。", 100),  # line breaks and spaces are no letters of the draft
        ("因签约推迟，少完成1次。已于3月补办。", 100),  # added to, nothing taken away
        ("因签约推迟。", 50),  # 因签约推迟 and 。, 6 of its 12 characters
        ("少完成1次。", 50),  # 6 of 12
        ("因签约推迟，少完成2次。", 92),  # 11 of 12: 91.67
        ("", 0),
        ("另写一段", 0),
    ],
)
def test_the_share_is_of_the_drafts_characters_still_there(taken, percent):
    assert kept_percent(DRAFT.text, taken) == percent


def test_half_a_percent_is_rounded_up():
    assert kept_percent("甲" * 3 + "乙" * 5, "甲" * 3) == 38  # 37.5
    assert kept_percent("", "甲") == 0


def test_a_draft_taken_is_kept_with_all_that_is_to_be_known_of_it():
    record = record_of(DRAFT, DraftState.EDITED, "因签约推迟。", "2023-02-06T10:15:00+08:00", 0)
    assert (record.source, record.model, record.prompt, record.instruction) == (
        "model",
        "m",
        "deviation_reason/1",
        "再短些",
    )
    assert record.made_at == "2023-02-06T10:15:00+08:00"
    assert (record.text, record.kept_percent, record.unsupported) == (DRAFT.text, 50, 0)


@pytest.mark.parametrize("state", [DraftState.OFFERED, DraftState.REJECTED])
def test_of_a_draft_not_taken_no_share_is_told(state):
    assert record_of(DRAFT, state, "", "", 2).kept_percent is None
    assert record_of(DRAFT, state, "", "", 2).unsupported == 2
