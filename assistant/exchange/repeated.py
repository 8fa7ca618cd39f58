"""Tables whose merged cells were written out again at every position, as converters to Markdown do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.exchange.grid import Block, Cell, Document, Grid, Line, clean
from assistant.exchange.headings import (
    fund_role,
    goal_role,
    head_key,
    indicator_role,
    is_foot,
    is_fund_label,
    is_total,
)
from assistant.exchange.shifted import straightened

_LONG = 12
"""Three equal neighbours this long are one cell; two may be a target and an actual value that repeats it."""


def table_document(blocks: Iterable[str | Sequence[Sequence[str]]], kind: str, remark: str = "") -> Document:
    """A document from lines (texts) and tables (rows of plain cells)."""
    found: list[Block] = []
    number = 0
    for block in blocks:
        if isinstance(block, str):
            found.append(Line(block))
            continue
        number += 1
        width = max((len(row) for row in block), default=0)
        whole = [[*row, *[""] * (width - len(row))] for row in block]
        texts, moved = straightened(whole)
        if moved and not remark:
            remark = "有的行缺少合并单元格占的位置，已按栏目含义对齐，请核对"
        rows = [_row(row, width, f"表{number}第{index + 1}行") for index, row in enumerate(texts)]
        found.append(Grid(rows))
    return Document(kind, found, remarks=[remark] if remark else [])


def _row(texts: Sequence[str], width: int, place: str) -> list[Cell | None]:
    cells: list[Cell | None] = []
    for order, text in enumerate(texts):
        before = cells[-1] if cells else None
        if before is not None and before.text == clean(text) and _one(before.text, texts.count(text)):
            cells.append(before)
        else:
            cells.append(Cell(clean(text), f"{place}第{order + 1}格"))
    return cells + [Cell("", place) for _ in range(width - len(cells))]


def _one(text: str, times: int) -> bool:
    return bool(text) and (
        (len(text) >= _LONG and times > 2)
        or bool(
            head_key(text)
            or goal_role(text)
            or fund_role(text)
            or indicator_role(text)
            or is_fund_label(text)
            or is_total(text)
            or is_foot(text)
        )
    )
