"""What a reader does not expect: headings of other places, and the net that tells every cell nothing has taken."""

from __future__ import annotations

import pytest

from assistant.exchange.importer import ImportReport
from tests.exchange.test_import_layouts import money, page

HEAD = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因"]
ROW = ["产出", "数量", "治理河道", "14条", "13条", "90", "83.57", "征地延期，明年3月底前由工程科完成。"]


def doubts(report: ImportReport) -> list[str]:
    return [f"{doubt.raw}——{doubt.why}" for doubt in report.doubts]


@pytest.mark.parametrize("title", ["预算资金（元）", "年度预算（元）"])
def test_the_first_heading_may_stand_above_the_names_of_the_funds(title: str) -> None:
    report = page(
        "2023年度项目支出绩效自评表",
        [title, "年初预算数", "预算调整数", "预算执行数", "预算执行率", "权重", "得分"],
        ["年度资金总额", "1250000", "1180000", "1096733.5", "92.94%", "10", "9.29"],
        HEAD,
        ROW,
    )
    assert money(report.case) == [
        ("年度资金总额", "1250000", "1180000", "1096733.5", "10", "92.94%", "9.29"),
    ]
    assert report.case.money_unit == "元"
    assert doubts(report) == ["预算调整数——按调整后的预算数读入；若是调增、调减的金额，请改为调整后的数"]


def test_the_total_is_read_in_its_column_not_beside_its_label() -> None:
    report = page("表", HEAD, ROW, ["总得分", "", "", "", "", "100", "98.9", ""])
    assert (report.case.total_weight, report.case.total) == ("100", "98.9")


def test_goals_are_read_past_an_empty_position_beside_their_label() -> None:
    report = page(
        "表",
        ["年度目标", "", "培训5000人次。", "", "", "", "", ""],
        ["目标完成情况", "", "培训5236人次。", "", "", "", "", ""],
        HEAD,
        ROW,
    )
    assert [(goal.expected, goal.actual) for goal in report.case.goals] == [
        ("培训5000人次。", "培训5236人次。")
    ]


def test_of_two_goals_the_adjusted_one_counts_and_the_first_is_told() -> None:
    report = page(
        "表",
        ["绩效目标", ("年初绩效目标", 2, 1), ("全年（调整）绩效目标", 2, 1), ("全年目标实际完成情况", 3, 1)],
        ["", ("保障86座公厕。", 2, 1), ("保障84座公厕。", 2, 1), ("84座运行正常。", 3, 1)],
        HEAD,
        ROW,
    )
    assert [(goal.expected, goal.actual) for goal in report.case.goals] == [
        ("保障84座公厕。", "84座运行正常。")
    ]
    assert doubts(report) == ["保障86座公厕。——目标调整过，按调整后的读入；这是年初的"]


def test_money_without_a_unit_in_millions_is_in_yuan() -> None:
    report = page(
        "表", ["项目资金", "预算数", "执行数"], ["年度资金总额", "3,200,000.00", "2,928,610.20"], HEAD, ROW
    )
    assert report.case.money_unit == "元"
    assert doubts(report) == ["——表上没有写明资金单位，按元读入"]


def test_a_unit_that_says_none_is_no_part_of_the_target() -> None:
    report = page(
        "表",
        ["一级指标", "三级指标", "指标性质", "指标值", "计量单位", "完成值", "权重", "得分"],
        ["效益", "环境改善", "定性", "良", "无", "良", "10", "9"],
    )
    assert report.case.indicators[0].target == "良"


def test_figures_and_sentences_that_no_cell_has_taken_are_told_with_their_places() -> None:
    """The third column has no heading, so nobody knows what 118.0512 is (that 1118.0512 was read does not help); the note below the row belongs nowhere."""
    report = page(
        "表",
        ["项目资金（万元）", "预算数", "", "执行数"],
        ["年度资金总额", "125", "118.0512", "1118.0512"],
        ["", "按区财政局批复调减，另有结转资金7万元。", "", ""],
        HEAD,
        ROW,
    )
    told = [text for text in doubts(report) if "没有读进任何一格" in text]
    assert len(told) == 1
    assert "118.0512" in told[0]
    assert "按区财政局批复调减" in told[0]


def test_a_form_read_whole_says_nothing_of_the_kind() -> None:
    report = page(
        "表",
        ["项目资金（万元）", "预算数", "执行数", "执行率"],
        ["年度资金总额", "125", "109.5", "87.6%"],
        HEAD,
        ROW,
        ["合计", "", "", "", "", "90", "83.57", ""],
    )
    assert doubts(report) == []


def test_rows_that_only_name_a_level_are_no_indicators() -> None:
    report = page(
        "表",
        ["指标名称", "权重", "年度指标值", "全年实际值", "得分", "偏差说明"],
        ["1. 产出指标", "50", "", "", "48.75", ""],
        ["1.1 数量指标", "", "", "", "", ""],
        ["1.1.1 管网改造长度", "50", "≥42.5公里", "41.44公里", "48.75", "两段缓建，明年6月前由工程科完成。"],
        ["2. 效益指标", "50", "", "", "50", ""],
        ["2.1.1 受益人口", "50", "3.2万人", "3.26万人", "50", ""],
        ["合计", "100", "", "", "98.75", ""],
    )
    assert [(row.level1, row.level2, row.level3) for row in report.case.indicators] == [
        ("产出指标", "数量指标", "1.1.1 管网改造长度"),
        ("效益指标", "", "2.1.1 受益人口"),
    ]
    assert doubts(report) == [
        f"{row}——是下面各行的分组，没有读作指标"
        for row in ("1. 产出指标 50 48.75", "1.1 数量指标", "2. 效益指标 50 50")
    ]
