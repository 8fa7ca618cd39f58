"""Lists inside a text: 一、（一）1. 1、（1）1）① 一是 第一， 目标1：… — their marks, numbers and what each item says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.checks.text import han_count, sentences, unwrap
from assistant.domain.patterns import pattern

_DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_CN = r"[一二三四五六七八九十]"
_EDGE = r"(?:(?<![\s\S])|(?<=[\n。；;：:！!？?\s]))"  # the text's start, or after a stop
_MARK = pattern(
    r"(?=[①-⑳目任\d（(第一二三四五六七八九十])"  # what a mark begins with: hardly any character, so hardly any is tried
    r"(?:(?P<circle>[①-⑳])"
    rf"|(?<![年度总体])(?:目标|任务)(?P<goal>\d{{1,2}}|{_CN})[：:]"
    rf"|{_EDGE}(?P<dot>\d{{1,2}})[.．](?!\d(?!\d{{3}}年))(?![a-zA-Z])"
    rf"|{_EDGE}(?P<comma>\d{{1,2}})、(?!\d)"
    rf"|(?<![\dA-Za-z第图表〔])[（(](?P<bracket>\d{{1,2}})[)）](?![、号])"
    rf"|{_EDGE}(?P<half>\d{{1,2}})[)）]"
    rf"|{_EDGE}(?P<chinese>{_CN}{{1,3}})、(?!{_CN}[、级是])"
    rf"|(?<![第\d])[（(](?P<chinese_bracket>{_CN}{{1,3}})[)）]"
    rf"|(?:(?<![\s\S])|(?<=[\n。；;：:，,\s]))(?P<first_is>{_CN})是(?!否|非)"
    rf"|(?:(?<![\s\S])|(?<=[\n。；;：:，,\s]))第(?P<first>{_CN})[，,、：:])"
)
_GLUED = pattern(r"(?:(?<=[\n。；;]))(?P<dot>\d{1,2})[.．](?=\d)")

STYLE_LABELS = {
    "circle": "①",
    "goal": "目标1：",
    "dot": "1.",
    "comma": "1、",
    "bracket": "（1）",
    "half": "1）",
    "chinese": "一、",
    "chinese_bracket": "（一）",
    "first_is": "一是",
    "first": "第一，",
}


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list: its *style* (a key of ``STYLE_LABELS``), *number*, *mark* as written and *text*."""

    style: str
    number: int
    mark: str
    text: str


def _number(style: str, written: str) -> int:
    if style == "circle":
        return ord(written) - ord("①") + 1
    if written.isdecimal():
        return int(written)
    tens, ten, ones = written.rpartition("十")
    if not ten:
        return _DIGITS[written[-1]]
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)


def _with_glued(text: str, marks: list[re.Match[str]]) -> list[re.Match[str]]:
    """*marks* and those that run into a figure, where the list misses just their number: 1.维修校舍；2.5所学校受益."""
    dotted = {int(mark["dot"]): mark for mark in marks if mark.lastgroup == "dot"}
    glued = []
    for mark in _GLUED.finditer(text) if dotted else ():
        number = int(mark["dot"])
        before, after = dotted.get(number - 1), dotted.get(number + 1)
        if number in dotted or before is None or before.end() > mark.start():
            continue
        if after is None or mark.end() <= after.start():
            dotted[number] = mark
            glued.append(mark)
    return sorted((*marks, *glued), key=lambda mark: mark.start()) if glued else marks


@lru_cache(maxsize=1024)
def items(text: str) -> tuple[Item, ...]:
    """The marked entries of *text* in order; a lone mark is no list, except that a nested list may begin with one."""
    joined = unwrap(text)
    marks = _with_glued(joined, list(_MARK.finditer(joined)))
    if len(marks) < 2:
        return ()
    ends = [mark.start() for mark in marks[1:]] + [len(joined)]
    found = []
    for mark, end in zip(marks, ends, strict=True):
        style = mark.lastgroup or ""
        found.append(
            Item(style, _number(style, mark[style]), mark[0].strip(), joined[mark.end() : end].strip())
        )
    return tuple(found)


def leaves(text: str) -> tuple[Item, ...]:
    """The innermost entries: an item directly followed by a deeper list is only its heading."""
    entries = items(text)
    kept = []
    for position, entry in enumerate(entries):
        following = entries[position + 1] if position + 1 < len(entries) else None
        is_heading = following is not None and following.style != entry.style and following.number == 1
        if not is_heading or han_count(entry.text) > 30:
            kept.append(entry)
    return tuple(kept)


def parts(text: str) -> tuple[str, ...]:
    """What a goal promises, piece by piece: list items where there are any, else its sentences."""
    entries = leaves(text)
    pieces = tuple(entry.text for entry in entries) if entries else sentences(text)
    return tuple(piece for piece in pieces if han_count(piece) >= 4)


def mixed_styles(text: str) -> tuple[str, str] | None:
    """Two marks used for one level (``1.`` beside ``1、``), as labels, or ``None``."""
    used = dict.fromkeys(entry.style for entry in items(text))
    for one, other in (("dot", "comma"), ("bracket", "half"), ("first_is", "first"), ("comma", "half")):
        if one in used and other in used:
            return STYLE_LABELS[one], STYLE_LABELS[other]
    return None


def broken_order(text: str) -> tuple[Item, Item | None] | None:
    """The first entry whose number does not follow, with the entry of its style before it, or ``None``.

    A list may begin again at 1 under every heading.
    """
    last: dict[str, Item] = {}
    for entry in items(text):
        before = last.get(entry.style)
        follows = entry.number == (before.number + 1 if before else 1)
        begins_again = entry.number == 1 and (before is None or before.number > 1 or len(last) > 1)
        if not follows and not begins_again:
            return entry, before
        last[entry.style] = entry
    return None
