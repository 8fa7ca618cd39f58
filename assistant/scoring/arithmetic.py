"""The formulas of the form, pure: weight, actual and target in, unrounded points out.

Every quotient is taken last and with far more digits than any admitted number has, so that rounding it afterwards
is rounding the true value. Sources: 财预〔2020〕10号 for ``proportional``; ``reverse_ratio`` and ``reverse_linear`` are
the two formulas found in use for an exceeded ceiling; ``above_mark`` is the pass-mark formula of 财预〔2021〕101号.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Context, Decimal

from assistant.domain.amounts import ONE, ZERO, Rounding, rounded
from assistant.domain.profile import Band, Rounds

_WIDE = Context(prec=120)


def proportional(weight: Decimal, actual: Decimal, target: Decimal) -> Decimal:
    """Return w·a/t, never below 0 nor above w. *target* must be above 0."""
    if actual <= ZERO:
        return ZERO
    if actual >= target:
        return weight
    return _WIDE.divide(_WIDE.multiply(weight, actual), target)


def reverse_ratio(weight: Decimal, actual: Decimal, target: Decimal) -> Decimal:
    """Return w·t/a for a ceiling *target* ≥ 0 that *actual* exceeds; w where it does not."""
    if actual <= target:
        return weight
    return _WIDE.divide(_WIDE.multiply(weight, target), actual)


def reverse_linear(weight: Decimal, actual: Decimal, target: Decimal) -> Decimal:
    """Return w·(1 - (a-t)/t) = w·(2t-a)/t for an exceeded ceiling *target* ≥ 0; nothing is left from 2t on."""
    if actual <= target:
        return weight
    left = _WIDE.subtract(_WIDE.add(target, target), actual)
    if left <= ZERO:
        return ZERO
    return _WIDE.divide(_WIDE.multiply(weight, left), target)


def above_mark(weight: Decimal, actual: Decimal, target: Decimal, mark: Decimal) -> Decimal:
    """Return w·(a/t - mark)/(1 - mark) from the pass mark on, nothing below it. *mark* lies in [0, 1)."""
    if actual >= target:
        return weight
    over = _WIDE.subtract(actual, _WIDE.multiply(mark, target))
    if over <= ZERO:
        return ZERO
    return _WIDE.divide(_WIDE.multiply(weight, over), _WIDE.multiply(target, _WIDE.subtract(ONE, mark)))


def band_of(bands: Iterable[Band], part: Decimal, whole: Decimal) -> Band | None:
    """Return the band that part ÷ whole falls in, compared without dividing; ``None`` where none covers it."""
    for band in bands:
        if part >= _WIDE.multiply(band.low, whole) and (
            band.high is None or part < _WIDE.multiply(band.high, whole)
        ):
            return band
    return None


def quotient(part: Decimal, whole: Decimal) -> Decimal:
    """Return part ÷ whole, unrounded. *whole* must not be 0."""
    return _WIDE.divide(part, whole)


def product(left: Decimal, right: Decimal) -> Decimal:
    """Return left × right, exact."""
    return _WIDE.multiply(left, right)


def points(amount: Decimal, rounds: Rounds) -> Decimal:
    """Round *amount* to points, as the place rounds them."""
    return rounded(amount, rounds.score_places, rounds.score_mode)


def padded(amount: Decimal, rounds: Rounds) -> Decimal:
    """Show *amount* with at least the places of a score (``79`` → ``79.00``); further places stay, nothing is rounded."""
    exponent = amount.as_tuple().exponent
    return points(amount, rounds) if isinstance(exponent, int) and exponent > -rounds.score_places else amount


def percent_points(rate: Decimal, places: int, mode: Rounding = Rounding.HALF_UP) -> Decimal:
    """Return *rate* rounded to *places* of a percent: 0.619103 → 0.6191 for two places."""
    return rounded(rate, places + 2, mode)
