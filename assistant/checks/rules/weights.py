"""A01-A04, A12, A13: 分值对不对得上，有没有主次。"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby

from assistant.checks.basis import RULES
from assistant.checks.check import Outcome, Remark, check, not_checked, row_check
from assistant.checks.figures import (
    lookalike,
    printed_points,
    written,
)
from assistant.checks.form import Form, Row
from assistant.domain.amounts import ZERO, plain
from assistant.domain.findings import Fix, Severity
from assistant.domain.profile import Profile

WEIGHTS = f"{RULES}：指标权重"
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
