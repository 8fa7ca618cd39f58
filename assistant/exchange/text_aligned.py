"""Indicators in text that keeps the page's columns (``pdftotext -layout``): columns by place, rows by height."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.exchange.grid import glued
from assistant.exchange.headings import head_key, is_fund_label, level_of
from assistant.exchange.text_allot import FAR, allot, grouped
from assistant.exchange.text_tokens import Token, cost

_MANY = {"level3", "target", "actual", "value", "reason", "evidence", "extra", "", "initial_target"}


@dataclass(slots=True)
class Place:
    """A column: its meaning and where it lies."""

    role: str
    heading: str
    low: int
    high: int


def columns_of(lines: Sequence[Sequence[Token]], roles: Sequence[str], heads: Sequence[Token]) -> list[Place]:
    """Where each column lies: its heading, and what clearly stands under it."""
    places = [Place(role, head.text, head.column, head.end) for role, head in zip(roles, heads, strict=True)]
    for _ in range(2):
        under: list[list[Token]] = [[] for _ in places]
        for line in lines:
            for token, number in zip(line, fitted(line, places), strict=True):
                if number >= 0:
                    under[number].append(token)
        for place, tokens in zip(places, under, strict=True):
            if len(tokens) > 1:
                starts = sorted(token.column for token in tokens)
                ends = sorted(token.end for token in tokens)
                place.low, place.high = (
                    starts[len(starts) // 8],
                    max(ends[-1 - len(ends) // 8], starts[0] + 1),
                )
    return places


def fitted(line: Sequence[Token], places: Sequence[Place]) -> list[int]:
    """The column of each token of a line, in order, by where it stands and what it looks like; -1 for none."""
    best: list[tuple[int, list[int]]] = [(0, [])]
    ends = [-1]
    for token in line:
        options: list[tuple[int, int, list[int]]] = []
        for (price, path), last in zip(best, ends, strict=True):
            options.append((price + 200, last, [*path, -1]))
            for number in range(max(last, 0), len(places)):
                place = places[number]
                again = (8 if place.role in _MANY else 60) if number == last else 0
                away = max(0, place.low - token.end, token.column - place.high)
                shift = min(
                    abs(token.column - place.low),
                    abs(token.end - place.high),
                    abs(token.column + token.end - place.low - place.high) // 2,
                )
                options.append(
                    (
                        price + 12 * away + shift + cost(token.text, place.role) // 2 + again,
                        number,
                        [*path, number],
                    )
                )
        kept: dict[int, tuple[int, list[int]]] = {}
        for price, last, path in options:
            if last not in kept or price < kept[last][0]:
                kept[last] = (price, path)
        best, ends = list(kept.values()), list(kept)
    return min(best, key=lambda one: one[0])[1]


def aligned_rows(lines: Sequence[Sequence[Token]], places: Sequence[Place]) -> list[list[str]]:
    """Rows of cells, one a column, of the body *lines* of one page."""
    pieces: list[list[Token]] = [[] for _ in places]
    for line in lines:
        for token, number in zip(line, fitted(line, places), strict=True):
            if number >= 0:
                pieces[number].append(token)
    anchors = _anchors(places, pieces)
    if not anchors:
        return []
    rows = [[""] * len(places) for _ in anchors]
    hanging = _hangs(places, pieces, anchors)
    for number, place in enumerate(places):
        if place.role in {"level1", "level2"}:
            continue
        found = _by_line(pieces[number])
        if not found:
            continue
        empty = 40 if place.role == "level3" else 3
        _, owners = allot([line for line, _ in found], anchors, empty, hanging)
        for (_, text), owner in zip(found, owners, strict=True):
            rows[owner][number] = glued(rows[owner][number], text)
    _levels(places, pieces, anchors, rows)
    return rows


def _anchors(places: Sequence[Place], pieces: Sequence[Sequence[Token]]) -> list[int]:
    """The line of each row: where its figures stand."""
    for wanted in ({"weight", "score"}, {"target", "value"}, {"actual"}, {"level3"}):
        found = sorted(
            {
                token.line
                for place, own in zip(places, pieces, strict=True)
                if place.role in wanted
                for token in own
            }
        )
        names = sum(len(own) for place, own in zip(places, pieces, strict=True) if place.role == "level3")
        if found and (len(found) * 6 >= names or wanted == {"level3"}):
            return found
    return []


def _by_line(pieces: Sequence[Token]) -> list[tuple[int, str]]:
    """Pieces of one column, those of one line together."""
    found: dict[int, str] = {}
    for token in pieces:
        found[token.line] = f"{found[token.line]} {token.text}" if token.line in found else token.text
    return sorted(found.items())


def _hangs(places: Sequence[Place], pieces: Sequence[Sequence[Token]], anchors: Sequence[int]) -> bool:
    """Whether cells begin at their row's line instead of lying about it."""
    lying = hanging = 0
    for place, own in zip(places, pieces, strict=True):
        if place.role in _MANY and own:
            lines = [line for line, _ in _by_line(own)]
            lying += min(allot(lines, anchors, 8)[0], FAR)
            hanging += min(allot(lines, anchors, 8, hanging=True)[0], FAR)
    return hanging < lying


def _levels(
    places: Sequence[Place], pieces: Sequence[Sequence[Token]], anchors: Sequence[int], rows: list[list[str]]
) -> None:
    """Names of levels stand once for all the rows they cover."""
    starts: Sequence[int] = range(len(anchors))
    for role in ("level2", "level1"):
        number = next((one for one, place in enumerate(places) if place.role == role), None)
        if number is None:
            continue
        names = _names(pieces[number])
        if not names:
            continue
        owners = grouped([line for line, _ in names], anchors, starts)
        for row, owner in zip(rows, owners, strict=True):
            row[number] = names[owner][1]
        starts = [0, *(place for place in range(1, len(owners)) if owners[place] != owners[place - 1])]


def _names(pieces: Sequence[Token]) -> list[tuple[int, str]]:
    """Names of one level with the line of their middle; names broken over lines put together."""
    found: list[tuple[int, int, str]] = []
    for token in sorted(pieces, key=lambda one: (one.line, one.column)):
        if found:
            first, last, text = found[-1]
            joined = text + token.text
            broken = not level_of(text) or (level_of(joined) and not level_of(token.text))
            if token.line - last <= 2 and broken and not (level_of(token.text) and len(token.text) > 2):
                found[-1] = (first, token.line, joined)
                continue
        found.append((token.line, token.line, token.text))
    return [((first + last + 1) // 2, text) for first, last, text in found]


def headings_at(
    lines: Sequence[Sequence[Token]], index: int, meaning: Callable[[str], str], least: int
) -> tuple[list[Token], list[Token], int] | None:
    """The headings that begin in line *index*, put together over up to five lines by where they stand.

    Returns:
        The headings, what stands beside them, and the line after them; ``None`` where there are none.
    """
    best: tuple[int, list[Token], list[Token], int] | None = None
    for end in range(index + 1, min(index + 6, len(lines)) + 1):
        if not lines[end - 1] or any(_foreign(token.text, meaning) for token in lines[end - 1]):
            break
        stacks = _stacked([token for line in lines[index:end] for token in line])
        known = [head for head in stacks if meaning(head.text)]
        aside = [head for head in stacks if not meaning(head.text)]
        roles = len({meaning(head.text) for head in known})
        if roles < least or len(aside) > 1 + len(known) // 5:
            continue
        merit = 2 * roles + len(known) - 2 * len(aside)
        if best is None or merit >= best[0]:
            best = (merit, known, aside, end)
    if best is None or not any(_part(token, best[1]) for token in lines[index]):
        return None
    return best[1:]


_NO_HEADING = re.compile(r"[-+≥≤=<>＜＞≧]?[\d.,]+\D{0,3}|.*(?:自评表|年度[）)]|申报表).*|[-—/]+")


def _foreign(text: str, meaning: Callable[[str], str]) -> bool:
    """Whether *text* can be no part of a heading: a figure, a level's name, a label of the head."""
    if meaning(text):
        return False
    return bool(_NO_HEADING.fullmatch(text) or level_of(text) or head_key(text) or is_fund_label(text))


def _part(token: Token, heads: Sequence[Token]) -> bool:
    return any(token.column >= head.column and token.end <= head.end for head in heads)


def _stacked(tokens: Sequence[Token]) -> list[Token]:
    """Pieces that stand over each other, joined from top to bottom."""
    stacks: list[Token] = []
    for token in sorted(tokens, key=lambda one: (one.line, one.column)):
        under = [stack for stack in stacks if stack.line != token.line and _meets(token, stack)]
        if len(under) == 1:
            stack = under[0]
            stack.text = glued(stack.text, token.text)
            stack.line = token.line
            stack.column, stack.end = min(stack.column, token.column), max(stack.end, token.end)
        else:
            stacks.append(replace(token))
    return sorted(stacks, key=lambda stack: stack.column)


def _meets(token: Token, head: Token) -> bool:
    return token.column < head.end and head.column < token.end
