"""T01-T19: 实际完成值与年度指标值。T14（与上年比较）需要上年的表，尚未提供。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from assistant.checks.check import Outcome, Remark, check, not_checked, row_check
from assistant.checks.figures import is_bare_ceiling, score_cure
from assistant.checks.form import Form, Row
from assistant.domain.amounts import HUNDRED, ONE, ZERO, percent, plain
from assistant.domain.findings import Fix, Severity
from assistant.domain.patterns import pattern
from assistant.domain.profile import OverTargetAction, Profile
from assistant.domain.value import Dimension, Direction, Kind, Op, Unit, Value, Verdict

RULES = "财预〔2020〕10号《项目支出绩效评价管理办法》"
SCORING = f"{RULES}：指标得分"
TWICE = Decimal(2)
MANY_FULL_RATES = 5
MANY_SATISFIED = 2
PASTED = 3
KNOWN_AREAS = frozenset({"产出", "效益", "满意度", "成本"})
NUMERIC = frozenset({Kind.QUANTITY, Kind.RANGE})
# Classifiers that count the same things; 个 for 项 misleads nobody.
_LOOSE_CLASSIFIERS = frozenset(
    {"个", "项", "份", "部", "件", "篇", "套", "本", "册", "种", "类", "条", "款", "处"}
)
_PROPER_CLASSIFIERS = frozenset(
    {"家", "所", "座", "栋", "间", "名", "位", "人", "户", "台", "辆", "块", "支", "组", "村", "村庄"}
)
_COPIED_SIGN = pattern(
    r"[≥≤>＜<＞≧≦⩾⩽]|不低于|不少于|不超过|不高于|不大于|(以上|以下|以内|及以上)[。，]?\s*\Z"
)
_GROWS = pattern(
    r"增长|增幅|增加|增收|提升|提高|超额|完成率|执行率|同比|环比|产值|回报|收益|利用|使用率|杠杆|负债|变化|涨"
)
_FALLS = pattern(r"增长|增幅|同比|环比|变化|下降|降低|减少|气温|温度|盈亏|利润|海拔|差额")
_SATISFIED_WORDS = pattern(
    r"[优良中低差高好坏]|达成|达到|年度|预期|既定|绩效|指标值?|目标值?|部分|未|并?具有一定(的)?效果|且?效果较?差|已|完成|基本|，|,|。|；|\s|[（）()：:]"
)
_DONE = frozenset(
    {"完成", "已完成", "全部完成", "均已完成", "已全部完成", "按时完成", "达标", "合格", "全覆盖", "已达标"}
)
_BAD_THINGS = pattern(
    r"事故|事件|投诉|差错|违规|违法|违纪|伤亡|死亡|伤害|失误|逾期|拖欠|上访|信访|污染|故障|案件|缺陷|舆情"
)


_NONE_HAPPENED = frozenset({"无", "没有", "未发生", "零", "未出现", "无发生"})


def _none_happened(row: Row, cell: str) -> bool:
    """Whether “无” is the answer itself: 安全事故 无."""
    return cell.strip() in _NONE_HAPPENED and _BAD_THINGS.search(row.cells.level3) is not None


def _said(cell: str) -> str:
    return cell.strip() or "空"


def _pair(row: Row) -> str:
    return f"指标值 {_said(row.cells.target)}，完成 {_said(row.cells.actual)}"


@row_check("T01", "填写实际完成值", Severity.ERROR, SCORING)
def actual_given(row: Row, profile: Profile) -> Iterator[Outcome]:
    """没有填写实际完成值。

    做什么：看每一行的实际完成值；写“无”“—”“未填报”的也算没有填，整行不适用的（全是“/”）不看。
    为什么：没有完成值，得分就没有依据，复核时按 0 分处理。
    触发：
    - 指标值 ≥3个｜完成值 ｜分值 5｜得分 5
    - 指标值 100%｜完成值 未填报｜分值 5｜得分 5
    不触发：
    - 指标值 ≥3个｜完成值 0｜分值 5｜得分 0
    - 指标值 /｜完成值 /｜分值 /｜得分 /
    - 三级 重大安全事故｜指标值 无｜完成值 无｜分值 5｜得分 5
    来源：财预〔2020〕10号：自评表内容完整。
    """
    if row.actual.kind is Kind.NONE and not _none_happened(row, row.cells.actual):
        raw = row.cells.actual.strip()
        said = f"实际完成值写作“{raw}”，等于没有填" if raw else "没有填实际完成值"
        score = f"，却得 {plain(row.score)} 分" if row.score else ""
        yield Remark(
            f"{row.path}.actual",
            f"{row.place}{said}{score}。",
            fix="填写实际完成的数量、比例、日期或档次；确实没有发生的，写 0 并说明原因。",
            cell=row.cells.actual,
        )


@row_check("T02", "填写年度指标值", Severity.ERROR, SCORING)
def target_given(row: Row, profile: Profile) -> Iterator[Outcome]:
    """没有填写年度指标值。

    做什么：看产出、效益、满意度、成本各行的年度指标值；决策、管理等过程类指标没有指标值不算。
    为什么：没有目标就无从比较，达成与否只能各说各话。
    触发：
    - 指标值 ｜完成值 3台｜分值 9.3｜得分 9.3
    - 指标值 未填报｜完成值 3台｜分值 5｜得分 5
    不触发：
    - 指标值 3台｜完成值 3台｜分值 5｜得分 5
    - 一级 项目决策｜二级 项目立项｜三级 可行性｜指标值 —｜完成值 符合实际需求｜分值 2｜得分 2
    - 三级 预算执行率｜指标值 —｜完成值 100%｜分值 10｜得分 10
    来源：财预〔2020〕10号：绩效指标及其目标值在预算批复时确定。
    """
    if row.target.kind is not Kind.NONE or row.area not in KNOWN_AREAS or "执行率" in row.cells.level3:
        return
    if _none_happened(row, row.cells.target):
        return
    raw = row.cells.target.strip()
    said = f"年度指标值写作“{raw}”，等于没有填" if raw else "没有填年度指标值"
    in_name = "（名称里的数字请移到指标值一栏）" if any(sign.isdecimal() for sign in _unnumbered(row)) else ""
    yield Remark(
        f"{row.path}.target",
        f"{row.place}{said}{in_name}。",
        fix="按批复的绩效目标补填年度指标值。",
        cell=row.cells.target,
    )


def _unnumbered(row: Row) -> str:
    return re.sub(r"\A指标\s*\d+\s*[:：]?", "", row.cells.level3.strip())


@row_check("T03", "完成值与指标值单位一致", Severity.ERROR, SCORING)
def same_unit(row: Row, profile: Profile) -> Iterator[Outcome]:
    """实际完成值的单位与年度指标值不同。

    做什么：比较两格写明的单位；一格没写单位的不算，能换算的（元、万元）不算。
    “个、项、份、部”一类通用量词互换只作建议。
    为什么：单位不同就不能直接比较，3 个和 5 次不是一回事。
    触发：
    - 指标值 ≥3个｜完成值 5次｜分值 5｜得分 5
    - 指标值 ≥95%｜完成值 120人｜分值 5｜得分 5
    - 指标值 ≥3个｜完成值 3项｜分值 5｜得分 5
    - 指标值 ≥100人｜完成值 120人次｜分值 5｜得分 5
    不触发：
    - 指标值 ≥50个｜完成值 50｜分值 5｜得分 5
    - 指标值 ≤90万元｜完成值 899740元｜分值 5｜得分 5
    - 指标值 ≥100百分比｜完成值 100｜分值 5｜得分 5
    来源：附表：实际完成值与年度指标值口径一致。
    """
    if row.target.kind not in NUMERIC or row.actual.kind not in NUMERIC:
        return
    wanted, given = row.target.unit, row.actual.unit
    if _comparable(wanted, given):
        return
    loose = {wanted.text, given.text} <= _LOOSE_CLASSIFIERS or _counts_alike(wanted.text, given.text)
    yield Remark(
        f"{row.path}.actual",
        f"{row.place}指标值以“{wanted.text}”计（{_said(row.cells.target)}），"
        f"完成值以“{given.text}”计（{_said(row.cells.actual)}），单位不同。",
        fix=f"完成值改用“{wanted.text}”为单位；确实不是同一口径的，说明如何换算。",
        cell=row.cells.actual,
        severity=Severity.HINT if loose else None,
    )


def _counts_alike(one: str, other: str) -> bool:
    """Whether 个 stands for the proper classifier of the same things: 10个 and 10家, not 3个 and 3次."""
    return "个" in {one, other} and bool({one, other} & _PROPER_CLASSIFIERS)


def _comparable(wanted: Unit, given: Unit) -> bool:
    if wanted.text == given.text or Dimension.BARE in {wanted.dimension, given.dimension}:
        return True
    if wanted.dimension is not given.dimension:
        return (
            Dimension.COMPOUND in {wanted.dimension, given.dimension}
            and wanted.base.split("/")[0] == given.base
        )
    return wanted.dimension is Dimension.AREA or wanted.base == given.base


@row_check("T04", "未达到指标值不得满分", Severity.ERROR, SCORING)
def short_but_full(row: Row, profile: Profile) -> Iterator[Outcome]:
    """完成值没有达到指标值，却得满分。

    做什么：正向指标（越多越好）和区间指标，完成值不足时看得分是否等于分值。
    为什么：没有达到应按比例记分；写明原因可以理解，但不能因此得满分。
    触发：
    - 指标值 >=4754人｜完成值 4604人｜分值 5｜得分 5｜原因 实行动态管理
    - 指标值 38508人｜完成值 37442人｜分值 3｜得分 3
    - 指标值 ≥95%｜完成值 94.60%｜分值 10｜得分 10
    不触发：
    - 指标值 ≥95%｜完成值 95.08%｜分值 10｜得分 10
    - 指标值 8755人｜完成值 8676人｜分值 15｜得分 14.86
    - 指标值 ≤30万元｜完成值 28万元｜分值 10｜得分 10
    - 三级 信息差错率｜指标值 5%｜完成值 1%｜分值 10｜得分 10
    来源：财预〔2020〕10号：未完成指标值的，按完成值与指标值的比例记分。
    """
    numeric = row.target.kind in NUMERIC and row.actual.kind in NUMERIC
    if not numeric or not row.is_full or row.line.override_reason:
        return
    if row.comparison.verdict is Verdict.UNDECIDED and is_bare_ceiling(row):
        yield not_checked(
            f"{row.path}.target",
            f"{row.place}像是越少越好，指标值 {_said(row.cells.target)} 没有写“≤”，是否达到未核对。",
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
    yield Remark(
        f"{row.path}.score",
        f"{row.place}{_pair(row)}，没有达到{done}，{due}却得满分 {plain(row.score or ZERO)} 分。",
        fix="按完成比例改得分，并写明偏差原因；完成值填错的，先改完成值。",
        cell=row.cells.score,
        cures=cures,
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
        f"{row.place}{_pair(row)}，已经达到，得 {plain(row.score)} 分，比分值 {plain(row.weight)} 分少 "
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


@row_check("T06", "完成值不照抄指标值", Severity.WARNING, SCORING)
def actual_copied(row: Row, profile: Profile) -> Iterator[Outcome]:
    """实际完成值照抄了指标值，看不出真实的结果。

    做什么：完成值带着“≥”“以上”等符号，或与文字描述的指标值一字不差时提醒；“3→3”“100%→100%”不算。
    为什么：“≥266米”是要求，不是量出来的结果；照抄等于没有完成值。
    触发：
    - 指标值 ≥266米｜完成值 ≥266米｜分值 10｜得分 10
    - 指标值 显著提升｜完成值 显著提升｜分值 10｜得分 10
    - 指标值 ≥90%｜完成值 95%以上｜分值 10｜得分 10
    不触发：
    - 指标值 100%｜完成值 100%｜分值 10｜得分 10
    - 指标值 2370人｜完成值 2370人｜分值 10｜得分 10
    - 指标值 是｜完成值 是｜分值 10｜得分 10
    - 指标值 2021年12月31日前｜完成值 2021年12月31日｜分值 5｜得分 5
    来源：复核实践；财预〔2020〕10号要求数据真实、准确。
    """
    actual, target = row.cells.actual.strip(), row.cells.target.strip()
    if row.actual.kind in NUMERIC and _COPIED_SIGN.search(actual):
        same = "与指标值一样" if actual == target else "不是确切的数"
        message = f"{row.place}完成值写作“{actual}”，{same}，看不出实际完成了多少。"
    elif row.actual.kind is Kind.TEXT and row.target.kind is Kind.TEXT and actual == target:
        shown = actual if len(actual) <= 20 else f"{actual[:20]}…"
        message = f"{row.place}完成值“{shown}”与指标值一字不差。"
    else:
        return
    yield Remark(
        f"{row.path}.actual",
        message,
        fix="填写实际测得的数，或写清做了什么、达到什么程度、依据是什么。",
        cell=row.cells.actual,
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
        f"{row.place}{_pair(row)}，是指标值的 {percent(ratio, 0)}，没有说明原因。",
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
            f"{row.place}{_pair(row)}，是指标值的 {percent(ratio, 0)}，指标值可能定得过低。",
            fix=f"下年申报时参照实际完成值（{_said(row.cells.actual)}）设定；本年在原因栏说明。",
            cell=row.cells.target,
            severity=Severity.HINT if row.reason else None,
            data={"ratio": percent(ratio, 2)},
        )


@row_check("T09", "超过上限不得满分", Severity.ERROR, SCORING)
def ceiling_broken_but_full(row: Row, profile: Profile) -> Iterator[Outcome]:
    """完成值突破了上限，却得满分。

    做什么：指标值是“≤”“不超过”或区间的，完成值超出时看得分是否等于分值。
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
    yield Remark(
        f"{row.path}.score",
        f"{row.place}{_pair(row)}，突破上限{over}，{due}却得满分 {plain(row.score or ZERO)} 分。",
        fix="按规则扣分，并写明超出的原因和改进措施。",
        cell=row.cells.score,
        cures=score_cure(row.path, plain(line.computed)) if line.computed is not None else (),
    )


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
            f"{row.place}{_pair(row)}，指标值写的是“=”，完成值超过了它。",
            fix="多多益善的指标，下年把“=”改为“≥”；确实要求正好相等的，说明为什么超出。",
            cell=row.cells.target,
        )


@row_check("T11", "比率不超过百分之百", Severity.ERROR, SCORING)
def rate_above_hundred(row: Row, profile: Profile) -> Iterator[Outcome]:
    """合格率、覆盖率、满意度一类的比率超过了 100%。

    做什么：名称是率、度、比例的行，完成值超过 100% 时报错；增长率、完成率等可以超过的不看。
    为什么：部分不会多于全体，超过 100% 一定是算错或填错。
    触发：
    - 三级 培训覆盖率｜指标值 ≥95%｜完成值 105%｜分值 10｜得分 10
    - 三级 群众满意度｜指标值 ≥95%｜完成值 198%｜分值 10｜得分 10
    不触发：
    - 三级 培训覆盖率｜指标值 ≥95%｜完成值 100%｜分值 10｜得分 10
    - 三级 产值增长率｜指标值 ≥95%｜完成值 105%｜分值 10｜得分 10
    - 三级 任务完成率｜指标值 ≥100%｜完成值 120%｜分值 10｜得分 10
    来源：比率的定义。
    """
    name = row.cells.level3
    if (
        row.actual.kind is not Kind.QUANTITY
        or not re.search(r"率|度|比例|占比|比重", name)
        or _GROWS.search(name)
    ):
        return
    share = row.actual.base_amount
    if row.actual.unit.dimension is Dimension.RATE and share is not None and share > 1:
        yield Remark(
            f"{row.path}.actual",
            f"{row.place}完成值 {_said(row.cells.actual)}，超过 100%，多 {plain((share - 1) * HUNDRED)} 个百分点。",
            fix="核对分子、分母；比率最高是 100%。",
            cell=row.cells.actual,
        )


@row_check("T12", "完成值不为负", Severity.ERROR, SCORING)
def actual_negative(row: Row, profile: Profile) -> Iterator[Outcome]:
    """实际完成值是负数。

    做什么：完成值小于 0 时报错；增长率、变化幅度、温度等可以为负的不看。
    为什么：数量、比例不会小于 0，多半是把短横线当成了负号。
    触发：
    - 指标值 ≥100人｜完成值 -20人｜分值 10｜得分 0
    不触发：
    - 指标值 ≥100人｜完成值 0人｜分值 10｜得分 0
    - 三级 收入增长率｜指标值 ≥3%｜完成值 -1%｜分值 10｜得分 0
    来源：数量的定义；办法约定负数按 0 计分。
    """
    if row.actual.amount is None or row.actual.amount >= 0 or _FALLS.search(row.cells.level3):
        return
    if _FALLS.search(row.cells.target):
        return
    yield Remark(
        f"{row.path}.actual",
        f"{row.place}完成值 {_said(row.cells.actual)}，小于 0。",
        fix="核对是否多了一个短横线；没有完成的写 0。",
        cell=row.cells.actual,
    )


@row_check("T13", "评价等级当作指标值", Severity.HINT, SCORING)
def scale_as_target(row: Row, profile: Profile) -> Iterator[Outcome]:
    """指标值写的是整个评价等级，没有说要达到哪一级。

    做什么：指标值是“优良中低差”“好坏”“高中低”时提示。
    为什么：这是一把尺子，不是目标；不写明要到哪一级，“良”算不算达成就说不清。
    触发：
    - 指标值 优良中低差｜完成值 优，达成年度指标｜分值 5｜得分 5
    不触发：
    - 指标值 优｜完成值 优｜分值 5｜得分 5
    - 指标值 ≥3个｜完成值 3个｜分值 5｜得分 5
    来源：北京市表样允许这样写；复核实践要求写明目标档次。
    """
    if row.target.kind is Kind.SCALE:
        yield Remark(
            f"{row.path}.target",
            f"{row.place}指标值“{_said(row.cells.target)}”是评价等级，没有说要达到哪一级。",
            fix=f"在材料里写明目标是哪一级（例如“{row.target.scale[0] if row.target.scale else '优'}”），"
            "下年改成可以衡量的说法。",
            cell=row.cells.target,
        )


@check("T15", "比率全是百分之百", Severity.HINT, "复核实践")
def all_exactly_full(form: Form) -> Iterator[Outcome]:
    """许多比率不多不少正好 100%。

    做什么：五项以上的比率全是 100%，或两项以上的满意度都是 100% 时提示。
    为什么：真实的统计很少处处正好 100%，复核时会要原始数据。
    触发：
    - 一级 满意度指标｜三级 学生满意度｜指标值 ≥90%｜完成值 100% ‖ 一级 满意度指标｜三级 教师满意度｜指标值 ≥90%｜完成值 100%
    - 指标值 100%｜完成值 100% ‖ 指标值 100%｜完成值 100% ‖ 指标值 100%｜完成值 100% ‖ 指标值 100%｜完成值 100% ‖ 指标值 100%｜完成值 100%
    不触发：
    - 指标值 100%｜完成值 100% ‖ 指标值 ≥95%｜完成值 96%
    - 一级 满意度指标｜三级 学生满意度｜指标值 ≥90%｜完成值 100%
    来源：复核实践，没有文件规定。
    """
    rates = [
        row
        for row in form.scored_rows
        if row.actual.kind is Kind.QUANTITY and _is_rate(row.target, row.actual)
    ]
    satisfied = [row for row in rates if row.area == "满意度" or "满意" in row.cells.level3]
    for rows, least, name in ((satisfied, MANY_SATISFIED, "满意度"), (rates, MANY_FULL_RATES, "比率")):
        if len(rows) >= least and all(row.comparison.actual_base == ONE for row in rows):
            yield Remark(
                rows[0].path,
                f"{len(rows)} 项{name}的完成值全部正好 100%（从{rows[0].place}起）。",
                fix="备好分子、分母的原始数据；有抽样的写明份数、时间和方法。",
                cell=rows[0].cells.actual,
            )
            return


def _is_rate(target: Value, actual: Value) -> bool:
    return Dimension.RATE in {target.unit.dimension, actual.unit.dimension}


@check("T16", "完成值重复", Severity.HINT, "复核实践")
def same_actual_everywhere(form: Form) -> Iterator[Outcome]:
    """几行不相干的指标填了同一个完成值。

    做什么：三行以上完成值相同、指标值却不同的数（100% 和一两位的小数目不算），或同一段文字贴了三行时提示。
    为什么：可能是复制粘贴没有改，也可能把同一项成果算了几遍。
    触发：
    - 指标值 ≥100人｜完成值 748人 ‖ 指标值 ≥300人｜完成值 748人 ‖ 指标值 ≥500人｜完成值 748人
    - 指标值 有效提升｜完成值 群众反映良好 ‖ 指标值 明显改善｜完成值 群众反映良好 ‖ 指标值 持续增强｜完成值 群众反映良好
    不触发：
    - 指标值 2089人｜完成值 2089人 ‖ 指标值 2089人｜完成值 2089人 ‖ 指标值 2089人｜完成值 2089人
    - 指标值 ≥1个｜完成值 2个 ‖ 指标值 ≥2个｜完成值 2个 ‖ 指标值 1个｜完成值 2个
    来源：复核实践，没有文件规定。
    """
    seen: dict[str, list[Row]] = {}
    for row in form.scored_rows:
        amount = row.actual.amount
        if row.actual.kind is Kind.QUANTITY and amount is not None:
            if abs(amount) < HUNDRED or _is_rate(row.target, row.actual):
                continue
            seen.setdefault(f"{plain(amount)}{row.actual.unit.text}", []).append(row)
        elif row.actual.kind is Kind.TEXT and len(text := row.cells.actual.strip()) >= 6:
            seen.setdefault(text, []).append(row)
    for shown, rows in seen.items():
        if len(rows) >= PASTED and len({row.cells.target.strip() for row in rows}) >= PASTED:
            numbers = "、".join(str(row.index + 1) for row in rows[:5])
            yield Remark(
                f"{rows[0].path}.actual",
                f"第 {numbers} 行{'等' if len(rows) > 5 else ''}的完成值都是“{shown[:20]}”，指标值却各不相同。",
                fix="逐行核对完成值；确实相同的，说明是同一项成果还是巧合。",
                cell=rows[0].cells.actual,
            )


@row_check("T17", "数字指标要填数字", Severity.ERROR, SCORING)
def prose_for_a_number(row: Row, profile: Profile) -> Iterator[Outcome]:
    """指标值是数字，完成值却只有文字。

    做什么：指标值是数量、比例、金额的，看完成值里有没有数；只写“完成”“达标”“建设中”的报错。
    为什么：“完成”说不出完成了多少，无法与数字目标比较。
    触发：
    - 指标值 ≤30万元｜完成值 完成｜分值 10｜得分 10
    - 指标值 1｜完成值 建设中
    - 指标值 ≥3个｜完成值 达成预期指标｜分值 10｜得分 10
    不触发：
    - 指标值 ≥3个｜完成值 完成5个｜分值 10｜得分 10
    - 指标值 效果明显｜完成值 达成预期指标｜分值 10｜得分 10
    来源：财预〔2020〕10号：定量指标按完成值与指标值比较记分。
    """
    if row.target.kind not in NUMERIC or row.actual.kind not in {
        Kind.TEXT,
        Kind.LEVEL,
        Kind.YESNO,
        Kind.SCALE,
    }:
        return
    if any(sign.isdecimal() for sign in row.cells.actual):
        yield not_checked(
            f"{row.path}.actual", f"{row.place}完成值是一段文字，里面的数没有当作完成值，未核对。"
        )
        return
    share = row.target.base_amount if row.target.unit.dimension is Dimension.RATE else None
    all_done = share == ONE and row.cells.actual.strip() in _DONE
    yield Remark(
        f"{row.path}.actual",
        f"{row.place}指标值 {_said(row.cells.target)} 是数，完成值“{row.cells.actual.strip()[:20]}”没有写出数。",
        fix="写出实际完成的数，例如完成多少、占多少。",
        cell=row.cells.actual,
        severity=Severity.WARNING if all_done else None,
    )


@row_check("T18", "定性完成值要有描述", Severity.WARNING, SCORING)
def tier_without_words(row: Row, profile: Profile) -> Iterator[Outcome]:
    """定性指标只写了档次，没有说完成了什么。

    做什么：指标值是文字或等级的，完成值只有“优”“达成年度指标”这类档次、佐证材料也空着时提醒。
    为什么：档次是结论，没有事实就无法复核；有的地方（如广西）规定必须写完成情况简述。
    触发：
    - 指标值 优良中低差｜完成值 优，达成年度指标｜分值 5｜得分 5
    - 指标值 效果明显｜完成值 达成预期指标｜分值 10｜得分 10
    不触发：
    - 指标值 效果明显｜完成值 达成年度指标，办结群众诉求312件，同比下降两成｜分值 10｜得分 10
    - 指标值 效果明显｜完成值 达成预期指标｜分值 10｜得分 10｜佐证 12345热线年度通报
    - 指标值 ≥3个｜完成值 3个｜分值 10｜得分 10
    来源：广西等地系统要求填写完成情况简要描述；其他地方为复核实践。
    """
    if row.target.kind not in {Kind.TEXT, Kind.SCALE, Kind.LEVEL} or row.actual.kind is not Kind.LEVEL:
        return
    if row.actual.tier is None and row.target.kind is Kind.LEVEL:
        return
    if row.cells.evidence.strip() or _beyond_the_tier(row.cells.actual) >= 4:
        return
    yield Remark(
        f"{row.path}.actual",
        f"{row.place}完成值只写了“{row.cells.actual.strip()}”，没有说明完成了什么。",
        fix="补一句可以核实的事实（做了什么、多少、依据什么材料），或填写佐证材料。",
        cell=row.cells.actual,
    )


@lru_cache(maxsize=4096)
def _beyond_the_tier(cell: str) -> int:
    """How many characters of *cell* say more than the tier itself."""
    return len(_SATISFIED_WORDS.sub("", cell))


@row_check("T19", "指标值为零", Severity.ERROR, SCORING)
def zero_target(row: Row, profile: Profile) -> Iterator[Outcome]:
    """指标值是 0，完成值大于 0 却有得分；或“≥0”这样没有意义的指标值。

    做什么：指标值为 0 的行按特殊规则看：完成值不大于 0 得满分，否则不得分，不能用比例算。
    为什么：除数是 0，比例没有意义；“零事故”发生了一起就是没有完成。
    触发：
    - 三级 安全事故｜指标值 0起｜完成值 1起｜分值 5｜得分 5
    - 三级 安全事故｜指标值 ≤0起｜完成值 2起｜分值 5｜得分 3
    - 三级 培训人次｜指标值 ≥0人｜完成值 30人｜分值 5｜得分 5
    不触发：
    - 三级 安全事故｜指标值 0起｜完成值 0起｜分值 5｜得分 5
    - 三级 安全事故｜指标值 0起｜完成值 1起｜分值 5｜得分 0
    来源：预算绩效系统的计算规则：指标值为 0 时不用比例。
    """
    if row.target.kind is not Kind.QUANTITY or row.target.amount != ZERO:
        return
    reached = row.actual.amount
    severity: Severity | None = None
    cures: tuple[Fix, ...] = ()
    if row.target.op in {Op.GE, Op.GT}:
        message, severity = (
            f"{row.place}指标值 {_said(row.cells.target)}，任何结果都算达到。",
            Severity.WARNING,
        )
        fix = "写出真正要达到的数。"
    elif row.line.override_reason:
        return
    elif reached is not None and reached > 0 and row.score is not None and row.score > 0:
        message = f"{row.place}{_pair(row)}，大于 0，不应得分，却得 {plain(row.score)} 分。"
        fix = "得分改为 0，并写明原因；目标本来不是 0 的，先改指标值。"
        cures = score_cure(row.path, "0")
        bad = _BAD_THINGS.search(row.cells.level3) or row.target.op is not None or row.kind == "成本"
        severity = None if bad else Severity.WARNING
    else:
        return
    yield Remark(
        f"{row.path}.target", message, fix=fix, cell=row.cells.target, cures=cures, severity=severity
    )
