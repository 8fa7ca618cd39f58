"""Drafts in the line-by-line interview: the template's at once, the model's where one is chosen and sending was agreed to."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from assistant.catalogue.settings import load_settings
from assistant.domain.case import Case, DraftState
from assistant.domain.errors import DraftingError, ZipingError
from assistant.domain.paths import text_paths, with_cell
from assistant.drafting.drafter import Draft
from assistant.drafting.late import late_drafter
from assistant.drafting.records import record_of
from assistant.drafting.service import draft_text, instead_of, request_for
from assistant.drafting.templates import template_draft
from assistant.store.consents import Consents
from assistant.store.locations import Locations
from assistant.workspace.workspace import Author, Workspace

BY_MODEL = "模型"


class PlainDrafts:
    """Offers a draft for a cell and remembers it until it is taken.

    Args:
        workspace: The open case.
        path: The case file, for what was agreed to.
        where: The user's folders.
    """

    def __init__(self, workspace: Workspace, path: Path, where: Locations) -> None:
        self._workspace = workspace
        self._where = where
        self._consents = Consents(where.state / "consents", path)
        self._shown_for = ""
        self._waiting: Draft | None = None

    def offer(self, path: str, wanted: str) -> Iterator[str]:
        """Say the draft for the cell *path*: by the template, or with *wanted* 模型 by the model."""
        self._waiting = None
        if path not in text_paths(self._workspace.case):
            yield "这一格不用起草。“实际完成情况”和“偏差原因分析及改进措施”可以。"
            return
        if wanted == BY_MODEL:
            yield from self._by_model(path)
        else:
            snapshot = self._workspace.snapshot
            self._waiting = template_draft(snapshot.case, snapshot.sheet, path)
        if self._waiting is not None:
            yield from _said(self._waiting)

    def _by_model(self, path: str) -> Iterator[str]:
        drafter = late_drafter(load_settings(folder=self._where.config).settings, self._where.prompts)
        if drafter is None:
            yield "没有启用模型。可以直接输入“起草”用模板；模型在设置文件里写 base_url 和 model。"
            return
        snapshot, limits = self._workspace.snapshot, self._workspace.profile.text_limits
        try:
            preview = drafter.preview(request_for(snapshot.case, snapshot.sheet, path, "", limits))
            if not self._consents.has(preview.address):
                if self._shown_for != preview.address:
                    self._shown_for = preview.address
                    yield f"将发给 {preview.address}（{preview.model}），约 {preview.sent} 个词元，{preview.hidden_words}。全部内容："
                    yield preview.body
                    yield "同意发送，请再输入一次“起草 模型”；这份案卷对这个地址只问一次。"
                    return
                self._consents.add(preview.address)
            written = asyncio.run(
                draft_text(snapshot.case, snapshot.sheet, path, drafter, limits=limits, fallback=False)
            )
        except (DraftingError, ZipingError) as error:
            yield f"{error}可以直接输入“起草”用模板。"
            return
        yield f"{drafter.spent(written.usage)}。"
        if written.repeated:
            written = instead_of(written, snapshot.case, snapshot.sheet)
        self._waiting = written

    def take(self, path: str) -> bool:
        """Put the waiting draft into the cell *path*, as one step of undo; say whether there was one."""
        draft = self._waiting
        if draft is None or draft.path != path:
            return False
        self._waiting = None
        self._workspace.pause_typing()
        self._workspace.replace(_with(self._workspace.case, draft), Author.DRAFT, path)
        return True

    def refusal(self, path: str) -> str:
        """Why the waiting draft cannot be taken as it is, ``""`` where it can."""
        draft = self._waiting
        if draft is None or draft.path != path:
            return "还没有草稿，请先输入“起草”。"
        if draft.unsupported:
            return "草稿里有没有依据的内容，不能照收；请核实后自己写。"
        return ""


def _with(case: Case, draft: Draft) -> Case:
    made_at = datetime.now().astimezone().isoformat(timespec="seconds")
    record = record_of(draft, DraftState.ACCEPTED, draft.text, made_at, len(draft.unsupported))
    case = case.model_copy(update={"drafts": (*case.drafts, record)})
    return with_cell(case, draft.path, draft.text)


def _said(draft: Draft) -> Iterator[str]:
    yield f"草稿（{f'模型 {draft.model}' if draft.source == 'model' else '模板'}）："
    yield from (f"  {line}" for line in draft.text.splitlines())
    for span in draft.unsupported:
        yield f"没有依据：{span.text}，{span.why}。"
    yield from draft.notes
    for item in draft.pending:
        yield f"待您补充：{item}"
    yield "原来的内容没有动。输入“采用”写入这一格，直接回车保留原来的。"
