"""Plain text in pieces, and what each piece could be: a sign and number, a level's name, a figure, prose."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from assistant.exchange.grid import glued
from assistant.exchange.headings import level_of, norm

_PIECE = re.compile(r"[^ \t\u3000]+")
_SIGNED = re.compile(r"[≥≤＞＜>=<＝﹦≧≦⩾⩽》《~～]")
_MEASURE = re.compile(
    r"(?:约|共|近|超过|不少于|不低于|不超过|不高于|大于|小于|等于|达到|控制在)?[-+]?[\d,，]+(?:\.\d+)?(?:[%％‰]|[^\d\s。；，]{0,8})?(?:以上|以下|以内|左右)?"
)
_DATE = re.compile(
    r"(?:\d{4}[年.\-/])?\d{1,2}月?(?:\d{1,2}日)?(?:底|初|末)?(?:之?前)?(?:完成)?|\d{4}年.{0,10}|.{0,6}(?:年底|季度|月底|月).{0,4}"
)
_QUALITY = re.compile(
    r"[优良中低差好坏高]{1,6}|(?:优|良|中|差)[，,].*|(?:部分|未|基本|全部|已)?(?:达成|完成|达标|实现|合格|达到).{0,14}|.{0,8}(?:及时|按时|明显|显著|有效|提升|提高|良好|满意|增强|改善|保障|稳定|合规|规范|合格|长期|符合|是|否)"
)
_FIGURE = re.compile(r"\d+(?:\.\d+)?分?")
_NOTHING = re.compile(r"[-—－/／\\]+|无")


@dataclass(slots=True)
class Token:
    """A piece of a line: its text, line number, first column and the one behind, whether it begins its line."""

    text: str
    line: int
    column: int
    first: bool
    end: int = 0


def width(text: str) -> int:
    """Columns of *text* where a wide character takes two, as in text laid out by a machine."""
    return sum(
        2 if ord(character) > 0x2E7F or character in "—…“”‘’①②③④⑤⑥⑦⑧⑨⑩≥≤×" else 1 for character in text
    )


def tokens(line: str, number: int, measure: Callable[[str], int] = width) -> list[Token]:
    """The pieces of *line* parted by spaces; *measure* tells how many columns a text takes."""
    found: list[Token] = []
    column = at = 0
    for match in _PIECE.finditer(line):
        column += measure(line[at : match.start()])
        at, end = match.end(), column + measure(match[0])
        found.append(Token(match[0], number, column, not found, end))
        column = end
    return found


def joined_levels(pieces: list[Token]) -> list[Token]:
    """Join names of levels broken over lines: ``满意度指`` + ``标`` → ``满意度指标``."""
    found: list[Token] = []
    index = 0
    while index < len(pieces):
        piece = pieces[index]
        best = 0
        text = piece.text
        if not level_of(text) or text.endswith(("效益", "影响", "满意度")):
            for ahead in range(1, 5):
                if index + ahead >= len(pieces) or len(text) > 14:
                    break
                following = pieces[index + ahead]
                if following.line == pieces[index + ahead - 1].line and not following.first:
                    break
                text = glued(text, following.text)
                if level_of(text) and (not level_of(following.text) or len(following.text) <= 2):
                    best = ahead
        if best:
            text = "".join(one.text for one in pieces[index : index + best + 1])
            found.append(Token(text, pieces[index + best].line, piece.column, piece.first))
        else:
            found.append(piece)
        index += best + 1
    return found


def is_measure(text: str) -> bool:
    """Whether *text* is a whole value: a number with its sign and unit, or a date."""
    flat = norm(text)
    return bool(_MEASURE.fullmatch(_SIGNED.sub("", flat))) and not flat.endswith(
        ("年", "月", "完", ".", "，")
    )


def cost(text: str, role: str) -> int:
    """How little *text* looks like a cell of the column *role*: 0 for a perfect fit, 60 and more for a misfit."""
    flat = norm(text)
    level = level_of(text)
    figure, nothing = bool(_FIGURE.fullmatch(flat)), bool(_NOTHING.fullmatch(flat))
    if role == "level1":
        return 0 if level == 1 else 15 if flat.endswith("指标") and len(flat) < 9 else 60
    if role == "level2":
        return (
            0 if level == 2 else 8 if level == 1 else 15 if flat.endswith("指标") and len(flat) < 12 else 60
        )
    if level and role in {"reason", "evidence", "target", "actual", "weight", "score"}:
        return 60
    if role == "level3":
        return 60 if level else 50 if figure or nothing else 30 if _SIGNED.match(flat) else 0
    if role in {"target", "actual", "value", "initial_target"}:
        if _SIGNED.match(flat):
            return 0
        if figure:
            return 7
        if nothing:
            return 8
        if _MEASURE.fullmatch(flat) or _DATE.fullmatch(flat):
            return 2
        if _QUALITY.fullmatch(flat):
            return 4
        return 14 if len(flat) <= 8 else 22
    if role in {"initial", "budget", "executed", "rate"}:
        return 0 if re.fullmatch(r"[-+\d,，.]*\d(?:[%％]|万?元)?", flat) else 6 if nothing else 90
    if role in {"weight", "score"}:
        return 0 if figure else 6 if nothing else 90
    if role == "op":
        return 0 if _SIGNED.fullmatch(flat) or flat in {"定性", "定性指标", "定量"} else 60
    if role == "unit":
        return 2 if len(flat) <= 5 and not figure else 40
    return 40 if figure else 20 if nothing else 8
