"""The foot of the form: sums, the range still open, the cap for low execution, the grade."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.domain.amounts import ZERO, plain
from assistant.domain.profile import Ceiling, Profile
from assistant.domain.scores import ScoreLine, TotalLine
from assistant.scoring import arithmetic
from assistant.scoring.outcome import band_words, basis, doubts
from assistant.scoring.rows import figure


def grade_of(total: Decimal | None, profile: Profile) -> str:
    """The grade word for *total* points; ``""`` where it is unknown or below every grade."""
    if total is None:
        return ""
    reached = [grade for grade in profile.grades if total >= grade.least]
    return max(reached, key=lambda grade: grade.least).name if reached else ""


def total_line(printed: str, lines: tuple[ScoreLine, ...], profile: Profile, *, waiting: bool) -> TotalLine:
    """Add up the lines that count.

    Args:
        printed: The total the form prints, as written.
        lines: 预算执行率 and the indicators.
        profile: The place's rules.
        waiting: Whether the form has rows in which nothing is written yet.
    """
    counting = [line for line in lines if line.counts]
    indicators = [line for line in counting if line.path != "funds.total"]
    weights = [line.weight for line in counting if line.weight is not None]
    entered = [line.entered for line in counting if line.entered is not None]
    settled = [line.counted for line in counting if line.counted is not None]
    earned = sum(settled, ZERO)
    low = sum((_low(line) for line in counting), ZERO)
    high = sum((_high(line) for line in counting), ZERO) + _undistributed(
        indicators, weights, profile, waiting=waiting
    )
    known = bool(weights or settled)
    all_computed = bool(indicators) and all(line.computed is not None for line in counting)
    ceiling, lowest = _ceilings(lines, profile)
    struck = ceiling is not None and earned > ceiling.total
    computed = sum((line.computed or ZERO for line in counting), ZERO) if all_computed else None

    def shown(amount: Decimal | None) -> Decimal | None:
        return None if amount is None else arithmetic.padded(amount, profile.rounding)

    return TotalLine(
        weight=sum(weights, ZERO) if any(line.weight is not None for line in indicators) else None,
        entered=figure(printed),
        sum_entered=sum(entered, ZERO) if entered else None,
        computed=shown(_capped(computed, ceiling)),
        earned=shown(_capped(earned, ceiling)) if known else None,
        low=shown(low if lowest is None else min(low, lowest)) if known else None,
        high=shown(_capped(high, ceiling)) if known else None,
        before_ceiling=shown(earned) if struck else None,
        ceiling=ceiling.total if ceiling is not None and struck else None,
        working=_working(counting, earned, ceiling if struck else None, lines, profile) if known else (),
        basis=basis(profile, "total"),
    )


def total_grade(total: TotalLine, complete: bool, profile: Profile) -> str:
    """The grade the total certainly has, else that of the printed total (or a complete sum) inside the range."""
    if total.computed is not None:
        return grade_of(total.computed, profile)
    if total.low is not None and total.high is not None:
        least, most = grade_of(total.low, profile), grade_of(total.high, profile)
        if least == most:
            return least
    stated = total.entered if total.entered is not None else total.sum_entered if complete else None
    if stated is None or total.low is None or total.high is None or not total.low <= stated <= total.high:
        return ""
    return grade_of(stated, profile)


def grade_range(total: TotalLine, profile: Profile) -> tuple[str, str]:
    """The grades of the lowest and the highest total that can still come."""
    if total.computed is not None:
        return (grade_of(total.computed, profile),) * 2
    return grade_of(total.low, profile), grade_of(total.high, profile)


def _low(line: ScoreLine) -> Decimal:
    return line.counted if line.counted is not None else line.low or ZERO


def _high(line: ScoreLine) -> Decimal:
    return line.counted if line.counted is not None else line.high or ZERO


def _undistributed(
    indicators: Sequence[ScoreLine], weights: Sequence[Decimal], profile: Profile, *, waiting: bool
) -> Decimal:
    """Points not yet given to any row; they can still be earned while a row is empty or has no weight."""
    unweighted = any(line.weight is None and line.counted is None for line in indicators)
    if indicators and not unweighted and not waiting:
        return ZERO
    scored = sum((line.counted or ZERO for line in indicators if line.weight is None), ZERO)
    return max(ZERO, profile.total_points - sum(weights, ZERO) - scored)


def _ceilings(lines: Sequence[ScoreLine], profile: Profile) -> tuple[Ceiling | None, Decimal | None]:
    """The cap for the rate as it is, and the most the total can be pressed down to while the rate is unknown."""
    caps = profile.execution.ceilings
    line = next((line for line in lines if line.path == "funds.total"), None)
    if not caps or line is None:
        return None, None
    if line.rate_value is None:
        return None, min(cap.total for cap in caps)
    struck = [cap for cap in caps if cap.low <= max(line.rate_value, ZERO) < cap.high]
    cap = min(struck, key=lambda cap: cap.total) if struck else None
    return cap, None if cap is None else cap.total


def _capped(amount: Decimal | None, cap: Ceiling | None) -> Decimal | None:
    return amount if amount is None or cap is None else min(amount, cap.total)


def _addition(settled: Sequence[ScoreLine], earned: Decimal) -> str:
    if not settled:
        return "还没有能计分的行"
    if len(settled) == 1:
        return f"只有“{settled[0].name}”已定：{earned}"
    return f"{' + '.join(plain(line.counted or ZERO) for line in settled)} = {earned}"


def _working(
    counting: Sequence[ScoreLine],
    earned: Decimal,
    cap: Ceiling | None,
    lines: Sequence[ScoreLine],
    profile: Profile,
) -> tuple[str, ...]:
    settled = [line for line in counting if line.counted is not None]
    said = [_addition(settled, arithmetic.padded(earned, profile.rounding))]
    waiting = len(counting) - len(settled)
    if waiting:
        said.append(f"还有 {waiting} 行未定")
    if cap is not None:
        rate = next(line.rate for line in lines if line.path == "funds.total")
        said.append(f"执行率 {rate} 在 {band_words(cap.low, cap.high)} 之间，总分最高 {plain(cap.total)} 分")
        said += doubts(profile, "execution.ceilings")
    return tuple(said)
