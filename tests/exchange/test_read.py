"""Any bytes: a case, or one kind sentence."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.domain.case import Case, Doubt
from assistant.domain.case_json import dumps
from assistant.domain.errors import InputError, ZipingError
from assistant.exchange.exporter import export, exporters
from assistant.exchange.importer import importers
from assistant.exchange.read import LARGEST_BYTES, read_document
from tests.exchange.builders import CASES, WARNING, bundle, sample

MARKDOWN = export("md", bundle(sample()))
JSON = dumps(sample()).encode()


@pytest.mark.parametrize(
    "name", ["demo.ziping.json", "demo.json", "-", "", "noending", "demo.bak", "目录/demo.JSON"]
)
def test_a_case_file_is_read_under_any_name(name: str) -> None:
    report = read_document(JSON, name)
    assert report.case == sample()
    assert report.source == {"format": "json", "layout": "case"}


@pytest.mark.parametrize("name", ["demo.md", "demo.txt", "-", "x"])
def test_markdown_is_read_under_any_name(name: str) -> None:
    report = read_document(MARKDOWN, name)
    assert report.case == sample()
    assert report.source == {"format": "md", "layout": "ziping.form/1"}


def test_what_the_command_line_prints_of_a_case_can_be_read_again() -> None:
    printed = {"schema": "ziping.read/1", "case": json.loads(JSON), "doubts": [], "source": {}}
    assert read_document(json.dumps(printed).encode(), "-").case == sample()


@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(CASES)
def test_the_json_export_gives_the_case_back(case: Case) -> None:
    assert read_document(export("json", bundle(case)), "a.json").case == case


def test_the_json_export_carries_exact_points_as_strings() -> None:
    document = json.loads(export("json", bundle(sample(), WARNING)))
    assert document["schema"] == "ziping.export/1"
    assert document["scores"]["total"]["entered"] == "95.19"
    assert document["scores"]["rows"][0]["computed"] == "6.19"
    assert document["report"]["findings"][0]["severity"] == "warning"


def test_doubts_of_a_case_are_reported() -> None:
    doubt = Doubt(path="total", raw="9S.19", why="可能是 5")
    case = sample().model_copy(update={"doubts": (doubt,)})
    assert read_document(dumps(case).encode(), "a.json").doubts == (doubt,)


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "a.md", "a.md 是空文件"),
        (b" \n\t", "-", "标准输入 是空文件"),
        (b"anything", "表.ofd", r"还不能直接读取 表.ofd（.ofd 格式）"),
        ("今天天气很好".encode(), "-", "看不出 标准输入 里有自评表"),
        (b"\x00\x01\x02|a|b|\n", "x", "看不出 x 里有自评表"),
        (b"{", "a.json", "a.json 不是完整的 JSON"),
        (b"{}", "-", "标准输入 不是自评表案卷"),
        (b'{"project": "x"', "a.md", "a.md 不是完整的 JSON"),
        (b"[1, 2]", "a.json", "a.json .*自评表"),
        (b'{"project": "\xff"}', "a.json", "UTF-8"),
    ],
)
def test_what_cannot_be_read_is_said_with_the_way_out(data: bytes, name: str, words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        read_document(data, name)
    assert caught.value.hint


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04....", b"%PDF-1.7\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"anything"]
)
@pytest.mark.parametrize("name", ["表.docx", "表.xlsx", "表.xls", "表.pdf", "表.md", "表.json", "-", "表"])
def test_a_broken_or_foreign_document_is_refused_by_name(data: bytes, name: str) -> None:
    with pytest.raises(ZipingError) as caught:
        read_document(data, name)
    assert (name if name != "-" else "标准输入") in caught.value.message
    assert caught.value.hint


def test_a_huge_file_is_refused_before_it_is_read() -> None:
    with pytest.raises(InputError, match="50 MB，过大"):
        read_document(b"|" * (LARGEST_BYTES + 1), "a.md")


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["a.md", "a.txt", "a.json", "-", "a.docx", "a"]))
def test_hostile_bytes_never_crash_it(data: bytes, name: str) -> None:
    with contextlib.suppress(ZipingError):  # any other exception fails the test
        assert read_document(data, name).case.schema_version == 1


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_damaged_document_is_read_or_refused_but_never_crashes(data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from([MARKDOWN, JSON]))
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, len(whole)))
    damaged = whole[:start] + data.draw(st.binary(max_size=10)) + whole[end:]
    with contextlib.suppress(ZipingError):
        assert (
            read_document(damaged, data.draw(st.sampled_from(["a.md", "a.json", "-"]))).case.schema_version
            == 1
        )


def test_an_unknown_format_names_the_known_ones() -> None:
    with pytest.raises(InputError, match=r"可选：.*json.*md"):
        export("pdf", bundle(sample()))


def test_every_format_is_found_and_complete() -> None:
    assert {"md", "json"} <= set(exporters())
    assert {"md", "json"} <= set(importers())
    for exporter in exporters().values():
        assert exporter.suffix.startswith(".")
        assert exporter.label
        assert exporter.write(bundle(sample())) == exporter.write(bundle(sample())), (
            "the same bytes every time"
        )
    for importer in importers().values():
        assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in importer.suffixes)


def test_nothing_of_this_machine_gets_into_a_document() -> None:
    for code in ("md", "json"):
        assert str(Path.home()) not in export(code, bundle(sample())).decode()
