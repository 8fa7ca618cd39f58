"""The desk between the fields and the workspace: no typed letter is lost, reordered or echoed over newer ones.

An input method commits in bursts. A field therefore notes each change here at once, synchronously, with the cell it
belongs to; the workspace is written once a moment later, and before anything else looks at the case. While a cell
has a note, nobody may draw over its field.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING

from assistant.domain.case import Case, Person
from assistant.domain.paths import cell, with_cell
from assistant.domain.scores import ScoreSheet
from assistant.workspace.workspace import Author, Snapshot, Workspace

if TYPE_CHECKING:  # loaded at the first look, after the first frame
    from assistant.drafting.figures import OpenFigure

LARGE_ROWS = 60
LARGE_TEXTS = 5_000
"""Rows, and characters of all long texts, from which a form is large."""

PAUSE_SECONDS = 2.0
"""After such a rest what is typed is a new step: undo takes back the last thought, not the whole text."""

_PERSON = re.compile(r"people\[(\d+)\]\.")


def text_at(case: Case, path: str) -> str:
    """The text at *path*, ``""`` where the case has no such cell yet."""
    try:
        return cell(case, path)
    except KeyError:
        return ""


class Desk:
    """Collects typing and makes every change to the case.

    Args:
        workspace: The open case.
        on_note: Called at the first note after a flush: arrange for :meth:`flush` soon.
    """

    def __init__(self, workspace: Workspace, on_note: Callable[[], None] = lambda: None) -> None:
        self.workspace = workspace
        self.on_note = on_note
        self.figures: tuple[OpenFigure, ...] = ()
        """Figures in texts that wait for a decision, as of the last :meth:`look`."""
        self._looked: Snapshot | None = None
        self._opened = self._settled = self._known = workspace.snapshot
        self._notes: dict[str, str] = {}
        self.typed_at = float("-inf")
        """When a letter was typed last, by the clock that only goes forward."""

    @property
    def snapshot(self) -> Snapshot:
        """What may be drawn, with everything typed so far in it."""
        self.flush()
        return self.workspace.snapshot

    @property
    def baseline(self) -> ScoreSheet:
        """The points before the present step."""
        return self._settled.sheet

    @property
    def is_large(self) -> bool:
        """Whether the form is so large that what follows from a letter is worked out beside the screen."""
        case = self.workspace.case
        if len(case.indicators) > LARGE_ROWS:
            return True
        return (
            sum(len(row.reason) for row in case.indicators) + sum(len(goal.actual) for goal in case.goals)
            > LARGE_TEXTS
        )

    @property
    def known(self) -> Snapshot:
        """What may be drawn without waiting: the case as it is, if it is large with what followed from it before."""
        now = self.workspace.snapshot
        if now.is_assessed or not self.is_large or _shape(now.case) != _shape(self._known.case):
            self._known = now
        return now if self._known is now else now.judged_as(self._known)

    def has_note(self, path: str) -> bool:
        """Whether newer typing than the workspace's is waiting for this cell."""
        return path in self._notes

    def note(self, path: str, text: str) -> None:
        """Remember what the user just typed into the cell at *path*."""
        if not path:
            return
        now = monotonic()
        if now - self.typed_at > PAUSE_SECONDS:
            self.flush()
            self.workspace.pause_typing()
        self.typed_at = now
        first = not self._notes
        self._notes.pop(path, None)
        self._notes[path] = text
        if first:
            self.on_note()

    def flush(self) -> None:
        """Write what was noted, in the order in which the cells were last touched."""
        while self._notes:
            path = next(iter(self._notes))
            text = self._notes.pop(path)
            self._write(path, text, Author.TYPING)

    def settle(self) -> Snapshot:
        """End the present step: what follows is a new step, and score changes are told from here on."""
        self.flush()
        self.workspace.pause_typing()
        self._settled = self.workspace.snapshot
        return self.workspace.snapshot

    @property
    def is_looked_over(self) -> bool:
        """Whether the texts were held against the form as it is now."""
        return self._looked is self.workspace.snapshot

    def look(self) -> bool:
        """Mark what the changes since the last look have put out of date; say whether :attr:`figures` changed.

        Too slow for every letter, quick enough for every pause.
        """
        self.flush()
        now = self.workspace.snapshot
        return now is not self._looked and self.take(now, *self.looked_over(now))

    def looked_over(self, now: Snapshot) -> tuple[Case, tuple[OpenFigure, ...]]:
        """What :meth:`look` will find in *now*: the case with its marks, and the open figures. Changes nothing."""
        from assistant.drafting.figures import marked, open_figures

        before = self._looked or self._opened
        case = marked(now.case, now.sheet, (before.case, before.sheet))
        return case, open_figures(case, now.sheet)  # marks move no score

    def take(self, now: Snapshot, case: Case, figures: tuple[OpenFigure, ...]) -> bool:
        """Keep what was found in *now*, unless the form has changed since; say whether :attr:`figures` changed."""
        if now is not self.workspace.snapshot:
            return False
        self._looked = self.workspace.amend(case)
        has_changed, self.figures = figures != self.figures, figures
        return has_changed

    def write(self, path: str, text: str, author: Author) -> Snapshot:
        """One change of its own, not typing."""
        self.settle()
        return self._write(path, text, author)

    def replace(self, case: Case, author: Author, path: str = "") -> Snapshot:
        """A whole new case as one step (a draft with its record, an added row)."""
        self.settle()
        return self.workspace.replace(case, author, path)

    def rebase(self, case: Case, author: Author) -> Snapshot:
        """A case that holds another's changes too; undo begins anew."""
        self.flush()
        self._settled = self.workspace.snapshot
        return self.workspace.rebase(case, author)

    def undo(self) -> str | None:
        """Take a step back; return the cell it was about, ``None`` where there is no step."""
        self.settle()
        return self._stepped(self.workspace.undo) if self.workspace.can_undo else None

    def redo(self) -> str | None:
        """Bring a step back; return the cell it was about, ``None`` where there is no step."""
        self.settle()
        return self._stepped(self.workspace.redo) if self.workspace.can_redo else None

    def _stepped(self, step: Callable[[], Snapshot]) -> str:
        before = self.workspace.case
        return difference(before, step().case)

    def _write(self, path: str, text: str, author: Author) -> Snapshot:
        person = _PERSON.match(path)
        if person and int(person[1]) >= len(self.workspace.case.people):
            if not text:
                return self.workspace.snapshot
            case = self.workspace.case
            case = case.model_copy(update={"people": (*case.people, Person())})
            return self.workspace.replace(with_cell(case, path, text), author, path)
        return self.workspace.write(path, text, author)


def _shape(case: Case) -> tuple[int, ...]:
    """What the pages depend on: points and findings of a form of another shape would stand beside the wrong rows."""
    return len(case.funds), len(case.goals), len(case.indicators), bool(case.doubts)


def difference(before: Case, after: Case) -> str:
    """The path of the first cell (else row) in which two cases differ, ``doubts`` where only those do, else ``""``."""
    for name in (
        "project",
        "department",
        "unit",
        "year",
        "year_written",
        "money_unit",
        "profile",
        "total_weight",
        "total",
        "grade",
    ):
        if getattr(before, name) != getattr(after, name):
            return name.removesuffix("_written")
    for name in ("people", "funds", "goals", "indicators"):
        old, new = getattr(before, name), getattr(after, name)
        for index, row in enumerate(new):
            if index >= len(old):
                return f"{name}[{index}]"
            if old[index] != row:
                changed = (
                    key for key in type(row).model_fields if getattr(old[index], key) != getattr(row, key)
                )
                return f"{name}[{index}].{next(changed, '')}".rstrip(".")
        if len(old) > len(new):
            return f"{name}[{max(len(new) - 1, 0)}]" if new else name
    if before.overrides != after.overrides:
        return next(one.path for one in (*after.overrides, *before.overrides))
    if before.figures != after.figures:
        return next((one.path for one in (*after.figures, *before.figures)), "")
    if before.last_year != after.last_year:
        return next(one.path for one in (*after.last_year, *before.last_year))
    return "doubts" if before.doubts != after.doubts else ""
