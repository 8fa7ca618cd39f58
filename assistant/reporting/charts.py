"""Bars to look at: one model for pictures, Word charts and terminals, and the terminal's own drawing of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assistant.domain.amounts import ONE, ZERO, plain
from assistant.exchange.gfm import display_width
from assistant.scoring.arithmetic import quotient

_EIGHTHS = " ▏▎▍▌▋▊▉"
_LONGEST_NAME = 24
"""Columns a name may take in a terminal."""


@dataclass(frozen=True, slots=True)
class Series:
    """One row of values: its name and a value for each category, ``None`` where there is none."""

    name: str
    values: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A bar chart.

    Attributes:
        key: Names its file: ``scores``.
        title: What it shows, with the unit in brackets.
        categories: What each group of bars belongs to.
        series: One bar of each group.
        suffix: What stands behind each value: ``%`` or ``""``.
        whole: The value a full bar has; ``None`` = the greatest shown.
        blank: Stands for a value that is not there.
    """

    key: str
    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    suffix: str = ""
    whole: Decimal | None = None
    blank: str = "未填"

    @property
    def most(self) -> Decimal:
        """The value of a full bar, above 0."""
        values = [value for series in self.series for value in series.values if value is not None]
        most = max([*values, *([self.whole] if self.whole is not None else [])], default=ONE)
        return most if most > ZERO else ONE

    def label(self, value: Decimal | None) -> str:
        """The number beside a bar."""
        return self.blank if value is None else f"{plain(value)}{self.suffix}"

    def share(self, value: Decimal | None) -> Decimal:
        """How much of a full bar *value* is, 0 to 1."""
        return ZERO if value is None else max(ZERO, quotient(value, self.most))

    def parts(self, most: int) -> tuple[Chart, ...]:
        """The same in charts of at most *most* categories, about equally many, all to the same scale."""
        if len(self.categories) <= most:
            return (self,)
        count = -(-len(self.categories) // most)
        most = -(-len(self.categories) // count)
        pieces = range(0, len(self.categories), most)
        return tuple(
            Chart(
                f"{self.key}-{number}",
                f"{self.title}（{number}／{len(pieces)}）",
                self.categories[at : at + most],
                tuple(Series(one.name, one.values[at : at + most]) for one in self.series),
                self.suffix,
                self.most,
                self.blank,
            )
            for number, at in enumerate(pieces, 1)
        )


def as_text(chart: Chart, width: int = 78) -> list[str]:
    """Lines of at most *width* columns: name, a bar of block characters, the number. Readable without any colour."""
    several = len(chart.series) > 1
    names = [shortened(name, _LONGEST_NAME) for name in chart.categories]
    left = max(map(display_width, names), default=0)
    kinds = max((display_width(one.name) for one in chart.series), default=0) + 1 if several else 0
    figures = [chart.label(value) for one in chart.series for value in one.values]
    right = max(map(display_width, figures), default=0)
    room = max(8, width - left - kinds - right - 3)
    lines = [chart.title]
    for at, name in enumerate(names):
        for number, one in enumerate(chart.series):
            head = _padded(name if not number else "", left)
            kind = _padded(one.name, kinds) if several else ""
            value = one.values[at]
            lines.append(f"{head} {kind}{_padded(bar(chart.share(value), room), room)} {chart.label(value)}")
    return lines


def bar(share: Decimal, room: int) -> str:
    """*share* (0 to 1) of *room* columns, to an eighth of a column; whatever is above 0 can be seen."""
    eighths = int(share * room * 8)
    eighths = max(eighths, 1) if share > ZERO else 0
    whole, rest = divmod(min(eighths, room * 8), 8)
    return "█" * whole + (_EIGHTHS[rest] if rest else "")


def shortened(text: str, width: int) -> str:
    """*text* in *width* columns, with … where it goes on."""
    if display_width(text) <= width:
        return text
    return "".join(_fitting(text, width - 1)) + "…"


def _fitting(text: str, width: int) -> Iterator[str]:
    used = 0
    for character in text:
        used += display_width(character)
        if used > width:
            return
        yield character


def _padded(text: str, width: int) -> str:
    return text + " " * max(0, width - display_width(text))
