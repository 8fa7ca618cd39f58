"""Work over all texts: find and replace as one step, the user's own editor, a very long paste."""

from __future__ import annotations

import contextlib
import shutil
import stat
import sys
from pathlib import Path

import pytest
from textual import events

from assistant.domain.case import Case, FundRow, Goal, Indicator
from assistant.domain.errors import InputError
from assistant.tui import cjk
from assistant.tui.app import ZipingApp
from assistant.tui.outside import cleaned, edited, editor
from assistant.tui.screens.dialogs import ConfirmDialog
from assistant.tui.screens.find_dialog import FindDialog
from assistant.tui.screens.main import MainScreen
from assistant.tui.widgets.fields import CellArea
from assistant.workspace import workspace
from assistant.workspace.find import places, replaced
from tests.journeys.terminal import Terminal

SMALL = Case(
    project="图书角建设",
    funds=(FundRow(label="年度资金总额", budget="图书"),),
    goals=(Goal(expected="建图书角，购图书。", actual="建成图书角"),),
    indicators=(Indicator(level3="图书角数量", reason="因图书\n到货晚", score="10"),),
)


def main_of(app: ZipingApp) -> MainScreen:
    return next(screen for screen in app.screen_stack if isinstance(screen, MainScreen))


def test_every_text_cell_is_searched_in_the_order_of_the_form_and_amounts_are_not():
    found = [(place.path, place.before, place.after) for place in places(SMALL, "图书")]
    assert found == [
        ("project", "", "角建设"),
        ("goals[0].expected", "建", "角，购图书。"),
        ("goals[0].expected", "建图书角，购", "。"),
        ("goals[0].actual", "建成", "角"),
        ("indicators[0].level3", "", "角数量"),
        ("indicators[0].reason", "因", " 到货晚"),
    ]


def test_replacing_changes_exactly_the_places_listed():
    new = replaced(SMALL, "图书角", "阅览室")
    assert (new.project, new.goals[0].expected) == ("阅览室建设", "建阅览室，购图书。")
    assert new.indicators[0].reason == "因图书\n到货晚"
    assert new.funds == SMALL.funds
    assert replaced(SMALL, "", "x") == SMALL
    assert (
        replaced(SMALL, "图书", "图书图书").project == "图书图书角建设"
    )  # what was put in is not searched again


async def test_all_places_are_shown_then_replaced_as_one_step_and_taken_back_as_one(demo, make_services):
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause(0.2)
        before = app.services.workspace.case
        count = len(places(before, "国家重点实验室"))
        assert count > 5
        await pilot.press("ctrl+f")
        await pilot.pause(0.2)
        await pilot.press(*"国家重点实验室", "tab", *"全国重点实验室")
        await pilot.pause(0.2)
        dialog = app.screen
        assert isinstance(dialog, FindDialog)
        assert str(dialog.query_one("#find-count").content).startswith(f"共 {count} 处")
        first = str(dialog.query_one("#find-list").get_option_at_index(0).prompt)
        assert "【全国重点实验室】" in first  # what it would become
        await pilot.press("f5")
        await app.keys_taken()
        await pilot.pause()
        assert places(app.services.workspace.case, "国家重点实验室") == ()
        assert len(places(app.services.workspace.case, "全国重点实验室")) == count
        await pilot.press("ctrl+z")
        await app.keys_taken()
        await pilot.pause()
        assert app.services.workspace.case == before


async def test_enter_goes_to_the_place_and_changes_nothing(demo, make_services):
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause(0.2)
        await pilot.press("ctrl+f")
        await pilot.pause(0.2)
        await pilot.press(*"满意度", "down", "up", "down", "enter")
        await pilot.pause(0.2)
        wanted = places(demo, "满意度")[1].path
        assert main_of(app).current_path() == wanted
        assert app.services.workspace.case == demo


async def test_an_empty_search_and_one_without_a_place_replace_nothing(demo, make_services):
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause(0.2)
        await pilot.press("ctrl+f", "f5", *"没有这几个字", "f5", "enter")
        await pilot.pause(0.2)
        assert isinstance(app.screen, FindDialog)
        assert "全表没有“没有这几个字”。" in str(app.screen.query_one("#find-count").content)
        await pilot.press("escape")
        await pilot.pause()
        assert app.services.workspace.case == demo


def script(folder: Path, body: str) -> list[str]:
    """An editor: Python code that is given the file as ``path``."""
    file = folder / "editor.py"
    file.write_text(f"import sys, pathlib\npath = pathlib.Path(sys.argv[1])\n{body}\n", "utf-8")
    return [sys.executable, str(file)]


def test_the_editor_is_the_one_of_the_environment_with_its_options():
    assert editor({"EDITOR": "vim -c 'set tw=0'"}) == ["vim", "-c", "set tw=0"]
    assert editor({"EDITOR": "vim", "VISUAL": "code --wait"}) == ["code", "--wait"]


def test_the_temporary_file_is_for_the_user_alone_and_gone_afterwards(tmp_path: Path):
    note = tmp_path / "note.txt"
    body = (
        f"pathlib.Path({str(note)!r}).write_text(f'{{path}} {{path.stat().st_mode}} {{path.read_text(\"utf-8\")}}', 'utf-8')\n"
        "path.write_text('新的文字。\\r\\n第二段\\x07\\n\\n', 'utf-8')"
    )
    assert edited("旧的文字。", script(tmp_path, body)) == "新的文字。\n第二段"
    name, mode, text = note.read_text("utf-8").split(" ", 2)
    assert stat.S_IMODE(int(mode)) == 0o600
    assert text == "旧的文字。\n"
    assert not Path(name).exists()


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("path.write_bytes('新的文字'.encode('gbk'))", "编辑器存成了别的编码"),
        ("path.write_text('新', 'utf-8'); sys.exit(3)", "编辑器报错退出（3）"),
        ("path.unlink()", "读不到编辑后的内容"),
    ],
)
def test_what_an_editor_leaves_broken_is_refused_and_kept(tmp_path: Path, body: str, said: str):
    with pytest.raises(InputError) as caught:
        edited("旧的文字。", script(tmp_path, body))
    assert said in caught.value.message
    if "留在" in caught.value.hint:
        kept = Path(caught.value.hint.partition("留在 ")[2].rstrip("。"))
        assert kept.exists()
        kept.unlink()


def test_an_editor_that_is_not_there_is_named():
    with pytest.raises(InputError, match="打不开编辑器 no-such-editor"):
        edited("文字", ["no-such-editor"])


def test_byte_order_marks_and_control_characters_do_not_come_back():
    assert cleaned("\ufeff甲\x00乙\r\n丙\t丁\n \n") == "甲乙\n丙\t丁"


@pytest.fixture
def outside(monkeypatch: pytest.MonkeyPatch):
    """Open the screen with an editor that puts a text into the cell; the terminal stays with the test."""

    def made(services, text: str) -> ZipingApp:
        app = ZipingApp(services)
        monkeypatch.setattr(app, "suspend", contextlib.nullcontext)
        monkeypatch.setattr("assistant.tui.outside.editor", lambda: ["editor"])
        monkeypatch.setattr("assistant.tui.outside.edited", lambda before, command: text)
        return app

    return made


async def test_what_was_edited_outside_arrives_in_the_cell_and_can_be_undone(demo, make_services, outside):
    app = outside(make_services(demo), "外面写的原因。\n第二段。")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause(0.2)
        main_of(app).go_to("indicators[1].reason")
        await pilot.pause(0.1)
        await pilot.press("ctrl+l")
        await pilot.pause(0.2)
        assert app.services.workspace.case.indicators[1].reason == "外面写的原因。\n第二段。"
        await pilot.press("ctrl+z")
        await pilot.pause(0.1)
        assert app.services.workspace.case == demo


async def test_an_emptied_file_does_not_erase_the_text(demo, make_services, outside):
    app = outside(make_services(demo), "")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause(0.2)
        main_of(app).go_to("goals[0].actual")
        await pilot.pause(0.1)
        await pilot.press("ctrl+l")
        await pilot.pause(0.1)
        assert app.services.workspace.case == demo


@pytest.mark.parametrize(("answer", "kept"), [("1", "外面写的"), ("escape", "同时在表里写的")])
async def test_where_both_sides_changed_the_user_is_asked(demo, make_services, outside, answer, kept):
    app = outside(make_services(demo), "外面写的")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause(0.2)
        main = main_of(app)
        main.go_to("indicators[1].reason")
        await pilot.pause(0.1)
        app.services.workspace.write("indicators[1].reason", "同时在表里写的")
        main._take_edited("indicators[1].reason", "", "外面写的")
        await pilot.pause(0.1)
        assert isinstance(app.screen, ConfirmDialog)
        await pilot.press(answer)
        await pilot.pause(0.1)
        assert app.services.workspace.case.indicators[1].reason == kept


async def test_where_the_terminal_cannot_be_left_that_is_said(demo, make_services, monkeypatch):
    monkeypatch.setenv("EDITOR", "true")
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause(0.2)
        main_of(app).go_to("goals[0].actual")
        await pilot.pause(0.1)
        await pilot.press("ctrl+l")
        await pilot.pause(0.1)
        assert any("不能打开外部编辑器" in note.message for note in app._notifications)


@pytest.mark.terminal
@pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed on this machine")
def test_the_users_editor_runs_in_a_real_terminal_and_the_screen_comes_back(tmp_path: Path):
    command = script(tmp_path, "path.write_text(path.read_text('utf-8').rstrip() + '又补一句。', 'utf-8')")
    program = [sys.executable, "-m", "assistant", "demo", "-o", str(tmp_path / "a.ziping.json")]
    with Terminal(program, ZIPING_HOME=str(tmp_path / "home"), EDITOR=" ".join(command)) as terminal:
        terminal.wait_for("项目支出绩效自评表")
        terminal.settle()
        terminal.press("F3")
        terminal.wait_for("基本信息")
        terminal.settle()
        terminal.press("C-l")
        terminal.wait_for("已采用编辑后的项目名称", "又补一句。")


@pytest.mark.parametrize(
    "text", ["。".join(["甲乙丙丁" * 10] * 500), "字" * 20_000], ids=["sentences", "one line"]
)
async def test_twenty_thousand_pasted_characters_arrive_whole_and_are_scored_once(
    demo, make_services, monkeypatch, text
):
    wrapped: list[int] = []
    assessed: list[Case] = []
    wrap, assess = cjk.break_offsets, workspace.assess
    monkeypatch.setattr(
        cjk,
        "break_offsets",
        lambda text, *rest, **more: wrapped.append(len(text)) or wrap(text, *rest, **more),
    )
    monkeypatch.setattr(workspace, "assess", lambda case, *rest: assessed.append(case) or assess(case, *rest))
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause(0.3)
        main_of(app).go_to("indicators[1].reason")
        await pilot.pause(0.2)
        area = app.focused
        assert isinstance(area, CellArea)
        wrapped.clear()
        assessed.clear()
        app.post_message(events.Paste(f"{text}\n第二段\tA\x00"))
        await pilot.pause(0.3)
        assert app.services.workspace.case.indicators[1].reason == f"{text}\n第二段\tA"
        assert len(assessed) <= 2
        # Laid out once or twice, not once a character: 20,000 characters make no more than 100,000 looked at.
        assert sum(wrapped) < 5 * len(text)
