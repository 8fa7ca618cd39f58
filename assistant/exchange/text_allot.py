"""Pieces of cells dealt out to rows by height: a cell's lines stand around the middle of its row, or hang from its top."""

from __future__ import annotations

from collections.abc import Sequence

FAR = 10**9


def allot(
    lines: Sequence[int], rows: Sequence[int], empty: int, hanging: bool = False
) -> tuple[int, list[int]]:
    """Give each piece to a row, in order, so that pieces lie about their rows as cells do.

    Args:
        lines: Line numbers of the pieces, ascending.
        rows: Line numbers of the rows (where their figures stand), ascending.
        empty: What it costs that a row gets no piece.
        hanging: Cells begin at their row's line instead of lying about it.

    Returns:
        The whole cost (twice the lines of displacement), and the row of each piece.
    """
    count = len(lines)
    best = [0] + [FAR] * count
    came: list[list[int]] = []
    for row in rows:
        step, back = [FAR] * (count + 1), [0] * (count + 1)
        for end in range(count + 1):
            for start in range(end + 1):
                if best[start] >= FAR:
                    continue
                if start == end:
                    price = empty
                elif hanging:
                    price = 2 * abs(lines[start] - row)
                else:
                    price = abs(lines[start] + lines[end - 1] - 2 * row)
                price += _loose(lines, start, end)
                if best[start] + price < step[end]:
                    step[end], back[end] = best[start] + price, start
        best = step
        came.append(back)
    owners = [0] * count
    end = count
    for number in range(len(rows) - 1, -1, -1):
        start = came[number][end]
        owners[start:end] = [number] * (end - start)
        end = start
    return best[count], owners


def _loose(lines: Sequence[int], start: int, end: int) -> int:
    """What gaps inside one cell cost: its lines follow each other closely."""
    return sum(3 * max(0, lines[place + 1] - lines[place] - 2) for place in range(start, end - 1))


def grouped(labels: Sequence[int], rows: Sequence[int], starts: Sequence[int]) -> list[int]:
    """The label of each row where labels stand in the middle, or at the top, of the rows they cover.

    Args:
        labels: Line numbers of the labels, ascending.
        rows: Line numbers of the rows.
        starts: Rows at which a group may begin (all of them, or where a finer group begins).
    """
    count = len(labels)
    allowed = sorted({0, *starts})
    results = []
    for hanging in (False, True):
        best: dict[int, tuple[int, list[int]]] = {0: (0, [])}
        for number, label in enumerate(labels):
            step: dict[int, tuple[int, list[int]]] = {}
            for begin, (price, path) in best.items():
                for end in (*allowed, len(rows)):
                    if end <= begin or (number == count - 1) != (end == len(rows)):
                        continue
                    middle = 2 * rows[begin] if hanging else rows[begin] + rows[end - 1]
                    cost = price + abs(middle - 2 * label)
                    if end not in step or cost < step[end][0]:
                        step[end] = (cost, [*path, *[number] * (end - begin)])
            best = step
        if len(rows) in best:
            results.append(best[len(rows)])
    if not results:
        return [min(range(count), key=lambda number: abs(labels[number] - row)) for row in rows]
    return min(results, key=lambda result: result[0])[1]
