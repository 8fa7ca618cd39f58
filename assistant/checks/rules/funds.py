"""F01-F13: 项目资金与预算执行率。F14（与决算、付款明细核对）需要导入明细账，尚未提供。"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assistant.checks.check import Outcome, Remark, check, not_checked
from assistant.checks.figures import is_rounding, score_cure, unit_in_last_place
from assistant.checks.form import Form, Money
from assistant.checks.text import told
from assistant.domain.amounts import HUNDRED, ONE, ZERO, percent, plain, rounded
from assistant.domain.case import Case, FundRow
from assistant.domain.findings import Fix, Severity
from assistant.domain.patterns import pattern
from assistant.domain.scores import Status
from assistant.domain.value import Dimension, Kind
from assistant.values.numbers import read_number

RULES = "财预〔2020〕10号《项目支出绩效评价管理办法》"
FORM = f"{RULES}附表：项目资金"
COLUMNS = (("initial", "年初预算数"), ("budget", "全年预算数"), ("executed", "全年执行数"))
TEN_THOUSAND = Decimal(10000)
SLACK = Decimal("0.2")  # how far from 10 000 a factor may lie and still betray a wrong unit
HARDLY_SPENT = Decimal("0.1")  # share of the budget
FINE_STEP = Decimal("0.1")  # percentage points: a rate printed this finely may differ by one step
_EXPLAINS_SPENDING = pattern(
    r"执行率(较低|偏低|低|未达|不足|不高|仅)|未执行|未支出|未支付|未能支付|尚未支付|暂未支付|未拨付|结余|结转|尾款|质保金|节约[^，。；]{0,6}(资金|经费|支出|成本|费用|预算|[\d.]+\s*[万元亿])|节支"
    r"|(核减|压减|调减|收回|退回|上缴)|低于(控制价|预算)|中标价|滞后|推迟|延期|暂缓"
)
_EXPLAINS_ADJUSTMENT = pattern(
    r"调整|调增|调减|追加|追减|压减|核减|增加预算|核增|收回|划转|划入|划出|结转|下达"
)


def _texts(case: Case) -> Iterator[str]:
    """Every cell an explanation of the money may stand in; the form has no reason column for it."""
    for goal in case.goals:
        yield told(goal.actual)
    for row in case.indicators:
        yield told(row.reason)
    for note in case.notes:
        yield note.text


def _cells(row: FundRow) -> dict[str, str]:
    return {"initial": row.initial, "budget": row.budget, "executed": row.executed}


def _amounts(row: Money) -> dict[str, Decimal | None]:
    return {"initial": row.initial, "budget": row.budget, "executed": row.executed}


def _wrong_unit(one: Decimal, other: Decimal) -> bool:
    """Whether two amounts that should be alike stand apart by a factor of about ten thousand."""
    if one <= 0 or other <= 0:
        return False
    factor = max(one, other) / min(one, other)
    return TEN_THOUSAND * (1 - SLACK) <= factor <= TEN_THOUSAND * (1 + SLACK)


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
    for row in form.scored_rows:
        share = row.actual.base_amount
        if "执行率" not in row.cells.level3 or row.target.kind is not Kind.NONE or share is None:
            continue
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


@check("F03", "资金各行相加等于总额", Severity.ERROR, FORM)
def parts_add_up(form: Form) -> Iterator[Outcome]:
    """年度资金总额不等于其下各项资金之和。

    做什么：年初预算数、全年预算数、全年执行数三列分别相加比较；空着的格子是“不适用”，不当作零，整列空着的不比。
    为什么：总额与来源对不上，说明有一处抄错，执行率也就不可靠。
    触发：
    - 预算 0｜执行 0 ‖ 资金 其中:本年财政拨款｜预算 89.974｜执行 89.974
    - 预算 20000｜执行 100 ‖ 资金 其中:当年财政拨款｜预算 0｜执行 100 ‖ 资金 上年结转资金｜预算 0 ‖ 资金 其他资金｜预算 0
    - 预算 2000｜执行 1157.97 ‖ 资金 其中:中央财政资金｜预算 2000｜执行 1157.9 ‖ 资金 地方资金 ‖ 资金 其他资金
    不触发：
    - 预算 50｜执行 45 ‖ 资金 其中:当年财政拨款｜预算 40｜执行 36 ‖ 资金 上年结转资金｜预算 10｜执行 9
    - 年初 112.511000｜预算 112.511｜执行 69.6559 ‖ 资金 其中:当年财政拨款｜预算 112.511｜执行 69.6559
    - 预算 20｜执行 20 ‖ 资金 其中:本年财政拨款 ‖ 资金 其他资金
    - 预算 100 ‖ 资金 财政拨款｜预算 100 ‖ 资金 中央资金｜预算 60 ‖ 资金 地方资金｜预算 40 ‖ 资金 其他资金｜预算 0
    来源：附表：年度资金总额 = 财政拨款 + 上年结转 + 其他资金；金额精确相加。
    """
    total = form.funds
    if total is None:
        return
    parts = [row for row in form.money if not row.is_total]
    for column, name in COLUMNS:
        whole = _amounts(total)[column]
        filled = [(row, amount) for row in parts if (amount := _amounts(row)[column]) is not None]
        unread = [
            row for row in parts if _holds_digits(_cells(row.cells)[column]) and _amounts(row)[column] is None
        ]
        if unread:
            yield not_checked(
                f"{unread[0].path}.{column}",
                f"{name}“{_cells(unread[0].cells)[column].strip()}”读不出数，未核对。",
            )
            continue
        if not filled or (whole is None and _holds_digits(_cells(total.cells)[column])):
            continue
        added = sum((amount for _, amount in filled), ZERO)
        flat = sum((amount for row, amount in filled if row is parts[0] or not _is_nested(row)), ZERO)
        if whole is None:
            if added:
                yield Remark(
                    f"funds.total.{column}",
                    f"年度资金总额的{name}空着，其下各项合计 {plain(added)}{form.case.money_unit}。",
                    fix=f"补写总额 {plain(added)}。",
                    cures=(
                        Fix(path=f"funds.total.{column}", text=plain(added), label=f"总额填 {plain(added)}"),
                    ),
                    severity=Severity.WARNING,
                )
            continue
        sums = {added, flat, _outermost(filled)}
        if whole in sums or any(_wrong_unit(whole, amount) for amount in sums):
            continue
        sole = len(parts) == 1 and added < whole  # 其中: one source singled out, the others not on the form
        yield Remark(
            f"funds.total.{column}",
            f"{name}：总额 {plain(whole)}，其下各项合计 {_sum_text(filled)}，"
            f"相差 {plain(abs(whole - added))}{form.case.money_unit}。",
            fix="核对各项资金，使其与总额一致；没有的项目留空。",
            cell=_cells(total.cells)[column],
            cures=(Fix(path=f"funds.total.{column}", text=plain(added), label=f"总额改为 {plain(added)}"),),
            severity=Severity.WARNING
            if sole
            else _adding_severity(whole - added, [amount for _, amount in filled]),
            data={"total": plain(whole), "sum": plain(added)},
        )


def _outermost(filled: list[tuple[Money, Decimal]]) -> Decimal:
    """The sum without rows that only break down the row before them: 财政拨款 100, 中央 60, 地方 40 is 100."""
    amounts = [amount for _, amount in filled]
    total, position = ZERO, 0
    while position < len(amounts):
        whole, run, below = amounts[position], position + 1, ZERO
        while run < len(amounts) and below < whole:
            below += amounts[run]
            run += 1
        broken_down = below == whole and run - position > 2
        total += whole
        position = run if broken_down else position + 1
    return total


def _is_nested(row: Money) -> bool:
    return row.cells.label.strip().startswith(("其中", "#其中", "（其中", "(其中"))


def _holds_digits(cell: str) -> bool:
    return any(sign.isdigit() for sign in cell)


def _sum_text(filled: list[tuple[Money, Decimal]]) -> str:
    parts = " + ".join(plain(amount) for _, amount in filled)
    return parts if len(filled) == 1 else f"{parts} = {plain(sum((amount for _, amount in filled), ZERO))}"


def _adding_severity(difference: Decimal, parts: list[Decimal]) -> Severity | None:
    """Several parts, each rounded to its printed place, may add to a little more or less than the total."""
    if len(parts) < 2:
        return None
    allowance = sum((unit_in_last_place(part) for part in parts), ZERO) / 2
    return Severity.HINT if abs(difference) <= min(allowance, FINE_STEP) else None


@check("F04", "执行数不超过预算数", Severity.ERROR, FORM)
def not_overspent(form: Form) -> Iterator[Outcome]:
    """全年执行数大于全年预算数。

    做什么：逐行比较执行数与预算数；总额超支为错误，其中某一项超支为提醒。
    为什么：全年预算数已含调整和结转，正常不会超支；超支多半是填错列、漏了追加预算或单位不一致。
    触发：
    - 预算 100｜执行 103.5
    - 预算 100｜执行 100 ‖ 资金 其中:当年财政拨款｜预算 60｜执行 70 ‖ 资金 其他资金｜预算 40｜执行 30
    不触发：
    - 预算 100｜执行 100
    - 预算 ｜执行 20
    来源：预算法：不得超预算支出；执行率最多得满分为各地通行做法。
    """
    for row in form.money:
        if not row.budget or row.budget < 0 or row.executed is None or row.executed <= row.budget:
            continue
        if _wrong_unit(row.executed, row.budget):
            continue
        yield Remark(
            f"{row.path}.executed",
            f"“{row.cells.label.strip()}”执行 {plain(row.executed)}，超过全年预算 {plain(row.budget)}，"
            f"多 {plain(row.executed - row.budget)}{form.case.money_unit}。",
            fix="核对两个数；有追加预算或结转资金的，计入全年预算数。",
            cell=row.cells.executed,
            severity=None if row.is_total else Severity.WARNING,
        )


@check("F05", "全年预算数不为零", Severity.ERROR, FORM)
def budget_not_zero(form: Form) -> Iterator[Outcome]:
    """年度资金总额的全年预算数是零。

    做什么：看总额一行的全年预算数；有执行数、有得分或下面有金额时为错误，整个项目都没有资金时为提醒。
    为什么：除数是零，执行率没有意义，得分也就没有依据。
    触发：
    - 年初 0｜预算 0｜执行 207.4538｜执行率 100%｜资金得分 10
    - 预算 0｜执行 0｜执行率 0｜资金得分 0 ‖ 资金 其中:本年财政拨款｜预算 89.974｜执行 89.974
    - 预算 0｜执行 0｜执行率 100%｜资金得分 10
    不触发：
    - 预算 100｜执行 0｜执行率 0｜资金得分 0
    - 预算 ｜执行
    来源：附表：执行率 = 全年执行数 ÷ 全年预算数。
    """
    total = form.funds
    if total is None or total.budget != ZERO:
        return
    parts = sum((row.budget or row.executed or ZERO for row in form.money if not row.is_total), ZERO)
    if total.executed:
        message = (
            f"全年预算数是 0，却有执行数 {plain(total.executed)}{form.case.money_unit}，执行率算不出来。"
        )
    elif parts:
        message = f"年度资金总额全是 0，其下各项却有 {plain(parts)}{form.case.money_unit}，执行率算不出来。"
    else:
        message = "年度资金总额的预算数、执行数都是 0，执行率没有意义。"
    yield Remark(
        "funds.total.budget",
        message,
        fix="填写全年预算数（含调整和结转）；确实没有资金的项目，按当地要求说明或不列本表。",
        cell=total.cells.budget,
        severity=None if total.executed or parts else Severity.WARNING,
    )


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
    - 预算 100｜执行 70 ‖ 指标值 ≤100万元｜完成值 70万元｜原因 招标节约30万元，已由财政收回。
    来源：财预〔2020〕10号：预算执行率偏低的要说明原因；90% 的界限见于四川表样，各地按所选规则。
    """
    line, limit = form.funds_line, form.profile.execution.explain_below
    if line is None or line.rate_value is None or limit is None or line.rate_value >= limit:
        return
    if any(_EXPLAINS_SPENDING.search(text) for text in _texts(form.case)):
        return
    yield Remark(
        "funds.total",
        f"预算执行率 {line.rate}，低于 {percent(limit, 0)}，表上没有说明原因。",
        fix="在实际完成情况或成本指标的偏差原因里，写明未执行的金额、原因和下一步安排。",
        cell=line.rate,
        data={"rate": line.rate},
    )


@check("F07", "预算调整要说明", Severity.WARNING, FORM)
def adjustment_explained(form: Form) -> Iterator[Outcome]:
    """全年预算数与年初预算数不同，没有说明调整。

    做什么：比较年初预算数与全年预算数；不同时在各处文字里找关于调整、追加、结转的说明。
    为什么：年中调整预算要有批复，复核时会问依据。
    触发：
    - 年初 100｜预算 130｜执行 130
    不触发：
    - 年初 100｜预算 100｜执行 100
    - 年初 100｜预算 130｜执行 130 ‖ 完成情况 6月经批复追加预算30万元，全部用于设备购置。
    - 年初 ｜预算 130｜执行 130
    来源：四川表样要求单独说明年中调整；其他地方为复核实践。
    """
    total = form.funds
    if total is None or total.initial is None or total.budget is None or total.initial == total.budget:
        return
    if _wrong_unit(total.initial, total.budget) or any(
        _EXPLAINS_ADJUSTMENT.search(text) for text in _texts(form.case)
    ):
        return
    change = "调增" if total.budget > total.initial else "调减"
    yield Remark(
        "funds.total.budget",
        f"年初预算 {plain(total.initial)}，全年预算 {plain(total.budget)}，{change} "
        f"{plain(abs(total.budget - total.initial))}{form.case.money_unit}，没有说明。",
        fix="在实际完成情况里写明调整的时间、金额和批复依据。",
        cell=total.cells.budget,
    )


@check("F08", "金额单位一致", Severity.ERROR, FORM)
def one_unit_of_money(form: Form) -> Iterator[Outcome]:
    """金额差了一万倍，像是“元”和“万元”混用。

    做什么：比较同一列总额与各项之和、同一行预算与执行、没写单位的成本金额与预算，看是否相差约一万倍；
    写明了“元”而表头是“万元”的，换算后一致的只作建议。整块都填成了元（或万元）时表内互相对得上，只有别处文字写了同一笔钱，
    或各项金额都大得出奇又都写到两位小数，才作提醒，请人核对。
    为什么：单位错一格，金额就错一万倍。
    触发：
    - 预算 7.29｜执行 72900
    - 预算 250000｜执行 20 ‖ 资金 其中:当年财政拨款｜预算 25｜执行 20
    - 预算 7.29｜执行 7.29 ‖ 二级 成本指标｜三级 执法经费｜指标值 72900｜完成值 72900
    - 预算 7.29｜执行 7.29 ‖ 三级 执法补助经费｜指标值 =72890元｜完成值 72890
    - 年初 1125110.00｜预算 1125110.00｜执行 696559.00
    - 年初 1125110｜预算 1125110｜执行 696559 ‖ 完成情况 预算112.511万元，全部用于设备购置。
    不触发：
    - 年初 1125110｜预算 1125110｜执行 696559
    - 年初 112.51｜预算 112.51｜执行 69.66 ‖ 完成情况 预算112.51万元，全部用于设备购置。
    - 预算 112.511｜执行 69.6559 ‖ 二级 成本指标｜三级 项目控制数｜指标值 ≤112.511万元｜完成值 69.6559万元
    - 预算 30｜执行 30 ‖ 二级 成本指标｜三级 救助标准｜指标值 ≤5300元/户｜完成值 5000元/户
    - 预算 100｜执行 0.08
    来源：附表：金额以万元为单位（部分地方为元）。
    """
    unit = form.case.money_unit
    fix = f"统一换算成{unit}再填。"
    for row in form.money:
        if row.budget and row.executed and _wrong_unit(row.budget, row.executed):
            yield Remark(
                f"{row.path}.executed",
                f"“{row.cells.label.strip()}”预算 {plain(row.budget)}、执行 {plain(row.executed)}，相差约一万倍，单位可能不一致。",
                fix=fix,
                cell=row.cells.executed,
            )
    yield from _total_in_another_unit(form, fix)
    yield from _whole_block_in_another_unit(form)
    for indicator in form.scored_rows:
        amount = indicator.target.amount
        if amount is None or form.funds is None or not form.funds.budget:
            continue
        budget = form.funds.budget
        if (
            indicator.target.unit.dimension is Dimension.BARE
            and indicator.kind == "成本"
            and _wrong_unit(amount, budget)
        ):
            yield Remark(
                f"{indicator.path}.target",
                f"{indicator.place}指标值 {indicator.cells.target.strip()}，全年预算 {plain(budget)}{unit}，"
                "相差约一万倍，单位可能不一致。",
                fix=fix,
                cell=indicator.cells.target,
            )
        elif indicator.target.unit.text == "元" and unit == "万元" and amount >= TEN_THOUSAND:
            yield Remark(
                f"{indicator.path}.target",
                f"{indicator.place}以元填写（{indicator.cells.target.strip()}），表头金额以万元为单位，"
                f"合 {plain(amount / TEN_THOUSAND)}万元。",
                fix="建议与表头统一，换算成万元填写。",
                cell=indicator.cells.target,
                severity=Severity.HINT,
            )


_SUM_IN_WORDS = pattern(r"(?<![\d.,])(\d[\d,]*(?:\.\d+)?)\s*(万元|元)(?![/／])")
_FILLED_IN_YUAN = Decimal(100_000)  # 万元, that is 十亿元: no project's every item is that large


def _whole_block_in_another_unit(form: Form) -> Iterator[Remark]:
    """A doubt that all of the money block is in 元 under 万元 or the other way round: inside it nothing disagrees."""
    total, unit = form.funds, form.case.money_unit
    if total is None or not total.budget or unit not in {"元", "万元"}:
        return
    own, other = (TEN_THOUSAND, ONE) if unit == "万元" else (ONE, TEN_THOUSAND)
    other_unit = "元" if unit == "万元" else "万元"
    stated: dict[Decimal, str] = {}
    for text in _texts(form.case):
        for found in _SUM_IN_WORDS.finditer(text):
            amount = Decimal(found[1].replace(",", "")) * (TEN_THOUSAND if found[2] == "万元" else ONE)
            stated.setdefault(amount, found[0])
    said = stated.get(total.budget * other)
    if said and total.budget * own not in stated and total.budget >= 1:
        why = f"文字里写的是“{said}”，正好是把它当作{other_unit}"
    elif unit == "万元" and _looks_like_yuan(form):
        why = f"各项金额都在 {plain(_FILLED_IN_YUAN)} 以上，又都写到两位小数，像是以元填写"
    else:
        return
    yield Remark(
        "funds.total.budget",
        f"表头的金额单位是{unit}，全年预算填了 {total.cells.budget.strip()}；{why}，请核对单位。",
        fix=f"填的是{other_unit}的，把各项金额换算成{unit}，或把金额单位改成{other_unit}。",
        cell=total.cells.budget,
        severity=Severity.WARNING,
    )


def _looks_like_yuan(form: Form) -> bool:
    """Whether every amount that is not zero is huge for 万元 and printed with two decimals, as accounts print 元."""
    cells = [
        (text.strip(), amount)
        for row in form.money
        for text, amount in zip(_cells(row.cells).values(), _amounts(row).values(), strict=True)
        if amount
    ]
    return bool(cells) and all(
        amount >= _FILLED_IN_YUAN
        and text.rpartition(".")[2].isdecimal()
        and len(text.rpartition(".")[2]) == 2
        and "." in text
        for text, amount in cells
    )


def _total_in_another_unit(form: Form, fix: str) -> Iterator[Outcome]:
    total = form.funds
    if total is None:
        return
    for column, name in COLUMNS:
        whole = _amounts(total)[column]
        added = sum((_amounts(row)[column] or ZERO for row in form.money if not row.is_total), ZERO)
        if whole is not None and _wrong_unit(whole, added):
            yield Remark(
                f"funds.total.{column}",
                f"{name}：总额 {plain(whole)}，其下各项合计 {plain(added)}，相差约一万倍，单位可能不一致。",
                fix=fix,
                cell=_cells(total.cells)[column],
            )


@check("F09", "指标得分与执行率相称", Severity.WARNING, "预算绩效系统的预警规则")
def points_fit_spending(form: Form) -> Iterator[Outcome]:
    """指标得分率远高于预算执行率。

    做什么：算（指标得分率 - 执行率）÷ 指标得分率，即执行率比得分率低百分之几（不是差几个百分点），超过规则的界限时提醒；
    有得分超出 0 到分值的，先改正得分，不作比较。
    为什么：钱没花多少，任务却几乎全完成，要么预算编大了，要么完成值不实，系统会亮红灯。
    触发：
    - 预算 112.511｜执行 69.6559｜资金得分 6.19 ‖ 分值 90｜得分 89
    不触发：
    - 预算 100｜执行 98｜资金得分 9.8 ‖ 分值 90｜得分 90
    - 预算 100｜执行 60｜资金得分 6 ‖ 分值 90｜得分 55
    - 预算 100｜执行 90｜资金得分 9 ‖ 分值 90｜得分 100
    来源：预算绩效系统的红灯规则，5% 的界限没有文件规定。
    """
    line, limit = form.funds_line, form.profile.execution.share_gap
    if line is None or line.rate_value is None or limit is None:
        return
    rows = [row for row in form.scored_rows if row.weight is not None and row.score is not None]
    points = sum((row.score or ZERO for row in rows), ZERO)
    weights = sum((row.weight or ZERO for row in rows), ZERO)
    if not rows or points <= 0 or weights <= 0:
        return
    wrong = next((row for row in rows if not ZERO <= (row.score or ZERO) <= (row.weight or ZERO)), None)
    if wrong is not None:
        yield not_checked("funds.total", f"{wrong.place}的得分不在 0 到分值之间，得分率与执行率未比较。")
        return
    share = points / weights
    gap = (share - line.rate_value) / share
    if gap <= limit:
        return
    yield Remark(
        "funds.total",
        f"指标得分率 {percent(share)}（{plain(points)}/{plain(weights)}），预算执行率只有 {line.rate}，"
        f"执行率比得分率低 {percent(gap)}（按比例算：两者之差 ÷ 得分率，不是百分点），超过 {percent(limit, 0)}。",
        fix="说明少花钱也完成任务的原因，或核对完成值是否属实；预算编大的，下年据实测算。",
        cell=line.rate,
        data={"gap": plain(rounded(gap, 4))},
    )


@check("F10", "结余比例", Severity.WARNING, "预算绩效系统的预警规则")
def much_unspent(form: Form) -> Iterator[Outcome]:
    """全年预算有两成以上没有花出去。

    做什么：算（全年预算数 - 全年执行数）÷ 全年预算数，超过规则的界限时提醒。
    为什么：结余大，说明预算编制或执行有问题，会影响下年预算安排。
    触发：
    - 预算 112.511｜执行 69.6559
    不触发：
    - 预算 100｜执行 80
    - 预算 100｜执行
    来源：预算绩效系统的黄灯规则，20% 的界限没有文件规定。
    """
    total, limit = form.funds, form.profile.execution.unspent_share
    if total is None or limit is None or not total.budget or total.budget < 0 or total.executed is None:
        return
    left = total.budget - total.executed
    if left / total.budget <= limit:
        return
    yield Remark(
        "funds.total.executed",
        f"全年预算 {plain(total.budget)}{form.case.money_unit}，未执行 {plain(left)}{form.case.money_unit}，"
        f"占 {percent(left / total.budget)}，超过 {percent(limit, 0)}。",
        fix="写明结余的原因和去向（结转、收回或调剂），下年按实际需要编预算。",
        cell=total.cells.executed,
        data={"unspent": plain(left)},
    )


@check("F11", "总分上限", Severity.ERROR, "按执行率限制总分的地方规则")
def total_within_ceiling(form: Form) -> Iterator[Outcome]:
    """总分超过了该执行率允许的最高分。

    做什么：所选规则按执行率规定了总分上限的，比较总分与上限。
    为什么：有的平台规定执行率低于一定比例时总分封顶，超出会被直接改低。
    触发：
    - 规则 platform-manual-2022｜总分 92｜预算 100｜执行 75｜资金得分 7.5 ‖ 分值 90｜得分 84.5
    不触发：
    - 规则 platform-manual-2022｜总分 88｜预算 100｜执行 75｜资金得分 7.5 ‖ 分值 90｜得分 80.5
    - 规则 central-2020｜总分 92｜预算 100｜执行 75｜资金得分 7.5 ‖ 分值 90｜得分 84.5
    来源：某地平台 2022 年操作手册：执行率 70%-80% 总分不超过 89 分，60%-70% 不超过 79 分，以此类推。
    """
    line, total = form.funds_line, form.sheet.total.entered
    if line is None or line.rate_value is None or total is None:
        return
    rate = line.rate_value
    struck = [
        band
        for band in form.profile.execution.ceilings
        if band.low <= rate < band.high and total > band.total
    ]
    for band in struck[:1]:
        yield Remark(
            "total",
            f"执行率 {line.rate}，总分最高 {plain(band.total)} 分，表上写 {plain(total)} 分，"
            f"超出 {plain(total - band.total)} 分。",
            fix=f"总分不超过 {plain(band.total)} 分。",
            cell=form.case.total,
            cures=(Fix(path="total", text=plain(band.total), label=f"总分改为 {plain(band.total)}"),),
        )


@check("F12", "几乎没花钱却全部完成", Severity.WARNING, "复核实践")
def nothing_spent_all_done(form: Form) -> Iterator[Outcome]:
    """资金几乎没有执行，产出却全部满分。

    做什么：执行率低于 10% 时，看产出指标是否全部满分。
    为什么：没花钱怎么完成的？可能用了结转资金、供应商垫付，也可能完成值不实，复核必问。
    触发：
    - 预算 100｜执行 0.08｜资金得分 0.01 ‖ 指标值 100人｜完成值 748人｜分值 50｜得分 50
    不触发：
    - 预算 100｜执行 60｜资金得分 6 ‖ 指标值 100人｜完成值 748人｜分值 50｜得分 50
    - 预算 100｜执行 0.08｜资金得分 0.01 ‖ 指标值 100人｜完成值 20人｜分值 50｜得分 10
    来源：真实自评表中的情形（执行率 0.08%，任务超额完成），没有文件规定。
    """
    line = form.funds_line
    if line is None or line.rate_value is None or not ZERO <= line.rate_value < HARDLY_SPENT:
        return
    rows = [row for row in form.scored_rows if row.area == "产出" and row.kind != "成本"]
    if rows and all(row.is_full for row in rows):
        yield Remark(
            "funds.total",
            f"执行率只有 {line.rate}，{len(rows)} 项产出指标却全部满分。",
            fix="写明任务用什么资金完成（结转、垫付、其他来源），并备好付款或验收材料。",
            cell=line.rate,
        )


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
