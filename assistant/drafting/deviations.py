"""What kind of deviation a row shows, and whether its reason is expected. Read off the score sheet, never re-judged."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from assistant.domain.case import Case
from assistant.domain.paths import text_paths
from assistant.domain.scores import ScoreLine, ScoreSheet
from assistant.domain.value import Kind, Verdict
from assistant.drafting.facts import GOAL, REASON
from assistant.drafting.sources import SAME
from assistant.values.convert import comparable, counts_alike
from assistant.values.numbers import read_number


class Deviation(StrEnum):
    """Why a row needs words."""

    MET = "met"
    SHORT = "short"
    LATE = "late"
    FAR_OVER = "far_over"
    CEILING = "ceiling"
    PARTIAL = "partial"  # qualitative, not full
    LOST = "lost"  # points taken off though the target is met
    UNSPENT = "unspent"  # a cost row of a badly executed budget
    OPEN = "open"  # nothing entered yet, or not understood

    @property
    def label(self) -> str:
        """The words for prompts and screens."""
        return _LABELS[self]


_LABELS = {
    Deviation.MET: "已达到指标值，无偏差",
    Deviation.SHORT: "未达到指标值",
    Deviation.LATE: "晚于计划时间",
    Deviation.FAR_OVER: "实际值超过指标值较多",
    Deviation.CEILING: "超出了上限",
    Deviation.PARTIAL: "定性指标未得满分",
    Deviation.LOST: "达到指标值但有扣分",
    Deviation.UNSPENT: "预算执行率偏低",
    Deviation.OPEN: "尚未填写完整",
}
_VERDICTS = {
    Verdict.SHORT: Deviation.SHORT,
    Verdict.LATE: Deviation.LATE,
    Verdict.OVER: Deviation.CEILING,
    Verdict.PARTIAL: Deviation.PARTIAL,
}
_NUMERIC = frozenset({Kind.QUANTITY, Kind.RANGE})
_WORDS = frozenset({Kind.SCALE, Kind.LEVEL, Kind.TEXT, Kind.YESNO})


def is_blank(case: Case, index: int) -> bool:
    """Whether a row is not applicable: nothing, or only dashes and strokes, in target and actual."""
    row = case.indicators[index]
    return not (row.target + row.actual).strip(" \n/／—-－无")


def is_badly_executed(sheet: ScoreSheet) -> bool:
    """Whether the budget's execution is low enough to be explained."""
    line = sheet.line("funds.total")
    return (
        line is not None and line.rate_value is not None and _is_below(line.rate_value, sheet.explain_below)
    )


def cost_row(case: Case) -> int | None:
    """The first row about cost, where the money is explained; ``None`` without one."""
    for index, row in enumerate(case.indicators):
        if "成本" in row.level1 + row.level2 and not is_blank(case, index):
            return index
    return None


def lost_points(case: Case, index: int) -> bool:
    """Whether the entered score is below the weight."""
    weight, score = (
        read_number(text) for text in (case.indicators[index].weight, case.indicators[index].score)
    )
    return weight is not None and score is not None and score < weight


def deviation(case: Case, sheet: ScoreSheet, path: str) -> Deviation:
    """What kind of deviation the row of the reason cell *path* shows. Raises ``KeyError`` for any other cell."""
    match = REASON.match(path)
    if match is None:
        raise KeyError(path)
    index = int(match[1])
    line = sheet.line(f"indicators[{index}]")
    lost = lost_points(case, index)
    if line is None or not case.indicators[index].actual.strip() or counts_another_thing(line):
        return Deviation.OPEN
    if (kind := _VERDICTS.get(line.verdict)) is not None:
        return Deviation.PARTIAL if kind is Deviation.SHORT and _is_worded(line) else kind
    if is_badly_executed(sheet) and cost_row(case) == index:
        return Deviation.UNSPENT
    if lost:
        return Deviation.PARTIAL if _is_worded(line) else Deviation.LOST
    if line.verdict is Verdict.MET:
        return Deviation.FAR_OVER if _is_far_over(line, sheet.far_over) else Deviation.MET
    return Deviation.MET if _is_full(case, index) else Deviation.OPEN


def counts_another_thing(line: ScoreLine) -> bool:
    """Whether target and actual count different things (≥30项, 32次): nobody can say then whether it was reached."""
    if line.target is None or line.actual is None:
        return False
    if not {line.target.kind, line.actual.kind} <= _NUMERIC:
        return False
    asked, done = line.target.unit, line.actual.unit
    return not (comparable(asked, done) or counts_alike(asked, done) or {asked.base, done.base} in SAME)


def needs_reason(case: Case, sheet: ScoreSheet, path: str) -> str:
    """Why the reason cell *path* is expected to be written, in a few words; ``""`` where it is not."""
    match = REASON.match(path)
    if match is None or is_blank(case, int(match[1])):
        return ""
    kind = deviation(case, sheet, path)
    if kind in {Deviation.MET, Deviation.OPEN}:
        return "得分低于分值" if lost_points(case, int(match[1])) else ""
    return kind.label


def draft_paths(case: Case, sheet: ScoreSheet, what: str = "all") -> tuple[str, ...]:
    """The cells ``ziping draft --what`` asks for: ``narrative``, ``reasons`` that are expected, or ``all`` of both."""
    narrative = [path for path in text_paths(case) if GOAL.match(path)]
    reasons = [path for path in text_paths(case) if needs_reason(case, sheet, path)]
    return tuple((narrative if what != "reasons" else []) + (reasons if what != "narrative" else []))


def _is_worded(line: ScoreLine) -> bool:
    return line.target is not None and line.target.kind in _WORDS


def _is_below(rate: Decimal, limit: Decimal | None) -> bool:
    return limit is not None and rate < limit


def _is_far_over(line: ScoreLine, limit: Decimal | None) -> bool:
    """Far over a "more is better" target. A ceiling kept well, or a budget saved, is no over-achievement."""
    comparison = line.comparison
    upward = comparison is not None and (
        comparison.direction is None or comparison.direction in {"up", "equal"}
    )
    return upward and line.ratio is not None and limit is not None and line.ratio >= limit


def _is_full(case: Case, index: int) -> bool:
    row = case.indicators[index]
    weight, score = read_number(row.weight), read_number(row.score)
    return weight is not None and score is not None and score >= weight
