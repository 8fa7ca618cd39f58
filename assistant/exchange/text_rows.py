"""The indicators of plain text: pieces are dealt out to columns and rows along the cheapest path.

A PDF's text gives the cells in reading order, some broken over lines, some missing. Each piece either goes on with the
cell before, or is the next cell, or begins a new row; what a column's cells look like decides.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.exchange.grid import glued
from assistant.exchange.text_tokens import Token, cost, is_measure, joined_levels

_SKIP = {
    "block": 0, "level1": 4, "level2": 6, "level3": 60, "target": 22, "actual": 22, "value": 22, "op": 15, "unit": 6,
    "weight": 25, "score": 25, "reason": 0, "evidence": 0, "extra": 3, "": 3, "initial_target": 5,
}  # fmt: skip
"""What it costs to leave a cell of a column empty."""

_GO_ON = {"level3": 2, "target": 7, "actual": 6, "value": 7, "reason": 2, "evidence": 2, "extra": 3, "": 3}
"""What it costs that a cell goes on in the next line; columns not named never do."""


def dealt(pieces: Sequence[Token], roles: Sequence[str]) -> list[list[str]]:
    """Rows of cells, one a role, from *pieces* in reading order."""
    tokens = joined_levels(list(pieces))
    if not tokens:
        return []
    count = len(roles)
    skips = [_SKIP.get(role, 10) for role in roles]
    to = [[sum(skips[low + 1 : high]) for high in range(count)] for low in range(-1, count)]
    rest = [sum(skips[column + 1 :]) for column in range(count)]
    paths: list[list[tuple[int, int, bool]]] = []
    for number, token in enumerate(tokens):
        emission = [cost(token.text, role) for role in roles]
        step: list[tuple[int, int, bool]] = []
        for column in range(count):
            if not number:
                step.append((to[0][column] + emission[column], -1, True))
                continue
            best = (10**9, -1, False)
            for before in range(count):
                known = paths[-1][before][0]
                if (
                    before == column
                    and (on := _going_on(token, roles[column], tokens[number - 1])) is not None
                ):
                    best = min(best, (known + on + emission[column] // 3, before, False))
                if before < column:
                    best = min(best, (known + to[before + 1][column] + emission[column], before, False))
                fresh = known + rest[before] + to[0][column] + emission[column] + (0 if token.first else 40)
                best = min(best, (fresh, before, True))
            step.append(best)
        paths.append(step)
    return _traced(tokens, paths, rest, count)


def _going_on(token: Token, role: str, before: Token) -> int | None:
    price = _GO_ON.get(role)
    if price is None:
        return None
    if role in {"target", "actual", "value"} and is_measure(before.text):
        price += 12
    return price if token.first else price + 12


def _traced(
    tokens: Sequence[Token], paths: Sequence[Sequence[tuple[int, int, bool]]], rest: Sequence[int], count: int
) -> list[list[str]]:
    column = min(range(count), key=lambda one: paths[-1][one][0] + rest[one])
    steps: list[tuple[int, bool]] = []
    for number in range(len(tokens) - 1, -1, -1):
        _, before, fresh = paths[number][column]
        steps.append((column, fresh))
        column = before
    rows: list[list[str]] = []
    last = -1
    for token, (where, fresh) in zip(tokens, reversed(steps), strict=True):
        if fresh:
            rows.append([""] * count)
        held = rows[-1][where]
        same = held and where == last and not fresh
        rows[-1][where] = (
            (glued(held, token.text) if token.first else f"{held} {token.text}") if same else token.text
        )
        last = where
    return rows
