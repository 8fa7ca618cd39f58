"""Cells that are no value: forgotten placeholders and text that optical recognition has damaged.

Both are said to be so; nothing is repaired in silence.
"""

from __future__ import annotations

import re

from assistant.domain.amounts import ONE
from assistant.domain.patterns import pattern
from assistant.domain.value import Dimension, Kind, Value
from assistant.values.names import TITLE
from assistant.values.numbers import NUMBER
from assistant.values.units import match_unit

_PLACEHOLDER = pattern(
    r"\*{2,}|×{2,}|[Xx]{2,}|_{2,}|【[^】]*】|□+|○{2,}|[?？]{2,}|(?<![A-Za-z])[Xx×](?=[年月日个次人家项场%万])|\((?:填写|待填|数值)\)"
)
_SIGN_ALONE = pattern(r"[≥≤<>=]*")
_LOOKALIKE = str.maketrans({"O": "0", "o": "0", "I": "1", "l": "1", "|": "1", "S": "5", "B": "8", "Z": "2"})
_MIXED = pattern(r"[≥≤<>=]?(?P<number>[\dOoIl|SBZ][\dOoIl|SBZ,.]*)(?P<unit>.{0,4})")
_LETTER_FIRST = pattern(rf"[≥≤<>=]?[A-Za-z][A-Za-z.]*{NUMBER}(?P<unit>.+)")
_SECOND = pattern(r"[\d≥≤<>=]")  # another figure or sign: what came before is a label (A4幅面≥20万页)
_STOP_FOR_POINT = pattern(rf"(?P<whole>[≥≤<>=]?{NUMBER})[。·](?P<part>\d+)(?P<unit>[^\d]*)")
_THOUSANDTHS = pattern(r"[≥≤<>=]?[1-9]\d{0,2}\.\d{3}(?P<unit>[^\d]+)")
_GAP = pattern(r"[≥≤<>=]?\d+(?:[ ,]\d+)+(?:\.\d+)?(?P<unit>.*)")


def unfilled(seen: str) -> Value | None:
    """A cell whose number was never filled in: ``**月**日前``, ``XX个``, ``》 元/亩``."""
    if found := _PLACEHOLDER.search(TITLE.sub("", seen)):
        return _unknown(seen, f"有占位符“{found[0]}”没有填写")
    start = _SIGN_ALONE.match(seen)
    position = start.end() if start else 0
    measured = match_unit(seen, position)
    if (position or measured) and (measured[1] if measured else position) == len(seen):
        return _unknown(seen, "只有符号或单位，没有数字")
    return None


def damaged(seen: str) -> Value | None:
    """A number with letters or gaps in it: ``l0个``, ``1OO%``, ``M.8万元``, ``1 200人``."""
    match = _MIXED.fullmatch(seen)
    if match and _looks_like_number(match["number"]) and _unit_or_nothing(match["unit"]):
        likely = seen.replace(match["number"], match["number"].translate(_LOOKALIKE), 1)
        return _unknown(seen, f"像是识别错误，可能是“{likely}”，请对照原件")
    match = _LETTER_FIRST.fullmatch(seen)
    if match and _unit_or_nothing(match["unit"]) and not _SECOND.search(match["unit"]):
        return _unknown(seen, "数字里混有字母，像是识别错误，请对照原件")
    match = _STOP_FOR_POINT.fullmatch(seen)
    if match and _unit_or_nothing(match["unit"]):
        likely = f"{match['whole']}.{match['part']}{match['unit']}"
        return _unknown(seen, f"小数点像是打错了，可能是“{likely}”，请对照原件")
    match = _GAP.fullmatch(seen)
    if match and _unit_or_nothing(match["unit"]):
        return _unknown(seen, "数字中间有空格或逗号，不知是一个数还是几个数，请对照原件")
    return None


def comma_lost(seen: str) -> Value | None:
    """1.500人: nobody counts thousandths of a person; the point may have been a comma."""
    match = _THOUSANDTHS.fullmatch(seen)
    measured = match_unit(match["unit"]) if match else None
    if match is None or measured is None or measured[1] < len(match["unit"]):
        return None
    if measured[0].dimension is not Dimension.COUNT or measured[0].factor != ONE:
        return None
    likely = seen.replace(".", ",")
    return _unknown(seen, f"“{seen}”的小数点可能是千分位逗号（{likely}），请对照原件")


def _looks_like_number(token: str) -> bool:
    letters = re.sub(r"[\d,.]", "", token)
    if not letters:
        return False
    return any(sign.isdigit() for sign in token) or (
        len(token) <= 3 and set(letters) <= set("OoIl") and "O" in token
    )


def _unit_or_nothing(text: str) -> bool:
    return not text or match_unit(text) is not None


def _unknown(seen: str, note: str) -> Value:
    return Value(raw=seen, kind=Kind.UNKNOWN, notes=(note,), doubtful=True)
