"""What changed between two Chinese texts, character by character, made for reading.

A plain character diff of Chinese is confetti: it keeps a comma or 的 two rewritten sentences happen to share. Here a
number is one piece, and a mark of punctuation or a short run only counts as kept where more than that is kept around it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from enum import Enum

from assistant.domain.patterns import pattern

_PIECE = pattern(r"\d[\d,，]*(?:\.\d+)?[%％]?|[A-Za-z]+|\s+|.")
_MARKS = frozenset("，。；：、！？“”‘’（）《》【】〔〕—…,.;:!?()[]\"' \t\n")
SHORTEST_KEPT = 2
"""Characters beside punctuation from which a run between two changes counts as kept."""


class Kind(Enum):
    """What became of a run of characters."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Run:
    """Some characters with one fate."""

    kind: Kind
    text: str


def diff(before: str, after: str) -> tuple[Run, ...]:
    """How *before* becomes *after*; all runs but the added ones give *before*, all but the removed ones *after*."""
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    kept = [
        block
        for block in blocks
        if block.size and _stands(old[block.a : block.a + block.size], block, old, new)
    ]
    return tuple(_joined(_runs(old, new, kept)))


def _stands(pieces: list[str], block: Match, old: list[str], new: list[str]) -> bool:
    """Whether a matching run is long enough to be read as kept; at the ends of both texts any run is."""
    a, b, size = block
    if (a == 0 and b == 0) or (a + size == len(old) and b + size == len(new)):
        return True
    return sum(len(piece) for piece in pieces if piece not in _MARKS) >= SHORTEST_KEPT


def _runs(old: list[str], new: list[str], kept: Iterable[Match]) -> Iterator[Run]:
    a = b = 0
    for block in kept:
        start, begin, size = block
        yield Run(Kind.REMOVED, "".join(old[a:start]))
        yield Run(Kind.ADDED, "".join(new[b:begin]))
        yield Run(Kind.KEPT, "".join(old[start : start + size]))
        a, b = start + size, begin + size
    yield Run(Kind.REMOVED, "".join(old[a:]))
    yield Run(Kind.ADDED, "".join(new[b:]))


def _joined(runs: Iterable[Run]) -> Iterator[Run]:
    """Runs without the empty ones, neighbours of one kind as one."""
    last: Run | None = None
    for run in runs:
        if not run.text:
            continue
        if last is not None and last.kind is run.kind:
            last = Run(run.kind, last.text + run.text)
            continue
        if last is not None:
            yield last
        last = run
    if last is not None:
        yield last
