"""Two amounts in one unit, exactly, or the sentence why they cannot be compared."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from assistant.domain.amounts import ONE, ZERO, plain
from assistant.domain.value import Dimension, Unit, Value

_SQUARE_METRES_IN_3_MU = Decimal(2000)
_UNIT_SLIP = Decimal(1000)  # actual ÷ target from which a bare actual is likelier in 元 than in 万元
# Classifiers that count the same things; 个 for 项 misleads nobody.
_LOOSE_CLASSIFIERS = frozenset(
    {"个", "项", "份", "部", "件", "篇", "套", "本", "册", "种", "类", "条", "款", "处"}
)
_PROPER_CLASSIFIERS = frozenset(
    {"家", "所", "座", "栋", "间", "名", "位", "人", "户", "台", "辆", "块", "支", "组", "村", "村庄"}
)
_NO_BRACKETS = str.maketrans("", "", "()（）")
_FREQUENCIES = frozenset(["月", "个月", "季度", "半年", "周", "天", "日"])


@dataclass(slots=True)
class Pair:
    """Target and actual in one ``unit``.

    Attributes:
        scale: Both amounts are multiplied by this so that no division was needed (亩 beside 平方米).
        money: The amounts are money, alone or per something.
        refusal: Why there is no pair; the amounts then mean nothing.
    """

    target: Decimal = ZERO
    actual: Decimal = ZERO
    unit: Unit = field(default_factory=Unit)
    notes: tuple[str, ...] = ()
    scale: Decimal = ONE
    refusal: str = ""

    @property
    def money(self) -> bool:
        """Whether more of it is neither good nor bad by itself."""
        return self.unit.dimension in {Dimension.MONEY, Dimension.FOREIGN_MONEY} or (
            self.unit.dimension is Dimension.COMPOUND and self.unit.base.split("/")[0].endswith("元")
        )


def commensurate(target: Value, actual: Value) -> Pair:
    """Bring the amounts of *target* and *actual* to one unit. The caller's decimal context must be wide enough."""
    goal, reached = target.amount or ZERO, actual.amount or ZERO
    t, a = target.unit, actual.unit
    if not a.text:
        return _bare_actual(goal, reached, actual, t)
    if not t.text:
        return _bare_target(goal, reached, a)
    if goal == reached == 0:  # 0起 beside 0投诉
        return Pair(goal, reached, t)
    goal, reached = goal * t.factor, reached * a.factor
    if Dimension.BARE in {t.dimension, a.dimension}:  # 160万 beside 386万元
        return Pair(goal, reached, a if t.dimension is Dimension.BARE else t)
    if t.dimension is a.dimension is Dimension.COUNT:
        return Pair(goal, reached, t, () if t.base == a.base else (f"单位不同：{t.text} / {a.text}",))
    if t.dimension is a.dimension and t.base == a.base:
        return Pair(goal, reached, t)
    if t.dimension is a.dimension is Dimension.AREA:
        goal *= _SQUARE_METRES_IN_3_MU if t.base == "亩" else 3
        reached *= _SQUARE_METRES_IN_3_MU if a.base == "亩" else 3
        return Pair(goal, reached, t, scale=Decimal(3))
    return _by_numerator(goal, reached, t, a)


def comparable(one: Unit, other: Unit) -> bool:
    """Whether figures in the two units can be held against each other as they stand, or one unit is not written."""
    if _plain(one.text) == _plain(other.text) or Dimension.BARE in {one.dimension, other.dimension}:
        return True
    if one.dimension is not other.dimension:
        return Dimension.COMPOUND in {one.dimension, other.dimension} and one.base.split("/")[0] == other.base
    return one.dimension is Dimension.AREA or one.base == other.base


def counts_alike(one: Unit, other: Unit) -> bool:
    """Whether two classifiers may count the same things: 10个 and 10家, 3个 and 3项, not 3个 and 3次."""
    both = {one.text, other.text}
    return both <= _LOOSE_CLASSIFIERS or ("个" in both and bool(both & _PROPER_CLASSIFIERS))


def _plain(unit: str) -> str:
    """台(套) and 台套 are one unit."""
    return unit.translate(_NO_BRACKETS)


def _bare_actual(goal: Decimal, reached: Decimal, actual: Value, unit: Unit) -> Pair:
    """A bare actual is in the target's unit, unless it is so large that it leaves out the 万."""
    multiple = next((sign for sign in ("亿", "万") if unit.text.startswith(sign)), "")
    if multiple and goal > 0 and reached / goal >= _UNIT_SLIP:
        rest = unit.text.removeprefix(multiple)
        if not rest:
            return Pair(
                goal * unit.factor, reached, unit, (f"实际值按 {plain(reached)} 理解，不是以“{multiple}”计",)
            )
        written = actual.raw.strip()
        return Pair(
            refusal=f"实际值“{written}”没有写单位：是 {written}{rest} 还是 {written}{unit.text}？请补上单位"
        )
    return Pair(goal * unit.factor, reached * unit.factor, unit)


def _bare_target(goal: Decimal, reached: Decimal, unit: Unit) -> Pair:
    if unit.dimension is Dimension.RATE:
        if reached * unit.factor == goal <= ONE:
            return Pair(goal, reached * unit.factor, unit)
        if ZERO < goal <= ONE:
            return Pair(
                refusal=f"目标值 {plain(goal)} 没有写单位，不知是小数还是百分数，实际值是“{unit.text}”"
            )
        return Pair(goal, reached, unit, ("目标值没有写单位，按与实际值相同的单位比较",))
    if unit.dimension in {Dimension.COUNT, Dimension.BARE}:
        return Pair(goal, reached * unit.factor, unit)
    return Pair(goal * unit.factor, reached * unit.factor, unit)


def _by_numerator(goal: Decimal, reached: Decimal, t: Unit, a: Unit) -> Pair:
    """500元/人 beside 500元: the same thing written shorter; 每月1次 beside 12次 is not."""
    refused = Pair(refusal=f"单位不能比较：目标是“{t.text}”，实际是“{a.text}”")
    if (t.dimension is Dimension.COMPOUND) is (a.dimension is Dimension.COMPOUND):
        return refused
    whole, per = (t, a) if a.dimension is Dimension.COMPOUND else (a, t)
    top, _, below = per.text.partition("/")
    if top != whole.text:
        return refused
    if below in _FREQUENCIES:
        return Pair(refusal=f"目标和实际一个按“{per.text}”、一个按“{whole.text}”计，需换算后人工判断")
    return Pair(goal / t.factor, reached / a.factor, per, (f"单位写法不同：{t.text} / {a.text}",))
