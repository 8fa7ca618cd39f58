"""Last year's values on the indicator's page: brought from the palette or at the start, taken back like any step."""

from __future__ import annotations

import pytest

from assistant.api import read
from assistant.domain.case import Case
from assistant.exchange.importer import ImportReport, readable_suffixes
from assistant.store.casefile import save
from assistant.tui.app import ZipingApp
from assistant.tui.file_picker import FilePicker
from assistant.tui.screens.dialogs import ReadDialog
from assistant.tui.screens.main import MainScreen
from assistant.tui.widgets.message_line import MessageLine
from assistant.tui.widgets.steady import Steady

LINE = "上年：目标 ≥3次，完成 2次，得分 0.67/1，原因 专家日程冲突。"


def main_of(app: ZipingApp) -> MainScreen:
    return next(screen for screen in app.screen_stack if isinstance(screen, MainScreen))


def asked(app: ZipingApp) -> str:
    return str(main_of(app).page.query_one(".asked", Steady).content)


def said(app: ZipingApp) -> str:
    return str(main_of(app).query_one(MessageLine).content)


@pytest.fixture
def former(demo) -> Case:
    """The sample as the form of the year before: two of three done in row 2, row 4 called otherwise."""
    rows = list(demo.indicators)
    rows[1] = rows[1].model_copy(update={"actual": "2次", "score": "0.67", "reason": "专家日程冲突。"})
    rows[3] = rows[3].model_copy(update={"level3": "别的事"})
    return demo.model_copy(update={"year": demo.year - 1, "indicators": tuple(rows)})


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_a_form_named_at_the_start_is_shown_on_every_page_it_fits(demo, former, make_services, size):
    app = ZipingApp(make_services(demo, last_year=ImportReport(former, (), {})))
    async with app.run_test(size=size) as pilot:
        await pilot.pause(0.2)
        assert isinstance(app.screen, ReadDialog), "row 4 has no namesake: that is told"
        await pilot.press("escape")
        main_of(app).go_to("indicators[1]")
        await pilot.pause(0.1)
        assert LINE in asked(app)
        main_of(app).go_to("indicators[3]")
        await pilot.pause(0.1)
        assert "上年" not in asked(app)
        await pilot.press("ctrl+z")
        await pilot.pause(0.1)
        assert app.services.workspace.case == demo
        assert said(app) == "已撤销：上年的表 17 项 → 0 项"


async def test_it_is_brought_from_the_palette(demo, former, make_services, tmp_path):
    path = tmp_path / "去年.ziping.json"
    save(path, former.model_copy(update={"indicators": (*former.indicators[:3], *demo.indicators[3:])}))
    services = make_services(demo, read_form=read, readable=readable_suffixes)
    app = ZipingApp(services)
    async with app.run_test(size=(80, 24)) as pilot:
        main_of(app).go_to("indicators[1]")
        await pilot.press("ctrl+p")
        await pilot.pause(0.2)
        await pilot.press(*"snb")
        await pilot.pause(0.3)
        await pilot.press("enter")
        await pilot.pause(0.2)
        assert isinstance(app.screen, FilePicker)
        await pilot.press(*str(path).replace(path.name, ""), "enter")
        await app.workers.wait_for_complete()
        await pilot.pause(0.2)
        assert LINE in asked(app)
        assert "18 项指标对上 18 项（Ctrl+Z 可撤销）。" in said(app)
        assert services.workspace.case.last_year[1].path == "indicators[1]"


@pytest.mark.parametrize(
    ("written", "why"),
    [(b"nothing like a form", "看不出"), (b"", "空文件")],
)
async def test_a_file_that_is_no_form_changes_nothing(demo, make_services, tmp_path, written, why):
    (tmp_path / "别的.docx").write_bytes(written)
    app = ZipingApp(make_services(demo, read_form=read, readable=readable_suffixes))
    async with app.run_test(size=(80, 24)) as pilot:
        main_of(app)._read_last_year(str(tmp_path / "别的.docx"))
        await app.workers.wait_for_complete()
        await pilot.pause(0.1)
        assert why in said(app)
        assert app.services.workspace.case == demo


async def test_a_form_of_this_year_is_refused_with_the_way_out(demo, make_services):
    app = ZipingApp(make_services(demo, last_year=ImportReport(demo, (), {})))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause(0.1)
        assert "请另选上年的自评表" in said(app)
        assert app.services.workspace.case == demo


async def test_it_moves_with_its_row_and_goes_with_it(demo, former, make_services):
    app = ZipingApp(make_services(demo, last_year=ImportReport(former, (), {})))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("escape")
        main_of(app).go_to("indicators[1]")
        await pilot.pause(0.2)
        main_of(app).action_move_indicator(1)
        await pilot.pause(0.2)
        assert main_of(app).stop.path == "indicators[2]"
        assert LINE in asked(app)
        main_of(app).action_delete_indicator()
        await pilot.pause(0.1)
        assert all(one.reason != "专家日程冲突。" for one in app.services.workspace.case.last_year)


async def test_help_on_a_cell_tells_all_of_it(demo, former, make_services):
    app = ZipingApp(make_services(demo, last_year=ImportReport(former, (), {})))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("escape")
        main_of(app).go_to("indicators[1].reason")
        await pilot.pause(0.1)
        await pilot.press("f1")
        await pilot.pause(0.1)
        assert isinstance(app.screen, ReadDialog)
        text = str(app.screen._text)
        assert "上年写的\n指标值：≥3次\n完成值：2次\n得分：0.67/1\n原因和措施：专家日程冲突。" in text
