"""Paths in the user's words: ``indicators[3].reason`` → ``绩效指标第4行“偏差原因分析及改进措施”``."""

from __future__ import annotations

from assistant.domain.case import (
    Case,
    CaseRecord,
    Doubt,
    DraftRecord,
    Figure,
    FundRow,
    Goal,
    Indicator,
    LastYearRow,
    Note,
    Override,
    Person,
)
from assistant.domain.patterns import pattern

ROWS: dict[str, tuple[type[CaseRecord], str]] = {
    "people": (Person, "人员"),
    "funds": (FundRow, "项目资金"),
    "goals": (Goal, "年度总体目标"),
    "indicators": (Indicator, "绩效指标"),
    "drafts": (DraftRecord, "起草记录"),
    "notes": (Note, "补充说明"),
    "overrides": (Override, "人工评分"),
    "doubts": (Doubt, "待确认"),
    "figures": (Figure, "文中数字"),
    "last_year": (LastYearRow, "上年的表"),
}
"""The lists of a case: their row type and the name of the block."""

BESIDE = tuple(name for name, (record, _) in ROWS.items() if "path" in record.model_fields)
"""Those that are not printed: each of their rows speaks of a cell or row of the form (``path``) and goes where that goes."""

_CELLS = {
    "label": "资金类别",
    "money_unit": "资金单位",
    "profile": "评分规则",
    "role": "身份",
    "name": "姓名",
    "phone": "联系电话",
    "total": "总分",
    "total_weight": "总分值",
    "grade": "自评等级",
    "confirmed": "已确认",
    "schema_version": "文件格式版本",
}
_PART = pattern(r"(?P<name>[^.\[\]]+)(?:\[(?P<index>\d+)\])?")


def column(record: type[CaseRecord], cell: str) -> str:
    """The printed heading of *cell* in *record*, the key itself where it has none."""
    if cell in _CELLS:
        return _CELLS[cell]
    field = record.model_fields.get(cell)
    return (field.description if field else None) or cell


_PAGES = {
    "start": "开始",
    "doubts": "读入内容",
    "basics": "基本信息",
    "funds": "项目资金",
    "answers": "核对",
    "check": "检查",
    "export": "导出",
}
"""Places that are pages rather than cells: where the user stood."""


def spoken(path: str) -> str:
    """Name the cell or row at *path* as a user would; an unknown path is given back as it is."""
    if not path:
        return "全表"
    if path in _PAGES:
        return _PAGES[path]
    parts = [(match["name"], match["index"]) for match in _PART.finditer(path)]
    if not parts or parts[0][0] not in (ROWS if len(parts) > 1 or parts[0][1] else Case.model_fields):
        return path
    name, index = parts[0]
    if name not in ROWS:
        return column(Case, name)
    record, block = ROWS[name]
    if index is not None:
        row, rest = f"{block}第{int(index) + 1}行", parts[1:]
    elif name == "funds" and len(parts) > 1 and parts[1][0] == "total":
        row, rest = "年度资金总额", parts[2:]
    else:
        row, rest = block, parts[1:]
    return f"{row}“{column(record, rest[0][0])}”" if rest else row
