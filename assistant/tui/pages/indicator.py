"""One indicator on a page of its own: what was asked, what came of it, what it earns and why."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from assistant.catalogue.examples import examples_for
from assistant.domain.case import Indicator
from assistant.domain.scores import ScoreLine, Status
from assistant.domain.value import Kind, Value
from assistant.tui.desk import Desk
from assistant.tui.flow import Stop
from assistant.tui.hints import key
from assistant.tui.pages.page import Page
from assistant.tui.services import Services
from assistant.tui.widgets.choices import Push
from assistant.tui.widgets.draft_panel import DraftPanel
from assistant.tui.widgets.fields import LineField, TextField
from assistant.tui.widgets.steady import Steady
from assistant.tui.widgets.task_list import STATE_STYLES
from assistant.tui.wording import DIRECTIONS, padded, standing, tiers
from assistant.values.words import in_words
from assistant.workspace.last_year import in_one_line
from assistant.workspace.workspace import Snapshot

ROW_DEEDS = {
    "row-add": ("加一项", "add_indicator"),
    "row-copy": ("复制", "copy_indicator"),
    "row-up": ("上移", "move_indicator(-1)"),
    "row-down": ("下移", "move_indicator(1)"),
    "row-delete": ("删除", "delete_indicator"),
}
"""Buttons below the indicator: caption and the screen's action."""


class IndicatorPage(Page):
    """One row of 绩效指标."""

    def __init__(self, services: Services, desk: Desk, stop: Stop) -> None:
        super().__init__(services, desk, stop)
        self._title = Steady(classes="page-title")
        self._asked = Steady(classes="asked")
        self._working = Steady(classes="working")
        self._examples = Steady(classes="examples")
        self._actual = LineField(desk, "actual", "实际完成值")
        self._score = LineField(desk, "score", "得分", classes="brief")
        self._reason = TextField(desk, "reason", "偏差原因分析及改进措施")
        self._evidence = LineField(desk, "evidence", "佐证材料")
        self._panel = DraftPanel(services)
        self._own = [
            LineField(desk, "level1", "一级指标"),
            LineField(desk, "level2", "二级指标"),
            LineField(desk, "level3", "三级指标"),
            LineField(desk, "target", "年度指标值"),
            LineField(desk, "weight", "分值"),
        ]

    def compose(self) -> ComposeResult:
        """What was asked, the cells to fill, and below them the indicator itself."""
        yield self._title
        yield self._asked
        yield self._actual
        yield self._score
        yield self._working
        yield self._reason
        yield self._panel
        yield self._evidence
        yield self._examples
        yield Static("指标本身（申报时已定，一般不改）", classes="section", markup=False)
        yield from self._own
        with Horizontal(classes="pushes rows"):
            yield from (Push(caption, id=name) for name, (caption, _) in ROW_DEEDS.items())

    def draw(self, snapshot: Snapshot) -> None:
        """Draw the indicator now shown."""
        stop, rows = self.stop_shown, snapshot.case.indicators
        row = rows[stop.index]
        line = snapshot.sheet.line(stop.path)
        levels = " › ".join(filter(None, (row.level1.strip(), row.level2.strip())))
        self._title.update(
            Content.assemble(
                Content.styled(f"第 {stop.index + 1}/{len(rows)} 项  ", "bold $primary"),
                Content.styled(levels, "$muted"),
                Content("  "),
                Content.styled(f"[{self.state.value}]", STATE_STYLES[self.state]),
            )
        )
        asked = self._what_was_asked(row.level3, row.weight, line)
        if last_year := in_one_line(snapshot.case, stop.path):
            asked = Content.assemble(asked, Content.styled(f"\n{last_year}", "$muted"))
        self._asked.update(asked)
        self._actual.show(stop.path, row.actual, _understood(line.actual if line else None))
        self._score.show(stop.path, row.score, standing(line) if line else "")
        self._working.update(self._worked_out(line))
        limit = self.services.workspace.profile.text_limits.get("reason")
        self._reason.show(stop.path, row.reason, limit, f"{key(self, 'draft')} 起草")
        self._evidence.show(stop.path, row.evidence)
        self._examples.update(_examples(row))
        for field in self._own:
            field.show(stop.path, getattr(row, field.cell))
        self._panel.visit(self.draft_path())

    def _what_was_asked(self, name: str, weight: str, line: ScoreLine | None) -> Content:
        parts = [Content.styled(name.strip() or "（未填三级指标名称）", "bold"), Content("\n")]
        target = line.target if line else None
        written = target.raw.strip() if target else ""
        parts += [Content.styled("年度指标值 ", "$muted"), Content.styled(written or "（未填）", "bold")]
        said = [_understood(target)]
        direction = line.comparison.direction if line and line.comparison else None
        said.append(DIRECTIONS[direction] if direction else "")
        explained = "，".join(filter(None, said))
        parts.append(Content.styled(f"（{explained}）" if explained else "", "$muted"))
        parts += [Content.styled("  分值 ", "$muted"), Content.styled(weight.strip() or "（未填）", "bold")]
        if line and line.rule:
            parts += [Content.styled("\n计分规则 ", "$muted"), Content(line.rule)]
        if line and line.computed is None and line.actual and line.actual.kind in {Kind.LEVEL, Kind.TEXT}:
            bands = tiers(self.services.workspace.profile, line.weight)
            parts += [Content.styled("\n定性分档 ", "$muted"), Content(bands)]
        return Content.assemble(*parts)

    def _worked_out(self, line: ScoreLine | None) -> Content:
        if line is None:
            return Content("")
        lines = [Content.styled(step, "$muted") for step in line.working]
        if line.tier_label:
            lines.append(Content.styled(f"所填等次：{line.tier_label}", "$muted"))
        if line.override_reason:
            lines.append(Content.styled(f"按 {key(self, 'override')} 修改或取消人工评分", "bold $primary"))
        elif line.status is Status.DIFFERS:
            lines.append(Content.styled(f"按 {key(self, 'fill')} 采用计算得分", "bold $warning"))
        elif line.status is Status.MISSING and line.computed is not None:
            lines.append(Content.styled(f"按 {key(self, 'fill')} 采用计算得分", "bold $primary"))
        lines += [Content.styled(note, "$warning") for note in line.notes]
        return Content("\n").join(lines)

    @on(Push.Pushed)
    async def change_rows(self, event: Push.Pushed) -> None:
        """Add, copy, move or delete the row."""
        event.stop()
        await self.app.run_action(f"screen.{ROW_DEEDS[event.push.id or ''][1]}")

    def first_cell(self) -> Widget:
        """The result is what is to be written, once the indicator itself is."""
        values = {field.cell: field.input for field in self._own}
        if values["level3"].value.strip():
            return self._actual.input
        return next(cell for cell in values.values() if not cell.value.strip())

    def draft_panel(self) -> DraftPanel:
        """The panel below the reason."""
        return self._panel

    def draft_path(self) -> str:
        """The reason of the indicator now shown."""
        return f"{self.stop_shown.path}.reason"


def _examples(row: Indicator) -> Content:
    """How the cells of such an indicator are written well, and what comes back; nothing for an unknown kind."""
    found = examples_for(row.level2, row.level1)
    if found is None:
        return Content("")
    lines = [Content.styled(f"{found.kind}类指标的写法（举例）", "$muted")]
    for caption, pair in (("指标值", found.target), ("完成值", found.actual), ("原因", found.reason)):
        good, bad = Content.styled("好 ", "$success"), Content.styled("  不要 ", "$error")
        lines.append(Content.assemble(padded(caption, 7), good, pair.good, bad, pair.bad))
    return Content("\n").join(lines)


def _understood(value: Value | None) -> str:
    if value is None or value.kind is Kind.NONE:
        return ""
    said = in_words(value)
    return "" if said.replace(" ", "") == value.raw.replace(" ", "") else said
