"""What last year's form said of each indicator of this one, found by the indicator's name. Forms in, a form out.

A row counts as the same only where its 三级指标 is, spaces, widths and numbering apart. Where a name comes more than once
the levels above must tell the rows apart; what they cannot tell apart is left out and said to be.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.domain.case import Case, Indicator, LastYearRow
from assistant.domain.errors import InputError
from assistant.domain.patterns import pattern
from assistant.exchange.headings import norm

_NUMBERED = pattern(r"\A(?:指标\d{1,2}[:.、]|[(]?\d{1,2}[.、)])(?!\d)")
"""The number a form prints before a name: 指标1：, 3., （2）."""


@dataclass(frozen=True, slots=True)
class Brought:
    """This year's form with last year's values, and what could not be brought.

    Attributes:
        case: The form; the one given where nothing was found.
        year: The year of the other form, ``None`` where it prints none.
        found: Rows that have last year's values now.
        missing: Names of this form the other does not have.
        doubled: Names that come more than once and could not be told apart.
        gone: Names only the other form has.
        empty: Rows of the other form that say neither result nor score, by name.
        unsure: Cells of the rows found that were read with doubt.
    """

    case: Case
    year: int | None
    found: int
    missing: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    unsure: int = 0

    @property
    def summary(self) -> str:
        """How it went, in one sentence."""
        year = f"{self.year} 年度" if self.year is not None else "没有写年度"
        if not self.found:
            return f"上年的表（{year}）没有一项对得上，什么也没有带入。"
        return f"已带入上年的表（{year}）：{len(self.case.indicators)} 项指标对上 {self.found} 项。"

    @property
    def gaps(self) -> tuple[str, ...]:
        """What was not brought or should be looked at, a sentence each."""
        said = (
            ("上年的表里没有同名的三级指标", self.missing),
            ("名称重复，分不清是哪一项，没有带入", self.doubled),
            ("对上了，但上年的表里没有填完成值和得分", self.empty),
            ("上年的表里有、本表没有", self.gone),
        )
        lines = [f"{why}（{len(names)} 项）：{'、'.join(names)}。" for why, names in said if names]
        if self.found and self.year is None:
            lines.append("那张表没有写年度，请确认它是上年的。")
        if self.unsure:
            lines.append(f"那张表有 {self.unsure} 格读得没有把握，请对照原表。")
        return tuple(lines)


def as_last_year(case: Case) -> tuple[LastYearRow, ...]:
    """What *case* says of its rows, for the form of the year after that has the same rows in the same order."""
    return tuple(
        _kept(row, f"indicators[{index}]", case.year)
        for index, row in enumerate(case.indicators)
        if _says_something(row)
    )


def with_last_year(case: Case, former: Case) -> Brought:
    """*case* with what *former*, the form of an earlier year, said of its indicators.

    Raises:
        InputError: *former* is not of an earlier year.
    """
    if former.year is not None and case.year is not None and former.year >= case.year:
        raise InputError(
            f"那张表是 {former.year} 年度的，不早于本表的 {case.year} 年度。", "请另选上年的自评表。"
        )
    pairs, doubled = _paired(case.indicators, former.indicators)
    kept = {new: old for new, old in pairs.items() if _says_something(former.indicators[old])}
    rows = tuple(
        _kept(former.indicators[old], f"indicators[{new}]", former.year) for new, old in sorted(kept.items())
    )
    taken, open_rows = set(pairs.values()), {*pairs, *doubled}
    names_doubled = {_key(case.indicators[index]) for index in doubled}
    read = {f"indicators[{old}].{cell}" for old in kept.values() for cell in LastYearRow.model_fields}
    return Brought(
        case=case.model_copy(update={"last_year": rows}) if rows else case,
        year=former.year,
        found=len(rows),
        missing=tuple(_name(row, at) for at, row in enumerate(case.indicators) if at not in open_rows),
        doubled=tuple(dict.fromkeys(_name(case.indicators[index], index) for index in doubled)),
        gone=tuple(
            _name(row, at)
            for at, row in enumerate(former.indicators)
            if at not in taken and _key(row) not in names_doubled
        ),
        empty=tuple(_name(case.indicators[new], new) for new in sorted(pairs) if new not in kept),
        unsure=len({doubt.path for doubt in former.doubts if not doubt.confirmed} & read),
    )


def _paired(new: Sequence[Indicator], old: Sequence[Indicator]) -> tuple[dict[int, int], tuple[int, ...]]:
    """New row → old row for each that is one and the same, and the new rows that could be several."""
    fresh, former = _by_key(new), _by_key(old)
    pairs: dict[int, int] = {}
    doubled: list[int] = []
    for key, places in fresh.items():
        others = former.get(key, [])
        if len(places) == len(others) == 1:
            pairs[places[0]] = others[0]
            continue
        for place in places if others else ():
            levels = _levels(new[place])
            alike = [other for other in others if _levels(old[other]) == levels]
            if len(alike) == 1 and sum(_levels(new[one]) == levels for one in places) == 1:
                pairs[place] = alike[0]
            else:
                doubled.append(place)
    return pairs, tuple(sorted(doubled))


def _by_key(rows: Sequence[Indicator]) -> dict[str, list[int]]:
    """The rows of each name; those without one are of no name."""
    found: dict[str, list[int]] = {}
    for index, row in enumerate(rows):
        if key := _key(row):
            found.setdefault(key, []).append(index)
    return found


def _key(row: Indicator) -> str:
    return _same_name(row.level3)


def _levels(row: Indicator) -> tuple[str, str]:
    return _same_name(row.level1).removesuffix("指标"), _same_name(row.level2).removesuffix("指标")


@lru_cache(maxsize=4096)
def _same_name(text: str) -> str:
    """*text* as names are compared: without blanks, widths, stars and the number before it."""
    flat = norm(unicodedata.normalize("NFKC", text)).casefold()
    return _NUMBERED.sub("", flat)


def _name(row: Indicator, index: int) -> str:
    """What the row is called where it is told about."""
    name = "".join(row.level3.split())
    return f"“{name}”" if name else f"第{index + 1}行（没有名称）"


def _says_something(row: Indicator) -> bool:
    return bool(row.actual.strip() or row.score.strip())


def _kept(row: Indicator, path: str, year: int | None) -> LastYearRow:
    return LastYearRow(
        path=path,
        year=year,
        level3=row.level3,
        target=row.target,
        actual=row.actual,
        weight=row.weight,
        score=row.score,
        reason=row.reason,
    )
