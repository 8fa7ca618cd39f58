"""The template's words for one project: what the form says and what follows from it, nothing else.

Who organised the self-evaluation, why the project was set up, a cause or a measure nobody gave: 【待补充：…】.
"""

from __future__ import annotations

from decimal import Decimal

from assistant.domain.amounts import ZERO, plain
from assistant.drafting import labels as f
from assistant.drafting.deviations import Deviation, cost_row, deviation, is_badly_executed
from assistant.drafting.drafter import Fact
from assistant.drafting.facts import row_name
from assistant.drafting.labels import by_label
from assistant.drafting.templates import quoted, verb
from assistant.drafting.told import in_prose, told_actual, told_target
from assistant.reporting.facts import MOST_FINDINGS, Area, areas, serious
from assistant.reporting.subject import Project
from assistant.reporting.told import told_of
from assistant.season.summary import NO_GRADE
from assistant.values.numbers import read_number

MOST_NAMED = 3
"""How many of the best and of the worst rows are named."""

_NO_TARGET = frozenset({"-", "－", "—", "——", "–", "一", "/", "／", "无"})
"""What stands in a cell of targets that has none; 一 is a dash typed from a Chinese keyboard."""


def overview(project: Project, facts: tuple[Fact, ...]) -> str:
    """项目概况: what it is, its money, its goals."""
    case, fact = project.case, by_label(facts)
    name = in_prose(case.project) or "【待补充：项目名称】"
    year = f"{case.year}年度" if case.year is not None else "【待补充：预算年度】"
    owner = f"由{case.department}主管、" if case.department.strip() else ""
    unit = f"{case.unit}实施" if case.unit.strip() else "【待补充：实施单位】实施"
    money = f"，全年预算数{fact(f.BUDGET)}" if fact(f.BUDGET) else "，【待补充：全年预算数】"
    lines = [f"{name}为{year}项目，{owner}{unit}{money}。【待补充：立项依据和项目背景】。"]
    goals = [goal.expected.strip() for goal in case.goals if goal.expected.strip()]
    for goal in goals:
        lines.append("年度总体目标：")
        lines += [line.strip() for line in goal.splitlines() if line.strip()]
    if not goals:
        lines.append("【待补充：年度总体目标】。")
    return "\n".join(lines)


def organisation(project: Project, facts: tuple[Fact, ...]) -> str:
    """自评组织开展情况: the rules and what was gone through; who did it only the user knows."""
    fact = by_label(facts)
    return (
        f"本次自评依据{project.profile.basis}，评分规则为“{project.profile.label}”。"
        f"对照年度绩效目标，逐项核对绩效指标{fact('绩效指标数量')}，并核对预算执行情况。\n"
        "【待补充：自评由哪个部门牵头、哪些部门参加、何时开展、如何收集和核实数据】。"
    )


def execution(project: Project, facts: tuple[Fact, ...]) -> str:
    """预算执行情况: the row 年度资金总额, and why money was left where it was much."""
    fact = by_label(facts)
    if not fact(f.BUDGET) or not fact(f.EXECUTED):
        return "【待补充：全年预算数和全年执行数】。"
    initial = f"年初预算数{fact('年初预算数')}，" if fact("年初预算数") else ""
    unspent = f"，未执行{fact(f.UNSPENT)}" if fact(f.UNSPENT) else ""
    rate = f"，预算执行率{fact(f.RATE)}" if fact(f.RATE) else ""
    lines = [f"{initial}全年预算数{fact(f.BUDGET)}，全年执行数{fact(f.EXECUTED)}{rate}{unspent}。"]
    weight, score = (fact(f"{f.RATE}（{word}）") for word in (f.WEIGHT, f.SCORE))
    if weight and score:
        lines[0] += f"预算执行率分值{weight}，自评得分{score}。"
    if is_badly_executed(project.sheet):
        lines.append("预算执行率偏低，已列入存在的问题。")
    return "\n".join(lines)


def _money_cause(project: Project) -> str:
    paths = ["funds.total"]
    if (at := cost_row(project.case)) is not None:
        paths.append(f"indicators[{at}].reason")
    return told_of(project.case, *paths).cause or "【待补充：资金未全部支出的原因】。"


def indicators(project: Project, facts: tuple[Fact, ...]) -> str:
    """绩效指标完成情况: how many, the score, then 产出, 效益, 满意度, then best, worst and undone rows."""
    fact = by_label(facts)
    if not project.rows:
        return "【待补充：绩效指标及完成情况】。"
    counts = f"共设绩效指标{fact('绩效指标数量')}，完成{fact('完成的绩效指标数量')}"
    counts += f"，未完成{fact('未完成的绩效指标数量')}" if project.undone else ""
    counts += f"，尚待填写或评定{fact('待确认的绩效指标数量')}" if project.unclear else ""
    total = f"自评总分{fact('自评总分')}" if fact("自评总分") else "【待补充：自评总分】"
    grade = f"，等级为{project.grade}" if project.grade != NO_GRADE else "，等级未定"
    lines = [f"{counts}。{total}{grade}。"]
    lines += [_area(project, area) for area in areas(project)]
    if best := _best(project):
        lines.append("完成较好的指标：")
        lines += [f"{row_words(project, at)}。" for at in best]
    if worst := _worst(project):
        lines.append("失分较多的指标：")
        lines += [f"{_lost(project, at)}（{values(project, at)}）。" for at in worst]
    if project.undone:
        lines.append("未完成的指标：")
        lines += [f"{row_words(project, at)}。" for at in project.undone]
    elif not project.unclear:
        lines.append("没有未完成的指标。")
    return "\n".join(lines)


def _area(project: Project, area: Area) -> str:
    count = f"{area.name}{len(area.rows)}项"
    done = sum(at in project.done for at in area.rows)
    points = f"，分值{plain(area.weight)}分" if area.weight else ""
    points += f"，自评得分{plain(area.score)}分" if area.score is not None and points else ""
    return f"{count}，完成{done}项{points}。"


def problems(project: Project) -> list[str]:
    """存在的问题: money left, rows not reached or with points lost, errors still in the form."""
    found = []
    if is_badly_executed(project.sheet):
        found.append(f"预算执行率偏低。{_money_cause(project)}")
    for at in _troubled(project):
        cause = told_of(project.case, f"indicators[{at}].reason").cause
        words = f"{row_words(project, at)}，{_deviates(project, at)}。"
        words = "" if _says_it_all(project, at, cause) else words
        name = row_name(project.case.indicators[at], at)
        head = "" if words else f"{name}："
        found.append(f"{head}{words}{cause or f'【待补充：“{name}”的具体原因】。'}")
    errors = serious(project)
    if errors:
        found.append(f"自评表填报还有{len(errors)}处错误没有改正：")
        found[-1] += "；".join(error.message.rstrip("。") for error in errors[:MOST_FINDINGS])
        found[-1] += "等。" if len(errors) > MOST_FINDINGS else "。"
    return found


def measures(project: Project) -> list[str]:
    """改进措施: what the user said will be done about each problem."""
    found = []
    if is_badly_executed(project.sheet):
        said = told_of(project.case, *_money_paths(project))
        if not said.plan or said.measure:
            found.append(said.measure or "【待补充：提高预算执行率的措施，写明责任部门、时限和做法】。")
    for at in _troubled(project):
        said = told_of(project.case, f"indicators[{at}].reason")
        name = row_name(project.case.indicators[at], at)
        if said.measure:
            found.append(f"{name}：{said.measure}")
        elif not said.plan:
            what = (
                "下年度指标值如何设定" if _is_far_over(project, at) else "改进措施，写明责任部门、时限和做法"
            )
            found.append(f"【待补充：“{name}”的{what}】。")
    return list(dict.fromkeys(found))


def plans(project: Project) -> list[str]:
    """下一步安排: only what the user said of the coming year."""
    paths = _money_paths(project)
    paths += [f"indicators[{at}].reason" for at in project.rows]
    paths += [f"goals[{at}].actual" for at in range(len(project.case.goals))]
    said = [told_of(project.case, path).plan for path in paths]
    return list(dict.fromkeys(filter(None, said)))


def _money_paths(project: Project) -> list[str]:
    at = cost_row(project.case)
    return ["funds.total"] + ([] if at is None else [f"indicators[{at}].reason"])


def _troubled(project: Project) -> list[int]:
    """The rows to explain; the cost row's words on unspent money are told with the money."""
    money = cost_row(project.case) if is_badly_executed(project.sheet) else None
    return [at for at in project.to_explain if at != money or at in project.undone]


def _deviates(project: Project, at: int) -> str:
    """What is the matter with a row, in a few words."""
    kind = deviation(project.case, project.sheet, f"indicators[{at}].reason")
    return "得分低于分值" if kind in {Deviation.MET, Deviation.OPEN} else kind.label


def _is_far_over(project: Project, at: int) -> bool:
    return deviation(project.case, project.sheet, f"indicators[{at}].reason") is Deviation.FAR_OVER


def _says_it_all(project: Project, at: int, cause: str) -> bool:
    actual = told_actual(project.case.indicators[at], project.line(at))
    return bool(actual) and actual in cause


def row_words(project: Project, at: int) -> str:
    """A row with target and result: ``实验室满意度：指标值为≥85%，实际为93%``."""
    return f"{row_name(project.case.indicators[at], at)}：{values(project, at)}"


def values(project: Project, at: int) -> str:
    """Target and result of a row: ``指标值为≥85%，实际为93%``."""
    row, line = project.case.indicators[at], project.line(at)
    target = quoted(told_target(row, line), line.target if line else None)
    actual = quoted(told_actual(row, line), line.actual if line else None)
    wanted = f"指标值为{target}" if target else "【待补充：年度指标值】"
    result = f"实际{verb(line)}{actual}" if actual else "【待补充：实际完成值】"
    return f"{wanted}，{result}"


def _points(project: Project, at: int) -> tuple[Decimal, Decimal] | None:
    """Weight and score of a row; ``None`` where one is unknown."""
    row = project.case.indicators[at]
    weight, score = read_number(row.weight), read_number(row.score)
    return None if weight is None or score is None else (weight, score)


def _loss(project: Project, at: int) -> Decimal:
    points = _points(project, at)
    return ZERO if points is None else points[0] - points[1]


def _lost(project: Project, at: int) -> str:
    """The name directly before its figure, so that nobody takes the points for another row's."""
    weight, score = _points(project, at) or (ZERO, ZERO)
    name = row_name(project.case.indicators[at], at)
    return f"{name}扣{plain(weight - score)}分，分值{plain(weight)}分，自评得分{plain(score)}分"


def _best(project: Project) -> list[int]:
    """Rows done with full points, the weightiest first; one whose target is a dash has nothing to be told by."""
    full = [
        (points[0], at)
        for at in project.done
        if project.case.indicators[at].target.strip() not in _NO_TARGET
        and (points := _points(project, at))
        and points[0] == points[1]
    ]
    return [at for _, at in sorted(full, key=lambda one: (-one[0], one[1]))[:MOST_NAMED]]


def _worst(project: Project) -> list[int]:
    """Rows that lost points, the greatest loss first."""
    lost = [at for at in project.rows if _loss(project, at) > ZERO]
    return sorted(lost, key=lambda at: (-_loss(project, at), at))[:MOST_NAMED]
