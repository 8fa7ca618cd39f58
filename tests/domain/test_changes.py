"""A change is data: applied it gives the new case, taken back the old one, and it never fits another."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.case import Case, DraftRecord, DraftState, FundRow, Goal, Indicator, Override
from assistant.domain.case_json import dumps
from assistant.domain.changes import Change, Misfit, applied, changes, taken_back

TEXT = st.one_of(
    st.text("一二三3次，\n ", max_size=6),
    st.integers(0, 3).map(lambda n: "长" * (150 + 60 * n) + "尾" * n),
)
ROWS = {
    "funds": st.lists(st.builds(FundRow, label=TEXT, executed=TEXT), max_size=4).map(tuple),
    "goals": st.lists(st.builds(Goal, actual=TEXT), max_size=3).map(tuple),
    "indicators": st.lists(st.builds(Indicator, level3=TEXT, actual=TEXT), max_size=5).map(tuple),
    "drafts": st.lists(
        st.builds(
            DraftRecord,
            path=st.just("goals[0].actual"),
            text=TEXT,
            source=st.just("model"),
            state=st.sampled_from(DraftState),
        ),
        max_size=3,
    ).map(tuple),
    "overrides": st.lists(st.builds(Override, path=TEXT, score=TEXT, reason=TEXT), max_size=2).map(tuple),
}


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Cases with every kind of cell, some with keys of a newer program."""
    data: dict[str, Any] = {name: draw(rows) for name, rows in ROWS.items()}
    extra = draw(st.sampled_from([{}, {"newer": {"a": [1]}}, {"newer": "甲"}]))
    return Case(project=draw(TEXT), year=draw(st.sampled_from([None, 2023, 2024])), **data, **extra)


def kept(found: tuple[Change, ...]) -> list[Change]:
    """The changes after having been written and read."""
    return [
        Change.model_validate_json(json.dumps(json.loads(one.model_dump_json()), ensure_ascii=False))
        for one in found
    ]


@given(cases(), cases())
def test_changes_written_and_read_lead_there_and_back(before: Case, after: Case) -> None:
    found = kept(changes(before, after))
    assert dumps(applied(before, found)) == dumps(after)
    assert dumps(taken_back(after, found)) == dumps(before)


@given(cases())
def test_between_a_case_and_itself_there_is_no_change(case: Case) -> None:
    assert changes(case, case.model_copy(deep=True)) == ()


def test_a_written_cell_is_one_change_that_names_it() -> None:
    before = Case(indicators=(Indicator(level3="会议"), Indicator(level3="培训", actual="5次")))
    row = before.indicators[1].model_copy(update={"actual": "2次"})
    after = before.model_copy(update={"indicators": (before.indicators[0], row)})
    assert changes(before, after) == (Change(path="indicators[1].actual", before="5次", after="2次"),)


def test_an_added_row_is_one_change_whatever_the_length_of_the_form() -> None:
    rows = tuple(Indicator(level3=f"指标{i}") for i in range(300))
    before = Case(indicators=rows)
    after = Case(indicators=(*rows[:100], Indicator(level3="新"), *rows[100:]))
    (one,) = changes(before, after)
    assert (one.kind, one.path, one.at, one.before, len(one.after)) == ("rows", "indicators", 100, [], 1)


def test_of_a_long_text_only_what_changed_is_kept() -> None:
    text = "字" * 1_000_000
    (one,) = changes(Case(project=text + "。"), Case(project=text + "三次。"))
    assert (one.at, one.before, one.after) == (1_000_000, "", "三次")


@pytest.mark.parametrize(
    "change",
    [
        Change(path="project", before="乙", after="丙"),
        Change(path="indicators[7].actual", before="", after="1"),
        Change(path="indicators[0].actual", before="", after=["1"]),
        Change(path="year", before=None, after="甲"),
        Change(path="drafts", before="", after=""),
        Change(kind="rows", path="indicators", at=1, before=[{"level3": "别的"}], after=[]),
        Change(kind="rows", path="indicators", at=0, before=[], after=[{"level3": 3}]),
        Change(kind="rows", path="nothing", before=[], after=[]),
    ],
)
def test_what_does_not_fit_is_refused(change: Change) -> None:
    case = Case(project="甲", indicators=(Indicator(level3="会议"), Indicator()))
    with pytest.raises(Misfit):
        applied(case, [change])
