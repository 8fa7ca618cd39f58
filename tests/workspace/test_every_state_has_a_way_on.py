"""From every state that edits, undo, redo, drafts, imports, replacing, scores by hand and confirming lead to: nothing is lost."""

from __future__ import annotations

from pathlib import Path

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from assistant.catalogue.profiles import load_profile
from assistant.domain.case import Case, Doubt, DraftRecord, DraftState
from assistant.domain.case_json import loads
from assistant.resources import shipped
from assistant.store.casefile import dumps, load
from assistant.tui import rows
from assistant.tui.desk import Desk, text_at
from assistant.tui.flow import overview, stop_for
from assistant.workspace.doubts import with_doubts
from assistant.workspace.find import replaced
from assistant.workspace.overrides import with_override
from assistant.workspace.workspace import Author, Workspace

PATHS = [
    f"indicators[{row}].{cell}" for row in range(3) for cell in ("actual", "score", "reason", "evidence")
]
PATHS += ["project", "unit", "year", "goals[0].actual", "funds[0].executed", "total"]
TEXTS = st.text(alphabet="完成3次≥①“”〔〕。\n 95%", max_size=12)
_SAMPLE = load(Path(str(shipped("config") / "samples" / "demo.ziping.json")))
_PROFILE = load_profile(_SAMPLE.profile)


def cells(case: Case) -> dict[str, str]:
    """What stands in the cells this machine writes."""
    return {path: text_at(case, path) for path in PATHS}


class Form(RuleBasedStateMachine):
    """A desk beside a model: the cells as they must be, and those of each step behind and ahead."""

    def __init__(self) -> None:
        super().__init__()
        doubt = Doubt(path="indicators[0].actual", raw="4 例", why="数字和单位之间有空格")
        short = _SAMPLE.model_copy(update={"indicators": _SAMPLE.indicators[:3], "doubts": (doubt,)})
        self.desk = Desk(Workspace(short, _PROFILE))
        self.now = cells(short)
        self.past: list[dict[str, str]] = []
        self.future: list[dict[str, str]] = []
        self.at = 0

    def stepped(self, before: Case) -> None:
        after = self.desk.workspace.case
        if after != before:
            self.past.append(self.now)
            self.future.clear()
        self.now = cells(after)

    @rule(path=st.sampled_from(PATHS), texts=st.lists(TEXTS, min_size=1, max_size=3))
    def type_in_one_cell(self, path: str, texts: list[str]) -> None:
        """A burst in one cell is one step, however many letters it took."""
        before = self.desk.settle().case
        for text in texts:
            self.desk.note(path, text)
        assert text_at(self.desk.snapshot.case, path) == texts[-1]
        self.desk.settle()
        expected = {**self.now, path: texts[-1]}
        self.stepped(before)
        assert self.now == expected

    @rule(path=st.sampled_from([path for path in PATHS if path.endswith(("reason", "actual"))]), text=TEXTS)
    def accept_a_draft(self, path: str, text: str) -> None:
        before = self.desk.settle().case
        record = DraftRecord(path=path, text=text, source="template", state=DraftState.ACCEPTED)
        self.desk.replace(rows.with_draft_decided(before, record, text), Author.DRAFT, path)
        self.stepped(before)
        assert self.now[path] == text

    @rule()
    def import_the_sample_again(self) -> None:
        before = self.desk.settle().case
        self.desk.replace(
            before.model_copy(update={"indicators": _SAMPLE.indicators[:3], "goals": _SAMPLE.goals}),
            Author.IMPORT,
        )
        self.stepped(before)

    @rule(wanted=st.sampled_from(["完成", "3", "。"]), new=st.sampled_from(["", "已办", "3"]))
    def replace_everywhere(self, wanted: str, new: str) -> None:
        before = self.desk.settle().case
        self.desk.replace(replaced(before, wanted, new), Author.CURE)
        self.stepped(before)

    @rule(row=st.integers(0, 2), score=st.sampled_from(["0", "1", "0.5"]))
    def score_by_hand(self, row: int, score: str) -> None:
        before = self.desk.settle().case
        self.desk.replace(with_override(before, f"indicators[{row}]", score, "专家意见"), Author.CURE)
        self.stepped(before)
        assert self.now[f"indicators[{row}].score"] == score

    @rule(confirmed=st.booleans())
    def decide_about_the_reading(self, confirmed: bool) -> None:
        before = self.desk.settle().case
        self.desk.replace(with_doubts(before, [0], confirmed=confirmed), Author.CURE)
        self.stepped(before)

    @rule(path=st.sampled_from(PATHS))
    def jump(self, path: str) -> None:
        stops = overview(self.desk.settle()).stops
        self.at = stop_for(stops, path)
        assert 0 <= self.at < len(stops)

    @rule()
    def go_back(self) -> None:
        self.at = max(0, min(self.at - 1, len(overview(self.desk.settle()).stops) - 1))

    @precondition(lambda self: self.past)
    @rule()
    def undo(self) -> None:
        assert self.desk.undo() is not None
        self.future.append(self.now)
        self.now = self.past.pop()

    @precondition(lambda self: self.future)
    @rule()
    def redo(self) -> None:
        assert self.desk.redo() is not None
        self.past.append(self.now)
        self.now = self.future.pop()

    @invariant()
    def what_is_saved_is_what_was_typed(self) -> None:
        """Saving and quitting here would keep every cell, and opening again would show it."""
        assert cells(self.desk.settle().case) == self.now
        assert cells(loads(dumps(self.desk.workspace.case), "案卷")) == self.now


Form.TestCase.settings = settings(max_examples=15, stateful_step_count=15, deadline=None)
TestForm = Form.TestCase
