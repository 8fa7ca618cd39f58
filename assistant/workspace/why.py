"""A change in the user's words: why it was made, where, from what to what. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from assistant.domain.case import Case
from assistant.domain.changes import Change
from assistant.domain.patterns import pattern
from assistant.domain.places import BESIDE, spoken

WHY = {
    "typing": "键入",
    "draft": "起草",
    "import": "读入",
    "cure": "采用改法",
    "confirm": "核对读入内容",
    "replace": "查找替换",
    "editor": "外部编辑器",
    "override": "人工评分",
    "rows": "增删移动指标",
    "rules": "更换规则",
    "merge": "合并两边",
    "recovery": "取回未保存的",
    "restore": "改回以前的",
    "elsewhere": "在别处改的",
    "undo": "撤销",
    "redo": "重做",
}
"""What a journal calls it, what the user reads."""

_RECORDS = frozenset(BESIDE) - {"overrides"}  # a person's score shows on the form
_CONFIRMED = pattern(r"doubts\[(?P<index>\d+)\]\.confirmed")
_NAMES = ("level3", "label", "expected", "name", "text", "path")


def why(word: str) -> str:
    """The reason in the user's words; one of a newer program as it is."""
    return WHY.get(word, word)


def of_form(changes: Iterable[Change]) -> list[Change]:
    """The changes in the printed form, without the records beside it; all of them where there are no others."""
    found = list(changes)
    form = [one for one in found if one.path.partition("[")[0] not in _RECORDS]
    return form or found


def place(change: Change, after: Case | None = None) -> str:
    """Where it is; the confirmation of a reading is told of the cell it is about, if the case *after* it is known."""
    if (match := _CONFIRMED.fullmatch(change.path)) and after and int(match["index"]) < len(after.doubts):
        return spoken(after.doubts[int(match["index"])].path)
    return spoken(change.path if change.kind == "cell" else f"{change.path}[{change.at}]")


def text(value: Any) -> str:
    """One side of a change: a cell's text, or the names of rows."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if not value and value != 0:
        return "（空）"
    if isinstance(value, list):
        return "、".join(_name(row) for row in value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _name(row: Any) -> str:
    if not isinstance(row, dict):
        return str(row)
    return next((str(row[name]) for name in _NAMES if row.get(name)), "（空行）")
