"""The printable page read back, and what every format promises together."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from assistant.domain.case import Case
from assistant.exchange.exporter import export, exporters
from assistant.exchange.measure import line_count, measured
from assistant.exchange.read import read_document
from assistant.wiring import FORMATS, REPORT
from tests.exchange.builders import CASES, ERROR, bundle, sample
from tests.exchange.documents import FORM_CASES, long_case, private_case


@pytest.mark.parametrize("name", FORM_CASES)
def test_every_form_comes_back_as_it_was(name: str) -> None:
    case = FORM_CASES[name]
    assert read_document(export("html", bundle(case)), "a.html").case == case


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(CASES)
def test_whatever_the_cells_say_the_case_comes_back(case: Case) -> None:
    data = export("html", bundle(case))
    assert read_document(data, "a.html").case == case
    assert export("html", bundle(case)) == data


def test_what_somebody_changed_in_the_page_counts() -> None:
    page = export("html", bundle(sample())).decode()
    assert page.count(">3个</td>") == 1
    found = read_document(page.replace(">3个</td>", ">4个</td>").encode(), "a.html").case
    row = sample().indicators[0].model_copy(update={"actual": "4个"})
    assert found == sample().model_copy(update={"indicators": (row, *sample().indicators[1:])})


def test_the_public_page_carries_nobody() -> None:
    page = export("html", bundle(private_case(), public=True)).decode()
    assert "甄某某" not in page
    assert "62345678" not in page
    assert page.rstrip().endswith("<!-- ziping.form/1 -->\n</body></html>")


def test_printed_pages_repeat_the_heading_and_begin_labels_anew() -> None:
    page = export("html", bundle(long_case(), annex=False)).decode()
    assert page.count("<thead>") == 1
    pages = page.count('<tbody class="page">') + 1
    assert pages >= 3
    assert page.count(">绩效指标</th>") == pages


@pytest.mark.parametrize("name", FORM_CASES)
def test_markdown_with_merged_labels_comes_back_as_it_was(name: str) -> None:
    case = FORM_CASES[name]
    data = export("md", replace(bundle(case), merged=True))
    assert read_document(data, "a.md").case == case


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(CASES)
def test_merged_labels_lose_nothing(case: Case) -> None:
    assert read_document(export("md", replace(bundle(case), merged=True)), "a.md").case == case


def test_merged_labels_stand_once_for_their_group() -> None:
    text = export("md", replace(bundle(sample(), annex=False), merged=True)).decode()
    assert text.count('<td rowspan="15">产出指标</td><td rowspan="9">数量指标</td>') == 1
    assert text.count("产出指标") == 1


@pytest.mark.parametrize("code", ["docx", "xlsx", "html", "md", "json", "import-xlsx"])
def test_the_same_case_gives_the_same_bytes(code: str) -> None:
    """In another process too, with another order of hashes."""
    program = (
        "import sys; from tests.exchange.builders import ERROR, bundle, sample; "
        "from assistant.exchange.exporter import export; "
        f"sys.stdout.buffer.write(export({code!r}, bundle(sample(), ERROR)))"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", program], check=True, capture_output=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    }
    assert found == {export(code, bundle(sample(), ERROR))}


def test_the_screen_offers_exactly_what_can_be_written() -> None:
    written = {one.code: one.label for one in exporters().values()}
    offered = {one.code: one.label for one in FORMATS}
    del offered[REPORT]  # a text about the form, not the form
    assert offered == written
    assert len({one.suffix for one in FORMATS}) == len(FORMATS), (
        "no two documents go to the same file unasked"
    )


def test_writers_need_no_document_library() -> None:
    program = (
        "import sys; from assistant.exchange.exporter import exporters; exporters(); "
        "print([name for name in ('lxml', 'docx', 'openpyxl', 'pdfplumber', 'xlrd') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert run.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 4, 1),
        ("数量指标", 4, 1),
        ("社会效益指标", 4, 2),
        ("甲\n乙", 4, 2),
        ("112.511000", 5, 1),  # nine digits of a half and a point: 4.83
        ("共112.511000", 5, 2),  # the figure stays whole
    ],
)
def test_lines_are_counted_as_they_break(text: str, width: int, lines: int) -> None:
    assert line_count(text, width) == lines


@pytest.mark.parametrize("name", FORM_CASES)
def test_the_columns_fill_the_paper_and_no_more(name: str) -> None:
    form = measured(FORM_CASES[name])
    assert sum(form.widths) == form.page[0] - 36  # margins of 18 mm
    assert min(form.widths) >= 9


def test_a_very_long_word_pushes_no_column_off_the_paper() -> None:
    row = (
        sample()
        .indicators[0]
        .model_copy(update={"target": "A" * 200, "actual": "B" * 300, "reason": "C" * 99})
    )
    form = measured(sample().model_copy(update={"indicators": (row,)}))
    assert sum(form.widths) == 174
