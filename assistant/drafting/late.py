"""The model client of one sitting, built when the first draft is asked for and built anew when the choice changes."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.catalogue.settings import Settings
from assistant.domain.errors import DraftingRefused
from assistant.drafting.cost import cost_words
from assistant.drafting.drafter import DraftRequest, Event, Preview, Usage

if TYPE_CHECKING:
    from assistant.drafting.client import OpenAIDrafter


class LateDrafter:
    """A :class:`~assistant.drafting.drafter.Drafter` that imports the network only when it is used."""

    def __init__(self, settings: Settings, prompts: Path) -> None:
        self._settings = settings
        self._prompts = prompts
        self._made: OpenAIDrafter | None = None

    @property
    def name(self) -> str:
        """The model's name."""
        return self._settings.model

    async def stream(self, request: DraftRequest) -> AsyncGenerator[Event, None]:
        """Draft. Raises ``DraftingUnavailable`` or ``DraftingRefused``, also where address or key are unusable."""
        async with aclosing(self._client().stream(request)) as events:
            async for event in events:
                yield event

    def preview(self, request: DraftRequest) -> Preview:
        """What sending *request* would mean. Raises ``DraftingRefused`` where address or key are unusable."""
        return self._client().preview(request)

    def spent(self, usage: Usage) -> str:
        """What one draft has taken, and all drafts of this sitting, in a sentence."""
        all_used = self._made.used if self._made is not None else usage
        price, total = cost_words(usage, self._settings), cost_words(all_used, self._settings)
        budget = self._settings.budget_tokens
        parts = [
            f"这一稿发出 {usage.sent}、收到 {usage.received} 个词元{f'，{price}' if price else ''}",
            f"本次打开共 {all_used.sent + all_used.received} 个{f'，{total}' if total else ''}",
            f"上限 {budget} 个" if budget else "",
        ]
        return "；".join(filter(None, parts))

    def _client(self) -> OpenAIDrafter:
        if self._made is None:
            from assistant.drafting.client import OpenAIDrafter
            from assistant.drafting.inventions import verify_model_text
            from assistant.drafting.prompts import Prompts

            if not self._settings.model_is_on:
                raise DraftingRefused("没有启用模型。", "请先在“模型设置”里选一个，或用模板草稿。")
            self._made = OpenAIDrafter(self._settings, verify_model_text, Prompts(self._prompts))
        return self._made


def late_drafter(settings: Settings, prompts: Path) -> LateDrafter | None:
    """The drafter of *settings*, ``None`` while no model is chosen."""
    return LateDrafter(settings, prompts) if settings.model_is_on else None
