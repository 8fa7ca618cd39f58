"""Two people changed one case: what each did, cell by cell, and the case that follows from choosing. Pure.

Both sides are compared with the version they have in common. What only one of them touched is proposed as it is; what
both touched is a person's choice. Rows added on both sides are all kept. Nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from assistant.domain.case import Case
from assistant.domain.changes import Change, applied, changes
from assistant.domain.patterns import pattern
from assistant.domain.places import BESIDE, spoken

_ROW = pattern(r"(?P<list>[a-z_]+)\[(?P<index>\d+)\]")
_SHOWN = frozenset({"people", "funds", "goals", "indicators", "overrides"})
_UNSEEN_CELLS = frozenset({"schema_version"})
_NAMES = ("level3", "label", "expected", "name", "path")
"""What a row is called by, the first that it has."""


class Side(Enum):
    """Whose version."""

    MINE = "mine"
    THEIRS = "theirs"


@dataclass(frozen=True, slots=True)
class Choice:
    """Something at least one side changed.

    Attributes:
        path: The cell, or the first row.
        base, mine, theirs: What each version says there.
        mine_changes, theirs_changes: What taking that side does to the common version.
        proposed: The side that changed it; mine where both did.
        is_shown: Whether it is part of the form; records beside it (drafts, notes) follow the proposal.
    """

    path: str
    base: str
    mine: str
    theirs: str
    mine_changes: tuple[Change, ...]
    theirs_changes: tuple[Change, ...]

    @property
    def is_conflict(self) -> bool:
        """Whether both sides changed it."""
        return bool(self.mine_changes and self.theirs_changes)

    @property
    def proposed(self) -> Side:
        """What is kept unless the user says otherwise."""
        return Side.MINE if self.mine_changes else Side.THEIRS

    @property
    def is_shown(self) -> bool:
        """Whether a user knows it as a part of the form."""
        name = self.path.partition("[")[0].partition(".")[0]
        return name in _SHOWN or ("[" not in self.path and name not in BESIDE)

    @property
    def words(self) -> str:
        """Where it is, in the user's words."""
        return spoken(self.path)


def choices(base: Case, mine: Case, theirs: Case) -> tuple[Choice, ...]:
    """Everything one or both sides changed since *base*, in the form's order. What both did alike is none."""
    ours, others = list(changes(base, mine)), list(changes(base, theirs))
    found: list[Choice] = []
    while ours or others:
        mine_part = [ours.pop(0)] if ours else []
        theirs_part = [] if mine_part else [others.pop(0)]
        while True:
            more = [one for one in others if any(_touch(one, other) for other in mine_part)]
            back = [one for one in ours if any(_touch(one, other) for other in (*theirs_part, *more))]
            if not more and not back:
                break
            theirs_part += more
            mine_part += back
            others = [one for one in others if one not in more]
            ours = [one for one in ours if one not in back]
        found.append(_choice(base, mine_part, theirs_part))
    return tuple(sorted(found, key=_order))


def merged(base: Case, found: Sequence[Choice], chosen: Mapping[int, Side]) -> Case:
    """*base* with, of each of *found*, the side chosen for its position, else the one proposed."""
    taken: list[Change] = []
    for side in (Side.THEIRS, Side.MINE):  # rows both added at one place: mine stand before theirs
        here = [
            change
            for position, choice in enumerate(found)
            for change in (choice.mine_changes if side is Side.MINE else choice.theirs_changes)
            if _is_taken(choice, chosen.get(position, choice.proposed), side)
        ]
        taken += here
    kept: list[Change] = []
    for change in taken:
        if change not in kept:
            kept.append(change)
    return applied(base, kept)


def _is_taken(choice: Choice, picked: Side, side: Side) -> bool:
    if picked is side:
        return True
    return choice.is_conflict and choice.mine_changes == choice.theirs_changes


def _choice(base: Case, mine: list[Change], theirs: list[Change]) -> Choice:
    first = (mine or theirs)[0]
    path = first.path if first.kind == "cell" else f"{first.path}[{first.at}]"
    return Choice(
        path,
        _text(base, path, (mine or theirs), before=True),
        _text(base, path, mine),
        _text(base, path, theirs),
        tuple(mine),
        tuple(theirs),
    )


def _text(base: Case, path: str, made: Sequence[Change], *, before: bool = False) -> str:
    """What stands at *path* after *made*; of rows, their names."""
    rows = [one for one in made if one.kind == "rows"]
    if rows:
        names = [_name(row) for one in rows for row in (one.before if before else one.after)]
        return "、".join(names) if names else "（没有这些行）"
    return _at(base if before else applied(base, made), path)


def _at(case: Case, path: str) -> str:
    match = _ROW.match(path)
    if match is None:
        value = getattr(case, path, None)
        return "" if value is None else str(value)
    rows = getattr(case, match["list"], ())
    if int(match["index"]) >= len(rows):
        return "（没有这一行）"
    row = rows[int(match["index"])]
    cell = path.partition(".")[2]
    return str(getattr(row, cell, "")) if cell else _name(row.model_dump())


def _name(row: object) -> str:
    if not isinstance(row, dict):
        return str(row)
    return next((str(row[name]) for name in _NAMES if row.get(name)), "（空行）")


def _touch(one: Change, other: Change) -> bool:
    """Whether two changes of the common version cannot both be made."""
    here, there = _span(one), _span(other)
    if here is None or there is None:
        return one.path == other.path
    if here[0] != there[0]:
        return False
    if one.kind == other.kind == "cell":
        return one.path == other.path
    if not one.before and not other.before and one.kind == other.kind:
        return False  # rows both added: all are kept
    if here[1] == there[1] and one.kind == other.kind:
        return True
    (_, begin, end), (_, start, stop) = here, there
    if begin == end or start == stop:  # added between the other's rows
        return start < begin < stop or begin < start < end
    return max(begin, start) < min(end, stop)


def _span(change: Change) -> tuple[str, int, int] | None:
    """The list and the rows of it that a change is about; ``None`` for a cell of the form's head."""
    if change.kind == "rows":
        return change.path, change.at, change.at + len(change.before)
    match = _ROW.match(change.path)
    return (match["list"], int(match["index"]), int(match["index"]) + 1) if match else None


def _order(choice: Choice) -> tuple[int, str, int, str]:
    match = _ROW.match(choice.path)
    lists = ("people", "funds", "goals", "indicators", "overrides")
    if match is None:
        return 0, "", 0, choice.path
    name = match["list"]
    return 1 + (lists.index(name) if name in lists else len(lists)), name, int(match["index"]), choice.path


def shown(found: Iterable[Choice]) -> list[tuple[int, Choice]]:
    """Those a person chooses about, with their positions."""
    return [
        (position, choice)
        for position, choice in enumerate(found)
        if choice.is_shown
        and choice.path not in _UNSEEN_CELLS
        and choice.mine_changes != choice.theirs_changes
    ]
