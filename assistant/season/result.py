"""What is known of one form after it was judged: one line of the summary, small enough to keep ten thousand of."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from pydantic import Field

from assistant.domain.record import Record


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


class Points(Record):
    """The total and grade under one rule set; ``low`` and ``high`` are equal where every row is settled."""

    profile: str
    low: Decimal | None = None
    high: Decimal | None = None
    grade: str = ""


class FormResult(Record):
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
    """

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
    codes: dict[str, int] = Field(default_factory=dict)
    worst: str = ""
    worst_path: str = ""
    texts: tuple[TextMark, ...] = ()
    rows: tuple[RowMark, ...] = ()

    @property
    def is_read(self) -> bool:
        """Whether it was read as a form."""
        return not self.trouble

    @property
    def owner(self) -> str:
        """The unit it is summed under: 实施单位, else 主管部门, else a word saying that neither is filled in."""
        return self.unit or self.department or "（未填单位）"
