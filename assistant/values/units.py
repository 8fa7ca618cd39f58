"""Units of measure: found in a text, and taken apart (multiple, classifier or measure, denominator).

A unit not in the table is kept under its own spelling (``Dimension.OTHER``) and only compares with itself.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from string import ascii_letters
from typing import NamedTuple

from assistant.domain.patterns import pattern
from assistant.domain.value import Dimension, Unit
from assistant.values.unit_table import (
    CLASSIFIERS,
    FOREIGN_MONEY,
    MEASURES,
    MULTIPLES,
    PAIRED,
    PLACES,
    SPELLING,
)


def _table() -> dict[str, Unit]:
    units = {name: Unit(text=name, dimension=Dimension.COUNT, base=name) for name in CLASSIFIERS}
    units |= {name: Unit(text=name, dimension=Dimension.FOREIGN_MONEY, base=name) for name in FOREIGN_MONEY}
    for dimension, base, spellings in MEASURES:
        for name, factor in spellings.items():
            spelled = SPELLING.get(name, name)
            units[name] = Unit(text=spelled, dimension=dimension, factor=Decimal(factor), base=base)
    return units


_UNITS = _table()
_WITH_MULTIPLE = [name for name in _UNITS if name[0] not in "百千万亿"]  # 千瓦时 is not 千 + 瓦
_SIMPLE = frozenset(
    (*_UNITS, *MULTIPLES, *(multiple + name for multiple in MULTIPLES for name in _WITH_MULTIPLE))
)
_LONGEST = max(map(len, _SIMPLE))
_LETTERS = frozenset(ascii_letters)
_TIMES = frozenset("*·./×每")
_PRODUCT = frozenset("*·×")
_PERIODS = frozenset(
    ("天", "日", "周", "月", "季", "季度", "学期", "学年", "年", "次", "场", "期", "小时", "课时", "学时")
)
_PERSON_TIMES = frozenset(("人年", "人月", "人天", "人日"))

# 12/10万: a rate of so many in a population.
_POPULATIONS = {"10万": 10**5, "十万": 10**5, "百万": 10**6, "万": 10**4, "千": 1000}
_PER_POPULATION = pattern(rf"/({'|'.join(_POPULATIONS)})")

BARE = Unit()
PERCENT = _UNITS["%"]
YUAN = _UNITS["元"]
# Only below a stroke, where nothing else could be meant: 次/半年, m3/d, t/a.
_BELOW = pattern(r"半年|[da](?![A-Za-z])")
_UNITS["半年"] = Unit(text="半年", dimension=Dimension.DURATION, factor=Decimal(6), base="月")
_UNITS |= {
    letter: _UNITS[name].model_copy(update={"text": letter}) for letter, name in (("d", "天"), ("a", "年"))
}


class _Written(NamedTuple):
    """A unit found in a text: 元, 台(套), 元/人*月, 元每人, 元/(人·月), 公里·年, and where it ends."""

    top: str
    also: str
    per: str
    end: int
    times: str = ""


def match_unit(text: str, start: int = 0) -> tuple[Unit, int] | None:
    """The unit written in *text* (folded) from *start* on and where it ends, or ``None``."""
    written = _written(text, start)
    end = written.end if written else start
    if written is None and (population := _PER_POPULATION.match(text, start)):
        end = population.end()
    return (unit_of(text[start:end]), end) if end > start else None


def _written(text: str, start: int) -> _Written | None:
    end = _simple_end(text, start)
    if end == start:
        return None
    top, sign = text[start:end], text[end : end + 1]
    if sign == "(":
        closing = _simple_end(text, end + 1)
        if closing > end + 1 and text[closing : closing + 1] == ")":
            return _Written(top, text[end + 1 : closing], "", closing + 1)
    elif sign in _PRODUCT:
        last = _simple_end(text, end + 1)
        if last > end + 1 and text[last : last + 1] not in _PRODUCT:
            return _Written(top, "", "", last, text[end:last])
    elif sign in {"/", "每"}:
        below = end + 2 if text[end + 1 : end + 2] == "(" else end + 1
        if (last := _denominator_end(text, below)) > below:
            closed = last + 1 if text[last : last + 1] == ")" else last
            return _Written(top, "", text[below:last], closed)
    return _Written(top, "", "", end)


def _simple_end(text: str, start: int) -> int:
    """Where the longest unit without a denominator ends that *text* has at *start*; *start* where it has none.

    A Latin symbol ends where letters end: 5GB is no 5G, 3D no 3. 60周岁 is an age, no 60周.
    """
    for end in range(min(start + _LONGEST, len(text)), start, -1):
        if text[start:end] in _SIMPLE and text[end : end + 1] not in _LETTERS and text[end : end + 1] != "岁":
            return end
    return start


def _denominator_end(text: str, start: int) -> int:
    """Where 人, 半年, 人*月 or 人每月 ends, if it stands at *start*."""
    only_below = _BELOW.match(text, start)
    first = only_below.end() if only_below else _simple_end(text, start)
    if first == start:
        return start
    second = first + 1 if text[first : first + 1] in _TIMES else first
    last = _simple_end(text, second)
    if second == first and text[first:last] not in _PERIODS:
        return first  # 42元/册节省: 节 is no unit here
    return last if last > second else first


def counts_in_words(unit: Unit) -> bool:
    """Whether a Chinese numeral before *unit* is a count: 三场 is one, 一村 (一村一品) and 三级 are none."""
    return bool(unit.text) and unit.text not in PLACES


@lru_cache(maxsize=512)
def unit_of(text: str) -> Unit:
    """The unit spelled *text* (compact); ``""`` is no unit, an unknown spelling is ``OTHER``."""
    if not text:
        return BARE
    if population := _PER_POPULATION.fullmatch(text):
        share = 1 / Decimal(_POPULATIONS[population[1]])
        return Unit(text=text, dimension=Dimension.RATE, factor=share, base="1")
    written = _written(text, 0)
    if written is None or written.end < len(text):
        return _foreign_to_the_table(text)
    top = _simple(written.top)
    if written.also:
        return top.model_copy(update={"text": f"{top.text}({written.also})"})
    if written.times:
        return _product(top, written.times)
    if not written.per:
        return top
    per = [_simple(name) for name in _factors(written.per)]
    if len(per) == 1 and top.dimension is Dimension.COUNT and per[0].text in PAIRED:
        return top.model_copy(update={"text": f"{top.text}/{per[0].text}", "base": top.base + per[0].base})
    return _quotient(top, per, "" if "每" in text else written.per)


def _factors(per: str) -> list[str]:
    """人*月 and 人月 → 人, 月; 人次 is one."""
    only_below = _BELOW.match(per)
    first = 1 if per in _PERSON_TIMES else only_below.end() if only_below else _simple_end(per, 0)
    rest = per[first:]
    return [name for name in (per[:first], rest[1:] if rest[:1] in _TIMES else rest) if name]


def _product(top: Unit, times: str) -> Unit:
    """公里·年, 人·天: compares only with the same product. kW·h is the unit it is written for."""
    text = top.text + times
    if (joined := top.text + times[1:]) in _SIMPLE:
        return _simple(joined).model_copy(update={"text": text})
    other = _simple(times[1:])
    base = f"{top.base}·{other.base}"
    return Unit(text=text, dimension=Dimension.OTHER, factor=top.factor * other.factor, base=base)


def _quotient(top: Unit, per: list[Unit], written: str) -> Unit:
    """元/人*月; a denominator is converted where that is exact (万元/公里 = 10 元/米), else it stays as written.

    *written* is the denominator as the form has it (人·月), ``""`` where it is told in words (元每人每月).
    """
    factor, bases = top.factor, []
    for unit in per:
        share = factor / unit.factor if unit.factor else factor
        if share * unit.factor == factor and len(share.as_tuple().digits) < 20:
            factor = share
            bases.append(unit.base or unit.text)
        else:
            bases.append(unit.text)
    return Unit(
        text=f"{top.text}/{written or '*'.join(unit.text for unit in per)}",
        dimension=Dimension.COMPOUND,
        factor=factor,
        base=f"{top.base}/{'*'.join(sorted(bases))}",
    )


def _simple(text: str) -> Unit:
    """A unit without a denominator, with its multiple: 个, 万元, 千人次, 万."""
    if text in _UNITS:
        return _UNITS[text]
    for size in (2, 1):
        multiple, rest = text[:size], text[size:]
        if multiple in MULTIPLES and (not rest or rest in _UNITS):
            unit = _UNITS[rest] if rest else BARE
            times = unit.factor * MULTIPLES[multiple]
            return unit.model_copy(update={"text": multiple + unit.text, "factor": times})
    return _foreign_to_the_table(text)


def _foreign_to_the_table(text: str) -> Unit:
    return Unit(text=text, dimension=Dimension.OTHER, base=text)
