"""检查: everything the checks say of the form, and openly what they could not check; Enter goes to the cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Union

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from assistant.domain.case import Case, Doubt, Override
from assistant.domain.findings import Finding, NotChecked, Severity
from assistant.domain.patterns import pattern
from assistant.domain.places import spoken
from assistant.tui.desk import Desk
from assistant.tui.flow import Stop
from assistant.tui.hints import key
from assistant.tui.pages.page import Page
from assistant.tui.services import Services
from assistant.tui.widgets.one_line import OneLine
from assistant.tui.widgets.panels import SEVERITY_STYLES
from assistant.tui.wording import padded, score_range, shortened
from assistant.workspace.doubts import open_doubts
from assistant.workspace.workspace import Snapshot

if TYPE_CHECKING:  # it brings the verifier with it; the screen starts without
    from assistant.drafting.figures import OpenFigure

WORD_WIDTH = 11
"""``未核对 R03`` and a space: the places begin in one column."""

_ROW_NAMED = pattern(r"第(\d+)行“([^”]+)”")

Entry = Union[Finding, NotChecked, Doubt, Override, "OpenFigure"]


@dataclass
class FindingChosen(Message):
    """The user wants to go to the cell at *path*."""

    path: str


class CheckPage(Page):
    """The list of findings and the one under the cursor in full."""

    def __init__(self, services: Services, desk: Desk, stop: Stop) -> None:
        super().__init__(services, desk, stop)
        self._entries: tuple[Entry, ...] = ()
        self._head = Static("", classes="page-title", markup=False)
        self._list = OptionList(id="finding-list", classes="entries", markup=False)
        self._detail = Static("", id="finding-detail", classes="entry-detail", markup=False)

    def compose(self) -> ComposeResult:
        """Head, list, detail."""
        yield self._head
        yield self._list
        yield self._detail

    @property
    def chosen(self) -> Entry | None:
        """The entry under the cursor."""
        at = self._list.highlighted
        return self._entries[at] if at is not None and at < len(self._entries) else None

    def draw(self, snapshot: Snapshot) -> None:
        """Draw the list, keeping the cursor where it was."""
        report = snapshot.report
        doubts, figures = open_doubts(snapshot.case), self.desk.figures
        entries: tuple[Entry, ...] = (
            *figures,
            *(finding for finding in report.findings if finding.severity is Severity.ERROR),
            *doubts,
            *(finding for finding in report.findings if finding.severity is not Severity.ERROR),
            *report.not_checked,
            *snapshot.case.overrides,
        )
        counts = "  ".join(f"{severity.label} {report.count(severity)}" for severity in Severity)
        self._head.update(
            f"检查结果  {counts}  未核对 {len(report.not_checked)}"
            f"{f'  待决定的数字 {len(figures)}' if figures else ''}"
            f"{f'  待确认 {len(doubts)}' if doubts else ''}"
            f"{f'  人工评分 {len(snapshot.case.overrides)}' if snapshot.case.overrides else ''}"
            f"\n回车 去改   {key(self, 'fill')} 采用改法或确认   {key(self, 'help')} 这项检查的说明"
        )
        if entries != self._entries or not self._list.option_count:
            at = self._list.highlighted or 0
            self._entries = entries
            self._list.set_options(
                [Option(OneLine.of(_line(entry))) for entry in entries]
                or [Option("没有发现问题。", disabled=True)]
            )
            if entries:
                self._list.highlighted = min(at, len(entries) - 1)
        self._tell()

    def cells(self) -> list[Widget]:
        """The list is the only field."""
        return [self._list]

    @on(OptionList.OptionHighlighted, "#finding-list")
    def _tell(self) -> None:
        entry = self.chosen
        if entry is None:
            self._detail.update("这张表通过了全部检查。" if not self._entries else "")
        elif isinstance(entry, Finding):
            lines = [
                Content.styled(
                    f"{entry.severity.label} {entry.code}  {spoken(entry.path)}",
                    SEVERITY_STYLES[entry.severity],
                )
            ]
            lines.append(Content(entry.message))
            lines += [Content(f"怎么办：{entry.fix}")] if entry.fix else []
            lines += [
                Content.styled(f"{key(self, 'fill')} 采用：{cure.label}", "bold $primary")
                for cure in entry.cures[:1]
            ]
            lines += [Content.styled(f"依据：{entry.basis}（{key(self, 'help')} 看详细说明）", "$muted")]
            self._detail.update(Content("\n").join(lines))
        elif isinstance(entry, Doubt):
            head = Content.styled(f"待确认  {spoken(entry.path)}", "bold $warning")
            raw = f"原文写着：{' '.join(entry.raw.split())}" if entry.raw.strip() else "原文没有写"
            said = Content(f"{entry.why}\n{raw}\n{key(self, 'fill')} 采用：确认读入的内容无误")
            self._detail.update(Content("\n").join([head, said]))
        elif isinstance(entry, Override):
            head = Content.styled(f"人工评分  {spoken(entry.path)}", "bold $primary")
            line = self.desk.workspace.snapshot.sheet.line(_scored_row(entry, self.desk.workspace.case))
            computed = (
                f"\n计算得分 {score_range(line)}：{'；'.join(line.working)}" if line is not None else ""
            )
            said = Content(f"{entry.score} 分，理由：{entry.reason or '没有写，因此没有采用'}{computed}")
            self._detail.update(Content("\n").join([head, said]))
        elif isinstance(entry, NotChecked):
            head = Content.styled(f"未核对 {entry.code}  {spoken(entry.path)}", "bold $muted")
            self._detail.update(Content("\n").join([head, Content(entry.why)]))
        else:
            head = Content.styled(f"{_figure_word(entry)}  {spoken(entry.path)}", "bold $warning")
            ways = [f"{key(self, 'fill')} 采用：换成“{entry.new}”"] if entry.new else ["回车：去文字里改"]
            ways.append(f"{key(self, 'confirm')}：核实无误，照原样保留（决定随案卷保存，不再提醒）")
            self._detail.update(Content("\n").join([head, Content(f"{entry.why}。"), *map(Content, ways)]))

    @on(OptionList.OptionSelected, "#finding-list")
    def go_to_cell(self, event: OptionList.OptionSelected) -> None:
        """Ask the screen to go to the cell."""
        event.stop()
        entry = self.chosen
        if entry is not None and entry.path:
            self.post_message(FindingChosen(entry.path))


def _scored_row(override: Override, case: Case) -> str:
    row = override.path.removesuffix(".score")
    return "funds.total" if row == f"funds[{case.total_funds_index}]" else row


def _figure_word(figure: OpenFigure) -> str:
    return "过期" if figure.is_stale else "无依据"


def _line(entry: Entry) -> Content:
    if isinstance(entry, Finding):
        word, style, said = (
            f"{entry.severity.label} {entry.code}",
            SEVERITY_STYLES[entry.severity],
            entry.message,
        )
    elif isinstance(entry, Doubt):
        word, style, said = "待确认", "bold $warning", entry.why
    elif isinstance(entry, Override):
        word, style, said = "人工评分", "bold $primary", f"{entry.score} 分，理由：{entry.reason}"
    elif isinstance(entry, NotChecked):
        word, style, said = f"未核对 {entry.code}", "bold $muted", entry.why
    else:
        word, style, said = _figure_word(entry), "bold $warning", entry.why
    row = _ROW_NAMED.match(said)
    if row is None:
        place = f"{spoken(entry.path)} "
    else:  # the sentence names its row itself: say it once, and short enough that the rest can be read
        place, said = "", f"第{row[1]}行 {shortened(row[2])}{said[row.end() :]}"
    return Content.assemble(
        Content.styled(padded(word, WORD_WIDTH), style), Content.styled(place, "$muted"), Content(said)
    )
