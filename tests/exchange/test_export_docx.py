"""Word out: the official form on A4, merged as printed, and back letter for letter, edits included."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.enum.section import WD_ORIENT

from assistant.domain.case import Case, Note, Person
from assistant.exchange.exporter import export
from assistant.exchange.read import read_document
from tests.exchange.builders import ERROR, bundle, sample
from tests.exchange.documents import W, long_case, parts, private_case, word_part


def written(case: Case, **options: bool) -> bytes:
    return export("docx", bundle(case, **options))


def opened(data: bytes) -> docx.document.Document:
    return docx.Document(BytesIO(data))


def saved(document: docx.document.Document) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def test_the_form_has_the_official_cells_and_merges() -> None:
    # 18 indicators: 15 under 产出指标, 9 of them under 数量指标.
    upper, lower = opened(written(sample())).tables
    assert [cell.text for cell in upper.rows[0].cells][:3] == ["项目名称", "项目名称", sample().project]
    assert [cell.text for cell in upper.rows[3].cells] == [
        "项目资金（万元）", "", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分",
    ]  # fmt: skip
    assert [cell.text for cell in lower.rows[0].cells][1:] == [
        "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施",
    ]  # fmt: skip
    assert [cell.text for cell in lower.columns[1].cells].count("产出指标") == 15
    assert [cell.text for cell in lower.columns[2].cells].count("数量指标") == 9
    assert [cell.text for cell in lower.rows[-1].cells] == ["总分"] * 6 + ["100", "95.19", ""]


def test_rows_are_not_split_and_the_heading_is_repeated() -> None:
    root = word_part(written(long_case()))
    upper, lower = root.iter(f"{W}tbl")
    headings = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in lower.iter(f"{W}tr")]
    assert headings == [True] + [False] * (len(headings) - 1)
    assert not upper.findall(f".//{W}tblHeader")
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in lower.iter(f"{W}tr"))


def test_labels_begin_anew_on_each_page() -> None:
    # 54 indicators take several pages; a label of 45 rows would be blank from the second page on.
    root = word_part(written(long_case()))
    lower = list(root.iter(f"{W}tbl"))[1]
    restarts = [
        "".join(cell.itertext())
        for cell in lower.iter(f"{W}tc")
        if (merge := cell.find(f"{W}tcPr/{W}vMerge")) is not None and merge.get(f"{W}val") == "restart"
    ]
    assert restarts.count("产出指标") >= 2
    assert restarts.count("绩效指标") >= restarts.count("产出指标")


def test_every_row_covers_the_whole_grid() -> None:
    for case in (sample(), long_case(), Case(year=2023)):
        for table in word_part(written(case)).iter(f"{W}tbl"):
            columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
            for row in table.iter(f"{W}tr"):
                spans = [cell.find(f"{W}tcPr/{W}gridSpan") for cell in row.iter(f"{W}tc")]
                assert sum(1 if span is None else int(span.get(f"{W}val", "1")) for span in spans) == columns


def test_the_page_is_a4_and_the_fonts_are_the_official_ones() -> None:
    document = opened(written(sample()))
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    styles = word_part(written(sample()), "word/styles.xml")
    fonts = {style.get(f"{W}styleId"): style.find(f"{W}rPr/{W}rFonts") for style in styles.iter(f"{W}style")}
    title = fonts["Title"]
    assert title is not None
    assert title.get(f"{W}eastAsia") == "方正小标宋简体"
    body = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}rFonts")
    assert body is not None
    assert (body.get(f"{W}eastAsia"), body.get(f"{W}ascii")) == ("仿宋_GB2312", "Times New Roman")


def test_a_column_of_evidence_turns_the_page() -> None:
    row = sample().indicators[0].model_copy(update={"evidence": "验收报告"})
    case = sample().model_copy(update={"indicators": (row, *sample().indicators[1:])})
    section = opened(written(case)).sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert round(section.page_width.mm) == 297
    assert read_document(written(case), "a.docx").case == case


def test_what_somebody_changed_in_word_counts() -> None:
    case = sample().model_copy(update={"notes": (Note(path="total", text="留作说明"),)})
    document = opened(written(case))
    document.tables[1].rows[1].cells[5].text = "4个"
    document.tables[0].rows[0].cells[2].text = "改名后的项目"
    found = read_document(saved(document), "a.docx").case
    row = case.indicators[0].model_copy(update={"actual": "4个"})
    assert found == case.model_copy(
        update={"project": "改名后的项目", "indicators": (row, *case.indicators[1:])}
    )


def test_a_row_deleted_in_word_is_gone_and_notes_stay() -> None:
    case = sample().model_copy(update={"notes": (Note(path="total", text="留作说明"),)})
    document = opened(written(case))
    row = document.tables[1].rows[3]._tr
    row.getparent().remove(row)
    report = read_document(saved(document), "a.docx")
    assert [one.level3 for one in report.case.indicators] == [
        one.level3 for at, one in enumerate(case.indicators) if at != 2
    ]
    assert report.case.notes == case.notes
    assert report.case.profile == case.profile
    assert any("行列与导出时不同" in doubt.why for doubt in report.doubts)


def test_a_draft_says_so_on_its_face_and_a_clean_form_does_not() -> None:
    draft = opened(export("docx", bundle(sample(), ERROR)))
    assert "草稿：还有1处错误没有改正" in "\n".join(one.text for one in draft.paragraphs)
    assert draft.sections[0].header.paragraphs[0].text == "草稿"
    assert read_document(export("docx", bundle(sample(), ERROR)), "a.docx").case == sample()
    clean = opened(written(sample()))
    assert not any(one.text.startswith("草稿") for one in clean.paragraphs)


def test_the_annex_stands_on_pages_of_its_own() -> None:
    document = opened(written(sample()))
    texts = [one.text for one in document.paragraphs]
    assert "附：计分过程与检查结果" in texts
    assert "10 × 61.91% = 6.19" in texts
    assert not any("计分过程" in one.text for one in opened(written(sample(), annex=False)).paragraphs)


def test_the_public_version_names_nobody_and_carries_nothing() -> None:
    files = parts(written(private_case(), public=True))
    whole = b"".join(files.values()).decode()
    assert "甄某某" not in whole
    assert "62345678" not in whole
    assert not [name for name in files if name.startswith(("customXml", "docProps"))]
    assert "甄某某" in b"".join(parts(written(private_case())).values()).decode()


def test_no_file_says_who_wrote_it_or_when() -> None:
    files = parts(written(sample()))
    assert not [name for name in files if name.startswith("docProps")]
    assert not any(word in b"".join(files.values()) for word in (b"dc:creator", b"lastModifiedBy", b"w:rsid"))


def test_those_who_sign_stand_at_the_foot() -> None:
    people = (
        Person(role="填表人", name="经办", phone="1"),
        Person(role="项目负责人", name="主管", phone="2"),
    )
    case = sample().model_copy(update={"people": people})
    upper, lower = opened(written(case)).tables
    assert [cell.text for cell in lower.rows[-1].cells][:3] == ["填表人", "填表人", "经办"]
    assert [cell.text for cell in upper.rows[2].cells][:3] == ["项目负责人", "项目负责人", "主管"]
    assert read_document(written(case), "a.docx").case == case


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize(("code", "most"), [("docx", 2), ("xlsx", 3)])
def test_the_sample_prints_on_few_pages_with_every_text_on_them(tmp_path: Path, code: str, most: int) -> None:
    source = tmp_path / f"form.{code}"
    source.write_bytes(export(code, bundle(sample(), annex=False)))
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(tmp_path),
            str(source),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    import pdfplumber

    with pdfplumber.open(tmp_path / "form.pdf") as pdf:
        pages = [(page.extract_text() or "").replace("\n", "").replace(" ", "") for page in pdf.pages]
    assert len(pages) <= most
    assert all("年度指标值" in page for page in pages)
    assert "95.19" in pages[-1]
    assert "112.511000" in pages[0]
