"""Points with their working. All points, rates and amounts are ``Decimal``; ``None`` means not known."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from pydantic import Field

from assistant.domain.record import Record
from assistant.domain.value import Comparison, Value, Verdict


class Status(StrEnum):
    """How the entered score stands to the computed one."""

    AGREES = "agrees"
    DIFFERS = "differs"
    IN_RANGE = "in_range"  # a person's score inside its band
    OUT_OF_RANGE = "out_of_range"
    MISSING = "missing"
    UNKNOWN = "unknown"


class ScoreLine(Record):
    """One scored row: the execution rate (path ``funds.total``) or an indicator (``indicators[3]``).

    Attributes:
        computed: The one right score, where rules and values decide it; else ``None`` and low/high bound it.
        low, high: The least and the most this row may still earn under the rules and what is entered
            (equal to ``computed`` where that is known); ``None`` only where the weight is unknown.
        high_included: False where ``high`` itself already belongs to the next better tier.
        counts: False for rows that sums leave out: a parent of the rows below it, a row that does not apply, a row
            whose score is printed in the row above (merged cell).
        counted: What this row adds to "earned so far": the entered score where a person must judge and has,
            the computed one where it is known, else ``None``.
        tier_label: For qualitative rows, the tier the actual names, in the profile's words.
        rule: Which rule scored it, in words: "正向指标按完成比例" ...
        working: Formula with inputs and rounding, line by line, reproducible by hand.
        basis: The document the rule comes from.
        rate: The execution rate, printed ("61.91%"); only for ``funds.total``.
        lacks_actual: The actual value, or 全年执行数, is blank: nobody can score the row yet.
        override_reason: The reason a person gave for another score than the computed one.
    """

    path: str
    name: str
    target: Value | None = None
    actual: Value | None = None
    comparison: Comparison | None = None
    verdict: Verdict = Verdict.UNKNOWN
    ratio: Decimal | None = None
    weight: Decimal | None = None
    entered: Decimal | None = None
    computed: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    high_included: bool = True
    counts: bool = True
    counted: Decimal | None = None
    status: Status = Status.UNKNOWN
    tier_label: str = ""
    rule: str = ""
    working: tuple[str, ...] = ()
    basis: str = ""
    rate: str = ""
    rate_value: Decimal | None = None
    override_reason: str = ""
    lacks_actual: bool = Field(default=False, exclude=True)
    notes: tuple[str, ...] = ()


class TotalLine(Record):
    """The foot of the form.

    Attributes:
        weight: Sum of the weights of all rows that count, ``None`` where no indicator has one.
        entered: The total the form prints.
        sum_entered: Sum of the scores the form's rows print.
        computed: The one right total, where every row has one; else ``None``.
        earned: What is certain so far: the sum of every row's ``counted``.
        low, high: The least and the most the total can still become: a row whose score is settled (computed, or
            judged by a person inside its band) adds that score, an open one its own low and high.
        before_ceiling: ``earned`` without the cap, where a cap struck.
        ceiling: The cap that struck (total ≤ 79 for an execution rate of 60-70 %), with its sentence in ``working``.
        working: The addition, line by line.
    """

    weight: Decimal | None = None
    entered: Decimal | None = None
    sum_entered: Decimal | None = None
    computed: Decimal | None = None
    earned: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    before_ceiling: Decimal | None = None
    ceiling: Decimal | None = None
    working: tuple[str, ...] = ()
    basis: str = ""


class ScoreSheet(Record):
    """All lines of a case under one profile, in the form's order, and the foot.

    ``grade`` is the grade of the computed total, else the one low and high agree on, else that of the entered total
    where it lies between them, else ``""``. ``grade_range`` are the grades of the lowest and the highest total that can
    still come. ``far_over`` and ``explain_below`` are the profile's: the ratio from which
    a result is far over its target, and the execution rate below which the money is explained; ``None`` = no such rule.
    """

    profile: str
    rows: tuple[ScoreLine, ...]
    total: TotalLine
    grade: str = ""
    grade_range: tuple[str, str] = Field(default=("", ""), exclude=True)
    far_over: Decimal | None = Field(default=Decimal("1.3"), exclude=True)
    explain_below: Decimal | None = Field(default=Decimal("0.9"), exclude=True)

    @property
    def grade_words(self) -> str:
        """The grade for a user: certain, or 暂定 with the range that is still open; ``未定`` where nothing is known."""
        least, most = self.grade_range
        if least == most:
            return self.grade or "未定"
        return f"暂定{least or '等外'}～{most}"

    def line(self, path: str) -> ScoreLine | None:
        """The line at *path* (``funds.total``, ``indicators[3]``), or ``None``."""
        return self._lines.get(path)

    @cached_property
    def _lines(self) -> dict[str, ScoreLine]:
        return {row.path: row for row in reversed(self.rows)}
