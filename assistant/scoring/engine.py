"""Case to score sheet: each row read once, scored under one profile, held against what the form says."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from assistant.domain.amounts import ZERO, percent, plain
from assistant.domain.case import Case, Override
from assistant.domain.patterns import pattern
from assistant.domain.profile import Profile
from assistant.domain.recent import recent
from assistant.domain.scores import ScoreLine, ScoreSheet, Status
from assistant.domain.value import NOT_COMPARED, Value, Verdict
from assistant.scoring import arithmetic
from assistant.scoring.execution import Execution, score_execution
from assistant.scoring.outcome import RowPoints
from assistant.scoring.row import score_row
from assistant.scoring.rows import (
    Cells,
    Standing,
    counts_something_bad,
    figure,
    is_cost,
    is_written,
    standing,
)
from assistant.scoring.total import grade_range, total_grade, total_line
from assistant.values.read import read_actual, read_target

__all__ = ["score_case", "score_row"]

FUNDS = "funds.total"
_FIGURE = pattern(r"[\d一二两三四五六七八九十]")
REMEMBERED = 4096  # rows; a form has about ten, a folder of forms a few hundred


def score_case(case: Case, profile: Profile) -> ScoreSheet:
    """Score every row of *case* under *profile*: 预算执行率 first, then the indicators in the form's order."""
    stands = standing(case)
    lines = (*_funds_lines(case, profile), *_indicator_lines(case, stands, profile))
    return _sheet(case.total, lines, profile, waiting=bool(stands.waiting))


@recent
def _sheet(printed: str, lines: tuple[ScoreLine, ...], profile: Profile, *, waiting: bool) -> ScoreSheet:
    total = total_line(printed, lines, profile, waiting=waiting)
    complete = all(line.entered is not None for line in lines if line.counts)
    return ScoreSheet(
        profile=profile.id,
        rows=lines,
        total=total,
        grade=total_grade(total, complete, profile),
        grade_range=grade_range(total, profile),
        far_over=profile.over_target.ratio,
        explain_below=profile.execution.explain_below,
    )


def _funds_lines(case: Case, profile: Profile) -> tuple[ScoreLine, ...]:
    execution = score_execution(case, profile)
    row = case.total_funds
    if execution is None or row is None:
        return ()
    return (_funds_line(row.score, execution, _override(case, FUNDS), profile),)


@recent
def _funds_line(score: str, execution: Execution, override: Override | None, profile: Profile) -> ScoreLine:
    rate = "" if execution.rate is None else percent(execution.rate, profile.rounding.rate_places)
    line = ScoreLine(
        path=FUNDS,
        name="预算执行率",
        rate=rate,
        rate_value=execution.rate,
        weight=execution.weight,
        notes=execution.notes,
    )
    return _held_against(line, score, execution.points, override, profile)


def _indicator_lines(case: Case, stands: Standing, profile: Profile) -> tuple[ScoreLine, ...]:
    lines: list[ScoreLine] = []
    for index, cells in enumerate(stands.cells):
        override = _override(case, f"indicators[{index}]") if case.overrides else None
        line = _indicator_line(index, cells, override, case.year, profile)
        if index in stands.parents:
            line = _left_out(line, "汇总行：只合计下面各行，不重复计分")
        elif index in stands.blanks:
            line = _left_out(line, "不适用或未填写的行，不计分")
        elif index in stands.merged:
            head = stands.merged[index]
            above = stands.cells[head].level3.strip() or f"第{head + 1}行"
            line = _left_out(line, f"与“{above}”合并计分")
        lines.append(line)
    for head in set(stands.merged.values()):
        group = [lines[index] for index, upper in stands.merged.items() if upper == head]
        lines[head] = _shared(lines[head], group, profile)
    return tuple(lines)


def _shared(head: ScoreLine, group: list[ScoreLine], profile: Profile) -> ScoreLine:
    """The line whose points cover *group* as well: settled only where all of them reached their targets."""
    reached = all(line.verdict is Verdict.MET for line in (head, *group))
    if head.weight is None or head.computed is None or reached:
        return head
    inside = head.entered is not None and ZERO <= head.entered <= head.weight
    status = Status.IN_RANGE if inside else Status.OUT_OF_RANGE
    weight = arithmetic.padded(head.weight, profile.rounding)
    return head.model_copy(
        update={
            "computed": None,
            "low": arithmetic.points(ZERO, profile.rounding),
            "high": weight,
            "counted": head.entered if inside else None,
            "status": status if head.entered is not None else Status.MISSING,
            "rule": "几行合用一个分值，其中有未达到的，由人评定",
            "working": (f"由人在 0 至 {plain(head.weight)} 分之间评定",),
        }
    )


@lru_cache(maxsize=REMEMBERED)
def _indicator_line(
    index: int, cells: Cells, override: Override | None, year: int | None, profile: Profile
) -> ScoreLine:
    """One row's line. Remembered by its cells, since an edit leaves all other rows as they were."""
    line, scored = _read_and_scored(cells._replace(score=""), year, profile)
    name = cells.level3.strip() or f"第{index + 1}行"
    line = line.model_copy(update={"path": f"indicators[{index}]", "name": name})
    return _held_against(line, cells.score, scored, override, profile)


@lru_cache(maxsize=REMEMBERED)
def _read_and_scored(cells: Cells, year: int | None, profile: Profile) -> tuple[ScoreLine, RowPoints]:
    """What a row comes to, wherever it stands and whatever score is entered."""
    target = read_target(cells.target, cells.level3)
    actual = read_actual(cells.actual, target)
    weight = figure(cells.weight)
    scored = score_row(
        target,
        actual,
        weight,
        profile,
        is_cost=is_cost(cells),
        is_bad=counts_something_bad(cells.level3) or counts_something_bad(cells.target),
        year=year,
    )
    notes = (*_read_over(target), *_read_over(actual))
    return ScoreLine(path="", name="", target=target, actual=actual, weight=weight, notes=notes), scored


def _read_over(value: Value) -> tuple[str, ...]:
    """Figures of a cell that took no part in the comparison: 126场（线上33场）."""
    return tuple(note for note in value.notes if NOT_COMPARED in note and _FIGURE.search(note))


def _held_against(
    line: ScoreLine,
    score_cell: str,
    scored: RowPoints,
    asked: Override | None,
    profile: Profile,
) -> ScoreLine:
    """Complete *line*: the computed points beside the entered ones, and how they stand to each other."""
    weight = line.weight
    override, remark = _taken(asked)
    written = score_cell if override is None else override.score
    entered = figure(written)
    if entered is None and is_written(written):
        remark = (*remark, f"得分“{written.strip()}”不是数，未核对。")
    status = _status(written, weight, scored, profile)
    counted = _counted(entered, weight, status, scored, override)
    return line.model_copy(
        update={
            "comparison": scored.comparison,
            "verdict": scored.comparison.verdict,
            "ratio": scored.comparison.ratio,
            "entered": entered,
            "computed": scored.computed,
            "low": scored.low,
            "high": scored.high,
            "high_included": scored.high_included,
            "counted": None if counted is None else arithmetic.padded(counted, profile.rounding),
            "status": status,
            "lacks_actual": scored.lacks_actual,
            "tier_label": scored.tier_label,
            "rule": scored.rule,
            "working": scored.working,
            "basis": scored.basis or profile.basis,
            "override_reason": "" if override is None else override.reason.strip(),
            "notes": (*line.notes, *scored.notes, *remark),
        }
    )


def _override(case: Case, path: str) -> Override | None:
    """The last override of *path*, if any; the money row may be named by its position as well."""
    if not case.overrides:
        return None
    names = {path, f"funds[{case.total_funds_index}]"} if path == FUNDS else {path}
    return next((one for one in reversed(case.overrides) if one.path.removesuffix(".score") in names), None)


def _taken(override: Override | None) -> tuple[Override | None, tuple[str, ...]]:
    """*override* with its remark; one without a number or a reason is not taken, and that is said."""
    if override is None:
        return None, ()
    score, reason = figure(override.score), override.reason.strip()
    if score is None or not reason:
        return None, ("改分要写明分数和理由，这一处没有采用。",)
    return override, (f"人工改为 {plain(score)} 分，理由：{reason}",)


def _status(written: str, weight: Decimal | None, scored: RowPoints, profile: Profile) -> Status:
    entered = figure(written)
    if weight is None or scored.low is None or scored.high is None:
        return Status.UNKNOWN
    if entered is None:
        return Status.UNKNOWN if is_written(written) else Status.MISSING
    if scored.computed is not None:
        agrees = abs(entered - scored.computed) <= profile.rounding.tolerance
        return Status.AGREES if agrees else Status.DIFFERS
    inside = scored.low <= entered and (
        entered <= scored.high if scored.high_included else entered < scored.high
    )
    if not inside:
        return Status.OUT_OF_RANGE
    return Status.IN_RANGE if scored.understood else Status.UNKNOWN


def _counted(
    entered: Decimal | None,
    weight: Decimal | None,
    status: Status,
    scored: RowPoints,
    override: Override | None,
) -> Decimal | None:
    if (
        override is not None
        and entered is not None
        and ZERO <= entered <= (entered if weight is None else weight)
    ):
        return entered
    if scored.computed is not None:
        return scored.computed
    if status is Status.IN_RANGE or (weight is None and entered is not None and entered >= ZERO):
        return entered
    return None


def _left_out(line: ScoreLine, why: str) -> ScoreLine:
    """The line of a row that sums leave out: what was compared stays, no points count."""
    return line.model_copy(
        update={
            "counts": False,
            "counted": None,
            "rule": why,
            "status": Status.UNKNOWN,
        }
    )
