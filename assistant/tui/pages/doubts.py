"""待确认: every reading the import was not sure of, with what the document said; a person confirms or corrects it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from assistant.domain.case import Case, Doubt
from assistant.domain.places import spoken
from assistant.tui.desk import Desk, text_at
from assistant.tui.flow import Stop
from assistant.tui.pages.page import Page
from assistant.tui.services import Services
from assistant.tui.widgets.one_line import OneLine
from assistant.workspace.doubts import open_doubts
from assistant.workspace.workspace import Snapshot


@dataclass
class DoubtDecided(Message):
    """The user confirmed the readings at *positions* in ``Case.doubts``, or took that back."""

    positions: tuple[int, ...]
    confirmed: bool


@dataclass
class PlaceWanted(Message):
    """The user wants to change the cell at *path* and come back to this list."""

    path: str


class ConfirmAllAsked(Message):
    """The user wants to confirm every reading at once."""


class DoubtList(OptionList):
    """The readings; numbers decide about the one under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1,fullwidth_digit_one,space", "decide", "确认", show=False, id="doubt.confirm"),
        Binding("2,fullwidth_digit_two", "select", "去改", show=False, id="doubt.change"),
        Binding("3,fullwidth_digit_three", "decide_all", "全部确认", show=False, id="doubt.all"),
    ]

    class Decided(Message):
        """Confirm the reading under the cursor, or take that back."""

    def action_decide(self) -> None:
        """Tell the page."""
        self.post_message(self.Decided())

    def action_decide_all(self) -> None:
        """Tell the screen."""
        self.post_message(ConfirmAllAsked())


class DoubtsPage(Page):
    """The list of readings and the one under the cursor in full."""

    def __init__(self, services: Services, desk: Desk, stop: Stop) -> None:
        super().__init__(services, desk, stop)
        self._drawn: list[Content] = []
        self._head = Static("", classes="page-title", markup=False)
        self._list = DoubtList(classes="entries", markup=False)
        self._detail = Static("", classes="entry-detail", markup=False)

    def compose(self) -> ComposeResult:
        """Head, list, detail."""
        yield self._head
        yield self._list
        yield self._detail

    def draw(self, snapshot: Snapshot) -> None:
        """Draw the list, keeping the cursor where it was."""
        case = snapshot.case
        left = len(open_doubts(case))
        said = f"还有 {left} 处待确认，共 {len(case.doubts)} 处" if left else f"{len(case.doubts)} 处都已确认"
        self._head.update(f"读入时没有把握的内容  {said}\n1 确认/取消确认   2 或回车 去改   3 全部确认")
        lines = [_line(case, doubt) for doubt in case.doubts]
        if lines != self._drawn:
            at = self._list.highlighted or 0
            self._drawn = lines
            self._list.set_options(
                [Option(OneLine.of(line)) for line in lines] or [Option("没有待确认的内容。", disabled=True)]
            )
            if lines:
                self._list.highlighted = min(at, len(lines) - 1)
        self._tell()

    def cells(self) -> list[Widget]:
        """The list is the only field."""
        return [self._list]

    def _chosen(self) -> tuple[int, Doubt] | None:
        at, doubts = self._list.highlighted, self.desk.workspace.case.doubts
        return (at, doubts[at]) if at is not None and at < len(doubts) else None

    @on(OptionList.OptionHighlighted)
    def _tell(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            self._detail.update("")
            return
        case, doubt = self.desk.workspace.case, chosen[1]
        lines = [
            Content.assemble(
                Content.styled(f"{_word(doubt)} ", _style(doubt)), Content.styled(spoken(doubt.path), "bold")
            ),
            Content.assemble(
                Content.styled("现在填的 ", "$muted"), Content(_short(text_at(case, doubt.path)) or "（空）")
            ),
            Content.assemble(
                Content.styled("原文写着 ", "$muted"), Content(_short(doubt.raw) or "（没有写）")
            ),
            Content.assemble(Content.styled("为什么问 ", "$muted"), Content(doubt.why)),
        ]
        self._detail.update(Content("\n").join(lines))

    @on(DoubtList.Decided)
    def _decide(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        at, doubt = chosen
        doubts = self.desk.workspace.case.doubts
        following = (*range(at + 1, len(doubts)), *range(at))
        onward = next((i for i in following if not doubts[i].confirmed), at)
        self.post_message(DoubtDecided((at,), not doubt.confirmed))
        if not doubt.confirmed:
            self._list.highlighted = onward

    @on(OptionList.OptionSelected)
    def _go_to_place(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        chosen = self._chosen()
        if chosen is None:
            return
        if chosen[1].path:
            self.post_message(PlaceWanted(chosen[1].path))
        else:
            self.notify("这一条说的是整张表，请对照原文看过后按 1 确认。", timeout=4)


def _word(doubt: Doubt) -> str:
    return "已确认" if doubt.confirmed else "待确认"


def _style(doubt: Doubt) -> str:
    return "$success" if doubt.confirmed else "bold $warning"


def _short(text: str, most: int = 160) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most]}…"


def _line(case: Case, doubt: Doubt) -> Content:
    reading = _short(text_at(case, doubt.path), 24)
    return Content.assemble(
        Content.styled(f"{_word(doubt)} ", _style(doubt)),
        Content(f"{spoken(doubt.path)} "),
        Content.styled(f"“{reading}” " if reading else "", "bold"),
        Content.styled(f"{doubt.why}", "$muted"),
    )
