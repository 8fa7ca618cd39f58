"""Measures of the printed form: how wide each column, how high each row, where pages end.

Widths in millimetres, heights in points. Chinese characters are as wide as the font is high in every font, and lines
have an exact height, so the estimate holds whichever fonts a machine has.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import ceil

from assistant.domain.case import Case
from assistant.exchange.form_layout import SIDE, FormLayout, Kind, Part, Placed, form_layout

FONT_POINTS = "10.5"
EM = 10.5 * 25.4 / 72
"""Millimetres a Chinese character takes."""

LINE_POINTS = 14
ROW_POINTS = 21
"""The least height of a row."""

ROW_SPACE = 4
"""What borders and cell margins add to the lines of a row."""

CELL_SPACE = 2.2
"""Millimetres a cell's width has beyond its text: two margins of 1 mm and the border."""

HIGHEST_ROW = 400
"""Points; a spreadsheet allows 409."""

PORTRAIT, LANDSCAPE = (210, 297), (297, 210)
SIDE_MARGIN, TOP_MARGIN, BOTTOM_MARGIN = 18, 20, 18
TITLE_POINTS = 58
"""What title, year and the gap below them take on the first page."""

BANNER_POINTS = 24
SHEET_LINE_POINTS = 15
"""Spreadsheets have no exact line height: room for fonts with tall lines."""

_POINT = 72 / 25.4
_STEP = 2
_TOKEN = re.compile(r"[!-~]+|\s|.", re.DOTALL)
_NARROW = {
    **dict.fromkeys("ijl.,:;'|!()[]/ -", 0.33),
    **dict.fromkeys("mwMW%@", 0.83),
    **dict.fromkeys("≥≤", 1.0),
}


@lru_cache(maxsize=4096)
def _character(character: str) -> float:
    if character in _NARROW:
        return _NARROW[character]
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    if unicodedata.east_asian_width(character) in "WFA":
        return 1
    return 0.72 if character.isupper() else 0.5


@lru_cache(maxsize=4096)
def ems(text: str) -> float:
    """Width of *text* on one line, in widths of a Chinese character."""
    return sum(map(_character, text))


@lru_cache(maxsize=4096)
def line_count(text: str, width: float) -> int:
    """Lines *text* takes in *width* (in widths of a character); words of Latin letters and figures stay whole."""
    lines = 0
    for paragraph in text.split("\n"):
        lines += 1
        used = 0.0
        for token in _TOKEN.findall(paragraph):
            wide = ems(token)
            if used + wide > width and used:
                lines += 1
                used = 0
            if wide > width:
                lines += ceil(wide / width) - 1
                wide %= width
            used += wide
    return lines


@dataclass(frozen=True, slots=True)
class Measures:
    """A layout with its measures.

    Attributes:
        layout: Labels begin anew where a page does.
        page: Width and height of the paper in millimetres.
        widths: Of each column.
        upper, lower: Heights of the rows of both parts.
        starts: Rows of the lower part that begin a page.
    """

    layout: FormLayout
    page: tuple[int, int]
    widths: tuple[int, ...]
    upper: tuple[int, ...]
    lower: tuple[int, ...]
    starts: tuple[int, ...] = ()


def measured(case: Case, *, banner: bool = False, line: int = LINE_POINTS) -> Measures:
    """Lay *case* out and measure it with lines of *line* points; a *banner* above the form takes room too."""
    layout = form_layout(case)
    page = PORTRAIT if layout.width <= 9 else LANDSCAPE
    widths = _widths(layout, page[0] - 2 * SIDE_MARGIN)
    layout = form_layout(case, _halves(case, widths))
    upper, lower = _heights(layout.upper, widths, line), _heights(layout.lower, widths, line)
    room = int((page[1] - TOP_MARGIN - BOTTOM_MARGIN) * _POINT)
    starts = _page_starts(
        sum(upper) + TITLE_POINTS + (BANNER_POINTS if banner else 0), lower, layout.lower.heading, room
    )
    return Measures(
        replace(layout, lower=layout.lower.parted(set(starts))), page, widths, upper, lower, starts
    )


def measured_for_sheet(case: Case, *, banner: bool = False) -> Measures:
    """:func:`measured` for spreadsheets: what is higher than a row may be stands over several rows."""
    form = measured(case, banner=banner, line=SHEET_LINE_POINTS)
    parts, heights, starts = [], [], form.starts
    for part, rows in ((form.layout.upper, form.upper), (form.layout.lower, form.lower)):
        counts = [ceil(height / HIGHEST_ROW) for height in rows]
        parts.append(part.stretched(counts))
        heights.append(
            tuple(
                ceil(height / count) for height, count in zip(rows, counts, strict=True) for _ in range(count)
            )
        )
        starts = tuple(sum(counts[:row]) for row in form.starts)
    layout = replace(form.layout, upper=parts[0], lower=parts[1])
    return replace(form, layout=layout, upper=heights[0], lower=heights[1], starts=starts)


def text_width(cell: Placed, widths: Sequence[int]) -> float:
    """Room for text in *cell*, in widths of a character."""
    return max(1.0, (sum(widths[cell.column : cell.column + cell.across]) - CELL_SPACE) / EM)


def _halves(case: Case, widths: Sequence[int]) -> int:
    """How many columns the left half of the goals covers, so that both texts come out equally high."""

    def cost(at: int) -> tuple[int, int]:
        left, right = sum(widths[1 : at + 1]), sum(widths[at + 1 :])
        lines = sum(max(_lines(goal.expected, left), _lines(goal.actual, right)) for goal in case.goals)
        return lines, abs(left - right)

    whole = sum(widths[1:])
    fair = [at for at in range(2, len(widths) - 2) if abs(2 * sum(widths[1 : at + 1]) - whole) < whole * 0.4]
    return min(fair or range(2, len(widths) - 2), key=cost)


def _lines(text: str, width: int) -> int:
    return line_count(text, (width - CELL_SPACE) / EM)


def _heights(part: Part, widths: Sequence[int], line: int) -> tuple[int, ...]:
    heights = [ROW_POINTS] * part.height
    for cell in sorted(part.cells, key=lambda cell: cell.down):
        needed = line_count(cell.text, text_width(cell, widths)) * line + ROW_SPACE
        rows = range(cell.row, cell.row + cell.down)
        missing = needed - sum(heights[row] for row in rows)
        if missing > 0:  # a tall label makes each of its rows a little higher
            share, rest = divmod(missing, cell.down)
            for row in rows:
                heights[row] += share + (1 if row - cell.row < rest else 0)
    return tuple(heights)


def _page_starts(above: int, heights: Sequence[int], heading: int, room: int) -> tuple[int, ...]:
    """Rows that begin a page, where *above* points are taken before the first. A heading never ends a page."""
    starts: list[int] = []
    repeated = sum(heights[:heading])
    used = above % room if above > room else above
    if used + sum(heights[: heading + 1]) > room:
        starts.append(0)
        used = 0
    for row, height in enumerate(heights):
        if used + height > room and used > repeated:
            starts.append(row)
            used = repeated
        used += height
        if used > room:  # one row higher than a page goes on over it
            used %= room
    return tuple(starts)


def _widths(layout: FormLayout, whole: int) -> tuple[int, ...]:
    """Share *whole* millimetres: narrow columns get what they need, wide ones so that the form stays short."""
    columns: list[list[Placed]] = [[] for _ in layout.columns]
    for part in (layout.upper, layout.lower):
        for cell in part.cells:
            if cell.across == 1:
                columns[cell.column].append(cell)
    least = {"level3": 26, "target": 21, "actual": 21, "reason": 25, "evidence": 22}
    dear = 0.4 if whole < LANDSCAPE[0] - 2 * SIDE_MARGIN else 0.1
    widths = []
    for name, cells in zip(layout.columns, columns, strict=True):
        longest = max(
            (_longest_word(cell.text) for cell in cells if cell.kind is not Kind.LABEL), default=0.0
        )
        fits = min(ceil(longest * EM + CELL_SPACE), 30)
        if name == SIDE:
            widths.append(11)
        elif name in {"level1", "level2"}:
            labels = {cell.text for cell in cells if cell.kind is Kind.LEVEL}
            widths.append(ceil(_label_ems(labels, dear) * EM + CELL_SPACE))
        else:
            widths.append(max(least.get(name, 14 if name == "score" else 12), fits))
    flexible = [at for at, name in enumerate(layout.columns) if name in least]
    while sum(widths) > whole:  # very long words: no column may push the others off the paper
        widest = max(flexible, key=lambda at: widths[at])
        widths[widest] -= 1
    _share(widths, whole - sum(widths), flexible, layout.lower, columns)
    return tuple(widths)


def _longest_word(text: str) -> float:
    return max((ems(token) for token in _TOKEN.findall(text)), default=0.0)


def _label_ems(labels: set[str], dear: float) -> int:
    """Characters a line of labels should hold: few, at a price of *dear* each, yet seldom one alone on a line."""

    def cost(width: int) -> float:
        lines = [line for label in labels for line in label.split("\n")]
        return sum(1 for line in lines if len(line) > width and len(line) % width == 1) + dear * width

    return min(range(2, 6), key=cost)


def _share(
    widths: list[int], free: int, flexible: Sequence[int], part: Part, columns: Sequence[Sequence[Placed]]
) -> None:
    """Hand out *free* millimetres where they shorten the rows most."""
    lengths = [[0.0] * len(widths) for _ in range(part.height)]
    for at in flexible:
        for cell in columns[at]:
            if cell.kind is not Kind.LABEL and cell.paths and cell.paths[0].startswith("indicators"):
                lengths[cell.row][at] = ems(cell.text)

    def height(at: int, width: int) -> float:
        room, total = (width - CELL_SPACE) / EM, 0.0
        for row in lengths:
            others = max(
                row[other] / ((widths[other] - CELL_SPACE) / EM) for other in flexible if other != at
            )
            total += max(1.0, others, row[at] / room)
        return total

    while free > 0:
        step = min(_STEP, free)
        gains = {at: height(at, widths[at]) - height(at, widths[at] + step) for at in flexible}
        best = max(flexible, key=lambda at: (round(gains[at], 6), -widths[at]))
        widths[best] += step
        free -= step
