"""Files that are damaged, disguised or meant to harm: one sentence, soon, and little memory."""

from __future__ import annotations

import contextlib
import io
import random
import resource
import struct
import time
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import pytest

from assistant.domain.errors import InputError, ZipingError
from assistant.exchange.read import read_document
from tests.exchange.corpus import render
from tests.exchange.corpus.printed import Box, Printed
from tests.machine import slowness

FORM = Printed(
    ["项目支出绩效自评表", "（2022年度）"],
    [
        [Box("项目名称"), Box("某项目", 7)],
        [Box("一级指标"), Box("二级指标"), Box("三级指标"), Box("年度指标值"), Box("实际完成值"), Box("分值"), Box("得分"), Box("偏差原因")],
        [Box("产出指标"), Box("数量指标"), Box("会议次数"), Box("≥3次"), Box("3次"), Box("50"), Box("50"), Box("")],
    ],
    [2, 2, 3, 2, 2, 1, 1, 2],
)  # fmt: skip
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def zipped(**parts: bytes | str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def repacked(data: bytes, **changed: bytes | str) -> bytes:
    """The Office file *data* with some parts replaced or added."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts: dict[str, bytes | str] = {name: archive.read(name) for name in archive.namelist()}
    return zipped(**(parts | changed))


slow = cache(slowness)


@contextmanager
def soon(seconds: int = 20, megabytes: int = 900) -> Iterator[None]:
    """Fails where the block takes the processor too long, or the process has grown too much (both generous)."""
    started, before = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    assert time.process_time() - started < seconds * slow()
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 < megabytes


def refused(data: bytes, name: str) -> str:
    """The sentence *data* is refused with: Chinese, with a way out."""
    with soon(), pytest.raises(InputError) as caught:
        read_document(data, name)
    assert caught.value.hint
    sentence = str(caught.value)
    assert "Traceback" not in sentence
    assert "\n" not in sentence
    return sentence


@pytest.mark.parametrize("ending", ["docx", "xlsx", "xls", "pdf"])
def test_the_honest_file_is_read(ending: str) -> None:
    make = {"docx": render.docx, "xlsx": render.xlsx, "xls": render.xls, "pdf": render.pdf}[ending]
    assert read_document(make(FORM), f"表.{ending}").case.indicators[0].target == "≥3次"


@pytest.mark.parametrize("part", ["word/document.xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_a_zip_bomb_is_refused_before_it_unpacks(part: str) -> None:
    bomb = zipped(**{part: b"<a>" + b"0" * (300 << 20)})
    assert len(bomb) < 1 << 20
    assert "解压后有 300 MB" in refused(bomb, "表.docx" if "word" in part else "表.xlsx")


def test_a_part_that_lies_about_its_size_is_damaged_not_endless() -> None:
    whole = bytearray(zipped(**{"word/document.xml": b"<w>" + b" " * 100_000 + b"</w>"}))
    at = whole.rfind(b"PK\x01\x02")
    struct.pack_into("<I", whole, at + 24, 40)  # the directory now says 40 bytes
    assert "已损坏" in refused(bytes(whole), "表.docx")


ENTITY = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (zipped(**{"word/document.xml": ENTITY + "<d>&x;&b;</d>"}), "表.docx"),
        (zipped(**{"xl/workbook.xml": ENTITY + "<d>&x;&b;</d>"}), "表.xlsx"),
        (repacked(render.xlsx(FORM), **{"xl/worksheets/sheet2.xml": ENTITY + "<d>&x;&b;</d>"}), "表.xlsx"),
    ],
    ids=["a document", "a workbook", "a hidden sheet"],
)
def test_entities_are_never_expanded(data: bytes, name: str) -> None:
    assert "root:" not in refused(data, name)


def test_a_million_rows_cost_no_more_than_a_form() -> None:
    row = '<row r="{0}"><c r="A{0}"><v>1</v></c><c r="B{0}"><v>2</v></c></row>'
    rows = "".join(row.format(number) for number in range(1, 600_000))
    sheet = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>'
    assert 30 << 20 < len(sheet) < 64 << 20
    with soon(seconds=8, megabytes=400):
        report = read_document(repacked(render.xlsx(FORM), **{"xl/worksheets/sheet1.xml": sheet}), "表.xlsx")
    assert report.case.indicators[0].level3 == "会议次数"


def test_spans_of_a_billion_rows_are_bounded() -> None:
    page = render.html(FORM).replace(b"<td>", b'<td rowspan="999999999" colspan="1">', 1)
    with soon(seconds=8, megabytes=300):
        assert read_document(page, "表.html").case.project == "某项目"
    merged = repacked(
        render.docx(FORM),
        **{"word/document.xml": zipfile.ZipFile(io.BytesIO(render.docx(FORM))).read("word/document.xml").replace(b'gridSpan w:val="7"', b'gridSpan w:val="99999999"')},
    )  # fmt: skip
    with soon(seconds=8, megabytes=300):
        assert read_document(merged, "表.docx").case.indicators[0].actual == "3次"


def test_deep_nesting_ends_in_a_sentence_or_a_form() -> None:
    page = ("<table><tr><td>" * 3000 + "绩效" + "</td></tr></table>" * 3000).encode()
    refused(page, "表.html")
    deep = zipped(**{"word/document.xml": "<a>" * 5000 + "</a>" * 5000})
    refused(deep, "表.docx")


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_macros_are_left_alone_and_said(ending: str) -> None:
    part = "word/vbaProject.bin" if ending == "docx" else "xl/vbaProject.bin"
    data = repacked({"docx": render.docx, "xlsx": render.xlsx}[ending](FORM), **{part: b"Sub AutoOpen()"})
    report = read_document(data, f"表.{ending[:-1]}m")
    assert any("宏" in doubt.why for doubt in report.doubts)
    assert report.case.indicators[0].score == "50"


@pytest.mark.parametrize("kind", ["docx", "xlsx", "xls", "pdf", "html"])
@pytest.mark.parametrize("wrong", ["docx", "xlsx", "xls", "pdf", "md", "txt", "json", "html", "bin"])
def test_a_wrong_ending_does_not_matter(kind: str, wrong: str) -> None:
    make = {
        "docx": render.docx,
        "xlsx": render.xlsx,
        "xls": render.xls,
        "pdf": render.pdf,
        "html": render.html,
    }[kind]
    report = read_document(make(FORM), f"表.{wrong}")
    assert report.source["format"] == kind
    assert report.case.indicators[0].level3 == "会议次数"


def test_an_encrypted_office_file_is_named_so() -> None:
    data = OLE + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 512
    for name in ("表.docx", "表.xlsx", "表.xls"):
        assert "打开密码" in refused(data, name)


def test_old_word_and_other_formats_are_sent_to_the_right_door() -> None:
    assert ".docx" in refused(OLE + b"\0" * 64 + "WordDocument".encode("utf-16-le"), "表.doc")
    assert ".docx" in refused(b"{\\rtf1\\ansi", "表.doc")
    assert "图片" in refused(b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "扫描.png")
    assert "PDF" in refused(zipped(**{"OFD.xml": "<a/>"}), "表.ofd")


@pytest.mark.parametrize("kind", ["docx", "xlsx", "xls", "pdf"])
def test_a_file_cut_short_ends_in_a_sentence(kind: str) -> None:
    whole = {"docx": render.docx, "xlsx": render.xlsx, "xls": render.xls, "pdf": render.pdf}[kind](FORM)
    for part in (10, 3, 2):
        refused(whole[: len(whole) // part], f"表.{kind}")


def _pdf(stream: bytes, extra: bytes = b"") -> bytes:
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<" + extra + b">>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n" % len(stream) + stream + b"\nendstream",
    ]
    body = b"%PDF-1.7\n"
    places = []
    for number, one in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj" % number + one + b"endobj\n"
    table = b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + table + b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(body)


def test_a_scanned_pdf_is_refused_with_the_way_out() -> None:
    sentence = refused(_pdf(zlib.compress(b"0 0 595 842 re f")), "扫描.pdf")
    assert "图片" in sentence
    assert "ziping read -" in sentence


def test_a_pdf_without_ruling_lines_is_refused_with_the_way_out() -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen import canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    sheet = canvas.Canvas(out, invariant=1)
    sheet.setFont("STSong-Light", 9)
    for number, line in enumerate(
        ("绩效指标 一级指标 二级指标 三级指标 年度指标值 实际完成值", "产出指标 数量指标 会议次数 ≥3次 3次")
    ):
        sheet.drawString(50, 700 - 20 * number, line)
    sheet.save()
    sentence = refused(out.getvalue(), "表.pdf")
    assert "没有框线" in sentence
    assert "ziping read -" in sentence


def test_a_pdf_that_unpacks_to_gigabytes_is_refused() -> None:
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * (1 << 20)) for _ in range(600)) + packer.flush()
    assert "解压后过大" in refused(_pdf(packed), "表.pdf")


def test_the_same_file_gives_the_same_case() -> None:
    for make, name in ((render.docx, "a.docx"), (render.pdf, "a.pdf"), (render.xls, "a.xls")):
        data = make(FORM)
        assert read_document(data, name) == read_document(data, name)


@pytest.mark.parametrize("kind", ["docx", "xlsx", "xls", "pdf", "html", "md"])
def test_flipped_bytes_end_in_a_form_or_a_sentence(kind: str) -> None:
    """Seeded damage: any other exception fails the test."""
    make = {
        "docx": render.docx,
        "xlsx": render.xlsx,
        "xls": render.xls,
        "pdf": render.pdf,
        "html": render.html,
        "md": render.md,
    }[kind]
    whole, chance, read = make(FORM), random.Random(20220401), 0
    for _ in range(60):
        damaged = bytearray(whole)
        for _ in range(chance.choice((1, 5, 30))):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        with contextlib.suppress(ZipingError):
            read += read_document(bytes(damaged), f"表.{kind}").case.schema_version
    assert read <= 60


@pytest.mark.parametrize(
    "part",
    [
        "xl/styles.xml",
        "xl/workbook.xml",
        "xl/worksheets/sheet2.xml",
        "word/document.xml",
    ],
)
def test_nonsense_in_the_parts_of_an_office_file_ends_in_a_form_or_a_sentence(part: str) -> None:
    whole = render.docx(FORM) if part.startswith("word") else render.xlsx(FORM)
    text = zipfile.ZipFile(io.BytesIO(whole)).read(part).decode()
    chance, read = random.Random(20220401), 0
    for _ in range(60):
        place = chance.randrange(len(text))
        wrong = (
            text[:place]
            + chance.choice(("0", "-5", "999999999", "A1", "<x/>", '"', ""))
            + text[place + chance.randrange(3) :]
        )
        with contextlib.suppress(ZipingError):
            read += read_document(repacked(whole, **{part: wrong}), "表").case.schema_version
    assert read <= 60
