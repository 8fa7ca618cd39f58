"""预算执行率: executed ÷ full-year budget of the row 年度资金总额, times its weight, never above it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.domain.amounts import HUNDRED, ONE, ZERO, percent, plain, share
from assistant.domain.case import Case, FundRow
from assistant.domain.profile import Profile
from assistant.domain.recent import recent
from assistant.domain.value import Comparison, Verdict
from assistant.scoring import arithmetic
from assistant.scoring.outcome import RowPoints, band_words, doubts, left_open, settled
from assistant.scoring.rows import figure, standing
from assistant.values.numbers import read_money

MORE_PLACES = 10  # how far a printed rate may go to reproduce a score by hand


@dataclass(frozen=True, slots=True)
class Execution:
    """The money of the year and what its rate earns.

    ``rate`` is unrounded; ``None`` while budget or executed is unknown or the budget is 0.
    """

    weight: Decimal | None
    rate: Decimal | None
    points: RowPoints
    notes: tuple[str, ...] = ()


def score_execution(case: Case, profile: Profile) -> Execution | None:
    """Score the row 年度资金总额; ``None`` where the form has no money block."""
    row = case.total_funds
    if row is None:
        return None
    weight, notes = _weight(case, row, profile)
    return _scored(row, case.money_unit, weight, notes, profile)


@recent
def _scored(
    row: FundRow, money_unit: str, weight: Decimal | None, notes: tuple[str, ...], profile: Profile
) -> Execution:
    budget, executed = read_money(row.budget, money_unit), read_money(row.executed, money_unit)
    if budget is None or executed is None or budget <= ZERO:
        unknown = _unscored() if weight is None else _unknown(row, budget, executed, weight, profile)
        return Execution(weight, None, unknown, notes)
    rate = arithmetic.quotient(executed, budget)
    if weight is None:
        return Execution(None, rate, _unscored(rate, _rate_line(executed, budget, profile)), notes)
    if profile.execution.bands:
        return Execution(weight, rate, _by_bands(executed, budget, rate, weight, profile), notes)
    return Execution(weight, rate, _linear(executed, budget, rate, weight, profile), notes)


def _weight(case: Case, row: FundRow, profile: Profile) -> tuple[Decimal | None, tuple[str, ...]]:
    """The printed weight, else the profile's where the form scores its rows and leaves room for it."""
    printed = figure(row.weight)
    if printed is not None:
        return printed, ()
    stands = standing(case)
    left_out = stands.blanks | stands.parents
    counting = [cells for index, cells in enumerate(case.indicators) if index not in left_out]
    weights = [weight for cells in counting if (weight := figure(cells.weight)) is not None]
    named = any(re.search("(预算|资金).*执行率", cells.level3) for cells in counting)
    used = sum(weights, ZERO)
    if not weights or named or used > profile.total_points - profile.execution_weight:
        return None, ()
    said = f"表上没有印预算执行率的分值，按规则的 {plain(profile.execution_weight)} 分计算。"
    return profile.execution_weight, (said, *doubts(profile, "execution_weight"))


def _unscored(rate: Decimal | None = None, *working: str) -> RowPoints:
    return RowPoints(_compared(rate), "没有分值，只核对执行率", working=working)


def _compared(rate: Decimal | None, verdict: Verdict | None = None) -> Comparison:
    if rate is None:
        return Comparison(verdict=verdict or Verdict.UNDECIDED)
    return Comparison(verdict=Verdict.MET if rate >= ONE else Verdict.SHORT, ratio=rate)


def _unknown(
    row: FundRow, budget: Decimal | None, executed: Decimal | None, weight: Decimal, profile: Profile
) -> RowPoints:
    if budget is not None and executed is not None:
        zero = "全年预算数为 0" if budget == ZERO else "全年预算数为负数"
        rule = f"{zero}，执行率没有意义，请核对金额"
        return left_open(
            _compared(None, Verdict.UNKNOWN),
            weight,
            profile,
            rule=rule,
            article="execution",
            understood=False,
        )
    cells = (("全年预算数", row.budget, budget), ("全年执行数", row.executed, executed))
    blank = [name for name, text, amount in cells if amount is None and not text.strip()]
    unread = [name for name, text, amount in cells if amount is None and text.strip()]
    said = [f"{'、'.join(blank)}未填"] if blank else []
    said += [f"{'、'.join(unread)}不是金额"] if unread else []
    verdict = Verdict.UNKNOWN if unread else Verdict.UNDECIDED
    waiting = left_open(
        _compared(None, verdict),
        weight,
        profile,
        rule=f"{'，'.join(said)}，暂不计分",
        article="execution",
        understood=False,
    )
    return replace(waiting, lacks_actual="全年执行数" in blank)


def _rate_line(executed: Decimal, budget: Decimal, profile: Profile) -> str:
    rate = percent(arithmetic.quotient(executed, budget), profile.rounding.rate_places)
    return f"{plain(executed)} ÷ {plain(budget)} = {rate}"


def _notes(rate: Decimal) -> tuple[str, ...]:
    if rate > ONE:
        return ("执行率超过 100%，得分以分值为上限，请核对全年预算数是否含调整和结转。",)
    if rate < ZERO:
        return ("全年执行数为负数，按 0 计算。",)
    return ()


def _linear(
    executed: Decimal, budget: Decimal, rate: Decimal, weight: Decimal, profile: Profile
) -> RowPoints:
    rounds = profile.rounding
    if rounds.rate_first:
        printed = max(arithmetic.percent_points(rate, rounds.rate_places), ZERO)
        amount = arithmetic.product(weight, min(printed, ONE))
        rule, times = "分值 × 执行率（执行率先取整）", percent(printed, rounds.rate_places)
    else:
        amount = arithmetic.proportional(weight, executed, budget)
        rule, times = "分值 × 执行率", _reproducing(weight, rate, amount, profile)
    score = arithmetic.points(amount, rounds)
    line = f"{plain(weight)} × {times} = {score}"
    if rate > ONE:
        line = f"执行率超过 100%，以分值为上限，得 {score}"
    elif rate < ZERO:
        line = f"全年执行数按 0 计算，得 {score}"
    return settled(
        _compared(rate),
        amount,
        profile,
        rule=rule,
        working=(_rate_line(executed, budget, profile), line),
        article="execution",
        notes=_notes(rate),
    )


def _reproducing(weight: Decimal, rate: Decimal, amount: Decimal, profile: Profile) -> str:
    """The rate with as many places as it takes to get the same score by hand; says so where it is not the printed one."""
    rounds = profile.rounding
    wanted = arithmetic.points(amount, rounds)
    for places in range(rounds.rate_places, MORE_PLACES):
        shown = arithmetic.percent_points(rate, places)
        if arithmetic.points(arithmetic.product(weight, shown), rounds) == wanted:
            further = "" if places == rounds.rate_places else "（执行率未舍入）"
            return f"{percent(shown, places)}{further}"
    return f"{plain(arithmetic.product(rate, HUNDRED))[: MORE_PLACES + 4]}…%（执行率未舍入）"


def _by_bands(
    executed: Decimal, budget: Decimal, rate: Decimal, weight: Decimal, profile: Profile
) -> RowPoints:
    band = arithmetic.band_of(profile.execution.bands, max(executed, ZERO), budget)
    first = _rate_line(executed, budget, profile)
    unsure = (*_notes(rate), *doubts(profile, "execution.bands"))
    if band is None:
        rule = "执行率不在任何一档，由人评定"
        return left_open(_compared(rate), weight, profile, rule=rule, article="execution", notes=unsure)
    amount = arithmetic.product(weight, band.share)
    score = arithmetic.points(amount, profile.rounding)
    line = f"{band_words(band.low, band.high)}：{plain(weight)} × {share(band.share)} = {score}"
    return settled(
        _compared(rate),
        amount,
        profile,
        rule="执行率分档计分",
        working=(first, line),
        article="execution",
        notes=unsure,
    )
