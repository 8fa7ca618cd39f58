"""What the forms of different projects have in common that they should not: texts, whole rows of results; and what they
name alike but promise differently.

All of it grows in line with the number of forms: a text is only held against the first of each group it shares a
fingerprint with, never against every other text.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.domain.patterns import pattern
from assistant.season.fingerprints import hashes, likeness
from assistant.season.result import FormResult

ALIKE = 60
"""Percent of common pieces from which two texts are called copies: a changed sentence in four, or one name in two."""

MOST_HELD = 64
"""How many groups may share one fingerprint before it counts as a turn of phrase that tells nothing."""

LEAST_ROWS = 3
"""So many equal results, and at least half of the rows, make two forms alike; one or two happen by themselves."""

MOST_TRIED = 8
"""So many groups that share most fingerprints are looked at closely."""

_FIGURE = pattern(r"\d{2,}|\d\.\d|[2-9]")
_COMMON = pattern(
    r"[≥>=≤<]*(?:100|9[0589]|8[05])(?:\.0+)?[%％]|20\d\d年?(?:\d{1,2}月)?.{0,6}|\d{1,2}月.{0,6}"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A cell in a form; ``percent``: how like the first of its group its text is."""

    file: str
    project: str
    path: str
    percent: int = 100


@dataclass(frozen=True, slots=True)
class CopiedText:
    """One text found in several projects; the first place is the one the others are held against."""

    opening: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class EqualResults:
    """Two projects with the same indicators and the same actuals, row by row: paths in the first and in the second."""

    first: Place
    second: Place
    rows: tuple[tuple[str, str, str, str], ...]  # indicator, actual, path here, path there


@dataclass(frozen=True, slots=True)
class OtherTargets:
    """One indicator that several projects have, with different targets: each target with the places it stands at."""

    name: str
    targets: tuple[tuple[str, tuple[Place, ...]], ...]


def copied_texts(results: Iterable[FormResult]) -> tuple[CopiedText, ...]:
    """Narratives and reasons that stand in two projects or more, word for word or nearly; the most copied first."""
    groups: list[tuple[str, frozenset[str], list[Place]]] = []
    seen: dict[str, tuple[int, int]] = {}  # sketch → group, percent
    holders: dict[str, list[int]] = defaultdict(list)
    for result in results:
        for mark in result.texts:
            if mark.sketch not in seen:
                pieces = hashes(mark.sketch)
                seen[mark.sketch] = _nearest(pieces, groups, holders) or (len(groups), 100)
                if seen[mark.sketch][0] == len(groups):
                    groups.append((mark.opening, pieces, []))
                    for piece in pieces:
                        holders[piece].append(len(groups) - 1)
            group, percent = seen[mark.sketch]
            groups[group][2].append(Place(result.file, result.project, mark.path, percent))
    found = [CopiedText(opening, tuple(places)) for opening, _, places in groups if _spread(places)]
    return tuple(
        sorted(found, key=lambda text: (-len(text.places), text.places[0].file, text.places[0].path))
    )


def _nearest(
    pieces: frozenset[str],
    groups: Sequence[tuple[str, frozenset[str], list[Place]]],
    holders: dict[str, list[int]],
) -> tuple[int, int] | None:
    """The group whose first text is most like one of *pieces*, and how like; ``None`` where none is alike enough."""
    shared: Counter[int] = Counter()
    for piece in sorted(pieces):
        if len(held := holders.get(piece, ())) <= MOST_HELD:
            shared.update(held)
    tried = [(likeness(pieces, groups[group][1]), -group) for group, _ in shared.most_common(MOST_TRIED)]
    percent, group = max(tried, default=(0, 0))
    return (-group, percent) if percent >= ALIKE else None


def _spread(places: Iterable[Place]) -> bool:
    """Whether *places* are in more than one form."""
    return len({place.file for place in places}) > 1


def equal_results(results: Sequence[FormResult]) -> tuple[EqualResults, ...]:
    """Forms whose indicators got the very same telling actuals as those of another, each with the first it equals."""
    holders: dict[tuple[str, str], list[int]] = defaultdict(list)
    found: list[EqualResults] = []
    for at, result in enumerate(results):
        own = _telling(result)
        shared: Counter[int] = Counter()
        for key in own:
            if len(holders[key]) <= MOST_HELD:
                shared.update(holders[key])
        other, count = max(shared.items(), key=lambda item: (item[1], -item[0]), default=(at, 0))
        if count >= LEAST_ROWS and count * 2 >= min(len(result.rows), len(results[other].rows)):
            theirs = _telling(results[other])
            rows = tuple((*key, theirs[key], path) for key, path in own.items() if key in theirs)
            first, second = results[other], result
            found.append(
                EqualResults(
                    Place(first.file, first.project, rows[0][2]),
                    Place(second.file, second.project, rows[0][3]),
                    rows,
                )
            )
            continue
        for key in own:
            holders[key].append(at)
    return tuple(found)


def _telling(result: FormResult) -> dict[tuple[str, str], str]:
    """Indicator and actual → path, of the rows whose actual is a figure of its own, not 100% or 95% or a date."""
    return {
        (row.name, row.actual): row.path
        for row in result.rows
        if _FIGURE.search(row.actual) and not _COMMON.fullmatch(row.actual)
    }


def other_targets(results: Sequence[FormResult]) -> tuple[OtherTargets, ...]:
    """Indicators of the same name with different targets in different projects, the rarest first.

    Most names stand in one form only: a first look finds those worth keeping places of.
    """
    first: dict[int, int] = {}  # name → the target it was first seen with, as hashes: texts would be larger
    several: set[int] = set()
    for result in results:
        for row in result.rows:
            target = hash(row.target)
            if row.target and first.setdefault(hash(row.name), target) != target:
                several.add(hash(row.name))
    first.clear()
    places: dict[str, dict[str, list[Place]]] = defaultdict(lambda: defaultdict(list))
    for result in results if several else ():
        for row in result.rows:
            if row.target and hash(row.name) in several:
                places[row.name][row.target].append(Place(result.file, result.project, row.path))
    found = [
        OtherTargets(name, tuple((target, tuple(where)) for target, where in targets.items()))
        for name, targets in places.items()
        if len(targets) > 1 and _spread(place for where in targets.values() for place in where)
    ]
    return tuple(sorted(found, key=lambda one: (sum(len(where) for _, where in one.targets), one.name)))
