"""What scoring one row comes to, before it is held against the entered score."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from assistant.domain.amounts import ZERO, plain, share
from assistant.domain.profile import Profile, rule_name
from assistant.domain.value import Comparison
from assistant.scoring.arithmetic import points


@dataclass(frozen=True, slots=True)
class RowPoints:
    """One row's points.

    Attributes:
        comparison: Target against actual.
        rule: Which rule scored it, in words.
        computed: The one right score, or ``None`` where a person must judge.
        low, high: What the rule leaves open; both equal ``computed`` where that is known, ``None`` without a weight.
        high_included: False where *high* itself belongs to the next better tier.
        understood: False where a cell is empty or could not be read, so that nobody can judge yet.
        lacks_actual: The actual value is blank.
        tier_label: The tier of a qualitative row, in the profile's words.
        working: The calculation line by line.
        basis: The document and article.
        notes: Chinese remarks, the unconfirmed numbers that were used among them.
    """

    comparison: Comparison
    rule: str
    computed: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    high_included: bool = True
    understood: bool = True
    lacks_actual: bool = False
    tier_label: str = ""
    working: tuple[str, ...] = ()
    basis: str = ""
    notes: tuple[str, ...] = ()


def settled(
    comparison: Comparison,
    amount: Decimal,
    profile: Profile,
    *,
    rule: str,
    working: tuple[str, ...],
    article: str = "quantitative",
    notes: tuple[str, ...] = (),
) -> RowPoints:
    """Return the outcome of a rule that leaves nothing open; *amount* is rounded here, once."""
    score = points(amount, profile.rounding)
    return RowPoints(
        comparison,
        rule,
        computed=score,
        low=score,
        high=score,
        working=working,
        basis=basis(profile, article),
        notes=(*comparison.notes, *notes),
    )


def left_open(
    comparison: Comparison,
    weight: Decimal,
    profile: Profile,
    *,
    rule: str,
    low: Decimal = ZERO,
    high: Decimal | None = None,
    working: tuple[str, ...] = (),
    article: str = "quantitative",
    notes: tuple[str, ...] = (),
    understood: bool = True,
) -> RowPoints:
    """Return the outcome of a row a person must judge, between *low* and *high* (default: 0 and the weight)."""
    least = points(low, profile.rounding)
    most = points(weight if high is None else high, profile.rounding)
    lines = working or (f"由人在 {plain(least)} 至 {plain(most)} 分之间评定",)
    return RowPoints(
        comparison,
        rule,
        low=least,
        high=most,
        understood=understood,
        working=lines,
        basis=basis(profile, article),
        notes=(*comparison.notes, *notes),
    )


def basis(profile: Profile, article: str) -> str:
    """Return the document and article *article* rests on in this place."""
    return profile.articles.get(article, profile.basis)


def doubts(profile: Profile, *keys: str) -> tuple[str, ...]:
    """Return a remark for each unconfirmed number among *keys* (a key covers what lies below it)."""
    return tuple(
        f"{rule_name(key)}未经核实：{why}。"
        for key in keys
        for name, why in profile.unconfirmed.items()
        if name == key or name.startswith(f"{key}.")
    )


def band_words(low: Decimal, high: Decimal | None) -> str:
    """A band in words: ``60%（含）至 80%``, ``100% 及以上``."""
    return f"{share(low)} 及以上" if high is None else f"{share(low)}（含）至 {share(high)}"
