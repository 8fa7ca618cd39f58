"""A few questions before a draft, one at a time, forward and back, every answer optional."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from assistant.drafting.questions import Question
from assistant.tui.desk import Desk
from assistant.tui.screens.dialogs import AnswerInput, Dialog


class QuestionsDialog(Dialog[tuple[str, ...] | None]):
    """Gives back one answer a question, ``""`` for those left out; ``None`` where the user went away.

    Args:
        questions: What is asked, at least one.
        given: What was answered before, one a question.
        desk: For the line's undo.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2,pageup", "back", show=False, priority=True),
        Binding("f3,pagedown", "forward", show=False, priority=True),
        Binding("f4", "finish", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("escape", "dismiss", show=False),
    ]

    def __init__(self, questions: tuple[Question, ...], given: tuple[str, ...], desk: Desk) -> None:
        super().__init__()
        self._questions = questions
        self._answers = list(given)
        self._at = 0
        self._title = Static("", classes="dialog-title", markup=False)
        self._typical = OptionList(markup=False, classes="short-list")
        self._line = AnswerInput(desk)
        self._keys = Static("", classes="dialog-keys", markup=False)

    def compose(self) -> ComposeResult:
        """Question, typical answers, line, keys."""
        with Vertical(classes="dialog"):
            yield self._title
            yield self._typical
            yield self._line
            yield self._keys

    def on_mount(self) -> None:
        """The first question."""
        self._typical.can_focus = False
        self._draw()
        self._line.focus()

    def action_move(self, by: int) -> None:
        """Put the next typical answer into the line, to be completed; what was typed stays as it is."""
        answers = self._questions[self._at].answers
        if not answers or (self._line.value.strip() and self._line.value not in answers):
            return
        at = answers.index(self._line.value) + by if self._line.value in answers else (0 if by > 0 else -1)
        self._typical.highlighted = at % len(answers)
        self._line.value = answers[at % len(answers)]
        self._line.cursor_position = len(self._line.value)

    @on(OptionList.OptionSelected)
    def take_typical(self, event: OptionList.OptionSelected) -> None:
        """A click on a typical answer."""
        self._line.value = self._questions[self._at].answers[event.option_index]
        self._line.focus()

    @on(Input.Submitted)
    def action_forward(self) -> None:
        """The next question; behind the last, done."""
        self._note()
        if self._at + 1 == len(self._questions):
            self.dismiss(tuple(self._answers))
        else:
            self._at += 1
            self._draw()

    def action_back(self) -> None:
        """The question before, with what was answered."""
        self._note()
        if self._at:
            self._at -= 1
            self._draw()

    def action_finish(self) -> None:
        """Leave the rest unanswered and draft."""
        self._note()
        self.dismiss(tuple(self._answers))

    def _note(self) -> None:
        self._answers[self._at] = self._line.value.strip()

    def _draw(self) -> None:
        question = self._questions[self._at]
        self._title.update(f"{self._at + 1}/{len(self._questions)} {question.text}（可以不答）")
        self._typical.set_options([Option(answer) for answer in question.answers])
        self._typical.display = bool(question.answers)
        self._line.value = self._answers[self._at]
        self._line.cursor_position = len(self._line.value)
        choose = "↑ ↓ 选常用的说法再补全   " if question.answers else ""
        last = "完成并起草" if self._at + 1 == len(self._questions) else "下一问"
        back = "F2 上一问   " if self._at else ""
        self._keys.update(f"{choose}回车 {last}   {back}F4 就这些，起草   Esc 不答了")
