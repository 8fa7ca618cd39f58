"""A changed number puts the texts that say it out of date; each is mended by a key or kept by a word."""

from __future__ import annotations

import pytest

from assistant.domain.case import Case
from assistant.domain.paths import cell, with_cell
from assistant.tui.app import ZipingApp
from assistant.tui.flow import State
from assistant.tui.services import ExportOrder

ROW = "indicators[16]"  # 94.5 % in the sample form
REASON = f"{ROW}.reason"


@pytest.fixture
def stale(demo) -> Case:
    """The sample with a reason that says the row's own figures; the test then changes the result."""
    case = with_cell(demo, f"{ROW}.target", "≥95%")
    case = with_cell(case, f"{ROW}.actual", "90%")
    return with_cell(case, REASON, "年度指标值95%，实际完成90%。")


def main_of(app):
    return app.screen_stack[0]


async def change(pilot, app, text="88%"):
    """Type another result into the row and go on."""
    main_of(app).go_to(f"{ROW}.actual")
    await pilot.pause()
    field = app.focused
    field.value = ""
    await pilot.press(*text)
    await pilot.pause(0.5)  # the pause after which the texts are looked at


def state_of(app, row=ROW) -> State:
    overview = main_of(app).overview
    return next(s for stop, s in zip(overview.stops, overview.states, strict=True) if stop.path == row)


async def test_the_text_is_told_to_be_out_of_date_in_the_list_and_on_its_page(stale, make_services):
    app = ZipingApp(make_services(stale))
    async with app.run_test(size=(80, 24)) as pilot:
        assert main_of(app).desk.figures == ()
        await change(pilot, app)
        assert [(one.text, one.new) for one in main_of(app).desk.figures] == [("90%", "88%")]
        note = str(main_of(app).page.query(".open-figures").last().content)
        assert "“90%”过期：实际完成值现在是“88%”" in note
        assert state_of(app) in {State.STALE, State.FIX}


async def test_f5_in_the_text_puts_the_new_number_in_and_ctrl_z_takes_it_out(stale, make_services):
    app = ZipingApp(make_services(stale))
    async with app.run_test(size=(80, 24)) as pilot:
        await change(pilot, app)
        main_of(app).go_to(REASON)
        await pilot.pause(0.1)
        await pilot.press("f5")
        await pilot.pause(0.1)
        assert cell(app.services.workspace.case, REASON) == "年度指标值95%，实际完成88%。"
        assert main_of(app).desk.figures == ()
        await pilot.press("ctrl+z")
        await pilot.pause(0.5)
        assert cell(app.services.workspace.case, REASON) == "年度指标值95%，实际完成90%。"
        assert [one.text for one in main_of(app).desk.figures] == ["90%"]


async def test_ctrl_o_keeps_it_after_a_question_and_the_case_remembers(stale, make_services):
    app = ZipingApp(make_services(stale))
    async with app.run_test(size=(80, 24)) as pilot:
        await change(pilot, app)
        main_of(app).go_to(REASON)
        await pilot.pause(0.1)
        await pilot.press("ctrl+o")
        await pilot.pause(0.1)
        await pilot.press("1")
        await pilot.pause(0.1)
        case = app.services.workspace.case
        assert [(one.text, one.kept) for one in case.figures] == [("90%", True)]
        assert main_of(app).desk.figures == ()
        assert cell(case, REASON) == "年度指标值95%，实际完成90%。"


async def test_the_list_of_findings_begins_with_it_and_f5_mends_it_there(stale, make_services):
    app = ZipingApp(make_services(stale))
    async with app.run_test(size=(140, 40)) as pilot:
        await change(pilot, app)
        await pilot.press("f9")
        await pilot.pause(0.1)
        page = main_of(app).page
        page._list.highlighted = 0
        await pilot.pause(0.1)
        assert "过期" in str(page.query_one("#finding-detail").content)
        assert "F5 采用：换成“88%”" in str(page.query_one("#finding-detail").content)
        await pilot.press("f5")
        await pilot.pause(0.1)
        assert cell(app.services.workspace.case, REASON) == "年度指标值95%，实际完成88%。"
        assert page._entries[0] != page.chosen or "过期" not in str(page.query_one("#finding-detail").content)


async def test_a_mark_from_an_earlier_sitting_is_told_at_opening(stale, make_services):
    first = ZipingApp(make_services(stale))
    async with first.run_test(size=(80, 24)) as pilot:
        await change(pilot, first)
    case = Case.model_validate_json(first.services.workspace.case.model_dump_json())
    app = ZipingApp(make_services(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause(0.5)
        assert [one.text for one in main_of(app).desk.figures] == ["90%"]


async def test_a_final_document_waits_for_the_decision_and_goes_on_after_it(make_services, tmp_path, stale):
    written: list[ExportOrder] = []
    app = ZipingApp(make_services(stale, export=lambda order: written.append(order) or order.path))
    async with app.run_test(size=(80, 24)) as pilot:
        await change(pilot, app)
        await pilot.press("f10")
        await pilot.pause(0.1)
        page = main_of(app).page
        page.query_one("#export-final").action_turn()
        main_of(app).desk.workspace.snapshot = without_errors(main_of(app).desk.workspace.snapshot)
        await pilot.press("f10")
        await pilot.pause(0.1)
        assert written == []
        assert app.screen is not main_of(app)
        await pilot.press("escape")
        await pilot.pause(0.1)
        assert written == []
        await pilot.press("f10")
        await pilot.pause(0.1)
        await pilot.press("3")
        await pilot.pause(0.1)
        assert app.services.workspace.case.figures[0].kept
        main_of(app).desk.workspace.snapshot = without_errors(main_of(app).desk.workspace.snapshot)
        await pilot.press("f10")
        await pilot.pause(0.1)
        assert written[-1].final


def without_errors(snapshot):
    """The snapshot with a report that found nothing: only the figures stand in the way."""
    from dataclasses import replace

    report = snapshot.report.model_copy(update={"findings": ()})
    return replace(snapshot, _assessed=[(snapshot.sheet, report)])
