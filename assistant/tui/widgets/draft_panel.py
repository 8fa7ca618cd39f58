"""A draft beside the user's own text, never over it: it streams in, is marked, and waits for the user's word.

The worker only posts messages; the handlers touch the widgets. What becomes of a draft is told to the screen as
:class:`DraftDecided`; the panel itself never changes the case.
"""

from __future__ import annotations

from time import monotonic
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import TextArea
from textual.worker import Worker, WorkerState

from assistant.domain.case import DraftState
from assistant.domain.errors import DraftingError
from assistant.drafting.drafter import Draft, DraftRequest, Finished, Piece, Restarted, Usage, Waiting
from assistant.tui.hints import key
from assistant.tui.pace import Pace
from assistant.tui.services import Services
from assistant.tui.shelf import Shelf
from assistant.tui.widgets import draft_heads as heads
from assistant.tui.widgets.draft_messages import (
    Arrived,
    Delayed,
    DraftDecided,
    DraftSaid,
    Failed,
    Grew,
    QuestionsAsked,
    RedoDraftAsked,
    RestWanted,
    SentencesAsked,
    Stage,
    TextWanted,
    VariantsAsked,
)
from assistant.tui.widgets.draft_words import Verbs, marked, remarks
from assistant.tui.widgets.steady import LaidOutOnce, Steady

LINES_AHEAD = 4
"""What comes in takes room in steps of so many lines: what is below it moves seldom, and typing is not held up."""


class DraftEditor(TextArea):
    """Where a draft is edited before it is taken; it belongs to no cell."""


class DraftPanel(LaidOutOnce, Vertical, can_focus=True):
    """Shows one draft and takes the user's word on it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1,fullwidth_digit_one,a", "accept", "接受", show=False, id="draft.accept"),
        Binding("2,fullwidth_digit_two,e", "edit", "先编辑", show=False, id="draft.edit"),
        Binding("3,fullwidth_digit_three,r", "redo", "改写", show=False, id="draft.redo"),
        Binding("4,fullwidth_digit_four,x", "reject", "拒绝", show=False, id="draft.reject"),
        Binding("5,fullwidth_digit_five,q", "answer", "补充事实", show=False, id="draft.answer"),
        Binding("6,fullwidth_digit_six,s", "sentences", "逐句采用", show=False, id="draft.sentences"),
        Binding("7,fullwidth_digit_seven,v", "variants", "三种写法", show=False, id="draft.variants"),
        Binding("t", "fold", "思考过程", show=False, id="draft.thoughts"),
        Binding("escape", "stop", "停止", show=False, id="draft.stop"),
    ]

    def __init__(self, services: Services) -> None:
        super().__init__(classes="draft-panel")
        self.stage = Stage.IDLE
        self.draft: Draft | None = None
        self.path = ""
        self._services = services
        self._partial = ""
        self._began = 0.0
        self._retry: tuple[Waiting, float] | None = None
        self._unfolded = False
        self._has_notes = False
        self._pace = Pace()
        self._shelf = Shelf(services.draft_edits)
        self._head = Steady(classes="draft-head")
        self._body = Steady(classes="draft-body")
        self._notes = Steady(classes="draft-notes")
        self._verbs = Verbs(classes="draft-verbs")
        self._editor = DraftEditor(
            "", soft_wrap=True, tab_behavior="focus", compact=True, classes="draft-editor"
        )
        self._editor.cursor_blink = False

    def compose(self) -> ComposeResult:
        """Head, draft, remarks, verbs; the editor is shown while a draft is edited."""
        yield self._head
        yield self._body
        yield self._editor
        yield self._notes
        yield self._verbs

    def on_mount(self) -> None:
        """Start hidden."""
        self.set_interval(1.0, self._tick)
        self._turn(Stage.IDLE)

    def visit(self, path: str) -> None:
        """The page now shows *path*: stop what is under way for another cell, show what waits for this one."""
        if path == self.path:
            return
        if self.stage is Stage.STREAMING:
            self.action_stop()
        self._keep_edits()
        self.path = path
        waiting = self._shelf.waiting(path)
        if waiting:
            self.offer(waiting)
        else:
            self.draft = None
            self._turn(Stage.IDLE)

    def begin(self, request: DraftRequest) -> None:
        """Ask the model, or take the template's draft at once where there is none."""
        drafter = self._services.drafter
        self._partial, self._began, self._retry = "", monotonic(), None
        self._shelf.forget(request.path)
        self.take_focus()
        if drafter is None:
            self.offer(self._services.template(self._services.workspace.case, request.path))
            return
        self._tick_head()
        self._body.update("")
        self._turn(Stage.STREAMING)
        self._stream(request)

    def offer(self, draft: Draft, head: str = "") -> None:
        """Show a whole draft, with the user's changes to it if there are any, and wait for the user's word."""
        self.draft = draft
        self._shelf.put(draft)
        if (edited := self._shelf.changed(draft.path)) is not None:
            draft = self._as_edited(draft, edited)
            head = heads.EDITED
        self._head.update(head or heads.offered(draft))
        self._body.update(marked(draft.text, draft.unsupported))
        self._unfolded = False
        self._draw_notes(draft)
        self._turn(Stage.OFFERED)

    def action_accept(self) -> None:
        """Take the draft, unless a figure in it has no support; one the user has changed is his own word."""
        if self.stage is Stage.EDITING:
            self.accept_edited()
        elif self.stage is Stage.BROKEN and self.draft is not None:
            self.post_message(RestWanted(self.path, self.draft.text))
        elif self.stage is Stage.OFFERED and (changed := self._shelf.changed(self.path)) is not None:
            self._take_edited(changed)
        elif self.stage is Stage.OFFERED and self.draft is not None:
            if not self.draft.usable:
                self.post_message(
                    DraftSaid(
                        "草稿里有没有依据的内容：按 6 逐句采用其余的，或按 2 先编辑，核实后再采用。",
                        heavy=True,
                    )
                )
                return
            self._decide(DraftState.ACCEPTED, self.draft.text)

    def action_edit(self) -> None:
        """Open the draft for editing, still beside the user's text; of a broken one, begin anew."""
        if self.stage is Stage.BROKEN:
            self.post_message(RedoDraftAsked(self.path))
        else:
            self._open_editor()

    def _open_editor(self) -> None:
        if self.stage in {Stage.OFFERED, Stage.BROKEN} and self.draft is not None:
            self._editor.load_text(self.text)
            self._editor.move_cursor(self._editor.document.end)
            self._head.update(heads.editing(key(self, "draft")))
            self._turn(Stage.EDITING)
            self._editor.focus()

    def accept_edited(self) -> None:
        """Take the edited draft."""
        if self.stage is Stage.EDITING:
            self._take_edited(self._editor.text)

    def _take_edited(self, text: str) -> None:
        """Take *text*; figures without support are told, the text is the user's."""
        if self.draft is None:
            return
        doubtful = self._services.verify(self._services.workspace.case, self.path, text).unsupported
        if doubtful:
            listed = "、".join(span.text for span in doubtful[:5])
            self.post_message(DraftSaid(f"已采用，但表内找不到这些内容的依据，请核实：{listed}", heavy=True))
        self._decide(DraftState.EDITED if text != self.draft.text else DraftState.ACCEPTED, text)

    def action_redo(self) -> None:
        """Say what to change in the draft; it is put away once the new one is asked for. A broken one is edited."""
        if self.stage is Stage.BROKEN:
            self._open_editor()
        elif self.stage is Stage.OFFERED and self.draft is not None:
            self.post_message(RedoDraftAsked(self.path, self.text))

    @property
    def text(self) -> str:
        """The draft as it stands, the user's changes in it."""
        changed = self._shelf.changed(self.path)
        if changed is not None:
            return changed
        return self.draft.text if self.draft else ""

    def put_away(self) -> None:
        """Keep the present draft among the earlier ones, since another follows."""
        if self.stage in {Stage.OFFERED, Stage.BROKEN}:
            self._decide(DraftState.REJECTED, "")

    def take(self, text: str) -> None:
        """Take *text*, made of the draft sentence by sentence."""
        if self.draft is not None:
            self._take_edited(text)

    def action_sentences(self) -> None:
        """Choose sentence by sentence."""
        if self.stage is Stage.OFFERED:
            self.post_message(SentencesAsked())

    def action_variants(self) -> None:
        """Three drafts to choose from."""
        if self.stage is Stage.OFFERED:
            self.post_message(VariantsAsked())

    def action_fold(self) -> None:
        """Show or hide what the model thought."""
        if self.stage is Stage.OFFERED and self.draft is not None and self.draft.thoughts:
            self._unfolded = not self._unfolded
            self._draw_notes(self.draft)

    def action_reject(self) -> None:
        """Put the draft away; it stays in the list of earlier drafts."""
        self.put_away()

    def action_answer(self) -> None:
        """Tell a few facts first; they make the next draft better."""
        if self.stage is Stage.OFFERED:
            self.post_message(QuestionsAsked())

    def action_stop(self) -> None:
        """Stop the stream and keep what has arrived; leave the editor, its text kept; else only leave the panel."""
        if self.stage is Stage.STREAMING:
            self.workers.cancel_node(self)
            if self._partial.strip():
                self.offer(self._unfinished(), heads.STOPPED)
            else:
                self._turn(Stage.IDLE)
                self.post_message(DraftSaid("已停止起草，原文不动。"))
                self.post_message(TextWanted(self.path))
        elif self.stage is Stage.EDITING and self.draft is not None:
            self._keep_edits()
            self.offer(self.draft)
            self.post_message(TextWanted(self.path))
        else:
            self.post_message(TextWanted(self.path))

    @work(exclusive=True, group="drafting", exit_on_error=False)
    async def _stream(self, request: DraftRequest) -> None:
        """Run beside the screen; only post."""
        drafter = self._services.drafter
        if drafter is None:
            return
        try:
            async for event in drafter.stream(request):
                if isinstance(event, Piece):
                    self._partial += event.text
                    if self._pace.is_due():
                        self.post_message(Grew())
                elif isinstance(event, Restarted):
                    self._partial = ""
                    self.post_message(Grew())
                elif isinstance(event, Waiting):
                    self.post_message(Delayed(event))
                elif isinstance(event, Finished):
                    self.post_message(Arrived(event.draft))
        except DraftingError as error:
            self.post_message(Failed(str(error)))

    @on(Grew)
    def _draw_partial(self) -> None:
        if self.stage is Stage.STREAMING:
            self._retry = None
            self._tick_head()
            self._body.update(self._partial)
            self.call_after_refresh(self._pace.done)

    @on(Delayed)
    def _draw_waiting(self, event: Delayed) -> None:
        if self.stage is Stage.STREAMING:
            self._retry = (event.waiting, monotonic() + event.waiting.seconds)
            self._tick_head()

    @on(Arrived)
    def _draw_finished(self, event: Arrived) -> None:
        if self.stage is Stage.STREAMING and event.draft.repeated:
            self._give_template("模型不停重复，已停下。")
        elif self.stage is Stage.STREAMING:
            self.offer(event.draft, heads.TOO_LONG if event.draft.cut else "")
            if event.draft.cut:
                self._turn(Stage.BROKEN)

    @on(Failed)
    def _fall_back(self, event: Failed) -> None:
        if self.stage is Stage.STREAMING and self._partial.strip():
            self.offer(self._unfinished(), heads.broken(event.message))
            self._turn(Stage.BROKEN)
        elif self.stage is Stage.STREAMING:
            self._give_template(event.message)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A worker that broke, or ended without a draft, must not leave the panel waiting for ever."""
        if event.state in {WorkerState.ERROR, WorkerState.SUCCESS} and self.stage is Stage.STREAMING:
            self._give_template("起草时出了意外。")

    def _give_template(self, why: str) -> None:
        self.post_message(DraftSaid(why, heavy=True))
        draft = self._services.template(self._services.workspace.case, self.path)
        self.offer(draft, heads.INSTEAD)

    def _unfinished(self) -> Draft:
        text = self._partial.strip()
        doubtful = self._services.verify(self._services.workspace.case, self.path, text).unsupported
        model = self._services.drafter.name if self._services.drafter else ""
        return Draft(
            path=self.path, text=text, source="model", model=model, unsupported=doubtful, usable=not doubtful
        )

    def _keep_edits(self) -> None:
        """What is in the editor belongs to the waiting draft from now on."""
        if self.stage is Stage.EDITING and self.draft is not None:
            self._shelf.change(self.draft, self._editor.text)

    @on(DraftEditor.Changed)
    def _typed(self) -> None:
        """Each letter is kept."""
        self._keep_edits()

    def _as_edited(self, draft: Draft, text: str) -> Draft:
        doubtful = self._services.verify(self._services.workspace.case, draft.path, text).unsupported
        return draft.model_copy(update={"text": text, "unsupported": doubtful, "pending": (), "notes": ()})

    def _decide(self, state: DraftState, text: str) -> None:
        draft = self.draft
        if draft is None:
            return
        edited = self._shelf.take(draft.path)
        if state is DraftState.REJECTED and edited is not None:
            draft = draft.model_copy(
                update={"text": edited}
            )  # among the earlier drafts the user finds his own words
        self.draft = None
        self._turn(Stage.IDLE)
        self.post_message(DraftDecided(draft, state, text))

    def _tick(self) -> None:
        if self.stage is Stage.STREAMING:
            self._tick_head()
            self._body.update(self._partial)  # the last words before a model falls silent

    def _tick_head(self) -> None:
        """Say that it goes on, since when, and how to stop it."""
        if self._retry is not None and (left := self._retry[1] - monotonic()) > 0:
            self._head.update(heads.trying_again(self._retry[0], left))
            return
        name = self._services.drafter.name if self._services.drafter else ""
        self._head.update(heads.asking(name, monotonic() - self._began))

    def _draw_notes(self, draft: Draft) -> None:
        is_counted = draft.source == "model" and draft.usage != Usage()
        spent = self._services.spent(draft.usage) if is_counted else ""
        notes = remarks(draft, spent, unfolded=self._unfolded)
        self._notes.update(notes)
        self._has_notes = bool(notes)
        self._notes.display = self._has_notes

    def _turn(self, stage: Stage) -> None:
        self.stage = stage
        self.display = stage is not Stage.IDLE
        self._editor.display = stage is Stage.EDITING
        self._body.lines_ahead = LINES_AHEAD if stage is Stage.STREAMING else 1
        self._body.display = stage in {Stage.STREAMING, Stage.OFFERED, Stage.BROKEN}
        self._notes.display = stage in {Stage.OFFERED, Stage.BROKEN} and self._has_notes
        self._verbs.display = stage in {Stage.OFFERED, Stage.BROKEN}
        self._verbs.say(heads.keys(stage, with_model=self._services.drafter is not None))
        if stage is not Stage.IDLE:
            self._come_into_view()

    def take_focus(self) -> None:
        """Hear the keys, without the scroll to the page's middle that Textual does at whatever height there is just then."""
        self.focus(scroll_visible=False)
        self._come_into_view()

    def _come_into_view(self) -> None:
        self.call_after_refresh(self.scroll_visible, animate=False)
