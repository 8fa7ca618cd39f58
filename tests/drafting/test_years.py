"""The form tells of its own year: the coming one is for plans, the last one needs a word of the form or the user."""

from __future__ import annotations

import pytest

from assistant.domain.case import Note
from assistant.drafting.service import verify_text

ROWS = (("数量指标", "检修路灯", "≥40盏", "46盏", "90", "90"),)


@pytest.fixture
def flagged(scored):
    """What the verifier flags in a text about a form of 2022, with what the user told."""

    def check(text: str, told: str = "") -> list[str]:
        notes = (Note(path="indicators[0]", text=told),) if told else ()
        case, sheet = scored(*ROWS, notes=notes)
        return [span.text for span in verify_text(case, sheet, text).unsupported]

    return check


def test_the_coming_year_is_for_plans(flagged):
    assert flagged("2023年计划继续检修路灯。") == []
    assert flagged("2023年检修路灯46盏。") == ["2023年"]


def test_last_years_work_is_not_this_years(flagged):
    assert flagged("上年检修路灯46盏。") == ["上年"]


def test_last_year_may_be_told_by_its_number(flagged):
    assert flagged("由上年的38盏增加到46盏。", told="2021年检修38盏") == []
    assert flagged("上年检修路灯46盏。", told="2021年检修38盏") == ["上年"]
