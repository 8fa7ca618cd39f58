"""The rules of one place and year, as data. Read from ``config/profiles/*.toml`` by ``catalogue``; no logic here.

Points, rates and ratios are ``Decimal`` (rates with 1 = 100 %). Where a number rests on memory or on one sample
form, its key is listed in ``unconfirmed`` with the reason, and whoever shows the number shows that too.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

from pydantic import Field

from assistant.domain.amounts import Rounding
from assistant.domain.findings import Severity
from assistant.domain.record import Record
from assistant.domain.value import Tier


class ReverseFormula(StrEnum):
    """What a ceiling that was exceeded earns (target t, actual a, weight w)."""

    RATIO = "ratio"  # w·t/a
    LINEAR = "linear"  # w·(1 - (a-t)/t), 0 from 2t on
    UNSPECIFIED = "unspecified"  # the place does not say: both bound the score, a person decides


class OverTargetAction(StrEnum):
    """What being far over the target leads to."""

    NONE = "none"
    HINT = "hint"
    REQUIRE_REASON = "require_reason"
    DEDUCT = "deduct"  # minus ``points``
    PROPORTIONAL = "proportional"  # w·t/a


class OverTarget(Record):
    """The rule for results far above a target."""

    ratio: Decimal | None = Field(
        default=Decimal("1.3"), description="actual ÷ target from which it applies; null = no rule"
    )
    action: OverTargetAction = OverTargetAction.HINT
    points: Decimal = Field(default=Decimal(0), description="what DEDUCT takes off, never below 0 points")
    zero_target_actual: Decimal | None = Field(
        default=None, description="with a target of 0: the actual from which the rule applies"
    )


class LateRule(StrEnum):
    """What a missed deadline earns."""

    UNSPECIFIED = "unspecified"  # no rule found: between 0 and the weight, a person decides
    ZERO = "zero"


class Band(Record):
    """One step of a stepped rule: from ``low`` (included) to ``high`` (excluded) it yields ``share`` of the weight."""

    low: Decimal
    high: Decimal | None = None
    share: Decimal


class Ceiling(Record):
    """A cap on the total for an execution rate from ``low`` (included) to ``high`` (excluded)."""

    low: Decimal
    high: Decimal
    total: Decimal


class ExecutionRule(Record):
    """How 预算执行率 is scored and when it must be explained."""

    bands: tuple[Band, ...] = Field(
        default=(), description="empty = linear: weight × rate, never above the weight"
    )
    explain_below: Decimal | None = Decimal("0.9")
    unspent_share: Decimal | None = Field(
        default=Decimal("0.2"), description="(B-X)/B above this is remarked (F10)"
    )
    share_gap: Decimal | None = Field(
        default=Decimal("0.05"), description="F09: indicator share above execution share"
    )
    ceilings: tuple[Ceiling, ...] = ()


class TierBand(Record):
    """One qualitative tier: the user's score must lie in [low·w, high·w], or [low·w, high·w) if not ``high_included``."""

    tier: Tier
    name: str
    low: Decimal
    high: Decimal
    high_included: bool = True


class Grade(Record):
    """A grade word and the least total for it."""

    least: Decimal
    name: str


class Rounds(Record):
    """Place, mode and stage of rounding."""

    score_places: int = 2
    score_mode: Rounding = Rounding.HALF_UP
    rate_places: int = Field(default=2, description="places of a printed percentage")
    rate_first: bool = Field(default=False, description="true: the rate is rounded before it is multiplied")
    tolerance: Decimal = Field(default=Decimal("0.01"), description="difference still taken as agreeing")


class Profile(Record):
    """Everything that differs from place to place.

    Attributes:
        level1: 一级指标 stem (产出, 效益, 满意度, 成本) → prescribed points; empty = free.
        level1_fixed: True where the place forbids other sums (A02 becomes an error).
        articles: What is scored (``execution`` ``quantitative`` ``qualitative`` ``deadline`` ``yesno`` ``total``
            ``grade``) → the document and article it rests on; ``basis`` where there is none.
        steps: Bands of the degree of completion (actual ÷ target) for indicators not reached; empty = in proportion.
        pass_mark: 定量 indicators below this share earn nothing, above it (rate - mark)/(1 - mark)·w; None = none.
        severity: Check code → severity, where the place differs from the check's own.
        excused: Check code → why this place does not apply it.
        text_limits: ``goal`` / ``reason`` → characters allowed.
        unconfirmed: Key → why the number is not certain; shown wherever it is used.
    """

    id: str
    label: str
    region: str = ""
    basis: str
    articles: dict[str, str] = Field(default_factory=dict)
    valid_from: date | None = None
    valid_until: date | None = None
    extends: str = ""
    total_points: Decimal = Decimal(100)
    execution_weight: Decimal = Decimal(10)
    level1: dict[str, Decimal] = Field(default_factory=dict)
    level1_fixed: bool = False
    cost_position: str = Field(
        default="level2", description="level1 | level2 | absent: where 成本指标 stands"
    )
    required_level2: tuple[str, ...] = ()
    amount_unit: str = "万元"
    rounding: Rounds = Rounds()
    reverse_formula: ReverseFormula = ReverseFormula.UNSPECIFIED
    late: LateRule = LateRule.UNSPECIFIED
    over_target: OverTarget = OverTarget()
    steps: tuple[Band, ...] = ()
    pass_mark: Decimal | None = None
    execution: ExecutionRule = ExecutionRule()
    tiers: tuple[TierBand, ...] = ()
    grades: tuple[Grade, ...] = ()
    text_limits: dict[str, int] = Field(default_factory=dict)
    severity: dict[str, Severity] = Field(default_factory=dict)
    excused: dict[str, str] = Field(default_factory=dict)
    unconfirmed: dict[str, str] = Field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def __hash__(self) -> int:
        """By id alone (tables have no hash of their own); equality still compares everything."""
        return hash(self.id)

    def doubts(self) -> tuple[str, ...]:
        """Every uncertain rule in words: what it is and why it is not certain."""
        return tuple(f"{rule_name(key)}：{why}" for key, why in sorted(self.unconfirmed.items()))


_RULE_NAMES = {
    "region": "适用地方",
    "valid_from": "施行日期",
    "valid_until": "失效日期",
    "articles": "条号",
    "level1": "一级指标分值",
    "cost_position": "成本指标的位置",
    "required_level2": "必设的二级指标",
    "over_target": "超指标值的界限",
    "over_target.points": "超指标值的扣分",
    "over_target.zero_target_actual": "指标值为 0 时的界限",
    "reverse_formula": "反向指标公式",
    "late": "逾期规则",
    "pass_mark": "及格线",
    "steps": "完成程度分档",
    "tiers": "定性分档",
    "execution.explain_below": "须说明的执行率",
    "execution.unspent_share": "未执行比例的提醒线",
    "execution.share_gap": "得分率与执行率差距的提醒线",
    "execution.bands": "执行率分档",
    "execution.ceilings": "总分上限",
    "execution_weight": "预算执行率分值",
    "grades": "等级分数线",
    "rounding": "取舍方式",
    "text_limits": "字数限制",
}


def rule_name(key: str) -> str:
    """A rule's key in the user's words; a key below a named one has its name."""
    while key and key not in _RULE_NAMES:
        if "." not in key:
            return key
        key = key.rpartition(".")[0]
    return _RULE_NAMES.get(key, key)
