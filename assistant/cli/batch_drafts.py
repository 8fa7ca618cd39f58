"""``ziping batch --draft``: the blank texts of all case files in a folder."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from assistant.cli.consent import agreed
from assistant.cli.inputs import print_json, settings
from assistant.domain.errors import InputError
from assistant.domain.places import spoken
from assistant.drafting.drafter import Preview
from assistant.drafting.service import drafter_for
from assistant.season.drafts import Drafted, FolderDrafter
from assistant.season.start import Season
from assistant.store.casefile import SUFFIX
from assistant.store.locations import locations
from assistant.store.request_log import keep_requests


def draft(arguments: argparse.Namespace, season: Season) -> int:
    """Draft for every case file of *season*, say what was written where."""
    files = [(file, path) for file, path in season.folder.files.items() if file.endswith(SUFFIX)]
    others = len(season.folder.files) - len(files)
    if not files:
        raise InputError(
            f"{arguments.folder} 里没有案卷（*{SUFFIX}）。",
            "批量起草只写案卷；请先用 ziping read 表 -o 案卷 存成案卷。",
        )
    work = FolderDrafter(season.rules, locations(), _now)
    if not arguments.offline:
        work = _with_model(work, files)
    done: list[Drafted] = []
    try:
        asyncio.run(_all(work, files, done, quiet=arguments.json))
    finally:
        if arguments.json:
            print_json({"schema": "ziping.batch-draft/1", "files": [_json(one) for one in done]})
        else:
            _print(done, others)
            if len(done) < len(files):
                print(f"还有 {len(files) - len(done)} 份没有看。再运行同一条命令会接着做。")
    return 1 if any(one.trouble for one in done) else 0


def _with_model(work: FolderDrafter, files: list[tuple[str, Path]]) -> FolderDrafter:
    """*work* with the configured model, if there is one and the user lets the texts of the folder go to it."""
    chosen, where = settings().settings, work.where
    drafter = drafter_for(chosen, where.prompts)
    if drafter is None:
        return work
    model = replace(work, drafter=drafter, parallel=chosen.parallel, away=not drafter.is_local)

    def previews(forms: Sequence[Path]) -> Iterator[tuple[Path, Preview]]:
        return ((form, drafter.preview(request)) for form, request in model.to_send(forms))

    if not agreed(drafter, [path for _, path in files], previews, chosen, where.state / "consents"):
        return work
    keep_requests(where.requests)
    return model


async def _all(
    drafter: FolderDrafter, files: list[tuple[str, Path]], done: list[Drafted], *, quiet: bool
) -> None:
    async for one in drafter.draft(files):
        done.append(one)
        if one.trouble:
            named = one.trouble.startswith(one.file)
            print(one.trouble if named else f"{one.file}：{one.trouble}", file=sys.stderr)
        elif not quiet and (one.written or one.offered):
            print(f"{len(done)}/{len(files)} {one.file}")
            if one.note:
                print(f"    {one.note}")
            for path in one.written:
                print(f"    已写：{spoken(path)}")
            for path in one.offered:
                print(f"    有数字没有出处，没有写进表里，留在起草记录：{spoken(path)}")


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")


def _print(done: list[Drafted], others: int) -> None:
    texts = sum(len(one.written) for one in done)
    forms = sum(bool(one.written) for one in done)
    print(f"看过 {len(done)} 份案卷，给 {forms} 份写了 {texts} 段文字；已有的文字一律没动。")
    if texts:
        print("新写的文字都列在“读入内容”里等您确认；带【待补充】的地方请补上。")
    if others:
        print(
            f"另有 {others} 份不是案卷，没有起草；可先用 ziping read 表 -o 案卷 存成案卷。", file=sys.stderr
        )


def _json(one: Drafted) -> dict[str, object]:
    return {
        "file": one.file,
        "written": one.written,
        "offered": one.offered,
        "trouble": one.trouble,
        "note": one.note,
    }
