"""What a text about one cell may say: numbered facts, as written, computed by the core, or told by the user.

A text is drafted from these and verified against these; there is no other source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from assistant.domain.amounts import HUNDRED, percent, plain, rounded
from assistant.domain.case import Case, DraftState, FundRow, Indicator
from assistant.domain.scores import ScoreLine, ScoreSheet
from assistant.domain.value import Kind, Value, Verdict
from assistant.drafting.derived import add_derived, quotient
from assistant.drafting.drafter import Fact
from assistant.drafting.labels import (
    ACTUAL,
    BUDGET,
    EVIDENCE,
    EXECUTED,
    EXPECTED,
    GRADE,
    LOST,
    NOTE,
    PROJECT,
    RATE,
    SCORE,
    TARGET,
    UNSPENT,
    UNSPENT_SHARE,
    WEIGHT,
    Facts,
)
from assistant.drafting.parts import add_adjustment, add_rate, add_unspent
from assistant.drafting.rests import add_rests
from assistant.drafting.told import told_actual, told_target, unit_of_actual, unit_of_target
from assistant.values.numbers import read_money, read_number

GOAL = re.compile(r"goals\[(\d+)\]\.actual\Z")
REASON = re.compile(r"indicators\[(\d+)\]\.reason\Z")

_TAKEN = frozenset({DraftState.ACCEPTED, DraftState.EDITED})
_FURNITURE = re.compile(
    r"[★☆※]+|^(?:指标\d*|\d+)[:：.、]|[（(][≥≤＞＜<>=]*\*+[^（）()]*[）)]|[≥≤＞＜<>=]*\*{2,}\S{0,2}"
)


def facts_for(case: Case, sheet: ScoreSheet, path: str, also: Iterable[int] = ()) -> tuple[Fact, ...]:
    """The facts for the text cell *path*: ``goals[0].actual`` or ``indicators[3].reason``.

    *also* are other indicators a reason speaks of, by position: their targets and results come last.

    Raises ``KeyError`` for any other cell and for a row the case does not have.
    """
    facts = _head(case)
    if match := REASON.match(path):
        index = int(match[1])
        if index >= len(case.indicators):
            raise KeyError(path)
        _row(facts, case, sheet, index)
        _money(facts, case, sheet)
    elif match := GOAL.match(path):
        index = int(match[1])
        if index >= len(case.goals):
            raise KeyError(path)
        facts.add(EXPECTED, case.goals[index].expected, f"goals[{index}].expected")
        _money(facts, case, sheet)
        for row in range(len(case.indicators)):
            _result(facts, case, sheet, row)
    else:
        raise KeyError(path)
    _notes(facts, case, path)
    for row in also:
        _result(facts, case, sheet, row, always=True)
    return facts.done()


def facts_of_narrative(case: Case, sheet: ScoreSheet) -> tuple[Fact, ...]:
    """Everything a narrative may cite, whether it was asked for or not: the form but its points and other texts."""
    facts = _head(case)
    _form(facts, case, sheet)
    _notes_and_totals(facts, case, sheet)
    return facts.done()


def _form(facts: Facts, case: Case, sheet: ScoreSheet) -> None:
    """The goals, the money in all its parts, and the result of every row with all that follows from it."""
    for index, goal in enumerate(case.goals):
        facts.add(EXPECTED, goal.expected, f"goals[{index}].expected")
    _money(facts, case, sheet)
    for index, fund in enumerate(case.funds):
        for label, text, cell in (
            ("年初预算数", fund.initial, "initial"),
            (BUDGET, fund.budget, "budget"),
            (EXECUTED, fund.executed, "executed"),
        ):
            amount = read_money(text, case.money_unit)
            if amount is not None and (cell == "initial" or index != case.total_funds_index):
                name = label if index == case.total_funds_index else f"{fund.label}（{label}）"
                shown = f"{plain(amount)}{case.money_unit}"
                facts.add(name, shown, f"funds[{index}].{cell}", amount=amount, unit=case.money_unit)
        if index != case.total_funds_index:
            add_unspent(facts, case, fund, index)
        add_adjustment(facts, case, fund, index)
        if index != case.total_funds_index:
            add_rate(facts, case, fund, index)
    for index in range(len(case.indicators)):
        _result(facts, case, sheet, index, always=True)
    _counts(facts, case, sheet)


def _notes_and_totals(facts: Facts, case: Case, sheet: ScoreSheet) -> None:
    """The points of the whole form, its grade, and what the user told beside it."""
    for label, total, path in (
        ("总分", read_number(case.total), "total"),
        ("总分值", read_number(case.total_weight) or sheet.total.weight, "total_weight"),
    ):
        if total is not None:
            facts.add(label, f"{plain(total)}分", path, amount=total, unit="分")
    facts.add(GRADE, sheet.grade, "grade")
    for note in case.notes:
        facts.add(note.question.strip() or NOTE, note.text, note.path, kind="note")


def all_facts(case: Case, sheet: ScoreSheet) -> tuple[Fact, ...]:
    """Everything the form says, for holding any text against it."""
    facts = _head(case)
    _form(facts, case, sheet)
    if case.total_funds is not None:
        _points(facts, case.total_funds, f"funds[{case.total_funds_index}]", f"{RATE}（{{}}）")
    for index, row in enumerate(case.indicators):
        _points(facts, row, f"indicators[{index}]", f"{row_name(row, index)}（{{}}）")
    _groups(facts, case)
    _notes_and_totals(facts, case, sheet)
    for index, person in enumerate(case.people):  # for holding texts against only: never part of a request
        facts.add(person.role, person.name, f"people[{index}].name")
        facts.add(f"{person.role}电话", person.phone, f"people[{index}].phone")
    drafted = {draft.path for draft in case.drafts if draft.source == "model" and draft.state in _TAKEN}
    for index, goal in enumerate(case.goals):
        path = f"goals[{index}].actual"
        facts.add("实际完成情况", goal.actual, path, kind="drafted" if path in drafted else "written")
    for index, row in enumerate(case.indicators):
        path = f"indicators[{index}].reason"
        kind = "drafted" if path in drafted else "written"
        facts.add("偏差原因分析及改进措施", row.reason, path, kind=kind)
    return facts.done()


def _groups(facts: Facts, case: Case) -> None:
    """Weights, scores and points lost of each 一级指标, of all indicators, and of the whole form."""
    groups: dict[str, list[Indicator]] = {"": list(case.indicators)}
    level = ""
    for row in case.indicators:
        level = _level(row.level1) or level
        if level:
            groups.setdefault(level, []).append(row)
    for name, rows in groups.items():
        weights, scores = ([read_number(getattr(row, cell)) for row in rows] for cell in ("weight", "score"))
        weight = sum((part for part in weights if part is not None), Decimal(0))
        score = sum((part for part in scores if part is not None), Decimal(0))
        known = None not in weights and None not in scores
        sums = ((WEIGHT, weight), (SCORE, score), (LOST, weight - score)) if known else ()
        for label, amount in sums:
            if amount > 0:
                shown = f"{name or '绩效指标'}（{label}）"
                facts.add(
                    shown,
                    f"{plain(amount)}分",
                    "",
                    amount=amount,
                    unit="分",
                    formula="各行相加",
                    kind="derived",
                )
    total, full = read_number(case.total), read_number(case.total_weight)
    if total is not None and full is not None and total < full:
        formula = f"{plain(full)} - {plain(total)}"
        facts.add(
            f"总{LOST}",
            f"{plain(full - total)}分",
            "",
            amount=full - total,
            unit="分",
            formula=formula,
            kind="derived",
        )


def _counts(facts: Facts, case: Case, sheet: ScoreSheet) -> None:
    """How many rows there are, in all and of each kind, and how many reached their targets where every row says."""
    lines = [sheet.line(f"indicators[{index}]") for index in range(len(case.indicators))]
    groups: dict[str, list[Verdict]] = {}
    level1 = level2 = ""
    for row, line in zip(case.indicators, lines, strict=True):
        level1, level2 = _level(row.level1) or level1, _level(row.level2) or level2
        for name in ("", *dict.fromkeys(filter(None, (level1, level2)))):
            groups.setdefault(name, []).append(line.verdict if line is not None else Verdict.UNKNOWN)
    for name, verdicts in groups.items():
        counts = {"指标数量": len(verdicts)}
        if all(verdict not in {Verdict.UNDECIDED, Verdict.UNKNOWN} for verdict in verdicts):
            met = verdicts.count(Verdict.MET)
            counts |= {"完成的指标数量": met, "未完成的指标数量": len(verdicts) - met}
        for label, count in counts.items():
            if count:
                shown = f"{name}（{label}）" if name else label
                facts.add(shown, f"{count}项", "indicators", amount=Decimal(count), unit="项")


def _level(text: str) -> str:
    """一级指标 or 二级指标 as a text names it."""
    return _FURNITURE.sub("", re.sub(r"\s+|[（(].*", "", text))


def _head(case: Case) -> Facts:
    facts = Facts()
    facts.add(PROJECT, case.project, "project")
    if case.year is not None:
        facts.add("预算年度", f"{case.year}年", "year", amount=Decimal(case.year), unit="年")
        facts.add("下一年度", f"{case.year + 1}年", formula=f"{case.year} + 1", kind="derived")
    facts.add("主管部门", case.department, "department")
    facts.add("实施单位", case.unit, "unit")
    return facts


def row_name(row: Indicator, index: int) -> str:
    """The 三级指标 as prose can use it, or the row's number where it has none.

    Stars, ``指标1：`` and blanks left in brackets (``(≥**人)``) are the form's furniture, not the name.
    """
    name = _FURNITURE.sub("", re.sub(r"\s+", "", row.level3))
    return name or f"第{index + 1}行指标"


def _row(facts: Facts, case: Case, sheet: ScoreSheet, index: int) -> None:
    """The one row a reason is about, with all that follows from it."""
    row, path = case.indicators[index], f"indicators[{index}]"
    line = sheet.line(path)
    facts.add("指标名称", row_name(row, index), f"{path}.level3")
    facts.add("二级指标", row.level2, f"{path}.level2")
    _target(facts, TARGET, row, line, path)
    _actual(facts, ACTUAL, row, line, path)
    if line is not None:
        add_derived(facts, line, path)
    _points(facts, row, path)
    facts.add(EVIDENCE, row.evidence, f"{path}.evidence")


def _points(facts: Facts, row: Indicator | FundRow, path: str, label: str = "{}") -> None:
    """Weight, score and what was lost, of one row."""
    weight, score = read_number(row.weight), read_number(row.score)
    if weight is not None:
        facts.add(label.format(WEIGHT), f"{plain(weight)}分", f"{path}.weight", amount=weight, unit="分")
    if score is not None:
        facts.add(label.format(SCORE), f"{plain(score)}分", f"{path}.score", amount=score, unit="分")
    if weight is not None and score is not None and score < weight:
        facts.add(
            label.format(LOST),
            f"{plain(weight - score)}分",
            path,
            amount=weight - score,
            unit="分",
            formula=f"{plain(weight)} - {plain(score)}",
            kind="derived",
        )


def _result(facts: Facts, case: Case, sheet: ScoreSheet, index: int, *, always: bool = False) -> None:
    """One row as a result for the narrative: the actual under the indicator's name, then its target and ratio."""
    row, path = case.indicators[index], f"indicators[{index}]"
    line, name = sheet.line(path), row_name(row, index)
    _actual(facts, name, row, line, path)
    _target(facts, f"{name}（{TARGET}）", row, line, path)
    facts.add(
        f"{name}（年初{TARGET}）", str((row.model_extra or {}).get("initial_target") or ""), f"{path}.target"
    )
    if line is not None and (always or line.verdict is Verdict.SHORT):
        add_derived(facts, line, path, f"{name}（{{}}）", every=always)
    facts.add(f"{name}（{EVIDENCE}）", row.evidence, f"{path}.evidence")


def _target(facts: Facts, label: str, row: Indicator, line: ScoreLine | None, path: str) -> None:
    amount, unit = _amount(line.target if line else None), unit_of_target(row, line)
    facts.add(
        label,
        told_target(row, line),
        f"{path}.target",
        amount=amount,
        unit=unit if amount is not None else "",
    )


def _actual(facts: Facts, label: str, row: Indicator, line: ScoreLine | None, path: str) -> None:
    amount, unit = _amount(line.actual if line else None), unit_of_actual(row, line)
    told = told_actual(row, line)
    facts.add(label, told, f"{path}.actual", amount=amount, unit=unit if amount is not None else "")
    add_rests(facts, told, path, f"{label}（{{}}）")


def _amount(value: Value | None) -> Decimal | None:
    return value.amount if value is not None and value.kind is Kind.QUANTITY else None


def _money(facts: Facts, case: Case, sheet: ScoreSheet) -> None:
    """Budget, executed, rate and what was not executed, of the row 年度资金总额."""
    row, unit = case.total_funds, case.money_unit
    if row is None:
        return
    budget, executed = read_money(row.budget, unit), read_money(row.executed, unit)
    for label, amount, cell in ((BUDGET, budget, "budget"), (EXECUTED, executed, "executed")):
        if amount is not None:
            facts.add(label, f"{plain(amount)}{unit}", f"funds.total.{cell}", amount=amount, unit=unit)
    if budget is None or executed is None or budget <= 0:
        return
    line = sheet.line("funds.total")
    rate = quotient(executed, budget)
    facts.add(
        RATE,
        line.rate if line is not None and line.rate else percent(rate),
        "funds.total",
        amount=rounded(rate * HUNDRED),
        unit="%",
        formula=f"{plain(executed)} ÷ {plain(budget)}",
        kind="derived",
    )
    if executed < budget:
        facts.add(
            UNSPENT,
            f"{plain(budget - executed)}{unit}",
            "funds.total",
            amount=budget - executed,
            unit=unit,
            formula=f"{plain(budget)} - {plain(executed)}",
            kind="derived",
        )
        facts.add(
            UNSPENT_SHARE,
            percent(quotient(budget - executed, budget)),
            "funds.total",
            amount=rounded(quotient(budget - executed, budget) * HUNDRED),
            unit="%",
            formula=f"{plain(budget - executed)} ÷ {plain(budget)}",
            kind="derived",
        )


def _notes(facts: Facts, case: Case, path: str) -> None:
    """What the user told of this cell, its row, or (for any cell) of the money."""
    row = path.rpartition(".")[0]
    for note in case.notes:
        if note.path in {path, row, "funds.total"} and note.text.strip():
            facts.add(note.question.strip() or NOTE, note.text, note.path, kind="note")
