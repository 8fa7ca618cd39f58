"""Excel out: merged cells, real numbers, formulas that give what the form says, nothing that runs by itself."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from assistant.domain.case import Case, FundRow, Goal, Indicator
from assistant.exchange.exporter import export
from assistant.exchange.exporters.import_xlsx import COLUMNS, _cells
from assistant.exchange.number_format import shown
from assistant.exchange.read import read_document
from assistant.exchange.sheetml import number_in
from tests.exchange.builders import ERROR, bundle, sample
from tests.exchange.documents import long_case, parts, private_case, risky_case


def written(case: Case, **options: bool) -> bytes:
    return export("xlsx", bundle(case, **options))


def form(data: bytes, *, values: bool = False) -> Worksheet:
    return openpyxl.load_workbook(BytesIO(data), data_only=values).worksheets[0]


def place(sheet: Worksheet, text: str) -> tuple[int, int]:
    """Row and column of the first cell that says *text*."""
    return next((cell.row, cell.column) for row in sheet.iter_rows() for cell in row if cell.value == text)  # type: ignore[return-value]


def test_figures_are_numbers_and_totals_are_formulas_with_their_value() -> None:
    data = written(sample())
    sheet, values = form(data), form(data, values=True)
    row, column = place(sheet, "年度资金总额")
    # 112.511000 keeps its six places by its format; 61.91% is 0.6191 under 0.00%.
    assert (values.cell(row, column + 2).value, sheet.cell(row, column + 2).number_format) == (
        112.511,
        "0.000000",
    )
    assert (values.cell(row, column + 6).value, sheet.cell(row, column + 6).number_format) == (
        0.6191,
        "0.00%",
    )
    assert sheet.cell(row, column + 6).value == f"=ROUND(F{row}/E{row},4)"
    # 分值 × 执行数 ÷ 预算数 = 10 × 69.6559 ÷ 112.511 = 6.191…, two places as printed, never above 分值.
    assert sheet.cell(row, column + 7).value == f"=ROUND(MIN(G{row},G{row}*F{row}/E{row}),2)"
    assert values.cell(row, column + 7).value == 6.19
    # The parts under the total: 112.511 and blanks.
    assert sheet.cell(row, column + 2).value == f"=SUM(D{row + 1}:D{row + 3})"
    funds = row
    row, _ = place(sheet, "总分")
    # 89 points of the 18 indicators and 6.19 of the execution rate.
    assert sheet.cell(row, 8).value == f"=SUM(I{funds},H{row - 18}:H{row - 1})"
    assert values.cell(row, 8).value == 95.19
    assert values.cell(row, 7).value == 100


def test_a_total_that_disagrees_with_its_rows_stays_what_somebody_wrote() -> None:
    sheet = form(written(sample().model_copy(update={"total": "96.00"})))
    row, _ = place(sheet, "总分")
    assert sheet.cell(row, 8).value == 96


def test_texts_never_become_formulas() -> None:
    case = risky_case()
    data = written(case)
    sheet = form(data)
    for text in (case.project, "=1+1", "@SUM(A1)", "-cmd|' /C calc'!A0", "+3"):
        row, column = place(sheet, text)
        assert sheet.cell(row, column).quotePrefix, (
            "typing Enter in the cell must not make it a formula either"
        )
    xml = parts(data)["xl/worksheets/sheet1.xml"].decode()
    formulas = [piece.partition("</f>")[0] for piece in xml.split("<f>")[1:]]
    assert all(formula.startswith(("SUM(", "ROUND(")) for formula in formulas)
    assert read_document(data, "a.xlsx").case == case


def test_the_sheet_is_set_up_to_be_printed() -> None:
    sheet = form(written(long_case()))
    assert sheet.page_setup.paperSize == 9
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0
    row, _ = place(sheet, "一级指标")
    assert sheet.print_title_rows == f"${row}:${row}"
    assert sheet.print_area.replace("$", "").endswith(f"A1:I{sheet.max_row}")
    assert max(one.height for one in sheet.row_dimensions.values()) <= 409
    assert all(sheet.cell(at, 4).alignment.wrap_text for at in range(row, sheet.max_row))


def test_levels_are_merged_and_every_place_of_a_merge_has_its_border() -> None:
    sheet = form(written(sample()))
    merged = {str(one) for one in sheet.merged_cells.ranges}
    first = place(sheet, "质量指标")[0]
    assert f"C{first}:C{first + 2}" in merged  # three indicators
    for one in sheet.merged_cells.ranges:
        if one.min_row > 2:
            assert sheet.cell(one.max_row, one.max_col).border.right.style == "thin"


def test_a_narrative_higher_than_a_row_may_be_is_shown_whole() -> None:
    case = sample().model_copy(
        update={"goals": (Goal(expected="目标。" * 60, actual="完成情况说明。" * 260),)}
    )
    data = written(case)
    sheet = form(data)
    row, _ = place(sheet, case.goals[0].actual)
    span = next(one for one in sheet.merged_cells.ranges if one.min_row == row and one.max_col == 9)
    heights = [sheet.row_dimensions[at].height for at in range(span.min_row, span.max_row + 1)]
    # 1,820 characters at no more than 26 a line need at least 70 lines of 14 points.
    assert sum(heights) >= 980
    assert max(heights) <= 409
    assert read_document(data, "a.xlsx").case == case


def test_the_annex_has_a_sheet_of_its_own() -> None:
    book = openpyxl.load_workbook(BytesIO(written(sample())))
    assert book.sheetnames == ["自评表", "计分过程"]
    texts = [row[0] for row in book.worksheets[1].iter_rows(values_only=True)]
    assert "10 × 61.91% = 6.19" in texts
    assert openpyxl.load_workbook(BytesIO(written(sample(), annex=False))).sheetnames == ["自评表"]


def test_a_draft_says_so_and_the_public_version_names_nobody() -> None:
    draft = export("xlsx", bundle(sample(), ERROR))
    assert place(form(draft), "草稿：还有1处错误没有改正，不能作为定稿上报。") == (3, 1)
    assert read_document(draft, "a.xlsx").case == sample()
    files = parts(written(private_case(), public=True))
    whole = b"".join(files.values()).decode()
    assert "甄某某" not in whole
    assert "62345678" not in whole
    assert not [name for name in files if name.startswith(("customXml", "docProps"))]


def test_what_somebody_changed_in_excel_counts() -> None:
    book = openpyxl.load_workbook(BytesIO(written(sample())))
    sheet = book.worksheets[0]
    row, column = place(sheet, "3个")
    sheet.cell(row, column).value = "4个"
    out = BytesIO()
    book.save(out)
    found = read_document(out.getvalue(), "a.xlsx").case
    assert found.indicators[0].actual == "4个"
    assert [one.level3 for one in found.indicators] == [one.level3 for one in sample().indicators]


@given(st.from_regex(r"-?[0-9]{1,9}(,[0-9]{3})?(\.[0-9]{1,6})?%?", fullmatch=True))
def test_a_text_becomes_a_number_only_where_it_is_shown_letter_for_letter(text: str) -> None:
    number = number_in(text)
    if number is not None:
        assert shown(number.value, number.format) == text


@pytest.mark.parametrize(
    ("text", "value", "code"),
    [("112.511000", "112.511", "0.000000"), ("61.91%", "0.6191", "0.00%"), ("1,234.5", "1234.5", "#,##0.0")],
)
def test_numbers_are_exact(text: str, value: str, code: str) -> None:
    number = number_in(text)
    assert number is not None
    assert (number.value, number.format) == (Decimal(value), code)


@pytest.mark.parametrize("text", ["-", "—", "007", "+3", "1e5", "12个", "", "1,23", "-0", "1234567890123456"])
def test_other_texts_stay_texts(text: str) -> None:
    assert number_in(text) is None


def test_the_import_table_has_one_unmerged_row_an_indicator() -> None:
    sheet = form(export("import-xlsx", bundle(sample())))
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == tuple(text for text, _ in COLUMNS)
    assert len(rows) == 19
    assert not sheet.merged_cells.ranges
    assert [row[2] for row in rows[1:]] == [one.level3 for one in sample().indicators]
    assert rows[1][3:9] == ("≥", 3, 3, "个", 2, 2)


@pytest.mark.parametrize(
    ("target", "actual", "cells"),
    [
        ("≥3个", "5个", ("≥", "3", "5", "个")),
        ("≥3个", "5次", ("≥", "3", "5次", "个")),  # another unit: nothing is dropped
        ("≤112.511万元", "全年执行数69.6559万元", ("≤", "112.511", "全年执行数69.6559万元", "万元")),
        (">=95%", "96.5%", ("≥", "95", "96.5", "%")),
        ("优良中低差", "优，达成年度指标", ("定性", "优良中低差", "达成", "")),
        ("约200人", "210人", ("", "约200人", "210人", "")),  # 约 has no sign to stand in
        ("90%-95%", "93%", ("", "90%-95%", "93%", "")),
        ("", "", ("", "", "", "")),
    ],
)
def test_a_target_is_split_only_where_nothing_gets_lost(
    target: str, actual: str, cells: tuple[str, str, str, str]
) -> None:
    row = _cells(Indicator(level3="甲", target=target, actual=actual))
    assert (row[3], row[4], row[5], row[6]) == cells


def test_an_execution_rate_that_is_not_the_quotient_stays_a_number() -> None:
    case = Case(
        year=2023,
        funds=(
            FundRow(label="年度资金总额", budget="100", executed="50", weight="10", rate="60.00%", score="6"),
        ),
    )
    sheet = form(written(case))
    row, column = place(sheet, "年度资金总额")
    assert sheet.cell(row, column + 6).value == pytest.approx(0.6)
    assert sheet.cell(row, column + 7).value == 6
