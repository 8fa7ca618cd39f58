"""What tokens cost, where the user has written his price: yuan per million tokens. Never guessed."""

from __future__ import annotations

from decimal import Decimal

from assistant.catalogue.settings import Settings
from assistant.drafting.drafter import Usage

MILLION = 1_000_000
_CENT = Decimal("0.01")


def cost(usage: Usage, settings: Settings) -> Decimal | None:
    """Yuan for *usage*, exact; ``None`` where no price was given."""
    if not settings.price_sent and not settings.price_received:
        return None
    return (usage.sent * settings.price_sent + usage.received * settings.price_received) / MILLION


def cost_words(usage: Usage, settings: Settings, *, at_most: bool = False) -> str:
    """``约 0.03 元``, ``最多约 0.03 元``, ``不到 0.01 元``; ``""`` where no price was given."""
    amount = cost(usage, settings)
    if amount is None:
        return ""
    if amount < _CENT:
        return "不到 0.01 元"
    return f"{'最多' if at_most else ''}约 {amount.quantize(_CENT)} 元"
