"""Facts of a form in the layouts that places really use; with each the case that reading it must give."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.domain.case import Case, FundRow, Goal, Indicator
from tests.exchange.corpus.printed import Box, Printed

GOAL = Goal(
    expected="1. 完成年度任务。\n2. 资金及时拨付。", actual="1. 已完成年度任务。\n2. 资金已及时拨付。"
)


def facts(case: Case) -> Case:
    """The form's facts with the texts every rendering needs."""
    return case.model_copy(
        update={
            "goals": (GOAL,),
            "department": case.department.replace("主管部门", "某市主管局"),
            "unit": case.unit.replace("项目单位", "某市项目服务中心"),
            "total_weight": "100",
            "total": case.total or "95.5",
            "people": (),
            "grade": "",
            "indicators": tuple(
                Indicator(**{name: getattr(row, name) for name in _CELLS}) for row in case.indicators
            ),
            "funds": tuple(
                FundRow(**{name: getattr(row, name) for name in FundRow.model_fields}) for row in case.funds
            ),
            "doubts": (),
            "profile": "",
        }
    )


_CELLS = ("level1", "level2", "level3", "target", "actual", "weight", "score", "reason")


def _runs(rows: Sequence[Indicator], *names: str) -> list[int]:
    """For each row how many rows its level's cell covers, 0 where the cell above goes on."""
    found = []
    for index, row in enumerate(rows):
        key = tuple(getattr(row, name) for name in names)
        if index and tuple(getattr(rows[index - 1], name) for name in names) == key and all(key):
            found.append(0)
            continue
        length = 1
        while (
            index + length < len(rows)
            and tuple(getattr(rows[index + length], name) for name in names) == key
            and all(key)
        ):
            length += 1
        found.append(length)
    return found


def _head(case: Case, width: int) -> list[list[Box]]:
    half = width // 2
    return [
        [Box("项目名称", 2), Box(case.project, width - 2)],
        [
            Box("主管部门", 2),
            Box(case.department, half - 2),
            Box("实施单位", 1),
            Box(case.unit, width - half - 1),
        ],
    ]


def _money(case: Case, spread: Sequence[int], headings: dict[str, str], label: str) -> list[list[Box]]:
    names = list(headings)
    rows = [
        [
            Box(label, 1, len(case.funds) + 1),
            Box("", spread[0]),
            *(Box(headings[name], across) for name, across in zip(names, spread[1:], strict=True)),
        ]
    ]
    return rows + [
        [
            Box(row.label, spread[0]),
            *(Box(getattr(row, name), across) for name, across in zip(names, spread[1:], strict=True)),
        ]
        for row in case.funds
    ]


def _goals(
    width: int, label: str = "年度总体目标", heads: tuple[str, str] = ("预期目标", "实际完成情况")
) -> list[list[Box]]:
    half = (width - 1) // 2
    return [
        [Box(label, 1, 2), Box(heads[0], half), Box(heads[1], width - 1 - half)],
        [Box(GOAL.expected, half), Box(GOAL.actual, width - 1 - half)],
    ]


_FUNDS = {
    "initial": "年初预算数",
    "budget": "全年预算数",
    "executed": "全年执行数",
    "weight": "分值",
    "rate": "执行率",
    "score": "得分",
}


def _indicators(
    case: Case,
    columns: Sequence[tuple[str, str, int]],
    label: str,
    total: Callable[[list[Box]], list[Box]] | None,
) -> list[list[Box]]:
    rows = case.indicators
    first, second = _runs(rows, "level1"), _runs(rows, "level1", "level2")
    found = [[Box(label, 1, len(rows) + 1), *(Box(heading, across) for _, heading, across in columns)]]
    for number, row in enumerate(rows):
        line = []
        for name, _, across in columns:
            if name == "level1":
                line += [Box(row.level1, across, first[number])] if first[number] else []
            elif name == "level2":
                line += [Box(row.level2, across, second[number])] if second[number] else []
            else:
                line.append(Box(getattr(row, name, "") if name in _CELLS else _extra(name, number), across))
        found.append(line)
    if total is not None:
        found.append(total([]))
    return found


def _extra(name: str, number: int) -> str:
    return f"达到指标值得满分，第{number + 1}项" if name == "standard" else ""


def national(case: Case) -> tuple[Printed, Case]:
    """财预〔2020〕10号 附1: eight columns."""
    columns = [
        (name, heading, 1)
        for name, heading in zip(
            _CELLS,
            (
                "一级指标",
                "二级指标",
                "三级指标",
                "年度指标值",
                "实际完成值",
                "分值",
                "得分",
                "偏差原因分析及改进措施",
            ),
            strict=True,
        )
    ]
    rows = (
        _head(case, 9)
        + _money(case, (2, 1, 1, 1, 1, 1, 1), _FUNDS, f"项目资金（{case.money_unit}）")
        + _goals(9)
    )
    rows += _indicators(
        case,
        columns,
        "绩效指标",
        lambda _: [Box("总分", 6), Box(case.total_weight), Box(case.total), Box("")],
    )
    return Printed(
        ["项目支出绩效自评表", f"（{case.year}年度）"], rows, [1, 1.7, 2, 3.6, 2.2, 2.3, 1.2, 1.2, 2.6]
    ), case


def weight_first(case: Case) -> tuple[Printed, Case]:
    """Poverty-alleviation funds: the weight before the target, the reason as 未完成原因分析."""
    order = ("level1", "level2", "level3", "weight", "target", "actual", "score", "reason")
    heads = ("一级指标", "二级指标", "三级指标", "分值", "年度指标值", "全年实际值", "得分", "未完成原因分析")
    columns = [(name, heading, 1) for name, heading in zip(order, heads, strict=True)]
    rows = _head(case, 9) + _money(case, (2, 1, 1, 1, 1, 1, 1), _FUNDS, f"项目资金\n（{case.money_unit}）")
    rows += _goals(9, "年度\n总体\n目标", ("年初设定目标", "全年实际完成情况"))
    rows += _indicators(
        case,
        columns,
        "绩\n效\n指\n标",
        lambda _: [Box("总  分", 4), Box("100"), Box("", 2), Box(case.total), Box("")],
    )
    return Printed(
        [f"{case.year}年度衔接资金项目绩效自评表"], rows, [1, 1.7, 2, 3.6, 1.2, 2.2, 2.3, 1.2, 2.6]
    ), case


_SPLIT = re.compile(r"(?P<op>≥|≤|>=|<=|＞|＜|=|﹦|≧)?\s*(?P<value>[\d.,]+)\s*(?P<unit>[^\d\s，。]{0,6})\Z")


def split_target(case: Case) -> tuple[Printed, Case]:
    """Yunnan: the target over three columns under one heading, a heading of two lines; 自评等级 at the foot."""
    rows = (
        _head(case, 11)
        + _money(case, (4, 1, 1, 1, 1, 1, 1), _FUNDS, f"项目资金（{case.money_unit}）")
        + _goals(11)
    )
    one = [("一级指标", 1), ("二级指标", 1), ("三级指标", 1)]
    rows.append(
        [
            Box("绩效指标", 1, len(case.indicators) + 2),
            *(Box(text, across, 2) for text, across in one),
            Box("年度指标值", 3),
            *(Box(text, 1, 2) for text in ("实际完成值", "分值", "得分", "偏差原因分析及改进措施")),
        ]
    )
    rows.append([Box("指标性质"), Box("指标值"), Box("度量单位")])
    first, second = _runs(case.indicators, "level1"), _runs(case.indicators, "level1", "level2")
    expected = []
    for number, row in enumerate(case.indicators):
        match = _SPLIT.match(row.target)
        op, value, unit = (
            (match["op"] or "", match["value"], match["unit"]) if match else ("", row.target, "")
        )
        line = [Box(row.level1, 1, first[number])] if first[number] else []
        line += [Box(row.level2, 1, second[number])] if second[number] else []
        line += [
            Box(row.level3),
            Box(op),
            Box(value),
            Box(unit),
            Box(row.actual),
            Box(row.weight),
            Box(row.score),
            Box(row.reason),
        ]
        rows.append(line)
        expected.append(
            row.model_copy(update={"target": " ".join(part for part in (op, value, unit) if part)})
        )
    rows.append([Box("其他需要说明事项", 3), Box("无", 8)])
    rows.append([Box("总分", 3), Box("总分值", 3), Box("总得分", 2), Box("自评等级", 3)])
    rows.append([Box("", 3), Box("100", 3), Box(case.total, 2), Box("优", 3)])
    return Printed(
        [f"{case.year}年度项目支出绩效自评表"], rows, [1, 1.6, 1.8, 3.2, 1.2, 1.6, 1.2, 2, 1.2, 1.2, 2.4]
    ), case.model_copy(update={"indicators": tuple(expected), "grade": "优"})


def no_weight(case: Case) -> tuple[Printed, Case]:
    """Hubei: no weight column, points in the block's label, the reason at the foot."""
    heads = {
        "budget": "预算数（A）",
        "executed": "执行数（B）",
        "rate": "执行率（B/A）",
        "score": "得分（20分*执行率）",
    }
    order = (
        ("level1", "一级指标", 1),
        ("level2", "二级指标", 1),
        ("level3", "三级指标", 1),
        ("target", "年初目标值（A）", 1),
        ("actual", "实际完成值（B）", 1),
        ("score", "得分", 1),
    )
    rows = [
        [Box("项目名称"), Box(case.project, 6)],
        [Box("主管部门"), Box(case.department, 3), Box("项目实施单位"), Box(case.unit, 2)],
        [Box("项目类别"), Box("1、部门预算项目 □  2、其他 ☑", 6)],
    ]
    rows += _money(case, (2, 1, 1, 1, 1), heads, f"预算执行情况（{case.money_unit}）（20分）")
    rows += _indicators(case, order, "年度绩效目标（80分）", lambda _: [Box("总分", 6), Box(case.total)])
    rows += [
        [Box("偏差大或目标未完成原因分析"), Box("无偏差", 6)],
        [Box("改进措施及结果应用方案"), Box("继续加强管理", 6)],
    ]
    funds = tuple(
        row.model_copy(update={"initial": "", "weight": "20" if not number else ""})
        for number, row in enumerate(case.funds)
    )
    return Printed([f"{case.year}年度项目自评表"], rows, [2, 1.8, 2.2, 4, 2.5, 2.5, 2]), case.model_copy(
        update={
            "funds": funds,
            "goals": (),
            "total_weight": "",
            "indicators": tuple(
                row.model_copy(update={"weight": "", "reason": ""}) for row in case.indicators
            ),
        }
    )


def extra_columns(case: Case) -> tuple[Printed, Case]:
    """Other names, another order, columns of the reviewer: 评分标准, 复核分."""
    order = (
        ("level1", "一级指标", 1), ("level2", "二级指标", 1), ("level3", "指标名称", 1), ("weight", "权重", 1), ("standard", "评分标准", 1),
        ("target", "目标值", 1), ("actual", "完成值", 1), ("score", "自评得分", 1), ("review", "复核分", 1), ("reason", "备注", 1),
    )  # fmt: skip
    heads = {
        "initial": "年初预算数",
        "budget": "调整后预算数",
        "executed": "实际执行数",
        "rate": "预算执行率",
        "weight": "权重",
        "score": "自评得分",
    }
    rows = _head(case, 11) + _money(case, (4, 1, 1, 1, 1, 1, 1), heads, f"预算执行情况（{case.money_unit}）")
    rows += _goals(11, "总体目标完成情况", ("总体目标", "全年完成情况"))
    rows += _indicators(
        case,
        order,
        "绩效指标",
        lambda _: [Box("合计", 4), Box("100"), Box("", 3), Box(case.total), Box("", 2)],
    )
    return Printed(
        [f"{case.year}年度部门预算项目绩效自评表"], rows, [1, 1.5, 1.6, 3, 1, 2.4, 1.9, 1.9, 1.2, 1.2, 1.8]
    ), case


def transfer(case: Case) -> tuple[Printed, Case]:
    """Transfer payments: no points at all, 资金管理情况 between money and goals."""
    heads = {"budget": "全年预算数（A）", "executed": "全年执行数（B）", "rate": "预算执行率（B/A×100%）"}
    order = (
        ("level1", "一级指标", 1),
        ("level2", "二级指标", 1),
        ("level3", "三级指标", 1),
        ("target", "指标值", 1),
        ("actual", "全年实际完成值", 1),
        ("reason", "未完成原因和改进措施", 1),
    )
    rows = [
        [Box("转移支付（项目）名称", 2), Box(case.project, 5)],
        [Box("中央主管部门", 2), Box(case.department, 5)],
        [Box("地方主管部门", 2), Box("省级部门", 2), Box("资金使用单位"), Box(case.unit, 2)],
    ]
    rows += _money(case, (2, 1, 1, 2), heads, f"资金投入情况（{case.money_unit}）")
    rows += [[Box("资金管理情况", 1, 3), Box("", 2), Box("情况说明", 2), Box("存在问题和改进措施", 2)]]
    rows += [
        [Box("分配科学性", 2), Box("科学", 2), Box("无", 2)],
        [Box("下达及时性", 2), Box("及时", 2), Box("无", 2)],
    ]
    rows += _goals(7, "总体目标完成情况", ("总体目标", "全年实际完成情况"))
    rows += _indicators(case, order, "绩效指标", None)
    rows += [[Box("说明"), Box("无", 6)]]
    bare = {"weight": "", "score": ""}
    return Printed(
        [f"中央对地方转移支付{case.year}年度绩效自评表"], rows, [1.5, 1.8, 2.2, 4, 2.5, 2.5, 3]
    ), case.model_copy(
        update={
            "funds": tuple(row.model_copy(update={"initial": "", **bare}) for row in case.funds),
            "total": "",
            "total_weight": "",
            "indicators": tuple(row.model_copy(update=bare) for row in case.indicators),
        }
    )


LAYOUTS: dict[str, Callable[[Case], tuple[Printed, Case]]] = {
    "national": national,
    "weight_first": weight_first,
    "split_target": split_target,
    "no_weight": no_weight,
    "extra_columns": extra_columns,
    "transfer": transfer,
}
