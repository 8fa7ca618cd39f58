"""One step of long ago is taken back alone: what was done since stays, what was written over since is not touched."""

from __future__ import annotations

from assistant.domain.case import Case, Indicator
from assistant.domain.changes import changes
from assistant.domain.paths import with_cell
from assistant.workspace.back import places_changed, without

BASE = Case(project="甲", unit="一处", indicators=tuple(Indicator(level3=name) for name in ("会议", "培训")))
WRITTEN = with_cell(with_cell(BASE, "project", "乙"), "unit", "二处")
STEP = changes(BASE, WRITTEN)


def test_a_step_goes_back_and_what_was_done_since_stays() -> None:
    now = with_cell(WRITTEN, "indicators[1].actual", "3次")
    back = without(STEP, WRITTEN, now)
    assert (back.case, back.left) == (with_cell(BASE, "indicators[1].actual", "3次"), ())
    assert places_changed(now, back.case) == (("项目名称", "乙", "甲"), ("实施单位", "二处", "一处"))


def test_a_cell_written_over_since_is_left_as_it_is_and_named() -> None:
    back = without(STEP, WRITTEN, with_cell(WRITTEN, "project", "丙"))
    assert (back.case.project, back.case.unit, back.left) == ("丙", "一处", ("项目名称",))


def test_a_cell_stays_with_its_row_when_rows_were_added_before_it() -> None:
    written = with_cell(BASE, "indicators[1].actual", "3次")
    now = written.model_copy(update={"indicators": (Indicator(level3="新"), *written.indicators)})
    rows = without(changes(BASE, written), written, now).case.indicators
    assert [(row.level3, row.actual) for row in rows] == [("新", ""), ("会议", ""), ("培训", "")]


def test_a_removed_row_comes_back_where_it_was() -> None:
    removed = BASE.model_copy(update={"indicators": BASE.indicators[1:]})
    now = with_cell(removed, "indicators[0].actual", "3次")
    rows = without(changes(BASE, removed), removed, now).case.indicators
    assert [(row.level3, row.actual) for row in rows] == [("会议", ""), ("培训", "3次")]


def test_a_passage_taken_out_of_a_long_text_comes_back_only_if_the_text_is_still_the_same() -> None:
    long = with_cell(BASE, "indicators[0].reason", "一" * 300 + "要紧的话" + "二" * 300)
    cut = with_cell(long, "indicators[0].reason", "一" * 300 + "二" * 300)
    assert without(changes(long, cut), cut, cut).case == long
    longer = with_cell(cut, "indicators[0].reason", "新开头。" + "一" * 300 + "二" * 300)
    assert without(changes(long, cut), cut, longer).case == longer, "never into the midst of other words"
