"""逐格复制: order, spelling and lengths of what a budget system's web page is given, and the screen that hands it over."""

from __future__ import annotations

import shutil
import sys
import uuid
from pathlib import Path

import pytest

from assistant.catalogue.profiles import load_profile
from assistant.domain.case import Case, Goal, Indicator
from assistant.tui.app import ZipingApp
from assistant.tui.screens.copying import CopyingScreen
from assistant.tui.screens.main import MainScreen
from assistant.workspace.handover import HandedCell, cells_to_hand, gbk_bytes, not_in_gbk, respelled
from tests.journeys.terminal import Terminal


@pytest.mark.parametrize(
    ("written", "spelled"),
    [
        ("2022-11-30", "2022年11月30日"),
        ("2022-09-05完成", "2022年9月5日完成"),
        ("2022-11", "2022年11月"),
        ("90%-95%", "90%至95%"),
        ("90% - 95%", "90%至95%"),
        ("第1-3季度，10-20人次", "第1至3季度，10至20人次"),
        ("2021-2022年度", "2021至2022年度"),
        ("-3.5℃", "负3.5℃"),
        ("3*5米", "3×5米"),
        ("- 第一条\n- 第二条", "·第一条\n·第二条"),
    ],
)
def test_marks_that_systems_refuse_are_spelled_out_where_their_meaning_is_plain(written, spelled):
    text, changes = respelled(written)
    assert text == spelled
    assert changes


@pytest.mark.parametrize(
    "written",
    [
        "010-66554433",
        "COVID-19",
        "京财-2022-15号",
        "a_b",
        "≥90%",
        "2022.11.30",
        "财预〔2020〕10号",
        "90%~95%",
        "",
    ],
)
def test_what_a_person_must_judge_is_left_as_written(written):
    assert respelled(written) == (written, ())


def test_what_is_left_of_refused_marks_is_said():
    cell = HandedCell("indicators[0].actual", "1 某", "实际完成值", "COVID-19_a")
    assert list(cell.remarks(cell.cleaned)) == ["含有 - _，有的系统不收，请自行改写。"]


def test_characters_and_bytes_are_counted_against_the_limit():
    # 中文 is two characters of two bytes each; ² is not in GBK and takes four bytes in GB 18030.
    assert gbk_bytes("中文a") == 5
    assert gbk_bytes("²") == 4
    assert not_in_gbk("①㎡≥²😀²") == ("²", "😀")
    cell = HandedCell("p", "1 某", "偏差", "")
    assert list(cell.remarks("字" * 2001)) == ["太长：2001 字，超出 1 字（上限 2000 字）。"]
    assert list(cell.remarks("字" * 1001)) == ["系统若按字节计数会超出：2002 字节，上限 2000。"]
    assert list(cell.remarks("字" * 1000)) == []


def test_the_cells_come_in_the_order_of_the_page_and_blank_ones_are_left_out():
    rows = (
        Indicator(level3="甲", actual="3个", score="10", reason=""),
        Indicator(level3="乙", actual="2022-11-30", score="5", reason="因故"),
    )
    case = Case(indicators=rows, goals=(Goal(expected="目标", actual="完成"),))
    cells = cells_to_hand(case, load_profile("sichuan-2023"))
    assert [(cell.path, cell.limit) for cell in cells] == [
        ("indicators[0].actual", 2000),
        ("indicators[0].score", 2000),
        ("indicators[1].actual", 2000),
        ("indicators[1].score", 2000),
        ("indicators[1].reason", 100),
        ("goals[0].actual", 100),
    ]


def test_the_money_comes_first_without_rows_and_cells_the_form_leaves_open(demo):
    cells = cells_to_hand(demo, load_profile("beijing-2022"))
    money = [(cell.row, cell.label, cell.written) for cell in cells if cell.path.startswith("funds")]
    assert money == [
        ("年度资金总额", "年初预算数", "112.511000"),
        ("年度资金总额", "全年预算数", "112.511000"),
        ("年度资金总额", "全年执行数", "69.655900"),
        ("年度资金总额", "执行率", "61.91%"),
        ("年度资金总额", "得分", "6.19"),
        ("其中:当年财政拨款", "年初预算数", "112.511000"),
        ("其中:当年财政拨款", "全年预算数", "112.511000"),
        ("其中:当年财政拨款", "全年执行数", "69.655900"),
    ]
    assert cells[len(money)].path == "indicators[0].actual"


def copying(app: ZipingApp) -> CopyingScreen:
    assert isinstance(app.screen, CopyingScreen)
    return app.screen


async def test_one_key_copies_a_cell_and_goes_to_the_next(demo, make_services):
    row = demo.indicators[0].model_copy(update={"actual": "2022-11-30", "reason": "长" * 2500})
    app = ZipingApp(
        make_services(demo.model_copy(update={"funds": (), "indicators": (row, *demo.indicators[1:])}))
    )
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause(0.2)
        await app.run_action("screen.copy_cells")
        await pilot.pause(0.1)
        screen = copying(app)
        assert "2022-11-30 → 2022年11月30日" in str(screen.query_one("#copy-about").content)
        await pilot.press("enter")
        assert app.clipboard == "2022年11月30日"
        await pilot.press("enter")
        assert app.clipboard == row.score
        assert "太长：2500 字，超出 500 字" in str(screen.query_one("#copy-about").content)
        assert "已复制 2/" in str(screen.query_one("#copy-head").content)
        await pilot.press("up", "up", "r", "c")  # as written
        assert app.clipboard == "2022-11-30"


async def test_what_was_copied_is_remembered_and_a_later_change_shows(demo, make_services):
    app = ZipingApp(make_services(demo.model_copy(update={"funds": ()})))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause(0.2)
        await app.run_action("screen.copy_cells")
        await pilot.pause(0.1)
        await pilot.press("enter", "enter", "escape")
        await pilot.pause(0.1)
        main = app.screen
        assert isinstance(main, MainScreen)
        app.services.workspace.write("indicators[0].actual", "999个")
        await app.run_action("screen.copy_cells")
        await pilot.pause(0.1)
        shown = copying(app).query_one("#copy-list")
        words = [str(shown.get_option_at_index(at).prompt)[:3] for at in range(2)]
        assert words == ["已改动", "已复制"]
        assert shown.highlighted == 0
        await pilot.press("e")
        await pilot.pause(0.2)
        assert app.screen is main
        assert main.current_path() == "indicators[0].actual"


async def test_all_of_it_is_written_to_a_file_for_those_without_a_clipboard(
    demo, make_services, tmp_path: Path
):
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause(0.2)
        await app.run_action("screen.copy_cells")
        await pilot.pause(0.1)
        await pilot.press("w")
        await pilot.pause(0.1)
        file = tmp_path / "case-逐格复制.txt"
        text = file.read_text("utf-8")
        assert f"【1 {demo.indicators[0].level3} 实际完成值】\n{demo.indicators[0].actual}\n" in text
        assert text.index("【1 ") < text.index("【18 ") < text.index("【年度总体目标 实际完成情况】")
        assert file.stat().st_mode & 0o077 == 0
        assert str(file) in str(copying(app).query_one("#copy-head").content)


async def test_the_export_page_leads_to_it(demo, make_services):
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause(0.3)
        await pilot.press("f10")
        await pilot.pause(0.3)
        app.screen.query_one("#export-copy").focus()
        await pilot.press("enter")
        await pilot.pause(0.2)
        assert copying(app).cell is not None


async def test_an_empty_form_has_nothing_to_copy_and_says_so(make_services):
    app = ZipingApp(make_services(Case()))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause(0.2)
        await app.run_action("screen.copy_cells")
        await pilot.pause(0.1)
        await pilot.press("enter", "r", "e")
        await pilot.pause(0.1)
        assert app.is_running


@pytest.mark.terminal
@pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed on this machine")
def test_the_text_arrives_in_the_clipboard_of_a_real_terminal(tmp_path: Path):
    case = tmp_path / f"{uuid.uuid4().hex[:6]}.ziping.json"
    program = [sys.executable, "-m", "assistant", "demo", "-o", str(case)]
    with Terminal(program, columns=100, rows=30, ZIPING_HOME=str(tmp_path / "home")) as terminal:
        terminal._tmux("set", "-s", "set-clipboard", "on")
        terminal.wait_for("项目支出绩效自评表")
        terminal.press("C-p")
        terminal.wait_for("输入命令")
        terminal.type("zgfz")
        terminal.wait_for("逐格复制到系统网页")
        terminal.settle()
        terminal.press("Enter")
        terminal.wait_for("已复制 0/")
        terminal.press("Enter")
        terminal.wait_for("已复制 1/")
        assert terminal._tmux("show-buffer") == "112.511000"  # 年初预算数
