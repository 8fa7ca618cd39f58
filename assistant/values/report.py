"""A reading as JSON, in the shape ``ziping parse --json`` promises."""

from __future__ import annotations

from typing import Any

from assistant.domain.amounts import plain
from assistant.domain.value import Kind, Value
from assistant.values.words import in_words


def value_json(value: Value) -> dict[str, Any]:
    """The value with exact decimals as strings; ``value`` is in the unit as written, ``norm`` in the base unit."""
    shown: dict[str, Any] = {
        "raw": value.raw,
        "kind": value.kind.value,
        "op": value.op.value if value.op else None,
        "value": plain(value.amount) if value.amount is not None else None,
        "unit": value.unit.text,
    }
    if value.base_amount is not None and value.unit.factor != 1:
        shown |= {"norm": plain(value.base_amount), "norm_unit": value.unit.base}
    if value.kind is Kind.RANGE and value.upper is not None:
        shown["upper"] = plain(value.upper)
    if value.kind is Kind.DEADLINE and value.day is not None:
        day = value.day
        shown |= {"value": day.text, "year": day.year, "month": day.month, "day": day.day}
    if value.approximation is not None:
        shown["approximation"] = value.approximation.value
    if value.scale:
        shown["scale"] = list(value.scale)
    if value.level is not None:
        shown["level"] = value.level
    if value.tier is not None:
        shown["tier"] = value.tier.value
    if value.parts:
        shown["parts"] = [value_json(part) for part in value.parts]
    shown["words"] = in_words(value)
    if value.notes:
        shown["notes"] = list(value.notes)
    if value.doubtful:
        shown["doubtful"] = True
    return shown
