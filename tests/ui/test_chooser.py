"""Where to begin: recent cases with what they are about, any file by its path, and documents that were read before."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input, OptionList

from assistant.cli import screen
from assistant.cli.screen import go_on, opened, unused
from assistant.domain.case import Case
from assistant.domain.errors import InputError
from assistant.store.casefile import save
from assistant.tui.chooser import BEGINNINGS, NEW, Choice, Chooser
from assistant.tui.file_picker import FilePicker, matching


def begun(folder: Path, case: Case) -> tuple[Path, Path]:
    """A document and the case that was begun from it."""
    document, file = folder / "自评表.docx", folder / "自评表.ziping.json"
    document.write_bytes(b"PK")
    save(file, case)
    return document, file


async def test_recent_cases_tell_project_unit_and_score_once_they_have_been_read(tmp_path, demo):
    _, file = begun(tmp_path, demo)
    app = Chooser("从哪里开始？", [Choice(str(file), "接着填 自评表")], BEGINNINGS, screen._about)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        shown = str(app.query_one(OptionList).get_option_at_index(0).prompt)
        assert shown == (
            "接着填 自评表\n  2022 年度  已得 95.19 分  实验室科研协作与成果落地保障（北京市实验室…）"
        )
        await pilot.press("down", "down", "enter")
    assert app.return_value == NEW


async def test_a_recent_case_that_cannot_be_read_is_still_offered(tmp_path):
    (tmp_path / "坏.ziping.json").write_text("{", "utf-8")
    app = Chooser("", [Choice(str(tmp_path / "坏.ziping.json"), "接着填 坏")], (), screen._about)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.press("enter")
    assert app.return_value == str(tmp_path / "坏.ziping.json")


async def test_a_file_is_opened_by_typing_its_path_or_picking_it(tmp_path, demo, monkeypatch):
    monkeypatch.chdir(tmp_path)
    begun(tmp_path, demo)
    app = Chooser("", [], BEGINNINGS, suffixes=lambda: frozenset({".docx", ".json"}))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, FilePicker)
        await pilot.press(*"没有")
        await pilot.press("enter")
        await pilot.pause()
        assert "找不到" in str(app.screen.query_one("#picker-said").content)
        app.screen.query_one(Input).value = str(tmp_path / "自评表.d")
        await pilot.pause()
        await pilot.press("enter")
    assert app.return_value == str(tmp_path / "自评表.docx")


def test_folders_come_last_hidden_and_unreadable_files_do_not_come(tmp_path):
    for name in ("乙.docx", "甲.exe", ".密.docx"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "甲夹").mkdir()
    found = matching(f"{tmp_path}/", frozenset({".docx"}))
    assert [path.name for path in found] == ["乙.docx", "甲夹"]
    assert matching(f"{tmp_path}/没有/", frozenset({".docx"})) == ()


def test_a_document_opened_again_goes_on_with_its_case_or_begins_another_one_as_told(tmp_path, demo):
    document, file = begun(tmp_path, demo)
    assert opened(str(document), lambda *_: True)[0] == file
    assert opened(str(document), lambda *_: False)[0] == tmp_path / "自评表-2.ziping.json"
    assert opened(str(document), lambda *_: None) is None
    save(tmp_path / "自评表-2.ziping.json", demo)
    assert unused(file) == tmp_path / "自评表-3.ziping.json"


def test_where_nobody_can_be_asked_the_case_is_gone_on_with_and_that_is_said(tmp_path, demo, capsys):
    document, file = begun(tmp_path, demo)
    assert opened(str(document), go_on)[0] == file
    assert capsys.readouterr().err == "自评表.docx 以前读入过，接着填 自评表.ziping.json。\n"


def test_a_document_opened_for_the_first_time_asks_nothing(tmp_path):
    document = tmp_path / "表.docx"
    document.write_bytes(b"PK")

    def never(*_: Path) -> bool:
        raise AssertionError

    assert opened(str(document), never)[0] == tmp_path / "表.ziping.json"
    with pytest.raises(InputError, match="找不到文件"):
        opened(str(tmp_path / "没有.docx"), never)
