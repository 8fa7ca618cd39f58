"""Asks for a person's score and its reason; the computed score and how it came about stand beside them."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Label, Static

from assistant.domain.amounts import ZERO, plain
from assistant.domain.case import Override
from assistant.domain.scores import ScoreLine
from assistant.scoring.rows import figure
from assistant.tui.desk import Desk
from assistant.tui.screens.dialogs import AnswerInput, Dialog
from assistant.tui.wording import points, score_range


class ScoreDialog(Dialog[tuple[str, str] | None]):
    """Gives back score and reason, two empty texts for "take the person's score away", or nothing.

    Args:
        line: The row with its computed score.
        present: The override in force, if any.
        desk: For the two lines.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "关闭", show=False),
        Binding("f5", "remove", "取消人工评分", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def __init__(self, line: ScoreLine, present: Override | None, desk: Desk) -> None:
        super().__init__()
        self._line = line
        self._present = present
        self._score = AnswerInput(desk, id="override-score")
        self._reason = AnswerInput(desk, id="override-reason", placeholder="为什么不按计算得分，必填")
        self._said = Static("", markup=False)

    def compose(self) -> ComposeResult:
        """What was computed, the two lines, what is wrong with them."""
        line, keys = self._line, "回车 下一格/确定   Esc 不改"
        computed = [f"计算得分 {score_range(line)}（分值 {points(line.weight)}）", *line.working]
        with Vertical(classes="dialog"):
            yield Static(f"人工评分：{line.name}", classes="dialog-title", markup=False)
            yield Static(Content("\n").join(Content(one) for one in computed), markup=False)
            with Horizontal(classes="line-field section"):
                yield Label("人工评分", classes="caption", markup=False)
                yield self._score
            with Horizontal(classes="line-field"):
                yield Label("理由", classes="caption", markup=False)
                yield self._reason
            yield self._said
            keys += "   F5 取消人工评分，改回计算得分" if self._present is not None else ""
            yield Static(keys, classes="dialog-keys", markup=False)

    def on_mount(self) -> None:
        """Begin with what is in force."""
        if self._present is not None:
            self._score.value, self._reason.value = self._present.score, self._present.reason
        self._score.focus()

    @on(Input.Submitted, "#override-score")
    def go_on(self) -> None:
        """From the score to the reason."""
        self._reason.focus()

    @on(Input.Submitted, "#override-reason")
    def answer(self) -> None:
        """Give back both, or say what is missing and stay."""
        score, reason = self._score.value.strip(), self._reason.value.strip()
        amount, weight = figure(score), self._line.weight
        if amount is None:
            self._refuse("请写一个数作为得分。", self._score)
        elif amount < ZERO or (weight is not None and amount > weight):
            most = "" if weight is None else f"到 {plain(weight)}"
            self._refuse(f"得分应在 0 {most} 分之间。", self._score)
        elif not reason:
            self._refuse("请写明理由：导出的附件里会和计算得分一起列出。", self._reason)
        else:
            self.dismiss((score, reason))

    def _refuse(self, why: str, where: AnswerInput) -> None:
        self._said.update(Content.styled(why, "bold $error"))
        where.focus()

    def action_remove(self) -> None:
        """Back to the computed score."""
        if self._present is not None:
            self.dismiss(("", ""))
