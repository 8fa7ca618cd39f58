"""Text of published forms: cells broken over lines, columns kept by spaces, tables pasted with tabs."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from assistant.domain.case import Case, Goal
from assistant.exchange.read import read_document
from assistant.exchange.text_allot import allot, grouped
from assistant.exchange.text_goals import split_goals
from tests.exchange.corpus import render
from tests.exchange.corpus.printed import Box, Printed

BROKEN = """项目支出绩效自评表
（2022年度）

项目名称 河道监测与保护

主管部门 某市水务局 实施单位 某市河道管理中心

项目负责人 甲某某 联系电话 00001234

项目资金（万元）

年初预算数 全年预算数 全年执行数 分值 执行率 得分

年度资金总额 112.511000 112.511000 69.655900 10 61.91% 6.19

其中:当年财政拨款 112.511000 112.511000 69.655900 - 61.91% -

上年结转资金

其他资金

年
度

总
体

目
标

预期目标 实际完成情况

完成两项任务。具体包括：

1. 河道监测

①按月开展水质监测，及时上报
监测数据；
②完成监测报告。
2. 河道保护

①清理河岸；

完成两项任务。具体包

括：
1.河道监测
①按月开展水质监测12次，及

时上报。
②形成监测报告1份。

2.河道保护
①清理河岸30公里。

绩

效
指

标

一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分
偏差原因分析及改进

措施

产出指标

数量指标
水质监测断面覆盖次
数统计
≥3个 3个 20 20

质量指标

监测数据审核合格情

况（2022年11月
30日前）
优良中低差
优，达成年度

指标

10 9

审核人员不足，个别

数据漏审

时效指标 报告完成时间 ≤11月
2022.11月完

成
10 10



绩

效
指

标

产出指标

成本指标 项目预算控制数 ≤112.511万元
全年执行数

69.6559万元
10 10

效益指标

可持续影响指标
河道生态改善情况 显著改善 显著改善 30 30

满意度指

标

服务对象满意度

指标
群众满意度 ≥85% 93% 10 10

总分 100 95.19
"""


def rows(case: Case) -> list[tuple[str, ...]]:
    return [
        (row.level1, row.level2, row.level3, row.target, row.actual, row.weight, row.score, row.reason)
        for row in case.indicators
    ]


EXPECTED = [
    ("产出指标", "数量指标", "水质监测断面覆盖次数统计", "≥3个", "3个", "20", "20", ""),
    ("产出指标", "质量指标", "监测数据审核合格情况（2022年11月30日前）", "优良中低差", "优，达成年度指标", "10", "9", "审核人员不足，个别数据漏审"),
    ("产出指标", "时效指标", "报告完成时间", "≤11月", "2022.11月完成", "10", "10", ""),
    ("产出指标", "成本指标", "项目预算控制数", "≤112.511万元", "全年执行数69.6559万元", "10", "10", ""),
    ("效益指标", "可持续影响指标", "河道生态改善情况", "显著改善", "显著改善", "30", "30", ""),
    ("满意度指标", "服务对象满意度指标", "群众满意度", "≥85%", "93%", "10", "10", ""),
]  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("name", ["-", "表.txt"])
def test_broken_lines_of_a_published_pdf_give_every_row(name: str, encoding: str) -> None:
    report = read_document(BROKEN.encode(encoding), name)
    case = report.case
    assert rows(case) == EXPECTED
    assert (case.year, case.project, case.department, case.unit) == (
        2022,
        "河道监测与保护",
        "某市水务局",
        "某市河道管理中心",
    )
    assert [(one.role, one.name, one.phone) for one in case.people] == [("项目负责人", "甲某某", "00001234")]
    assert [(row.label, row.budget, row.executed, row.weight, row.rate, row.score) for row in case.funds] == [
        ("年度资金总额", "112.511000", "69.655900", "10", "61.91%", "6.19"),
        ("其中:当年财政拨款", "112.511000", "69.655900", "-", "61.91%", "-"),
        ("上年结转资金", "", "", "", "", ""),
        ("其他资金", "", "", "", "", ""),
    ]
    assert (case.total_weight, case.total, case.money_unit) == ("100", "95.19", "万元")
    assert case.goals == (
        Goal(
            expected="完成两项任务。具体包括：\n1. 河道监测\n①按月开展水质监测，及时上报监测数据；\n②完成监测报告。\n2. 河道保护\n①清理河岸；",
            actual="完成两项任务。具体包括：\n1.河道监测\n①按月开展水质监测12次，及时上报。\n②形成监测报告1份。\n2.河道保护\n①清理河岸30公里。",
        ),
    )
    assert any("分界" in doubt.why for doubt in report.doubts), (
        "where the goals part was worked out, so it is said"
    )


ALIGNED = """                         项目支出绩效自评表
                           （2022年度）

项目名称          河道监测
主管部门          某局              实施单位         某中心
项目资        年初预算数     全年预算数    全年执行数    分值    执行率      得分
金（万 年度资金总额      100       120       110     10    91.67%   9.17
元）  其中:当年财政拨款   100       120       110     -     91.67%   -
    预期目标                            实际完成情况
年度总
体目标 1. 监测12次。                        1. 监测了12次。
    2. 出具报告。                        2. 出具报告1份。
                                                             偏差原因分析及改
      一级指标    二级指标     三级指标       年度指标值   实际完成值   分值   得分
                                                             进措施
                       水质监测断面
                                    ≥3个     3个      20    20
              数量指标     覆盖次数
                       出具报告       1份      1份      20    20
      产出指标
绩效指                    监测数据审核
标             质量指标     合格率（国家    ≥95%    94%     10    9      个别数据漏审
                       标准）
              服务对象满意
      满意度指标            群众满意度      ≥85%    93%     40    40
              度指标
总分                                               100   98.17
"""


def test_text_that_keeps_its_columns_is_read_by_them() -> None:
    report = read_document(ALIGNED.encode(), "表.txt")
    case = report.case
    assert rows(case) == [
        ("产出指标", "数量指标", "水质监测断面覆盖次数", "≥3个", "3个", "20", "20", ""),
        ("产出指标", "数量指标", "出具报告", "1份", "1份", "20", "20", ""),
        ("产出指标", "质量指标", "监测数据审核合格率（国家标准）", "≥95%", "94%", "10", "9", "个别数据漏审"),
        ("满意度指标", "服务对象满意度指标", "群众满意度", "≥85%", "93%", "40", "40", ""),
    ]
    assert case.goals == (
        Goal(expected="1. 监测12次。\n2. 出具报告。", actual="1. 监测了12次。\n2. 出具报告1份。"),
    )
    assert [(row.label, row.initial, row.budget, row.rate, row.score) for row in case.funds] == [
        ("年度资金总额", "100", "120", "91.67%", "9.17"),
        ("其中:当年财政拨款", "100", "120", "91.67%", "-"),
    ]
    assert (case.total_weight, case.total, case.unit) == ("100", "98.17", "某中心")


def test_a_line_a_row_parted_by_single_spaces() -> None:
    text = (
        "2022年度项目支出绩效自评表\n项目名称：道路养护\n主管部门：某局  实施单位：某站\n"
        "项目资金（元） 年初预算数 全年预算数 全年执行数 分值 执行率 得分\n年度资金总额 100 120 110 10 91.67% 9.17\n"
        "一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 偏差原因分析及改进措施\n"
        "产出指标 数量指标 养护里程 ≥30公里 32公里 30 30\n质量指标 验收合格率 =100% 98% 20 19.6 个别路段返工，已整改\n总分 100 96.77\n"
    )
    case = read_document(text.encode(), "-").case
    assert rows(case) == [
        ("产出指标", "数量指标", "养护里程", "≥30公里", "32公里", "30", "30", ""),
        ("产出指标", "质量指标", "验收合格率", "=100%", "98%", "20", "19.6", "个别路段返工，已整改"),
    ]
    assert (case.project, case.unit, case.money_unit, case.total) == ("道路养护", "某站", "元", "96.77")


def test_a_copied_page_that_lost_its_merged_positions_is_straightened_and_said() -> None:
    text = "\n".join(
        [
            "| 项目名称 | 补助项目 | | | | | | | |",
            "|---|---|---|---|---|---|---|---|---|",
            "| 项目资金(万元) | 资金来源 | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 | |",
            "| 年度资金总额 | 1 | 3 | 3 | 10 | 100% | 10 | | |",
            "| 年度总体目标 | 预期目标 | 实际完成情况 | | | | | | |",
            "| 购买设备。 | 已购买。 | | | | | | | |",
            "| 绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因 |",
            "| 产出指标 | 质量指标 | 合格率 | ≥95% | 96% | 45 | 45 | | |",
            "| 成本指标 | 控制数 | ≤30万元 | 29万元 | 45 | 44 | 已节约 | | |",
        ]
    )
    report = read_document(text.encode(), "表.md")
    assert rows(report.case) == [
        ("产出指标", "质量指标", "合格率", "≥95%", "96%", "45", "45", ""),
        ("产出指标", "成本指标", "控制数", "≤30万元", "29万元", "45", "44", "已节约"),
    ]
    assert (report.case.funds[0].initial, report.case.funds[0].score) == ("1", "10")
    assert report.case.goals == (Goal(expected="购买设备。", actual="已购买。"),)
    assert any("对齐" in doubt.why for doubt in report.doubts)


def test_a_word_table_pasted_with_line_breaks_inside_its_cells() -> None:
    text = "一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t数量指标\t监测断面\n覆盖次数\t≥3个\t3个\t50\t50\n"
    assert rows(read_document(text.encode(), "-").case)[0][2] == "监测断面覆盖次数"


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs poppler-utils")
def test_pdftotext_with_layout_of_a_real_pdf(tmp_path: Path) -> None:
    head = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"]
    body = [
        [
            Box("产出指标", 1, 3),
            Box("数量指标", 1, 2),
            *map(Box, ("开展水质监测断面数量统计工作", "≥3个", "3个", "20", "20")),
        ],
        [*map(Box, ("出具报告", "1份", "2份", "20", "20"))],
        [*map(Box, ("质量指标", "监测数据审核合格率", "≥95%", "94%", "10", "9"))],
    ]
    printed = Printed(["2022年度项目支出绩效自评表"], [[Box("项目名称"), Box("监测", 6)], [*map(Box, head)], *body], [2, 2, 3.2, 2, 2, 1.2, 1.2])  # fmt: skip
    (tmp_path / "表.pdf").write_bytes(render.pdf(printed))
    text = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "表.pdf", "-"], capture_output=True, check=True
    ).stdout
    assert [row[:7] for row in rows(read_document(text, "表.txt").case)] == [
        ("产出指标", "数量指标", "开展水质监测断面数量统计工作", "≥3个", "3个", "20", "20"),
        ("产出指标", "数量指标", "出具报告", "1份", "2份", "20", "20"),
        ("产出指标", "质量指标", "监测数据审核合格率", "≥95%", "94%", "10", "9"),
    ]


def test_pieces_lie_about_their_rows() -> None:
    # rows at lines 2, 5, 9; the first cell has lines 1 and 3 about 2, the second only 5, the third 8 9 10
    assert allot([1, 3, 5, 8, 9, 10], [2, 5, 9], 40)[1] == [0, 0, 1, 2, 2, 2]
    assert allot([2, 3, 5, 9, 10], [2, 5, 9], 40, hanging=True)[1] == [0, 0, 1, 2, 2]


def test_labels_stand_in_the_middle_or_at_the_top_of_their_rows() -> None:
    # five rows two lines apart; a label in the middle of the first three and one in the middle of the last two
    assert grouped([2, 7], [0, 2, 4, 6, 8], range(5)) == [0, 0, 0, 1, 1]
    assert grouped([0, 6], [0, 2, 4, 6, 8], range(5)) == [0, 0, 0, 1, 1]


def test_goals_part_where_the_numbering_begins_again() -> None:
    lines = ["1.完成监测12次；", "2.出具报告。", "1.已完成监测12次；", "2.已出具报告1份。"]
    assert split_goals(lines) == (
        "1.完成监测12次；\n2.出具报告。",
        "1.已完成监测12次；\n2.已出具报告1份。",
        False,
    )


def test_a_year_in_full_width_digits_is_a_year() -> None:
    text = "项目支出绩效自评表\n（２０２４年度）\n项目名称\t甲项目\n三级指标\t年度指标值\t实际完成值\t分值\t得分\n培训人次\t≥3次\t3次\t50\t50\n"
    assert read_document(text.encode(), "表.txt").case.year == 2024


def test_text_without_a_table_says_that_its_rows_are_inferred() -> None:
    inferred = "项目支出绩效自评表\n（2022年度）\n项目名称 甲项目\n一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分\n产出指标 数量指标 培训人次 ≥3次 3次 50 50\n"
    assert any("逐行核对" in doubt.why for doubt in read_document(inferred.encode(), "表.txt").doubts)
    tabbed = inferred.replace(" ", "\t")
    assert not any("逐行核对" in doubt.why for doubt in read_document(tabbed.encode(), "表.txt").doubts)
