"""Pictures of the screen."""

from __future__ import annotations

import re

from textual.app import App, ComposeResult
from textual.widgets import Static

from assistant.tui.picture import CELL_WIDTH, corrected


class Line(App[None]):
    def compose(self) -> ComposeResult:
        yield Static("年度指标值≥3次", markup=False)


async def test_chinese_is_as_wide_as_its_cells_and_nothing_is_fetched() -> None:
    app = Line()
    async with app.run_test(size=(40, 4)) as pilot:
        await pilot.pause()
        picture = corrected(app.export_screenshot())
    (width,) = re.findall(r'textLength="([0-9.]+)"[^>]*>年度指标值≥3次(?:&#160;)*<', picture)
    # five characters of two cells, ≥ and 3 of one, 次 of two: 14 cells
    assert float(width) == round(14 * CELL_WIDTH, 1)
    assert "@font-face" not in picture
