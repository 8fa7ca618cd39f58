"""Good and bad examples by kind of indicator: complete, held to the program's own checks, found by the group's name."""

from __future__ import annotations

import pytest

from assistant.catalogue.examples import KindExamples, examples_for, load_examples
from assistant.domain.value import Kind
from assistant.values.read import read_value


@pytest.mark.parametrize(
    ("level2", "level1", "kind"),
    [
        ("数量指标", "产出指标", "数量"),
        ("服务对象满意度指标", "满意度指标", "满意度"),
        ("可持续影响指标", "效益指标", "可持续"),
        ("经济成本指标", "成本指标", "成本"),
        ("", "满意度指标", "满意度"),
    ],
)
def test_the_kind_is_found_by_the_name_of_the_group(level2, level1, kind):
    found = examples_for(level2, level1)
    assert found is not None
    assert found.kind == kind


def test_a_group_of_ones_own_has_no_examples():
    assert examples_for("其他", "其他") is None


@pytest.mark.parametrize("one", load_examples(), ids=lambda one: one.kind)
def test_a_good_target_is_understood_as_a_value_and_no_example_is_empty(one: KindExamples):
    assert read_value(one.target.good).kind is not Kind.TEXT
    for pair in (one.target, one.actual, one.reason):
        assert pair.good.strip()
        assert pair.bad.strip()
        assert pair.good != pair.bad
