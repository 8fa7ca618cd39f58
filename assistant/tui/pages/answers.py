"""核对: every answer in one list; Enter goes to change one and Esc comes back to the same row, old and new score in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from assistant.domain.case import Case
from assistant.domain.places import spoken
from assistant.domain.scores import ScoreLine, ScoreSheet
from assistant.tui.desk import Desk
from assistant.tui.flow import Stop
from assistant.tui.pages.basics import CELLS
from assistant.tui.pages.doubts import PlaceWanted
from assistant.tui.pages.page import Page
from assistant.tui.services import Services
from assistant.tui.widgets.one_line import OneLine
from assistant.tui.wording import padded, points, score_range, total_of
from assistant.workspace.interview import text_at
from assistant.workspace.not_asked import not_asked
from assistant.workspace.workspace import Snapshot

NOT_ASKED = "为何不问"


@dataclass(frozen=True, slots=True)
class Answer:
    """One row of the list: the cell Enter goes to, its name, and what stands there."""

    path: str
    name: str
    said: str


class AnswersPage(Page):
    """All answers, then what was not asked and why."""

    def __init__(self, services: Services, desk: Desk, stop: Stop) -> None:
        super().__init__(services, desk, stop)
        self._answers: tuple[Answer, ...] = ()
        self._drawn: list[Content] = []
        self._name_widths: dict[str, int] = {}
        self._changing: tuple[Answer, ScoreSheet] | None = None
        """The answer the user went to change, and the scores before that."""
        self._list = OptionList(classes="entries", markup=False)
        self._detail = Static("", classes="entry-detail", markup=False)

    def compose(self) -> ComposeResult:
        """Head, list, detail."""
        yield Static("核对全部内容  回车：去改，改完按 Esc 回到这一行", classes="page-title", markup=False)
        yield self._list
        yield self._detail

    def draw(self, snapshot: Snapshot) -> None:
        """Draw the list, keeping the cursor where it was."""
        self._answers = tuple(_answers(snapshot))
        self._name_widths = {}
        for answer in self._answers:
            widest = self._name_widths.get(_group(answer), 0)
            self._name_widths[_group(answer)] = max(widest, cell_len(answer.name))
        lines = [self._line(answer, snapshot) for answer in self._answers]
        if lines != self._drawn:
            at = self._list.highlighted or 0
            self._drawn = lines
            self._list.set_options([Option(OneLine.of(line)) for line in lines])
            self._list.highlighted = min(at, len(lines) - 1) if lines else None
        self._tell()

    def cells(self) -> list[Widget]:
        """The list is the only field."""
        return [self._list]

    def _line(self, answer: Answer, snapshot: Snapshot) -> Content:
        name = padded(answer.name, self._name_widths[_group(answer)])
        line = Content.assemble(Content.styled(f"{name}  ", "$muted"), Content(answer.said))
        change = self._change(answer, snapshot)
        return Content.assemble(Content.styled(f"{change}  ", "bold $warning"), line) if change else line

    def _change(self, answer: Answer, snapshot: Snapshot) -> str:
        """``改后 得分 1.00 → 0.67，总分 95.19 → 94.86`` for the answer last changed."""
        if self._changing is None or self._changing[0].path != answer.path:
            return ""
        before, after = self._changing[1], snapshot.sheet
        row = _row(answer.path)
        parts = [
            _moved("计算得分", _scored(before.line(row)), _scored(after.line(row))),
            _moved("总分", points(total_of(before.total)), points(total_of(after.total))),
        ]
        said = "，".join(filter(None, parts))
        same = self._changing[0].said == answer.said
        return f"改后 {said}" if said else ("" if same else "已改，得分不变")

    @on(OptionList.OptionHighlighted)
    def _tell(self) -> None:
        at = self._list.highlighted
        if at is None or at >= len(self._answers):
            return
        answer = self._answers[at]
        text = text_at(self.desk.workspace.case, answer.path) or answer.said
        self._detail.update(
            Content.assemble(Content.styled(f"{spoken(answer.path)}\n", "bold"), Content(text))
        )

    @on(OptionList.OptionSelected)
    def _go_to_place(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        answer = self._answers[event.option_index]
        self._changing = (answer, self.desk.snapshot.sheet)
        self.post_message(PlaceWanted(answer.path))


def _answers(snapshot: Snapshot) -> Iterator[Answer]:
    case = snapshot.case
    for path, name in CELLS:
        yield Answer(path, name, text_at(case, path) or "（空）")
    for index, row in enumerate(case.funds):
        said = f"预算 {row.budget or '—'}  执行 {row.executed or '—'}  执行率 {row.rate or '—'}  得分 {row.score or '—'}"
        yield Answer(f"funds[{index}].executed", row.label, said)
    for index, goal in enumerate(case.goals):
        number = "" if len(case.goals) == 1 else f" {index + 1}"
        yield Answer(f"goals[{index}].expected", f"预期目标{number}", _short(goal.expected))
        yield Answer(f"goals[{index}].actual", f"实际完成情况{number}", _short(goal.actual))
    yield from _indicators(case)
    for path, name in (("total", "总分"), ("grade", "自评等级")):
        yield Answer(path, name, text_at(case, path) or "（空）")
    for item in not_asked(snapshot):
        yield Answer(item.path, f"{NOT_ASKED} {spoken(item.path)}", item.why)


def _indicators(case: Case) -> Iterator[Answer]:
    for index, row in enumerate(case.indicators):
        reason = f"  原因 {_short(row.reason)}" if row.reason.strip() else ""
        said = (
            f"{row.target.strip() or '（空）'} → {row.actual.strip() or '（空）'}"
            f"  {row.score.strip() or '—'}/{row.weight.strip() or '—'} 分{reason}"
        )
        yield Answer(f"indicators[{index}].actual", f"{index + 1} {_short(row.level3, 14)}", said)


def _group(answer: Answer) -> str:
    """Which answers stand in one column: those of one part of the form, and what was not asked."""
    if answer.name.startswith(NOT_ASKED):
        return NOT_ASKED
    place = answer.path.partition("[")[0].partition(".")[0]
    return place if place in {"funds", "goals", "indicators"} else ""


def _short(text: str, most: int = 60) -> str:
    line = " ".join(text.split())
    return (line if len(line) <= most else f"{line[:most]}…") or "（空）"


def _row(path: str) -> str:
    return "funds.total" if path.startswith("funds") else path.partition(".")[0]


def _scored(line: ScoreLine | None) -> str:
    return "" if line is None else score_range(line)


def _moved(word: str, before: str, after: str) -> str:
    return f"{word} {before} → {after}" if before != after else ""
