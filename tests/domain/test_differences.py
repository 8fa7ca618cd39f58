"""Two cases held side by side."""

from __future__ import annotations

from assistant.domain.case import Case, Goal, Indicator
from assistant.domain.differences import Difference, differences


def test_only_changed_cells_are_listed_in_the_order_of_the_form() -> None:
    before = Case(
        project="甲", goals=(Goal(expected="一"),), indicators=(Indicator(actual="5次", score="1"),)
    )
    after = Case(project="乙", goals=(Goal(expected="一"),), indicators=(Indicator(actual="2次", score="1"),))
    assert differences(before, after) == (
        Difference(path="project", before="甲", after="乙"),
        Difference(path="indicators[0].actual", before="5次", after="2次"),
    )


def test_a_row_that_is_gone_is_listed_cell_by_cell() -> None:
    before = Case(goals=(Goal(expected="一"), Goal(expected="二")))
    found = differences(before, Case(goals=(Goal(expected="一"),)))
    assert found == (
        Difference(path="goals[1].expected", before="二", after=None),
        Difference(path="goals[1].actual", before="", after=None),
    )


def test_the_same_case_has_no_differences() -> None:
    assert differences(Case(project="甲"), Case(project="甲")) == ()
