"""Onto the disk: from the export page, refused where it must be, nothing half written."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.domain.errors import ExchangeError, InputError
from assistant.tui.services import ExportOrder
from assistant.wiring import REPORT, write_self_report
from tests.season.forms import RULES, small

CASE = small("河道管护")
PROFILE = RULES.of(CASE)


def test_the_export_page_writes_a_word_report(tmp_path: Path) -> None:
    out = tmp_path / "表-自评报告.docx"
    write_self_report(CASE, PROFILE, ExportOrder(REPORT, out))
    assert out.read_bytes().startswith(b"PK")


def test_a_name_ending_in_md_gives_markdown_with_its_pictures(tmp_path: Path) -> None:
    write_self_report(CASE, PROFILE, ExportOrder(REPORT, tmp_path / "报告.md"))
    assert "## 七、下一步安排" in (tmp_path / "报告.md").read_text("utf-8")
    assert (tmp_path / "报告-图" / "areas.svg").exists()


def test_a_final_report_is_refused_while_errors_are_open(tmp_path: Path) -> None:
    out = tmp_path / "报告.docx"
    with pytest.raises(ExchangeError, match="处错误"):
        write_self_report(CASE, PROFILE, ExportOrder(REPORT, out, final=True))
    assert not out.exists()


def test_another_ending_is_refused_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"\.docx 或 \.md"):
        write_self_report(CASE, PROFILE, ExportOrder(REPORT, tmp_path / "报告.pdf"))
