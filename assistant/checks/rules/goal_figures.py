"""G06: the figures in 实际完成情况 beside the rows, the money and the reports that are named."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assistant.checks.check import Outcome, Remark, check
from assistant.checks.form import Form, Row
from assistant.checks.text import likeness, sentences, shortened, titles, unwrap
from assistant.checks.text_numbers import NameIndex, decimals, disagreements
from assistant.checks.text_rows import goal_place
from assistant.domain.amounts import HUNDRED, percent, plain, rounded
from assistant.domain.findings import Severity
from assistant.domain.patterns import pattern
from assistant.domain.value import Kind

REVIEW = "绩效自评复核常见问题"

_EXECUTION_RATE = pattern(r"(?:预算|资金)?执行率[^，。；\d]{0,6}(?P<rate>\d{1,3}(?:\.\d+)?)\s*[%％]")
_EXECUTED = pattern(
    r"(?:全年执行数|年度执行数|全年支出|全年执行|执行数|共执行|累计执行|实际支出)(?:资金|金额|预算)?[为是：:共]?\s*(?P<amount>\d[\d,]*(?:\.\d+)?)\s*万元"
)
_FEW = 5  # more reports than these are rarely all named in the text
_COUNTED = pattern(r"报告|方案|办法|指南|手册|案例集|课题|规划|制度|标准|论文|白皮书|图集|汇编")


@check("G06", "文字中的数与表内不符", Severity.ERROR, REVIEW)
def numbers_disagree(form: Form) -> Iterator[Outcome]:
    """完成情况里的数量、执行率或报告份数与指标行、资金行不一致。

    做什么：文字中的数所在的分句写明了某个三级指标、单位又相同时，与该行完成值比较；“执行率”“全年执行数”与资金行比较；
    书名号列出的报告与该行份数比较。分项、累计、约数不比较；对应关系不十分明确的，作提醒或建议。
    为什么：同一件事两个数，复核无从采信。
    触发：
    - 完成情况 全年梳理重点企业名录118家。 ‖ 三级 梳理重点企业名录｜指标值 ≥120家｜完成值 121家
    - 完成情况 项目完成，预算执行率95%。 ‖ 预算 112.511｜执行 69.6559
    不触发：
    - 完成情况 全年梳理重点企业名录121家，其中新增9家。 ‖ 三级 梳理重点企业名录｜指标值 ≥120家｜完成值 121家
    - 完成情况 项目完成，预算执行率61.9%。 ‖ 预算 112.511｜执行 69.6559
    来源：绩效自评复核常见问题。
    """
    for index, goal in enumerate(form.case.goals):
        path = f"goals[{index}].actual"
        if not goal.actual:
            continue
        for link in disagreements(form, goal.actual):
            yield Remark(
                path=path,
                cell=goal.actual,
                message=f"{goal_place(form, index)}写“{shortened(link.clause.rstrip('，。；'))}”，{link.row.place}的完成值是“{link.row.cells.actual.strip()}”。",
                fix="核对后把两处改成同一个数。",
                severity=None if link.is_firm else Severity.WARNING,
                data={"row": link.row.path, "text": link.mention.text},
            )
        yield from _funds_in_text(form, path, goal.actual)
        yield from _titles_against_counts(form, path, goal.expected, goal.actual)


def _funds_in_text(form: Form, path: str, text: str) -> Iterator[Outcome]:
    money = form.funds
    if money is None or money.budget is None or money.executed is None or not money.budget:
        return
    rate = money.executed / money.budget * HUNDRED
    for found in _EXECUTION_RATE.finditer(text):
        said = Decimal(found["rate"])
        if said not in {rounded(rate, decimals(found["rate"])), _cut(rate, decimals(found["rate"]))} and abs(
            said - rate
        ) > Decimal("0.02"):
            yield Remark(
                path=path,
                cell=text,
                message=f"文字写“{found[0]}”，按资金行计算是{percent(rate / HUNDRED)}。",
                fix="把文字中的执行率改成与资金行一致。",
            )
    if form.case.money_unit != "万元":
        return
    for found in _EXECUTED.finditer(text):
        said = Decimal(found["amount"].replace(",", ""))
        if rounded(money.executed, decimals(found["amount"])) != said:
            yield Remark(
                path=path,
                cell=text,
                message=f"文字写“{found[0]}”，资金行的全年执行数是{plain(money.executed)}万元。",
                fix="核对后改成同一个数；只是其中一部分的，写明是哪一部分。",
                severity=Severity.WARNING,
            )


def _cut(rate: Decimal, places: int) -> Decimal:
    step = Decimal(1).scaleb(-places)
    return rate // step * step


def _titles_against_counts(form: Form, path: str, expected: str, text: str) -> Iterator[Outcome]:
    """Reports named in 书名号 against the row that counts them, and names that changed since the goal."""
    named_sentences = [
        (sentence, found) for sentence in sentences(unwrap(text)) if (found := titles(sentence))
    ]
    if not named_sentences:
        return
    every = [title for _, found in named_sentences for title in found]
    for promised in titles(unwrap(expected)):
        if promised in every:
            continue
        like = next((title for title in every if likeness(promised, title) >= 60), None)
        if like:
            yield Remark(
                path=path,
                cell=text,
                message=f"预期目标写《{promised}》，完成情况写《{like}》，名称不一致。",
                fix="核对成果名称；确已改名的，说明何时因何改名。",
                severity=Severity.WARNING,
            )
    index = NameIndex(tuple(row for row in form.scored_rows if _is_counted(row)))
    told: set[int] = set()
    for _, found in named_sentences:
        rows = {row.index: row for title in found for _, row in index.named(title)}
        for row in rows.values():
            amount = row.actual.amount
            if row.index in told or amount is None or amount == len(found) or amount > _FEW:
                continue
            told.add(row.index)
            yield Remark(
                path=path,
                cell=text,
                message=f"{row.place}的完成值是“{row.cells.actual.strip()}”，完成情况在同一句列出{len(found)}个书名。",
                fix="核对成果份数：少的把其余成果的名称补上，多的分句另写。",
                severity=Severity.HINT,
                data={"row": row.path, "titles": str(len(found))},
            )


def _is_counted(row: Row) -> bool:
    return (
        row.actual.kind is Kind.QUANTITY
        and row.actual.unit.text in {"个", "份", "部", "篇", "项", "册", "套", "本"}
        and bool(_COUNTED.search(row.cells.level3))
    )
