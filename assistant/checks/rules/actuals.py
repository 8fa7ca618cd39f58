"""T06, T11, T12, T15, T16: 看上去不像真的完成值。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from assistant.checks.basis import SCORING
from assistant.checks.check import Outcome, Remark, check, row_check
from assistant.checks.form import Form, Row
from assistant.checks.text_pairs import NUMERIC, said
from assistant.domain.amounts import HUNDRED, ONE, plain
from assistant.domain.findings import Severity
from assistant.domain.patterns import pattern
from assistant.domain.profile import Profile
from assistant.domain.value import Dimension, Kind, Value

MANY_FULL_RATES = 5
MANY_SATISFIED = 2
PASTED = 3
_COPIED_SIGN = pattern(
    r"[≥≤>＜<＞≧≦⩾⩽]|不低于|不少于|不超过|不高于|不大于|(以上|以下|以内|及以上)[。，]?\s*\Z"
)
_GROWS = pattern(
    r"增长|增幅|增加|增收|提升|提高|超额|完成率|执行率|同比|环比|产值|回报|收益|利用|使用率|杠杆|负债|变化|涨"
)
_FALLS = pattern(r"增长|增幅|同比|环比|变化|下降|降低|减少|气温|温度|盈亏|利润|海拔|差额")


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
            f"{row.place}完成值 {said(row.cells.actual)}，超过 100%，多 {plain((share - 1) * HUNDRED)} 个百分点。",
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
        f"{row.place}完成值 {said(row.cells.actual)}，小于 0。",
        fix="核对是否多了一个短横线；没有完成的写 0。",
        cell=row.cells.actual,
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
    rates = form.rows_saying(_rate_reached)
    satisfied = [one for one in rates if one[1].satisfies]
    for found, least, name in ((satisfied, MANY_SATISFIED, "满意度"), (rates, MANY_FULL_RATES, "比率")):
        if len(found) >= least and all(rate.is_whole for _, rate in found):
            rows = [row for row, _ in found]
            yield Remark(
                rows[0].path,
                f"{len(rows)} 项{name}的完成值全部正好 100%（从{rows[0].place}起）。",
                fix="备好分子、分母的原始数据；有抽样的写明份数、时间和方法。",
                cell=rows[0].cells.actual,
            )
            return


class _Rate(NamedTuple):
    """A rate reported: of satisfaction, of exactly 100 %."""

    satisfies: bool
    is_whole: bool


def _rate_reached(row: Row) -> _Rate | None:
    if not row.counts or row.actual.kind is not Kind.QUANTITY or not _is_rate(row.target, row.actual):
        return None
    satisfies = row.area == "满意度" or "满意" in row.cells.level3
    return _Rate(satisfies, row.comparison.actual_base == ONE)


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
    for row, telling in form.rows_saying(_telling_actual):
        seen.setdefault(telling, []).append(row)
    for shown, rows in seen.items():
        if len(rows) >= PASTED and len({row.cells.target.strip() for row in rows}) >= PASTED:
            numbers = "、".join(str(row.index + 1) for row in rows[:5])
            yield Remark(
                f"{rows[0].path}.actual",
                f"第 {numbers} 行{'等' if len(rows) > 5 else ''}的完成值都是“{shown[:20]}”，指标值却各不相同。",
                fix="逐行核对完成值；确实相同的，说明是同一项成果还是巧合。",
                cell=rows[0].cells.actual,
            )


def _telling_actual(row: Row) -> str:
    """An actual that hardly comes twice by chance: a large number, or a text; else ``""``."""
    amount = row.actual.amount
    if not row.counts:
        return ""
    if row.actual.kind is Kind.QUANTITY and amount is not None:
        telling = abs(amount) >= HUNDRED and not _is_rate(row.target, row.actual)
        return f"{plain(amount)}{row.actual.unit.text}" if telling else ""
    text = row.cells.actual.strip()
    return text if row.actual.kind is Kind.TEXT and len(text) >= 6 else ""
