"""A figure out of date is told with its old and new value, mended by one key, or kept by a person's word."""

from __future__ import annotations

import pytest

from assistant.catalogue.profiles import load_profile
from assistant.domain.case import Case, DraftRecord, DraftState, Figure
from assistant.domain.paths import cell, with_cell
from assistant.domain.scores import ScoreSheet
from assistant.drafting import figures
from assistant.drafting.figures import kept, marked, mended, open_figures
from assistant.scoring.engine import score_case

ROWS = (
    ("数量指标", "召开会议", "≥4次", "3次", "10", "7.5"),
    ("数量指标", "培训学员", "≥100人", "100人", "10", "10"),
)
REASON = "indicators[0].reason"
Scored = tuple[Case, ScoreSheet]


def again(case: Case) -> Scored:
    return case, score_case(case, load_profile("central-2020"))


def changed(form: Scored, path: str, text: str) -> Scored:
    """The form with another value in one cell, looked over as the screen does after a change."""
    case, sheet = again(with_cell(form[0], path, text))
    return again(marked(case, sheet, form))


@pytest.fixture
def form(scored) -> Scored:
    """A reason typed by hand that says the form's own figures."""
    return again(with_cell(scored(*ROWS)[0], REASON, "年度指标值为4次，实际召开会议3次，完成率75%。"))


def test_nothing_is_open_while_nothing_changes(form):
    assert open_figures(*form) == ()
    assert marked(*form, form) is form[0]


def test_a_changed_result_leaves_old_figures_with_their_new_values(form):
    found = open_figures(*changed(form, "indicators[0].actual", "2次"))
    # 2 ÷ 4 = 50 %
    assert [(one.text, one.new) for one in found] == [("3次", "2次"), ("75%", "50%")]
    assert found[0].why == "“3次”过期：实际完成值现在是“2次”"


def test_mending_puts_the_new_figures_in_and_nothing_is_open_any_more(form):
    now = changed(form, "indicators[0].actual", "2次")
    while found := open_figures(*now):
        now = again(mended(now[0], found[0]))
    assert cell(now[0], REASON) == "年度指标值为4次，实际召开会议2次，完成率50%。"


def test_changed_money_puts_each_of_its_figures_out_of_date_with_its_own_new_value(form):
    row = form[0].total_funds_index
    assert row is not None
    funds = list(form[0].funds)
    funds[row] = funds[row].model_copy(update={"budget": "100", "executed": "80"})
    case = form[0].model_copy(update={"funds": tuple(funds)})
    case = with_cell(case, REASON, "预算100万元，未执行20万元，预算执行率80%。")
    found = open_figures(*changed(again(case), f"funds[{row}].executed", "70"))
    # 100 - 70 = 30, 70 ÷ 100 = 70 %
    assert {one.text: one.new for one in found} == {"20万元": "30万元", "80%": "70.00%"}


def test_changing_back_closes_it(form):
    there = changed(form, "indicators[0].actual", "2次")
    assert open_figures(*changed(there, "indicators[0].actual", "3次")) == ()


def test_a_figure_that_was_target_and_result_alike_is_asked_about(form):
    path = "indicators[1].reason"
    typed = again(with_cell(form[0], path, "全年培训学员100人。"))
    found = open_figures(*changed(typed, "indicators[1].actual", "90人"))
    assert [(one.text, one.new) for one in found] == [("100人", "90人")]


def test_a_figure_said_to_be_the_target_is_not_the_results(form):
    path = "indicators[1].reason"
    typed = again(with_cell(form[0], path, "年度指标值为100人。"))
    assert open_figures(*changed(typed, "indicators[1].actual", "90人")) == ()


def test_a_new_name_of_the_row_puts_no_figure_of_the_narrative_out_of_date(form):
    told = again(with_cell(form[0], "goals[0].actual", "召开会议3次，培训学员100人。"))
    assert open_figures(*changed(told, "indicators[0].level3", "召开座谈会")) == ()
    found = open_figures(*changed(told, "indicators[0].actual", "2次"))
    assert [(one.path, one.text, one.new) for one in found] == [
        ("goals[0].actual", "3次", "2次"),
        (REASON, "3次", "2次"),
        (REASON, "75%", "50%"),
    ]


def test_a_result_taken_away_leaves_nothing_to_put_in(form):
    found = open_figures(*changed(form, "indicators[0].actual", ""))
    assert found[0].text == "3次"
    assert (found[0].now, found[0].new) == ("", "")


def test_a_figure_kept_is_not_asked_about_again_and_the_word_stays_with_the_case(form):
    now = changed(form, "indicators[0].actual", "2次")
    case = kept(now[0], open_figures(*now), "2025-02-01T09:00:00+08:00")
    assert open_figures(*again(case)) == ()
    assert [(one.text, one.kept) for one in case.figures] == [("3次", True), ("75%", True)]
    assert case.figures[0].decided_at == "2025-02-01T09:00:00+08:00"
    read_again = Case.model_validate_json(case.model_dump_json())
    assert open_figures(*again(read_again)) == ()


def test_the_mark_outlives_a_break_and_shows_the_newest_value(form):
    now = changed(form, "indicators[0].actual", "2次")
    later = changed(again(Case.model_validate_json(now[0].model_dump_json())), "indicators[0].actual", "1次")
    assert [(one.text, one.was, one.new) for one in open_figures(*later)] == [
        ("3次", "3次", "1次"),
        ("75%", "75%", "25%"),
    ]


def test_other_words_for_the_same_figure_are_found_and_mended(form):
    typed = again(with_cell(form[0], REASON, "实际召开会议三次。"))
    now = changed(typed, "indicators[0].actual", "2次")
    found = open_figures(*now)
    assert [one.text for one in found] == ["三次"]
    assert cell(mended(now[0], found[0]), REASON) == "实际召开会议2次。"


def test_what_never_had_a_fact_waits_only_in_a_text_taken_from_a_draft(form):
    typed = again(with_cell(form[0], REASON, "另有9家单位未参加。"))
    assert open_figures(*typed) == ()
    record = DraftRecord(path=REASON, text="…", source="model", state=DraftState.EDITED)
    taken = again(typed[0].model_copy(update={"drafts": (record,)}))
    assert [(one.text, one.is_stale) for one in open_figures(*taken)] == [("9家", False)]
    assert open_figures(*again(kept(taken[0], open_figures(*taken)))) == ()


def test_an_untouched_case_file_does_not_grow_by_the_list():
    assert "figures" not in Case().model_dump()
    assert Figure(path=REASON, text="3次").kept is False


CELLS = (
    *(
        f"indicators[{row}].{name}"
        for row in range(2)
        for name in ("target", "actual", "score", "evidence", "reason")
    ),
    *(
        "year",
        "unit",
        "money_unit",
        "funds[0].budget",
        "funds[0].executed",
        "funds[0].score",
        "goals[0].expected",
    ),
)


@pytest.mark.parametrize("path", CELLS)
def test_texts_left_alone_because_nothing_they_cite_changed_would_have_no_mark_either(
    scored, monkeypatch, path
):
    """Looking at all texts of a form of thousands of rows takes seconds."""
    case = scored(*ROWS, money=("100", "80"), expected="全年接待5批来访。")[0]
    case = with_cell(
        case, REASON, "2022年召开会议3次，完成率75%，因培训学员100人占用场地；预算100万元，执行80万元。"
    )
    case = with_cell(case, "indicators[1].reason", "培训学员100人，得10分。")
    case = with_cell(case, "goals[0].actual", "召开会议3次，培训100人，执行率80%，接待5批来访。")
    before = again(case)
    now = again(with_cell(case, path, "2023" if path == "year" else "7"))
    some = marked(*now, before)
    if path in {"goals[0].expected", "indicators[1].level3"}:
        assert some.figures != (), "5批 of the goal, 100人 of a row not named any more"
    monkeypatch.setattr(figures, "_touched", lambda now, before: None)
    assert some == marked(*now, before)
