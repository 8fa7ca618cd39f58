"""Units of measure: found in a text, and taken apart (multiple, classifier or measure, denominator).

A unit not in the table is kept under its own spelling (``Dimension.OTHER``) and only compares with itself.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

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


def _longest_first(names: list[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


_UNITS = _table()
_MULTIPLE = _longest_first(list(MULTIPLES))
_WHOLE = _longest_first([name for name in _UNITS if name[0] in "百千万亿"])  # 千瓦时 is not 千 + 瓦
_NAME = _longest_first([name for name in _UNITS if name[0] not in "百千万亿"])
# A Latin symbol ends where letters end: 5GB is no 5G, 3D no 3.
_SIMPLE = rf"(?:{_WHOLE}|(?:{_MULTIPLE})?(?:{_NAME})|(?:{_MULTIPLE}))(?![A-Za-z])"
# 元/人*月, 元/人/月, 元/(人·月), 元每人, 台(套)
_UNIT = pattern(
    rf"(?P<top>{_SIMPLE})(?:\((?P<also>{_SIMPLE})\)|(?:/|每)\(?(?P<per>(?:半年|{_SIMPLE})(?:[*·./×每]?{_SIMPLE})?)\)?)?"
)
_PER = pattern(rf"(人(?=[年月天日]$)|半年|{_SIMPLE})[*·./×每]?({_SIMPLE})?")

# 12/10万: a rate of so many in a population.
_POPULATIONS = {"10万": 10**5, "十万": 10**5, "百万": 10**6, "万": 10**4, "千": 1000}
_PER_POPULATION = pattern(rf"/({'|'.join(_POPULATIONS)})")

BARE = Unit()
PERCENT = _UNITS["%"]
_UNITS["半年"] = Unit(
    text="半年", dimension=Dimension.DURATION, factor=Decimal(6), base="月"
)  # only below a stroke


def match_unit(text: str, start: int = 0) -> tuple[Unit, int] | None:
    """The unit written in *text* (folded) from *start* on and where it ends, or ``None``."""
    match = _UNIT.match(text, start) or _PER_POPULATION.match(text, start)
    return (unit_of(match[0]), match.end()) if match else None


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
    match = _UNIT.fullmatch(text)
    if match is None:
        return _foreign_to_the_table(text)
    top = _simple(match["top"])
    if match["also"]:
        return top.model_copy(update={"text": f"{top.text}({match['also']})"})
    if not match["per"]:
        return top
    below = _PER.fullmatch(match["per"])
    if below is None:
        return _foreign_to_the_table(text)
    per = [_simple(name) for name in below.groups() if name]
    if len(per) == 1 and top.dimension is Dimension.COUNT and per[0].text in PAIRED:
        return top.model_copy(update={"text": f"{top.text}/{per[0].text}", "base": top.base + per[0].base})
    return _quotient(top, per)


def _quotient(top: Unit, per: list[Unit]) -> Unit:
    """元/人*月; a denominator is converted where that is exact (万元/公里 = 10 元/米), else it stays as written."""
    factor, bases = top.factor, []
    for unit in per:
        share = factor / unit.factor if unit.factor else factor
        if share * unit.factor == factor and len(share.as_tuple().digits) < 20:
            factor = share
            bases.append(unit.base or unit.text)
        else:
            bases.append(unit.text)
    return Unit(
        text=f"{top.text}/{'*'.join(unit.text for unit in per)}",
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
