"""Forms as different places print them, each typed out by hand; and single traps of each format."""

from __future__ import annotations

import io
import zipfile

import pytest

from assistant.domain.case import Case, FundRow, Goal
from assistant.exchange.importer import ImportReport
from assistant.exchange.read import read_document
from tests.exchange.corpus import render
from tests.exchange.corpus.printed import Box, Printed

Cells = list["str | tuple[str, int, int]"]


def page(title: str, *rows: Cells) -> ImportReport:
    """Read a web page with one table; a cell is a text, or (text, columns, rows)."""
    body = "".join(
        "<tr>" + "".join(f"<td colspan={cell[1]} rowspan={cell[2]}>{cell[0]}</td>" if isinstance(cell, tuple) else f"<td>{cell}</td>" for cell in row) + "</tr>"
        for row in rows
    )  # fmt: skip
    return read_document(f"<h1>{title}</h1><table>{body}</table>".encode(), "表.html")


def rows(case: Case) -> list[tuple[str, ...]]:
    return [
        (row.level1, row.level2, row.level3, row.target, row.actual, row.weight, row.score, row.reason)
        for row in case.indicators
    ]


def money(case: Case) -> list[tuple[str, ...]]:
    return [tuple(getattr(row, name) for name in FundRow.model_fields) for row in case.funds]


def test_sichuan_splits_the_target_and_prints_the_adjusted_budget() -> None:
    report = page(
        "部门预算项目支出绩效自评表（2023年度）",
        [("项目名称", 2, 1), ("2023年补助项目", 9, 1)],
        [("主管部门", 2, 1), ("某县某局", 4, 1), ("实施单位（盖章）", 2, 1), ("某县某站", 3, 1)],
        [("项目基本情况", 1, 3), ("1.项目年度目标完成情况", 1, 2), ("项目年度目标", 4, 1), ("年度目标完成情况", 5, 1)],
        [("购买设备。", 4, 1), ("已购买。", 5, 1)],
        ["2.项目实施内容及过程概述", ("购买13台电脑。", 9, 1)],
        [("预算执行情况（10分）", 1, 3), "年度预算数（万元）", "年初预算", "调整后预算数", ("预算执行数", 2, 1), "预算执行率", "权重", "得分", ("原因", 2, 1)],
        ["总额", "0.00", "3.36", ("3.00", 2, 1), "89.29%", "10", "8.93", ("执行率未达到90%的需说明", 2, 2)],
        ["其中：财政资金", "0.00", "3.36", ("3.00", 2, 1), "89.29%", "/", "/"],
        [("绩效指标（90分）", 1, 3), "一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "完成值", "权重", "得分", "未完成原因分析"],
        [("产出指标", 1, 2), "质量指标", "产品合格率", "=", "100", "%", "100", "45", "45", ""],
        ["经济成本指标", "成本控制数", "≤", "30", "万元", "完成", "45", "45", ""],
        [("合计", 8, 1), "100", "98.93", ""],
        ["评价结论", ("按办法支付。", 10, 1)],
        [("项目负责人：甲某", 5, 1), ("财务负责人：乙某", 6, 1)],
    )  # fmt: skip
    case = report.case
    assert (case.year, case.unit, case.money_unit, case.total_weight, case.total) == (
        2023,
        "某县某站",
        "万元",
        "100",
        "98.93",
    )
    assert money(case) == [
        ("总额", "0.00", "3.36", "3.00", "10", "89.29%", "8.93"),
        ("其中：财政资金", "0.00", "3.36", "3.00", "/", "89.29%", "/"),
    ]
    assert case.goals == (Goal(expected="购买设备。", actual="已购买。"),)
    assert rows(case) == [
        ("产出指标", "质量指标", "产品合格率", "= 100 %", "100", "45", "45", ""),
        ("产出指标", "经济成本指标", "成本控制数", "≤ 30 万元", "完成", "45", "45", ""),
    ]
    assert [(person.role, person.name) for person in case.people] == [
        ("项目负责人", "甲某"),
        ("财务负责人", "乙某"),
    ]
    assert report.source["layout"] == "split-target"


def test_hubei_heads_each_goal_anew_and_prints_the_money_points_in_brackets() -> None:
    head: Cells = ["一级指标", "二级指标", "三级指标", "年初目标值（A）", "实际完成值（B）", "得分"]
    report = page(
        "2020年度某项目自评表",
        ["项目名称", ("水土保持监测", 6, 1)],
        ["主管部门", ("某局", 2, 1), ("项目实施单位", 2, 1), ("某所", 2, 1)],
        ["项目类别", ("1、部门预算项目 ☑ 2、专项 □", 6, 1)],
        [("预算执行情况（万元）（20分）", 1, 2), ("", 2, 1), "预算数（A）", "执行数（B）", "执行率（B/A）", "得分（20分*执行率）"],
        [("年度财政资金总额", 2, 1), "10", "10", "100%", "20"],
        [("年度绩效目标1（40分）", 1, 3), *head],
        [("产出指标", 1, 2), "质量指标", "数据合格", "100%", "100%", "10"],
        ["时效指标", "取得资料", "100%", "100%", "30"],
        [("年度绩效目标2（40分）", 1, 2), *head],
        ["产出指标", "质量指标", "数据整编", "98%", "98%", "39.6"],
        [("总分", 6, 1), "99.6"],
        ["偏差大或目标未完成原因分析", ("无", 6, 1)],
    )  # fmt: skip
    case = report.case
    assert money(case) == [("年度财政资金总额", "", "10", "10", "20", "100%", "20")]
    assert ("funds[0].weight", "（20分）") in [(doubt.path, doubt.raw) for doubt in report.doubts]
    assert rows(case) == [
        ("产出指标", "质量指标", "数据合格", "100%", "100%", "", "10", ""),
        ("产出指标", "时效指标", "取得资料", "100%", "100%", "", "30", ""),
        ("产出指标", "质量指标", "数据整编", "98%", "98%", "", "39.6", ""),
    ]
    assert [(row.model_extra or {})["goal"] for row in case.indicators] == ["年度绩效目标1（40分）"] * 2 + [
        "年度绩效目标2（40分）"
    ]
    assert (case.total, case.total_weight) == ("99.6", "")


def test_a_goal_sheet_gives_the_plan_of_the_year_not_of_the_term() -> None:
    report = page(
        "项目支出绩效目标申报表（2024年度）",
        [("项目名称", 2, 1), ("监测", 4, 1)],
        [("主管部门及代码", 2, 1), ("[155]某厅", 2, 1), "实施单位", "某站"],
        [("项目资金（万元）", 1, 2), ("中期资金总额：", 2, 1), "", "年度资金总额：", "120"],
        [("其中：财政拨款", 2, 1), "", "其中：财政拨款", "100"],
        [("总体目标", 1, 2), ("中期目标（2024年—2026年）", 2, 1), ("年度目标", 3, 1)],
        [("监测36次", 2, 1), ("监测12次", 3, 1)],
        [("绩效指标", 1, 3), "一级指标", "二级指标", "三级指标", "指标值", "备注"],
        [("产出指标", 1, 2), "数量指标", "监测次数", "≥12次", ""],
        ["质量指标", "合格率", "=100%", ""],
    )  # fmt: skip
    assert report.source["layout"] == "goal-sheet"
    assert money(report.case) == [
        ("年度资金总额", "120", "", "", "", "", ""),
        ("其中：财政拨款", "100", "", "", "", "", ""),
    ]
    assert report.case.goals == (Goal(expected="监测12次"),)
    assert [(row.level1, row.level3, row.target) for row in report.case.indicators] == [
        ("产出指标", "监测次数", "≥12次"),
        ("产出指标", "合格率", "=100%"),
    ]


def test_budget_and_spending_side_by_side_without_headings() -> None:
    report = page(
        "2018年度项目支出绩效自评表",
        [("项目名称", 2, 1), ("水利维修", 4, 1)],
        [("项目预算执行情况（万元）", 1, 3), "预算数：", "20", "执行数：", ("18", 2, 1)],
        ["其中：财政拨款", "15", "其中：财政拨款", ("14", 2, 1)],
        ["其他资金", "", "其他资金", ("", 2, 1)],
        [("年度总体目标完成情况", 1, 2), ("预期目标", 2, 1), ("目标实际完成情况", 3, 1)],
        [("修3处", 2, 1), ("修了3处", 3, 1)],
        [("年度绩效指标完成情况", 1, 2), "一级指标", "二级指标", "三级指标", "预期指标值", "实际完成指标值"],
        ["产出指标", "数量指标", "处数", "3处", "3处"],
    )  # fmt: skip
    assert money(report.case) == [
        ("预算数/执行数", "", "20", "18", "", "", ""),
        ("其中：财政拨款", "", "15", "14", "", "", ""),
        ("其他资金", "", "", "", "", "", ""),
    ]
    assert report.case.goals == (Goal(expected="修3处", actual="修了3处"),)
    assert rows(report.case) == [("产出指标", "数量指标", "处数", "3处", "3处", "", "", "")]


def test_chongqing_has_no_levels_and_two_targets() -> None:
    report = page(
        "2022年项目绩效自评表",
        ["项目名称", ("社保补助", 4, 1), "自评总分（分）", ("97.5", 5, 1)],
        [("项目资金（元）", 1, 2), "年初预算数", "全年（调整）预算数", "全年执行数", "执行率（%）", "执行率权重（10分）", ("执行率得分（分）", 5, 1)],
        ["500", "480", "460", "95.83", "10", ("9.58", 5, 1)],
        ["指标名称", "计量单位", "指标性质", "年初指标值", "调整指标值", "全年完成值", "得分系数（%）", "指标权重", "指标得分", "说明", "是否核心指标"],
        ["补助人数", "人", "≥", "900", "1000", "1100", "100", "50", "50", "", "是"],
        ["满意度", "%", "≥", "90", "", "92", "100", "40", "37.92", "抽样", "否"],
    )  # fmt: skip
    case = report.case
    assert (case.total, case.money_unit) == ("97.5", "元")
    assert money(case) == [("项目资金（元）", "500", "480", "460", "10", "95.83", "9.58")]
    assert rows(case) == [
        ("", "", "补助人数", "≥ 1000 人", "1100", "50", "50", ""),
        ("", "", "满意度", "", "92", "40", "37.92", "抽样"),
    ]
    assert ("indicators[1].target", "90") in [(doubt.path, doubt.raw) for doubt in report.doubts], (
        "never taken in silence"
    )
    assert {"得分系数(%)", "是否核心指标"} <= {doubt.raw for doubt in report.doubts}
    assert (case.indicators[0].model_extra or {})["是否核心指标"] == "是"


def test_the_import_template_of_a_budget_system_has_rows_only() -> None:
    report = page(
        "",
        ["*一级指标", "*二级指标", "*三级指标名称", "计算符号", "指标值", "*实际完成值（定量填数字，定性填达成、部分达成、未达成）", "计量单位", "分值", "得分"],
        ["产出指标", "数量指标", "会议次数", "≥", "3", "5", "次", "20", "20"],
        ["产出指标", "质量指标", "材料质量", "定性", "优良中低差", "达成", "/", "30", "30"],
    )  # fmt: skip
    assert rows(report.case) == [
        ("产出指标", "数量指标", "会议次数", "≥ 3 次", "5", "20", "20", ""),
        ("产出指标", "质量指标", "材料质量", "优良中低差", "达成", "30", "30", ""),
    ]
    assert (report.case.indicators[1].model_extra or {})["target_op"] == "定性"


def test_a_merged_score_counts_once_and_is_said() -> None:
    report = page(
        "2022年自评表",
        ["项目名称", ("某项目", 5, 1)],
        ["一级指标", "二级指标", "三级指标", "目标值", "完成值", "得分"],
        [("产出指标(40分)", 1, 2), ("数量指标", 1, 2), "存储器", "25TB", "25TB", ("10", 1, 2)],
        ["布点", "100%覆盖", "100%覆盖"],
    )
    assert [(row.level1, row.score) for row in report.case.indicators] == [
        ("产出指标(40分)", "10"),
        ("产出指标(40分)", ""),
    ]
    assert [(doubt.path, doubt.raw) for doubt in report.doubts] == [("indicators[1].score", "10")]


def test_a_subtotal_is_no_indicator_and_a_second_form_is_left_out() -> None:
    head: Cells = ["一级指标", "二级指标", "三级指标", "指标值", "完成值", "分值", "得分"]
    row: Cells = ["产出指标", "数量指标", "次数", "3次", "3次", "90", "90"]
    report = page(
        "自评表",
        ["项目名称", ("甲项目", 6, 1)],
        head, row, ["", ("小计", 4, 1), "90", "90"], [("总分", 5, 1), "100", "99"],
        ["项目名称", ("乙项目", 6, 1)],
        head, row, [("总分", 5, 1), "100", "88"],
    )  # fmt: skip
    assert (report.case.project, len(report.case.indicators), report.case.total) == ("甲项目", 1, "99")
    assert any("小计" in doubt.why for doubt in report.doubts)
    assert any("另外 1 张表" in doubt.why for doubt in report.doubts)


def test_blank_levels_go_on_from_above_and_are_said() -> None:
    text = "| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |\n|---|---|---|---|---|---|---|\n"
    text += "| 产出指标 | 数量指标 | 甲 | 3 | 3 | 20 | 20 |\n| | | 乙 | 4 | 4 | 20 | 20 |\n| 效益指标 | | 丙 | 5 | 5 | 20 | 20 |\n"
    report = read_document(text.encode(), "表.md")
    assert [(row.level1, row.level2) for row in report.case.indicators] == [
        ("产出指标", "数量指标"),
        ("产出指标", "数量指标"),
        ("效益指标", ""),
    ]
    assert {doubt.path for doubt in report.doubts} == {"indicators[1].level1", "indicators[1].level2"}


def test_cells_cut_by_a_page_are_joined_and_said() -> None:
    """A row of a PDF goes on over the page: name and figures on the first, the end of the name on the second."""
    first = [
        [Box("项目名称"), Box("某项目", 6)],
        [
            Box(text)
            for text in ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分")
        ],
    ]
    first += [
        [
            Box("产出指标"),
            Box("数量指标"),
            Box(f"第{number}项工作的数量"),
            Box("≥3个"),
            Box("3个"),
            Box("1"),
            Box("1"),
        ]
        for number in range(49)
    ]
    cut = [Box(""), Box(""), Box("（含补充部分）"), Box(""), Box(""), Box(""), Box("")]
    last = [Box("产出指标"), Box("质量指标"), Box("合格率"), Box("≥90%"), Box("95%"), Box("1"), Box("1")]
    printed = Printed(["2022年度自评表"], [*first, cut, last], [2, 2, 4, 2, 2, 1, 1])
    report = read_document(render.pdf(printed), "表.pdf")
    names = [row.level3 for row in report.case.indicators]
    assert names[-2:] == ["第48项工作的数量（含补充部分）", "合格率"]
    assert any("分页" in doubt.why and doubt.path == "indicators[48]" for doubt in report.doubts)


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (1, "0%", "100%"),
        (0.6191, "0.00%", "61.91%"),
        (10.0, "General", "10"),
        (112.511, "0.000000", "112.511000"),
        (215457.6, "#,##0.00", "215,457.60"),
        (0.1 + 0.2, "General", "0.3"),
        (44895, "yyyy/m/d", "2022/11/30"),
        (44895, 'yyyy"年"m"月"d"日"', "2022年11月30日"),
        (44895, "m/d/yyyy", "11/30/2022"),
        (3, '0"个"', "3个"),
        (2.675, "0.00", "2.68"),
        (-5, "0;(0)", "(5)"),
        (7, "@", "7"),
    ],
)
def test_a_spreadsheet_cell_reads_as_it_shows(value: float, code: str, shown: str) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for column, text in enumerate(
        ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值"), 1
    ):
        sheet.cell(row=1, column=column, value=text)
    for column, text in enumerate(("产出指标", "数量指标", "甲", "3"), 1):
        sheet.cell(row=2, column=column, value=text)
    cell = sheet.cell(row=2, column=5, value=value)
    cell.number_format = code
    out = io.BytesIO()
    book.save(out)
    assert read_document(out.getvalue(), "表.xlsx").case.indicators[0].actual == shown


def test_a_formula_without_a_stored_result_is_a_doubt() -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "得分"),
        ("产出指标", "数量指标", "甲", "3", "3", "=1+1"),
    ):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    report = read_document(out.getvalue(), "表.xlsx")
    assert report.case.indicators[0].score == ""
    assert any("F2 是公式" in doubt.why for doubt in report.doubts)


def test_the_form_is_found_among_other_sheets_and_tables() -> None:
    from openpyxl import Workbook

    book = Workbook()
    summary = book.active
    assert summary is not None
    for row in (
        ("序号", "项目名称", "实施单位", "全年预算数", "全年执行数", "自评得分"),
        ("1", "甲", "某站", "10", "9", "98"),
    ):
        summary.append(row)
    form = book.create_sheet("表2")
    for row in (
        ("项目名称", "甲"),
        ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "得分"),
        ("产出指标", "数量指标", "次数", "3", "3", "9"),
    ):
        form.append(row)
    out = io.BytesIO()
    book.save(out)
    report = read_document(out.getvalue(), "表.xlsx")
    assert (report.case.project, report.case.funds, report.case.indicators[0].level3) == ("甲", (), "次数")


def test_a_workbook_as_excel_writes_it() -> None:
    """Shared and rich strings, phonetic guides, absolute targets, a styled date and a percentage, a hidden row."""
    texts = [
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "实际完成值",
        "分值",
        "产出指标",
        "时效指标",
        "≤11月",
    ]
    shared = "".join(f"<si><t>{text}</t></si>" for text in texts)
    shared += "<si><r><t>完成</t></r><r><rPr/><t>时限</t></r><rPh sb='0' eb='1'><t>かん</t></rPh></si>"
    head = "".join(f'<c r="{letter}3" t="s"><v>{number}</v></c>' for number, letter in enumerate("BCDEFG"))
    body = '<c r="B5" t="s"><v>6</v></c><c r="C5" t="s"><v>7</v></c><c r="D5" t="s"><v>9</v></c><c r="E5" t="s"><v>8</v></c><c r="F5" s="1"><v>44895</v></c><c r="G5" s="2"><v>0.1</v></c>'
    lost = '<c r="B4" t="inlineStr"><is><t>旧行</t></is></c><c r="D4" t="inlineStr"><is><t>作废</t></is></c>'
    sheet = f'<sheetData><row r="3">{head}</row><row r="4" hidden="1">{lost}</row><row r="5">{body}</row></sheetData>'
    main, rel = (
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    )
    parts = {
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{rel}"><sheets><sheet name="表" sheetId="1" r:id="rId7"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId7" Target="/xl/worksheets/sheet9.xml"/></Relationships>',
        "xl/worksheets/sheet9.xml": f'<worksheet xmlns="{main}">{sheet}</worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">{shared}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{main}"><numFmts><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="176"/><xf numFmtId="9"/></cellXfs></styleSheet>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    report = read_document(out.getvalue(), "表.xlsx")
    assert rows(report.case) == [
        ("产出指标", "时效指标", "完成时限", "≤11月", "2022年11月30日", "10%", "", "")
    ]
    assert any("隐藏" in doubt.why and "B4" in doubt.why for doubt in report.doubts)


def test_a_word_file_with_content_controls_deletions_symbols_and_nested_tables() -> None:
    ns = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

    def cell(inner: str) -> str:
        return f"<w:tc>{inner}</w:tc>"

    def text(words: str) -> str:
        return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"

    target = '<w:p><w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r><w:ins><w:r><w:t>3</w:t></w:r></w:ins><w:del><w:r><w:delText>9</w:delText></w:r></w:del><w:r><w:t>个</w:t></w:r></w:p>'
    head = "".join(
        cell(text(words))
        for words in ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "得分")
    )
    row = cell(f"<w:sdt><w:sdtContent>{text('产出指标')}</w:sdtContent></w:sdt>") + "".join(
        map(cell, (text("数量指标"), text("会议"), target, text("3个"), text("9")))
    )
    inner = (
        f"<w:tbl><w:tr>{head}</w:tr><w:sdt><w:sdtContent><w:tr>{row}</w:tr></w:sdtContent></w:sdt></w:tbl>"
    )
    outer = f"<w:tbl><w:tr>{cell(text('项目名称'))}{cell(text('某项目'))}</w:tr><w:tr>{cell(text('绩效指标'))}{cell(inner + '<w:p/>')}</w:tr></w:tbl>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "word/document.xml",
            f"<w:document {ns}><w:body>{text('自评表（2023年度）')}{outer}</w:body></w:document>",
        )
    case = read_document(out.getvalue(), "表.docx").case
    assert (case.year, case.project) == (2023, "某项目")
    assert rows(case) == [("产出指标", "数量指标", "会议", "≥3个", "3个", "", "9", "")]
