"""``ziping draft`` and ``ziping verify``."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.cli.consent import agreed
from assistant.cli.inputs import print_json, profile_for, read_bytes, read_case, settings
from assistant.domain.case import Case
from assistant.domain.errors import DraftingRefused, InputError
from assistant.domain.places import spoken
from assistant.domain.scores import ScoreSheet
from assistant.drafting.deviations import draft_paths
from assistant.drafting.drafter import Draft, Drafter, DraftRequest, Event, Preview, Waiting
from assistant.drafting.service import (
    draft_json,
    draft_many,
    draft_variants,
    drafter_for,
    request_for,
    verification_json,
    verify_text,
)
from assistant.drafting.variants import VARIANTS
from assistant.scoring.engine import score_case
from assistant.store.locations import locations
from assistant.store.request_log import keep_requests


def run(arguments: argparse.Namespace) -> int:
    """Dispatch within the group."""
    return _draft(arguments) if arguments.command == "draft" else _verify(arguments)


def _draft(arguments: argparse.Namespace) -> int:
    case = read_case(arguments.file)
    profile = profile_for(case, arguments.profile)
    sheet = score_case(case, profile)
    chosen = settings({"base_url": arguments.base_url, "model": arguments.model}).settings
    work = _Work(
        case=case,
        sheet=sheet,
        paths=_row_paths(case, arguments.row) if arguments.row else draft_paths(case, sheet, arguments.what),
        limits=profile.text_limits,
        kind=arguments.variants or "",
        parallel=chosen.parallel,
    )
    where = locations()
    drafter = None if arguments.offline else drafter_for(chosen, where.prompts)
    if work.kind and drafter is None:
        raise DraftingRefused(
            "没有启用模型，写不了三种写法。", "请设 base_url 和 model，或去掉 --variants 用模板。"
        )
    if drafter is not None and work.paths:
        asked = drafter

        def previews(forms: Sequence[Path]) -> Iterator[tuple[Path, Preview]]:
            return ((forms[0], asked.preview(request)) for request in work.requests())

        if agreed(drafter, [Path(arguments.file)], previews, chosen, where.state / "consents"):
            keep_requests(where.requests)
        else:
            drafter = None

    made = asyncio.run(work.drafts(drafter) if drafter is None or not work.kind else work.variants(drafter))
    drafts = [draft for _, draft in made]
    if arguments.json:
        told = draft_json(drafts)
        if drafter is not None and work.kind:
            for entry, (name, _) in zip(told["drafts"], made, strict=True):
                entry["variant"] = name
        print_json(told)
    else:
        _print(made)
    wanted_model = drafter is not None
    return 3 if wanted_model and drafts and not any(draft.source == "model" for draft in drafts) else 0


Named = list[tuple[str, Draft]]
"""Drafts, each with its name among three of one cell, ``""`` where it is the only one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """What is to be drafted; ``kind`` is that of ``VARIANTS``, ``""`` for one draft a cell."""

    case: Case
    sheet: ScoreSheet
    paths: Sequence[str]
    limits: Mapping[str, int]
    kind: str
    parallel: int

    def requests(self) -> Iterator[DraftRequest]:
        """All that a model will be asked."""
        wishes = VARIANTS[self.kind].wishes.values() if self.kind else ("",)
        for path in self.paths:
            for wish in wishes:
                yield request_for(self.case, self.sheet, path, wish, self.limits)

    async def drafts(self, drafter: Drafter | None) -> Named:
        """One draft of each cell."""
        made = await draft_many(
            self.case,
            self.sheet,
            self.paths,
            drafter,
            parallel=self.parallel,
            limits=self.limits,
            watch=lambda path, event: _tell_waiting(event),
        )
        return [("", draft) for draft in made if draft is not None]

    async def variants(self, drafter: Drafter) -> Named:
        """Three drafts of each cell, cell after cell."""
        made: Named = []
        for path in self.paths:
            found = await draft_variants(
                self.case,
                self.sheet,
                path,
                drafter,
                kind=self.kind,
                parallel=self.parallel,
                limits=self.limits,
                watch=lambda name, event: _tell_waiting(event),
            )
            made += [(name, draft) for name, draft in found.items() if draft is not None]
        return made


def _tell_waiting(event: Event) -> None:
    if isinstance(event, Waiting):
        print(f"{event.why} 第{event.attempt}次，{event.seconds:.0f} 秒后重试……", file=sys.stderr)


def _row_paths(case: Case, rows: list[int]) -> tuple[str, ...]:
    for row in rows:
        if not 1 <= row <= len(case.indicators):
            raise InputError(f"没有第 {row} 行指标。", f"行号从 1 到 {len(case.indicators)}。")
    return tuple(f"indicators[{row - 1}].reason" for row in rows)


def _print(made: Named) -> None:
    if not made:
        print("没有需要起草的文字。")
    for name, draft in made:
        source = "模板" if draft.source == "template" else f"模型 {draft.model}"
        print(f"{spoken(draft.path)}（{source}{f'，{name}' if name else ''}）")
        print(f"  {draft.text}".replace("\n", "\n  "))
        for span in draft.unsupported:
            print(f"  没有出处：{span.text}——{span.why}")
        for note in draft.notes:
            print(f"  {note}")


def _verify(arguments: argparse.Namespace) -> int:
    case = read_case(arguments.file)
    sheet = score_case(case, profile_for(case, arguments.profile))
    text = arguments.text
    if text == "-":
        text = read_bytes("-").decode("utf-8-sig", errors="replace")
    path = _row_paths(case, [arguments.row])[0] if arguments.row else ""
    verification = verify_text(case, sheet, text, path)
    if arguments.json:
        print_json(verification_json(verification))
    else:
        for span in verification.supported:
            print(f"有出处：{span.text}（{span.fact}）")
        for span in verification.unsupported:
            print(f"没有出处：{span.text}——{span.why}")
        if not verification.supported and not verification.unsupported:
            print("文字里没有需要核对的数字、日期、文号和书名。")
    return 1 if verification.unsupported else 0
