"""拼音首字母 of Chinese text, without a dictionary.

GB 2312 sorts its 3,755 common characters by pinyin, so the first character of each initial divides them all. A
character with two readings has the one it is sorted under (重 is z); where a command goes by the other, it says so.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache

_FIRST = "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝"
_LETTERS = "abcdefghjklmnopqrstwxyz"
_CODES = [character.encode("gb2312") for character in _FIRST]
_BEYOND = "亍".encode("gb2312")
"""The first of the rarer characters, which are sorted by strokes: they have no initial here."""


def _initial(character: str) -> str:
    try:
        code = character.encode("gb2312")
    except UnicodeEncodeError:
        return ""
    if len(code) == 1:
        return character.lower() if character.isalnum() else ""
    return _LETTERS[bisect_right(_CODES, code) - 1] if _CODES[0] <= code < _BEYOND else ""


@lru_cache(maxsize=4096)
def initials(text: str) -> str:
    """``实际完成值`` → ``sjwcz``; Latin letters and digits stay, marks are left out."""
    return "".join(map(_initial, text))


def matches(typed: str, text: str) -> bool:
    """Whether what was *typed* (characters or initials) names *text*; letters in either case."""
    wanted = typed.strip().lower()
    return wanted in text.lower() or (wanted.isascii() and wanted.isalpha() and wanted in initials(text))
