"""``ziping draft`` and ``ziping verify``."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path

from assistant.cli.consent import agreed
from assistant.cli.inputs import print_json, profile_for, read_bytes, read_case, settings
from assistant.domain.case import Case
from assistant.domain.errors import InputError
from assistant.domain.places import spoken
from assistant.domain.scores import ScoreSheet
from assistant.drafting.deviations import draft_paths
from assistant.drafting.drafter import Draft, Event, Waiting
from assistant.drafting.service import (
    draft_json,
    draft_many,
    drafter_for,
    request_for,
    verification_json,
    verify_text,
)
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
    paths = _row_paths(case, arguments.row) if arguments.row else draft_paths(case, sheet, arguments.what)
    drafter, parallel = None, 1
    if not arguments.offline:
        chosen = settings({"base_url": arguments.base_url, "model": arguments.model}).settings
        where = locations()
        drafter, parallel = drafter_for(chosen, where.prompts), chosen.parallel
        if drafter is not None and paths:
            keep_requests(where.requests)
            preview = drafter.preview(request_for(case, sheet, paths[0], "", profile.text_limits))
            if not agreed(preview, Path(arguments.file), where.state / "consents"):
                print("没有发送，用模板起草。", file=sys.stderr)
                drafter = None

    made = asyncio.run(
        draft_many(
            case,
            sheet,
            paths,
            drafter,
            parallel=parallel,
            limits=profile.text_limits,
            watch=lambda path, event: _tell_waiting(event),
        )
    )
    drafts = [draft for draft in made if draft is not None]
    if arguments.json:
        print_json(draft_json(drafts))
    else:
        _print(case, sheet, drafts)
    wanted_model = drafter is not None
    return 3 if wanted_model and drafts and not any(draft.source == "model" for draft in drafts) else 0


def _tell_waiting(event: Event) -> None:
    if isinstance(event, Waiting):
        print(f"{event.why} 第{event.attempt}次，{event.seconds:.0f} 秒后重试……", file=sys.stderr)


def _row_paths(case: Case, rows: list[int]) -> tuple[str, ...]:
    for row in rows:
        if not 1 <= row <= len(case.indicators):
            raise InputError(f"没有第 {row} 行指标。", f"行号从 1 到 {len(case.indicators)}。")
    return tuple(f"indicators[{row - 1}].reason" for row in rows)


def _print(case: Case, sheet: ScoreSheet, drafts: list[Draft]) -> None:
    if not drafts:
        print("没有需要起草的文字。")
    for draft in drafts:
        source = "模板" if draft.source == "template" else f"模型 {draft.model}"
        print(f"{spoken(draft.path)}（{source}）")
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
