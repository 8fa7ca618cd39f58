"""Two rule sets on one form: what changes, and why."""

from __future__ import annotations

from assistant.catalogue.profiles import load_profile
from assistant.scoring.compare import compare_profiles


def test_the_same_rules_change_nothing(sample):
    beijing = load_profile("beijing-2022")
    assert compare_profiles(sample, beijing, beijing).changes == ()


def test_every_row_the_total_and_the_grade_that_change_are_named(sample):
    found = compare_profiles(sample, load_profile("beijing-2022"), load_profile("platform-manual-2022"))
    assert [(change.path, change.before, change.after) for change in found.changes] == [
        ("indicators[1]", "1.00", "0.00"),
        ("indicators[6]", "2.00", "0.00"),
        ("indicators[8]", "2.00", "0.00"),
        ("total", "95.19", "79.00"),
        ("grade", "优", "中"),
    ]


def test_a_change_says_both_rules_and_the_cap(sample):
    found = compare_profiles(sample, load_profile("beijing-2022"), load_profile("platform-manual-2022"))
    changes = {change.path: change.why for change in found.changes}
    assert changes["indicators[1]"][0].startswith("达到指标值得满分")
    assert "扣 2 分" in changes["indicators[1]"][1]
    assert any("总分最高 79 分" in line for line in changes["total"])


def test_a_range_against_a_figure(central, form):
    case = form(
        ("≤100万元", "120万元", "10", "9")
    )  # linear 10 × (1 - 20 ÷ 100) = 8, ratio 10 × 100 ÷ 120 = 8.33
    found = compare_profiles(case, central, load_profile("system-base"))
    assert [(change.path, change.before, change.after) for change in found.changes] == [
        ("indicators[0]", "8.00–8.33", "8.00"),
        ("total", "18.00–18.33", "18.00"),
    ]
