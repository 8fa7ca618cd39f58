"""Adding, copying, moving and deleting indicators by what can be seen on the page; each is one step to take back."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from assistant.tui.app import ZipingApp
from assistant.tui.pages.indicator import ROW_DEEDS
from assistant.tui.screens.main import MainScreen
from assistant.tui.widgets.message_line import MessageLine


def main_of(app: ZipingApp) -> MainScreen:
    return next(screen for screen in app.screen_stack if isinstance(screen, MainScreen))


@pytest.mark.parametrize(
    ("button", "names", "shown"),
    [
        ("row-add", "甲乙_丙", "indicators[2]"),
        ("row-copy", "甲乙乙丙", "indicators[2]"),
        ("row-up", "乙甲丙", "indicators[0]"),
        ("row-down", "甲丙乙", "indicators[2]"),
        ("row-delete", "甲丙", "indicators[1]"),
    ],
)
async def test_every_button_below_an_indicator_does_its_deed_and_can_be_taken_back(
    demo, make_services, button, names, shown
):
    rows = tuple(
        row.model_copy(update={"level3": name}) for row, name in zip(demo.indicators, "甲乙丙", strict=False)
    )
    case = demo.model_copy(update={"indicators": rows})
    app = ZipingApp(make_services(case))
    async with app.run_test(size=(80, 24)) as pilot:
        main = main_of(app)
        main.go_to("indicators[1].weight")
        await pilot.pause(0.1)
        await pilot.press("tab", *["right"] * list(ROW_DEEDS).index(button), "enter")
        await pilot.pause(0.2)
        assert "".join(row.level3 or "_" for row in app.services.workspace.case.indicators) == names
        assert main.stop.key == shown
        assert "Ctrl+Z 可撤销" in str(main.query_one(MessageLine).content)
        await pilot.press("ctrl+z")
        await pilot.pause(0.1)
        assert app.services.workspace.case == case


async def test_a_new_row_begins_in_the_group_of_the_one_before_it(demo, make_services):
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(80, 24)) as pilot:
        main_of(app).go_to("indicators[16]")
        await pilot.pause(0.1)
        await pilot.press("ctrl+n")
        await pilot.pause(0.1)
        new = app.services.workspace.case.indicators[17]
        like = demo.indicators[16]
        assert (new.level1, new.level2, new.level3) == (like.level1, like.level2, "")


async def test_the_ways_to_change_rows_are_told_on_the_first_page_and_below_the_sheet(demo, make_services):
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(80, 24)) as pilot:
        main = main_of(app)
        await pilot.pause(0.1)
        assert "Ctrl+N            加一项指标" in str(main.query_one("#key-list").content)
        await pilot.press("ctrl+backslash")
        await pilot.pause(0.3)
        hint = main.page.query(".section").last()
        assert "Ctrl+N 加行" in str(hint.content)
        assert cell_len(str(hint.content)) <= 78


async def test_a_page_shows_examples_of_its_kind_of_indicator_and_f1_does_for_the_cell(demo, make_services):
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(140, 40)) as pilot:
        main = main_of(app)
        main.go_to("indicators[0].actual")  # 数量指标
        await pilot.pause(0.2)
        examples = main.page.query_one(".examples")
        assert "数量类指标的写法" in str(examples.content)
        assert main.page.region.contains_region(examples.region)
        await pilot.press("f1")
        await pilot.pause(0.2)
        words = "".join(str(part.content) for part in app.screen.query("Static"))
        assert "写得好\n22场" in words
