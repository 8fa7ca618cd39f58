"""A report's passages in a model's words: the same facts as slots, the same verifier, the template wherever it fails."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import aclosing
from dataclasses import replace
from typing import cast

from assistant.domain.errors import DraftingError
from assistant.drafting.drafter import Draft, Drafter, DraftRequest, Fact, Finished
from assistant.drafting.privacy import secrecy_words, with_numbers
from assistant.drafting.replies import pending
from assistant.drafting.verify import verify
from assistant.reporting.document import Block, Passage, Section, SelfReport

PROMPT = "report_section"
_SHORTEST = 3
"""Characters of a line that is too short to be known again."""

_LIMIT = "与要点相当，不超过要点的一倍半"


async def drafted(
    report: SelfReport,
    drafter: Drafter,
    *,
    parallel: int = 1,
    watch: Callable[[int, int], None] = lambda done, whole: None,
) -> SelfReport:
    """*report* with each passage drafted by *drafter*, at most *parallel* at a time.

    A passage keeps its template where the model fails, writes a figure without a fact, or drops a 【待补充】 that
    stands for something nobody has told. *watch* is told how many of how many are done.
    """
    marks = _marks(report)
    gate, done, whole = asyncio.Semaphore(max(1, parallel)), 0, len(report.passages)

    async def one(title: str, passage: Passage) -> Passage:
        nonlocal done
        async with gate:
            written = await _passage(passage, request_for(title, passage, marks), drafter)
        done += 1
        watch(done, whole)
        return written

    async def section(one_section: Section) -> Section:
        async def block(inside: Block) -> Block:
            return await one(one_section.title, inside) if isinstance(inside, Passage) else inside

        return replace(one_section, blocks=tuple(await asyncio.gather(*map(block, one_section.blocks))))

    return replace(report, sections=tuple(await asyncio.gather(*map(section, report.sections))))


async def _passage(passage: Passage, request: DraftRequest, drafter: Drafter) -> Passage:
    try:
        stream = cast("AsyncGenerator[object, None]", drafter.stream(request))
        async with aclosing(stream):
            async for event in stream:
                if isinstance(event, Finished):
                    return _accepted(passage, event.draft)
    except DraftingError as error:
        return replace(passage, notes=(f"模型没有帮上忙，用的是模板：{error.message}",))
    return passage


def _accepted(passage: Passage, draft: Draft) -> Passage:
    """The model's text, if it may stand; else the template with the reason."""
    if draft.unsupported or not draft.usable:
        wrong = "、".join(f"“{span.text}”" for span in draft.unsupported[:3])
        return replace(passage, notes=(f"模型写的{wrong}没有依据，用的是模板。",))
    if len(pending(draft.text)) < len(pending(passage.text)):
        return replace(passage, notes=("模型去掉了待补充的地方，用的是模板。",))
    return replace(passage, text=draft.text, source="model", notes=draft.notes)


def requests_of(report: SelfReport) -> Iterator[DraftRequest]:
    """All that a model would be asked for *report*."""
    marks = _marks(report)
    for section in report.sections:
        for block in section.blocks:
            if isinstance(block, Passage):
                yield request_for(section.title, block, marks)


def _marks(report: SelfReport) -> tuple[str, ...]:
    """Words of secrecy anywhere in the report: they lock the model for all of it, as they do for a form."""
    return secrecy_words(*(passage.text for passage in report.passages))


def request_for(title: str, passage: Passage, marks: tuple[str, ...] = ()) -> DraftRequest:
    """What a model is asked: the template with its figures as slots for an outline, and only the facts it rests on."""
    bound = verify(passage.text, passage.facts).supported
    known = {fact.id: fact for fact in passage.facts}
    outline, at = [], 0
    for span in bound:
        if span.start < at or known[span.fact].text != span.text:
            continue
        outline += [passage.text[at : span.start], f"{{{span.fact}}}"]
        at = span.end
    outline.append(passage.text[at:])
    used = {span.fact for span in bound}
    facts = tuple(fact for fact in passage.facts if fact.id in used or _is_repeated(fact, passage.text))
    context = {"section": title, "outline": "".join(outline), "limit": _LIMIT}
    texts = (*context.values(), *(fact.text for fact in facts), *(fact.label for fact in facts))
    return DraftRequest(
        path=f"report.{passage.key}",
        prompt=PROMPT,
        facts=facts,
        context=context,
        masks=with_numbers(passage.masks, *texts),
        marks=marks,
    )


def _is_repeated(fact: Fact, text: str) -> bool:
    """Whether the template has the fact's words: a target beside its equal result, a name, a line of a reason."""
    if fact.kind in {"note", "written"}:
        return any(piece in text for piece in fact.text.splitlines() if len(piece) > _SHORTEST)
    return len(fact.text) > 1 and fact.text in text
