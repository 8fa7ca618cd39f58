"""Drafting on the main screen: ask, agree to sending, take or refuse, look at earlier drafts.

The user's own text is only touched by a draft the user took, and that is one step of undo.
"""

from __future__ import annotations

from collections.abc import Callable

from textual import on
from textual.content import Content

from assistant.domain.case import DraftState
from assistant.domain.errors import DraftingError, ZipingError
from assistant.drafting.drafter import Draft, DraftRequest, Preview
from assistant.drafting.records import record_of
from assistant.tui import rows
from assistant.tui.desk import text_at
from assistant.tui.hints import key
from assistant.tui.screens.dialogs import ConfirmDialog
from assistant.tui.screens.walk import WalkScreen
from assistant.tui.widgets.draft_messages import DraftDecided, DraftSaid, Stage, TextWanted
from assistant.workspace.workspace import Author


class DraftingScreen(WalkScreen):
    """The walk with drafts beside the texts."""

    def action_draft(self) -> None:
        """A draft for the text on this page; in a draft being edited, take it."""
        panel = self.page.draft_panel()
        if panel is None:
            self.notify("本页没有可以起草的文字；“实际完成情况”和“偏差原因”可以。", timeout=4)
        elif panel.stage is Stage.EDITING:
            panel.accept_edited()
        elif panel.stage is not Stage.IDLE:
            panel.take_focus()
        else:
            self.ask_for_draft()

    def ask_for_draft(self, instruction: str = "", previous: str = "") -> None:
        """Draft the text on this page, or change *previous* as *instruction* says."""
        case = self.desk.settle().case
        request = self.services.request(case, self.page.draft_path(), instruction, previous)
        if self.services.drafter is None:
            self._begin(request)
        else:
            self.with_consent(request, lambda: self._begin(request), lambda: self._offer_template(request))

    def with_consent(
        self, request: DraftRequest, go_on: Callable[[], object], go_without: Callable[[], object]
    ) -> None:
        """Show what would be sent and where, once for a case and an address, before anything goes out."""
        try:
            preview = self.services.preview(request)
        except DraftingError as error:
            self.notify(str(error), severity="warning", timeout=8)
            go_without()
            return
        if preview is None or self.services.has_agreed(preview.address):
            go_on()
            return

        def answered(agreed: bool | None) -> None:
            if agreed:
                try:
                    self.services.agree(preview.address)
                except ZipingError as error:  # asked again next time, no harm
                    self.notify(str(error), severity="warning", timeout=8)
                go_on()
            else:
                go_without()

        title = "发送前请确认（这份案卷对这个地址只问一次）"
        self.app.push_screen(
            ConfirmDialog(title, _to_be_sent(preview), "同意发送", "不发送，用模板起草"),
            answered,
        )

    def _begin(self, request: DraftRequest) -> None:
        panel = self.page.draft_panel()
        if panel is not None and request.path == self.page.draft_path():
            panel.put_away()
            panel.begin(request)

    def _offer_template(self, request: DraftRequest) -> None:
        panel = self.page.draft_panel()
        if panel is None or request.path != self.page.draft_path():
            return
        if panel.stage is Stage.IDLE:
            panel.offer(self.services.template(self.desk.snapshot.case, request.path))
        panel.take_focus()

    @on(DraftDecided)
    def keep_decision(self, event: DraftDecided) -> None:
        """Put an accepted draft into its cell and every draft on record, as one step."""
        draft = event.draft
        case = self.desk.settle().case
        had_text = bool(event.text) and bool(text_at(case, draft.path).strip())
        doubtful = draft.unsupported
        if event.state is DraftState.EDITED:
            doubtful = self.services.verify(case, draft.path, event.text).unsupported
        record = record_of(draft, event.state, event.text, self.services.now(), len(doubtful))
        self.desk.replace(rows.with_draft_decided(case, record, event.text), Author.DRAFT, draft.path)
        if event.state is not DraftState.REJECTED:
            self.notify(
                "已采用草稿。" + (f"原来的文字可按 {key(self, 'undo')} 找回。" if had_text else ""), timeout=4
            )
        panel = self.page.draft_panel()
        if panel is None or panel.stage is Stage.IDLE:  # else another draft is already there
            self.page.focus_cell(draft.path)

    @on(TextWanted)
    def back_to_text(self, event: TextWanted) -> None:
        """From the draft to the user's own text."""
        if self.page.focus_cell(event.path) and self.focused is not None:
            self.call_after_refresh(self.focused.scroll_visible, animate=False, top=True)

    def action_past_drafts(self) -> None:
        """Earlier drafts of the text on this page, to look at again."""
        path = self.page.draft_path()
        records = [record for record in self.desk.snapshot.case.drafts if record.path == path]
        if not records:
            self.notify("这一格还没有以往的草稿。", timeout=3)
            return

        def picked(answer: str | None) -> None:
            panel = self.page.draft_panel()
            if answer is None or panel is None:
                return
            record = records[int(answer)]
            doubtful = self.services.verify(self.desk.snapshot.case, path, record.text).unsupported
            panel.offer(
                Draft(
                    path=path,
                    text=record.text,
                    source=record.source,
                    model=record.model,
                    prompt=record.prompt,
                    instruction=record.instruction,
                    unsupported=doubtful,
                    usable=not doubtful,
                )
            )
            panel.take_focus()

        from assistant.tui.screens.history_dialog import HistoryDialog

        present = text_at(self.desk.snapshot.case, path)
        self.app.push_screen(HistoryDialog(records, present), picked)

    @on(DraftSaid)
    def tell(self, event: DraftSaid) -> None:
        """Say what the draft panel has to say."""
        self.notify(
            event.text, severity="warning" if event.heavy else "information", timeout=8 if event.heavy else 4
        )


def _to_be_sent(preview: Preview) -> Content:
    masks = preview.masks
    hidden = "，".join(f"{{{mask.slot}}} 是{mask.text}" for mask in masks)
    kinds, open_units = (
        ("姓名、电话、单位名称", "") if preview.hides_units else ("姓名、电话", "；单位名称照原样发出")
    )
    cost = f"，{preview.cost}" if preview.cost else ""
    size = len(preview.body.encode())
    return Content.assemble(
        Content.styled("发给  ", "$muted"),
        f"{preview.address}（{preview.model}）\n",
        Content.styled("用量  ", "$muted"),
        f"约发出 {preview.sent} 个词元，最多收回 {preview.received} 个{cost}\n",
        Content.styled("遮盖  ", "$muted"),
        f"{kinds}换成记号，收到后在本机还原{open_units}：{hidden}\n\n"
        if masks
        else f"没有要遮盖的姓名、电话{open_units or '和单位名称'}\n\n",
        Content.styled(f"将发出的全部内容，原样，{size} 字节：\n", "bold"),
        preview.body,
    )
