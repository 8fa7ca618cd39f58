"""Which rows count: stems of 一级/二级指标, sum rows, rows that do not apply, merged score cells."""

from __future__ import annotations

import pytest

from assistant.domain.case import Case, Indicator
from assistant.scoring.rows import (
    area_of,
    counts_something_bad,
    is_cost,
    kind_of,
    levelled,
    standing,
)


def rows(
    *cells: tuple[str, ...], columns: tuple[str, ...] = ("level3", "target", "actual", "weight", "score")
) -> Case:
    return Case(
        indicators=tuple(
            Indicator(level1="产出指标", level2="数量指标").model_copy(
                update=dict(zip(columns, row, strict=False))
            )
            for row in cells
        )
    )


@pytest.mark.parametrize(
    ("level1", "level2", "area"),
    [
        ("产出指标", "数量指标", "产出"),
        ("产出指标(50分)", "成本指标", "产出"),
        ("项目产出（30分）", "", "产出"),
        ("产 出", "质量指标", "产出"),
        ("(50分)", "质量指标", "产出"),
        ("（30分）", "可持续影响指标", "效益"),
        ("", "服务对象满意度指标", "满意度"),
        ("满意度指标\n（10分）", "", "满意度"),
        ("效益指标(年度绩效目标1,40分)", "满意度指标", "效益"),
        ("项目效果", "", "效益"),
        ("成本指标", "经济成本指标", "成本"),
        ("项目决策(10分)", "项目目标", ""),
        ("", "", ""),
    ],
)
def test_the_area_is_the_stem_of_level_one_else_follows_from_level_two(level1, level2, area):
    assert area_of(level1, level2) == area


@pytest.mark.parametrize(
    ("level2", "kind"),
    [
        ("数量指标(10分)", "数量"),
        ("进度指标", "时效"),
        ("生态环境成本指标", "成本"),
        ("经济效益", "经济效益"),
        ("社会效益效益指标", "社会效益"),
        ("环境效益", "生态效益"),
        ("可持续影响指标", "可持续影响"),
        ("服务对象满意度指标", "满意度"),
        ("具体指标", ""),
    ],
)
def test_the_kind_is_the_stem_of_level_two(level2, kind):
    assert kind_of(level2) == kind


def test_a_cost_is_a_ceiling_unless_savings_are_asked_for():
    assert is_cost(Indicator(level2="成本指标", level3="项目总成本"))
    assert is_cost(Indicator(level1="成本指标", level3="单位造价"))
    assert not is_cost(Indicator(level2="成本指标", level3="成本节约率"))
    assert not is_cost(Indicator(level2="数量指标", level3="项目总成本"))


def test_empty_levels_are_merged_cells_but_for_another_area():
    above = Indicator(level1="产出指标（50分）", level2="数量指标")
    levels = [
        (row.level1, row.level2) for row in levelled((above, Indicator(), Indicator(level2="时效指标")))
    ]
    other = levelled((above, Indicator(level2="服务对象满意度指标")))

    assert levels == [
        ("产出指标（50分）", "数量指标"),
        ("产出指标（50分）", "数量指标"),
        ("产出指标（50分）", "时效指标"),
    ]
    assert other[1].level1 == ""


def test_a_chinese_numbered_row_that_repeats_its_children_is_their_parent():
    case = rows(
        ("一、示范区建立", "≧20000亩", "20000亩", "", "15.0"),
        ("1、水稻", "≧500亩", "500亩", "", "5.0"),
        ("2、玉米", "≧1000亩", "1000亩", "", "5.0"),
        ("3、配方肥", "≧18500亩", "18500亩", "", "5.0"),
        ("二、田间试验", "≧15组", "15组", "", "2"),
        ("1、肥料利用率", "≧5组", "5组", "", "2"),
        ("三、土样化验", "≧60个", "105个", "", "5.0"),
    )
    assert standing(case).parents == {0, 4}


def test_nested_numbering_adds_the_next_level_only():
    case = rows(
        ("一、工程", "", "", "6", ""),
        ("（一）道路", "", "", "4", ""),
        ("1.路基", "", "", "1", ""),
        ("2.路面", "", "", "3", ""),
        ("（二）桥梁", "", "", "2", ""),
    )
    assert standing(case).parents == {0, 1}


@pytest.mark.parametrize(
    "names",
    [
        ("一、甲", "二、乙"),  # same level
        ("1、甲", "2、乙"),
        ("指标1：甲", "指标2：乙"),
        ("甲", "1、乙"),  # no numbering above
    ],
)
def test_rows_of_one_level_are_nobodys_parent(names):
    assert standing(rows(*((name, "1", "1", "5", "5") for name in names))).parents == frozenset()


def test_figures_that_do_not_add_up_make_no_parent():
    assert standing(rows(("一、甲", "", "", "5", ""), ("1、乙", "", "", "3", ""))).parents == frozenset()


def test_a_subtotal_is_a_parent():
    assert standing(rows(("甲", "1", "1", "5", "5"), ("小计", "", "", "5", "5"))).parents == {1}


def test_children_end_where_another_area_begins():
    case = rows(("一、甲", "", "", "5", ""), ("1、乙", "", "", "2", ""), ("2、丙", "", "", "3", ""))
    moved = case.indicators[2].model_copy(update={"level1": "效益指标"})
    assert standing(case).parents == {0}
    assert (
        standing(case.model_copy(update={"indicators": (*case.indicators[:2], moved)})).parents == frozenset()
    )


@pytest.mark.parametrize(
    ("row", "blank", "waiting"),
    [
        (("", "", "", "", ""), True, True),
        (("指标1：", "", "", "", ""), True, True),
        (("指标1:/", "", "", "/", "/"), True, False),
        (("生态效益", "/", "/", "/", "/"), True, False),
        (("生态效益", "—", "—", "0", "0"), True, False),
        (("生态效益", "无", "无", "", ""), True, False),
        (("工程质量合格", "", "", "", ""), False, False),  # named: waiting for its values
        (("工程质量合格", "", "", "10", "10"), False, False),
        (("事故数", "0", "0", "", ""), False, False),
        (("", "≥1个", "", "", ""), False, False),
    ],
)
def test_a_row_is_blank_only_where_nothing_is_said(row, blank, waiting):
    assert (0 in standing(rows(row)).blanks, 0 in standing(rows(row)).waiting) == (blank, waiting)


def test_a_merged_score_cell_covers_the_rows_below_it():
    case = rows(
        ("存储", "25TB", "25TB", "", "10"),
        ("覆盖", "100%", "100%", "", ""),
        ("资源", "最新", "最新", "", "10"),
        ("时长", "全天", "全天", "", ""),
        ("天数", "≥360天", "≥360天", "", ""),
    )
    assert standing(case).merged == {1: 0, 3: 2, 4: 2}


def test_a_merged_weight_cell_is_known_by_the_points_being_all_given_out():
    case = rows(
        ("存储", "25TB", "25TB", "60", "60"),
        ("覆盖", "100%", "100%", "", ""),
        ("时长", "全天", "全天", "40", "40"),
    )
    assert standing(case).merged == {1: 0}


def test_while_points_are_left_an_empty_weight_is_a_missing_one():
    case = rows(
        ("存储", "25TB", "25TB", "60", "60"),
        ("覆盖", "100%", "100%", "", ""),
        ("时长", "全天", "全天", "30", "30"),
    )
    assert standing(case).merged == {}


def test_a_weight_is_not_merged_into_another_group():
    case = rows(("存储", "25TB", "25TB", "100", "100"), ("覆盖", "100%", "100%", "", ""))
    other = case.indicators[1].model_copy(update={"level2": "质量指标"})
    assert standing(case).merged == {1: 0}
    assert standing(case.model_copy(update={"indicators": (case.indicators[0], other)})).merged == {}


def test_a_score_is_not_merged_into_another_area():
    case = rows(("存储", "25TB", "25TB", "", "10"), ("覆盖", "100%", "100%", "", ""))
    other = case.indicators[1].model_copy(update={"level1": "效益指标"})
    assert standing(case.model_copy(update={"indicators": (case.indicators[0], other)})).merged == {}


@pytest.mark.parametrize(
    "name",
    [
        "信息差错率",
        "有责投诉次数",
        "检测错误率",
        "污染物排放量",
        "单位能耗强度",
        "投诉办结时限",
        "窗口等候时间",
        "安全事故发生起数",
    ],
)
def test_names_of_what_is_better_less(name):
    assert counts_something_bad(name)


@pytest.mark.parametrize(
    "name",
    [
        "投诉办结率",
        "污染源监测次数",
        "污染物排放量下降率",
        "排放达标率",
        "事故隐患排查数",
        "违法案件查处数",
        "故障修复及时率",
        "能耗监测点建设数量",
        "培训人次",
    ],
)
def test_names_of_what_is_done_about_it(name):
    assert not counts_something_bad(name)
