"""Two people, one case: nothing either did is lost without a person having chosen so."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.case import Case, DraftRecord, Indicator
from assistant.domain.paths import with_cell
from assistant.workspace.merge import Side, choices, merged, shown

BASE = Case(
    project="甲",
    indicators=tuple(Indicator(level3=name, actual="1") for name in ("会议", "培训", "调研", "宣传")),
)


def both(mine: Case, theirs: Case, base: Case = BASE) -> Case:
    """What is proposed."""
    return merged(base, choices(base, mine, theirs), {})


def names(case: Case) -> list[str]:
    return [row.level3 for row in case.indicators]


def test_different_cells_are_both_kept() -> None:
    mine, theirs = with_cell(BASE, "indicators[0].actual", "2"), with_cell(BASE, "indicators[0].reason", "因")
    both_kept = both(mine, theirs).indicators[0]
    assert (both_kept.actual, both_kept.reason) == ("2", "因")
    assert not any(choice.is_conflict for choice in choices(BASE, mine, theirs))


def test_one_cell_written_by_both_is_a_choice() -> None:
    mine, theirs = with_cell(BASE, "project", "乙"), with_cell(BASE, "project", "丙")
    (choice,) = choices(BASE, mine, theirs)
    assert (choice.words, choice.base, choice.mine, choice.theirs) == ("项目名称", "甲", "乙", "丙")
    assert choice.is_conflict
    assert merged(BASE, [choice], {}).project == "乙"
    assert merged(BASE, [choice], {0: Side.THEIRS}).project == "丙"


def test_the_same_change_on_both_sides_is_no_question() -> None:
    mine = with_cell(BASE, "project", "乙")
    assert both(mine, mine) == mine
    assert shown(choices(BASE, mine, mine)) == []


def test_a_row_added_by_one_and_a_cell_written_by_the_other_meet_in_the_right_row() -> None:
    rows = BASE.indicators
    mine = BASE.model_copy(update={"indicators": (rows[0], Indicator(level3="新"), *rows[1:])})
    theirs = with_cell(BASE, "indicators[2].actual", "9")
    result = both(mine, theirs)
    assert names(result) == ["会议", "新", "培训", "调研", "宣传"]
    assert result.indicators[3].actual == "9"


def test_rows_added_by_both_at_one_place_are_all_kept() -> None:
    mine = BASE.model_copy(update={"indicators": (*BASE.indicators, Indicator(level3="我加的"))})
    theirs = BASE.model_copy(update={"indicators": (*BASE.indicators, Indicator(level3="他加的"))})
    assert names(both(mine, theirs))[4:] == ["我加的", "他加的"]


def test_a_row_removed_by_one_and_written_by_the_other_is_a_choice() -> None:
    mine = BASE.model_copy(update={"indicators": BASE.indicators[1:]})
    theirs = with_cell(BASE, "indicators[0].actual", "9")
    (choice,) = choices(BASE, mine, theirs)
    assert choice.is_conflict
    assert (choice.mine, choice.theirs) == ("（没有这些行）", "会议")
    assert names(merged(BASE, [choice], {0: Side.MINE})) == ["培训", "调研", "宣传"]
    assert merged(BASE, [choice], {0: Side.THEIRS}).indicators[0].actual == "9"


def test_drafts_of_both_are_kept_unasked() -> None:
    def drafted(text: str) -> Case:
        record = DraftRecord(path="goals[0].actual", text=text, source="template")
        return BASE.model_copy(update={"drafts": (record,)})

    found = choices(BASE, drafted("我"), drafted("他"))
    assert shown(found) == []
    assert [one.text for one in merged(BASE, found, {}).drafts] == ["我", "他"]


CELLS = st.dictionaries(
    st.tuples(st.integers(0, 3), st.sampled_from(["actual", "reason", "level3"])),
    st.sampled_from(["甲", "乙", "长" * 250 + "一", "长" * 250 + "二"]),
    max_size=4,
)
STRUCTURE = st.one_of(st.none(), st.tuples(st.sampled_from(["add", "remove"]), st.integers(0, 3)))


@st.composite
def edited(draw: st.DrawFn) -> Case:
    """The base after some writing, perhaps with a row more or less."""
    case = BASE
    for (row, cell), text in draw(CELLS).items():
        case = with_cell(case, f"indicators[{row}].{cell}", text)
    kind = draw(STRUCTURE)
    if kind is not None:
        what, at = kind
        rows = case.indicators
        rows = (
            *rows[:at],
            *((Indicator(level3="新"),) if what == "add" else ()),
            *rows[at + (what == "remove") :],
        )
        case = case.model_copy(update={"indicators": rows})
    return case


@given(edited(), edited())
def test_every_choice_can_be_made_and_choosing_one_side_throughout_gives_that_side(
    mine: Case, theirs: Case
) -> None:
    found = choices(BASE, mine, theirs)
    merged(BASE, found, {})
    merged(BASE, found, {i: Side.THEIRS if i % 2 else Side.MINE for i in range(len(found))})
    assert both(mine, BASE) == mine
    assert both(BASE, theirs) == theirs
    if all(choice.is_conflict for choice in found):
        assert merged(BASE, found, dict.fromkeys(range(len(found)), Side.THEIRS)) == theirs
        assert merged(BASE, found, dict.fromkeys(range(len(found)), Side.MINE)) == mine
