"""``ziping report`` as a clerk or a script calls it."""

from __future__ import annotations

import json
from pathlib import Path

from assistant.domain.case_json import dumps
from tests.cli.test_batch import ziping
from tests.season.forms import season_folder, small


def case_file(folder: Path, project: str = "河道管护") -> Path:
    path = folder / "表.ziping.json"
    path.write_text(dumps(small(project)), "utf-8")
    return path


def test_one_form_is_told_on_the_terminal_with_bars(tmp_path: Path) -> None:
    out, err = ziping("report", str(case_file(tmp_path)), "--offline", code=0)
    assert out.startswith("水务局2024年度项目支出绩效自评报告\n")
    assert "全年预算数100万元，全年执行数80万元，预算执行率80.00%" in out
    assert "█" in out
    assert "【待补充】，请在报告里补上" in err


def test_a_folder_becomes_one_word_document_that_is_not_read_as_a_form_later(tmp_path: Path) -> None:
    folder = season_folder(tmp_path / "表", 4)
    out = folder / "绩效自评报告.docx"
    _, err = ziping("report", str(folder), "--offline", "-o", str(out), code=0)
    assert f"已写出：{out}" in err
    assert out.read_bytes().startswith(b"PK")
    again, _ = ziping("report", str(folder), "--offline", code=0)
    assert "项目共4个" in again


def test_markdown_has_its_pictures_beside_it(tmp_path: Path) -> None:
    out = tmp_path / "报告.md"
    _, err = ziping("report", str(case_file(tmp_path)), "--offline", "-o", str(out), code=0)
    assert "图 2 张在“报告-图”里" in err
    assert sorted(file.name for file in (tmp_path / "报告-图").iterdir()) == ["areas.svg", "funds.svg"]


def test_json_is_one_document_with_texts_tables_and_charts(tmp_path: Path) -> None:
    out, _ = ziping("report", str(case_file(tmp_path)), "--offline", "--json", code=0)
    found = json.loads(out)
    assert found["schema"] == "ziping.report/1"
    assert [section["heading"][0] for section in found["sections"]] == list("一二三四五六七")
    chart = next(block for block in found["sections"][2]["blocks"] if block["kind"] == "chart")
    assert chart["series"] == {"全年预算数": ["100"], "全年执行数": ["80"]}
    assert found["unsupported"] == []


def test_an_unreadable_file_is_named_and_the_rest_is_told(tmp_path: Path) -> None:
    folder = season_folder(tmp_path / "表", 2)
    (folder / "坏.xlsx").write_bytes(b"PK\x03\x04")
    out, err = ziping("report", str(folder), "--offline", code=1)
    assert "另有1份文件没有读成，未纳入本报告。" in out
    assert "没有读成：坏.xlsx" in err


def test_another_kind_of_file_is_refused_before_any_work(tmp_path: Path) -> None:
    _, err = ziping("report", str(case_file(tmp_path)), "-o", str(tmp_path / "报告.pdf"), code=2)
    assert "请以 .docx 或 .md 结尾" in err


def test_a_folder_without_forms_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    _, err = ziping("report", str(tmp_path / "空"), code=2)
    assert "没有能读的表" in err
