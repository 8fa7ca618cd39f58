"""Which indicators a text speaks of: by words that only one of the form's names has."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from assistant.drafting.likeness import Place, letter_pairs, name_of
from assistant.drafting.sources import Source
from assistant.values.quantities import Mention


@lru_cache(maxsize=16)
def _own_words(sources: tuple[Source, ...]) -> dict[str, frozenset[str]]:
    """For each row of the form the letter pairs of its name that no other row's name has: 管网 of 改造老旧小区消防管网."""
    names = {
        source.row: letter_pairs(name_of(source))
        for source in sources
        if source.row.startswith("indicators") and "." not in source.row
    }
    often = Counter(pair for pairs in set(names.values()) for pair in pairs)
    return {row: frozenset(pair for pair in pairs if often[pair] == 1) for row, pairs in names.items()}


def spoken_of(text: str, sources: tuple[Source, ...]) -> frozenset[str]:
    """The rows of which *text* has a word of their own."""
    said = letter_pairs(text)
    return frozenset(row for row, words in _own_words(sources).items() if words & said)


def brushed(text: str, sources: tuple[Source, ...]) -> frozenset[str]:
    """The rows of whose names or evidence *text* has any word, though other rows may have it too."""
    said = letter_pairs(text)
    return frozenset(
        source.row
        for source in sources
        if source.row.startswith("indicators[")
        and said & (letter_pairs(name_of(source)) | letter_pairs(source.clause))
    )


def other_topic(
    place: Place, mention: Mention, candidates: list[Source], sources: tuple[Source, ...], row: str
) -> str:
    """A figure of a row of which the sentence has no word, beside the words of another row that has such figures.

    *row* is the row of the figure just before, which the sentence may go on about.
    """
    rows = {source.row for source in candidates}
    if not rows or not all(name.startswith("indicators[") for name in rows):
        return ""
    if row in rows or rows & spoken_of(place.before + place.near, sources):
        return ""
    others = spoken_of(place.near, sources)
    unit = mention.unit
    if any(
        source.row in others
        and (source.mention.unit.dimension, source.mention.unit.base) == (unit.dimension, unit.base)
        for source in sources
    ):
        return f"{mention.text}是“{name_of(candidates[0])}”的数，这句话没有说到它"
    return ""
