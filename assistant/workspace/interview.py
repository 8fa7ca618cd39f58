"""The form as a row of questions, one cell after another, for whoever cannot use a full screen. Pure.

Every cell has a number that stays while the form is filled in. Walking on passes over cells that were settled when
the project was approved (names of indicators, targets, weights); a jump reaches them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

from assistant.domain.case import Case, FundRow, Goal, Indicator, Person
from assistant.domain.paths import cell, with_cell
from assistant.domain.patterns import pattern
from assistant.domain.places import column, spoken
from assistant.workspace.workspace import Author, Snapshot, Workspace

_TOP = ("project", "department", "unit", "year", "money_unit")
_FOOT = ("total_weight", "total", "grade")
_SETTLED = frozenset(
    {"money_unit", "total_weight", "label", "weight", "rate", "level1", "level2", "level3", "target"}
)
_INDICATOR = ("level1", "level2", "level3", "target", "weight", "actual", "score", "reason", "evidence")
_NUMBERS = frozenset(
    {"initial", "budget", "executed", "rate", "weight", "score", "target", "actual", "total", "total_weight"}
)
"""Cells that mostly hold a number."""
_NUMBER = pattern(r"[0-9０-９〇零一二两三四五六七八九十百千万半]")
_CONTROL = pattern(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Question:
    """One cell to ask for.

    Attributes:
        number: Counted from 1; what the user jumps to.
        path: The cell.
        label: Its heading.
        row: The row it belongs to (``indicators[3]``, ``funds[0]``), ``""`` for the head and foot of the form.
        is_text: Whether it may have several lines.
        is_settled: It was filled in when the form was opened and is seldom changed: walking passes over it.
    """

    number: int
    path: str
    label: str
    row: str = ""
    is_text: bool = False
    is_settled: bool = False


def _paths(case: Case) -> Iterator[tuple[str, str, str]]:
    """Every cell as (path, label, row), in the form's order."""
    for name in _TOP:
        yield name, spoken(name), ""
    for index in range(max(1, len(case.people))):
        for name in ("name", "phone"):
            yield f"people[{index}].{name}", column(Person, name), f"people[{index}]"
    for index in range(len(case.funds)):
        is_scored = index == case.total_funds_index
        for name in ("initial", "budget", "executed", *(("weight", "rate", "score") if is_scored else ())):
            yield f"funds[{index}].{name}", column(FundRow, name), f"funds[{index}]"
    for index in range(len(case.goals)):
        for name in ("expected", "actual"):
            yield f"goals[{index}].{name}", column(Goal, name), f"goals[{index}]"
    for index in range(len(case.indicators)):
        for name in _INDICATOR:
            yield f"indicators[{index}].{name}", column(Indicator, name), f"indicators[{index}]"
    for name in _FOOT:
        yield name, spoken(name), ""


def questions(case: Case) -> tuple[Question, ...]:
    """All questions of *case*."""
    found = []
    for number, (path, label, row) in enumerate(_paths(case), 1):
        name = path.rpartition(".")[2]
        found.append(
            Question(
                number=number,
                path=path,
                label=label,
                row=row,
                is_text=name == "reason" or path.startswith("goals"),
                is_settled=name in _SETTLED and bool(text_at(case, path).strip()),
            )
        )
    return tuple(found)


def text_at(case: Case, path: str) -> str:
    """The text at *path*, ``""`` where the case has no such cell yet."""
    try:
        return cell(case, path)
    except KeyError:
        return ""


def row_name(case: Case, row: str) -> str:
    """A row in the user's words, with its own name where it has one."""
    name, index = row.partition("[")[0], int(row.partition("[")[2].rstrip("]") or 0)
    own = {"indicators": "level3", "funds": "label"}.get(name)
    said = str(getattr(getattr(case, name)[index], own)).strip() if own else ""
    if name == "indicators":
        return f"绩效指标第{index + 1}行，{said or '未填名称'}"
    if name == "people":
        return case.people[index].role if index < len(case.people) else "项目负责人"
    return said or spoken(row)


def _loses_number(path: str, before: str, after: str) -> bool:
    """Whether *after* has no number in a cell that has one now."""
    is_number = path.rpartition(".")[2] in _NUMBERS and _NUMBER.search(before) is not None
    return is_number and _NUMBER.search(after) is None


class Outcome(Enum):
    """What became of an answer."""

    KEPT = "kept"
    WRITTEN = "written"
    REFUSED = "refused"  # the cell cannot hold it (a year that is none)
    DOUBTED = "doubted"  # it would put words in place of a number: to be said again as sure


class Interview:
    """Where the user is among the questions, and what an answer does to the case.

    Args:
        workspace: The open case; its undo and its rules are used.
        place: The cell or row to begin at, where it still exists.
    """

    def __init__(self, workspace: Workspace, place: str = "") -> None:
        self.workspace = workspace
        self.questions = questions(workspace.case)
        self.at = self._start(place)

    @property
    def question(self) -> Question | None:
        """The present question; ``None`` behind the last one."""
        return self.questions[self.at] if self.at < len(self.questions) else None

    @property
    def text(self) -> str:
        """What the present cell says."""
        return text_at(self.workspace.case, self.question.path) if self.question else ""

    def answer(self, text: str, *, is_sure: bool = False) -> Outcome:
        """Write *text* into the present cell and go on; nothing written keeps what is there.

        Words never take the place of a number unless *is_sure*: the user may have thought to be asked for something
        else.
        """
        question = self.question
        text = _CONTROL.sub("", text).strip()
        if question is None or not text or text == self.text.strip():
            self.forward()
            return Outcome.KEPT
        if not is_sure and _loses_number(question.path, self.text, text):
            return Outcome.DOUBTED
        if not self._write(question.path, text):
            return Outcome.REFUSED
        self.forward()
        return Outcome.WRITTEN

    def clear(self) -> bool:
        """Empty the present cell, as a step of its own, and stay; say whether there was anything."""
        if self.question is None or not self.text:
            return False
        return self._write(self.question.path, "")

    def forward(self) -> None:
        """The next question that is open to change."""
        self.at += 1
        while self.question is not None and self.question.is_settled:
            self.at += 1

    def back(self) -> bool:
        """The question before; say whether there is one."""
        before = [i for i in range(min(self.at, len(self.questions))) if not self.questions[i].is_settled]
        if not before:
            return False
        self.at = before[-1]
        return True

    def next_row(self) -> None:
        """The first open question behind this row."""
        row = self.question.row if self.question else ""
        self.forward()
        while row and self.question is not None and self.question.row == row:
            self.forward()

    def jump(self, wanted: str) -> bool:
        """Go to the question with that number, or to the next row or cell that has *wanted* in its name."""
        wanted = wanted.strip()
        if wanted.isdecimal():
            number = int(wanted)
            if not 1 <= number <= len(self.questions):
                return False
            self.at = number - 1
            return True
        count = len(self.questions)
        round_trip = [(self.at + step) % count for step in range(1, count + 1)]
        for index in sorted(round_trip, key=lambda i: self.questions[i].is_settled):
            question = self.questions[index]
            named = row_name(self.workspace.case, question.row) if question.row else ""
            if wanted in question.label or wanted in named:
                self.at = index
                return True
        return False

    def go_to(self, path: str) -> bool:
        """Go to the cell at *path*, else to the first open cell of that row; say whether there is one."""
        if path.startswith("funds.total") and self.workspace.case.total_funds_index is not None:
            path = path.replace("funds.total", f"funds[{self.workspace.case.total_funds_index}]", 1)
        exact = next((i for i, one in enumerate(self.questions) if one.path == path), None)
        row = path.partition(".")[0]
        inside = [i for i, one in enumerate(self.questions) if one.row == row and not one.is_settled]
        found = exact if exact is not None else next(iter(inside), None)
        if found is not None:
            self.at = found
        return found is not None

    def number_of(self, path: str) -> int | None:
        """The number of the question about *path*, which may be a row."""
        before = self.at
        found = self.question.number if self.go_to(path) and self.question else None
        self.at = before
        return found

    def computed(self) -> str:
        """What the rules would write into the present cell, ``""`` where they say nothing."""
        question, sheet = self.question, self.workspace.snapshot.sheet
        if question is None:
            return ""
        if question.path == "total":
            return "" if sheet.total.computed is None else str(sheet.total.computed)
        if question.path == "grade":
            return sheet.grade
        row, _, name = question.path.partition(".")
        line = sheet.line("funds.total" if row.startswith("funds") else row)
        if line is None:
            return ""
        if name == "rate":
            return line.rate
        return str(line.computed) if name == "score" and line.computed is not None else ""

    def undo(self) -> str | None:
        """Take the last change back and go to its cell; return its path, ``None`` where there is none."""
        return self._step(self.workspace.undo) if self.workspace.can_undo else None

    def redo(self) -> str | None:
        """Bring it back."""
        return self._step(self.workspace.redo) if self.workspace.can_redo else None

    def add_row(self) -> None:
        """A new indicator behind the last one, in its group; its cells are asked next."""
        case = self.workspace.case
        like = case.indicators[-1] if case.indicators else Indicator()
        new = Indicator(level1=like.level1, level2=like.level2)
        self.workspace.replace(
            case.model_copy(update={"indicators": (*case.indicators, new)}), Author.TYPING, ""
        )
        self.questions = questions(self.workspace.case)
        self.go_to(f"indicators[{len(case.indicators)}].level3")

    def _start(self, place: str) -> int:
        self.at = -1
        self.forward()
        if place:
            self.go_to(place)
        return self.at

    def _write(self, path: str, text: str) -> bool:
        case = self.workspace.case
        if path.startswith("people[") and not case.people:
            case = case.model_copy(update={"people": (Person(),)})
        changed = with_cell(case, path, text)
        if text and not cell(changed, path):
            return False
        self.workspace.pause_typing()
        self.workspace.replace(changed, Author.TYPING, path)
        return True

    def _step(self, step: Callable[[], Snapshot]) -> str:
        before = self.workspace.case
        after = step().case
        self.questions = questions(after)
        changed = (
            one.path for one in self.questions if text_at(before, one.path) != text_at(after, one.path)
        )
        path = next(changed, "")
        self.go_to(path)
        self.at = min(self.at, len(self.questions))
        return path
