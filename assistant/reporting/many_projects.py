"""The template's words for all projects of a folder together: sums, extremes, how the grades are spread."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from assistant.domain.amounts import ZERO, percent, plain
from assistant.drafting import labels as f
from assistant.drafting.drafter import Fact
from assistant.drafting.labels import by_label
from assistant.reporting.facts import badly_executed
from assistant.reporting.subject import Project, Subject


def overview(subject: Subject, facts: tuple[Fact, ...]) -> str:
    """部门概况: how many projects of which units, and their money."""
    fact = by_label(facts)
    year = (
        "、".join(f"{year}年" for year in subject.years) + "度" if subject.years else "【待补充：预算年度】"
    )
    whose = f"{subject.units[0]}" if len(subject.units) == 1 else f"{fact('单位数量')}单位"
    missing = fact("缺预算数或执行数的项目数量") if subject.totals.without_money else ""
    lines = [
        (
            f"{whose}{year}纳入自评的项目共{fact('项目数量')}，全年预算数合计{fact('全年预算数合计')}，"
            f"全年执行数合计{fact('全年执行数合计')}。【待补充：部门职能和年度重点工作】。"
        )
    ]
    if missing:
        lines.append(f"其中{missing}项目没有可用的预算数或执行数，没有计入预算执行率。")
    return "\n".join(lines)


def organisation(subject: Subject, facts: tuple[Fact, ...]) -> str:
    """自评组织开展情况: the rules, and how much was gone through."""
    fact = by_label(facts)
    bases = dict.fromkeys(one.profile.basis for one in subject.projects)
    labels = dict.fromkeys(one.profile.label for one in subject.projects)
    unread = f"另有{fact('没有读成的文件数量')}文件没有读成，未纳入本报告。" if subject.unread else ""
    return (
        f"本次自评依据{'；'.join(bases)}，评分规则为{'、'.join(f'“{label}”' for label in labels)}。"
        f"{fact('项目数量')}项目逐项核对绩效指标共{fact('绩效指标数量')}，并核对各项目预算执行情况。{unread}\n"
        "【待补充：自评由哪个部门牵头、哪些部门参加、何时开展、如何收集和核实数据】。"
    )


def execution(subject: Subject, facts: tuple[Fact, ...]) -> str:
    """预算执行情况: sums, the highest and lowest rate, how many are low."""
    fact = by_label(facts)
    rate = f"，预算执行率{fact(f.RATE)}" if fact(f.RATE) else ""
    lines = [f"全年预算数合计{fact('全年预算数合计')}，全年执行数合计{fact('全年执行数合计')}{rate}。"]
    rated = [one for one in subject.projects if one.result.rate is not None]
    lines += _extremes(rated, _rate, lambda one: percent(_rate(one)), "预算执行率")
    low = badly_executed(subject)
    if low:
        names = "、".join(f"“{one.name}”" for one in low)
        lines.append(f"预算执行率偏低、需要说明原因的项目{fact('执行率偏低的项目数量')}：{names}。")
    return "\n".join(lines)


def indicators(subject: Subject, facts: tuple[Fact, ...]) -> str:
    """绩效指标完成情况: grades, average, best and worst project, how many indicators are done."""
    fact = by_label(facts)
    grades = "，".join(f"{grade}{fact(f'等级为{grade}的项目数量')}" for grade in subject.grades)
    average = f"平均自评得分{fact('平均自评得分')}。" if fact("平均自评得分") else ""
    if average and subject.totals.without_score:
        average += f"另有{fact('没有自评得分的项目数量')}项目没有自评得分，没有计入平均分。"
    lines = [f"按自评得分定等级：{grades}。{average}"]
    scored = [one for one in subject.projects if one.result.entered is not None]
    lines += _extremes(scored, _score, lambda one: f"{plain(_score(one))}分", "自评得分")
    counts = f"各项目共设绩效指标{fact('绩效指标数量')}，完成{fact('完成的绩效指标数量')}"
    if any(one.undone for one in subject.projects):
        counts += f"，未完成{fact('未完成的绩效指标数量')}，涉及项目{fact('有未完成指标的项目数量')}"
    if any(one.unclear for one in subject.projects):
        counts += f"，尚待填写或评定{fact('待确认的绩效指标数量')}"
    return "\n".join([*lines, f"{counts}。"])


def _extremes(
    projects: list[Project], value: Callable[[Project], Decimal], shown: Callable[[Project], str], word: str
) -> list[str]:
    """The highest and the lowest, where they differ; named where it is only one project."""
    values = [value(one) for one in projects]
    if len(set(values)) < 2:
        return []
    told = []
    for superlative, extreme in (("最高", max(values)), ("最低", min(values))):
        those = [one for one in projects if value(one) == extreme]
        whose = f"的是“{those[0].name}”，" if len(those) == 1 else ""
        told.append(f"{superlative}{whose}为{shown(those[0])}")
    return [f"{word}{'；'.join(told)}。"]


def _rate(project: Project) -> Decimal:
    return project.result.rate if project.result.rate is not None else ZERO


def _score(project: Project) -> Decimal:
    return project.result.entered if project.result.entered is not None else ZERO
