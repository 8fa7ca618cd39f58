"""What would harm if it were obeyed, through every door and out of every exit: ``python -m tests.injection``."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parents[1] / "data" / "injection.tsv"
BATCH = 40
"""Strings put into one form."""


@dataclass(frozen=True, slots=True)
class Payload:
    """One string and what kind of harm it means."""

    kind: str
    text: str


@cache
def payloads() -> tuple[Payload, ...]:
    """All of ``tests/data/injection.tsv``."""
    lines = FILE.read_text("utf-8").splitlines()
    pairs = (line.split("\t", 1) for line in lines if line and not line.startswith("#"))
    return tuple(Payload(kind, ast.literal_eval(literal)) for kind, literal in pairs)


def batches() -> Iterator[tuple[str, ...]]:
    """The strings, :data:`BATCH` at a time."""
    texts = [payload.text for payload in payloads()]
    for at in range(0, len(texts), BATCH):
        yield tuple(texts[at : at + BATCH])
