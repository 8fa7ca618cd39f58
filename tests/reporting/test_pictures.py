"""Charts in the terminal, as SVG, and as native parts of a Word document."""

from __future__ import annotations

import io
import re
import zipfile
from decimal import Decimal
from xml.etree import ElementTree as ET

from assistant.exchange.gfm import display_width
from assistant.reporting.charts import Chart, Series, as_text, bar
from assistant.reporting.compose import self_report
from assistant.reporting.docx import document
from assistant.reporting.markdown import markdown
from assistant.reporting.svg import picture
from tests.reporting.test_numbers import subject
from tests.season.forms import small

SCORES = Chart(
    "scores",
    "得分<分>",
    ("甲&乙", "丙"),
    (Series("得分", (Decimal("97.5"), None)),),
    whole=Decimal(100),
)
SVG = "{http://www.w3.org/2000/svg}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def test_a_bar_has_the_length_of_its_share_to_an_eighth_of_a_column() -> None:
    assert bar(Decimal(1), 10) == "█" * 10
    assert bar(Decimal("0.5"), 9) == "████▌"
    assert bar(Decimal(0), 10) == ""
    assert bar(Decimal("0.0001"), 10) == "▏"  # more than nothing is seen


def test_bars_in_the_terminal_keep_to_its_width_and_have_their_number_beside_them() -> None:
    lines = as_text(SCORES, 40)
    assert max(map(display_width, lines)) <= 40
    assert lines[1].endswith(" 97.5")
    assert lines[2].endswith(" 未填")
    assert "\x1b" not in "".join(lines)  # nothing depends on colour


def test_an_svg_keeps_text_as_text_fits_light_and_dark_and_runs_nothing() -> None:
    tree = ET.fromstring(picture(SCORES))
    texts = [element.text for element in tree.iter(f"{SVG}text")]
    assert texts == ["得分<分>", "甲&乙", "97.5", "丙", "未填"]
    style = tree.findtext(f"{SVG}style") or ""
    assert "prefers-color-scheme:dark" in style
    assert "Noto Sans CJK SC" in style
    assert {element.tag.removeprefix(SVG) for element in tree.iter()} == {"svg", "style", "rect", "text"}


def test_the_bars_of_an_svg_are_as_long_as_their_values() -> None:
    chart = Chart("a", "a", ("x", "y"), (Series("s", (Decimal(100), Decimal(25))),))
    long, short = (
        Decimal(element.attrib["width"])
        for element in ET.fromstring(picture(chart)).iter(f"{SVG}rect")
        if element.attrib.get("class") == "s0"
    )
    assert abs(long - 4 * short) <= Decimal("0.2")  # both rounded to a tenth


def test_a_word_report_has_native_charts_whose_figures_stand_in_a_workbook_inside() -> None:
    report = self_report(subject(small("甲", score="88"), small("乙", score="77")))
    package = zipfile.ZipFile(io.BytesIO(document(report)))
    names = package.namelist()
    assert [name for name in names if re.fullmatch(r"word/charts/chart\d\.xml", name)] == [
        f"word/charts/chart{number}.xml" for number in (1, 2, 3)
    ]
    scores = ET.fromstring(package.read("word/charts/chart2.xml"))
    values = [point.findtext(f"{C}v") for point in scores.iter(f"{C}pt")]
    assert values == ["自评得分", "甲", "乙", "88", "77"]
    inside = zipfile.ZipFile(io.BytesIO(package.read("word/embeddings/chart2.xlsx")))
    sheet = inside.read("xl/worksheets/sheet1.xml").decode()
    assert "<v>88</v>" in sheet
    assert "<v>77</v>" in sheet


def test_a_long_list_of_projects_goes_on_in_another_chart_to_the_same_scale() -> None:
    many = Chart("a", "a", tuple("abc"), (Series("s", (Decimal(1), Decimal(2), Decimal(9))),))
    parts = many.parts(2)
    assert [part.categories for part in parts] == [("a", "b"), ("c",)]
    assert {part.most for part in parts} == {Decimal(9)}


def test_charts_that_go_on_are_about_equally_long() -> None:
    many = Chart("a", "a", tuple("abcdef"), (Series("s", (Decimal(1),) * 6),))
    assert [len(part.categories) for part in many.parts(5)] == [3, 3]  # not five and one


def test_what_belongs_together_stays_on_one_page_of_a_word_report() -> None:
    import docx

    rows = (("巡查次数", "≥12次", "12次"), ("巡查人次", "≥50人次", "10人次"))
    words = docx.Document(io.BytesIO(document(self_report(subject(small("甲", rows=rows))))))
    leads = [one for one in words.paragraphs if one.text.endswith("：")]
    assert [one.text for one in leads] == ["年度总体目标：", "完成较好的指标：", "未完成的指标："]
    assert all(one.style.paragraph_format.keep_with_next for one in leads)
    cells = [row.cells[0].paragraphs[0] for row in words.tables[-1].rows]  # heading, 预算执行率, 产出指标
    assert [one.paragraph_format.keep_with_next for one in cells] == [None, True, None]
    assert cells[0].style.paragraph_format.keep_with_next


def test_the_same_report_gives_the_same_bytes() -> None:
    report = self_report(subject(small("甲")))
    assert document(report) == document(report)
    assert markdown(report, "图") == markdown(report, "图")


def test_python_docx_reads_all_words_of_a_word_report() -> None:
    import docx

    report = self_report(subject(small("甲"), small("乙")))
    paragraphs = [one.text for one in docx.Document(io.BytesIO(document(report))).paragraphs]
    for passage in report.passages:
        for line in passage.text.splitlines():
            assert line in paragraphs


def test_markdown_names_every_picture_beside_it() -> None:
    text, pictures = markdown(self_report(subject(small("甲"), small("乙"))), "报告-图")
    assert sorted(pictures) == ["execution.svg", "grades.svg", "scores.svg"]
    assert all(f"(<报告-图/{name}>)" in text.decode() for name in pictures)
