"""Points for numbers: at least, at most, equal, within a range; too far above; nothing reached."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.domain.amounts import ZERO, percent, plain, rounded, share
from assistant.domain.profile import OverTarget, OverTargetAction, Profile, ReverseFormula
from assistant.domain.value import Approximation, Comparison, Direction, Kind, Value, Verdict
from assistant.scoring import arithmetic
from assistant.scoring.outcome import RowPoints, band_words, doubts, left_open, settled


def score_quantity(
    target: Value, actual: Value, comparison: Comparison, weight: Decimal, profile: Profile
) -> RowPoints:
    """Score a number against a number; the comparison has already said which way is good.

    Args:
        target: 年度指标值 as read.
        actual: 实际完成值 as read.
        comparison: Verdict ``MET``, ``SHORT`` or ``OVER`` with both numbers in a common unit.
        weight: 分值.
        profile: The place's rules.
    """
    if comparison.target_base is None or comparison.actual_base is None:
        return left_open(comparison, weight, profile, rule="没有可以比较的数，由人评定")
    numbers = _Numbers.of(target, actual, comparison.target_base, comparison.actual_base)
    if comparison.verdict is Verdict.MET:
        upward = comparison.direction in {Direction.UP, Direction.EQUAL}
        score = _far_above if upward and _is_far_above(numbers, profile.over_target) else _met
        return score(numbers, comparison, weight, profile)
    if numbers.goal < ZERO:
        return left_open(comparison, weight, profile, rule="指标值为负数，不能按比例计算，由人评定")
    notes: tuple[str, ...] = ()
    if actual.approximation is not None:
        notes = (f"完成值是约数（{_WORDS[actual.approximation]}），按写出的数计算，请核对实际数。",)
    score_missed = _exceeded if comparison.verdict is Verdict.OVER else _short
    return score_missed(numbers, comparison, weight, profile, notes)


_MOST_PLACES = 6
"""Further decimals come of a conversion that does not end (40 seconds in minutes), and nobody reads them."""

_WORDS = {Approximation.ABOUT: "约", Approximation.OVER: "余", Approximation.NEARLY: "近"}


@dataclass(frozen=True, slots=True)
class _Numbers:
    """Target and actual as they go into formulas and their working."""

    goal: Decimal
    reached: Decimal

    @classmethod
    def of(cls, target: Value, actual: Value, goal: Decimal, reached: Decimal) -> _Numbers:
        """As written where the two share a unit, else in the target's where that is exact, else in the common one.

        *goal* and *reached* are in the common unit: 1.5天 against 24小时 is 36 against 24, not 129600 against 86400.
        """
        if target.amount is not None and actual.amount is not None:
            same = arithmetic.product(target.amount, reached) == arithmetic.product(actual.amount, goal)
            if same:
                return cls(target.amount, actual.amount)
            asked = arithmetic.product(target.amount, reached)
            if target.kind is Kind.QUANTITY and goal != ZERO:
                converted = arithmetic.quotient(asked, goal)
                if (
                    rounded(converted, _MOST_PLACES) == converted
                    and arithmetic.product(converted, goal) == asked
                ):
                    return cls(target.amount, converted)
        return cls(goal, reached)

    @property
    def quotient(self) -> str:
        """``5 ÷ 3 = 166.67%``; the goal must not be 0."""
        rate = percent(arithmetic.quotient(self.reached, self.goal))
        return f"{plain(self.reached)} ÷ {plain(self.goal)} = {rate}"


def _met(numbers: _Numbers, comparison: Comparison, weight: Decimal, profile: Profile) -> RowPoints:
    goal, reached = numbers.goal, numbers.reached
    full = f"得满分 {plain(weight)}"
    lines: tuple[str, ...] = (f"达到指标值，{full}",)
    if comparison.direction is Direction.DOWN:
        lines = (f"{plain(reached)} ≤ {plain(goal)}，没有超过上限，{full}",)
    elif comparison.direction is Direction.WITHIN:
        lines = (f"{plain(reached)} 在区间之内，{full}",)
    elif goal > ZERO:
        lines = (numbers.quotient, *lines)
    return settled(comparison, weight, profile, rule="达到指标值得满分", working=lines)


def _is_far_above(numbers: _Numbers, rule: OverTarget) -> bool:
    if rule.ratio is None or rule.action is OverTargetAction.NONE:
        return False
    if numbers.goal == ZERO:
        least = rule.zero_target_actual
        return least is not None and numbers.reached >= least
    return numbers.goal > ZERO and numbers.reached >= arithmetic.product(rule.ratio, numbers.goal)


def _far_above(numbers: _Numbers, comparison: Comparison, weight: Decimal, profile: Profile) -> RowPoints:
    """The place's rule for results far above the target: a remark, a deduction, or points in inverse proportion."""
    goal, reached, rule = numbers.goal, numbers.reached, profile.over_target
    unsure = doubts(profile, "over_target")
    if goal == ZERO or rule.ratio is None:
        limit = f"指标值为 0 而完成值达到 {plain(reached)}"
    else:
        limit = f"完成值达到指标值的 {share(rule.ratio)} 及以上"
    if goal > ZERO and rule.action is OverTargetAction.DEDUCT:
        left = max(weight - rule.points, ZERO)
        work = f"max({plain(weight)} - {plain(rule.points)}, 0) = {plain(left)}"
        said = f"{limit}，指标偏离，扣 {plain(rule.points)} 分"
    elif goal > ZERO and rule.action is OverTargetAction.PROPORTIONAL:
        left = arithmetic.reverse_ratio(weight, reached, goal)
        score = arithmetic.points(left, profile.rounding)
        work = f"{plain(weight)} × {plain(goal)} ÷ {plain(reached)} = {score}"
        said = f"{limit}，按偏离程度调减"
    else:
        must = "须" if rule.action is OverTargetAction.REQUIRE_REASON else "请"
        full = _met(numbers, comparison, weight, profile)
        return replace(full, notes=(*full.notes, f"{limit}：得满分，{must}说明超出的原因。", *unsure))
    return settled(comparison, left, profile, rule=said, working=(numbers.quotient, work), notes=unsure)


def _short(
    numbers: _Numbers,
    comparison: Comparison,
    weight: Decimal,
    profile: Profile,
    notes: tuple[str, ...],
) -> RowPoints:
    goal, reached = numbers.goal, max(numbers.reached, ZERO)
    if goal == ZERO:
        work = (f"指标值为 0，完成值按 0 计算，得满分 {plain(weight)}",)
        return settled(comparison, weight, profile, rule="指标值为 0 的特殊规则", working=work, notes=notes)
    rate = percent(arithmetic.quotient(reached, goal), profile.rounding.rate_places)
    first = f"{plain(reached)} ÷ {plain(goal)} = {rate}"
    plainly = arithmetic.proportional(weight, reached, goal)
    formula = f"{plain(weight)} × {plain(reached)} ÷ {plain(goal)}"
    if profile.steps:
        step = arithmetic.band_of(profile.steps, reached, goal)
        if step is None:
            return left_open(comparison, weight, profile, rule="完成程度不在任何一档，由人评定", notes=notes)
        amount = arithmetic.product(weight, step.share)
        score = arithmetic.points(amount, profile.rounding)
        ratio_score = arithmetic.points(plainly, profile.rounding)
        lines = (
            first,
            f"{band_words(step.low, step.high)}：{plain(weight)} × {share(step.share)} = {score}",
            f"（按比例则为 {formula} = {ratio_score}）",
        )
        return settled(
            comparison,
            amount,
            profile,
            rule="按完成程度分档计分",
            working=lines,
            notes=(*notes, *doubts(profile, "steps")),
        )
    if profile.pass_mark is not None:
        mark = profile.pass_mark
        amount = arithmetic.above_mark(weight, reached, goal, mark)
        score = arithmetic.points(amount, profile.rounding)
        shown_mark = share(mark)
        if reached < arithmetic.product(mark, goal):
            second = f"低于 {shown_mark}，不得分"
        else:
            done = f"{plain(reached)} ÷ {plain(goal)}"
            second = f"{plain(weight)} × ({done} - {shown_mark}) ÷ (1 - {shown_mark}) = {score}"
        return settled(
            comparison,
            amount,
            profile,
            rule=f"完成比例超过 {shown_mark} 的部分按比例计分",
            working=(first, second),
            notes=(*notes, *doubts(profile, "pass_mark")),
        )
    score = arithmetic.points(plainly, profile.rounding)
    return settled(
        comparison,
        plainly,
        profile,
        rule="未达到指标值，按完成比例计分",
        working=(first, f"{formula} = {score}"),
        notes=notes,
    )


def _exceeded(
    numbers: _Numbers,
    comparison: Comparison,
    weight: Decimal,
    profile: Profile,
    notes: tuple[str, ...],
) -> RowPoints:
    goal, reached = numbers.goal, numbers.reached
    if comparison.direction is Direction.WITHIN:
        return left_open(
            comparison, weight, profile, rule="超出区间上限，没有统一公式，由人评定", notes=notes
        )
    if goal == ZERO:
        return settled(
            comparison,
            ZERO,
            profile,
            rule="指标值为 0 的特殊规则",
            working=(f"指标值为 0，完成值 {plain(reached)} 大于 0，得 0",),
            notes=notes,
        )
    by_ratio = arithmetic.reverse_ratio(weight, reached, goal)
    by_line = arithmetic.reverse_linear(weight, reached, goal)
    ratio_score = arithmetic.points(by_ratio, profile.rounding)
    line_score = arithmetic.points(by_line, profile.rounding)
    ratio_work = f"{plain(weight)} × {plain(goal)} ÷ {plain(reached)} = {ratio_score}"
    line_work = (
        f"{plain(weight)} × (1 - ({plain(reached)} - {plain(goal)}) ÷ {plain(goal)}) = {line_score}"
        if by_line > ZERO
        else f"{plain(reached)} 达到指标值 {plain(goal)} 的 2 倍，得 0"
    )
    unsure = (*notes, *doubts(profile, "reverse_formula"))
    if ratio_score == line_score:
        rule = "超过上限，两种通行算法得分相同"
        return settled(
            comparison, by_ratio, profile, rule=rule, working=(ratio_work, line_work), notes=unsure
        )
    if profile.reverse_formula is ReverseFormula.RATIO:
        rule = "超过上限，按“指标值÷完成值”计分"
        return settled(comparison, by_ratio, profile, rule=rule, working=(ratio_work,), notes=unsure)
    if profile.reverse_formula is ReverseFormula.LINEAR:
        rule = "超过上限，按超出比例扣分"
        return settled(comparison, by_line, profile, rule=rule, working=(line_work,), notes=unsure)
    return left_open(
        comparison,
        weight,
        profile,
        rule="超过上限；规则没有写明公式，由人在两种通行算法之间评定",
        low=min(by_line, by_ratio),
        high=max(by_line, by_ratio),
        working=(f"按超出比例扣分：{line_work}", f"按“指标值÷完成值”：{ratio_work}"),
        notes=unsure,
    )
