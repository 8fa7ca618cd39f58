"""F01, F02, F06, F13: 预算执行率与它的得分。"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assistant.checks.basis import FORM
from assistant.checks.check import Outcome, Remark, check, not_checked
from assistant.checks.figures import is_rounding, score_cure, unit_in_last_place
from assistant.checks.form import Form, Money, Row
from assistant.checks.money import texts_elsewhere
from assistant.checks.text import told
from assistant.domain.amounts import HUNDRED, ONE, ZERO, percent, plain, rounded
from assistant.domain.findings import Fix, Severity
from assistant.domain.patterns import pattern
from assistant.domain.scores import Status
from assistant.domain.value import Dimension, Kind
from assistant.values.numbers import read_number

FINE_STEP = Decimal("0.1")  # percentage points: a rate printed this finely may differ by one step
_EXPLAINS_SPENDING = pattern(
    r"执行率(较低|偏低|低|未达|不足|不高|仅)|未执行|未支出|未支付|未能支付|尚未支付|暂未支付|未拨付|结余|结转|尾款|质保金|节约[^，。；]{0,6}(资金|经费|支出|成本|费用|预算|[\d.]+\s*[万元亿])|节支"
    r"|少(?:支出|列支|支|付|拨|发)|支出(?:减少|低于|少于)|未使用|未用完|节余|剩余[^，。；]{0,4}(?:资金|经费|款)"
    r"|(?:次年|下年|20\d\d年)[^，。；]{0,12}(?:支付|结算|拨付|付款)|(?:结算|决算|审计)[^，。；]{0,6}(?:未|尚)|据实(?:支付|结算|列支)"
    r"|(?:因|由于|主要是|原因)[^。]{0,60}执行率|执行率[^。]{0,30}(?:因|由于|主要是|原因)"
    r"|(核减|压减|调减|收回|退回|上缴)|低于(控制价|预算)|中标价|滞后|推迟|延期|暂缓"
)


@check("F01", "执行率等于执行数除以预算数", Severity.ERROR, FORM)
def rate_is_right(form: Form) -> Iterator[Outcome]:
    """填写的执行率与“全年执行数 ÷ 全年预算数”不符。

    做什么：逐行重算执行率。写成 0.86、86、86% 都认；预算为 0 的行，写 0 或 100% 都不算错；
    最后一位上的取舍之差只作建议。
    为什么：执行率由表上两个数决定，是复核时第一个被验算的数。
    触发：
    - 预算 200｜执行 150｜执行率 85%
    - 预算 250000｜执行 215457.6｜执行率 86.19%｜资金单位 元
    - 预算 2000｜执行 1157.97｜执行率 57.89%
    - 预算 880｜执行 880｜执行率 ｜资金得分 10
    不触发：
    - 预算 112.511｜执行 69.6559｜执行率 61.91%
    - 预算 65.66｜执行 65.07｜执行率 99%
    - 预算 20｜执行 20｜执行率 1
    - 预算 100｜执行 79.27｜执行率 79.27
    - 预算 20｜执行 20｜执行率 20｜资金分值 20
    - 预算 0｜执行 0｜执行率 100%
    - 预算 100｜执行 103｜执行率 100%
    来源：附表：执行率 = 全年执行数 ÷ 全年预算数。
    """
    for row in form.money:
        if not row.budget or row.executed is None or row.budget < 0:
            continue
        exact = row.executed / row.budget
        raw = row.cells.rate.strip()
        if raw and any(_rate_agrees(reading, exact, raw) for reading in _readings(row)):
            continue
        right = percent(exact, form.profile.rounding.rate_places)
        cures = (Fix(path=f"{row.path}.rate", text=right, label=f"执行率改为 {right}"),)
        if not raw:
            if row.is_total and row.score is not None:
                yield Remark(
                    f"{row.path}.rate",
                    f"“{row.cells.label.strip()}”有得分没有执行率，按 {row.cells.executed.strip()} ÷ "
                    f"{row.cells.budget.strip()} 应为 {right}。",
                    fix=f"补写执行率 {right}。",
                    cures=cures,
                    severity=Severity.HINT,
                )
            continue
        if not row.rates:
            if any(sign.isdigit() for sign in raw):
                yield not_checked(f"{row.path}.rate", f"执行率“{raw}”读不出数，未核对。")
            continue
        printed = min(row.rates, key=lambda reading: abs(reading - exact))
        yield Remark(
            f"{row.path}.rate",
            f"“{row.cells.label.strip()}”执行率写 {raw}，按 {row.cells.executed.strip()} ÷ "
            f"{row.cells.budget.strip()} 应为 {right}，相差 {_gap(printed, exact)} 个百分点。",
            fix=f"把执行率改为 {right}，再核对执行率得分。",
            cell=row.cells.rate,
            cures=cures,
            severity=_rate_severity(printed, exact, raw),
            data={"computed": right},
        )


def _readings(row: Money) -> Iterator[Decimal]:
    yield from row.rates
    if row.weight and row.rates and row.weight == row.rates[-1]:
        yield ONE  # the points stand in the rate's column


def _printed_step(reading: Decimal, raw: str) -> Decimal:
    """The step of the last printed digit in percentage points: 1 for ``86%`` and for the share ``0.86``."""
    written = read_number(raw)
    if written is None:
        written = Decimal("".join(sign for sign in raw if sign.isdecimal() or sign == ".") or "0")
        return unit_in_last_place(written)
    return unit_in_last_place(written) * (HUNDRED if reading == written else 1)


def _rate_agrees(reading: Decimal, exact: Decimal, raw: str) -> bool:
    places = max(0, -_exponent(_printed_step(reading, raw)))
    return rounded(exact * HUNDRED, places) == reading * HUNDRED or (reading == ONE and exact > ONE)


def _exponent(step: Decimal) -> int:
    exponent = step.normalize().as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _rate_severity(printed: Decimal, exact: Decimal, raw: str) -> Severity | None:
    step = _printed_step(printed, raw)
    if abs(printed - exact) * HUNDRED >= step:
        return None
    return Severity.HINT if step <= FINE_STEP else Severity.WARNING


def _gap(printed: Decimal, exact: Decimal) -> str:
    gap = abs(printed - exact) * HUNDRED
    for places in range(2, 5):
        if shown := rounded(gap, places):
            return plain(shown)
    return "不到 0.0001"


@check("F02", "执行率得分", Severity.ERROR, FORM)
def rate_score_is_right(form: Form) -> Iterator[Outcome]:
    """预算执行率的得分与按执行率计算的不符。

    做什么：按规则由执行率算出得分（一般为分值 × 执行率，最多得满分），与填写的比较；
    执行率列为一项指标的，同样核对。
    为什么：这一项没有主观判断，错了就是算错。
    触发：
    - 预算 65.66｜执行 65.07｜执行率 99%｜资金得分 9
    - 预算 100｜执行 86.18｜执行率 86%｜资金得分 10
    - 三级 预算执行率｜完成值 90%｜分值 10｜得分 10
    不触发：
    - 预算 112.511｜执行 69.6559｜执行率 61.91%｜资金得分 6.19
    - 预算 278.4449｜执行 30.00｜资金分值 20｜执行率 10.77%｜资金得分 2.16
    - 预算 100｜执行 100｜资金得分 10
    - 三级 预算执行率｜完成值 90%｜分值 10｜得分 9
    来源：财预〔2020〕10号：预算执行率指标按比例计分；各地分档的按所选规则。
    """
    line = form.funds_line
    if line is not None and line.entered is not None and line.computed is None and line.weight is not None:
        yield not_checked("funds.total.score", f"{line.rule or '执行率算不出来'}，执行率得分未核对。")
    if (
        line is not None
        and line.status is Status.DIFFERS
        and line.entered is not None
        and line.computed is not None
    ):
        right = plain(line.computed)
        if not line.override_reason and line.entered <= (line.weight or line.entered):
            yield Remark(
                "funds.total.score",
                f"执行率 {line.rate}，分值 {plain(line.weight or ZERO)} 分，应得 {right} 分，填了 "
                f"{plain(line.entered)} 分，相差 {plain(abs(line.entered - line.computed))} 分。",
                fix=f"把执行率得分改为 {right} 分，并重新合计总分。",
                cell=plain(line.entered),
                cures=score_cure("funds.total", right),
                severity=_score_severity(form, line.entered, line.computed),
                data={"computed": right},
            )
    for row, (share,) in form.rows_saying(_reported_rate):
        if row.actual.unit.dimension is not Dimension.RATE or row.weight is None or row.score is None:
            continue
        right = plain(rounded(row.weight * min(share, ONE), form.profile.rounding.score_places))
        if row.score > Decimal(right) and not is_rounding(row.score, Decimal(right)):
            yield Remark(
                f"{row.path}.score",
                f"{row.place}执行率 {row.cells.actual.strip()}，分值 {plain(row.weight)} 分，应得 {right} 分，"
                f"填了 {plain(row.score)} 分。",
                fix=f"把得分改为 {right} 分。",
                cell=row.cells.score,
                cures=score_cure(row.path, right),
            )


def _score_severity(form: Form, entered: Decimal, computed: Decimal) -> Severity | None:
    """A score that follows from a wrong rate is put right with it: F01 speaks of the one fault."""
    if is_rounding(entered, computed):
        return Severity.HINT
    weight = form.funds_line.weight if form.funds_line else None
    if form.funds is None or weight is None:
        return None
    follows = any(entered == weight * min(rate, ONE) for rate in form.funds.rates)
    return Severity.WARNING if follows else None


@check("F06", "执行率低要说明", Severity.WARNING, FORM)
def low_rate_explained(form: Form) -> Iterator[Outcome]:
    """执行率低于规定，又没有说明原因。

    做什么：执行率低于规则的界限时，在实际完成情况、各行偏差原因里找关于结余、未支付、节约、延期的说明。
    为什么：执行率低而没有解释，是退回和约谈最常见的理由。附表的资金栏没有原因列，要写在别处。
    触发：
    - 预算 112.511｜执行 69.6559｜执行率 61.91%｜资金得分 6.19
    - 预算 100｜执行 60 ‖ 完成情况 建成节约用水示范点3个。
    不触发：
    - 预算 112.511｜执行 69.6559 ‖ 完成情况 合同尾款31万元按约定于验收后支付，年末未支付。
    - 预算 100｜执行 95
    - 预算 100｜执行 84 ‖ 完成情况 因4月停业，补贴少支16万元，执行率84%。
    - 预算 100｜执行 70 ‖ 指标值 ≤100万元｜完成值 70万元｜原因 招标节约30万元，已由财政收回。
    来源：财预〔2020〕10号：预算执行率偏低的要说明原因；90% 的界限见于四川表样，各地按所选规则。
    """
    line, limit = form.funds_line, form.profile.execution.explain_below
    if line is None or line.rate_value is None or limit is None or line.rate_value >= limit:
        return
    if form.rows_saying(_explains_spending) or any(
        map(_EXPLAINS_SPENDING.search, texts_elsewhere(form.case))
    ):
        return
    yield Remark(
        "funds.total",
        f"预算执行率 {line.rate}，低于 {percent(limit, 0)}，表上没有说明原因。",
        fix="在实际完成情况或成本指标的偏差原因里，写明未执行的金额、原因和下一步安排。",
        cell=line.rate,
        data={"rate": line.rate},
    )


def _reported_rate(row: Row) -> tuple[Decimal] | None:
    """The rate of a row that is about the execution rate and has no target."""
    if "执行率" not in row.cells.level3 or row.target.kind is not Kind.NONE or not row.counts:
        return None
    share = row.actual.base_amount
    return None if share is None else (share,)


def _explains_spending(row: Row) -> bool:
    return _EXPLAINS_SPENDING.search(told(row.cells.reason)) is not None


@check("F13", "分项资金不计分", Severity.HINT, FORM)
def no_points_on_parts(form: Form) -> Iterator[Outcome]:
    """财政拨款、结转等分项行里填了分值或得分。

    做什么：看年度资金总额以外各行的分值、得分是否填了数。
    为什么：只有总额一行计分，分项再填会被重复相加；附表此处印“—”。
    触发：
    - 预算 30｜执行 30｜资金得分 10 ‖ 资金 其中:本年财政拨款｜预算 30｜执行 30｜资金分值 10｜资金得分 10
    不触发：
    - 预算 30｜执行 30｜资金得分 10 ‖ 资金 其中:本年财政拨款｜预算 30｜执行 30｜资金分值 -｜资金得分 —
    来源：附表：分项行的分值、得分不填。
    """
    for row in form.money:
        if row.is_total or not (row.weight or row.score):
            continue
        cures = [
            Fix(path=f"{row.path}.{cell}", text="—", label="改为“—”")
            for cell, amount in (("weight", row.weight), ("score", row.score))
            if amount
        ]
        yield Remark(
            row.path,
            f"“{row.cells.label.strip()}”填了分值 {row.cells.weight.strip() or '空'}、得分 {row.cells.score.strip() or '空'}，"
            "分项不计分。",
            fix="分值、得分改为“—”，只在年度资金总额一行计分。",
            cell=row.cells.score,
            cures=tuple(cures),
        )
