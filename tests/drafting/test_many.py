"""Several drafts at once: a limit, the order kept, each of them cancellable."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

import pytest

from assistant.domain.errors import DraftingRefused, DraftingUnavailable
from assistant.drafting.drafter import Draft, DraftRequest, Event, Finished, Piece
from assistant.drafting.privacy import refuse_secrets
from assistant.drafting.prompts import Prompts, messages
from assistant.drafting.service import draft_many, draft_variants, request_for
from assistant.drafting.templates import template_draft
from assistant.drafting.variants import VARIANTS

ROWS = tuple(("数量指标", f"召开第{n}类会议", "≥4次", "3次", "10", "7.5") for n in range(9))
PATHS = [f"indicators[{n}].reason" for n in range(9)]


class Slow:
    """Drafts that each take *seconds*; knows how many were under way at once, and which were closed."""

    name = "slow"

    def __init__(self, seconds: float = 0.02) -> None:
        self.seconds = seconds
        self.running = self.most = 0
        self.closed: list[str] = []
        self.full = asyncio.Event()  # four at once

    async def stream(self, request: DraftRequest) -> AsyncGenerator[Event, None]:
        self.running += 1
        self.most = max(self.most, self.running)
        if self.running == 4:
            self.full.set()
        try:
            yield Piece(text="写")
            await asyncio.sleep(self.seconds)
            if request.path == PATHS[4]:
                raise DraftingUnavailable("服务繁忙。")
            yield Finished(draft=Draft(path=request.path, text=f"{request.path}。", source="model"))
        finally:
            self.running -= 1
            self.closed.append(request.path)


async def test_the_order_is_kept_and_the_limit_too(scored):
    slow = Slow()
    drafts = await draft_many(*scored(*ROWS), PATHS, slow, parallel=4)
    assert [draft.path for draft in drafts if draft] == PATHS
    assert slow.most == 4
    assert slow.running == 0


async def test_one_that_fails_gets_its_template_and_the_others_go_on(scored):
    drafts = await draft_many(*scored(*ROWS), PATHS, Slow(), parallel=3)
    assert [draft.source for draft in drafts if draft] == ["model"] * 4 + ["template"] + ["model"] * 4


async def test_one_is_cancelled_and_the_others_go_on(scored):
    slow, tasks = Slow(), {}

    def watch(path: str, event: Event) -> None:
        if path == PATHS[1] and isinstance(event, Piece):
            tasks[path].cancel()

    drafts = await draft_many(*scored(*ROWS), PATHS, slow, watch=watch, begun=tasks.__setitem__)
    assert [draft is None for draft in drafts] == [n == 1 for n in range(9)]
    assert sorted(slow.closed) == PATHS


async def test_one_that_still_waits_can_be_cancelled_as_well(scored):
    slow = Slow()

    def begun(path: str, task: asyncio.Task[Draft]) -> None:
        if path == PATHS[8]:
            task.cancel()

    drafts = await draft_many(*scored(*ROWS), PATHS, slow, parallel=2, begun=begun)
    assert drafts[8] is None
    assert PATHS[8] not in slow.closed  # it was never asked


async def test_cancelling_the_whole_closes_every_connection(scored):
    slow = Slow(seconds=30)
    whole = asyncio.create_task(draft_many(*scored(*ROWS), PATHS, slow, parallel=4))
    await asyncio.wait_for(slow.full.wait(), 5)
    whole.cancel()
    with pytest.raises(asyncio.CancelledError):
        await whole
    assert sorted(slow.closed) == PATHS[:4]
    assert slow.running == 0


async def test_without_a_model_the_templates_draft(scored):
    case, sheet = scored(*ROWS)
    assert await draft_many(case, sheet, PATHS[:2]) == [
        template_draft(case, sheet, path) for path in PATHS[:2]
    ]
    assert await draft_many(case, sheet, []) == []


class Wishes(Slow):
    """Answers each wish with itself."""

    async def stream(self, request: DraftRequest) -> AsyncGenerator[Event, None]:
        yield Piece(text="写")
        if self.seconds < 0:
            raise DraftingUnavailable("服务繁忙。")
        yield Finished(draft=Draft(path=request.path, text=request.instruction, source="model"))


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("mixed", ["简短", "平实", "周全"]),
        ("tone", ["平实", "正式", "恳切"]),
        ("length", ["短", "中", "长"]),
    ],
)
async def test_three_variants_are_asked_for_in_three_ways(scored, kind, names):
    found = await draft_variants(*scored(*ROWS), PATHS[0], Wishes(), kind=kind)
    assert list(found) == names
    assert {name: draft.text for name, draft in found.items() if draft} == VARIANTS[kind].wishes


async def test_one_variant_can_be_cancelled(scored):
    def begun(name: str, task: asyncio.Task[Draft]) -> None:
        if name == "平实":
            task.cancel()

    found = await draft_variants(*scored(*ROWS), PATHS[0], Wishes(), begun=begun)
    assert [draft is None for draft in found.values()] == [False, True, False]


async def test_a_fault_is_told_instead_of_three_equal_templates(scored):
    with pytest.raises(DraftingUnavailable, match="繁忙"):
        await draft_variants(*scored(*ROWS), PATHS[0], Wishes(seconds=-1))


def test_a_wish_about_a_draft_goes_on_with_the_conversation(scored):
    case, sheet = scored(*ROWS)
    previous = f"{case.unit}召开会议3次。"
    request = request_for(case, sheet, PATHS[0], "再短些", previous=previous)
    talk = messages(request, Prompts())
    assert [part["role"] for part in talk] == ["system", "user", "assistant", "user"]
    assert talk[2]["content"].endswith("}召开会议3次。")
    assert case.unit not in str(talk)  # masked there as well
    assert "再短些" in talk[3]["content"]
    assert "再短些" not in talk[1]["content"]


def test_a_first_wish_stands_in_the_first_question(scored):
    talk = messages(request_for(*scored(*ROWS), PATHS[0], "再短些"), Prompts())
    assert len(talk) == 2
    assert "再短些" in talk[1]["content"]


def test_secrecy_marks_in_the_earlier_text_stop_the_sending(scored):
    request = request_for(*scored(*ROWS), PATHS[0], "再短些", previous="该材料为机密级。")
    with pytest.raises(DraftingRefused, match="机密"):
        refuse_secrets(request)
