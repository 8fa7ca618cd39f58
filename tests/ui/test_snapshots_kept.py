"""Where to begin, and what is shown of earlier and other versions of a case, as a person last saw it."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.cli import screen
from assistant.domain.case import Case
from assistant.domain.paths import with_cell
from assistant.store.casefile import load, save
from assistant.tui.app import ZipingApp
from assistant.tui.chooser import BEGINNINGS, Choice, Chooser
from assistant.wiring import open_case
from tests.ui.as_seen import SIZES, looks_as_it_did, settled

AT_SIZES = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")


@pytest.fixture
def path(tmp_path: Path, demo: Case, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("getpass.getuser", lambda: "user")
    monkeypatch.setattr("platform.node", lambda: "pc")
    file = tmp_path / "甲.ziping.json"
    save(file, demo)
    return file


@AT_SIZES
@pytest.mark.parametrize("keys", [(), ("down", "enter")], ids=["chooser", "file-picker"])
async def test_where_to_begin_looks_as_it_did(
    path: Path, size: tuple[int, int], keys: tuple[str, ...]
) -> None:
    recent = [Choice(path.name, "接着填 甲")]
    app = Chooser("绩效自评：从哪里开始？", recent, BEGINNINGS, screen._about, lambda: frozenset({".json"}))
    async with app.run_test(size=size) as pilot:
        await app.workers.wait_for_complete()
        await settled(pilot, app)
        for key in keys:
            await pilot.press(key)
            await settled(pilot, app)
        looks_as_it_did(app, f"{'file-picker' if keys else 'chooser'}-{size[0]}x{size[1]}")


@AT_SIZES
async def test_the_record_of_changes_looks_as_it_did(path: Path, size: tuple[int, int]) -> None:
    keeper, services = open_case(path, Case)
    app = ZipingApp(services)
    async with app.run_test(size=size) as pilot:
        await settled(pilot, app)
        for cell, text in (
            ("indicators[1].actual", "4次"),
            ("indicators[1].reason", "因年中会议合并，多开一次。"),
            ("funds[0].executed", "70.1"),
        ):
            services.workspace.write(cell, text)
            services.saver.save_now()
        app.screen.action_changes()  # type: ignore[attr-defined]
        await settled(pilot, app)
        looks_as_it_did(app, f"dialog-changes-{size[0]}x{size[1]}", within=".dialog")
    keeper.close()


@AT_SIZES
async def test_two_versions_of_a_case_look_as_they_did(path: Path, size: tuple[int, int]) -> None:
    keeper, services = open_case(path, Case)
    app = ZipingApp(services)
    async with app.run_test(size=size) as pilot:
        await settled(pilot, app)
        services.workspace.write("project", "我写的项目")
        services.workspace.write("indicators[1].reason", "因年中会议合并，多开一次。")
        theirs = with_cell(load(path), "project", "他写的项目")
        save(path, with_cell(theirs, "indicators[2].actual", "他填7家"))
        app.screen.action_choose_versions()  # type: ignore[attr-defined]
        await settled(pilot, app)
        looks_as_it_did(app, f"dialog-versions-{size[0]}x{size[1]}", within=".dialog")
    keeper.close()
