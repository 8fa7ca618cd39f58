"""Drafting on the main screen: ask, agree to sending, answer questions first, take or refuse.

The user's own text is only touched by a draft the user took, and that is one step of undo.
"""

from __future__ import annotations

from textual import on
from textual.content import Content

from assistant.domain.case import DraftState
from assistant.drafting.drafter import Draft, DraftRequest
from assistant.tui import rows
from assistant.tui.desk import text_at
from assistant.tui.screens.dialogs import AskDialog, ConfirmDialog
from assistant.tui.screens.walk import WalkScreen
from assistant.tui.widgets.draft_messages import (
    DraftDecided,
    DraftSaid,
    QuestionsAsked,
    RedoDraftAsked,
    Stage,
    TextWanted,
)
from assistant.workspace.workspace import Author


class DraftingScreen(WalkScreen):
    """The walk with drafts beside the texts."""

    _may_send = False
    """Whether the user has agreed, in this session, to send facts of this form to the model."""

    def action_draft(self) -> None:
        """A draft for the text on this page; in a draft being edited, take it."""
        panel = self.page.draft_panel()
        if panel is None:
            self.notify("本页没有可以起草的文字；“实际完成情况”和“偏差原因”可以。", timeout=4)
        elif panel.stage is Stage.EDITING:
            panel.accept_edited()
        elif panel.stage is not Stage.IDLE:
            panel.focus()
        else:
            self._ask_for_draft("")

    def _ask_for_draft(self, instruction: str) -> None:
        request = self.services.request(self.desk.settle().case, self.page.draft_path(), instruction)
        if self.services.drafter is None or self._may_send:
            self._begin(request)
            return
        from assistant.drafting.prompts import masked

        facts = Content("\n").join(
            Content(masked(f"{fact.label}：{fact.text}", request.masks)) for fact in request.facts
        )
        text = Content.assemble(
            f"将把下面这些事实发给 {self.services.drafter.name} 起草，姓名和电话不会发送：\n\n", facts
        )

        def answered(agreed: bool | None) -> None:
            if agreed:
                self._may_send = True
                self._begin(request)
            else:
                self._offer_template(request)

        self.app.push_screen(
            ConfirmDialog("发送前请确认", text, "同意（本次打开期间不再询问）", "不发送，用模板起草"),
            answered,
        )

    def _begin(self, request: DraftRequest) -> None:
        panel = self.page.draft_panel()
        if panel is not None and request.path == self.page.draft_path():
            panel.begin(request)

    def _offer_template(self, request: DraftRequest) -> None:
        panel = self.page.draft_panel()
        if panel is not None and request.path == self.page.draft_path():
            panel.offer(self.services.template(self.desk.snapshot.case, request.path))
            panel.focus()

    @on(DraftDecided)
    def keep_decision(self, event: DraftDecided) -> None:
        """Put an accepted draft into its cell and every draft on record, as one step."""
        draft = event.draft
        case = self.desk.settle().case
        had_text = bool(event.text) and bool(text_at(case, draft.path).strip())
        self.desk.replace(
            rows.with_draft_decided(case, draft, event.state, event.text, self.services.now()),
            Author.DRAFT,
            draft.path,
        )
        if event.state is not DraftState.REJECTED:
            self.notify("已采用草稿。" + ("原来的文字可按 Ctrl+Z 找回。" if had_text else ""), timeout=4)
        self.page.focus_cell(draft.path)

    @on(TextWanted)
    def back_to_text(self, event: TextWanted) -> None:
        """From the draft to the user's own text."""
        if self.page.focus_cell(event.path) and self.focused is not None:
            self.call_after_refresh(self.focused.scroll_visible, animate=False, top=True)

    @on(RedoDraftAsked)
    def ask_again(self, event: RedoDraftAsked) -> None:
        """Ask what should be different, then draft again."""

        def answered(instruction: str | None) -> None:
            if instruction is not None and event.path == self.page.draft_path():
                self._ask_for_draft(instruction)

        if self.services.drafter is None:
            self._ask_for_draft("")
        else:
            self.app.push_screen(
                AskDialog("重新起草", "有什么要求？可以不写，直接按回车。", self.desk), answered
            )

    def action_past_drafts(self) -> None:
        """Earlier drafts of the text on this page, to look at again."""
        path = self.page.draft_path()
        records = [record for record in self.desk.snapshot.case.drafts if record.path == path]
        if not records:
            self.notify("这一格还没有以往的草稿。", timeout=3)
            return
        said = {"offered": "未决定", "accepted": "已采用", "edited": "修改后采用", "rejected": "已拒绝"}
        choices = [
            (str(i), f"{i + 1} {said[record.state]}  {record.text}") for i, record in enumerate(records)
        ]

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
                    unsupported=doubtful,
                    usable=not doubtful,
                )
            )
            panel.focus()

        from assistant.tui.screens.history_dialog import HistoryDialog

        present = text_at(self.desk.snapshot.case, path)
        self.app.push_screen(HistoryDialog(choices, records, present), picked)

    @on(QuestionsAsked)
    def answer_from_draft(self) -> None:
        """The key inside a draft panel."""
        self.action_answer()

    def action_answer(self) -> None:
        """Ask the few questions that fit this deviation, one by one; each answer becomes a fact, then draft."""
        from assistant.drafting.questions import Question, note, questions_for

        if self.page.draft_panel() is None:
            self.notify("请先到“年度总体目标”或某一项指标。", timeout=4)
            return
        path, snapshot = self.page.draft_path(), self.desk.settle()
        asked = questions_for(snapshot.case, snapshot.sheet, path)
        told: list[tuple[Question, str]] = []

        def ask(number: int) -> None:
            question = asked[number]
            hint = "可以这样写：" + "；".join(question.answers) if question.answers else "没有的可以不写。"
            title = f"{number + 1}/{len(asked)} {question.text}"
            self.app.push_screen(AskDialog(title, hint, self.desk), lambda answer: answered(number, answer))

        def answered(number: int, answer: str | None) -> None:
            if answer:
                told.append((asked[number], answer))
            if answer is not None and number + 1 < len(asked):
                ask(number + 1)
                return
            if told:
                case = self.services.workspace.case
                notes = tuple(note(path, question, answer) for question, answer in told)
                self.desk.replace(
                    case.model_copy(update={"notes": (*case.notes, *notes)}), Author.TYPING, path
                )
                self.notify(f"已记下 {len(told)} 条事实，起草时会用上。", timeout=4)
            if path == self.page.draft_path() and (told or answer is not None):
                self._ask_for_draft("")

        if asked:
            ask(0)
        else:
            self._ask_for_draft("")

    @on(DraftSaid)
    def tell(self, event: DraftSaid) -> None:
        """Say what the draft panel has to say."""
        self.notify(
            event.text, severity="warning" if event.heavy else "information", timeout=8 if event.heavy else 4
        )
