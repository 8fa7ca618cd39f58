"""The examples on a check's page, read into cases, so that pages can be run and never go stale.

Under ``触发：`` and ``不触发：`` every line that begins with ``- `` is one small form: ``｜`` divides cells, ``‖`` divides
rows, a cell is its label, one space, and its text exactly as written on the form.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from assistant.domain.case import Case, FundRow, Goal, Indicator, LastYearRow, Person
from assistant.domain.errors import CatalogueError

ROW = {
    "一级": "level1",
    "二级": "level2",
    "三级": "level3",
    "指标值": "target",
    "完成值": "actual",
    "分值": "weight",
    "得分": "score",
    "原因": "reason",
    "佐证": "evidence",
}
LAST_YEAR = {"上年指标值": "target", "上年完成值": "actual", "上年原因": "reason"}
FUND = {
    "资金": "label",
    "年初": "initial",
    "预算": "budget",
    "执行": "executed",
    "资金分值": "weight",
    "执行率": "rate",
    "资金得分": "score",
}
GOAL = {"预期目标": "expected", "完成情况": "actual"}
HEAD = {
    "规则": "profile",
    "年度": "year",
    "项目": "project",
    "部门": "department",
    "单位": "unit",
    "资金单位": "money_unit",
    "总分值": "total_weight",
    "总分": "total",
    "等级": "grade",
}
PERSON = {"负责人": "name", "电话": "phone"}
ROW_DEFAULTS = {"level1": "产出指标", "level2": "数量指标", "level3": "培训人次"}
FUND_DEFAULTS = {"label": "年度资金总额", "weight": "10"}
HEADINGS = ("做什么：", "为什么：", "触发：", "不触发：", "来源：")


@dataclass(frozen=True, slots=True)
class Example:
    """One line of a page."""

    code: str
    fires: bool
    text: str

    def __str__(self) -> str:
        """A name for test reports."""
        return f"{self.code}-{'fires' if self.fires else 'silent'}-{self.text[:40]}"


def case_of(text: str) -> Case:
    """Read one example line into a case. Raises ``CatalogueError`` for a label nobody knows."""
    case: dict[str, Any] = {"profile": "central-2020", "year": 2022}
    lists: dict[str, list[Any]] = {"funds": [], "goals": [], "indicators": [], "people": [], "last_year": []}
    for group in text.split("‖"):
        cells = [piece.strip().partition(" ") for piece in group.split("｜") if piece.strip()]
        said = {label: value.strip() for label, _, value in cells}
        unknown = set(said) - {*ROW, *LAST_YEAR, *FUND, *GOAL, *HEAD, *PERSON}
        if unknown:
            raise CatalogueError(f"示例中有未知的栏名：{'、'.join(sorted(unknown))}（{text}）。")
        case |= {HEAD[label]: value for label, value in said.items() if label in HEAD}
        for labels, name, kind, defaults in (
            (ROW, "indicators", Indicator, ROW_DEFAULTS),
            (FUND, "funds", FundRow, FUND_DEFAULTS),
            (GOAL, "goals", Goal, {}),
            (PERSON, "people", Person, {}),
            (LAST_YEAR, "last_year", LastYearRow, {"path": f"indicators[{len(lists['indicators'])}]"}),
        ):
            fields = {labels[label]: value for label, value in said.items() if label in labels}
            if fields:
                lists[name].append(kind(**(defaults | fields)))
    return Case.model_validate(case | {name: tuple(items) for name, items in lists.items()})


def sections(page: str) -> dict[str, str]:
    """Divide a page at its headings; the first line stands under ``""``."""
    parts = re.split(rf"^\s*({'|'.join(HEADINGS)})", page, flags=re.MULTILINE)
    return {"": parts[0].strip()} | {
        heading: body.strip() for heading, body in zip(parts[1::2], parts[2::2], strict=True)
    }


def examples_of(code: str, page: str) -> list[Example]:
    """Every example on *page*."""
    found: list[Example] = []
    for heading, fires in (("触发：", True), ("不触发：", False)):
        body = re.sub(r"\n\s+(?!-|\s)", "", sections(page).get(heading, ""))
        lines = (line.strip() for line in body.splitlines())
        found.extend(Example(code, fires, line[2:]) for line in lines if line.startswith("- "))
    return found
