"""What a cell of 年度指标值 or 实际完成值 says, once understood.

The raw text is always kept; everything else is a reading of it. Kinds and signs follow ``ziping parse --json``.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from assistant.domain.record import Record

NOT_COMPARED = "没有参与比较"
"""In a note: a part of the cell that was read over; what it says, after a colon."""


class Kind(StrEnum):
    """What sort of value a cell holds."""

    QUANTITY = "quantity"
    RANGE = "range"
    DEADLINE = "deadline"
    SCALE = "scale"  # 优良中低差 as a target: names the scale, is not a level
    LEVEL = "level"  # 优, 达成年度指标, 部分达成 ...
    YESNO = "yesno"
    TEXT = "text"
    MULTI = "multi"  # several parts in one cell
    NONE = "none"  # empty, 无, —, /, 未填报
    UNKNOWN = "unknown"  # damaged or contradictory: a person must look


class Op(StrEnum):
    """The comparison a target asks for."""

    GE = "ge"
    GT = "gt"
    EQ = "eq"
    LE = "le"
    LT = "lt"

    @property
    def sign(self) -> str:
        """The printed sign: ``≥ > = ≤ <``."""
        return {"ge": "≥", "gt": ">", "eq": "=", "le": "≤", "lt": "<"}[self.value]


class Approximation(StrEnum):
    """A word that makes a figure inexact."""

    ABOUT = "about"  # 约 左右 上下
    OVER = "over"  # 200余人, 500多人: a little over
    NEARLY = "nearly"  # 近 将近 接近: a little under


class Tier(StrEnum):
    """The three tiers a qualitative result may fall in (财预〔2020〕10号)."""

    FULL = "full"  # 达成年度指标
    PART = "part"  # 部分达成年度指标并具有一定效果
    MISSED = "missed"  # 未达成年度指标且效果较差


class Dimension(StrEnum):
    """What a unit measures. Only values of one dimension can be compared."""

    COUNT = "count"  # 个 次 家 项 人 ...: classifiers, compared by number; a different one is remarked
    RATE = "rate"  # % ‰ 百分点, base: 1 = 100 %
    MONEY = "money"  # base: 元
    FOREIGN_MONEY = "foreign_money"  # 美元 ...: never converted
    LENGTH = "length"  # base: 米
    AREA = "area"  # base: 平方米
    VOLUME = "volume"  # base: 立方米
    MASS = "mass"  # base: 千克
    DURATION = "duration"  # base: 秒 (小时, 天, 周) or 月 (季度, 年); the two stay apart
    DATA = "data"  # base: GB
    COMPOUND = "compound"  # 元/人*月: compared part by part
    OTHER = "other"  # a unit not in the table: equal spelling only
    BARE = "bare"  # no unit written


class Unit(Record):
    """A unit of measure.

    Attributes:
        text: As written, one spelling for each sign (``"万元"``, ``"元/人·月"``, ``"%"``); ``""`` when none is written.
        dimension: What it measures.
        factor: Multiply an amount by this to get the base unit of its dimension (万元 → 10000).
        base: The base unit's name; two amounts compare when dimension and base are equal.
    """

    text: str = ""
    dimension: Dimension = Dimension.BARE
    factor: Decimal = Decimal(1)
    base: str = ""


class Day(Record):
    """A point in time as far as it was said; ``None`` where the cell does not say."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @property
    def text(self) -> str:
        """ISO-like, only what was said: ``"2022-11"``, ``"11"``, ``"2022-11-30"``, ``"11-30"``."""
        parts = [f"{self.year:04d}"] if self.year is not None else []
        if self.month is not None:
            parts.append(f"{self.month:02d}" if parts else str(self.month))
            if self.day is not None:
                parts.append(f"{self.day:02d}")
        return "-".join(parts)


class Value(Record):
    """One cell understood. Fields that do not apply to ``kind`` stay ``None``.

    Attributes:
        raw: The cell exactly as written.
        kind: What sort of value it is.
        op: The sign, or ``None`` where none is written (a bare value).
        amount: The number in the unit as written (QUANTITY), or the lower end (RANGE).
        upper: The upper end (RANGE).
        unit: The unit as written.
        approximation: A word that makes the figure inexact.
        day: The date of a DEADLINE.
        scale: The levels a SCALE names, best first: ``("优", "良", "中", "低", "差")``.
        level: The level word of a LEVEL (``"优"``), or the answer of a YESNO (``"是"`` / ``"否"``).
        tier: The tier a LEVEL names.
        parts: The parts of a MULTI.
        notes: What the user should know of this reading: repaired signs, remarks. Chinese sentences.
        doubtful: True where the reading should be confirmed by the user.
    """

    raw: str
    kind: Kind
    op: Op | None = None
    amount: Decimal | None = None
    upper: Decimal | None = None
    unit: Unit = Unit()
    approximation: Approximation | None = None
    day: Day | None = None
    scale: tuple[str, ...] = ()
    level: str | None = None
    tier: Tier | None = None
    parts: tuple[Value, ...] = ()
    notes: tuple[str, ...] = ()
    doubtful: bool = False

    @property
    def base_amount(self) -> Decimal | None:
        """The amount in the base unit of its dimension (112.511万元 → 1125110)."""
        return None if self.amount is None else self.amount * self.unit.factor


class Verdict(StrEnum):
    """What the comparison of target and actual comes to."""

    MET = "met"
    SHORT = "short"
    OVER = "over"  # a ceiling exceeded
    LATE = "late"
    PARTIAL = "partial"
    UNDECIDED = "undecided"  # a person must judge
    UNKNOWN = "unknown"  # not understood


class Direction(StrEnum):
    """Which way is good."""

    UP = "up"
    DOWN = "down"
    EQUAL = "equal"
    WITHIN = "within"


class Comparison(Record):
    """Target against actual.

    Attributes:
        verdict: The outcome.
        direction: Which way was good, where a number was compared.
        ratio: actual ÷ target in common units, unrounded; ``None`` where it has no meaning (dates, t = 0).
        target_base: The target's number in the common unit, for formulas.
        actual_base: The actual's number in the common unit.
        notes: Chinese remarks: 单位不同, 目标值为 0 ...
    """

    verdict: Verdict
    direction: Direction | None = None
    ratio: Decimal | None = None
    target_base: Decimal | None = None
    actual_base: Decimal | None = None
    notes: tuple[str, ...] = ()
