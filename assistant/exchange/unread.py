"""The net below the readers: a cell of the form that found its way into no cell of the case is told, never dropped."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.exchange.form_draft import FormDraft, is_number
from assistant.exchange.grid import Cell
from assistant.exchange.headings import fund_role, goal_role, indicator_role, is_foot, norm

_MOST = 6
"""So many cells are named; of more, their number is."""
_SHOWN = 20
_SENTENCE = 12
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def is_telling(text: str) -> bool:
    """Whether *text* would be missed: a sentence, or a figure that is more than a row's number or a few points."""
    if is_number(text):
        return re.search(r"\d{3}|[.%％]", text) is not None
    if fund_role(text) or goal_role(text) or indicator_role(text) or is_foot(text):
        return False
    return len(norm(text)) >= _SENTENCE and re.search(r"[\d，。；]", text) is not None


def tell_unread(cells: Iterable[Cell], draft: FormDraft) -> None:
    """Doubt the *cells* (of the tables that were read) whose text *draft* has nowhere, with their places."""
    read = "\n".join(_texts(draft))
    numbers = set(_NUMBER.findall(read))  # whole ones: 12.5 is not read where 112.5 is
    unread = [cell for cell in cells if not _is_read(norm(cell.text), read, numbers)]
    if not unread:
        return
    named = "、".join(f"{cell.place} {norm(cell.text)[:_SHOWN]}".strip() for cell in unread[:_MOST])
    more = f"等 {len(unread)} 格" if len(unread) > _MOST else ""
    draft.doubt("", named + more, "没有读进任何一格，请对照原表")


def _is_read(text: str, read: str, numbers: set[str]) -> bool:
    return numbers.issuperset(_NUMBER.findall(text)) if is_number(text) else text[:_SHOWN] in read


def _texts(draft: FormDraft) -> Iterable[str]:
    yield from (norm(str(value)) for value in draft.cells.values())
    for row in (*draft.funds, *draft.goals, *draft.indicators, *draft.people):
        yield from map(norm, row.values())
    yield from (norm(doubt.raw) for doubt in draft.doubts)
