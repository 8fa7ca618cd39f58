"""Drafts with a language model behind an OpenAI-compatible address. Import it late: it brings httpx with it.

What goes out is the prompt with numbered facts, names masked. What comes back is text with slots: reasoning and control
tokens are taken out, slots are filled by the program, the result is verified, and one repair round follows where
something has no fact behind it. Requests are repeated only before the first visible character.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from datetime import datetime
from typing import Any

import httpx
import tenacity

from assistant.catalogue.settings import Settings
from assistant.domain.errors import DraftingError, DraftingRefused, DraftingUnavailable
from assistant.drafting.cost import cost_words
from assistant.drafting.drafter import (
    Draft,
    DraftRequest,
    Event,
    Fact,
    Finished,
    Piece,
    Preview,
    Restarted,
    Usage,
    Verification,
    Waiting,
)
from assistant.drafting.faults import BY_HAND, Busy, OutOfTime
from assistant.drafting.privacy import in_force, refuse_secrets
from assistant.drafting.prompts import Prompts, Renderer, messages, render
from assistant.drafting.replies import Reply, pending, tidy
from assistant.drafting.wire import Wire

log = logging.getLogger("ziping.drafting")

AHEAD_SECONDS = 0.05
"""After asking, when nothing but the model is waited for."""
LONGEST_PAUSE = 60.0
_WAIT = tenacity.wait_random_exponential(multiplier=1, min=1, max=20)
Talk = list[dict[str, str]]


class OpenAIDrafter:
    """A :class:`~assistant.drafting.drafter.Drafter`. Close the iterator, or cancel the task, to close the socket.

    Args:
        settings: Address, model, key, limits. Unusable ones raise ``DraftingRefused`` here.
        verify: Binds every number of a text to a fact.
        prompts: The prompts; default the shipped ones.
        transport: For tests.
        wait: The pause between tries (a tenacity wait); the service's Retry-After goes before it.
        sleep: For tests.
    """

    def __init__(
        self,
        settings: Settings,
        verify: Callable[[str, tuple[Fact, ...]], Verification],
        prompts: Prompts | None = None,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        wait: tenacity.wait.wait_base = _WAIT,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._settings = settings
        self._wire = Wire(settings, transport)
        self._verify = verify
        self._prompts = prompts or Prompts()
        self._wait = wait
        self._sleep = sleep
        self.used = Usage()  # by all drafts so far

    @property
    def name(self) -> str:
        """The model's name."""
        return self._settings.model

    @property
    def host(self) -> str:
        """Where texts are sent; to be shown before the first time."""
        return self._wire.host

    @property
    def address(self) -> str:
        """The same in full; what a user agrees to send to."""
        return self._wire.address

    @property
    def is_local(self) -> bool:
        """Whether texts stay on this machine."""
        return self._wire.is_local

    def payload(self, request: DraftRequest) -> dict[str, Any]:
        """Exactly what is sent for *request*, to be shown to the user."""
        return self._wire.body(messages(self._as_chosen(request), self._prompts))

    def estimate(self, request: DraftRequest) -> Usage:
        """Tokens that *request* sends, about, and may receive at most, for showing before it is sent."""
        talk = messages(self._as_chosen(request), self._prompts)
        return Usage(sent=_tokens_of(talk), received=self._settings.max_tokens)

    def preview(self, request: DraftRequest) -> Preview:
        """What sending *request* would mean, to be shown before the first time."""
        request, estimate = self._as_chosen(request), self.estimate(request)
        return Preview(
            address=self._wire.address,
            model=self.name,
            body=self._wire.content(messages(request, self._prompts)).decode(),
            sent=estimate.sent,
            received=estimate.received,
            cost=cost_words(estimate, self._settings, at_most=True),
            masks=request.masks,
            hides_units=self._settings.mask_units,
        )

    def _as_chosen(self, request: DraftRequest) -> DraftRequest:
        """*request* with those names behind slots that the user wants there."""
        masks = in_force(request.masks, units=self._settings.mask_units)
        return request.model_copy(update={"masks": masks})

    def _refuse_over_budget(self, talk: Talk) -> None:
        budget, used = self._settings.budget_tokens, self.used.sent + self.used.received
        if budget and used + _tokens_of(talk) > budget:
            raise DraftingRefused(
                f"这次运行已用 {used} 个词元，再发就要超过上限 {budget}。", f"可调大 budget_tokens。{BY_HAND}"
            )

    async def stream(self, request: DraftRequest) -> AsyncGenerator[Event, None]:
        """Draft. Raises ``DraftingUnavailable`` or ``DraftingRefused``."""
        request = self._as_chosen(request)
        talk = messages(request, self._prompts)
        self._refuse_over_budget(talk)
        if not self.is_local:
            refuse_secrets(request)
        deadline = asyncio.get_running_loop().time() + self._settings.total_seconds
        reply = self._wire.reply()
        # While the model thinks, the verifier reads the facts, which it remembers: many drafts then end sooner.
        reading = asyncio.get_running_loop().call_later(AHEAD_SECONDS, self._verify, "", request.facts)
        try:
            async with aclosing(self._round(request.prompt, talk, request, reply, deadline)) as events:
                async for event in events:
                    yield event
        finally:
            reading.cancel()
        draft = self._draft(request, reply)
        if not draft.text:
            raise DraftingRefused("模型没有给出任何文字。", BY_HAND)
        if draft.unsupported and not draft.repeated:
            yield Restarted(why="有些内容没有事实依据，正在请模型改写")
            again = self._wire.reply()
            talk = [*talk, *self._objections(reply.text, draft)]
            try:
                self._refuse_over_budget(talk)
                async with aclosing(self._round("repair", talk, request, again, deadline)) as events:
                    async for event in events:
                        yield event
            except DraftingError as error:  # the first draft is still worth showing
                draft = draft.model_copy(update={"notes": (*draft.notes, f"改写没有成功：{error.message}")})
            else:
                draft = _better(draft, self._draft(request, again, attempt=2))
        yield Finished(draft=draft)

    def _draft(self, request: DraftRequest, reply: Reply, attempt: int = 1) -> Draft:
        text = render(tidy(reply.text), request.facts, request.masks)
        verification = self._verify(text, request.facts)
        notes = ["草稿达到长度上限，结尾可能不完整。"] if reply.cut else []
        if reply.cleaner.repeated:
            notes.append("模型不停重复，已从重复处截断。")
        notes.extend(self._prompts.messages)  # a prompt of the user's own that could not be used
        return Draft(
            path=request.path,
            text=text,
            source="model",
            model=self.name,
            prompt=self._prompts.get(request.prompt).label,
            attempts=attempt,
            facts=request.facts,
            unsupported=verification.unsupported,
            pending=pending(text),
            usable=bool(text) and not verification.unsupported and not reply.cleaner.repeated,
            cut=reply.cut,
            repeated=reply.cleaner.repeated,
            usage=reply.usage,
            notes=tuple(notes),
            instruction=request.instruction,
            thoughts=reply.cleaner.thoughts.strip(),
        )

    def _objections(self, said: str, draft: Draft) -> Talk:
        problems = "\n".join(f"- “{span.text}”：{span.why}" for span in draft.unsupported[:20])
        return [
            {"role": "assistant", "content": said},
            {"role": "user", "content": self._prompts.get("repair").fill(problems=problems)},
        ]

    async def _round(
        self, purpose: str, talk: Talk, request: DraftRequest, reply: Reply, deadline: float
    ) -> AsyncGenerator[Event, None]:
        """Ask, again and again until the first visible text, then pass on what comes."""
        renderer = Renderer(request.facts, request.masks)
        texts: AsyncGenerator[str, None] | None = None
        pauses: list[float] = []

        async def note(
            seconds: float,
        ) -> None:  # tenacity decides how long, we sleep where the user can be told
            pauses.append(seconds)

        timing = _Timing(asyncio.get_running_loop().time)
        retrying = tenacity.AsyncRetrying(
            sleep=note,
            wait=self._pause,
            stop=tenacity.stop_after_attempt(self._settings.attempts) | _too_long(deadline),
            retry=tenacity.retry_if_exception_type(DraftingUnavailable),
            reraise=True,
        )
        why = ""
        outcome = "cancelled"
        try:
            async for attempt in retrying:
                if pauses:
                    seconds = pauses.pop()
                    yield Waiting(attempt=attempt.retry_state.attempt_number, seconds=seconds, why=why)
                    await self._sleep(seconds)
                first = ""
                with attempt:
                    try:
                        reply.clear()
                        timing.tries += 1
                        texts = self._wire.visible(talk, reply)
                        first = await self._next(texts, deadline)
                    except DraftingError as error:
                        why = error.message
                        raise
                if first:
                    timing.first_came()
                    yield Piece(text=renderer.feed(first))
            while texts is not None and (text := await self._next(texts, deadline)):
                if reply.cleaner.retracted:
                    reply.cleaner.retracted = False
                    renderer = Renderer(request.facts, request.masks)
                    yield Restarted(why="前面的是模型的思考过程")
                if shown := renderer.feed(text):
                    yield Piece(text=shown)
            if rest := renderer.close():
                yield Piece(text=rest)
            outcome = "ok"
        except DraftingError as error:
            outcome = type(error).__name__
            raise
        finally:
            if texts is not None:
                await texts.aclose()
            self._count(talk, reply)
            self._log(purpose, outcome, reply, timing)

    def _count(self, talk: Talk, reply: Reply) -> None:
        """Add what one answer took, also one that broke off. Where the service did not count it, it is counted for."""
        if reply.usage == Usage() and (said := reply.cleaner.thoughts + reply.text):
            reply.usage = Usage(sent=_tokens_of(talk), received=tokens_about(said))
        self.used = _sum(self.used, reply.usage)

    async def _next(self, texts: AsyncGenerator[str, None], deadline: float) -> str:
        """The next visible text, ``""`` at the end; never later than *deadline*."""
        try:
            async with asyncio.timeout_at(deadline):
                return await anext(texts, "")
        except TimeoutError:
            raise OutOfTime(self._settings.total_seconds) from None

    def _pause(self, state: tenacity.RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        if isinstance(error, Busy) and error.retry_after is not None:
            return error.retry_after
        return self._wait(state)

    def _log(self, purpose: str, outcome: str, reply: Reply, timing: _Timing) -> None:
        """Metadata only: never a word of what was said. Whoever wants to keep it listens to the logger."""
        record = {
            "at": datetime.now().astimezone().isoformat(timespec="seconds"),
            "host": self.host,
            "model": self.name,
            "purpose": purpose,
            "sent": reply.usage.sent,
            "received": reply.usage.received,
            "first_ms": timing.first_ms,
            "total_ms": timing.total_ms,
            "retries": max(0, timing.tries - 1),
            "outcome": outcome,
        }
        log.info("request", extra={"request": record})


class _Timing:
    """How long one round takes, on *clock* (seconds), and how often it was asked."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._started = clock()
        self.first_ms: int | None = None
        self.tries = 0

    @property
    def total_ms(self) -> int:
        """So far."""
        return round((self._clock() - self._started) * 1000)

    def first_came(self) -> None:
        """The first visible text is here."""
        self.first_ms = self.total_ms


def tokens_about(text: str) -> int:
    """How many tokens *text* is, about: one a Chinese character, four letters or digits one."""
    plain = sum(character.isascii() for character in text)
    return len(text) - plain + (plain + 3) // 4


def _tokens_of(talk: Talk) -> int:
    return sum(tokens_about(part["content"]) for part in talk)


def _sum(one: Usage, other: Usage) -> Usage:
    return Usage(sent=one.sent + other.sent, received=one.received + other.received)


def _better(first: Draft, second: Draft) -> Draft:
    """The draft with less unsupported; the usage is that of both."""
    is_better = bool(second.text) and len(second.unsupported) < len(first.unsupported) and not second.repeated
    chosen = second if is_better else first
    return chosen.model_copy(update={"usage": _sum(first.usage, second.usage), "attempts": 2})


class _too_long(tenacity.stop.stop_base):  # noqa: N801 - named as tenacity names its own
    """Stop rather than wait past the time allowed, or longer than a person would."""

    def __init__(self, deadline: float) -> None:
        self._deadline = deadline

    def __call__(self, retry_state: tenacity.RetryCallState) -> bool:
        pause = retry_state.upcoming_sleep
        return pause > LONGEST_PAUSE or asyncio.get_running_loop().time() + pause >= self._deadline
