"""A row as a sentence tells it, where the form prints its unit in another cell."""

from __future__ import annotations

import pytest

from assistant.catalogue.profiles import load_profile
from assistant.domain.case import Case, Goal, Indicator
from assistant.drafting.narrative import narrative
from assistant.drafting.service import verify_text
from assistant.drafting.told import in_prose, told_actual, told_target
from assistant.scoring.engine import score_case


def form(target: str, actual: str, name: str = "保洁合格率") -> Case:
    row = Indicator(
        level1="产出", level2="质量", level3=name, target=target, actual=actual, weight="10", score="10"
    )
    return Case(year=2024, indicators=(row,), goals=(Goal(expected="做好保洁。"),))


def told(case: Case) -> tuple[str, str]:
    line = score_case(case, load_profile("central-2020")).line("indicators[0]")
    return told_target(case.indicators[0], line), told_actual(case.indicators[0], line)


@pytest.mark.parametrize(
    ("target", "actual", "name", "expected"),
    [
        (
            "≥ 95 %",
            "96.4",
            "保洁合格率",
            ("≥95%", "96.4%"),
        ),  # 指标性质, 指标值 and 计量单位 in columns of their own
        ("95", "92.31", "水质达标比例（%）", ("95%", "92.31%")),
        ("≤45元/册", "44.8", "单册成本", ("≤45元/册", "44.8元/册")),
        ("≥95%", "96.4%", "保洁合格率", ("≥95%", "96.4%")),
        ("≤90万元", "900000", "成本", ("≤90万元", "900000")),  # yuan or 万元? nobody compared them
        ("≥3", "5", "活动（含线上）", ("≥3", "5")),  # what stands in the brackets is no unit
        ("10", "10", "任务完成时限(月)", ("10", "10")),  # October, or ten months
        ("良", "良", "改善情况", ("良", "良")),
    ],
)
def test_a_bare_figure_takes_the_unit_the_form_has_elsewhere(
    target: str, actual: str, name: str, expected: tuple[str, str]
) -> None:
    assert told(form(target, actual, name)) == expected


def test_blanks_between_sign_number_and_unit_go_and_those_between_words_stay() -> None:
    assert in_prose("≥ 98 %") == "≥98%"
    assert in_prose("≤ 30 万元") == "≤30万元"
    assert in_prose("GB/T 15835") == "GB/T 15835"


def test_the_template_says_the_result_with_its_unit() -> None:
    case = form("≥ 95 %", "94.1")
    text = narrative(case, score_case(case, load_profile("central-2020")), 0)
    assert "保洁合格率为94.1%，未达到年度指标值≥95%" in text


@pytest.mark.parametrize(("text", "flagged"), [
    ("保洁合格率96.4%，比目标高1.4个百分点。", []),
    ("保洁合格率96.7%。", ["96.7%"]),
    ("保洁合格率96.4%，比目标高1.9个百分点。", ["1.9个百分点"]),
])  # fmt: skip
def test_such_figures_are_held_against_the_form_with_their_unit(text: str, flagged: list[str]) -> None:
    case = form("≥ 95 %", "96.4")
    found = verify_text(case, score_case(case, load_profile("central-2020")), text)
    assert [span.text for span in found.unsupported] == flagged
