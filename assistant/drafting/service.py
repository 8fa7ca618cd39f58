"""What screens and commands call: requests, drafts with the template as fallback, and their JSON."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import aclosing
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from assistant.catalogue.settings import Settings
from assistant.domain.case import Case
from assistant.domain.errors import DraftingError
from assistant.domain.scores import ScoreSheet
from assistant.drafting.deviations import deviation
from assistant.drafting.drafter import Draft, Drafter, DraftRequest, Event, Finished, Verification
from assistant.drafting.facts import GOAL, REASON, all_facts, facts_for, row_name
from assistant.drafting.inventions import verify_model_text
from assistant.drafting.privacy import masks_for, secrecy_words
from assistant.drafting.prompts import Prompts
from assistant.drafting.templates import template_draft
from assistant.drafting.variants import MIXED, VARIANTS
from assistant.drafting.verify import verify
from assistant.drafting.within import facts_within

if TYPE_CHECKING:
    from assistant.drafting.client import OpenAIDrafter


def drafter_for(settings: Settings, prompts: Path | None = None) -> OpenAIDrafter | None:
    """The configured model, or ``None`` where none is. Brings the network library in only if there is one.

    *prompts* is the user's own prompt folder. Raises ``DraftingRefused`` where address or key cannot be used.
    """
    if not settings.model_is_on:
        return None
    from assistant.drafting.client import OpenAIDrafter

    return OpenAIDrafter(settings, verify_model_text, Prompts(prompts))


def request_for(
    case: Case,
    sheet: ScoreSheet,
    path: str,
    instruction: str = "",
    limits: Mapping[str, int] | None = None,
    *,
    previous: str = "",
    examples: tuple[str, ...] = (),
) -> DraftRequest:
    """What a model is asked for the text cell *path*. *limits* are the place's (``goal`` and ``reason``, characters).

    *examples* show the manner of writing. With *previous* the model is asked to change that text as *instruction* says: "再短些".
    """
    facts = facts_for(case, sheet, path)
    most = limits or {}
    reason, goal = REASON.match(path), GOAL.match(path)
    if reason:
        index = int(reason[1])
        prompt = "deviation_reason"
        context = {
            "indicator": row_name(case.indicators[index], index),
            "deviation": deviation(case, sheet, path).label,
            "limit": f"不超过{most['reason']}字" if "reason" in most else "40至120字",
        }
    elif goal:
        prompt = "actual_result"
        context = {
            "goal": case.goals[int(goal[1])].expected.strip() or "（未填写）",
            "limit": f"不超过{most['goal']}字" if "goal" in most else "150至600字",
        }
    else:
        raise KeyError(path)
    texts = (
        *(fact.text for fact in facts),
        *(fact.label for fact in facts),
        *context.values(),
        instruction,
        previous,
    )
    return DraftRequest(
        path=path,
        prompt=prompt,
        facts=facts,
        context=context,
        instruction=instruction,
        previous=previous,
        examples=examples,
        masks=masks_for(case, *texts),
        marks=secrecy_words(case.project, *(goal.expected for goal in case.goals)),
    )


async def draft_text(
    case: Case,
    sheet: ScoreSheet,
    path: str,
    drafter: Drafter | None = None,
    instruction: str = "",
    *,
    limits: Mapping[str, int] | None = None,
    previous: str = "",
    examples: tuple[str, ...] = (),
    watch: Callable[[Event], None] = lambda event: None,
    fallback: bool = True,
) -> Draft:
    """Draft the text cell *path*: with *drafter* if there is one, else (or where it fails) from the template.

    *previous* is the text that *instruction* is to change. *watch* sees every event of the stream. The template also
    stands in for a model that went in circles. Without *fallback* what the model did comes through, its ``DraftingError``
    too.
    """
    if drafter is None:
        return template_draft(case, sheet, path)
    request = request_for(case, sheet, path, instruction, limits, previous=previous, examples=examples)
    try:
        # Every drafter is an async generator; closing it at once closes its connection.
        stream = cast("AsyncGenerator[Event, None]", drafter.stream(request))
        async with aclosing(stream):
            async for event in stream:
                watch(event)
                if isinstance(event, Finished):
                    is_lost = fallback and event.draft.repeated
                    return instead_of(event.draft, case, sheet) if is_lost else event.draft
    except DraftingError as error:
        if not fallback:
            raise
        draft = template_draft(case, sheet, path)
        return draft.model_copy(
            update={"notes": (*draft.notes, f"模型没有帮上忙，已改用模板：{error.message}")}
        )
    return template_draft(case, sheet, path)


def instead_of(draft: Draft, case: Case, sheet: ScoreSheet) -> Draft:
    """The template's draft in place of one that went in circles; what the model took is told."""
    template = template_draft(case, sheet, draft.path)
    notes = (*template.notes, "模型不停重复，已停下，没有用它的草稿，改用模板。")
    return template.model_copy(update={"notes": notes, "usage": draft.usage})


async def draft_many(
    case: Case,
    sheet: ScoreSheet,
    paths: Sequence[str],
    drafter: Drafter | None = None,
    *,
    parallel: int = 4,
    limits: Mapping[str, int] | None = None,
    watch: Callable[[str, Event], None] = lambda path, event: None,
    begun: Callable[[str, asyncio.Task[Draft]], None] = lambda path, task: None,
) -> list[Draft | None]:
    """Draft several cells, at most *parallel* at a time; the answer keeps the order of *paths* (each once).

    Args:
        case: The form.
        sheet: Its score sheet.
        paths: The cells, as ``draft_paths`` lists them.
        drafter: The model; without one the templates draft.
        parallel: How many requests are under way at once.
        limits: The place's ``goal`` and ``reason`` limits, in characters.
        watch: Sees every event, with the cell it belongs to.
        begun: Receives each cell's task before it runs. Cancelling one gives ``None`` in its place and closes its
            connection; the others go on. Cancelling this call cancels them all.
    """

    def draft(path: str) -> Awaitable[Draft]:
        return draft_text(case, sheet, path, drafter, limits=limits, watch=lambda event: watch(path, event))

    return await _all(dict.fromkeys(paths, draft), parallel, begun)


async def draft_variants(
    case: Case,
    sheet: ScoreSheet,
    path: str,
    drafter: Drafter,
    *,
    kind: str = MIXED,
    parallel: int = 3,
    limits: Mapping[str, int] | None = None,
    examples: tuple[str, ...] = (),
    watch: Callable[[str, Event], None] = lambda name, event: None,
    begun: Callable[[str, asyncio.Task[Draft]], None] = lambda name, task: None,
) -> dict[str, Draft | None]:
    """Three drafts of one cell to choose from, by their names; ``None`` for one that was cancelled.

    *kind* of :data:`~assistant.drafting.variants.VARIANTS` says in what they differ: tone, length, both. Each is verified as any draft. A model's fault comes through (``DraftingError``): three equal templates are no choice.
    """
    wishes = VARIANTS[kind].wishes

    def draft(name: str) -> Awaitable[Draft]:
        return draft_text(
            case,
            sheet,
            path,
            drafter,
            wishes[name],
            limits=limits,
            examples=examples,
            watch=lambda event: watch(name, event),
            fallback=False,
        )

    return dict(zip(wishes, await _all(dict.fromkeys(wishes, draft), parallel, begun), strict=True))


async def _all(
    jobs: Mapping[str, Callable[[str], Awaitable[Draft]]],
    parallel: int,
    begun: Callable[[str, asyncio.Task[Draft]], None],
) -> list[Draft | None]:
    """Run *jobs*, at most *parallel* at a time; ``None`` for those that were cancelled. A fault ends them all."""
    gate = asyncio.Semaphore(max(1, parallel))

    async def one(name: str) -> Draft:
        async with gate:
            return await jobs[name](name)

    tasks = {name: asyncio.create_task(one(name)) for name in jobs}
    for name, task in tasks.items():
        begun(name, task)
    try:
        if tasks:
            await asyncio.wait(tasks.values(), return_when=asyncio.FIRST_EXCEPTION)
    finally:
        for task in tasks.values():
            task.cancel()  # nothing to those that are done
        await asyncio.gather(*tasks.values(), return_exceptions=True)
    return [None if task.cancelled() else task.result() for task in tasks.values()]


def verify_text(case: Case, sheet: ScoreSheet, text: str, path: str = "") -> Verification:
    """Hold any text against the facts of the cell *path*, or of the whole form."""
    return verify(text, facts_within(case, sheet, path, text) if path else all_facts(case, sheet))


def draft_json(drafts: Iterable[Draft]) -> dict[str, Any]:
    """``ziping draft --json``."""
    return {"schema": "ziping.draft/1", "drafts": [_draft(draft) for draft in drafts]}


def _draft(draft: Draft) -> dict[str, Any]:
    return {
        "path": draft.path,
        "text": draft.text,
        "source": draft.source,
        "model": draft.model,
        "prompt": draft.prompt,
        "attempts": draft.attempts,
        "facts": [
            {
                "id": fact.id,
                "text": f"{fact.label} {fact.text}",
                "path": fact.path,
                "kind": fact.kind,
                "formula": fact.formula,
            }
            for fact in draft.facts
        ],
        "unsupported": [
            {"span": [span.start, span.end], "text": span.text, "why": span.why} for span in draft.unsupported
        ],
        "pending": list(draft.pending),
        "usable": draft.usable,
        "notes": list(draft.notes),
        "usage": draft.usage.model_dump(),
    }


def verification_json(verification: Verification) -> dict[str, Any]:
    """``ziping verify --json``."""
    return {
        "schema": "ziping.verify/1",
        "supported": [
            {"span": [span.start, span.end], "text": span.text, "fact": span.fact}
            for span in verification.supported
        ],
        "unsupported": [
            {"span": [span.start, span.end], "text": span.text, "why": span.why}
            for span in verification.unsupported
        ],
    }
