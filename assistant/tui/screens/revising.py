"""Working on a draft: talk about it, finish a broken one, choose sentence by sentence or among three, tell facts first."""

from __future__ import annotations

from textual import on, work

from assistant.domain.case import DraftState
from assistant.domain.errors import DraftingError, ZipingError
from assistant.drafting.drafter import Draft
from assistant.drafting.records import record_of
from assistant.drafting.variants import MIXED, VARIANTS
from assistant.tui import rows
from assistant.tui.desk import text_at
from assistant.tui.screens.dialogs import AskDialog, PickDialog
from assistant.tui.screens.drafting import DraftingScreen
from assistant.tui.widgets.draft_messages import (
    QuestionsAsked,
    RedoDraftAsked,
    RestWanted,
    SentencesAsked,
    VariantsAsked,
)
from assistant.workspace.workspace import Author

THE_REST = "上面的文字在中途断了，请接着写完，给出全文"


class RevisingScreen(DraftingScreen):
    """The walk with what is done to a draft before it is taken."""

    _variant_kind = MIXED

    @on(RedoDraftAsked)
    def ask_again(self, event: RedoDraftAsked) -> None:
        """Ask what should be different; the present draft stays until that is said."""

        def answered(instruction: str | None) -> None:
            if instruction is not None and event.path == self.page.draft_path():
                self.ask_for_draft(instruction, event.text if instruction else "")

        if self.services.drafter is None or not event.text:
            self.ask_for_draft()
        else:
            hint = "写下要改什么，如：再短些；语气平实些；补充：招标节约 3 万元。不写就另起一稿。"
            self.app.push_screen(AskDialog("改写这一稿", hint, self.desk), answered)

    @on(RestWanted)
    def ask_for_rest(self, event: RestWanted) -> None:
        """Have a broken draft written to its end; the whole is verified anew."""
        if event.path == self.page.draft_path():
            self.ask_for_draft(THE_REST, event.text)

    @on(SentencesAsked)
    def choose_sentences(self) -> None:
        """Take, leave or edit each sentence of the draft, beside the user's own."""
        from assistant.tui.screens.sentences_dialog import SentencesDialog

        panel = self.page.draft_panel()
        if panel is None or panel.draft is None:
            return
        path, case = self.page.draft_path(), self.desk.settle().case

        def answered(text: str | None) -> None:
            if text is not None and path == self.page.draft_path():
                panel.take(text)

        dialog = SentencesDialog(
            text_at(case, path), panel.text, lambda text: self.services.verify(case, path, text).unsupported
        )
        self.app.push_screen(dialog, answered)

    @on(VariantsAsked)
    def action_variants(self) -> None:
        """Three drafts side by side: in tone, in length, in both, as the user chooses; Enter is as last time."""
        panel = self.page.draft_panel()
        if panel is None:
            self.notify("请先到“年度总体目标”或某一项指标。", timeout=4)
        elif self.services.drafter is None or self.services.variants is None:
            self.notify("没有启用模型，三种写法写不了；命令面板里有“模型设置”。", timeout=5)
        else:
            kinds = [
                (kind, f"{number} {one.words}") for number, (kind, one) in enumerate(VARIANTS.items(), 1)
            ]
            dialog = PickDialog("三种写法：要哪里不同", kinds, self._variant_kind)
            self.app.push_screen(dialog, self._variants_chosen)

    def _variants_chosen(self, kind: str | None) -> None:
        panel = self.page.draft_panel()
        if panel is None:
            return
        if kind is None:
            panel.focus()
            return
        self._variant_kind = kind
        case, path = self.desk.settle().case, self.page.draft_path()
        request = self.services.request(case, path, VARIANTS[kind].first_wish, "")
        self.with_consent(request, lambda: self._write_variants(kind), panel.focus)

    @work(exclusive=True, group="variants")
    async def _write_variants(self, kind: str) -> None:
        from assistant.tui.screens.variants_dialog import VariantsDialog

        path, case = self.page.draft_path(), self.services.workspace.case
        if self.services.variants is None:
            return
        self.notify("正在写三种写法……可以继续填别的格子。", timeout=6)
        try:
            found = await self.services.variants(case, path, kind)
        except DraftingError as error:
            self.notify(str(error), severity="warning", timeout=8)
            return
        written = {name: draft for name, draft in found.items() if draft is not None}

        def chosen(name: str | None) -> None:
            self._keep_variants(path, [draft for other, draft in written.items() if other != name])
            panel = self.page.draft_panel()
            if name is not None and panel is not None:
                self.go_to(path)
                panel.put_away()
                panel.offer(written[name])
                panel.focus()

        if written:
            self.app.push_screen(VariantsDialog(written), chosen)

    def _keep_variants(self, path: str, others: list[Draft]) -> None:
        """Drafts not chosen stay among the earlier ones."""
        case = self.desk.settle().case
        for draft in others:
            record = record_of(draft, DraftState.REJECTED, "", self.services.now(), len(draft.unsupported))
            case = rows.with_draft_decided(case, record, "")
        self.desk.replace(case, Author.DRAFT, path)

    @on(QuestionsAsked)
    def answer_from_draft(self) -> None:
        """The key inside a draft panel."""
        self.action_answer()

    def action_answer(self) -> None:
        """Ask the few questions that fit this deviation; each answer becomes a fact, then draft."""
        from assistant.drafting.questions import note, questions_for
        from assistant.tui.screens.questions_dialog import QuestionsDialog

        if self.page.draft_panel() is None:
            self.notify("请先到“年度总体目标”或某一项指标。", timeout=4)
            return
        path, snapshot = self.page.draft_path(), self.desk.settle()
        asked = questions_for(snapshot.case, snapshot.sheet, path)
        if not asked:
            self.ask_for_draft()
            return
        before = {one.question: one.text for one in snapshot.case.notes if one.path == path}

        def answered(answers: tuple[str, ...] | None) -> None:
            if answers is None:
                return
            texts = {question.text for question in asked}
            case = self.services.workspace.case
            rest = tuple(one for one in case.notes if one.path != path or one.question not in texts)
            told = tuple(
                note(path, question, answer)
                for question, answer in zip(asked, answers, strict=True)
                if answer.strip()
            )
            self.desk.replace(case.model_copy(update={"notes": (*rest, *told)}), Author.TYPING, path)
            if told:
                self.notify(f"已记下 {len(told)} 条事实，起草时会用上。", timeout=4)
            if path == self.page.draft_path():
                self.ask_for_draft()

        given = tuple(before.get(question.text, "") for question in asked)
        self.app.push_screen(QuestionsDialog(asked, given, self.desk), answered)

    def action_keep_style(self) -> None:
        """Keep the text on this page as an example of how the unit writes."""
        shelf, path = self.services.styles, self.page.draft_path()
        text = text_at(self.desk.settle().case, path) if path else ""
        if shelf is None or not text.strip():
            self.notify("请先到写好的“实际完成情况”或“偏差原因”。", timeout=4)
            return
        try:
            style = shelf.add(self.services.workspace.case, path, text)
        except ZipingError as error:
            self.notify(str(error), severity="error", timeout=8)
            return
        self.notify(f"已存为文风样例（只在本机，姓名和数字已隐去）：{style.text[:40]}……", timeout=6)

    def action_styles(self) -> None:
        """Look at the examples; picking one removes it."""
        shelf = self.services.styles
        styles = shelf.all() if shelf is not None else ()
        if shelf is None or not styles:
            self.notify("还没有文风样例；在写好的文字那一页用命令“存为文风样例”。", timeout=5)
            return
        kinds = {"goal": "实际完成情况", "reason": "偏差原因"}
        choices = [
            (str(i), f"{i + 1} {kinds.get(style.kind, '')}  {style.text}") for i, style in enumerate(styles)
        ]

        def picked(answer: str | None) -> None:
            if answer is None:
                return
            try:
                shelf.remove(styles[int(answer)])
            except ZipingError as error:
                self.notify(str(error), severity="error", timeout=8)
                return
            self.notify("已删除这个文风样例。", timeout=3)

        self.app.push_screen(PickDialog("文风样例（回车删除所选的，Esc 不动）", choices), picked)

    def action_model(self) -> None:
        """Choose the model service, try it, or switch it off."""
        from assistant.tui.screens.model_dialog import ModelDialog

        if self.services.models is None:
            return
        try:
            dialog = ModelDialog(self.services.models)
        except ZipingError as error:
            self.notify(str(error), severity="error", timeout=10)
            return

        def left(is_changed: bool | None) -> None:
            if is_changed:
                self.services.use_model()
                drafter = self.services.drafter
                said = f"起草改用模型 {drafter.name}。" if drafter else "不使用模型，起草用模板。"
                self.notify(said, timeout=5)

        self.app.push_screen(dialog, left)
