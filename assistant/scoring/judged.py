"""Points that a person gives: qualitative tiers, and whatever no rule decides. The number is never picked here."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from assistant.domain.amounts import plain, share
from assistant.domain.profile import Profile
from assistant.domain.value import Comparison, Tier, Verdict
from assistant.scoring.arithmetic import product
from assistant.scoring.outcome import RowPoints, doubts, left_open

_TIER_OF = {Verdict.MET: Tier.FULL, Verdict.PARTIAL: Tier.PART, Verdict.SHORT: Tier.MISSED}


def score_tier(tier: Tier | None, comparison: Comparison, weight: Decimal, profile: Profile) -> RowPoints:
    """Bound a qualitative row by the tier its actual names (else the one the verdict means)."""
    tier = tier or _TIER_OF.get(comparison.verdict)
    band = next((band for band in profile.tiers if band.tier is tier), None)
    if band is None:
        return left_open(
            comparison, weight, profile, rule="没有说明达到哪一档，由人评定", article="qualitative"
        )
    low, high = product(weight, band.low), product(weight, band.high)
    close = "（含）" if band.high_included else "（不含）"
    line = (
        f"{band.name}：{plain(weight)} × {share(band.low)} = {plain(low)}（含）至 "
        f"{plain(weight)} × {share(band.high)} = {plain(high)}{close}"
    )
    bounded = left_open(
        comparison,
        weight,
        profile,
        rule="定性指标，由人在所属档次内评定",
        low=low,
        high=high,
        working=(line,),
        article="qualitative",
        notes=doubts(profile, "tiers"),
    )
    return replace(bounded, tier_label=band.name, high_included=band.high_included)
