"""What is known of one form after it was judged: one line of the summary, small enough to keep ten thousand of.

The line is a slotted dataclass, and what copies are looked for in is kept packed: of a form of 18 rows some 2 KB.
"""

from __future__ import annotations

import json
import sys
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from pydantic import ConfigDict, TypeAdapter


class Form(NamedTuple):
    """A document to judge: its name below the folder (with ``/``) and its bytes, so that any machine can do it."""

    file: str
    data: bytes


class TextMark(NamedTuple):
    """A narrative or a reason, as far as telling copies needs it.

    Attributes:
        path: Its cell.
        opening: Its first words, to show.
        sketch: Its fingerprint (:mod:`assistant.season.fingerprints`).
    """

    path: str
    opening: str
    sketch: str


class RowMark(NamedTuple):
    """An indicator's cells that other projects are compared with, blanks taken out."""

    path: str
    name: str
    target: str
    actual: str


def packed(texts: Sequence[TextMark], rows: Sequence[RowMark]) -> bytes:
    """The marks of a form as they are kept and sent; ``b""`` for none."""
    if not texts and not rows:
        return b""
    return zlib.compress(json.dumps([texts, rows], ensure_ascii=False, separators=(",", ":")).encode())


@dataclass(frozen=True, slots=True)
class Points:
    """The total and grade under one rule set; ``low`` and ``high`` are equal where every row is settled."""

    profile: str
    low: Decimal | None = None
    high: Decimal | None = None
    grade: str = ""


@dataclass(frozen=True, slots=True)
class FormResult:
    """One form judged, or the sentence why it could not be.

    Attributes:
        file: Its name below the folder.
        trouble: Why it was not read, and the way out; everything below is empty then.
        content: What the form says, digested: equal for the same case in two documents.
        year: The budget year, ``None`` where the form has none.
        budget, executed: The row 年度资金总额 in 万元; ``None`` where it is blank or no amount.
        rate: ``executed`` ÷ ``budget`` (1 = 100 %), eight places.
        entered: The total the form prints, else the sum of its rows.
        points: The total under the rules used.
        compared: The same under the rules asked for with ``--compare``.
        errors, warnings, hints, not_checked, doubts: How many of each the checks and the reading gave.
        codes: How often each check found something.
        worst, worst_path: The heaviest finding in one sentence, and its cell.
        marks: What the form is compared with others by, :func:`packed`.
    """

    __pydantic_config__ = ConfigDict(extra="forbid", ser_json_bytes="base64", val_json_bytes="base64")

    file: str
    trouble: str = ""
    format: str = ""
    content: str = ""
    project: str = ""
    department: str = ""
    unit: str = ""
    year: int | None = None
    budget: Decimal | None = None
    executed: Decimal | None = None
    rate: Decimal | None = None
    entered: Decimal | None = None
    points: Points | None = None
    compared: Points | None = None
    errors: int = 0
    warnings: int = 0
    hints: int = 0
    not_checked: int = 0
    doubts: int = 0
    codes: dict[str, int] = field(default_factory=dict)
    worst: str = ""
    worst_path: str = ""
    marks: bytes = b""

    def __post_init__(self) -> None:
        """What thousands of forms have in common is kept once."""
        for name in ("format", "department", "unit", "worst_path"):
            object.__setattr__(self, name, sys.intern(getattr(self, name)))
        object.__setattr__(self, "codes", {sys.intern(code): count for code, count in self.codes.items()})

    @property
    def texts(self) -> tuple[TextMark, ...]:
        """The narratives and reasons that tell copies; unpacked at each call."""
        return tuple(TextMark(*mark) for mark in self._unpacked()[0])

    @property
    def rows(self) -> tuple[RowMark, ...]:
        """The indicators; unpacked at each call."""
        return tuple(RowMark(*mark) for mark in self._unpacked()[1])

    def _unpacked(self) -> tuple[list[list[str]], list[list[str]]]:
        if not self.marks:
            return [], []
        texts, rows = json.loads(zlib.decompress(self.marks))
        return texts, rows

    @property
    def is_read(self) -> bool:
        """Whether it was read as a form."""
        return not self.trouble

    @property
    def told(self) -> str:
        """Why it was not read, with its name; most of what readers say begins with the name already."""
        return self.trouble if self.trouble.startswith(self.file) else f"{self.file}——{self.trouble}"

    @property
    def owner(self) -> str:
        """The unit it is summed under: 实施单位, else 主管部门, else a word saying that neither is filled in."""
        return self.unit or self.department or "（未填单位）"


RESULT = TypeAdapter(FormResult)
"""Reads and writes a result as JSON."""
