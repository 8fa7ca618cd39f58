"""A01-A14: 分值与得分对不对得上。"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby

from assistant.checks.check import Outcome, Remark, check, not_checked, row_check
from assistant.checks.figures import (
    decimals,
    is_bare_ceiling,
    is_rounding,
    lookalike,
    printed_points,
    same_points,
    score_cure,
    total_ceiling,
    written,
)
from assistant.checks.form import Form, Row
from assistant.domain.amounts import HUNDRED, ZERO, plain, rounded
from assistant.domain.findings import Fix, Severity
from assistant.domain.profile import Profile
from assistant.domain.scores import ScoreLine, Status
from assistant.domain.value import Dimension, Kind, Verdict

RULES = "财预〔2020〕10号《项目支出绩效评价管理办法》"
WEIGHTS = f"{RULES}：指标权重"
SCORING = f"{RULES}：指标得分"
HEAVY = Decimal(20)  # points on one indicator from which a second look is worth it
MANY_ROWS = 4  # fewer rows have no ranking to speak of


@check("A01", "分值合计", Severity.ERROR, WEIGHTS)
def weights_add_up(form: Form) -> Iterator[Outcome]:
    """各行分值加起来不是总分值（一般为 100 分）。

    做什么：预算执行率的分值加各项指标的分值，与规则的总分值比较；小计行和“/”行不重复计算。
    为什么：合计不是 100 分，得分和等级就没有意义，审核时会直接退回。
    触发：
    - 预算 100｜执行 100 ‖ 分值 50 ‖ 分值 30
    - 预算 20｜执行 20 ‖ 分值 70 ‖ 分值 20 ‖ 分值 10
    - 总分值 110｜预算 20｜执行 20 ‖ 分值 90
    不触发：
    - 预算 100｜执行 100 ‖ 分值 50 ‖ 分值 40
    - 预算 100｜执行 100｜资金分值 20 ‖ 分值 80
    - 分值 60 ‖ 分值 40
    - 预算 100｜执行 100｜资金分值  ‖ 指标值 3个｜完成值 3个
    来源：财预〔2020〕10号：预算执行率 10 分，其余指标 90 分；金额与分值按表面数字精确相加，不取近似。
    """
    full = form.profile.total_points
    weighed = [row for row in form.scored_rows if row.weight is not None]
    unweighed = [row for row in form.scored_rows if row.weight is None]
    if not weighed:
        if form.scored_rows:
            yield not_checked("", "各项指标都没有填分值，分值合计未核对。")
        return
    indicators = sum((row.weight or ZERO for row in weighed), ZERO)
    printed = form.funds.weight if form.funds is not None else None
    total = indicators + (printed or ZERO)
    if printed is None and indicators == full - form.profile.execution_weight:
        total = full  # the form prints no points for 预算执行率, but leaves room for them
    if total != full:
        if total < full and unweighed:
            places = "、".join(row.place for row in unweighed[:3])
            yield not_checked(
                "",
                f"已填分值合计 {plain(total)} 分，{places}等 {len(unweighed)} 行没有分值，分值合计未核对。",
            )
            return
        parts = f"{plain(printed)} + {plain(indicators)} = " if printed is not None else ""
        more = "多出" if total > full else "还差"
        unfinished = total < full and _looks_unfinished(form)
        yield Remark(
            "total_weight",
            f"分值合计 {parts}{plain(total)} 分，应为 {plain(full)} 分，{more} {plain(abs(total - full))} 分"
            f"{'；表上没有总分，也缺少' + unfinished + '，可能没有填完' if unfinished else ''}。",
            fix=f"调整各项指标的分值，使合计为 {plain(full)} 分（预算执行率 {plain(form.profile.execution_weight)} 分）。",
            cell=form.case.total_weight,
            severity=Severity.WARNING if unfinished else None,
            data={"sum": plain(total), "expected": plain(full)},
        )
    elif (stated := printed_points(form.case.total_weight)) is not None and stated != full:
        yield Remark(
            "total_weight",
            f"总分值栏写 {plain(stated)} 分，各行分值合计 {plain(total)} 分，相差 {plain(abs(stated - total))} 分。",
            fix=f"把总分值改为 {plain(total)} 分。",
            cell=form.case.total_weight,
            cures=(Fix(path="total_weight", text=plain(total), label=f"总分值改为 {plain(total)}"),),
        )


def _looks_unfinished(form: Form) -> str:
    """The 一级指标 still missing on a form without a foot: half a form is no wrong sum; ``""`` for a whole one."""
    if form.case.total.strip() or form.case.total_weight.strip():
        return ""
    there = {row.area for row in form.scored_rows}
    wanted = form.profile.level1 or ("产出", "效益", "满意度")
    return "、".join(f"{area}指标" for area in wanted if area not in there)


@check("A02", "一级指标分值", Severity.WARNING, WEIGHTS)
def level1_sums(form: Form) -> Iterator[Outcome]:
    """一级指标的分值与规则建议的不一致。

    做什么：按产出、效益、满意度、成本分别合计分值，与规则的数字比较。
    为什么：一级指标的权重原则上统一设置，只有特殊情况才可以调整，调整要能说明。
    触发：
    - 分值 60 ‖ 一级 效益指标｜二级 社会效益指标｜分值 20 ‖ 一级 满意度指标｜二级 服务对象满意度指标｜分值 10
    不触发：
    - 分值 50 ‖ 一级 效益指标｜二级 社会效益指标｜分值 30 ‖ 一级 满意度指标｜二级 服务对象满意度指标｜分值 10
    - 分值  ‖ 一级 效益指标｜二级 社会效益指标｜分值
    来源：财预〔2020〕10号：产出 50、效益 30、满意度 10（各地另有规定的按所选规则）。
    """
    sums: dict[str, Decimal] = {}
    for row in form.scored_rows:
        if row.weight is None:
            return
        if row.area not in form.profile.level1:
            if form.profile.level1:
                yield not_checked(
                    row.path, f"{row.place}的一级指标“{row.cells.level1}”不在所选规则之内，各级分值未核对。"
                )
            return
        sums[row.area] = sums.get(row.area, ZERO) + row.weight
    if not sums:
        return
    severity = Severity.ERROR if form.profile.level1_fixed else None
    for area, expected in form.profile.level1.items():
        if area not in sums or (actual := sums[area]) == expected:
            continue  # what is missing altogether, A01 and D08 say
        head = next(row for row in form.scored_rows if row.area == area)
        if printed_points(head.cells.level1) == expected:
            continue  # the label keeps to the rule, the rows do not: A03
        yield Remark(
            head.path,
            f"{area}指标分值合计 {plain(actual)} 分，规则为 {plain(expected)} 分，相差 {plain(abs(actual - expected))} 分。",
            fix=f"按规则调整{area}指标的分值；确需不同的，在自评说明里写明理由。",
            severity=severity,
            data={"area": area, "sum": plain(actual), "expected": plain(expected)},
        )


@check("A03", "分级分值", Severity.ERROR, WEIGHTS)
def groups_add_up(form: Form) -> Iterator[Outcome]:
    """下级指标的分值加起来不等于上级写明的数。

    做什么：一级、二级指标名称里写有“（50分）”的，与其下各行分值合计比较。
    为什么：同一张表上两处分值打架，复核人不知道该按哪一个。
    触发：
    - 一级 产出指标（50分）｜分值 20 ‖ 一级 产出指标（50分）｜分值 20
    - 二级 数量指标(10分)｜分值 6 ‖ 二级 数量指标(10分)｜分值 6
    不触发：
    - 一级 产出指标（50分）｜分值 20 ‖ 一级 产出指标（50分）｜分值 30
    - 一级 产出指标（50分）｜分值  ‖ 一级 产出指标（50分）｜分值
    来源：附表的层级关系：三级之和为二级，二级之和为一级。
    """
    below: dict[str, Decimal] = {}  # what the groups within a 一级指标 are off by, already said
    for level in ("level2", "level1"):
        for name, rows in groupby(form.scored_rows, key=lambda row: _group(row, level)):
            stated = printed_points(name[-1])
            members = list(rows)
            if stated is None or any(row.weight is None for row in members):
                continue
            actual = sum((row.weight or ZERO for row in members), ZERO)
            off = actual - stated
            if level == "level2":
                below[name[0]] = below.get(name[0], ZERO) + off
            elif off == below.get(name[0], ZERO):
                continue
            if off:
                yield Remark(
                    f"{members[0].path}.{level}",
                    f"“{name[-1].strip()}”之下 {len(members)} 行分值合计 {plain(actual)} 分，"
                    f"与写明的 {plain(stated)} 分相差 {plain(abs(actual - stated))} 分。",
                    fix="核对这一组各行的分值，或改正名称里的分数。",
                    cell=name[-1],
                    data={"sum": plain(actual), "expected": plain(stated)},
                )


def _group(row: Row, level: str) -> tuple[str, ...]:
    return (row.cells.level1,) if level == "level1" else (row.cells.level1, row.cells.level2)


@check("A04", "分值大于零", Severity.ERROR, WEIGHTS)
def weight_positive(form: Form) -> Iterator[Outcome]:
    """指标的分值为零、为负，或没有填。

    做什么：看每一项指标的分值；整张表没有分值栏的不看，同组合并填写的空格不看。
    为什么：没有分值的指标不起考核作用，等于没有设。
    触发：
    - 分值 0 ‖ 分值 90
    - 分值 -5 ‖ 分值 95
    - 分值 十五 ‖ 分值 90
    - 指标值 3个｜完成值 3个｜分值 ｜得分 5 ‖ 分值 90
    不触发：
    - 分值 10 ‖ 分值 80
    - 指标值 3个｜完成值 3个 ‖ 指标值 2个｜完成值 2个
    - 指标值 /｜完成值 /｜分值 /｜得分 / ‖ 分值 90
    - 指标值 3个｜完成值 3个｜分值 —｜得分 — ‖ 分值 90
    来源：财预〔2020〕10号：权重随绩效目标一并确定，每项指标都有权重。
    """
    if not any(row.weight is not None for row in form.scored_rows):
        return
    for row in form.scored_rows:
        raw = written(row.cells.weight)
        if (row.weight is not None and row.weight > 0) or not row.line.counts:
            continue
        if row.weight is not None:
            message = f"{row.place}分值为 {plain(row.weight)} 分，应大于 0。"
        elif raw:
            message = f"{row.place}分值写作“{raw}”，不是数字。"
        elif row.score is not None:
            message = f"{row.place}有得分 {plain(row.score)} 分，没有填分值。"
        else:
            continue
        seen = lookalike(raw)
        cures = (Fix(path=f"{row.path}.weight", text=seen, label=f"分值改为 {seen}"),) if seen else ()
        yield Remark(
            f"{row.path}.weight",
            message,
            fix="填写大于 0 的分值；不考核的指标不列入本表。",
            cell=raw,
            cures=cures,
            severity=Severity.WARNING if seen else None,
        )


@check("A05", "得分不超过分值", Severity.ERROR, SCORING)
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
    for row, line in _lines(form):
        if line.entered is None or line.weight is None or line.entered <= line.weight:
            continue
        full = plain(line.weight)
        yield Remark(
            f"{line.path}.score",
            f"{_place(row)}得分 {plain(line.entered)} 分，高于分值 {full} 分，多出 {plain(line.entered - line.weight)} 分。",
            fix="把得分改到分值以内；超额完成不加分，只说明原因。",
            cell=plain(line.entered),
            cures=(Fix(path=f"{line.path}.score", text=full, label=f"得分改为 {full}"),),
        )


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
    has_scores = any(row.score is not None for row in form.scored_rows)
    for row in form.scored_rows:
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


@check("A07", "总分等于各行之和", Severity.ERROR, SCORING)
def total_adds_up(form: Form) -> Iterator[Outcome]:
    """总分不等于预算执行率得分加各项指标得分。

    做什么：把表上各行得分相加，与总分栏比较；有的行没有得分时，看把缺的行全按满分算能不能达到总分。
    为什么：总分错了，等级和通报都跟着错；这是复核最先核对的数。
    触发：
    - 总分 94｜预算 65.66｜执行 65.07｜资金得分 9 ‖ 分值 90｜得分 84
    - 总分 98｜预算 10｜执行 10｜资金得分 10 ‖ 分值 80｜得分 74 ‖ 分值 10
    - 总分 80｜预算 10｜执行 10｜资金得分 10 ‖ 分值 80｜得分 74 ‖ 分值 10
    不触发：
    - 总分 93｜预算 65.66｜执行 65.07｜资金得分 9 ‖ 分值 90｜得分 84
    - 总分 95.19｜预算 112.511｜执行 69.6559｜资金得分 6.19 ‖ 分值 90｜得分 89
    - 总分 90｜预算 10｜执行 10｜资金得分 10 ‖ 分值 80｜得分 74 ‖ 分值 10
    - 总分 ｜预算 10｜执行 10｜资金得分 10 ‖ 分值 90｜得分 84
    来源：财预〔2020〕10号：自评得分由各项指标得分汇总形成。
    """
    total = form.sheet.total.entered
    if total is None:
        if form.case.total.strip():
            yield not_checked("total", f"总分写作“{form.case.total.strip()}”，不是一个数，未核对。")
        return
    least = form.sheet.total.sum_entered
    if least is None:
        yield not_checked("total", "各行都没有得分，总分未核对。")
        return
    most = total_ceiling(form, least)
    tolerance = form.profile.rounding.tolerance
    if most is None and total >= least:
        yield not_checked("total", f"有的行没有得分也没有分值，已有得分合计 {plain(least)} 分，总分未核对。")
    elif total < least - tolerance or (most is not None and total > most + tolerance):
        exact = most == least
        nearest = least if total < least or most is None else most
        bound = "" if exact else ("已有的" if total < least else "连同没有得分的行全按满分算，")
        yield Remark(
            "total",
            f"总分写 {plain(total)} 分，{bound}各行得分合计 {plain(nearest)} 分，相差 {plain(abs(total - nearest))} 分。",
            fix=f"把总分改为各行之和 {plain(least)} 分。" if exact else "补全各行得分后重新合计。",
            cell=form.case.total,
            cures=(Fix(path="total", text=plain(least), label=f"总分改为 {plain(least)}"),) if exact else (),
            severity=Severity.HINT if exact and is_rounding(total, least) else None,
            data={"sum": plain(least), "difference": plain(total - nearest)},
        )


@check("A08", "定量指标得分", Severity.ERROR, SCORING)
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
    for row in form.scored_rows:
        remark = _as_percentage(row) or _differs(row)
        if remark is not None:
            yield remark
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


def _out_of_order(form: Form) -> Iterator[Remark]:
    """At equal weight, a higher degree of completion must not earn less."""
    groups: dict[Decimal, list[tuple[Decimal, Decimal, Row]]] = {}
    for row in form.scored_rows:
        ratio = row.comparison.ratio
        if row.line.override_reason:
            continue
        if row.comparison.verdict is Verdict.SHORT and None not in (row.weight, row.score, ratio):
            groups.setdefault(row.weight or ZERO, []).append((ratio or ZERO, row.score or ZERO, row))
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

    做什么：由实际完成值认出档次（达成、部分达成、未达成），看得分是否在该档的分数段里；正好压在上一档界线上的只提醒。
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
        f"{row.place}完成值为“{tier}”，得分应在 {plain(line.low)} 到 {plain(line.high)} 分之间{limit}，"
        f"填了 {plain(row.score)} 分。",
        fix="改正得分，或改写完成的档次，使两者一致。",
        cell=row.cells.score,
        severity=Severity.WARNING if row.score == line.high else None,
        data={"low": plain(line.low), "high": plain(line.high)},
    )


@check("A10", "得分小数位数", Severity.WARNING, SCORING)
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
    places = form.profile.rounding.score_places
    for row, line in _lines(form):
        if line.entered is None or decimals(line.entered) <= places:
            continue
        right = plain(rounded(line.entered, places))
        yield Remark(
            f"{line.path}.score",
            f"{_place(row)}得分 {plain(line.entered)} 有 {decimals(line.entered)} 位小数，规则为 {places} 位。",
            fix=f"四舍五入保留 {places} 位小数：{right}。",
            cell=plain(line.entered),
            cures=score_cure(line.path, right),
        )


@check("A11", "等级与总分一致", Severity.ERROR, f"{RULES}：评价等级")
def grade_matches(form: Form) -> Iterator[Outcome]:
    """评价等级与总分对不上。

    做什么：由总分按规则的分数线得出等级，与表上写的比较。
    为什么：等级是对外公布的结论，与总分不符会被要求更正。
    触发：
    - 总分 88｜等级 优｜预算 10｜执行 10｜资金得分 10 ‖ 分值 90｜得分 78
    不触发：
    - 总分 90｜等级 优秀｜预算 10｜执行 10｜资金得分 10 ‖ 分值 90｜得分 80
    - 总分 88｜等级 ｜预算 10｜执行 10｜资金得分 10 ‖ 分值 90｜得分 78
    来源：财预〔2020〕10号：90（含）-100 为优，80（含）-90 为良，60（含）-80 为中，60 以下为差。
    """
    grade = form.case.grade.strip()
    if not grade:
        return
    sheet = form.sheet.total
    total = next(
        (each for each in (sheet.entered, sheet.computed, sheet.sum_entered) if each is not None), None
    )
    names = [each.name for each in form.profile.grades]
    if total is None or not names:
        yield not_checked("grade", "没有总分或所选规则没有分数线，等级未核对。")
        return
    stem = next((name for name in names if grade.startswith(name)), "")
    if not stem:
        yield not_checked("grade", f"等级“{grade}”不在所选规则的等级（{'、'.join(names)}）之中，未核对。")
        return
    right = next((each for each in form.profile.grades if total >= each.least), form.profile.grades[-1])
    if stem != right.name:
        yield Remark(
            "grade",
            f"总分 {plain(total)} 分应为“{right.name}”，等级写的是“{grade}”。",
            fix=f"把等级改为“{right.name}”，或先核对总分。",
            cell=form.case.grade,
            cures=(Fix(path="grade", text=right.name, label=f"等级改为{right.name}"),),
        )


@row_check("A12", "单项分值过重", Severity.HINT, WEIGHTS)
def one_weight_too_heavy(row: Row, profile: Profile) -> Iterator[Outcome]:
    """一项指标占的分值过重。

    做什么：找出分值超过 20 分的单项指标。
    为什么：一项指标定全局，自评结果容易失真，复核会要求拆分。
    触发：
    - 分值 30 ‖ 分值 60
    不触发：
    - 分值 20 ‖ 分值 15
    来源：复核实践中的经验数，没有文件规定。
    """
    if row.weight is not None and row.weight > HEAVY:
        yield Remark(
            f"{row.path}.weight",
            f"{row.place}一项占 {plain(row.weight)} 分，超过 {plain(HEAVY)} 分。",
            fix="可拆成几项指标，或把分值分一些给其他指标；权重已批复的照批复填写。",
            cell=row.cells.weight,
        )


@check("A13", "分值有主次", Severity.HINT, WEIGHTS)
def weights_rank(form: Form) -> Iterator[Outcome]:
    """各项指标分值全都一样，或大半只有 1 分。

    做什么：比较各项指标的分值，看有没有主次。
    为什么：平均分配看不出哪项是核心任务；大量 1 分指标完成与否几乎不影响结果。
    触发：
    - 分值 15 ‖ 分值 15 ‖ 分值 15 ‖ 分值 15
    - 分值 1 ‖ 分值 1 ‖ 分值 1 ‖ 分值 87
    不触发：
    - 分值 10 ‖ 分值 20 ‖ 分值 15 ‖ 分值 15
    - 分值 30 ‖ 分值 30 ‖ 分值 30
    来源：财预〔2020〕10号：权重体现重要程度；“大半 1 分”是经验判断。
    """
    weights = [row.weight for row in form.scored_rows if row.weight is not None]
    if len(weights) < MANY_ROWS:
        return
    light = sum(weight <= 1 for weight in weights)
    if len(set(weights)) == 1:
        message = f"{len(weights)} 项指标分值都是 {plain(weights[0])} 分，看不出主次。"
    elif light * 2 > len(weights):
        message = f"{len(weights)} 项指标中有 {light} 项只有 1 分或更少，看不出主次。"
    else:
        return
    yield Remark("indicators", message, fix="按重要程度拉开分值，核心任务多给分；权重已批复的照批复填写。")


@check("A14", "全部满分", Severity.WARNING, "复核实践：自评流于形式的常见信号")
def everything_full(form: Form) -> Iterator[Outcome]:
    """所有指标都是满分。

    做什么：看是否每一项指标的得分都等于分值。
    为什么：全部满分常被认为自评流于形式，抽查复核时会被重点看。
    触发：
    - 总分 100｜预算 10｜执行 10｜资金得分 10 ‖ 分值 50｜得分 50 ‖ 分值 30｜得分 30 ‖ 分值 10｜得分 10
    不触发：
    - 总分 99｜预算 10｜执行 10｜资金得分 10 ‖ 分值 50｜得分 50 ‖ 分值 30｜得分 29 ‖ 分值 10｜得分 10
    - 分值 50｜得分 50 ‖ 分值 40
    来源：各地自评复核通报中的常见意见，没有文件规定。
    """
    rows = form.scored_rows
    if len(rows) < 3 or not all(row.is_full for row in rows):
        return
    full = plain(sum((row.weight or ZERO for row in rows), ZERO))
    yield Remark(
        "indicators",
        f"{len(rows)} 项指标全部满分（{full}/{full} 分）。",
        fix="逐项核对佐证材料；确实全部完成的，备好依据以便复核。",
    )


def _lines(form: Form) -> Iterator[tuple[Row | None, ScoreLine]]:
    """Every line that counts with its row; 预算执行率 has none."""
    if form.funds_line is not None:
        yield None, form.funds_line
    for row in form.scored_rows:
        yield row, row.line


def _place(row: Row | None) -> str:
    return "预算执行率" if row is None else row.place
