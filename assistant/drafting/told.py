"""A row's two cells as a sentence tells them: on one line, and with the unit the form has elsewhere.

Many places print 计量单位 in a column of its own, or in the indicator's name: 97.2 beside ``≥ 98 %`` is told as 97.2%.
"""

from __future__ import annotations

import re

from assistant.domain.case import Indicator
from assistant.domain.scores import ScoreLine
from assistant.domain.value import Kind, Verdict
from assistant.values.units import match_unit

_SIGNS = ((re.compile(r">\s*=|＞\s*=|≧"), "≥"), (re.compile(r"<\s*=|＜\s*=|≦"), "≤"))
_APART = re.compile(r"(?<=[≥≤><=])\s+(?=\d)|(?<=\d)\s+(?=[%％‰\u4e00-\u9fff])")
_ALONE = re.compile(r"[≥≤><=]?-?\d[\d,，]*(?:\.\d+)?")
_IN_NAME = re.compile(r"[（(]([^（）()\d]{1,8})[)）]\s*\Z")
_COMPARED = frozenset({Verdict.MET, Verdict.SHORT, Verdict.OVER})


def in_prose(text: str) -> str:
    """A cell's text on one line, with the printed signs ≥ and ≤ and no blanks inside a quantity."""
    text = re.sub(r"\s*\n\s*", "", text.strip())
    for pattern, sign in _SIGNS:
        text = pattern.sub(sign, text)
    return _APART.sub("", text)


def told_target(row: Indicator, line: ScoreLine | None) -> str:
    """年度指标值 as prose has it: ``≥98%``."""
    return _with(in_prose(row.target), unit_of_target(row, line))


def told_actual(row: Indicator, line: ScoreLine | None) -> str:
    """实际完成值 as prose has it: ``97.2%``."""
    return _with(in_prose(row.actual), unit_of_actual(row, line))


def unit_of_target(row: Indicator, line: ScoreLine | None) -> str:
    """The unit of the target's figure, also where only the indicator's name has it; ``""`` for none or no figure."""
    value = line.target if line is not None else None
    if value is None or value.kind not in {Kind.QUANTITY, Kind.RANGE}:
        return ""
    return value.unit.text or unit_in_name(row.level3)


def unit_of_actual(row: Indicator, line: ScoreLine | None) -> str:
    """The unit of the actual's figure: its own, or the target's where the two were compared as one measure."""
    if line is None or line.actual is None or line.actual.kind is not Kind.QUANTITY:
        return ""
    if line.actual.unit.text:
        return line.actual.unit.text
    return unit_of_target(row, line) if line.verdict in _COMPARED else ""


def unit_in_name(name: str) -> str:
    """The unit an indicator's name ends with: ``%`` of 水质达标比例（%）; ``""`` where it has none.

    10 of 完成时限（月） may be the tenth month or so many, and is left as it is.
    """
    found = _IN_NAME.search(name)
    measured = match_unit(found[1]) if found else None
    if not found or not measured or measured[1] < len(found[1]) or found[1] in {"年", "月", "日"}:
        return ""
    return found[1]


def _with(text: str, unit: str) -> str:
    return text + unit if unit and _ALONE.fullmatch(text) else text
