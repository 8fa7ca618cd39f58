"""Goal items beside what answers them: which piece of 实际完成情况, and which indicators, speak of each item.

Texts are found through an index of their character pairs, so a long goal costs in proportion to its length.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.checks.text import bigrams, han_count
from assistant.checks.text_items import parts
from assistant.checks.text_words import ROUTINE

LEAST = 12  # percent of an item's own pairs that must be found for the item to count as answered
_EVERYWHERE = 40  # a pair that more texts than these share tells none of them apart


class PairIndex:
    """Texts by their character pairs."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.sizes: list[int] = []
        self._holders: dict[str, list[int]] = defaultdict(list)
        for position, text in enumerate(texts):
            pairs = bigrams(text)
            self.sizes.append(len(pairs))
            for pair in pairs:
                self._holders[pair].append(position)

    def hits(self, pairs: Iterable[str]) -> Counter[int]:
        """How many of *pairs* each text has."""
        found: Counter[int] = Counter()
        for pair in pairs:
            holders = self._holders.get(pair, ())
            if len(holders) <= _EVERYWHERE:
                found.update(holders)
        return found


@dataclass(frozen=True, slots=True)
class Coverage:
    """One promised item.

    Attributes:
        item: What was promised.
        share: How much of what is this item's own is found in the whole account, in percent.
        answer: The position of the piece of the account that speaks of it most, or ``None``.
        rows: The positions of the names (三级指标) that mostly occur in it or in which it mostly occurs.
    """

    item: str
    share: int
    answer: int | None
    rows: tuple[int, ...] = ()

    @property
    def is_answered(self) -> bool:
        """Whether the account speaks of the item at all."""
        return self.share >= LEAST


@lru_cache(maxsize=64)
def coverage(expected: str, actual: str, names: tuple[str, ...] = ()) -> tuple[Coverage, ...]:
    """Each item of *expected* beside *actual* and the 三级指标 *names*, in the order of the goal.

    Items too short to tell apart are left out. What several items share (the project's own name, usually) does not
    count for any of them.
    """
    promised = tuple(piece for piece in parts(expected) if han_count(piece) >= 5)
    if not promised:
        return ()
    cores = [bigrams(_core(piece)) for piece in promised]
    holders = Counter(pair for core in cores for pair in core)
    whole = bigrams(actual)
    answers, rows = PairIndex(parts(actual)), PairIndex(names)
    found = []
    for piece, core in zip(promised, cores, strict=True):
        own = [pair for pair in core if holders[pair] == 1]
        pairs = own if len(own) >= 3 else list(core)
        if not pairs:
            continue
        best = answers.hits(pairs).most_common(1)
        share = 100 * sum(pair in whole for pair in pairs) // len(pairs)
        answer = best[0][0] if best and 100 * best[0][1] >= LEAST * len(pairs) else None
        found.append(Coverage(piece, share, answer, _speaking(rows, pairs)))
    return tuple(found)


def _speaking(rows: PairIndex, pairs: Sequence[str]) -> tuple[int, ...]:
    """The rows half of whose name is in the item, or that have half of the item in their name."""
    return tuple(
        sorted(
            position
            for position, count in rows.hits(pairs).items()
            if 2 * count >= min(rows.sizes[position], len(pairs)) and count >= 2
        )
    )


def is_out_of_order(covered: Sequence[Coverage]) -> bool:
    """Whether the items are all answered, each by a piece of its own, but in another order."""
    answers = [each.answer for each in covered if each.answer is not None]
    return len(answers) == len(covered) == len(set(answers)) and answers != sorted(answers)


def _core(piece: str) -> str:
    """An item without the words that every goal uses, unless nothing else would be left."""
    kept = "".join(word for word in ROUTINE.sub(" ", piece).split() if len(word) >= 2)
    return kept if han_count(kept) >= 4 else piece
