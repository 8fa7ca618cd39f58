"""Puts a report together: seven sections of template text, tables and charts, every passage with the facts it rests on."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from assistant.domain.amounts import percent, plain
from assistant.drafting import labels as f
from assistant.drafting.drafter import Fact
from assistant.drafting.labels import by_label
from assistant.drafting.privacy import masks_for
from assistant.reporting import many_projects, one_project
from assistant.reporting.charts import Chart, Series
from assistant.reporting.document import TITLE, Block, Heading, Passage, Section, SelfReport, Table, chinese
from assistant.reporting.facts import areas, project_facts, unit_facts
from assistant.reporting.pictures import grade_chart, rate_chart, score_chart
from assistant.reporting.subject import Project, Subject
from assistant.values.numbers import read_money, read_number

_TITLES = (
    "自评组织开展情况",
    "预算执行情况",
    "绩效指标完成情况",
    "存在的问题",
    "改进措施",
    "下一步安排",
)
_REPEATING = frozenset({"problems", "measures", "plans"})
_NO_PLAN = "【待补充：下一步工作安排，以及自评结果如何用于下年度预算和目标申报】。"
_NO_PROBLEM = "核对中没有发现未完成的指标和需要说明的偏差。【待补充：自评中发现的其他问题】。"
_NO_MEASURE = "【待补充：改进措施】。"


def self_report(subject: Subject) -> SelfReport:
    """The report on *subject* from the template alone."""
    parts = _one(subject.projects[0]) if len(subject.projects) == 1 else _many(subject)
    titles = ("项目概况" if len(subject.projects) == 1 else "部门（单位）概况", *_TITLES)
    sections = tuple(Section(title, tuple(blocks)) for title, blocks in zip(titles, parts, strict=True))
    remarks = () if subject.public else tuple(f"没有读成：{one.told}" for one in subject.unread)
    return SelfReport(_title(subject), sections, remarks)


def _title(subject: Subject) -> str:
    whose = subject.units[0] if len(subject.units) == 1 and not subject.units[0].startswith("（") else ""
    year = f"{subject.years[0]}年度" if len(subject.years) == 1 else ""
    return f"{whose}{year}项目支出{TITLE}"


def _one(project: Project) -> list[list[Block]]:
    facts, masks = project_facts(project), masks_for(project.case)

    def passage(key: str, text: str) -> Passage:
        return Passage(key, text, _for(key, facts), masks=masks)

    return [
        [passage("overview", one_project.overview(project, facts))],
        [passage("organisation", one_project.organisation(project, facts))],
        [passage("execution", one_project.execution(project, facts)), *_funds(project, facts)],
        [passage("indicators", one_project.indicators(project, facts)), *_areas(project, facts)],
        [passage("problems", _listed(one_project.problems(project)) or _NO_PROBLEM)],
        [passage("measures", _listed(one_project.measures(project)) or _NO_MEASURE)],
        [passage("plans", _listed(one_project.plans(project)) or _NO_PLAN)],
    ]


def _many(subject: Subject) -> list[list[Block]]:
    facts, results = unit_facts(subject), [one.result for one in subject.projects]
    own = [project_facts(project) for project in subject.projects]
    masks = tuple(mask for one in subject.projects for mask in masks_for(one.case))

    def passage(key: str, text: str) -> Passage:
        return Passage(key, text, facts, masks=masks)

    def each(key: str, words: Callable[[Project, tuple[Fact, ...]], str], otherwise: str) -> list[Block]:
        """A heading and a passage for every project that has something to say here."""
        blocks: list[Block] = []
        for at, project in enumerate(subject.projects):
            if text := words(project, own[at]):
                blocks.append(Heading(f"（{chinese(len(blocks) // 2 + 1)}）{project.name}"))
                blocks.append(
                    Passage(f"{key}[{at}]", text, _for(key, own[at]), masks=masks_for(project.case))
                )
        return blocks or [passage(key, otherwise)]

    return [
        [passage("overview", many_projects.overview(subject, facts)), _projects(subject, facts)],
        [passage("organisation", many_projects.organisation(subject, facts))],
        [passage("execution", many_projects.execution(subject, facts)), rate_chart(results)],
        [
            passage("indicators", many_projects.indicators(subject, facts)),
            score_chart(results),
            grade_chart(subject.grades),
            *each("indicators", one_project.indicators, ""),
        ],
        each("problems", lambda one, _: _listed(one_project.problems(one)), _NO_PROBLEM),
        each("measures", lambda one, _: _listed(one_project.measures(one)), _NO_MEASURE),
        each("plans", lambda one, _: _listed(one_project.plans(one)), _NO_PLAN),
    ]


def _for(key: str, facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """What the passage *key* rests on: only where texts of the form are repeated do they count."""
    if key in _REPEATING:
        return facts
    return tuple(fact for fact in facts if fact.kind not in {"written", "drafted", "note"})


def _listed(items: list[str]) -> str:
    """One item bare, several as 1. 2. 3."""
    if len(items) < 2:
        return "".join(items)
    return "\n".join(f"{number}. {item}" for number, item in enumerate(items, 1))


def _funds(project: Project, facts: tuple[Fact, ...]) -> list[Block]:
    """The money rows that have a figure, and budget beside executed as bars."""
    case = project.case
    rows, names, amounts = [], [], []
    for at, fund in enumerate(case.funds):
        money = [read_money(text, case.money_unit) for text in (fund.initial, fund.budget, fund.executed)]
        if all(one is None for one in money):
            continue
        shown = ["—" if one is None else plain(one) for one in money]
        label = "".join(fund.label.split())
        rate = by_label(facts)(f.RATE) if at == case.total_funds_index else fund.rate.strip()
        rows.append((label, *shown, rate or "—"))
        names.append(label)
        amounts.append(money)
    if not rows:
        return []
    unit = case.money_unit
    columns = (
        "资金来源",
        f"年初预算数（{unit}）",
        f"全年预算数（{unit}）",
        f"全年执行数（{unit}）",
        "执行率",
    )
    series = (
        Series("全年预算数", tuple(one[1] for one in amounts)),
        Series("全年执行数", tuple(one[2] for one in amounts)),
    )
    return [Table(columns, tuple(rows), facts), Chart("funds", f"预算与执行（{unit}）", tuple(names), series)]


def _areas(project: Project, facts: tuple[Fact, ...]) -> list[Block]:
    """得分 beside 分值 of the money and of each 一级指标."""
    inside = [(one.name, one.weight, one.score) for one in areas(project)]
    funds = project.case.total_funds
    weight = None if funds is None else read_number(funds.weight)
    if funds is not None and weight is not None:
        inside.insert(0, ("预算执行率", weight, read_number(funds.score)))
    if not inside:
        return []
    rows = tuple((name, plain(whole), "—" if got is None else plain(got)) for name, whole, got in inside)
    series = (
        Series("分值", tuple(whole for _, whole, _ in inside)),
        Series("得分", tuple(got for _, _, got in inside)),
    )
    chart = Chart("areas", "各部分得分与分值（分）", tuple(name for name, _, _ in inside), series)
    return [Table(("一级指标", "分值（分）", "得分（分）"), rows, facts), chart]


def _projects(subject: Subject, facts: tuple[Fact, ...]) -> Table:
    columns = ("项目", "全年预算数（万元）", "全年执行数（万元）", "执行率", "自评得分", "等级")
    rows = [
        (
            one.name,
            _amount(one.result.budget),
            _amount(one.result.executed),
            "—" if one.result.rate is None else percent(one.result.rate),
            _amount(one.result.entered),
            one.grade,
        )
        for one in subject.projects
    ]
    sums = subject.totals
    rate = "—" if sums.rate is None else percent(sums.rate)
    rows.append(("合计", plain(sums.budget), plain(sums.executed), rate, "—", "—"))
    return Table(columns, tuple(rows), facts)


def _amount(amount: Decimal | None) -> str:
    return "—" if amount is None else plain(amount)
