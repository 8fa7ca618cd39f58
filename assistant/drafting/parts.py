"""What follows from one line of the money block: what was not executed of it, what was added or taken during the year."""

from __future__ import annotations

from assistant.domain.amounts import HUNDRED, percent, plain, rounded
from assistant.domain.case import Case, FundRow
from assistant.drafting.derived import quotient
from assistant.drafting.labels import ADJUSTED, RATE, UNSPENT, Facts
from assistant.values.numbers import read_money


def add_unspent(facts: Facts, case: Case, fund: FundRow, index: int) -> None:
    """What of one part of the money was not executed."""
    budget, executed = (read_money(text, case.money_unit) for text in (fund.budget, fund.executed))
    if budget is not None and executed is not None and executed < budget:
        facts.add(
            f"{fund.label}（{UNSPENT}）",
            f"{plain(budget - executed)}{case.money_unit}",
            f"funds[{index}]",
            amount=budget - executed,
            unit=case.money_unit,
            formula=f"{plain(budget)} - {plain(executed)}",
            kind="derived",
        )


def add_rate(facts: Facts, case: Case, fund: FundRow, index: int) -> None:
    """How much of one part of the money was executed: as the form prints it, else reckoned from its two amounts."""
    label, path = f"{fund.label}（{RATE}）", f"funds[{index}].rate"
    budget, executed = (read_money(text, case.money_unit) for text in (fund.budget, fund.executed))
    if fund.rate.strip():
        facts.add(label, fund.rate, path)
    elif budget and executed is not None:
        rate = quotient(executed, budget)
        facts.add(
            label,
            percent(rate),
            path,
            amount=rounded(rate * HUNDRED),
            unit="%",
            formula=f"{plain(executed)} ÷ {plain(budget)}",
            kind="derived",
        )


def add_adjustment(facts: Facts, case: Case, fund: FundRow, index: int) -> None:
    """By how much the year's budget differs from that of its beginning: 年中追加, 调减."""
    initial, budget = (read_money(text, case.money_unit) for text in (fund.initial, fund.budget))
    if initial and budget is not None and budget != initial:
        facts.add(
            ADJUSTED if index == case.total_funds_index else f"{fund.label}（{ADJUSTED}）",
            f"{plain(abs(budget - initial))}{case.money_unit}",
            f"funds[{index}].adjusted",
            amount=abs(budget - initial),
            unit=case.money_unit,
            formula=f"{plain(max(budget, initial))} - {plain(min(budget, initial))}",
            kind="derived",
        )
