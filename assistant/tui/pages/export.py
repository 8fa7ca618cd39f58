"""导出: which document, where to, for whom; and plainly whether it was written."""

from __future__ import annotations

import hashlib
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Label, Static

from assistant.domain.errors import ZipingError
from assistant.domain.findings import Severity
from assistant.domain.places import spoken
from assistant.tui.desk import Desk
from assistant.tui.flow import Stop
from assistant.tui.hints import key
from assistant.tui.pages.page import Page
from assistant.tui.services import ExportOrder, Services
from assistant.tui.widgets.choices import Cycle, Push, Tick
from assistant.tui.widgets.fields import CellInput
from assistant.workspace.doubts import open_doubts
from assistant.workspace.workspace import Snapshot

SHOWN_ERRORS = 5


def _digest(file: Path) -> str:
    """What *file* holds, to know later whether somebody has changed it; ``""`` where it cannot be read."""
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""


class FiguresWait(Message):
    """A final document was asked for while figures in texts wait for a decision."""


class ExportPage(Page):
    """Collects an export order and tells what came of it; writing is the service's."""

    def __init__(self, services: Services, desk: Desk, stop: Stop) -> None:
        super().__init__(services, desk, stop)
        self._about = Static("", markup=False)
        self._format = Cycle(
            "文件格式", tuple(choice.label for choice in services.formats), id="export-format"
        )
        self._suffix = services.formats[0].suffix if services.formats else ""
        """How the file name ends that is offered for the format now chosen."""
        self._path = CellInput(desk, id="export-path")
        self._public = Tick("公开版：遮盖姓名和电话", id="export-public")
        self._final = Tick("定稿：还有错误就不导出", id="export-final")
        self._plain = Tick("不带附页：只要表，不要计分过程和检查结果", id="export-plain")
        self._result = Static("", id="export-result", markup=False)
        self._ours: dict[Path, str] = {}
        """Files that may be replaced as they stand: written from here, or the user has been told that they are there."""

    def compose(self) -> ComposeResult:
        """The order, the button, the answer."""
        yield Static("导出", classes="page-title", markup=False)
        yield self._about
        yield self._format
        with Horizontal(classes="line-field"):
            yield Label("保存到", classes="caption", markup=False)
            yield self._path
        yield self._public
        yield self._plain
        yield self._final
        yield Push(f"导出（{key(self, 'export')}）", id="export-go")
        yield self._result
        yield Push("逐格复制到系统网页", id="export-copy")

    def on_mount(self) -> None:
        """Offer a path beside the case file."""
        self._path.value = str(self._default_path())

    def draw(self, snapshot: Snapshot) -> None:
        """Draw what would be exported."""
        errors = snapshot.report.count(Severity.ERROR)
        state = f"还有 {errors} 处错误：可导出草稿，不能定稿。" if errors else "没有错误，可以定稿。"
        doubted = len(open_doubts(snapshot.case))
        waiting = len(self.desk.figures)
        state += f"\n文字里有 {waiting} 处过期或没有依据的数字，定稿时请您决定。" if waiting else ""
        state += f"\n读入时还有 {doubted} 处没有人确认：先在“读入内容”页确认，才能定稿。" if doubted else ""
        self._about.update(state)

    def cells(self) -> list[Widget]:
        """Format first."""
        return [self._format]

    @on(Cycle.Changed)
    def follow_format(self) -> None:
        """Another format has another suffix."""
        path, before = Path(self._path.value or self._default_path()), self._suffix
        self._suffix = self.services.formats[self._format.index].suffix
        stem = path.name.removesuffix(before) if path.name.endswith(before) else path.stem
        self._path.value = str(path.with_name(f"{stem}{self._suffix}"))

    @on(Input.Changed, "#export-path")
    def forget_result(self) -> None:
        """An answer about another path would mislead."""
        self._result.update("")

    @on(Push.Pushed, "#export-copy")
    async def open_copying(self) -> None:
        """Hand the form to a web page cell by cell instead."""
        await self.app.run_action("screen.copy_cells")

    @on(Push.Pushed, "#export-go")
    def export_now(self) -> None:
        """Write the document and tell how it went."""
        snapshot = self.desk.snapshot
        typed = self._path.value.strip()
        if not typed or not self.services.formats:
            self._answer("请先写明保存到哪个文件。", is_well=False)
            return
        order = ExportOrder(
            format=self.services.formats[self._format.index].code,
            path=Path(typed).expanduser(),
            public=self._public.is_on,
            final=self._final.is_on,
            annex=not self._plain.is_on,
        )
        if order.path.is_file() and (there := _digest(order.path)) != self._ours.get(order.path):
            is_changed = order.path in self._ours
            self._ours[order.path] = there
            what = "在上次导出以后改过" if is_changed else "已经存在"
            self._answer(
                f"{order.path} {what}，还没有动它。再按一次导出就覆盖它，或者换个文件名。", is_well=False
            )
            return
        self.desk.look()
        if order.final and self.desk.figures and not snapshot.report.count(Severity.ERROR):
            self.post_message(FiguresWait())
            return
        try:
            written = self.services.export(order)
        except ZipingError as error:
            self._answer(
                f"没有导出：{error}{self._open_errors(snapshot) if order.final else ''}", is_well=False
            )
            return
        self._ours[order.path] = _digest(order.path)
        kind = "定稿" if order.final else "草稿"
        public = "\n人员栏的姓名和各处的电话已遮盖；文字里写到的人名请自己再看一遍。" if order.public else ""
        self._answer(f"已导出{kind}{'（公开版）' if order.public else ''}：{written}{public}", is_well=True)

    def _answer(self, text: str, *, is_well: bool) -> None:
        self._result.update(Content.styled(text, "bold $success" if is_well else "bold $error"))
        self._result.scroll_visible(animate=False)

    def _default_path(self) -> Path:
        case = self.services.path
        name = case.name.removesuffix(".json").removesuffix(".ziping") or "自评表"
        return case.with_name(f"{name}{self._suffix}")

    def _open_errors(self, snapshot: Snapshot) -> str:
        doubted = len(open_doubts(snapshot.case))
        if doubted:
            jump, palette = key(self, "jump"), key(self, "palette")
            return f"\n按 {jump} 输入“读入内容”去确认，或按 {palette} 选“全部确认读入的内容”。"
        errors = [finding for finding in snapshot.report.findings if finding.severity is Severity.ERROR]
        lines = [
            f"\n{finding.code} {spoken(finding.path)}：{finding.message}" for finding in errors[:SHOWN_ERRORS]
        ]
        more = (
            f"\n……共 {len(errors)} 处，按 {key(self, 'check')} 看全部" if len(errors) > SHOWN_ERRORS else ""
        )
        return "".join(lines) + more
