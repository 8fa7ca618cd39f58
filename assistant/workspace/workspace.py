"""One open case. Screens draw its snapshots and post edits; nothing else holds the case."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from threading import Lock

from assistant.checks.engine import run_checks
from assistant.domain.case import Case
from assistant.domain.findings import Report
from assistant.domain.paths import with_cell
from assistant.domain.profile import Profile
from assistant.domain.scores import ScoreSheet
from assistant.scoring.engine import score_case
from assistant.workspace.doubts import answered
from assistant.workspace.overrides import followed

UNDO_STEPS = 1000


class Author(StrEnum):
    """Where a change came from."""

    OPEN = "open"
    TYPING = "typing"
    DRAFT = "draft"  # a draft the user decided about
    IMPORT = "import"
    CURE = "cure"  # a mechanical cure the user chose
    CONFIRM = "confirm"  # a reading of an import looked at
    REPLACE = "replace"  # find and replace
    EDITOR = "editor"  # the user's own editor
    OVERRIDE = "override"  # a person's score, or the end of one
    ROWS = "rows"  # indicators added, removed, moved
    RULES = "rules"
    MERGE = "merge"  # what somebody else saved meanwhile, as far as the user took it
    RECOVERY = "recovery"  # what a former run could not save
    RESTORE = "restore"  # one step of the record taken back, or the form as it was then
    UNDO = "undo"
    REDO = "redo"

    @property
    def is_step(self) -> bool:
        """Whether it leads over steps made before rather than making one."""
        return self in {Author.UNDO, Author.REDO}


_ONE_AT_A_TIME = Lock()
"""What the checks remember is written by one thread at a time."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All a screen may draw: the case, what follows from it, and who changed it last.

    What follows is worked out when it is first asked for, in whatever thread asks: keeping what was typed waits for
    no check.
    """

    case: Case
    profile: Profile
    author: Author = Author.OPEN
    changed: str = ""  # the path last changed
    turn: int = 0  # the same as before while the last step goes on; another for each new step, undo or redo
    _assessed: list[tuple[ScoreSheet, Report]] = field(default_factory=list, repr=False, compare=False)

    @property
    def sheet(self) -> ScoreSheet:
        """The points."""
        return self._follows()[0]

    @property
    def report(self) -> Report:
        """What the checks say."""
        return self._follows()[1]

    @property
    def is_assessed(self) -> bool:
        """Whether points and findings are known without work."""
        return bool(self._assessed)

    def judged_as(self, other: Snapshot) -> Snapshot:
        """This form with the points and findings of *other*: for drawing it before its own are known."""
        return replace(self, _assessed=[(other.sheet, other.report)])

    def _follows(self) -> tuple[ScoreSheet, Report]:
        if not self._assessed:
            with _ONE_AT_A_TIME:
                if not self._assessed:
                    self._assessed.append(assess(self.case, self.profile))
        return self._assessed[0]


def assess(case: Case, profile: Profile) -> tuple[ScoreSheet, Report]:
    """Score and check *case* under *profile*."""
    sheet = score_case(case, profile)
    return sheet, run_checks(case, sheet, profile)


class Workspace:
    """The open case with undo. Every change goes through :meth:`write` or :meth:`replace`.

    Args:
        case: The form.
        profile: The rules in force.
        past: What undo leads back to, the latest last: the steps of former runs.
        future: What redo leads on to, the next one last.
    """

    def __init__(
        self, case: Case, profile: Profile, past: Iterable[Case] = (), future: Iterable[Case] = ()
    ) -> None:
        self._profile = profile
        self._past: list[Case] = [*past][-UNDO_STEPS:]
        self._future: list[Case] = [*future]
        self._typing_in = ""
        self._turn = 0
        self._listeners: list[Callable[[Snapshot], None]] = []
        self.snapshot = Snapshot(case, profile)
        _ = self.snapshot.sheet  # opened means checked

    @property
    def case(self) -> Case:
        """The case as it is now."""
        return self.snapshot.case

    @property
    def profile(self) -> Profile:
        """The rules in force."""
        return self._profile

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to bring back."""
        return bool(self._future)

    def listen(self, listener: Callable[[Snapshot], None]) -> None:
        """Call *listener* with every new snapshot (the screen, the autosave)."""
        self._listeners.append(listener)

    def write(self, path: str, text: str, author: Author = Author.TYPING) -> Snapshot:
        """Put *text* into the cell at *path*. Typing in one cell is one undo step, however many letters.

        A cell somebody wrote himself is no longer in doubt; a person's score follows its cell.
        """
        written = with_cell(self.case, path, text)
        if written != self.case:
            written = followed(answered(written, path), path, text)
        return self.replace(written, author, path)

    def replace(self, case: Case, author: Author, path: str = "") -> Snapshot:
        """Put a whole new case in place of the present one, as one step."""
        if case == self.case:
            return self.snapshot
        typing_in = path if author is Author.TYPING else ""
        if not typing_in or typing_in != self._typing_in:
            self._turn += 1
            self._past.append(self.case)
            del self._past[:-UNDO_STEPS]
        self._typing_in = typing_in
        self._future.clear()
        return self._follow(case, author, path)

    def amend(self, case: Case) -> Snapshot:
        """Put *case* in place as part of the last step: what the program itself notes about the form."""
        if case == self.case:
            return self.snapshot
        return self._follow(case, self.snapshot.author, self.snapshot.changed)

    def rebase(self, case: Case, author: Author) -> Snapshot:
        """Put *case*, which holds another's changes too, in place; undo ends here, or it would take those back."""
        self._past.clear()
        self._future.clear()
        self._typing_in = ""
        self._turn += 1
        return self._follow(case, author, "")

    def pause_typing(self) -> None:
        """End the present undo step: the user left the field."""
        self._typing_in = ""

    def use(self, profile: Profile) -> Snapshot:
        """Score and check under other rules; the case records which."""
        self._profile = profile
        return self.replace(self.case.model_copy(update={"profile": profile.id}), Author.RULES, "profile")

    def what_if(self, path: str, text: str) -> Snapshot:
        """What would follow if the cell at *path* said *text*. Nothing is changed."""
        case = with_cell(self.case, path, text)
        return Snapshot(case, self._profile, Author.TYPING, path)

    def undo(self) -> Snapshot:
        """Take the last step back; without one, nothing happens."""
        if not self._past:
            return self.snapshot
        self._future.append(self.case)
        return self._step(self._past.pop(), Author.UNDO)

    def redo(self) -> Snapshot:
        """Bring the step last taken back again; without one, nothing happens."""
        if not self._future:
            return self.snapshot
        self._past.append(self.case)
        return self._step(self._future.pop(), Author.REDO)

    def _step(self, case: Case, author: Author) -> Snapshot:
        self._typing_in = ""
        self._turn += 1
        return self._follow(case, author, "")

    def _follow(self, case: Case, author: Author, path: str) -> Snapshot:
        self.snapshot = Snapshot(case, self._profile, author, path, self._turn)
        for listener in self._listeners:
            listener(self.snapshot)
        return self.snapshot
