"""The desk between the fields and the workspace: no typed letter is lost, reordered or echoed over newer ones.

An input method commits in bursts. A field therefore notes each change here at once, synchronously, with the cell it
belongs to; the workspace is written once a moment later, and before anything else looks at the case. While a cell
has a note, nobody may draw over its field.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from assistant.domain.case import Case, Person
from assistant.domain.paths import cell, with_cell
from assistant.domain.scores import ScoreSheet
from assistant.workspace.workspace import Author, Snapshot, Workspace

if TYPE_CHECKING:  # loaded at the first look, after the first frame
    from assistant.drafting.figures import OpenFigure

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
        self.baseline: ScoreSheet = workspace.snapshot.sheet
        self.figures: tuple[OpenFigure, ...] = ()
        """Figures in texts that wait for a decision, as of the last :meth:`look`."""
        self._looked: Snapshot | None = None
        self._opened = workspace.snapshot
        self._notes: dict[str, str] = {}

    @property
    def snapshot(self) -> Snapshot:
        """What may be drawn, with everything typed so far in it."""
        self.flush()
        return self.workspace.snapshot

    def has_note(self, path: str) -> bool:
        """Whether newer typing than the workspace's is waiting for this cell."""
        return path in self._notes

    def note(self, path: str, text: str) -> None:
        """Remember what the user just typed into the cell at *path*."""
        if not path:
            return
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
        self.baseline = self.workspace.snapshot.sheet
        return self.workspace.snapshot

    def look(self) -> bool:
        """Mark what the changes since the last look have put out of date; say whether :attr:`figures` changed.

        Too slow for every letter, quick enough for every pause.
        """
        from assistant.drafting.figures import marked, open_figures

        self.flush()
        before, now = self._looked or self._opened, self.workspace.snapshot
        if now is self._looked:
            return False
        now = self.workspace.amend(marked(now.case, now.sheet, (before.case, before.sheet)))
        self._looked = now
        figures = open_figures(now.case, now.sheet)
        if figures == self.figures:
            return False
        self.figures = figures
        return True

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
        self.baseline = self.workspace.snapshot.sheet
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
