"""What the checks ask of the name of an indicator."""

from __future__ import annotations

from functools import lru_cache

from assistant.checks.form import Row
from assistant.domain.patterns import pattern

LONG_NAME = 30  # characters of a 三级指标
_ORDINAL = pattern(
    r"\A[★☆*＊\s]*(指标\s*[\d一二三四五六七八九十]*\s*[:：、.]|[（(]?\d{1,2}[)）.、．:：]|[一二三四五六七八九十]+[、.])\s*"
)


def bare_name(row: Row) -> str:
    """The 三级指标 of *row* without numbering and marks."""
    return without_ordinal(row.cells.level3)


# A keystroke changes one cell; what was found in the others is remembered.
@lru_cache(maxsize=4096)
def without_ordinal(name: str) -> str:
    """*name* without leading stars, ``指标1：`` or ``（1）``."""
    return _ORDINAL.sub("", name.strip())
