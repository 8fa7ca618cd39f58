"""One of a few in one line: what is chosen is always whole, how to change it where there is room."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult

from assistant.tui.widgets.choices import Cycle
from tests.ui.grid_of_screen import rows

LONG = "Excel 工作簿（正式表样，合计带公式）"


@pytest.mark.parametrize(("width", "hinted"), [(80, True), (50, False)])
async def test_the_keys_are_named_only_where_their_words_fit(width: int, hinted: bool) -> None:
    class One(App[None]):
        def compose(self) -> ComposeResult:
            yield Cycle("文件格式", (LONG, "网页"))

    app = One()
    async with app.run_test(size=(width, 5)) as pilot:
        await pilot.pause()
        (line,) = [row for row in rows(app) if row.strip()]
    assert LONG in line
    assert line.rstrip().endswith("‹ " + LONG + " ›" + ("  ← → 更换" if hinted else ""))


async def test_a_longer_choice_names_the_keys_too_where_they_fit() -> None:
    class One(App[None]):
        def compose(self) -> ComposeResult:
            yield Cycle("文件格式", ("网页", LONG))

    app = One()
    async with app.run_test(size=(80, 5)) as pilot:
        await pilot.pause()
        app.query_one(Cycle).focus()
        await pilot.press("right")
        await pilot.pause()
        (line,) = [row for row in rows(app) if row.strip()]
    assert line.rstrip().endswith("‹ " + LONG + " ›  ← → 更换")
