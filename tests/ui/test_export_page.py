"""The export page replaces no file somebody else has changed since."""

from __future__ import annotations

from pathlib import Path

from assistant.domain.case import Case
from assistant.store.casefile import save
from assistant.tui.app import ZipingApp
from assistant.tui.screens.main import MainScreen
from assistant.wiring import open_case


def said(app: ZipingApp) -> str:
    return str(app.screen.query_one("#export-result").render())


async def test_a_document_edited_since_its_export_is_asked_about_again(tmp_path: Path, demo: Case) -> None:
    path = tmp_path / "表.ziping.json"
    save(path, demo)
    keeper, services = open_case(path, Case)
    app = ZipingApp(services)
    async with app.run_test(size=(100, 30)) as pilot:
        assert isinstance(app.screen, MainScreen)
        await pilot.press("f10")
        await pilot.pause(0.3)
        await pilot.press("f10")
        await pilot.pause()
        assert "已导出" in said(app)
        document = tmp_path / "表.docx"
        await pilot.press("f10")
        await pilot.pause()
        assert "已导出" in said(app), "what was written from here is written anew unasked"
        document.write_bytes(b"edited elsewhere")
        await pilot.press("f10")
        await pilot.pause()
        assert "在上次导出以后改过，还没有动它" in said(app)
        assert document.read_bytes() == b"edited elsewhere"
        await pilot.press("f10")
        await pilot.pause()
        assert "已导出" in said(app)
        assert document.read_bytes() != b"edited elsewhere"
    keeper.close()
