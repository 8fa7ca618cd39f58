# ruff: noqa: PLW0108 - makers are not run before they are asked for
"""Documents meant to use up time or memory. ``python -m tests.exchange.bombs NAME`` reads one under hard limits."""

from __future__ import annotations

import io
import re
import resource
import sys
import time
import zipfile
from collections.abc import Callable, Sequence

from assistant.domain.errors import ZipingError
from assistant.exchange.read import read_document
from tests.exchange.corpus import render
from tests.exchange.test_import_hostile import FORM, repacked, slow, zipped

SECONDS = 40
MEGABYTES = 1500
"""Of processor time on a machine of today and of address space, libraries included; no bomb comes near either."""

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_P = "<w:p><w:r><w:t>绩效</w:t></w:r></w:p>"
_HEAD = "| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 |\n|---|---|---|---|---|\n"


def _page(body: str) -> bytes:
    return f"<html><body><p>绩效指标</p>{body}".encode()


def _word(body: str) -> bytes:
    return repacked(
        render.docx(FORM), **{"word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>"}
    )


def _sheet(change: Callable[[str], str]) -> bytes:
    book = render.xlsx(FORM)
    text = zipfile.ZipFile(io.BytesIO(book)).read("xl/worksheets/sheet1.xml").decode()
    return repacked(book, **{"xl/worksheets/sheet1.xml": change(text)})


def _laughs(encoding: str) -> bytes:
    """Each entity ten of the one before: 10¹¹ times "ha"."""
    steps = "".join(f'<!ENTITY a{at} "{f"&a{at - 1};" * 10}">' for at in range(1, 12))
    text = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE l [<!ENTITY a0 "ha">{steps}]><d>&a11;</d>'
    return zipped(**{"word/document.xml": text.encode(encoding)})


def _pdf(objects: Sequence[bytes]) -> bytes:
    body, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj" % number + one + b"endobj\n"
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(
        b"%010d 00000 n \n" % at for at in places
    )
    return (
        body
        + table
        + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(body))
    )


_CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
_BLANK = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"


def _pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % (3 + at) for at in range(count))
    return _pdf([_CATALOG, b"<</Type/Pages/Count %d/Kids[" % count + kids + b"]>>", *[_BLANK] * count])


BOMBS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "fifty megabytes of text in a page": ("a.html", lambda: _page("a" * (49 << 20))),
    "six million tags": ("a.html", lambda: _page("<b>x</b>" * (6 << 20))),
    "a hundred thousand divisions deep": ("a.html", lambda: _page("<div>" * 100_000)),
    "a hundred thousand tables deep": ("a.html", lambda: _page("<table><tr><td>" * 100_000)),
    "spans over everything": ("a.html", lambda: _page("<table><tr>" + "<td rowspan=5000 colspan=256>x</td>" * 50 + "<tr><td>y</td></tr>" * 6000)),
    "forty megabytes in a Markdown cell": ("a.md", lambda: f"{_HEAD}| {'a' * (40 << 20)} | b | c | d | e |\n".encode()),
    "two million columns": ("a.md", lambda: b"|" * (2 << 20)),
    "a hundred thousand Markdown rows": ("a.md", lambda: (_HEAD + "| a | b | c | d | e |\n" * 100_000).encode()),
    "one line of text": ("a.txt", lambda: ("绩效 自评 " * (8 << 20)).encode()),
    "a hundred thousand words in a line": ("a.txt", lambda: ("绩效 自评 " * 50_000).encode()),
    "a million tabs": ("a.txt", lambda: ("绩效\t" * (1 << 20)).encode()),
    "two million lines of commas": ("a.csv", lambda: ("绩效,指标,1,2,3\n" * (1 << 20)).encode()),
    "1,048,576 rows declared": ("a.xlsx", lambda: _sheet(lambda text: re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1:XFD1048576"', text))),
    "a cell of ten megabytes": ("a.xlsx", lambda: _sheet(lambda text: text.replace("</row>", f'<c r="Z1" t="inlineStr"><is><t>{"某" * (9 << 20)}</t></is></c></row>', 1))),
    "the sheet merged 200,000 times": ("a.xlsx", lambda: _sheet(lambda text: text.replace("</sheetData>", "</sheetData><mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 200_000 + "</mergeCells>"))),
    "two million cells in a row": ("a.xlsx", lambda: _sheet(lambda text: f'<worksheet {_MAIN}><sheetData><row r="1">{"<c><v>1</v></c>" * 2_000_000}</row></sheetData></worksheet>')),
    "three million styles": ("a.xlsx", lambda: repacked(render.xlsx(FORM), **{"xl/styles.xml": f"<styleSheet {_MAIN}><cellXfs>{'<xf/>' * 3_000_000}</cellXfs></styleSheet>"})),
    "sixty thousand parts": ("a.docx", lambda: zipped(**{f"word/p{at}.xml": b"<a/>" for at in range(60_000)})),
    "a bomb inside a bomb": ("a.docx", lambda: zipped(**{"word/document.xml": zipped(**{"word/document.xml": b"0" * (100 << 20)})})),
    "half a gigabyte in eight parts": ("a.docx", lambda: zipped(**{f"word/p{at}.xml": b"0" * (60 << 20) for at in range(8)})),
    "a billion laughs": ("a.docx", lambda: _laughs("UTF-8")),
    "a billion laughs in UTF-16": ("a.docx", lambda: _laughs("UTF-16")),
    "a million paragraphs": ("a.docx", lambda: _word(_P * 1_000_000)),
    "text boxes in text boxes": ("a.docx", lambda: _word("<w:p><w:r><w:txbxContent>" * 80 + _P + "</w:txbxContent></w:r></w:p>" * 80)),
    "tables in tables": ("a.docx", lambda: _word("<w:tbl><w:tr><w:tc>" * 80 + _P + "</w:tc></w:tr></w:tbl>" * 80)),
    "five thousand pages": ("a.pdf", lambda: _pages(5000)),
    "pages that contain themselves": ("a.pdf", lambda: _pdf([_CATALOG, b"<</Type/Pages/Count 9999999/Kids[2 0 R 2 0 R]>>"])),
    "pages that are not there": ("a.pdf", lambda: _pdf([_CATALOG, b"<</Type/Pages/Count 99999999/Kids[3 0 R]>>", _BLANK])),
    "streams without end": ("a.pdf", lambda: b"%PDF-1.7\n" + b"stream\n" * (1 << 20)),
    "nine hundred brackets": ("a.json", lambda: b'{"project": "a", "x": ' + b"[" * 900 + b"]" * 900 + b"}"),
    "a million rows of JSON": ("a.json", lambda: b'{"indicators": [' + b",".join([b"{}"] * 1_000_000) + b"]}"),
}  # fmt: skip
"""What it is → file name and maker."""


def main(what: str) -> None:
    """Read one bomb under limits and print what came of it."""
    name, make = BOMBS[what]
    data = make()
    read_document(
        render.pdf(FORM) if name.endswith("pdf") else render.docx(FORM), "a"
    )  # libraries are loaded
    # Beginning now, in time of a processor as slow as this one; SIGXCPU tells a bomb apart from a want of memory.
    seconds = int(time.process_time() + SECONDS * slow()) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES << 20, MEGABYTES << 20))
    try:
        print(f"read {len(read_document(data, name).case.indicators)}")
    except ZipingError as error:
        print(f"refused {error}")


if __name__ == "__main__":
    main(sys.argv[1])
