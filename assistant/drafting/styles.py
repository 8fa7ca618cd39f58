"""Texts of the unit's own that show a model how it writes: opt-in, kept on this machine, masked, without figures.

An example lends its manner, never a fact: names go before it is kept, every figure, date, title and document number
becomes ×, and no example is among the facts a draft is verified against.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from assistant.domain.case import Case
from assistant.domain.record import Record
from assistant.drafting.facts import GOAL
from assistant.drafting.privacy import masks_for
from assistant.values.quantities import find_quantities

MOST = 12
SENT = 2
LONGEST = 600
_TITLE = re.compile(r"《[^》]*》")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")


class Style(Record):
    """One example: ``kind`` is ``goal`` or ``reason``, ``text`` has no names and no figures any more."""

    kind: str
    text: str


_ALL = TypeAdapter(tuple[Style, ...])
Write = Callable[[Path, bytes], None]


def kind_of(path: str) -> str:
    """For which texts the one at *path* is an example."""
    return "goal" if GOAL.match(path) else "reason"


def without_facts(case: Case, text: str) -> str:
    """*text* with every name, figure, date, title and document number of it taken out."""
    for mask in masks_for(case, text):
        text = text.replace(mask.text, "某")
    if case.project.strip():
        text = text.replace(case.project.strip(), "本项目")
    text = _TITLE.sub("《×》", text)
    for mention in reversed(find_quantities(text)):
        text = f"{text[: mention.start]}×{text[mention.end :]}"
    return _DIGITS.sub("×", text).strip()[:LONGEST]


class StyleShelf:
    """The examples in the file *path*; *write* puts bytes there."""

    def __init__(self, path: Path, write: Write) -> None:
        self.path = path
        self._write = write

    def all(self) -> tuple[Style, ...]:
        """Every example; a damaged file is as good as none."""
        try:
            return _ALL.validate_json(self.path.read_bytes())
        except (OSError, ValidationError):
            return ()

    def add(self, case: Case, path: str, text: str) -> Style:
        """Keep the text of the cell *path* as an example, the oldest going. Raises ``StoreError``."""
        style = Style(kind=kind_of(path), text=without_facts(case, text))
        rest = tuple(one for one in self.all() if one != style)
        self._keep((*rest, style)[-MOST:])
        return style

    def remove(self, style: Style) -> None:
        """Take an example away. Raises ``StoreError``."""
        self._keep(tuple(one for one in self.all() if one != style))

    def for_cell(self, path: str) -> tuple[str, ...]:
        """The newest examples for the text cell *path*, as many as are sent."""
        return tuple(one.text for one in self.all() if one.kind == kind_of(path))[-SENT:]

    def _keep(self, styles: tuple[Style, ...]) -> None:
        listed = [style.model_dump() for style in styles]
        self._write(self.path, json.dumps(listed, ensure_ascii=False, indent=1).encode())
