"""Other versions of the case on the screen: shown place by place, decided by one key and by no accident."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.domain.case import Case
from assistant.domain.paths import with_cell
from assistant.store.casefile import load, save
from assistant.store.keeper import Keeper
from assistant.store.locations import locations
from assistant.store.owner import Owner, owner_of
from assistant.store.turn import beside
from assistant.tui.app import ZipingApp
from assistant.tui.screens.changes_dialog import ChangesDialog
from assistant.tui.screens.dialogs import ConfirmDialog
from assistant.tui.screens.keeping import KeepingScreen
from assistant.tui.screens.main import MainScreen
from assistant.tui.screens.versions_dialog import VersionsDialog
from assistant.tui.services import Services
from assistant.wiring import open_case

SIZES = pytest.mark.parametrize("size", [(80, 24), (140, 40)])


@pytest.fixture
def path(tmp_path: Path, demo: Case) -> Path:
    file = tmp_path / "甲.ziping.json"
    save(file, demo)
    return file


def opened(path: Path) -> tuple[Keeper, Services, ZipingApp]:
    keeper, services = open_case(path, Case)
    return keeper, services, ZipingApp(services)


def shown_on(app: ZipingApp) -> str:
    return "\n".join("".join(part.text for part in line) for line in app.screen._compositor.render_strips())


def asked(app: ZipingApp) -> bool:
    """Whether the dialog is there to be read; files are compared and places found beside the screen before."""
    return isinstance(app.screen, VersionsDialog) and "F10 按所选办理" in shown_on(app)


async def until(pilot: object, condition: Callable[[], bool]) -> None:
    for _ in range(200):
        if condition():
            return
        await pilot.pause(0.05)  # type: ignore[attr-defined]
    raise AssertionError("it did not happen")


@SIZES
async def test_a_file_changed_elsewhere_is_shown_place_by_place_and_both_are_kept(
    path: Path, size: tuple[int, int]
) -> None:
    keeper, services, app = opened(path)
    async with app.run_test(size=size) as pilot:
        main = app.screen
        assert isinstance(main, KeepingScreen)
        services.workspace.write("project", "我写的项目")
        save(
            path, with_cell(with_cell(load(path), "project", "他写的项目"), "indicators[2].actual", "他填7家")
        )
        main.look_at_disk()
        await until(pilot, lambda: asked(app))
        seen = shown_on(app)
        for words in ("2 处不同", "两边都改过", "我写的项目", "他填7家", "F10 按所选办理"):
            assert words in seen, words
        await pilot.press("enter", "escape")
        await until(pilot, lambda: app.screen is main)
        assert load(path).project == "他写的项目", "nothing is decided by Enter or Esc"
        assert services.workspace.case.project == "我写的项目"

        main.action_choose_versions()
        await until(pilot, lambda: asked(app))
        await pilot.press("f10")
        await until(pilot, lambda: load(path).project == "我写的项目")
    assert load(path).indicators[2].actual == "他填7家"
    assert not services.workspace.can_undo, "going back further would take back the other's work"
    whole = "".join(one.read_text("utf-8") for one in locations().journals.rglob("*.jsonl"))
    assert "他写的项目" in whole, "what was not taken is on record"
    keeper.close()


async def test_the_other_side_can_be_taken_for_one_place(path: Path) -> None:
    keeper, services, app = opened(path)
    async with app.run_test(size=(100, 30)) as pilot:
        services.workspace.write("project", "我写的")
        services.workspace.write("unit", "我的单位")
        save(path, with_cell(load(path), "project", "他写的"))
        app.screen.action_choose_versions()  # type: ignore[attr-defined]
        await until(pilot, lambda: asked(app))
        app.screen_stack[-2].theirs_seen()  # type: ignore[attr-defined]
        await pilot.pause()
        assert len(app.screen_stack) == 2, "no second dialog comes up over the first between two keys"
        await pilot.press("space", "f10")
        await until(pilot, lambda: load(path).unit == "我的单位")
    assert load(path).project == "他写的"
    keeper.close()


def opened_on_another_machine(path: Path) -> Owner:
    """The sign another window leaves beside the case, here of another computer of the share."""
    since = datetime(2026, 11, 29, 1, 12, tzinfo=UTC)
    sign = Owner(who="李某", machine="PC-2", process=7, since=since, home="x", token="0" * 32)
    beside(path, "open").write_text(sign.model_dump_json())
    return sign


@SIZES
async def test_who_has_the_case_open_is_named_and_can_be_relieved(path: Path, size: tuple[int, int]) -> None:
    sign = opened_on_another_machine(path)
    keeper, _services, app = opened(path)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: "1 由我接手   2 / Esc 一起填" in shown_on(app))
        assert "李某（电脑 PC-2，" in shown_on(app)
        await pilot.press("enter")
        assert owner_of(path) == sign, "Enter takes nothing over"
        await pilot.press("1")
        await until(pilot, lambda: isinstance(app.screen, MainScreen))
        assert owner_of(path) not in {None, sign}
    keeper.close()


async def test_who_is_relieved_is_told_by_whom_and_all_he_typed_is_saved(path: Path) -> None:
    keeper, services, app = opened(path)
    async with app.run_test(size=(80, 24)) as pilot:
        main = app.screen
        assert isinstance(main, MainScreen)
        services.workspace.write("project", "刚写的项目")
        opened_on_another_machine(path)
        main.look_at_disk()
        await until(pilot, lambda: "接手了这份案卷" in shown_on(app))
        assert "李某（电脑 PC-2" in shown_on(app)
        await until(pilot, lambda: load(path).project == "刚写的项目")
    keeper.close()


@SIZES
async def test_what_a_crash_left_is_offered_and_taken_or_left(path: Path, size: tuple[int, int]) -> None:
    def left_by_a_crash(text: str) -> None:
        keeper = Keeper(path, locations())
        assert keeper.case is not None
        keeper._autosave._save = lambda case: None
        keeper.changed(with_cell(keeper.case, "project", text))
        keeper._journal.write()
        keeper._journal.close()
        keeper._lock.release()

    left_by_a_crash("没存上的项目")
    keeper, services, app = opened(path)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: asked(app))
        seen = shown_on(app)
        assert "上次没来得及保存的改动：1 处" in seen
        assert "没存上的项目" in seen
        await pilot.press("f10")
        await until(pilot, lambda: load(path).project == "没存上的项目")
        assert services.workspace.can_undo
    keeper.close()

    left_by_a_crash("不要的")
    keeper, services, app = opened(path)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: asked(app))
        await pilot.press("2", "f10")
        await until(pilot, lambda: isinstance(app.screen, MainScreen))
    keeper.close()
    keeper, services, app = opened(path)
    assert (services.unsaved, load(path).project) == ((), "没存上的项目")
    keeper.close()


@SIZES
async def test_the_record_of_changes_leads_to_the_cell(path: Path, size: tuple[int, int]) -> None:
    keeper, services, app = opened(path)
    async with app.run_test(size=size) as pilot:
        main = app.screen
        assert isinstance(main, MainScreen)
        services.workspace.write("indicators[4].actual", "9项")
        main.action_changes()
        await pilot.pause()
        assert isinstance(app.screen, ChangesDialog)
        assert "键入" in shown_on(app)
        assert "绩效指标第5行“实际完成值”" in shown_on(app)
        await pilot.press("enter")
        await until(pilot, lambda: main.current_path() == "indicators[4].actual")
        assert app.screen is main
    keeper.close()


@SIZES
async def test_a_step_on_record_is_taken_back_alone_and_the_whole_form_to_what_it_was(
    path: Path, size: tuple[int, int], demo: Case
) -> None:
    keeper, services, app = opened(path)
    workspace = services.workspace
    async with app.run_test(size=size) as pilot:
        main = app.screen
        assert isinstance(main, MainScreen)
        workspace.write("project", "改错的名称")
        workspace.write("indicators[4].actual", "9项")
        written = workspace.case
        main.action_changes()
        await until(pilot, lambda: "F5 改回这一步" in shown_on(app))
        await pilot.press("down", "f5")
        await until(pilot, lambda: "1 改回   2 / Esc 取消" in shown_on(app))
        assert "项目名称：〔删：改错的名称〕" in shown_on(app)
        await pilot.press("enter", "escape")
        assert workspace.case == written, "neither Enter nor Esc changes anything"
        await pilot.press("f5")
        await until(pilot, lambda: isinstance(app.screen, ConfirmDialog))
        await pilot.press("1")
        await until(pilot, lambda: app.screen is main)
        assert workspace.case == with_cell(written, "project", demo.project), "what came later stays"
        assert main.current_path() == "project"

        main.action_changes()
        await until(pilot, lambda: "改回以前的" in shown_on(app))  # it is on record itself
        await pilot.press("down", "down", "f8")
        await until(pilot, lambda: "2 恢复到这一步之前" in shown_on(app))
        assert "绩效指标第5行“实际完成值”" in shown_on(app)
        await pilot.press("2")
        await until(pilot, lambda: app.screen is main)
        assert workspace.case == demo, "the form as it was before the first step"
        await pilot.press("ctrl+z", "ctrl+z")
        assert workspace.case == written, "either was one step"
    keeper.close()


async def test_a_step_written_over_since_cannot_be_taken_back_alone_and_says_so(path: Path) -> None:
    keeper, services, app = opened(path)
    async with app.run_test(size=(80, 24)) as pilot:
        main = app.screen
        assert isinstance(main, MainScreen)
        services.workspace.write("project", "乙")
        services.workspace.pause_typing()
        services.workspace.write("project", "丙")
        main.action_changes()
        await until(pilot, lambda: "F5 改回这一步" in shown_on(app))
        await pilot.press("down", "f5")
        await until(pilot, lambda: "后来又改过、保持现在的：项目名称" in shown_on(app))
        assert services.workspace.case.project == "丙"
    keeper.close()


async def test_nobody_is_asked_between_two_letters_he_types(path: Path) -> None:
    """The dialog would swallow them, and digits are keys of it."""
    keeper, services, app = opened(path)
    async with app.run_test(size=(100, 30)) as pilot:
        main = app.screen
        assert isinstance(main, KeepingScreen)
        main.go_to("indicators[2].actual")
        await pilot.pause(0.3)
        save(path, with_cell(load(path), "project", "他写的"))
        await pilot.press("1")
        main.theirs_seen()
        await pilot.press("2", "1")
        assert app.screen is main
        assert services.workspace.case.indicators[2].actual.endswith("121") or main.desk.has_note(
            "indicators[2].actual"
        )
        await until(pilot, lambda: asked(app))
        await pilot.press("f10")
        await until(pilot, lambda: load(path).indicators[2].actual.endswith("121"))
    assert load(path).project == "他写的"
    keeper.close()


async def test_of_a_copy_older_than_the_case_the_case_is_proposed(path: Path) -> None:
    keeper = Keeper(path, locations())
    old = keeper._recovery.with_name("20200101T000000.000000.ziping.json")
    keeper.close()
    old.parent.mkdir(parents=True, exist_ok=True)
    save(old, with_cell(load(path), "project", "旧的项目"))
    os.utime(old, (1, 1))
    keeper, _services, app = opened(path)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: asked(app))
        assert "〔用案卷里的〕项目名称" in shown_on(app)
        await pilot.press("f10")
        await until(pilot, lambda: isinstance(app.screen, MainScreen))
    keeper.close()
    assert load(path).project != "旧的项目"


async def test_of_a_long_text_the_change_itself_is_in_sight(path: Path) -> None:
    before = "全年按计划开展各项工作，" * 20
    keeper, services, app = opened(path)
    async with app.run_test(size=(80, 24)) as pilot:
        main = app.screen
        assert isinstance(main, KeepingScreen)
        services.workspace.write("indicators[2].reason", before)
        services.saver.save_now()
        save(path, with_cell(load(path), "indicators[2].reason", before + "他加的。"))
        main.action_choose_versions()
        await until(pilot, lambda: asked(app))
        assert "〔增：他加的。〕" in shown_on(app)
        await pilot.press("pagedown", "pagedown")
        await pilot.pause()
        assert app.screen.query_one("#effect").scroll_offset.y > 0
    keeper.close()
