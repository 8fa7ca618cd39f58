"""The printed form: its headings and columns, in the official order and wording (财预〔2020〕10号 附1)."""

from __future__ import annotations

from assistant.values.normalise import narrowed

TITLE = "项目支出绩效自评表"
FUNDS = "项目资金"
GOALS = "年度总体目标"
INDICATORS = "绩效指标"
TOTAL = "总分"
GRADE = "自评等级"
ANNEX = "附：计分过程与检查结果"
RULES = "评分规则"
PHONE = "联系电话"

HEAD_CELLS = {"project": "项目名称", "department": "主管部门", "unit": "实施单位"}
FUND_COLUMNS = {
    "label": "资金类别",
    "initial": "年初预算数",
    "budget": "全年预算数",
    "executed": "全年执行数",
    "weight": "分值",
    "rate": "执行率",
    "score": "得分",
}
GOAL_COLUMNS = {"expected": "预期目标", "actual": "实际完成情况"}
INDICATOR_COLUMNS = {
    "level1": "一级指标",
    "level2": "二级指标",
    "level3": "三级指标",
    "target": "年度指标值",
    "actual": "实际完成值",
    "weight": "分值",
    "score": "得分",
    "reason": "偏差原因分析及改进措施",
}
EVIDENCE_COLUMN = {"evidence": "佐证材料"}
FIGURES = frozenset({"initial", "budget", "executed", "weight", "rate", "score", "total", "total_weight"})
"""Cells that hold figures only."""


def face(name: str, text: str) -> str:
    """What is printed of the cell *name*: figures half-width, so that others can add them up; all else as written."""
    return narrowed(text) if name in FIGURES else text
