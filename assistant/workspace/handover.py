"""The form cell by cell, as the web page of a budget system takes it: order, spelling, lengths. Pure.

Such pages want the money spent, then each 三级指标 with its result, points and reason, then 实际完成情况. They count characters or GBK bytes,
and some refuse ``*``, ``_`` and ``-`` in a value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from assistant.domain.case import Case, FundRow, Goal, Indicator
from assistant.domain.patterns import pattern
from assistant.domain.places import column
from assistant.domain.profile import Profile

USUAL_LIMIT = 2000
"""Characters the text fields of budget systems hold where the rules name no other number."""

_FUND_CELLS = ("initial", "budget", "executed")
_SCORED_FUND_CELLS = ("rate", "score")
_DASHES = frozenset({"-", "—", "－", "/"})
"""What a form prints where a row has no such figure."""
_ROW_CELLS = ("actual", "score", "reason")
_REFUSED = "*_-"
_DATE = pattern(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_MONTH = pattern(r"(?<![\d.])((?:19|20)\d\d)-(0?[1-9]|1[0-2])(?![\d-])")
# Not a telephone (010-…), not a year with a number (2022-15号), not a part of a longer code.
_RANGE = pattern(
    r"(?<![A-Za-z0-9.\-])(?!0\d{2,3}-)(?!(?:19|20)\d\d-\d{1,3}(?!\d))"
    r"(\d[\d.,]*\s*[%％‰]?[^\W\d_]{0,3})\s*-+\s*(?=\d[\d.,]{0,9}(?![\d\-]))"
)
_MINUS = pattern(r"(?<![\w.)）%％])-(?=\d)")
_TIMES = pattern(r"(?<=\d)\s*\*\s*(?=\d)")
_BULLET = pattern(r"(?m)^[ \t]*[-*][ \t]+")


@dataclass(frozen=True, slots=True)
class Change:
    """One respelling: what stood there and what stands there now."""

    before: str
    after: str


@dataclass(frozen=True)
class HandedCell:
    """One cell to be put into the web page.

    Attributes:
        path: The cell.
        row: The row's name in the user's words.
        label: The cell's heading.
        written: The text as it is in the form.
        limit: Characters the target holds.
    """

    path: str
    row: str
    label: str
    written: str
    limit: int = USUAL_LIMIT

    @cached_property
    def cleaned(self) -> str:
        """The text spelled without the marks that some systems refuse."""
        return respelled(self.written)[0]

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """What :attr:`cleaned` changed."""
        return respelled(self.written)[1]

    def remarks(self, text: str) -> Iterator[str]:
        """What may go wrong with *text* (written or cleaned) in the target, one sentence each."""
        if len(text) > self.limit:
            yield f"太长：{len(text)} 字，超出 {len(text) - self.limit} 字（上限 {self.limit} 字）。"
        elif gbk_bytes(text) > self.limit:
            yield f"系统若按字节计数会超出：{gbk_bytes(text)} 字节，上限 {self.limit}。"
        if refused := "".join(dict.fromkeys(mark for mark in text if mark in _REFUSED)):
            yield f"含有 {' '.join(refused)}，有的系统不收，请自行改写。"
        if missing := not_in_gbk(text):
            yield f"老系统的字库里没有：{' '.join(missing)}，粘贴后请核对。"


def cells_to_hand(case: Case, profile: Profile) -> tuple[HandedCell, ...]:
    """Every filled cell in the order of the web page."""
    return tuple(cell for cell in _cells(case, profile) if cell.written)


def _cells(case: Case, profile: Profile) -> Iterator[HandedCell]:
    limits = profile.text_limits
    for index, fund in enumerate(case.funds):
        is_scored = index == case.total_funds_index
        for cell in (*_FUND_CELLS, *(_SCORED_FUND_CELLS if is_scored else ())):
            text = getattr(fund, cell).strip()
            if text not in _DASHES:
                yield HandedCell(f"funds[{index}].{cell}", fund.label, column(FundRow, cell), text)
    for index, row in enumerate(case.indicators):
        name = row.level3.strip() or "未填名称"
        for cell in _ROW_CELLS:
            limit = limits.get("reason", USUAL_LIMIT) if cell == "reason" else USUAL_LIMIT
            yield HandedCell(
                f"indicators[{index}].{cell}",
                f"{index + 1} {name}",
                column(Indicator, cell),
                getattr(row, cell).strip(),
                limit,
            )
    for index, goal in enumerate(case.goals):
        number = f" {index + 1}" if len(case.goals) > 1 else ""
        yield HandedCell(
            f"goals[{index}].actual",
            f"年度总体目标{number}",
            column(Goal, "actual"),
            goal.actual.strip(),
            limits.get("goal", USUAL_LIMIT),
        )


def gbk_bytes(text: str) -> int:
    """How many bytes *text* takes in GBK (four for what only GB 18030 has)."""
    return len(text.encode("gb18030", errors="replace"))


def not_in_gbk(text: str) -> tuple[str, ...]:
    """The characters GBK does not have, each once."""
    return tuple(dict.fromkeys(character for character in text if not _is_gbk(character)))


def _is_gbk(character: str) -> bool:
    try:
        character.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True


def respelled(text: str) -> tuple[str, tuple[Change, ...]]:
    """*text* without ``*``, ``_`` and ``-`` where the meaning is plain, and each respelling.

    2022-11-30 → 2022年11月30日; 90%-95% → 90%至95%; -3℃ → 负3℃; 3*5 → 3×5. Other marks stay: a person must say
    what they mean.
    """
    changes: list[Change] = []
    for found, spell in _RULES:
        text = _replaced(text, found, spell, changes)
    return text, tuple(dict.fromkeys(changes))


def _day(year: str, month: str, day: str) -> str:
    return f"{year}年{int(month)}月{int(day)}日"


_RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (_BULLET, lambda found: "·"),
    (_DATE, lambda found: _day(found[1], found[2], found[3])),
    (_MONTH, lambda found: f"{found[1]}年{int(found[2])}月"),
    (_RANGE, lambda found: f"{found[1]}至"),
    (_MINUS, lambda found: "负"),
    (_TIMES, lambda found: "×"),
)


def _replaced(
    text: str, found: re.Pattern[str], spell: Callable[[re.Match[str]], str], changes: list[Change]
) -> str:
    def one(match: re.Match[str]) -> str:
        new = spell(match)
        if not set(match[0]) & set(_REFUSED):
            return match[0]
        end = len(match[0]) + _digits(text, match.end())
        changes.append(
            Change(text[match.start() : match.start() + end], new + text[match.end() : match.start() + end])
        )
        return new

    return found.sub(one, text)


def _digits(text: str, start: int) -> int:
    """How many characters of the number behind *start* belong to what was respelled, for showing it whole."""
    end = start
    while end < len(text) and (text[end].isdigit() or text[end] in ".%％‰"):
        end += 1
    return end - start
