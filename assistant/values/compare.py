"""Target against actual: reached, short, over, late, or a person must judge. Exact; conversions lose nothing."""

from __future__ import annotations

from decimal import localcontext

from assistant.domain.patterns import pattern
from assistant.domain.value import Comparison, Kind, Tier, Value, Verdict
from assistant.values.amounts import compare_amounts, compare_range
from assistant.values.days import compare_days, months_of
from assistant.values.normalise import compact
from assistant.values.numbers import PRECISION

_BY_TIER = {Tier.FULL: Verdict.MET, Tier.PART: Verdict.PARTIAL, Tier.MISSED: Verdict.SHORT}
_RANK = {
    **dict.fromkeys(("优", "优秀", "很好", "高", "好"), 5),
    **dict.fromkeys(("良", "良好", "优良", "较好", "较高"), 4),
    **dict.fromkeys(("中", "中等", "一般", "合格", "达标"), 3),
    **dict.fromkeys(("低", "较低", "较差"), 2),
    **dict.fromkeys(("差", "坏", "不合格", "不达标", "未达标"), 1),
}
_PRIZE = pattern(r"[特一二三四]等(?:奖|功)|(?:国家|部|省|市|县|区)级|[一二三四五1-5]A级|[一二三四五]星级")
_BEFORE_NUMBER = pattern(r"[^\d≥≤<>=:一二两三四五六七八九十]{2,}")
_BOTTOM = frozenset(word for word, rank in _RANK.items() if rank <= 2)


def compare(
    target: Value, actual: Value, *, is_cost: bool = False, is_bad: bool = False, year: int | None = None
) -> Comparison:
    """Compare what was asked with what was reached.

    Several values in one cell are compared one by one (by unit where the units tell them apart, else in order):
    all met is met, some met is partial, none met is the first one's outcome, anything undecided is undecided.

    Args:
        target: 年度指标值 as read.
        actual: 实际完成值 as read.
        is_cost: The indicator is a cost: a bare amount is then a ceiling.
        is_bad: Less of it is better, by its name: a bare number leaves open which way it is meant.
        year: The form's year, for dates that leave it out.
    """
    with localcontext() as context:
        context.prec = PRECISION
        return _compare(target, actual, is_cost, is_bad, year)


def _compare(target: Value, actual: Value, is_cost: bool, is_bad: bool, year: int | None) -> Comparison:
    if Kind.UNKNOWN in {target.kind, actual.kind}:
        which, unread = ("目标值", target) if target.kind is Kind.UNKNOWN else ("实际值", actual)
        why = f"：{unread.notes[0]}" if unread.notes else "，需人工判断"
        return Comparison(verdict=Verdict.UNKNOWN, notes=(f"{which}看不懂{why}",))
    match target.kind, actual.kind:
        case Kind.NONE, _:
            return undecided("没有目标值")
        case _, Kind.NONE:
            return undecided("没有填写实际值")
        case _, Kind.LEVEL:
            return _level(target, actual)
        case Kind.YESNO, Kind.YESNO:
            return _answer(target, actual)
        case (Kind.MULTI, _) | (_, Kind.MULTI):
            return _several(target, actual, is_cost, is_bad, year)
        case Kind.DEADLINE, Kind.DEADLINE:
            return compare_days(target, actual, year)
        case Kind.DEADLINE, Kind.QUANTITY if (months := months_of(target, actual)) is not None:
            return compare_amounts(months, actual, is_cost)
        case Kind.RANGE, Kind.QUANTITY:
            return compare_range(target, actual)
        case Kind.QUANTITY, Kind.QUANTITY if other := _other_prize(target.raw, actual.raw):
            return undecided(other)
        case Kind.QUANTITY, Kind.QUANTITY:
            return compare_amounts(target, actual, is_cost, is_bad)
        case Kind.QUANTITY, Kind.RANGE:
            return _both_ends(target, actual, is_cost, is_bad)
        case Kind.QUANTITY, _:
            return undecided("目标是数字，实际值是文字，没有数字可以比较")
        case Kind.DEADLINE, _:
            return undecided("目标是期限，实际值没有写完成日期，需人工判断")
        case Kind.TEXT, Kind.TEXT if target.raw.strip() == actual.raw.strip():
            return undecided("实际值与目标值文字相同，是否达成需人工判断")
    return undecided("文字或不同类的值，需人工判断")


def _other_prize(asked: str, done: str) -> str:
    """一等奖1项 beside 二等奖1项: the numbers are equal, what they count is not."""
    goal, reached = _PRIZE.findall(asked), _PRIZE.findall(done)
    if not goal or not reached or set(goal) & set(reached):
        return ""
    return f"目标写的是“{goal[0]}”，实际写的是“{reached[0]}”，不是同一档，需人工判断"


def undecided(*notes: str) -> Comparison:
    """A comparison a person must make, and why."""
    return Comparison(verdict=Verdict.UNDECIDED, notes=notes)


def _level(target: Value, actual: Value) -> Comparison:
    notes = ("目标是数字，实际值只写了等级，没有数字可以核对",) if target.kind is Kind.QUANTITY else ()
    if actual.tier is not None:
        return Comparison(verdict=_BY_TIER[actual.tier], notes=notes)
    if target.kind is Kind.LEVEL and target.level and actual.level:
        return _ranked(target.level, actual.level)
    if target.scale and actual.level == target.scale[0]:
        return Comparison(verdict=Verdict.MET)
    if actual.level in _BOTTOM or (target.scale and actual.level == target.scale[-1]):
        return Comparison(verdict=Verdict.SHORT)
    return undecided(f"目标没有写明哪一级算达成，实际为“{actual.level}”，需人工判断")


def _ranked(asked: str, reached: str) -> Comparison:
    """A level against a level: lower is partial, the lowest short."""
    goal, done = _RANK.get(asked), _RANK.get(reached)
    if asked == reached or (goal is not None and done is not None and done >= goal):
        return Comparison(verdict=Verdict.MET)
    if reached in _BOTTOM:
        return Comparison(verdict=Verdict.SHORT)
    if goal is None or done is None:
        return undecided(f"目标是“{asked}”，实际是“{reached}”，需人工判断")
    note = f"目标是“{asked}”，实际是“{reached}”，低于目标等级"
    return Comparison(verdict=Verdict.PARTIAL, notes=(note,))


def _answer(target: Value, actual: Value) -> Comparison:
    yes = {"是": True, "有": True, "对": True, "否": False, "没有": False, "无": False}
    same = yes.get(target.level or "") is yes.get(actual.level or "")
    return Comparison(verdict=Verdict.MET if same else Verdict.SHORT)


def _both_ends(target: Value, actual: Value, is_cost: bool, is_bad: bool) -> Comparison:
    ends = [
        compare_amounts(
            target, actual.model_copy(update={"kind": Kind.QUANTITY, "amount": end}), is_cost, is_bad
        )
        for end in (actual.amount, actual.upper)
    ]
    if ends[0].verdict is ends[1].verdict:
        return ends[0]
    return undecided("实际值是一个范围，只有一部分达到目标，需人工判断")


def _several(target: Value, actual: Value, is_cost: bool, is_bad: bool, year: int | None) -> Comparison:
    if target.kind is not Kind.MULTI:
        fitting = [part for part in actual.parts if _fits(target, part)]
        if len(fitting) != 1:
            return undecided("实际值里有几个值，目标只有一个，需人工判断")
        one = _compare(target, fitting[0], is_cost, is_bad, year)
        return one.model_copy(
            update={"notes": (f"实际值里有几个值，取单位相同的“{fitting[0].raw}”", *one.notes)}
        )
    if actual.kind is not Kind.MULTI:
        if target.doubtful and "分档" in "".join(target.notes):
            first = _compare(target.parts[0], actual, is_cost, is_bad, year)
            met = first.verdict is Verdict.MET
            return first if met else undecided("没有达到第一档，得分按分档规则人工判断")
        return undecided("目标有几个值，实际只有一个，需人工判断")
    pairs = _aligned(target.parts, actual.parts)
    if not pairs:
        return undecided(f"目标有 {len(target.parts)} 个值，实际有 {len(actual.parts)} 个，需人工对应")
    results = [_compare(asked, done, is_cost, is_bad, year) for asked, done in pairs]
    notes = tuple(
        f"{asked.raw}：{note}" for (asked, _), one in zip(pairs, results, strict=True) for note in one.notes
    )
    if any(one.verdict in {Verdict.UNKNOWN, Verdict.UNDECIDED} for one in results):
        return undecided(*notes)
    missed = [one.verdict for one in results if one.verdict is not Verdict.MET]
    if not missed:
        return Comparison(verdict=Verdict.MET, notes=notes)
    verdict = Verdict.PARTIAL if len(missed) < len(results) else missed[0]
    said = f"{len(results)} 个值中有 {len(missed)} 个没有达到"
    return Comparison(verdict=verdict, notes=(said, *notes))


def _fits(one: Value, other: Value) -> bool:
    units = (one.unit.dimension, one.unit.base), (other.unit.dimension, other.unit.base)
    return one.kind is other.kind and units[0] == units[1]


def _aligned(targets: tuple[Value, ...], actuals: tuple[Value, ...]) -> list[tuple[Value, Value]]:
    """Which part answers which: by unit where each has exactly one partner, else by their words, else in order, else not at all."""
    by_unit = [[done for done in actuals if _fits(asked, done)] for asked in targets]
    if all(len(partners) == 1 for partners in by_unit):
        return [(asked, partners[0]) for asked, partners in zip(targets, by_unit, strict=True)]
    if len(targets) != len(actuals):
        return []
    labels = [[_label(part) for part in parts] for parts in (targets, actuals)]
    if all(labels[0]) and sorted(set(labels[0])) == sorted(labels[1]):
        return [(asked, actuals[labels[1].index(_label(asked))]) for asked in targets]
    return list(zip(targets, actuals, strict=True))


def _label(part: Value) -> str:
    """What a part counts, by the words before its number: 国家级1项."""
    match = _BEFORE_NUMBER.match(compact(part.raw))
    return match[0] if match else ""
