"""预期目标 and 实际完成情况 run together in a PDF's text: where one ends and the other begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from assistant.exchange.grid import flowed

_END = ("。", "；", ";", "！", "：", ":", ".", "”", "》", "）")
_NUMBERED = re.compile(
    r"(?:(\d{1,2})\s*[.、．)）]|[(（](\d{1,2})[)）]|([①-⑳])|([一二三四五六七八九十])[、.．])"
)


def split_goals(lines: Sequence[str]) -> tuple[str, str, bool]:
    """The two texts, and whether there was no doubt (only one text, or none)."""
    kept = list(lines)
    if sum(bool(line.strip()) for line in kept) < 2:
        return "\n".join(kept).strip(), "", not any(line.strip() for line in kept)
    places = [
        place
        for place in range(1, len(kept))
        if kept[place].strip() and any(line.strip() for line in kept[:place])
    ]
    best = max(places, key=lambda place: (_merit(kept, place), -abs(2 * place - len(kept))))
    return flowed("\n".join(kept[:best])), flowed("\n".join(kept[best:])), False


def _merit(lines: Sequence[str], place: int) -> int:
    """How well a cut before line *place* makes two texts of one shape (a goal, and how it was met)."""
    before = next((line for line in reversed(lines[:place]) if line.strip()), "").rstrip()
    left = [line for line in lines[:place] if line.strip()]
    right = [line for line in lines[place:] if line.strip()]
    merit = 30 if before.endswith(("。", "；", ";", "！")) else 10 if before.endswith(_END) else 0
    merit += 8 if not lines[place - 1].strip() else 0
    first, second = _marks(left), _marks(right)
    if first and second:
        merit += 40 if first == second else 0
        merit += 25 if first[0] == second[0] else -10
        merit += int(20 * SequenceMatcher(None, first, second, autojunk=False).ratio())
    elif bool(first) != bool(second):
        merit -= 15
    opening, answer = "".join(left)[:30], "".join(right)[:30]
    merit += int(40 * SequenceMatcher(None, opening, answer, autojunk=False).ratio())
    if re.match(r"(?:已|全年|本年|20\d\d年|实际|完成)", right[0].strip()):
        merit += 12
    if re.match(r"[，。；、）》]", right[0].strip()):
        merit -= 60
    return merit + _even(left, right)


def _marks(lines: Sequence[str]) -> list[str]:
    """The numbering marks that begin lines, in order."""
    return [
        next(group for group in match.groups() if group)
        for line in lines
        if (match := _NUMBERED.match(line.strip()))
    ]


def _even(left: Sequence[str], right: Sequence[str]) -> int:
    """Columns of a page have their own widths: the longest lines of each side should be alike within the side."""

    def spread(lines: Sequence[str]) -> int:
        longest = max(len(line) for line in lines)
        full = sum(len(line) >= longest - 2 for line in lines)
        return min(full, 6)

    return spread(left) + spread(right)
