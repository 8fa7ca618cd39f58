"""The summary of a folder on the screen."""

from __future__ import annotations

import threading
from collections.abc import Generator, Sequence

from rich.cells import cell_len
from textual.pilot import Pilot
from textual.widgets import DataTable, OptionList, Static

from assistant.domain.errors import InputError
from assistant.season.result import FormResult
from assistant.season.summary import Summary, summarise
from assistant.tui.screens.season_form import Chosen, FormScreen, Line
from assistant.tui.season import SeasonApp, SeasonServices, View
from tests.season.forms import result, small


class Folder:
    """Forms that come one by one, and are remembered; with *gate* not before it is opened."""

    def __init__(self, forms: Sequence[FormResult], gate: threading.Event | None = None) -> None:
        self.forms, self.gate = forms, gate
        self.done: list[FormResult] = []
        self.stopped = False

    def go(self) -> Generator[FormResult, None, None]:
        self.done.clear()
        try:
            for form in self.forms:
                if self.gate is not None:
                    self.gate.wait(5)
                self.done.append(form)
                yield form
        finally:
            self.stopped = len(self.done) < len(self.forms)

    def summary(self) -> Summary:
        return summarise(self.done)

    def lines(self, file: str) -> Sequence[Line]:
        if file.startswith("没"):
            raise InputError("文件不见了。")
        return [Line("第1行有错", "indicators[0].score"), Line("第2行有错", "indicators[1]")]

    def services(self) -> SeasonServices:
        return SeasonServices(
            "二〇二四年",
            len(self.forms),
            self.go,
            self.summary,
            self.lines,
            lambda: "汇总表.xlsx",
            lambda: "绩效自评报告.docx",
        )


FORMS = [
    result(small("甲项目", unit="水务局", score="80")),
    result(small("乙项目", unit="教育局", executed="10", score="98")),
    result(small("丙项目", unit="教育局", score="90")),
]


async def ready(pilot: Pilot[Chosen]) -> None:
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def column(app: SeasonApp, at: int = 0) -> list[str]:
    table = app.query_one(DataTable)
    return [str(table.get_row_at(row)[at]) for row in range(table.row_count)]


async def test_every_project_has_its_line_and_the_sums_stand_above() -> None:
    app = SeasonApp(Folder(FORMS).services())
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        assert column(app) == ["丙项目", "乙项目", "甲项目"]
        assert column(app, 3) == ["90", "98", "80"]
        assert "2 个单位 3 个项目，预算 300 万元，执行 170 万元" in str(
            app.query_one("#total", Static).content
        )
        table = app.query_one(DataTable)
        assert table.virtual_size.width <= 80  # nothing to scroll sideways for


async def test_the_lines_come_in_the_order_asked_for() -> None:
    app = SeasonApp(Folder(FORMS).services())
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.press("s", "s")
        assert column(app) == ["甲项目", "丙项目", "乙项目"]  # 80, 90, 98
        await pilot.press("s")
        assert column(app)[0] == "乙项目"  # 10 of 100 spent


async def test_words_filter_the_lines_and_escape_shows_all_again() -> None:
    app = SeasonApp(Folder(FORMS).services())
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.press("slash", *"教育", "enter")
        assert column(app) == ["丙项目", "乙项目"]
        await pilot.press("escape")
        assert len(column(app)) == 3


async def test_a_unit_leads_to_its_projects_and_escape_back_to_all() -> None:
    app = SeasonApp(Folder(FORMS).services())
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.press("u")
        await pilot.pause()
        table = app.screen.query_one(DataTable)
        assert table.virtual_size.width <= 80
        assert table.get_row_at(0)[:4] == ["教育局", "2", "200", "45.00%"]  # 10 + 80 of 100 + 100
        assert table.get_row_at(2)[:3] == ["全部单位", "3", "300"]
        await pilot.press("enter")
        await pilot.pause()
        assert column(app) == ["丙项目", "乙项目"]
        assert "只看 教育局" in str(app.query_one("#title", Static).content)
        await pilot.press("escape")
        assert len(column(app)) == 3
        assert "只看" not in str(app.query_one("#title", Static).content)


async def test_a_file_that_was_not_read_has_a_line_that_says_why() -> None:
    app = SeasonApp(Folder([*FORMS, FormResult(file="坏.docx", trouble="坏.docx 已损坏。")]).services())
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        assert app.query_one(DataTable).get_row_at(3)[:2] == ["坏.docx", "没有读成"]
        await pilot.press("down", "down", "down", "enter")
        await ready(pilot)
        assert [notice.message for notice in app._notifications][-1] == "坏.docx 已损坏。"
        assert not isinstance(app.screen, FormScreen)


async def test_from_a_line_into_the_form_and_its_row() -> None:
    view = View()
    app = SeasonApp(Folder(FORMS).services(), view)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.press("down", "enter")
        await ready(pilot)
        assert isinstance(app.screen, FormScreen)
        assert app.screen.query_one(OptionList).option_count == 2
        await pilot.press("down", "enter")
        await pilot.pause()
    assert app.return_value == Chosen("乙项目.ziping.json", "indicators[1]")
    assert view.row == 1  # where the user comes back to


async def test_escape_leads_from_the_form_back_to_the_summary() -> None:
    app = SeasonApp(Folder(FORMS).services())
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.press("enter")
        await ready(pilot)
        await pilot.press("escape")
        assert not isinstance(app.screen, FormScreen)


async def test_a_form_that_vanished_is_said_and_the_summary_stays() -> None:
    app = SeasonApp(Folder([result(small("甲项目"), "没了.json")]).services())
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.press("enter")
        await ready(pilot)
        assert not isinstance(app.screen, FormScreen)


async def test_the_work_can_be_stopped_and_gone_on_with() -> None:
    gate = threading.Event()
    folder = Folder([result(small(f"项目{at}")) for at in range(40)], gate)
    app = SeasonApp(folder.services())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("p")
        gate.set()
        await pilot.pause(0.3)
        assert folder.stopped
        assert "按 p 接着做" in str(app.query_one("#status", Static).content)
        await pilot.press("p")
        await ready(pilot)
        assert len(column(app)) == 40


async def test_the_folder_is_seen_as_bars_with_the_numbers_beside_them() -> None:
    app = SeasonApp(Folder(FORMS).services())
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.press("g")
        await pilot.pause()
        lines = str(app.screen.query_one("#bars", Static).content).splitlines()
        assert lines[0] == "各项目自评得分（分）"
        full = next(line for line in lines if line.startswith("乙项目") and line.endswith(" 98"))
        low = next(line for line in lines if line.startswith("甲项目") and line.endswith(" 80"))
        assert full.count("█") > low.count("█") > 0
        room = app.screen.query_one("#bars", Static).content_region.width
        assert max(cell_len(line) for line in lines) <= room  # no number is pushed below its bar
        await pilot.press("escape")
        await pilot.pause()
        assert app.query_one(DataTable).row_count == 3


async def test_the_report_is_written_from_the_summary() -> None:
    app = SeasonApp(Folder(FORMS).services())
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.press("b")
        await ready(pilot)
        assert [notice.message for notice in app._notifications][-1] == "已写出：绩效自评报告.docx"
