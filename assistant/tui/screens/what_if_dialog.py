"""试算: another value for one cell, and at once what would follow from it. The case stays as it is."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Input, Static

from assistant.domain.findings import Finding
from assistant.domain.places import spoken
from assistant.domain.scores import ScoreLine
from assistant.tui.desk import Desk, text_at
from assistant.tui.screens.dialogs import AnswerInput, Dialog
from assistant.tui.widgets.panels import finding_line
from assistant.tui.wording import points, score_range, signed, standing, total_of
from assistant.workspace.what_if import Consequences, consequences

WAIT_SECONDS = 0.12
"""How long typing is gathered before the case is scored anew."""


class WhatIfDialog(Dialog[str | None]):
    """Gives back the value to take over, or nothing.

    Args:
        desk: The case to try on; it is not changed.
        path: The cell.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "关闭", show=False),
        Binding("f5", "take", "采用", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
    ]

    def __init__(self, desk: Desk, path: str) -> None:
        super().__init__()
        self._desk = desk
        self._path = path
        self._now = text_at(desk.snapshot.case, path)
        self._field = AnswerInput(desk)
        self._told = Static("", markup=False)
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """The cell, the other value, what would follow."""
        with Vertical(classes="dialog"):
            yield Static(f"试算：{spoken(self._path)}", classes="dialog-title", markup=False)
            yield Static(Content.styled(f"现在填的是“{self._now}”，下面试改，不会保存", "$muted"))
            yield self._field
            with VerticalScroll(classes="dialog-body what-if", can_focus=False):
                yield self._told
            yield Static("F5 采用这个值   Esc 关闭，什么都不改   PgUp PgDn 翻看", classes="dialog-keys")

    def on_mount(self) -> None:
        """Begin with what the cell says."""
        self._field.value = self._now
        self._tell()

    @on(Input.Changed)
    def follow(self) -> None:
        """Score anew when the typing pauses."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(WAIT_SECONDS, self._tell)

    @on(Input.Submitted)
    def stay(self) -> None:
        """Enter tells the result at once and changes nothing."""
        self._tell()

    def action_take(self) -> None:
        """Give back the value."""
        self.dismiss(self._field.value)

    def action_page(self, by: int) -> None:
        """Scroll what is told."""
        body = self.query_one(VerticalScroll)
        body.scroll_relative(y=by * max(body.size.height - 1, 1), animate=False)

    def _tell(self) -> None:
        workspace = self._desk.workspace
        tried = workspace.what_if(self._path, self._field.value)
        self._told.update(told(consequences(workspace.snapshot, tried)))


def told(what: Consequences) -> Content:
    """The consequences in words, the total first."""
    before, after = total_of(what.before.total), total_of(what.after.total)
    move = (
        f"（{signed(after - before)}）"
        if before is not None and after is not None and before != after
        else ""
    )
    lines = [
        _moved("总分", points(before), points(after) + move, before != after),
        _moved("等级", what.before.grade or "未定", what.after.grade or "未定", False),
    ]
    if what.line_after is not None:
        old, new = _row(what.line_before), _row(what.line_after)
        lines.append(_moved("本项计算得分", old, new, old != new))
        lines.append(Content(standing(what.line_after)))
        lines += [Content.styled(step, "$muted") for step in what.line_after.working]
    groups = (("会出现", what.appear), ("会消失", what.vanish), ("会改变", what.differ))
    for word, findings in groups:
        if findings:
            lines += [Content(""), Content.styled(f"{word}的检查意见 {len(findings)} 条", "bold")]
            lines += [_finding(finding) for finding in findings]
    if not any(findings for _, findings in groups):
        lines += [Content(""), Content.styled("检查意见没有变化。", "$success")]
    return Content("\n").join(lines)


def _row(line: ScoreLine | None) -> str:
    return "—" if line is None else score_range(line)


def _moved(word: str, before: str, after: str, is_heavy: bool) -> Content:
    said = f"{before} → {after}" if before != after else f"{after}（不变）"
    return Content.assemble(
        Content.styled(f"{word} ", "$muted"), Content.styled(said, "bold" if is_heavy else "")
    )


def _finding(finding: Finding) -> Content:
    return Content.assemble(Content.styled(f"{spoken(finding.path)} ", "$muted"), finding_line(finding))
