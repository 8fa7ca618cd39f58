"""Counts of the form's rows are bound where the words beside a figure mean them, and nowhere else."""

from __future__ import annotations

import pytest

from assistant.drafting.service import verify_text

ROWS = (  # three of 产出, one of them short; one of 满意度
    ("数量指标", "检修路灯", "≥40盏", "46盏", "20", "20"),
    ("数量指标", "更换井盖", "≥80套", "72套", "20", "18"),
    ("质量指标", "检修合格率", "≥95%", "97%", "20", "20"),
    ("满意度指标", "居民满意度", "≥90%", "92%", "30", "30"),
)


@pytest.fixture
def flagged(scored):
    """What the verifier flags in a text about the whole form."""
    case, sheet = scored(*ROWS)
    return lambda text: [span.text for span in verify_text(case, sheet, text).unsupported]


def test_how_many_rows_were_met_is_not_how_many_were_not(flagged):
    assert flagged("4项指标中完成3项，未完成1项。") == []
    assert flagged("4项指标中完成1项，未完成3项。") == ["1项", "3项"]


def test_a_count_of_rows_is_no_count_of_things(flagged):
    assert flagged("开展上门检修4项。") == ["4项"]
