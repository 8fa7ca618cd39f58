"""基本信息: whose form it is, which year, and by which rules it is scored."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Static

from assistant.tui.desk import Desk, text_at
from assistant.tui.flow import Stop
from assistant.tui.hints import key
from assistant.tui.pages.page import Page
from assistant.tui.services import Services
from assistant.tui.widgets.fields import LineField
from assistant.workspace.workspace import Snapshot

CELLS = (
    ("project", "项目名称"),
    ("department", "主管部门"),
    ("unit", "实施单位"),
    ("year", "预算年度"),
    ("money_unit", "资金单位"),
    ("people[0].name", "项目负责人"),
    ("people[0].phone", "联系电话"),
)


class BasicsPage(Page):
    """The head of the form."""

    def __init__(self, services: Services, desk: Desk, stop: Stop) -> None:
        super().__init__(services, desk, stop)
        self._fields = [LineField(desk, cell, caption) for cell, caption in CELLS]
        self._rules = Static("", id="rules", markup=False)

    def compose(self) -> ComposeResult:
        """The fields, then the rules in force."""
        yield Static("基本信息", classes="page-title", markup=False)
        yield from self._fields
        yield self._rules

    def draw(self, snapshot: Snapshot) -> None:
        """Draw the cells and the rules."""
        for field in self._fields:
            text, note = text_at(snapshot.case, field.cell), ""
            if field.cell == "year" and snapshot.case.year is None and text.strip():
                note = "请写四位年份，如 2024"
            field.show("", text, note)
        profile = self.services.workspace.profile
        lines = [f"评分规则  {profile.label}（按 {key(self, 'rules')} 更换）", f"依据  {profile.basis}"]
        lines += [f"未证实  {doubt}" for doubt in profile.doubts()]
        self._rules.update("\n".join(lines))
