"""What last year's form said of each indicator: found by name, told openly where it is not, never guessed."""

from __future__ import annotations

import pytest

from assistant.catalogue.profiles import load_profile
from assistant.domain.case import Case, Doubt, Indicator
from assistant.domain.case_json import dumps, loads
from assistant.domain.changes import applied, changes, taken_back
from assistant.domain.errors import InputError
from assistant.exchange.bundle import ExportBundle
from assistant.exchange.last_year import with_last_year
from assistant.exchange.masking import masked
from assistant.exchange.read import read_document
from assistant.exchange.skeleton import skeleton
from assistant.wiring import exported
from assistant.workspace.workspace import assess


def row(
    name: str, actual: str = "", *, level2: str = "数量指标", target: str = "≥3次", score: str = ""
) -> Indicator:
    return Indicator(
        level1="产出指标", level2=level2, level3=name, target=target, actual=actual, weight="5", score=score
    )


def form(year: int | None, *rows: Indicator) -> Case:
    return Case(profile="central-2020", year=year, project="培训", indicators=rows)


def test_rows_are_found_by_their_name_whatever_their_order() -> None:
    this = form(2024, row("培训人次"), row("会议次数"))
    last = form(
        2023, row("会议次数", "3次", score="5"), row("培训人次", "≥280 人", target="≥300人", score="4.67")
    )
    brought = with_last_year(this, last)
    assert [
        (one.path, one.year, one.target, one.actual, one.weight, one.score) for one in brought.case.last_year
    ] == [
        ("indicators[0]", 2023, "≥300人", "≥280 人", "5", "4.67"),
        ("indicators[1]", 2023, "≥3次", "3次", "5", "5"),
    ]
    assert brought.summary == "已带入上年的表（2023 年度）：2 项指标对上 2 项。"
    assert brought.gaps == ()


@pytest.mark.parametrize(
    "written",
    [
        "培训 人次",
        "1.培训人次",
        "（2）培训人次",
        "指标3：培训人次",
        "★培训人次",
        "培训\n人次：",
        "２、培训人次",
    ],
)
def test_blanks_widths_and_numbering_do_not_keep_a_row_from_being_found(written: str) -> None:
    brought = with_last_year(form(2024, row("培训人次")), form(2023, row(written, "300人")))
    assert [one.level3 for one in brought.case.last_year] == [written]


@pytest.mark.parametrize("other", ["培训人数", "线上培训人次", "培训人次2", "3.5公里道路", ""])
def test_another_name_is_another_indicator(other: str) -> None:
    brought = with_last_year(form(2024, row("培训人次"), row("5公里道路")), form(2023, row(other, "300人")))
    assert brought.found == 0
    assert brought.summary == "上年的表（2023 年度）没有一项对得上，什么也没有带入。"
    assert any("“培训人次”" in gap for gap in brought.gaps)


def test_the_levels_above_tell_rows_of_one_name_apart() -> None:
    this = form(2024, row("完成率", level2="质量指标"), row("完成率", level2="时效指标"))
    last = form(2023, row("完成率", "90%", level2="时效"), row("完成率", "80%", level2="质量指标"))
    brought = with_last_year(this, last)
    assert [(one.path, one.actual) for one in brought.case.last_year] == [
        ("indicators[0]", "80%"),
        ("indicators[1]", "90%"),
    ]


def test_rows_nothing_tells_apart_are_left_out_and_named() -> None:
    this = form(2024, row("完成率"), row("培训人次"))
    last = form(2023, row("完成率", "90%"), row("完成率", "80%"), row("培训人次", "3人"))
    brought = with_last_year(this, last)
    assert [one.path for one in brought.case.last_year] == ["indicators[1]"]
    assert brought.gaps == ("名称重复，分不清是哪一项，没有带入（1 项）：“完成率”。",)


def test_all_that_does_not_fit_is_told() -> None:
    this = form(2024, row("培训人次"), row("新指标"), row(""), row("没填的"))
    last = form(None, row("培训人次", "3人"), row("旧指标", "1"), row("没填的")).model_copy(
        update={
            "doubts": (
                Doubt(path="indicators[0].actual", raw="3人", why="x"),
                Doubt(path="total", raw="", why="y"),
            )
        }
    )
    brought = with_last_year(this, last)
    assert brought.summary == "已带入上年的表（没有写年度）：4 项指标对上 1 项。"
    assert brought.gaps == (
        "上年的表里没有同名的三级指标（2 项）：“新指标”、第3行（没有名称）。",
        "对上了，但上年的表里没有填完成值和得分（1 项）：“没填的”。",
        "上年的表里有、本表没有（1 项）：“旧指标”。",
        "那张表没有写年度，请确认它是上年的。",
        "那张表有 1 格读得没有把握，请对照原表。",
    )


@pytest.mark.parametrize("year", [2024, 2025])
def test_a_form_of_the_same_or_a_later_year_is_refused(year: int) -> None:
    with pytest.raises(
        InputError, match=rf"那张表是 {year} 年度的，不早于本表的 2024 年度。请另选上年的自评表。"
    ):
        with_last_year(form(2024, row("培训人次")), form(year, row("培训人次", "3")))


def test_where_nothing_fits_the_form_stays_as_it_was() -> None:
    this = with_last_year(form(2024, row("培训人次")), form(2023, row("培训人次", "3"))).case
    assert with_last_year(this, form(2023, row("别的", "3"))).case is this


def test_next_years_form_knows_what_this_years_said() -> None:
    plan = skeleton(form(2023, row("培训人次", "280人", score="4.67"), row("没填的")), next_year=True)
    assert [(one.path, one.year, one.actual, one.score) for one in plan.last_year] == [
        ("indicators[0]", 2023, "280人", "4.67")
    ]
    assert [one.actual for one in plan.indicators] == ["", ""]
    after = skeleton(plan, next_year=True)
    assert after.last_year == (), "what was never filled in says nothing to the year after"


def test_the_plan_of_the_same_year_keeps_what_is_known() -> None:
    this = with_last_year(form(2024, row("培训人次")), form(2023, row("培训人次", "3"))).case
    assert skeleton(this).last_year == this.last_year


def known() -> Case:
    secret = row("培训人次", "3人", score="5").model_copy(update={"reason": "张三 13800000000 说的"})
    return with_last_year(form(2024, row("培训人次", "5人", score="5")), form(2023, secret)).case


def test_a_case_file_without_it_is_written_as_before_and_one_with_it_comes_back() -> None:
    this = form(2024, row("培训人次"))
    assert "last_year" not in dumps(this)
    assert loads(dumps(known())) == known()


def test_it_is_a_change_like_any_other_for_journal_and_undo() -> None:
    before, after = known().model_copy(update={"last_year": ()}), known()
    found = changes(before, after)
    assert applied(before, found) == after
    assert taken_back(after, found) == before


@pytest.mark.parametrize("code", ["docx", "xlsx", "md", "html", "json"])
def test_documents_of_our_own_bring_it_back_and_public_ones_never_have_it(code: str) -> None:
    profile = load_profile("central-2020")
    written = exported(known(), profile, code)
    assert read_document(written, f"表.{code}").case.last_year == known().last_year
    public = read_document(exported(known(), profile, code, public=True), f"表.{code}").case
    assert public.last_year == ()
    assert b"13800000000" not in exported(known(), profile, code, public=True)


def test_the_masked_form_has_nothing_of_it() -> None:
    profile = load_profile("central-2020")
    sheet, report = assess(known(), profile)
    bundle = ExportBundle(known(), sheet, report, profile, public=True)
    assert masked(bundle).case.last_year == ()
