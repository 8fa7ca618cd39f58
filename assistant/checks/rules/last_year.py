"""T14, T20: 与上年的表对照。没有带入上年的表，就没有可比的，什么也不说。"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assistant.checks.basis import RULES
from assistant.checks.check import Outcome, Remark, check
from assistant.checks.form import Form, Row
from assistant.checks.text import squeeze
from assistant.checks.text_pairs import said
from assistant.domain.amounts import HUNDRED, percent
from assistant.domain.case import LastYearRow
from assistant.domain.findings import Severity
from assistant.domain.value import Dimension, Direction, Kind, Verdict
from assistant.values.compare import compare
from assistant.values.read import read_actual

WELL_ABOVE = Decimal("1.2")
"""Last year's result ÷ this year's target from which the target is called low."""

SHORTEST_RESULT = 8
SHORTEST_REASON = 10
"""Characters without blanks and punctuation from which two equal texts were hardly written twice."""


def _pairs(form: Form) -> Iterator[tuple[Row, LastYearRow]]:
    """Each row that counts with what last year said of it."""
    if form.case.last_year:
        rows = {row.path: row for row in form.scored_rows}
        for known in form.case.last_year:
            if known.path in rows:
                yield rows[known.path], known


def _year(form: Form, known: LastYearRow) -> str:
    year = form.case.year
    return "上年" if known.year is None or year is None or known.year == year - 1 else f"{known.year}年"


@check("T14", "指标值低于上年已经做到的", Severity.HINT, f"{RULES}：指标值设定明显偏低的，要分析原因")
def below_last_year(form: Form) -> Iterator[Outcome]:
    """指标值比上年实际做到的低了不少。

    做什么：带入了上年的表时，越多越好的指标，上年完成值达到本年指标值的 120% 就提出；本年写了原因的不提。
    为什么：去年已经做到了，今年的目标反而低，容易被认为目标定低了。
    触发：
    - 指标值 ≥3次｜完成值 3次｜上年完成值 5次
    - 指标值 ≥300人｜完成值 310人｜上年完成值 400人次
    不触发：
    - 指标值 ≥3次｜完成值 3次
    - 指标值 ≥90%｜完成值 95%｜上年完成值 98%
    - 指标值 ≤30万元｜完成值 28万元｜上年完成值 90万元
    - 指标值 ≥3次｜完成值 3次｜上年完成值 5次｜原因 本年预算压减，只安排3次。
    来源：财预〔2020〕10号：指标值设定要合理；120% 是本程序的提示界限，不是规定。
    """
    for row, known in _pairs(form):
        if row.target.kind is not Kind.QUANTITY or row.reason:
            continue
        found = compare(row.target, read_actual(known.actual, row.target))
        up = found.direction is Direction.UP and found.verdict is Verdict.MET
        if up and found.ratio is not None and found.ratio >= WELL_ABOVE:
            when = _year(form, known)
            yield Remark(
                f"{row.path}.target",
                f"{row.place}指标值{said(row.cells.target)}，{when}已经完成{said(known.actual)}。",
                fix="在原因一栏写明本年为什么定得比上年做到的低，或下年调高指标值。",
                cell=row.cells.target,
                data={"ratio": percent(found.ratio, 2)},
            )


@check("T20", "与上年一字不差", Severity.HINT, f"{RULES}：自评要依据本年实际情况")
def same_as_last_year(form: Form) -> Iterator[Outcome]:
    """完成值或原因与上年的表一字不差，可能是照抄的。

    做什么：带入了上年的表时，比较每一行的完成值和原因；正好等于指标值、0、100% 和“已完成”一类的话年年可以相同，不提。
    为什么：拿上年的表改，最容易漏改的就是这两格。
    触发：
    - 指标值 ≥3次｜完成值 5次｜上年完成值 5次
    - 指标值 ≥90%｜完成值 95.3%｜上年完成值 95.30%
    - 指标值 有效提升｜完成值 编写操作手册，组织骨干培训｜上年完成值 编写操作手册，组织骨干培训
    - 指标值 ≥3次｜完成值 2次｜上年完成值 1次｜原因 专家日程冲突，改到次年召开。｜上年原因 专家日程冲突，改到次年召开。
    不触发：
    - 指标值 ≥3次｜完成值 5次
    - 指标值 ≥3次｜完成值 5次｜上年完成值 4次
    - 指标值 ≥3次｜完成值 3次｜上年完成值 3次
    - 指标值 ≥98%｜完成值 100%｜上年完成值 100%
    - 指标值 0起｜完成值 0起｜上年完成值 0起
    - 指标值 按期完成｜完成值 已按期完成｜上年完成值 已按期完成
    - 指标值 ≥3次｜完成值 2次｜上年完成值 1次｜原因 无｜上年原因 无
    来源：自评以本年实际情况为准；照抄上年是复核中常见的问题。
    """
    for row, known in _pairs(form):
        when = _year(form, known)
        if _is_same_result(row, known):
            yield Remark(
                f"{row.path}.actual",
                f"{row.place}完成值{said(row.cells.actual)}与{when}的一样。",
                fix="请确认这是本年的完成值；确实相同的，不用改。",
                cell=row.cells.actual,
            )
        if len(squeeze(row.reason)) >= SHORTEST_REASON and squeeze(row.reason) == squeeze(known.reason):
            yield Remark(
                f"{row.path}.reason",
                f"{row.place}的原因和措施与{when}的一字不差。",
                fix="按本年的情况重写：今年是什么原因，上年写的改进措施落实了没有。",
                cell=row.cells.reason,
            )


def _is_same_result(row: Row, known: LastYearRow) -> bool:
    """Whether the result is last year's, and one that is not bound to come again."""
    if row.actual.kind is Kind.QUANTITY:
        before, amount = read_actual(known.actual, row.target), row.actual.base_amount
        if amount is None or before.kind is not Kind.QUANTITY or before.unit != row.actual.unit:
            return False
        is_whole = row.actual.unit.dimension is Dimension.RATE and row.actual.amount == HUNDRED
        usual = amount == 0 or is_whole or amount == row.target.base_amount
        return before.base_amount == amount and not usual
    text = squeeze(row.cells.actual)
    is_prose = row.actual.kind in {Kind.TEXT, Kind.MULTI} and text != squeeze(row.cells.target)
    return is_prose and len(text) >= SHORTEST_RESULT and text == squeeze(known.actual)
