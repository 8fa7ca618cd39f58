"""Sums over forms, and projects that are in the folder twice."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import openpyxl

from assistant.season.judge import Rules, judge
from assistant.season.result import Form
from assistant.season.summary import summarise
from assistant.season.tables import all_tables, main_table
from assistant.season.writers import comma_separated, markdown, workbook
from tests.season.forms import RULES, document, result, small


def test_units_and_the_whole_are_summed() -> None:
    summary = summarise(
        [
            result(small("甲", unit="水务局", budget="100", executed="80", score="98")),
            result(small("乙", unit="水务局", budget="50.5", executed="50.5", score="90")),
            result(small("丙", unit="教育局", budget="10", executed="", score="")),
        ]
    )
    water = summary.units["水务局"]
    assert (water.forms, water.budget, water.executed, water.average) == (
        2,
        Decimal("150.5"),
        Decimal("130.5"),
        Decimal("94.00"),
    )
    assert water.rate is not None
    assert round(water.rate, 6) == Decimal("0.867110")  # 130.5 ÷ 150.5
    school = summary.units["教育局"]
    assert (school.budget, school.rate, school.without_money) == (Decimal(10), None, 1)
    assert summary.overall.budget == Decimal("160.5")
    assert summary.overall.rate == water.rate  # the form without executed money is left out of both sides


def test_word_and_excel_of_one_project_count_once_and_openly() -> None:
    case = small("河道清淤")
    found = [judge(Form(f"表.{code}", document(case, code)), RULES) for code in ("docx", "xlsx")]
    summary = summarise(found)
    assert [form.file for form in summary.forms] == ["表.xlsx"]
    (again,) = summary.again
    assert (again.result.file, again.counted.file, again.is_equal) == ("表.docx", "表.xlsx", True)
    assert any(
        "表.docx" in row[0] and "内容相同" in row[2] for table in all_tables(summary) for row in table.rows
    )


def test_two_versions_of_one_project_are_told_apart() -> None:
    summary = summarise(
        [result(small("河道清淤"), "旧.ziping.json"), result(small("河道清淤", score="90"), "新.ziping.json")]
    )
    (again,) = summary.again
    assert not again.is_equal


def test_one_name_in_two_units_is_two_projects() -> None:
    summary = summarise(
        [result(small("人员经费", unit="甲校"), "1.json"), result(small("人员经费", unit="乙校"), "2.json")]
    )
    assert len(summary.forms) == 2
    assert summary.again == ()


def test_the_order_of_results_does_not_matter() -> None:
    found = [result(small(name)) for name in "丙甲乙"]
    assert summarise(found) == summarise(reversed(found))


def test_other_rules_are_set_beside_each_other() -> None:
    # 65 of 100 spent: 6.5 + 90 = 96.5 under the national rules; the system's cap the total at 79 below 70 % execution.
    low = small("甲", executed="65", score="96.5").model_copy(
        update={"funds": (small("甲").funds[0].model_copy(update={"executed": "65", "score": "6.5"}),)}
    )
    rules = Rules(RULES.profiles, "central-2020", compare="platform-manual-2022")
    summary = summarise([result(low, rules=rules), result(small("乙", executed="100"), rules=rules)])
    (changes,) = [table for table in all_tables(summary, "platform-manual-2022") if "换用规则" in table.title]
    (row,) = changes.rows
    assert row[1:7] == ("甲", "central-2020", "96.5", "优", "79", "中")
    assert "另有 1 个项目" in changes.note
    assert main_table(summary, "platform-manual-2022").rows[1][-2:] == ("79", "中")


def test_no_cell_of_the_csv_or_workbook_becomes_a_formula() -> None:
    evil = '=HYPERLINK("http://x","y")'
    summary = summarise([result(small(evil, unit="+1+1|cmd"), "@SUM(1).ziping.json")])
    rows = list(csv.reader(io.StringIO(comma_separated(all_tables(summary)).decode("utf-8-sig"))))
    line = dict(zip(rows[0], rows[1], strict=True))
    assert line["项目名称"] == f"'{evil}"
    assert line["单位"] == "'+1+1|cmd"
    assert line["文件"].startswith("'@SUM")
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(all_tables(summary)))).worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} <= {
        "s",
        "n",
        "inlineStr",
    }
    assert sheet["C3"].value == evil


def test_the_workbook_holds_numbers_that_excel_can_add() -> None:
    summary = summarise([result(small("甲", budget="112.511"))])
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(all_tables(summary)))).worksheets[0]
    heads = [cell.value for cell in sheet[2]]
    assert sheet.cell(3, heads.index("全年预算数（万元）") + 1).value == 112.511
    assert sheet.cell(3, heads.index("执行率") + 1).number_format == "0.00%"


def test_markdown_keeps_each_project_on_one_line() -> None:
    summary = summarise([result(small("甲|乙\n丙"))])
    text = markdown([main_table(summary)]).decode()
    assert "甲\\|乙 丙" in text


def test_the_same_results_give_the_same_bytes() -> None:
    tables = all_tables(summarise([result(small(name)) for name in "甲乙"]))
    assert workbook(tables) == workbook(tables)


def test_money_spent_without_a_budget_is_left_out_of_the_rate() -> None:
    summary = summarise(
        [
            result(small("甲", budget="100", executed="80")),
            result(small("乙", budget="0", executed="207.4538")),
        ]
    )
    assert summary.overall.executed == Decimal("287.4538")
    assert summary.overall.rate == Decimal("0.8")  # 80 ÷ 100
    assert "有 1 份缺预算数或执行数，或预算数为 0" in main_table(summary).rows[-1][-2]


def test_a_row_of_the_workbook_is_as_high_as_its_longest_cell() -> None:
    name = "二〇二四年度县级农村饮水工程维修养护和水质检测能力提升项目" * 2
    sheet = openpyxl.load_workbook(
        io.BytesIO(workbook(all_tables(summarise([result(small("甲")), result(small(name))]))))
    ).worksheets[0]
    heights = [sheet.row_dimensions[row].height for row in (3, 4)]
    long = next(row for row in (3, 4) if sheet.cell(row, 3).value == name)
    # 56 characters; a column of 56 mm holds 14 of 3.7 mm beside its margins: four lines of 15 points at least.
    assert heights[long - 3] >= 4 * 15
    assert all(height and height < 409 for height in heights)


def test_the_figures_of_a_column_have_the_same_decimals_and_none_is_rounded() -> None:
    summary = summarise([result(small("甲", budget="112.511")), result(small("乙", budget="20"))])
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(all_tables(summary)))).worksheets[0]
    cells = [sheet.cell(row, 5) for row in (3, 4, 5)]  # two projects and their sum
    assert sorted(cell.value for cell in cells) == [20, 112.511, 132.511]
    assert {cell.number_format for cell in cells} == {"0.000"}


def test_a_column_is_as_wide_as_its_longest_figure_so_that_none_shows_as_number_signs() -> None:
    summary = summarise([result(small("甲", budget="123456789.123456"))])
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(all_tables(summary)))).worksheets[0]
    assert sheet.column_dimensions["E"].width >= 16 + 1  # in digits: 16 of them and the margins


def test_sums_are_bold() -> None:
    summary = summarise([result(small("甲", unit="水务局")), result(small("乙", unit="教育局"))])
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(all_tables(summary)))).worksheets[0]
    bold = [sheet.cell(row, 1).value for row in range(3, 8) if sheet.cell(row, 1).font.bold]
    assert bold == ["小计", "小计", "合计"]


def test_a_form_without_any_score_is_left_out_of_the_average_and_that_is_said() -> None:
    summary = summarise(
        [
            result(small("甲", score="98")),
            result(small("乙", score="").model_copy(update={"funds": (), "indicators": ()})),
        ]
    )
    assert (summary.overall.average, summary.overall.without_score) == (Decimal(98), 1)
    assert "有 1 份没有自评得分，没有计入平均分" in main_table(summary).rows[-1][-2]
