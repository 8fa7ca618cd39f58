"""What a report may say: the facts of each form, what is counted over its rows, and sums over the projects."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from assistant.domain.amounts import HUNDRED, ZERO, percent, plain, rounded
from assistant.domain.findings import Finding, Severity
from assistant.drafting import labels as f
from assistant.drafting.drafter import Fact
from assistant.drafting.facts import all_facts
from assistant.drafting.labels import Facts
from assistant.reporting.subject import Project, Subject
from assistant.scoring.arithmetic import product
from assistant.values.numbers import read_number

WAN = "万元"
MOST_FINDINGS = 5
_BRACKETS = re.compile(r"[（(][^（()）]*[）)]|[（(].*$")
_OPENINGS = ("产出", "效益", "满意度", "成本")


@dataclass(frozen=True, slots=True)
class Area:
    """A 一级指标 with its rows. ``score`` is ``None`` while a row has no score."""

    name: str
    rows: tuple[int, ...]
    weight: Decimal
    score: Decimal | None


def areas(project: Project) -> tuple[Area, ...]:
    """The 一级指标 in the form's order; a row without one belongs to the one above it."""
    rows: dict[str, list[int]] = {}
    name = "绩效指标"
    for at in project.rows:
        level1 = _BRACKETS.sub("", "".join(project.case.indicators[at].level1.split()))
        if level1:
            name = level1 if "指标" in level1 else f"{level1}类指标"
            name = next((f"{one}指标" for one in _OPENINGS if one in level1), name)
        rows.setdefault(name, []).append(at)
    return tuple(_area(project, name, tuple(inside)) for name, inside in rows.items())


def _area(project: Project, name: str, rows: tuple[int, ...]) -> Area:
    cells = [project.case.indicators[at] for at in rows]
    weights = [read_number(cell.weight) for cell in cells]
    scores = [read_number(cell.score) for cell in cells if not _is_joined(cell.weight, cell.score)]
    whole = None if None in scores else sum((one for one in scores if one is not None), ZERO)
    return Area(name, rows, sum((one for one in weights if one is not None), ZERO), whole)


def _is_joined(weight: str, score: str) -> bool:
    """A row whose weight and score stand in the merged cell of the row above."""
    return not weight.strip() and not score.strip()


def project_facts(project: Project) -> tuple[Fact, ...]:
    """Everything the form says, but for people; what its rows come to; what the checks found."""
    facts = Facts()
    _take(facts, (one for one in all_facts(project.case, project.sheet) if not one.path.startswith("people")))
    facts.add("评分规则", project.profile.label, "profile")
    facts.add("评价依据", project.profile.basis, "basis")
    for label, rows in (
        ("绩效指标数量", project.rows),
        ("完成的绩效指标数量", project.done),
        ("未完成的绩效指标数量", project.undone),
        ("待确认的绩效指标数量", project.unclear),
    ):
        _count(facts, label, len(rows), "项")
    for area in areas(project):
        _count(facts, f"{area.name}数量", len(area.rows), "项")
        done = sum(at in project.done for at in area.rows)
        _count(facts, f"{area.name}完成数量", done, "项")
        _points(facts, f"{area.name}（{f.WEIGHT}）", area.weight, "weight")
        if area.score is not None:
            _points(facts, f"{area.name}（{f.SCORE}）", area.score, "score")
    _grade(facts, project)
    findings = serious(project)
    _count(facts, "检查发现的错误数量", len(findings), "处", path="")
    for finding in findings[:MOST_FINDINGS]:
        facts.add("检查发现", finding.message, finding.path, kind="written")
    return facts.done()


def serious(project: Project) -> list[Finding]:
    """The errors the checks found."""
    return [finding for finding in project.findings.findings if finding.severity is Severity.ERROR]


def _grade(facts: Facts, project: Project) -> None:
    total = project.result.entered
    if total is not None:
        facts.add("自评总分", f"{plain(total)}分", "total", amount=total, unit="分")
    facts.add("自评等级", project.grade, "grade")


def unit_facts(subject: Subject) -> tuple[Fact, ...]:
    """Sums over all projects, and of each its name, money, rate, score and grade. Money in 万元."""
    facts, sums = Facts(), subject.totals
    for unit in subject.units:
        facts.add("实施单位", unit, "unit")
    for year in subject.years:
        facts.add("预算年度", f"{year}年", "year", amount=Decimal(year), unit="年")
        facts.add("下一年度", f"{year + 1}年", formula=f"{year} + 1", kind="derived")
    _count(facts, "项目数量", sums.forms, "个", path="")
    _count(facts, "单位数量", len(subject.units), "个", path="")
    _count(facts, "没有读成的文件数量", len(subject.unread), "份", path="")
    _money(facts, "全年预算数合计", sums.budget, "funds.total.budget")
    _money(facts, "全年执行数合计", sums.executed, "funds.total.executed")
    if sums.rate is not None:
        _rate(facts, f.RATE, sums.rate, "funds.total")
    if sums.average is not None:
        facts.add("平均自评得分", f"{plain(sums.average)}分", "", amount=sums.average, unit="分")
    for grade, count in subject.grades.items():
        _count(facts, f"等级为{grade}的项目数量", count, "个", path="")
    _count(facts, "缺预算数或执行数的项目数量", sums.without_money, "个", path="")
    _count(facts, "没有自评得分的项目数量", sums.without_score, "个", path="")
    counted = {
        "绩效指标数量": sum(len(one.rows) for one in subject.projects),
        "完成的绩效指标数量": sum(len(one.done) for one in subject.projects),
        "未完成的绩效指标数量": sum(len(one.undone) for one in subject.projects),
        "待确认的绩效指标数量": sum(len(one.unclear) for one in subject.projects),
    }
    for label, count in counted.items():
        _count(facts, label, count, "项")
    _count(facts, "执行率偏低的项目数量", len(badly_executed(subject)), "个", path="")
    _count(facts, "有未完成指标的项目数量", sum(bool(one.undone) for one in subject.projects), "个", path="")
    for label, basis in dict.fromkeys((one.profile.label, one.profile.basis) for one in subject.projects):
        facts.add("评分规则", label, "profile")
        facts.add("评价依据", basis, "basis")
    for at, project in enumerate(subject.projects):
        _project(facts, project, f"projects[{at}]")
    return facts.done()


def badly_executed(subject: Subject) -> tuple[Project, ...]:
    """The projects whose rate is below what their rules want explained."""
    return tuple(
        one
        for one in subject.projects
        if one.result.rate is not None
        and one.sheet.explain_below is not None
        and one.result.rate < one.sheet.explain_below
    )


def _project(facts: Facts, project: Project, path: str) -> None:
    result, name = project.result, project.name
    facts.add(f.PROJECT, name, f"{path}.project")
    if result.budget is not None:
        _money(facts, f"{name}（{f.BUDGET}）", result.budget, f"{path}.budget")
    if result.executed is not None:
        _money(facts, f"{name}（{f.EXECUTED}）", result.executed, f"{path}.executed")
    if result.rate is not None:
        _rate(facts, f"{name}（{f.RATE}）", result.rate, f"{path}.rate")
    if result.entered is not None:
        facts.add(
            f"{name}（{f.SCORE}）",
            f"{plain(result.entered)}分",
            f"{path}.score",
            amount=result.entered,
            unit="分",
        )
    facts.add(f"{name}（等级）", project.grade, f"{path}.grade")


def _take(facts: Facts, others: Iterable[Fact]) -> None:
    for one in others:
        facts.add(
            one.label,
            one.text,
            one.path,
            amount=one.amount,
            unit=one.unit,
            formula=one.formula,
            kind=one.kind,
        )


def _count(facts: Facts, label: str, count: int, unit: str, *, path: str = "indicators") -> None:
    facts.add(label, f"{count}{unit}", path, amount=Decimal(count), unit=unit)


def _money(facts: Facts, label: str, amount: Decimal, path: str) -> None:
    facts.add(label, f"{plain(amount)}{WAN}", path, amount=amount, unit=WAN)


def _points(facts: Facts, label: str, amount: Decimal, cell: str) -> None:
    facts.add(label, f"{plain(amount)}分", f"areas.{cell}", amount=amount, unit="分")


def _rate(facts: Facts, label: str, rate: Decimal, path: str) -> None:
    amount = rounded(product(rate, HUNDRED))
    facts.add(label, percent(rate), path, amount=amount, unit="%", kind="derived")
