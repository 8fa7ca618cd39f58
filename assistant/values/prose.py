"""A cell that is a sentence: its one clear figure, its several figures, or a text."""

from __future__ import annotations

import re

from assistant.domain.value import Kind, Value
from assistant.values.quantities import Mention, MentionKind, find_quantities

_MEASURED = (MentionKind.QUANTITY, MentionKind.PERCENT, MentionKind.MONEY)
_CHANGE = re.compile(r"(?:提高|提升|增长|增加|上升|下降|降低|减少|降)(?:到|至|为)")
_SHORT = 12
_SENTENCE = 40


def read_prose(seen: str) -> Value | None:
    """Read *seen* (compact) by its figures; ``None`` where it has none."""
    mentions = find_quantities(seen)
    figures = [mention for mention in mentions if mention.kind in _MEASURED]
    if not figures:
        figures = [m for m in mentions if m.kind is MentionKind.NUMBER and m.op is not None]
    if not figures:
        return None
    if (change := _CHANGE.search(seen)) and (after := [f for f in figures if f.start >= change.end() - 1]):
        figures = after
    rest = len(seen) - sum(figure.end - figure.start for figure in figures)
    if rest > _SENTENCE or "《" in seen or len(figures) > 6:
        names = "、".join(figure.text for figure in figures[:4])
        return Value(
            raw=seen, kind=Kind.TEXT, notes=(f"文字里有数字（{names}），没有当作指标值",), doubtful=True
        )
    doubtful = rest > _SHORT
    if len(figures) == 1:
        return _value(seen, figures[0], (f"数字取自文字：{figures[0].text}",), doubtful)
    parts = tuple(_value(figure.text, figure, (), doubtful=False) for figure in figures)
    return Value(
        raw=seen, kind=Kind.MULTI, parts=parts, notes=("一格里有几个值，逐个比较",), doubtful=doubtful
    )


def _value(raw: str, figure: Mention, notes: tuple[str, ...], doubtful: bool) -> Value:
    return Value(
        raw=raw,
        kind=Kind.QUANTITY,
        op=figure.op,
        amount=figure.amount,
        unit=figure.unit,
        approximation=figure.approximation,
        notes=notes,
        doubtful=doubtful,
    )
