"""A form so large that what follows from a letter is worked out beside the screen."""

from __future__ import annotations

import pytest

from assistant.tui.app import ZipingApp
from assistant.tui.desk import LARGE_ROWS
from assistant.tui.flow import overview
from assistant.tui.screens.main import MainScreen


def main_of(app: ZipingApp) -> MainScreen:
    return next(screen for screen in app.screen_stack if isinstance(screen, MainScreen))


@pytest.fixture
def large(demo):
    rows = (demo.indicators * LARGE_ROWS)[: LARGE_ROWS + 1]
    return demo.model_copy(update={"indicators": rows})


@pytest.fixture
def large_with_figures(large):
    """The last row's reason says its result."""
    rows = list(large.indicators)
    rows[60] = rows[60].model_copy(update={"target": "≥37次", "actual": "41次", "reason": "共完成41次。"})
    return large.model_copy(update={"indicators": tuple(rows)})


async def seen(pilot, looked_for) -> bool:
    """Whether *looked_for* comes true within ten seconds."""
    for _ in range(100):
        if looked_for():
            return True
        await pilot.pause(0.1)
    return False


async def test_points_and_findings_follow_what_was_typed(large, make_services):
    app = ZipingApp(make_services(large))
    async with app.run_test(size=(120, 40)) as pilot:
        main = main_of(app)
        main.go_to("indicators[60].actual")
        await pilot.pause(0.2)
        before = main.overview.states[main.at]
        await pilot.press("ctrl+u", "0")
        assert await seen(pilot, lambda: main.overview.states[main.at] is not before)
        fresh = type(app.services.workspace)(app.services.workspace.case, app.services.workspace.profile)
        assert app.services.workspace.snapshot.report == fresh.snapshot.report
        assert app.services.workspace.case.indicators[60].actual == "0"


async def test_no_key_in_a_text_of_ten_thousand_characters_waits_for_the_checks(demo, make_services):
    """Its checks take longer than a letter may."""
    rows = list(demo.indicators)
    rows[3] = rows[3].model_copy(update={"reason": "资料齐全，验收合格。" * 1000})
    app = ZipingApp(make_services(demo.model_copy(update={"indicators": tuple(rows)})))
    async with app.run_test(size=(100, 30)) as pilot:
        main = main_of(app)
        main.go_to("indicators[3].reason")
        await pilot.pause()
        await pilot.press("九")
        workspace = app.services.workspace
        assert await seen(pilot, lambda: workspace.case.indicators[3].reason.startswith("九"))
        assert main.desk.is_large
        assert await seen(pilot, lambda: workspace.snapshot.is_assessed), "what follows is worked out at rest"


async def test_leaving_the_page_and_saving_wait_for_nothing_and_lose_nothing(large, make_services):
    services = make_services(large)
    app = ZipingApp(services)
    async with app.run_test(size=(120, 40)) as pilot:
        main_of(app).go_to("indicators[60].evidence")
        await pilot.pause(0.2)
        await pilot.press("ctrl+u", *"abc")
        await pilot.press("f2", "ctrl+s")
        await app.workers.wait_for_complete()
        assert services.saver.saved[-1].indicators[60].evidence == "abc"
        await pilot.press("ctrl+z")
        await pilot.pause(0.2)
        assert app.services.workspace.case.indicators[60] == large.indicators[60]


async def test_a_figure_put_out_of_date_is_told_a_moment_later(large_with_figures, make_services):
    app = ZipingApp(make_services(large_with_figures))
    async with app.run_test(size=(120, 40)) as pilot:
        main = main_of(app)
        main.go_to("indicators[60].actual")
        await pilot.pause(0.2)
        await pilot.press("ctrl+u", *"43", "次")
        assert await seen(pilot, lambda: any(one.text == "41次" for one in main.desk.figures))


async def test_what_is_found_after_the_program_was_closed_is_drawn_nowhere(large_with_figures, make_services):
    app = ZipingApp(make_services(large_with_figures))
    async with app.run_test(size=(120, 40)) as pilot:
        main = main_of(app)
        main.go_to("indicators[60].actual")
        await pilot.pause(0.2)
        await pilot.press("ctrl+u", *"43", "次")
        await pilot.pause(0.1)
    now = app.services.workspace.snapshot
    case, figures = main.desk.looked_over(now)
    assert figures
    with app._context():  # as a thread has it that was quicker before
        main._take_look(now, case, figures)
        main._worked_out(now, frozenset(), overview(now))


async def test_the_next_page_shows_new_words_beside_the_points_known_so_far_and_the_new_points_follow(
    large, make_services
):
    app = ZipingApp(make_services(large))
    async with app.run_test(size=(120, 40)) as pilot:
        main = main_of(app)
        main.go_to("indicators[60].score")
        await pilot.pause(0.2)
        before = app.services.workspace.snapshot.sheet
        await pilot.press("ctrl+u", "0", "f2", "f3")
        known = main.desk.known
        assert known.case.indicators[60].score == "0"
        assert known.sheet is before or app.services.workspace.snapshot.is_assessed
        assert await seen(pilot, lambda: main.known() is app.services.workspace.snapshot)
        assert app.services.workspace.snapshot.sheet.line("indicators[60]").entered == 0


async def test_a_step_taken_back_in_a_large_form_is_on_the_page_at_once(large, make_services):
    app = ZipingApp(make_services(large))
    async with app.run_test(size=(120, 40)) as pilot:
        main = main_of(app)
        main.go_to("indicators[60].evidence")
        await pilot.pause(0.2)
        was = large.indicators[60].evidence
        await pilot.press("ctrl+u", *"abc")
        await pilot.pause(0.1)
        await pilot.press("ctrl+z")
        assert await seen(pilot, lambda: getattr(main.focused, "value", "") == was)
        assert await seen(pilot, lambda: main.known() is app.services.workspace.snapshot)
