"""What former sittings left in their journals: the steps undo leads back over, and what never reached the case file."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.domain.case import Case
from assistant.domain.changes import Misfit, applied, taken_back
from assistant.domain.errors import StoreError
from assistant.store.journal import SUFFIX
from assistant.store.journal_records import Base, Made, Mark, Saved, Settled, read
from assistant.store.lock import Lock
from assistant.store.sessions import key_of

UNDO_STEPS = 1000

ENDS_UNDO = frozenset({"merge", "elsewhere"})
"""A change that took in another's work: going back over it would take that back as well."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One file of a journal, as far as it can be read.

    Attributes:
        name: ``key/run-number``.
        base: How it begins; ``None`` where even that is lost.
        entries: What follows.
        size: Bytes on the disk.
        damaged, is_torn: As in :class:`Lines`.
    """

    name: str
    base: Base | None
    entries: tuple[Made | Saved | Settled, ...]
    size: int = 0
    damaged: int = 0
    is_torn: bool = False

    @property
    def made(self) -> tuple[Made, ...]:
        """Its changes."""
        return tuple(entry for entry in self.entries if isinstance(entry, Made))

    @property
    def is_settled(self) -> bool:
        """Whether the user has decided about what it never saved."""
        return any(isinstance(entry, Settled) for entry in self.entries)

    def place_of(self, digest: str) -> int | None:
        """The record up to which a file with *digest* holds it."""
        if self.base is not None and self.base.digest == digest:
            found: int | None = 0
        else:
            found = None
        saves = (one.upto for one in self.entries if isinstance(one, Saved) and one.digest == digest)
        return max(saves, default=found)

    @property
    def last_saved(self) -> int | None:
        """The record up to which some case file held it for certain."""
        saves = [one.upto for one in self.entries if isinstance(one, Saved) and one.done]
        return max(saves) if saves else 0 if self.base is not None and self.base.digest else None


@dataclass(frozen=True, slots=True)
class Unsaved:
    """What a former sitting wrote down and never saved.

    Attributes:
        base: The case as it was saved last then.
        case: The case as it was in the end.
        at: When the last change was made, ISO, UTC.
        steps: How many changes there are.
        lost: Changes that cannot be read or do not fit any more.
        segment: Where it is written.
        of: The file it was made in, where that had another name; ``""`` where it is this one.
        is_older: Made before the file was last written.
    """

    base: Case
    case: Case
    at: str
    steps: int
    lost: int
    segment: str
    of: str = ""
    is_older: bool = False


@dataclass(frozen=True, slots=True)
class Former:
    """What former sittings have to say about the case now on the disk.

    Attributes:
        past, future: What undo leads back to and redo on to, as :class:`Workspace` takes them.
        mark: Where this state stands in a journal; ``None`` where none knows it.
        is_elsewhere: There are journals, yet the file was written by something that keeps none here.
        unsaved: What was never saved, the latest first.
        damaged: Lines that could not be read.
    """

    past: tuple[Case, ...] = ()
    future: tuple[Case, ...] = ()
    mark: Mark | None = None
    is_elsewhere: bool = False
    unsaved: tuple[Unsaved, ...] = ()
    damaged: int = 0


def segments_of(folder: Path, path: Path) -> tuple[Segment, ...]:
    """Every segment about the case at *path* under *folder*, the oldest first."""
    return _segments(folder, key_of(path))


def _segments(folder: Path, key: str) -> tuple[Segment, ...]:
    found = (read_segment(folder, f"{key}/{file.stem}") for file in sorted((folder / key).glob(f"*{SUFFIX}")))
    return tuple(segment for segment in found if segment is not None)


def read_segment(folder: Path, name: str) -> Segment | None:
    """The segment *name* under *folder*, as far as it can be read; ``None`` where there is none."""
    try:
        data = (folder / f"{name}{SUFFIX}").read_bytes()
    except OSError:
        return None
    lines = read(data)
    base = next((one for one in lines.entries if isinstance(one, Base)), None)
    rest = tuple(one for one in lines.entries if not isinstance(one, Base))
    return Segment(name, base, rest, len(data), lines.damaged, lines.is_torn)


def former(
    folder: Path, path: Path, case: Case, digest: str, found: Sequence[Segment] | None = None
) -> Former:
    """What the journals under *folder* know of *case*, which the file at *path* holds with *digest*.

    *found*: the segments about it, where they have been read already.
    """
    if found is None:
        found = segments_of(folder, path)
    of = ""
    if not found:
        found = _moved_here(folder, path, digest)
        of = next((Path(segment.base.path).name for segment in found if segment.base is not None), "")
    if not found:
        return Former()
    known = {segment.name: segment for segment in found}
    mark = _place(found, digest)
    past, future = _steps(known, mark, case) if mark is not None else ((), ())
    return Former(
        past=past,
        future=future,
        mark=mark,
        is_elsewhere=mark is None,
        unsaved=tuple(replace(one, of=of) for one in _unsaved(folder, found, known, mark, case)),
        damaged=sum(segment.damaged for segment in found),
    )


def states(folder: Path, path: Path) -> Iterator[Case]:
    """Every state the case at *path* ever had, as far as its journals tell."""
    for segment in segments_of(folder, path):
        if segment.base is None:
            continue
        case = segment.base.case
        yield case
        for made in segment.made:
            case = _as_far_as_it_fits(case, [made])[0]
            yield case


def _moved_here(folder: Path, path: Path, digest: str) -> tuple[Segment, ...]:
    """The journal of a case that was renamed or moved: it knows this file, and nothing is where it was."""
    with contextlib.suppress(OSError):
        for other in sorted(folder.iterdir()):
            latest = _segments(folder, other.name)[-1:] if other.is_dir() else ()
            for segment in latest:
                if segment.base is None or segment.place_of(digest) is None:
                    continue
                former_path = Path(segment.base.path)
                if not former_path.exists() and former_path.absolute() != path.absolute():
                    return _segments(folder, other.name)
    return ()


def _place(found: Sequence[Segment], digest: str) -> Mark | None:
    """Where the file with *digest* was saved, in the latest segment that knows."""
    for segment in reversed(found):
        if (seq := segment.place_of(digest)) is not None:
            return Mark(segment=segment.name, seq=seq)
    return None


# -- undo across sittings ---------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Step:
    """Some changes of one turn, with the states around them."""

    turn: tuple[str, int]
    why: str
    before: Case
    after: Case


def _steps(known: dict[str, Segment], mark: Mark, case: Case) -> tuple[tuple[Case, ...], tuple[Case, ...]]:
    """Undo and redo as they stood at *mark*, where the case was *case*."""
    steps: list[_Step] = []
    turns: set[tuple[str, int]] = set()
    after = case
    for run, made in _backwards(known, mark):
        try:
            before = taken_back(after, made.changes)
        except Misfit:
            break
        turns.add((run, made.turn))
        steps.append(_Step((run, made.turn), made.why, before, after))
        after = before
        if len(turns) > UNDO_STEPS or made.why in ENDS_UNDO:
            break
    return _replayed(reversed(steps))


def _backwards(known: dict[str, Segment], mark: Mark) -> Iterator[tuple[str, Made]]:
    """The changes before *mark*, the latest first, until one is missing."""
    at: Mark | None = mark
    while at is not None and (segment := known.get(at.segment)) is not None:
        by_seq = {entry.seq: entry for entry in segment.entries}
        for seq in range(at.seq, 0, -1):
            entry = by_seq.get(seq)
            if entry is None:
                return  # what stood here cannot be read any more
            if isinstance(entry, Made):
                yield (segment.base.run if segment.base else segment.name), entry
        at = segment.base.after if segment.base else None


def _replayed(steps: Iterator[_Step]) -> tuple[tuple[Case, ...], tuple[Case, ...]]:
    past: list[Case] = []
    future: list[Case] = []
    last: tuple[str, int] | None = None
    for step in steps:
        if step.turn == last:
            continue
        last = step.turn
        if step.why in ENDS_UNDO:
            past, future = [], []
        elif step.why == "undo":
            future.append(step.before)
            del past[-1:]
        elif step.why == "redo":
            past.append(step.before)
            del future[-1:]
        else:
            past.append(step.before)
            future = []
    return tuple(past[-UNDO_STEPS:]), tuple(future)


# -- what was never saved ---------------------------------------------------------------------------------------------


def _unsaved(
    folder: Path, found: Sequence[Segment], known: dict[str, Segment], mark: Mark | None, case: Case
) -> Iterator[Unsaved]:
    followed = {
        (segment.base.after.segment, segment.base.after.seq)
        for segment in found
        if segment.base is not None and segment.base.after is not None
    }
    for segment in reversed(found):
        made = segment.made
        if not made or segment.is_settled or is_alive(folder, segment):
            continue
        if (segment.name, made[-1].seq) in followed:
            continue  # another segment goes on where this one ends
        tail = _tail(known, segment, mark)
        if tail.made:
            was = case if tail.is_file else _forward(known, tail.start)
            if was is None:
                was = case
            now, lost = _as_far_as_it_fits(was, tail.made)
            if now != case:
                yield Unsaved(
                    was, now, tail.made[-1].at, len(tail.made), lost + segment.damaged, segment.name
                )


@dataclass(frozen=True, slots=True)
class _Tail:
    made: tuple[Made, ...]
    start: Mark
    is_file: bool  # it begins at what the file holds now


def _tail(known: dict[str, Segment], segment: Segment, mark: Mark | None) -> _Tail:
    """The changes at the end of *segment*, and of what it goes on from, that no case file holds."""
    gathered: list[Made] = []
    at: Segment | None = segment
    upto = max((entry.seq for entry in segment.entries), default=0)
    while at is not None:
        here = mark.seq if mark is not None and mark.segment == at.name and mark.seq <= upto else None
        begin = here if here is not None else at.last_saved
        if begin is not None:
            gathered[:0] = [one for one in at.made if begin < one.seq <= upto]
            return _Tail(tuple(gathered), Mark(segment=at.name, seq=begin), is_file=here is not None)
        gathered[:0] = [one for one in at.made if one.seq <= upto]
        after = at.base.after if at.base is not None else None
        if after is None or after.segment not in known:
            break
        at, upto = known[after.segment], after.seq
    return _Tail(tuple(gathered), Mark(segment=at.name if at else segment.name, seq=0), is_file=False)


def _forward(known: dict[str, Segment], start: Mark) -> Case | None:
    """The state at *start*, from the beginning of its segment; ``None`` where it cannot be told."""
    segment = known[start.segment]
    if segment.base is None:
        return None
    return _as_far_as_it_fits(segment.base.case, [one for one in segment.made if one.seq <= start.seq])[0]


def _as_far_as_it_fits(case: Case, made: Sequence[Made]) -> tuple[Case, int]:
    """*case* with the changes of *made*; those that do not fit (a line before them is lost) are counted."""
    lost = 0
    for entry in made:
        try:
            case = applied(case, entry.changes)
        except Misfit:
            for change in entry.changes:
                try:
                    case = applied(case, [change])
                except Misfit:
                    lost += 1
    return case, lost


def is_alive(folder: Path, segment: Segment) -> bool:
    """Whether the sitting that writes it is still open."""
    if segment.base is None:
        return False
    # By the name of the file, not by what a damaged record says of it.
    file = folder / f"{segment.name.rpartition('-')[0]}.lock"
    if not file.exists():
        return False
    lock = Lock(file)
    try:
        is_free = lock.take()
    except StoreError:
        return False
    lock.release(remove=True)
    return not is_free
