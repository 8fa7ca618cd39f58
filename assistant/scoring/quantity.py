"""Points for numbers: at least, at most, equal, within a range; too far above; nothing reached."""

from __future__ import annotations

from decimal import Decimal

from assistant.domain.amounts import HUNDRED, ZERO, percent, plain
from assistant.domain.profile import OverTargetAction, Profile, ReverseFormula
from assistant.domain.value import Approximation, Comparison, Direction, Value, Verdict
from assistant.scoring import arithmetic
from assistant.scoring.outcome import RowPoints, doubts, left_open, settled


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
    goal, reached = comparison.target_base, comparison.actual_base
    if comparison.verdict is Verdict.MET:
        return _met(_shown(target, actual, comparison), comparison, weight, profile)
    if goal is None or reached is None or goal < ZERO:
        return left_open(comparison, weight, profile, rule="不能按比例计算，由人评定")
    notes: tuple[str, ...] = ()
    if actual.approximation is not None:
        notes = (f"完成值是约数（{_WORDS[actual.approximation]}），按写出的数计算，请核对实际数。",)
    if comparison.verdict is Verdict.OVER:
        return _exceeded(_shown(target, actual, comparison), comparison, weight, profile, notes)
    return _short(_shown(target, actual, comparison), comparison, weight, profile, notes)


_WORDS = {Approximation.ABOUT: "约", Approximation.OVER: "余", Approximation.NEARLY: "近"}


def _shown(target: Value, actual: Value, comparison: Comparison) -> tuple[Decimal, Decimal]:
    """The two numbers as written where they share a unit, else in the common unit: for the working and formulas."""
    goal, reached = comparison.target_base or ZERO, comparison.actual_base or ZERO
    written = target.amount, actual.amount
    if (
        written[0] is not None
        and written[1] is not None
        and arithmetic.product(written[0], reached) == arithmetic.product(written[1], goal)
    ):
        return written[0], written[1]
    return goal, reached


def _met(
    shown: tuple[Decimal, Decimal], comparison: Comparison, weight: Decimal, profile: Profile
) -> RowPoints:
    goal, reached = shown
    rule = profile.over_target
    known = comparison.target_base is not None and comparison.actual_base is not None
    upward = comparison.direction in {Direction.UP, Direction.EQUAL}
    full = f"得满分 {plain(weight)}"
    lines: tuple[str, ...] = (f"达到指标值，{full}",)
    if known and comparison.direction is Direction.DOWN:
        lines = (f"{plain(reached)} ≤ {plain(goal)}，没有超过上限，{full}",)
    elif known and comparison.direction is Direction.WITHIN:
        lines = (f"{plain(reached)} 在区间之内，{full}",)
    elif known and goal > ZERO:
        lines = (f"{plain(reached)} ÷ {plain(goal)} = {percent(arithmetic.quotient(reached, goal))}", *lines)
    if not known or not upward or not _far_above(goal, reached, profile) or rule.ratio is None:
        return settled(comparison, weight, profile, rule="达到指标值得满分", working=lines)
    limit = (
        f"完成值达到指标值的 {percent(rule.ratio, 0)} 及以上"
        if goal > ZERO
        else f"指标值为 0 而完成值达到 {plain(reached)}"
    )
    unsure = doubts(profile, "over_target")
    if rule.action is OverTargetAction.DEDUCT:
        left = max(weight - rule.points, ZERO)
        work = f"max({plain(weight)} - {plain(rule.points)}, 0) = {plain(left)}"
        return settled(
            comparison,
            left,
            profile,
            rule=f"{limit}，指标偏离，扣 {plain(rule.points)} 分",
            working=(lines[0], work),
            notes=unsure,
        )
    if rule.action is OverTargetAction.PROPORTIONAL:
        left = arithmetic.reverse_ratio(weight, reached, goal)
        score = arithmetic.points(left, profile.rounding)
        return settled(
            comparison,
            left,
            profile,
            rule=f"{limit}，按偏离程度调减",
            working=(lines[0], f"{plain(weight)} × {plain(goal)} ÷ {plain(reached)} = {score}"),
            notes=unsure,
        )
    must = "须" if rule.action is OverTargetAction.REQUIRE_REASON else "请"
    remark = f"{limit}：得满分，{must}说明超出的原因。"
    return settled(
        comparison, weight, profile, rule="达到指标值得满分", working=lines, notes=(remark, *unsure)
    )


def _far_above(goal: Decimal, reached: Decimal, profile: Profile) -> bool:
    rule = profile.over_target
    if rule.ratio is None or rule.action is OverTargetAction.NONE:
        return False
    if goal == ZERO:
        least = rule.zero_target_actual
        return least is not None and reached >= least and rule.action is OverTargetAction.REQUIRE_REASON
    return goal > ZERO and reached >= arithmetic.product(rule.ratio, goal)


def _short(
    shown: tuple[Decimal, Decimal],
    comparison: Comparison,
    weight: Decimal,
    profile: Profile,
    notes: tuple[str, ...],
) -> RowPoints:
    goal, reached = shown[0], max(shown[1], ZERO)
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
            f"{_band_words(step.low, step.high)}：{plain(weight)} × {percent(step.share, 0)} = {score}",
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
        shown_mark = percent(mark, 0)
        if reached < arithmetic.product(mark, goal):
            second = f"低于 {shown_mark}，不得分"
        else:
            share = f"{plain(reached)} ÷ {plain(goal)}"
            second = f"{plain(weight)} × ({share} - {shown_mark}) ÷ (1 - {shown_mark}) = {score}"
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
    shown: tuple[Decimal, Decimal],
    comparison: Comparison,
    weight: Decimal,
    profile: Profile,
    notes: tuple[str, ...],
) -> RowPoints:
    goal, reached = shown
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


def _band_words(low: Decimal, high: Decimal | None) -> str:
    least = plain(low * HUNDRED)
    return f"{least}% 及以上" if high is None else f"{least}%（含）至 {plain(high * HUNDRED)}%"
