"""开始: where the form stands, what to do next, and the dozen keys that matter."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from assistant.domain.findings import Severity
from assistant.tui.desk import Desk
from assistant.tui.flow import Stop
from assistant.tui.hints import hinted
from assistant.tui.pages.page import Page
from assistant.tui.services import Services
from assistant.tui.widgets.choices import Push
from assistant.tui.wording import padded
from assistant.workspace.doubts import open_doubts
from assistant.workspace.workspace import Snapshot

KEYS = (
    ("{back} / {forward}", "上一页 / 下一页"),
    ("Tab ↑ ↓ 回车", "在格子之间移动；大段文字里回车是换行"),
    ("{draft}", "为当前文字起草，放在原文旁边"),
    ("{fill}", "采用：填入计算得分，或检查给出的改法"),
    ("{next-finding}", "跳到下一处问题"),
    ("{check} / {export}", "检查 / 导出"),
    ("{jump}", "跳到某一项（输入序号或名称）"),
    ("{tasks}", "打开或收起任务列表"),
    ("{add}", "加一项指标；复制、移动、删除在指标页最下面"),
    ("{undo} / {redo}", "撤销 / 重做，对所有格子有效"),
    ("{palette}", "全部命令；{help} 随时看本格怎么填"),
    ("{quit}", "退出；每次改动都会自动保存"),
)
"""Keys by their deeds, and what they do."""

KEYS_WIDTH = 18


@dataclass
class WentOn(Message):
    """The user chose where to go: ``next``, ``last`` or ``open``."""

    where: str


class StartPage(Page):
    """The first page."""

    def __init__(self, services: Services, desk: Desk, stop: Stop) -> None:
        super().__init__(services, desk, stop)
        self._about = Static("", id="about", markup=False)
        self._next = Push("逐页填报", id="go-next")
        self._last = Push("继续上次", id="go-last")
        self._open = Push("去第一个待办", id="go-open")

    def compose(self) -> ComposeResult:
        """Where it stands, the ways on, the keys."""
        yield self._about
        with Horizontal(classes="pushes"):
            yield self._next
            yield self._open
            yield self._last
        keys = [
            Content.assemble(
                Content.styled(padded(hinted(self, keys), KEYS_WIDTH), "bold $primary"),
                Content(hinted(self, what)),
            )
            for keys, what in KEYS
        ]
        yield Static(Content("\n").join(keys), id="key-list", markup=False)

    def draw(self, snapshot: Snapshot) -> None:
        """Draw where the form stands."""
        case = snapshot.case
        year = f"{case.year} 年度" if case.year else "年度未填"
        doubted = len(open_doubts(case))
        counts = "，".join(f"{severity.label} {snapshot.report.count(severity)}" for severity in Severity)
        self._about.update(
            Content.assemble(
                Content.styled("项目支出绩效自评表", "bold $primary"),
                Content(f"（{year}）\n"),
                Content.styled(case.project.strip() or "（项目名称未填）", "bold"),
                Content(f"\n{counts}，未核对 {len(snapshot.report.not_checked)}\n"),
                Content.styled(
                    f"读入时有 {doubted} 处没有把握，请先核对（下一页）\n" if doubted else "", "bold $warning"
                ),
                Content.styled(f"评分规则 {self.services.workspace.profile.label}", "$muted"),
            )
        )
        self._open.display = self.has_open_stop
        self._last.display = bool(self.services.place)

    def first_cell(self) -> Widget:
        """Going on is the first thing to do."""
        return self._last if self._last.display else self._next

    @on(Push.Pushed)
    def go_on(self, event: Push.Pushed) -> None:
        """Tell the screen where to go."""
        event.stop()
        self.post_message(WentOn((event.push.id or "").removeprefix("go-")))
