"""Targets plainly missed though no formula compares the two cells, and what is left for a person to judge."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from assistant.checks.figures import BAD_THINGS
from assistant.checks.form import Row
from assistant.checks.text import squeeze
from assistant.checks.text_pairs import NUMERIC, said
from assistant.domain.amounts import HUNDRED, ONE, ZERO, plain
from assistant.domain.patterns import pattern
from assistant.domain.value import Dimension, Kind, Op, Value, Verdict

_NOT = pattern(r"(?:尚未|还未|仍未|未能|没能|没有|并未|未|没|不|非)")
_WHOLE = pattern(r"(?:全部|全面|全员|100%?)?覆盖|全覆盖|应(\w)尽\1|全部(?:完成|合格|达标|发放|到位)")
_NEVER = pattern(r"(?:无|零|不|未|没有|杜绝|避免)(?:发生|出现|产生|收到)?[^，,。；;\d]{0,12}")
_EACH = pattern(r"(?:每个?)?(月|季度|季|半年|周)")
_TIMES_A_YEAR = {"月": 12, "季度": 4, "季": 4, "半年": 2, "周": 52}
_EXACT = frozenset({Kind.QUANTITY, Kind.RANGE, Kind.DEADLINE, Kind.YESNO})


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Why a row is short of its target, in words, and whether that leaves no doubt."""

    why: str
    is_firm: bool


def shortfall(row: Row) -> Shortfall | None:
    """How the actual plainly misses the target where a number alone does not tell; ``None`` where it does not."""
    target, actual, verdict = row.target, row.actual, row.comparison.verdict
    if target.kind is Kind.YESNO and actual.kind is Kind.YESNO and verdict is Verdict.SHORT:
        return Shortfall("没有做到", is_firm=True)
    if Kind.MULTI in {target.kind, actual.kind} and verdict in {Verdict.PARTIAL, Verdict.SHORT}:
        exact = all(part.kind in _EXACT for part in (*target.parts, *actual.parts))
        note = next((note for note in row.comparison.notes if "没有达到" in note), "没有全部达到")
        return Shortfall(note, is_firm=exact and not (target.doubtful or actual.doubtful))
    if verdict is not Verdict.UNDECIDED:
        return None
    if target.kind is Kind.TEXT and actual.kind is Kind.TEXT and _denies(target.raw, actual.raw):
        return Shortfall("意思正相反", is_firm=True)
    if actual.kind is not Kind.QUANTITY or actual.amount is None:
        return None
    if target.kind is Kind.TEXT:
        return _of_words(row, actual)
    return _as_share(target, actual) or _over_the_year(target, actual)


def _denies(asked: str, done: str) -> bool:
    """建立 and 未建立, 满意 and 不满意: the same words, denied."""
    goal, reached = squeeze(asked), squeeze(done)
    denial = _NOT.match(reached)
    if denial is None or _NOT.match(goal):
        return False
    return reached[denial.end() :].removesuffix("。") in {goal.removesuffix("。"), f"{goal}到位"}


def _of_words(row: Row, actual: Value) -> Shortfall | None:
    """全覆盖 and 92%; 不发生 and 1起."""
    asked, amount = squeeze(row.target.raw), actual.amount or ZERO
    if actual.unit.dimension is Dimension.RATE:
        share = actual.base_amount
        if share is not None and ZERO <= share < ONE and _WHOLE.fullmatch(asked):
            return Shortfall("不到 100%", is_firm=True)
        return None
    if actual.unit.dimension in {Dimension.COUNT, Dimension.BARE} and amount > 0:
        about_bad = BAD_THINGS.search(row.cells.level3) or BAD_THINGS.search(asked)
        if about_bad and _NEVER.fullmatch(asked):
            return Shortfall(f"发生了 {said(row.cells.actual).removeprefix('发生')}", is_firm=True)
    return None


def _as_share(target: Value, actual: Value) -> Shortfall | None:
    """0.93 beside ≥95% is 93 % if it is a share; as a percentage it is less still."""
    asked, done = target.amount, actual.amount
    if target.unit.dimension is not Dimension.RATE or actual.unit.text or asked is None or done is None:
        return None
    if target.op in {Op.LE, Op.LT} or not ZERO < done < ONE <= asked or done * HUNDRED >= asked:
        return None
    return Shortfall(f"按小数理解是 {plain(done * HUNDRED)}%", is_firm=False)


def _over_the_year(target: Value, actual: Value) -> Shortfall | None:
    """每季度2次 are eight a year; 6次 are more than one quarter's and less than the year's."""
    asked, done = target.amount, actual.amount
    unit, _, period = target.unit.text.rpartition("/")
    each = _EACH.fullmatch(period)
    if not unit or each is None or asked is None or done is None or target.op in {Op.LE, Op.LT}:
        return None
    if actual.unit.text not in {"", unit}:
        return None
    due = asked * Decimal(_TIMES_A_YEAR[each[1]])
    if not asked < done < due:
        return None
    return Shortfall(f"全年折算应为 {plain(due)}{unit}", is_firm=False)


def unjudged(row: Row) -> str:
    """Why nobody but a person can tell whether the row's score fits its actual; ``""`` where it was told."""
    if row.score is None or row.weight is None or row.line.override_reason:
        return ""
    if row.comparison.verdict not in {Verdict.UNDECIDED, Verdict.UNKNOWN}:
        return ""
    if Kind.NONE in {row.target.kind, row.actual.kind}:
        return ""  # T01, T02 ask for what is missing
    if row.target.kind in NUMERIC and row.actual.kind not in {
        *NUMERIC,
        Kind.MULTI,
        Kind.UNKNOWN,
        Kind.DEADLINE,
    }:
        return ""  # T17 asks for the number
    return row.comparison.notes[0] if row.comparison.notes else "指标值与完成值不能由规则比较"
