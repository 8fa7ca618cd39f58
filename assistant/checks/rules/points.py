"""A05, A06, A08-A10: 得分是数，不超过分值，与完成值相称。"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assistant.checks.basis import SCORING
from assistant.checks.check import Outcome, Remark, check, not_checked, row_check
from assistant.checks.figures import (
    decimals,
    is_bare_ceiling,
    is_rounding,
    lookalike,
    same_points,
    score_cure,
    written,
)
from assistant.checks.form import Form, Row
from assistant.checks.shortfall import shortfall, unjudged
from assistant.checks.text_pairs import NUMERIC
from assistant.domain.amounts import HUNDRED, ZERO, plain, rounded
from assistant.domain.findings import Fix, Severity
from assistant.domain.profile import Profile
from assistant.domain.scores import ScoreLine, Status
from assistant.domain.value import Dimension, Kind, Verdict


def _above_weight(row: Row, profile: Profile) -> Iterator[Outcome]:
    if row.counts:
        yield from _too_much(row.line, row.place)


def _too_much(line: ScoreLine, place: str) -> Iterator[Outcome]:
    if line.entered is None or line.weight is None or line.entered <= line.weight:
        return
    full = plain(line.weight)
    yield Remark(
        f"{line.path}.score",
        f"{place}得分 {plain(line.entered)} 分，高于分值 {full} 分，多出 {plain(line.entered - line.weight)} 分。",
        fix="把得分改到分值以内；超额完成不加分，只说明原因。",
        cell=plain(line.entered),
        cures=(Fix(path=f"{line.path}.score", text=full, label=f"得分改为 {full}"),),
    )


@check("A05", "得分不超过分值", Severity.ERROR, SCORING, in_rows=_above_weight)
def score_above_weight(form: Form) -> Iterator[Outcome]:
    """得分高于分值。

    做什么：逐行比较得分与分值，也看预算执行率一行。
    为什么：分值是满分，超额完成也不加分；高出的部分会被退回。
    触发：
    - 指标值 ≥10人｜完成值 20人｜分值 10｜得分 12
    - 预算 100｜执行 110｜资金得分 11
    不触发：
    - 指标值 ≥10人｜完成值 20人｜分值 10｜得分 10
    - 预算 100｜执行 80｜资金得分 8
    来源：财预〔2020〕10号：达到指标值记满分。
    """
    if form.funds_line is not None:
        yield from _too_much(form.funds_line, "预算执行率")


@check("A06", "得分是不小于零的数", Severity.ERROR, SCORING)
def score_is_a_number(form: Form) -> Iterator[Outcome]:
    """得分为负、不是数字，或漏填。

    做什么：看每一行的得分；整张表没有得分栏的不看，同组合并填写的空格不看。
    为什么：得分要逐行相加得出总分，有一行不是数就合不出总分。
    触发：
    - 指标值 10人｜完成值 9人｜分值 10｜得分 -1
    - 指标值 10人｜完成值 9人｜分值 10｜得分 满分
    - 指标值 10人｜完成值 10人｜分值 10｜得分 IO
    - 指标值 10人｜完成值 10人｜分值 10｜得分  ‖ 指标值 3个｜完成值 3个｜分值 5｜得分 5
    不触发：
    - 指标值 10人｜完成值 10人｜分值 10｜得分 10
    - 指标值 10人｜完成值 10人｜分值 10 ‖ 指标值 3个｜完成值 3个｜分值 5
    - 指标值 10人｜完成值 10人｜得分 20 ‖ 指标值 3个｜完成值 3个
    来源：财预〔2020〕10号：自评得分为各项指标得分之和。
    """
    has_scores = bool(form.rows_saying(_has_score))
    for row, _ in form.rows_saying(_has_no_fair_score):
        raw = written(row.cells.score)
        severity: Severity | None = None
        cures: tuple[Fix, ...] = ()
        if row.score is not None and row.score < 0:
            message, fix = f"{row.place}得分为 {plain(row.score)} 分，低于 0。", "得分最低记 0 分。"
        elif row.score is None and raw:
            message, fix = f"{row.place}得分写作“{raw}”，不是数字。", "填写数字得分。"
            if seen := lookalike(raw):
                severity, cures = Severity.WARNING, score_cure(row.path, seen)
        elif row.score is None and row.weight is not None and has_scores:
            message, fix, severity = (
                f"{row.place}分值 {plain(row.weight)} 分，没有填得分。",
                "填写得分。",
                Severity.WARNING,
            )
            if row.line.computed is not None:
                cures = score_cure(row.path, plain(row.line.computed))
        else:
            continue
        yield Remark(f"{row.path}.score", message, fix=fix, cell=raw, cures=cures, severity=severity)


def _has_score(row: Row) -> bool:
    return row.counts and row.score is not None


def _has_no_fair_score(row: Row) -> bool:
    return row.counts and (row.score is None or row.score < 0)


def _not_as_computed(row: Row, profile: Profile) -> Iterator[Outcome]:
    remark = (_as_percentage(row) or _differs(row)) if row.counts else None
    if remark is not None:
        yield remark


@check("A08", "定量指标得分", Severity.ERROR, SCORING, in_rows=_not_as_computed)
def score_as_computed(form: Form) -> Iterator[Outcome]:
    """定量指标的得分与按完成值计算的不一致。

    做什么：按规则由指标值和完成值算出得分，与填写的比较；还看达到指标值时是否误按百分数打折，以及完成率高的反而得分低。
    为什么：定量指标的得分由数字决定，填多填少都要改正；写明原因的自行扣分只作建议。
    触发：
    - 指标值 ≥100人｜完成值 80人｜分值 10｜得分 9
    - 指标值 98%｜完成值 98%｜分值 20｜得分 19.6
    - 指标值 98%｜完成值 98%｜得分 19.6 ‖ 指标值 100%｜完成值 100%｜得分 20
    - 指标值 1228人｜完成值 770人｜分值 2｜得分 1.8 ‖ 指标值 5662人｜完成值 4044人｜分值 2｜得分 1.4
    不触发：
    - 指标值 ≥100人｜完成值 80人｜分值 10｜得分 8
    - 指标值 8755人｜完成值 8676人｜分值 15｜得分 14.86
    - 指标值 98%｜完成值 98%｜分值 20｜得分 20
    - 指标值 95%｜完成值 95%｜分值 30｜得分 27
    来源：财预〔2020〕10号：定量指标达到记满分，未达到按完成值与指标值的比例记分。
    """
    yield from _out_of_order(form)


def _as_percentage(row: Row) -> Remark | None:
    """A target of 98 %, met, scored 98 % of the weight: the percentage was taken for the degree of completion."""
    share, score = row.comparison.actual_base, row.score
    if row.comparison.verdict is not Verdict.MET or row.target.unit.dimension is not Dimension.RATE:
        return None
    if share is None or score is None or not ZERO < share < 1 or row.is_full or row.reason:
        return None
    if row.line.override_reason:
        return None
    full = row.weight
    if full is None:
        full = score / share
        if full != full.to_integral_value() or score == score.to_integral_value():
            return None
    if not same_points(score, full * share):
        return None
    whole = plain(full)
    return Remark(
        f"{row.path}.score",
        f"{row.place}指标值 {row.cells.target}，完成 {row.cells.actual}，已经达到，却按 {whole} × {row.cells.actual.strip()}"
        f" 记了 {plain(score)} 分，少记 {plain(full - score)} 分。",
        fix=f"达到指标值应记满分 {whole} 分；百分数是指标值本身，不是完成率。",
        cell=row.cells.score,
        cures=score_cure(row.path, whole),
        severity=Severity.ERROR if row.weight is not None else Severity.WARNING,
        data={"computed": whole},
    )


def _differs(row: Row) -> Remark | None:
    line = row.line
    if line.status is not Status.DIFFERS or line.computed is None or row.score is None or row.weight is None:
        return None
    if line.override_reason or is_bare_ceiling(row) or not ZERO <= row.score <= row.weight:
        return None  # outside the weight: A05, A06
    if row.score < line.computed if row.comparison.verdict is Verdict.MET else row.score == row.weight:
        return None  # met but less: T05 asks; full though missed: T04, T09, Y02
    severity = None
    if is_rounding(row.score, _unrounded(row, line.computed)):
        severity = Severity.HINT
    elif row.reason:
        severity = Severity.HINT if row.score < line.computed else Severity.WARNING
    right = plain(line.computed)
    return Remark(
        f"{row.path}.score",
        f"{row.place}指标值 {row.cells.target.strip()}，完成 {row.cells.actual.strip()}，应得 {right} 分，"
        f"填了 {plain(row.score)} 分，相差 {plain(abs(row.score - line.computed))} 分。",
        fix=f"把得分改为 {right} 分；另有扣分的，在偏差原因里写明。",
        cell=row.cells.score,
        cures=score_cure(row.path, right),
        severity=severity,
        data={"computed": right, "entered": plain(row.score)},
    )


def _unrounded(row: Row, computed: Decimal) -> Decimal:
    """What *computed* was before it was rounded, where it is weight × ratio; a form may have cut it elsewhere."""
    exact = (row.weight or ZERO) * (row.comparison.ratio or ZERO)
    return exact if rounded(exact, decimals(computed)) == computed else computed


def _part_of_weight(row: Row) -> tuple[Decimal, Decimal, Decimal] | None:
    """Weight, degree of completion and score of a row that fell short, all of them known."""
    weight, ratio, score = row.weight, row.comparison.ratio, row.score
    if not row.counts or row.comparison.verdict is not Verdict.SHORT or row.line.override_reason:
        return None
    return None if weight is None or ratio is None or score is None else (weight, ratio, score)


def _out_of_order(form: Form) -> Iterator[Remark]:
    """At equal weight, a higher degree of completion must not earn less."""
    groups: dict[Decimal, list[tuple[Decimal, Decimal, Row]]] = {}
    for row, (weight, ratio, score) in form.rows_saying(_part_of_weight):
        groups.setdefault(weight, []).append((ratio, score, row))
    for weight, members in groups.items():
        members.sort(key=lambda member: member[:2])
        best: tuple[Decimal, Decimal, Row] | None = None
        worst: tuple[Decimal, Row, Decimal, Row, Decimal] | None = None
        for ratio, score, row in members:
            if best is not None and score < best[1] and ratio > best[0]:
                gap = best[1] - score
                if worst is None or gap > worst[0]:
                    worst = (gap, best[2], best[0], row, ratio)
            if best is None or score > best[1]:
                best = (ratio, score, row)
        if worst is None:
            continue
        gap, high, low_ratio, low, high_ratio = worst
        yield Remark(
            f"{high.path}.score",
            f"同为 {plain(weight)} 分，{high.place}完成 {plain(rounded(low_ratio * HUNDRED, 1))}% 得 {plain(high.score or ZERO)} 分，"
            f"{low.place}完成 {plain(rounded(high_ratio * HUNDRED, 1))}% 只得 {plain(low.score or ZERO)} 分，"
            f"完成多的反而少 {plain(gap)} 分。",
            fix="按同一办法（分值 × 完成值 ÷ 指标值）重新计算这些行的得分。",
            cell=high.cells.score,
            data={"other": low.path},
        )


@row_check("A09", "定性指标得分", Severity.ERROR, SCORING)
def score_inside_tier(row: Row, profile: Profile) -> Iterator[Outcome]:
    """定性指标的得分不在所写档次的范围内。

    做什么：由实际完成值认出档次（达成、部分达成、未达成），看得分是否在该档的分数段里；正好压在上一档界线上的、
    要求“高”而写“较高”的只提醒；文字看不出档次的，列入未核对。
    为什么：写“达成”却只给一半分，或写“部分达成”却给满分，两处必有一处不对。
    触发：
    - 指标值 效果明显｜完成值 达成年度指标｜分值 10｜得分 7
    - 指标值 效果明显｜完成值 部分达成年度指标并具有一定效果｜分值 10｜得分 10
    不触发：
    - 指标值 效果明显｜完成值 达成年度指标｜分值 10｜得分 9
    - 指标值 效果明显｜完成值 部分达成年度指标并具有一定效果｜分值 10｜得分 7
    来源：财预〔2020〕10号：定性指标分三档，100%-80%（含）、80%-60%（含）、60%-0%。
    """
    line = row.line
    if why := _left_to_a_person(row):
        yield not_checked(f"{row.path}.score", f"{row.place}{why}，得分是否相称未核对。")
        return
    if line.status is not Status.OUT_OF_RANGE or row.actual.kind is not Kind.LEVEL or line.override_reason:
        return
    if row.score is None or row.weight is None or not ZERO <= row.score <= row.weight:
        return
    if line.low is None or line.high is None:
        return
    tier = line.tier_label or row.cells.actual.strip()
    limit = "" if line.high_included else f"（不含 {plain(line.high)}）"
    yield Remark(
        f"{row.path}.score",
        f"{row.place}完成值属“{tier}”一档，得分应在 {plain(line.low)} 到 {plain(line.high)} 分之间{limit}，"
        f"填了 {plain(row.score)} 分。",
        fix="改正得分，或改写完成的档次，使两者一致。",
        cell=row.cells.score,
        severity=Severity.WARNING if row.score == line.high or _only_by_rank(row) else None,
        data={"low": plain(line.low), "high": plain(line.high)},
    )


def _left_to_a_person(row: Row) -> str:
    """Why no tier tells which points fit; T04 and Y02 speak of numbers and dates."""
    if {row.target.kind, row.actual.kind} <= {*NUMERIC, Kind.MULTI} or row.target.kind is Kind.DEADLINE:
        return ""
    return "" if row.is_full and shortfall(row) is not None else unjudged(row)


def _only_by_rank(row: Row) -> bool:
    """Whether the tier is no more than a step between two words: 高 asked, 较高 reached."""
    return row.actual.tier is None and row.comparison.verdict is Verdict.PARTIAL


def _too_long(row: Row, profile: Profile) -> Iterator[Outcome]:
    if row.counts:
        yield from _cut_at(row.line, row.place, profile)


def _cut_at(line: ScoreLine, place: str, profile: Profile) -> Iterator[Outcome]:
    places = profile.rounding.score_places
    if line.entered is None or decimals(line.entered) <= places:
        return
    right = plain(rounded(line.entered, places))
    yield Remark(
        f"{line.path}.score",
        f"{place}得分 {plain(line.entered)} 有 {decimals(line.entered)} 位小数，规则为 {places} 位。",
        fix=f"四舍五入保留 {places} 位小数：{right}。",
        cell=plain(line.entered),
        cures=score_cure(line.path, right),
    )


@check("A10", "得分小数位数", Severity.WARNING, SCORING, in_rows=_too_long)
def score_decimals(form: Form) -> Iterator[Outcome]:
    """得分的小数位数多于规则。

    做什么：看各行得分和总分的小数位数，末尾的零不算。
    为什么：位数不一，合计时会差在最后一位；系统导入也会截掉多出的位数。
    触发：
    - 指标值 ≥3人｜完成值 2人｜分值 10｜得分 6.667
    不触发：
    - 指标值 ≥3人｜完成值 2人｜分值 10｜得分 6.67
    - 指标值 ≥3人｜完成值 3人｜分值 10｜得分 10.000
    来源：财政预算绩效系统的通行做法，得分保留两位小数。
    """
    if form.funds_line is not None:
        yield from _cut_at(form.funds_line, "预算执行率", form.profile)
