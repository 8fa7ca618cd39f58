"""T04, T05, T07-T10: 达到、没达到或大幅超过指标值，与得分相不相称。"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assistant.checks.basis import RULES, SCORING
from assistant.checks.check import Outcome, Remark, not_checked, row_check
from assistant.checks.figures import is_bare_ceiling, is_floor_on_cost, is_paid_standard, score_cure
from assistant.checks.form import Row
from assistant.checks.shortfall import shortfall, unjudged
from assistant.checks.text_pairs import NUMERIC, pair, said
from assistant.domain.amounts import ONE, ZERO, percent, plain
from assistant.domain.findings import Severity
from assistant.domain.patterns import pattern
from assistant.domain.profile import OverTargetAction, Profile
from assistant.domain.value import Dimension, Direction, Kind, Op, Verdict
from assistant.scoring.rows import counts_something_bad

TWICE = Decimal(2)
_LIMIT = pattern(r"[≤<＜≦]|不超过|不高于|不大于|低于|小于|以内|以下")


@row_check("T04", "未达到指标值不得满分", Severity.ERROR, SCORING)
def short_but_full(row: Row, profile: Profile) -> Iterator[Outcome]:
    """完成值没有达到指标值，却得满分。

    做什么：正向指标（越多越好）和区间指标，完成值不足时看得分是否等于分值；一格里有几项而有的没达到、“是”答了“否”、
    “全覆盖”只到92%、“每季度2次”全年只有6次的同样看。两格比不出来的，列入未核对。
    为什么：没有达到应按比例记分；写明原因可以理解，但不能因此得满分。
    触发：
    - 指标值 >=4754人｜完成值 4604人｜分值 5｜得分 5｜原因 实行动态管理
    - 指标值 38508人｜完成值 37442人｜分值 3｜得分 3
    - 指标值 ≥95%｜完成值 94.60%｜分值 10｜得分 10
    - 指标值 电脑10台、打印机2台｜完成值 电脑10台、打印机1台｜分值 10｜得分 10
    - 三级 制度建立｜指标值 建立｜完成值 未建立｜分值 10｜得分 10
    - 三级 巡查次数｜指标值 每季度2次｜完成值 6次｜分值 10｜得分 10
    不触发：
    - 三级 巡查次数｜指标值 每季度2次｜完成值 8次｜分值 10｜得分 10
    - 指标值 ≥95%｜完成值 95.08%｜分值 10｜得分 10
    - 指标值 8755人｜完成值 8676人｜分值 15｜得分 14.86
    - 指标值 ≤30万元｜完成值 28万元｜分值 10｜得分 10
    - 三级 信息差错率｜指标值 5%｜完成值 1%｜分值 10｜得分 10
    来源：财预〔2020〕10号：未完成指标值的，按完成值与指标值的比例记分。
    """
    if row.line.override_reason:
        return
    if row.is_full and (short := shortfall(row)) is not None:
        yield Remark(
            f"{row.path}.score",
            f"{row.place}{pair(row)}，{short.why}，却得满分 {plain(row.score or ZERO)} 分。",
            fix="按完成情况改得分，并写明偏差原因；完成值填错的，先改完成值。",
            cell=row.cells.score,
            severity=None if short.is_firm else Severity.WARNING,
        )
        return
    numeric = row.target.kind in NUMERIC and row.actual.kind in NUMERIC
    kinds = {*NUMERIC, Kind.MULTI}
    by_figures = {row.target.kind, row.actual.kind} <= kinds and not is_bare_ceiling(row)
    if by_figures and (why := unjudged(row)):
        yield not_checked(f"{row.path}.score", f"{row.place}{why}，是否达到未核对。")
        return
    if not numeric or not row.is_full:
        return
    if row.comparison.verdict is Verdict.UNDECIDED and is_bare_ceiling(row):
        yield not_checked(
            f"{row.path}.target",
            f"{row.place}像是越少越好，指标值 {said(row.cells.target)} 没有写“≤”，是否达到未核对。",
        )
        return
    if row.comparison.verdict is not Verdict.SHORT:
        return
    computed, ratio = row.line.computed, row.comparison.ratio
    done = f"，完成 {percent(ratio)}" if ratio is not None else ""
    due = f"应得 {plain(computed)} 分，" if computed is not None else ""
    cures = score_cure(row.path, plain(computed)) if computed is not None else ()
    if computed is not None and row.score is not None and computed >= row.score:
        return
    if is_floor_on_cost(row) and not is_paid_standard(row):
        return  # the sign is wrong (D05); less was spent
    saved = row.target.op is Op.EQ and "成本" in {row.area, row.kind}
    full = "满分 " if row.score == row.weight else ""
    yield Remark(
        f"{row.path}.score",
        f"{row.place}{pair(row)}，没有达到{done}，{due}却得{full}{'' if full else ' '}{plain(row.score or ZERO)} 分。",
        fix="按完成比例改得分，并写明偏差原因；完成值填错的，先改完成值。",
        cell=row.cells.score,
        cures=cures,
        severity=Severity.WARNING if saved or is_floor_on_cost(row) else None,
        data={"computed": plain(computed)} if computed is not None else {},
    )


@row_check("T05", "达到指标值而扣分要说明", Severity.WARNING, SCORING)
def met_but_less(row: Row, profile: Profile) -> Iterator[Outcome]:
    """完成值达到了指标值，得分却低于分值，又没有说明。

    做什么：达到指标值的行，看得分是否低于分值而原因一栏空着；执行率列为指标、写 100% 的同样看。
    为什么：达到就应得满分；自己主动扣分可以，但要写明扣在哪里，否则看不懂。
    触发：
    - 指标值 95%｜完成值 95%｜分值 30｜得分 27
    - 指标值 2021年12月完成｜完成值 2021年12月完成｜分值 5｜得分 4
    - 三级 预算执行率｜指标值 一｜完成值 100%｜分值 10｜得分 9
    不触发：
    - 指标值 95%｜完成值 95%｜分值 30｜得分 30
    - 指标值 95%｜完成值 95%｜分值 30｜得分 27｜原因 有两次抽查资料不全，主动扣3分，已于10月补齐。
    来源：财预〔2020〕10号：达到指标值的，记该指标全部分值。
    """
    if not row.loses_points or row.reason or row.score is None or row.weight is None:
        return
    if row.line.override_reason:
        return  # a person set the score and said why
    if row.comparison.verdict is not Verdict.MET and not _spent_in_full(row):
        return
    if row.line.computed is not None and row.score >= row.line.computed:
        return
    right = plain(row.line.computed if row.line.computed is not None else row.weight)
    yield Remark(
        f"{row.path}.score",
        f"{row.place}{pair(row)}，已经达到，得 {plain(row.score)} 分，比分值 {plain(row.weight)} 分少 "
        f"{plain(row.weight - row.score)} 分，没有说明原因。",
        fix="补写扣分原因，或改为满分。",
        cell=row.cells.score,
        cures=score_cure(row.path, right) if row.line.computed is not None else (),
    )


def _spent_in_full(row: Row) -> bool:
    share = row.actual.base_amount if row.actual.unit.dimension is Dimension.RATE else None
    return (
        "执行率" in row.cells.level3 and row.target.kind is Kind.NONE and share is not None and share >= ONE
    )


@row_check("T07", "大幅超过指标值要说明", Severity.WARNING, f"{RULES}：超过指标值较多的要分析原因")
def far_above_target(row: Row, profile: Profile) -> Iterator[Outcome]:
    """完成值大幅超过指标值，没有说明原因。

    做什么：完成值与指标值之比达到规则的界限（一般 130%），而原因一栏空着时提醒；越少越好的指标不看。
    为什么：超得太多，多半是目标定低了；要分析原因，指标值明显偏低的会适度调减得分。
    触发：
    - 指标值 ≥3次｜完成值 5次｜分值 1｜得分 1
    - 规则 guangxi ‖ 指标值 9场｜完成值 26场｜分值 5｜得分 5
    不触发：
    - 指标值 ≥85%｜完成值 93%｜分值 10｜得分 10
    - 指标值 ≥3次｜完成值 5次｜分值 1｜得分 1｜原因 新增两次临时任务，申报时无法预计，下年按5次申报。
    - 指标值 ≤160万元｜完成值 80万元｜分值 10｜得分 10
    来源：财预〔2020〕10号只说“较多”；130% 取自地方系统的做法，各地按所选规则。
    """
    limit = profile.over_target.ratio
    if limit is None:
        return
    must = profile.over_target.action is OverTargetAction.REQUIRE_REASON
    ratio = _overshoot(row)
    if ratio is None or ratio < limit or row.reason:
        return
    yield Remark(
        f"{row.path}.reason",
        f"{row.place}{pair(row)}，是指标值的 {percent(ratio, 0)}，没有说明原因。",
        fix="写明为什么超出这么多（新增任务、需求变化或目标偏低），以及下年怎样设定指标值。",
        cell=row.cells.reason,
        severity=Severity.ERROR if must else None,
        data={"ratio": percent(ratio, 2)},
    )


def _overshoot(row: Row) -> Decimal | None:
    """Actual ÷ target where more is better and the target was reached; ``None`` otherwise."""
    if row.comparison.direction not in {Direction.UP, Direction.EQUAL}:
        return None
    ratio = row.comparison.ratio
    return ratio if row.comparison.verdict is Verdict.MET and ratio is not None and ratio > 1 else None


@row_check("T08", "指标值定得过低", Severity.WARNING, f"{RULES}：超过指标值较多的要分析原因")
def target_too_low(row: Row, profile: Profile) -> Iterator[Outcome]:
    """完成值是指标值的两倍以上，指标值多半定低了。

    做什么：完成值达到指标值 200% 以上时提醒；已经写明原因的降为建议。
    为什么：目标定得太低，满分没有说服力；下年申报应参照近年完成值。
    触发：
    - 指标值 ≥1个｜完成值 2个｜分值 2｜得分 2
    - 指标值 6次｜完成值 150次｜分值 1｜得分 1
    不触发：
    - 指标值 ≥3次｜完成值 5次｜分值 1｜得分 1
    - 指标值 0次｜完成值 0次｜分值 1｜得分 1
    来源：财预〔2020〕10号：指标值设定明显偏低的适度调减；200% 为经验数。
    """
    ratio = _overshoot(row)
    if ratio is not None and ratio >= TWICE:
        yield Remark(
            f"{row.path}.target",
            f"{row.place}{pair(row)}，是指标值的 {percent(ratio, 0)}，指标值可能定得过低。",
            fix=f"下年申报时参照实际完成值（{said(row.cells.actual)}）设定；本年在原因栏说明。",
            cell=row.cells.target,
            severity=Severity.HINT if row.reason else None,
            data={"ratio": percent(ratio, 2)},
        )


@row_check("T09", "超过上限不得满分", Severity.ERROR, SCORING)
def ceiling_broken_but_full(row: Row, profile: Profile) -> Iterator[Outcome]:
    """完成值突破了上限，却得满分。

    做什么：指标值是“≤”“不超过”或区间的，完成值超出时看得分是否等于分值；没有写“≤”的区间（90%-95%），多了不一定不好，只提醒。
    为什么：上限指标超出就是没有完成，应按规则扣分。
    触发：
    - 指标值 <=5300元/户｜完成值 5830元/户｜分值 10｜得分 10
    - 指标值 ≤160万元｜完成值 386万元｜分值 15｜得分 15
    不触发：
    - 指标值 ≤112.511万元｜完成值 全年执行数69.6559万元｜分值 10｜得分 10
    - 指标值 ≤160万元｜完成值 386万元｜分值 15｜得分 6
    来源：财预〔2020〕10号未写反向指标公式；各地有比例、线性两种算法，都不给满分。
    """
    if row.comparison.verdict is not Verdict.OVER or not row.is_full or row.target.amount == ZERO:
        return
    if row.line.override_reason:
        return
    ratio, line = row.comparison.ratio, row.line
    over = f"，超出 {percent(ratio - 1)}" if ratio is not None and ratio > 1 else ""
    due = ""
    if line.computed is not None:
        due = f"应得 {plain(line.computed)} 分，"
    elif line.low is not None and line.high is not None and line.high < (row.weight or ZERO):
        due = f"按通行算法应得 {plain(line.low)} 到 {plain(line.high)} 分，"
    open_range = _may_be_exceeded(row)
    broken = "超出区间" if open_range else "突破上限"
    yield Remark(
        f"{row.path}.score",
        f"{row.place}{pair(row)}，{broken}{over}，{due}却得满分 {plain(row.score or ZERO)} 分。",
        fix="区间上限是不得突破的，按规则扣分；只是预计范围的，说明超出的原因。"
        if open_range
        else "按规则扣分，并写明超出的原因和改进措施。",
        cell=row.cells.score,
        severity=Severity.WARNING if open_range else None,
        cures=score_cure(row.path, plain(line.computed)) if line.computed is not None else (),
    )


def _may_be_exceeded(row: Row) -> bool:
    """Whether the upper end of a range is perhaps no limit: 满意度 90%-95%, 3-5次; costs and faults have one."""
    if row.target.kind is not Kind.RANGE or _LIMIT.search(row.cells.target):
        return False
    costly = "成本" in {row.area, row.kind} or row.target.unit.dimension in {
        Dimension.MONEY,
        Dimension.DURATION,
    }
    return not costly and not counts_something_bad(row.cells.level3)


@row_check("T10", "“等于”却超过", Severity.HINT, SCORING)
def equal_but_above(row: Row, profile: Profile) -> Iterator[Outcome]:
    """指标值写的是“=”，完成值却超过了它。

    做什么：指标值带“=”号的，完成值更大时提示。
    为什么：写“=”表示正好等于；有的地方（如天津）多于等于号的值也要说明。
    触发：
    - 指标值 =10次｜完成值 12次｜分值 5｜得分 5
    不触发：
    - 指标值 =10次｜完成值 10次｜分值 5｜得分 5
    - 指标值 10次｜完成值 12次｜分值 5｜得分 5
    来源：天津等地系统的提示规则，办法没有规定。
    """
    ratio = row.comparison.ratio
    if row.target.op is Op.EQ and ratio is not None and ratio > 1 and row.target.kind is Kind.QUANTITY:
        yield Remark(
            f"{row.path}.target",
            f"{row.place}{pair(row)}，指标值写的是“=”，完成值超过了它。",
            fix="多多益善的指标，下年把“=”改为“≥”；确实要求正好相等的，说明为什么超出。",
            cell=row.cells.target,
        )
