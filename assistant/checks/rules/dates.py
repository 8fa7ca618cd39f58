"""Y: years and dates against the form's budget year and each row's deadline."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from assistant.checks.check import Outcome, Remark, check, not_checked, row_check
from assistant.checks.form import Form, Row
from assistant.checks.shortfall import unjudged
from assistant.checks.text import sentences, shortened, without_titles
from assistant.domain.findings import Severity
from assistant.domain.patterns import pattern
from assistant.domain.profile import Profile
from assistant.domain.value import Day, Kind, Value, Verdict

_CARRIED = pattern(
    r"结转|跨年|延续|续建|分期|周期|质保|尾款|结余|历年|以前年度|上年|学年|\d{4}\s*[-—~至到]\s*\d{2,4}\s*年"
)
_DATE = pattern(r"(?<![〔\[【（(\d])(20\d\d)\s*[年.．/-]\s*(\d{1,2})(?!\d)\s*月?")
_BEFORE_DATE = pattern(
    r"(?:自|从|截至|截止|以|至|到|由|比|较|对比|参照|按照|依据|根据|上年|签订于|始于|起于|文件|印发|—|-|~)\s*$"
)
_YEAR_LABEL = pattern(
    r"(?<![〔\[【（(\d])(20\d\d)\s*年度?(?!\s*\d{1,2}\s*[月.]|[^，。；]{0,6}(?:将|拟|计划|继续|预计|争取|力争)|[以之][前后来]|版|底前?[，,]?(?:将|拟)|[起至-])"
)
_ACCEPTANCE = r"(?:验收|完工|竣工|交付|完成|结题)"
_ACCEPTED = pattern(
    rf"{_ACCEPTANCE}[^，。；\d]{{0,8}}(20\d\d)\s*[年.-]\s*(\d{{1,2}})"
    rf"|(20\d\d)\s*[年.-]\s*(\d{{1,2}})\s*(?:月|[.-]\d)?(?:\d{{0,2}}日?)[^，。；\d]{{0,8}}{_ACCEPTANCE}"
)


def _is_carried_over(form: Form) -> bool:
    """Whether money or words say that the project runs over several years."""
    for money in form.money:
        if "结转" in money.cells.label and any((money.initial, money.budget, money.executed)):
            return True
    texts = (form.case.project, *(text for goal in form.case.goals for text in (goal.expected, goal.actual)))
    return any(_CARRIED.search(text) for text in texts)


def _year_of(value: Value) -> int | None:
    if value.kind is Kind.MULTI:
        years = {year for part in value.parts if (year := _year_of(part)) is not None}
        return years.pop() if len(years) == 1 else None
    return value.day.year if value.day is not None else None


def _years_in(row: Row) -> tuple[tuple[str, str, int], ...]:
    """Cell, text and year where a row that is not carried over names one; a late actual is another check's."""
    cells = [("target", row.target), ("actual", row.actual)]
    if row.comparison.verdict is Verdict.LATE:
        cells.pop()
    found = [(cell, value.raw, year) for cell, value in cells if (year := _year_of(value)) is not None]
    if not found or not row.counts or _CARRIED.search(f"{row.cells.level3}{row.reason}"):
        return ()
    return tuple(found)


@check("Y01", "日期不在预算年度内", Severity.WARNING, "自评对象为当年预算执行结果")
def outside_the_year(form: Form) -> Iterator[Outcome]:
    """指标值、完成值或完成情况中的日期不属于本预算年度。

    做什么：把写明年份的指标值、完成值和实际完成情况中的年月与表头年度比较；有上年结转资金，或写明跨年、结转、续建的，不提。
    为什么：自评的是本年度的结果；别的年度的日期多是复制旧表留下的。
    触发：
    - 年度 2022｜二级 时效指标｜指标值 2021年12月完成｜完成值 2021年12月完成｜分值 10｜得分 10
    - 年度 2022｜预期目标 建成系统｜完成情况 2020年6月建成系统并投入使用。
    不触发：
    - 年度 2022｜二级 时效指标｜指标值 ≤11月｜完成值 2022.11月完成｜分值 5｜得分 5
    - 年度 2022｜项目 管网改造（跨年项目）｜二级 时效指标｜指标值 2021年12月完成｜完成值 2021年12月完成
    - 年度 2022｜完成情况 依据2021年3月印发的方案实施，自2019年1月以来累计服务300人。
    来源：财预〔2020〕10号；公开自评表中的实例。
    """
    year = form.case.year
    if year is None:
        yield not_checked("year", "表上没有预算年度，无法核对日期。")
        return
    if _is_carried_over(form):
        return
    for row, years in form.rows_saying(_years_in):
        for cell, raw, said in years:
            if said != year:
                label = "年度指标值" if cell == "target" else "实际完成值"
                yield Remark(
                    path=f"{row.path}.{cell}",
                    cell=raw,
                    message=f"{row.place}的{label}“{raw.strip()}”是{said}年，本表是{year}年度。",
                    fix="核对是否沿用了旧表；跨年或结转的，在项目名称或完成情况中写明。",
                    data={"year": str(said)},
                )
                break
    for index, goal in enumerate(form.case.goals):
        found = list(_foreign_dates(goal.actual, year))
        if found:
            yield Remark(
                path=f"goals[{index}].actual",
                cell=goal.actual,
                message=f"“实际完成情况”里的{'、'.join(found[:3])}不在{year}年度内。",
                fix="核对年份；属于以前年度或跨年的工作，请写明。",
            )


def _foreign_dates(text: str, year: int) -> Iterator[str]:
    """Months of another year in a text, as written; starting points and documents do not count."""
    if "20" not in text:
        return
    plain = without_titles(text)
    for found in _DATE.finditer(plain):
        if int(found[1]) == year or not 1 <= int(found[2]) <= 12:
            continue
        after = plain[found.end() : found.end() + 14]
        if _BEFORE_DATE.search(plain[max(0, found.start() - 6) : found.start()]) or re.match(
            r"(?:\d{1,2}日)?(?:以来|起|至|印发|发布|下达|批复|出台|签订|立项|的?《|—|-|~|将|拟|前将)", after
        ):
            continue
        yield shortened(found[0], 12)


@row_check("Y02", "逾期完成却是满分", Severity.ERROR, "财预〔2020〕10号：未达成的按实际完成情况计分")
def late_with_full_marks(row: Row, profile: Profile) -> Iterator[Outcome]:
    """实际完成时间晚于指标值，得分却是满分。

    做什么：把完成时间与时限逐年、月、日比较，晚了而得分等于分值时提出；佐证或说明中写的验收（交付）时间晚于时限的作提醒。
    为什么：时效指标逾期仍得满分，复核时会扣分。
    触发：
    - 二级 时效指标｜指标值 2022年11月30日前｜完成值 2022年12月15日完成｜分值 5｜得分 5
    - 年度 2025｜二级 时效指标｜指标值 2025年8月7日前完成｜完成值 2025年8月5日完成｜分值 5｜得分 5｜佐证 验收单（2026年1月16日验收）
    不触发：
    - 二级 时效指标｜指标值 ≤11月｜完成值 2022.11月完成｜分值 5｜得分 5
    - 二级 时效指标｜指标值 2022年11月底前｜完成值 2022年12月完成｜分值 5｜得分 3
    来源：公开复核结论中的实例（自报8月完成，次年1月才验收）。
    """
    if not row.is_full or row.line.override_reason:
        return
    if row.comparison.verdict is Verdict.LATE:
        yield Remark(
            path=f"{row.path}.score",
            cell=row.cells.score,
            message=f"{row.place}要求“{row.cells.target.strip()}”，实际“{row.cells.actual.strip()}”，逾期却得满分{row.cells.score.strip()}分。",
            fix="核对完成时间；确已逾期的相应扣分，并写明原因。",
            severity=None if not (row.target.doubtful or row.actual.doubtful) else Severity.WARNING,
        )
    elif row.target.kind is Kind.DEADLINE and (why := unjudged(row)):
        yield not_checked(f"{row.path}.score", f"{row.place}{why}，是否按期未核对。")
    elif (accepted := _accepted_late(row)) is not None:
        yield Remark(
            path=f"{row.path}.evidence",
            cell=row.cells.evidence,
            message=f"{row.place}要求“{row.cells.target.strip()}”，材料中的时间却是{accepted.text}，得分仍是满分。",
            fix="按验收或交付的时间核对完成值；确已逾期的相应扣分。",
            severity=Severity.WARNING,
        )


def _accepted_late(row: Row) -> Day | None:
    """A later acceptance named in evidence or reason than the deadline allows, or ``None``."""
    deadline = row.target.day
    if deadline is None or deadline.year is None or row.target.kind is not Kind.DEADLINE:
        return None
    for found in _ACCEPTED.finditer(f"{row.cells.evidence}。{row.reason}"):
        year, month = int(found[1] or found[3]), int(found[2] or found[4])
        if (year, month) > (deadline.year, deadline.month or 12) and 1 <= month <= 12:
            return Day(year=year, month=month)
    return None


def _later_years_of_plans(expected: str, actual: str, year: int) -> set[int]:
    """Years after *year* that only come after the account has begun: what will be done then (2023年按实有户数申报)."""
    opening = next(iter(sentences(actual)), "")
    told = {int(found) for found in _YEAR_LABEL.findall(f"{expected}。{opening}")}
    return {int(found) for found in _YEAR_LABEL.findall(actual)} - told - set(range(year + 1))


@check("Y03", "文字中的年度与表头不一致", Severity.WARNING, "公开自评表中的实例（沿用旧表）")
def another_years_text(form: Form) -> Iterator[Outcome]:
    """目标和完成情况通篇写的是别的年度，像是沿用了旧表。

    做什么：目标文字中出现的年份没有一个是本表年度时提出；项目名称带别的年份而没有写结转、跨年的，作建议。
    为什么：年度不对，整段文字都可能不是本年度的。
    触发：
    - 年度 2022｜预期目标 2021年度培训300人｜完成情况 2021年度培训312人，完成全年目标。
    不触发：
    - 年度 2022｜预期目标 2022年度培训300人｜完成情况 2022年培训312人，比2021年增加12人。
    - 年度 2022｜预期目标 培训300人｜完成情况 培训312人。
    - 年度 2022｜预期目标 培训300人｜完成情况 培训270人。未参训的30人转入下一期；2023年按实有人数申报。
    来源：公开自评表中的实例。
    """
    year = form.case.year
    if year is None:
        yield not_checked("year", "表上没有预算年度，无法核对文字中的年度。")
        return
    for index, goal in enumerate(form.case.goals):
        text = f"{goal.expected}。{goal.actual}"
        if "20" not in text or _CARRIED.search(text):
            continue
        planned = _later_years_of_plans(goal.expected, goal.actual, year)
        labels = map(int, _YEAR_LABEL.findall(without_titles(text)))
        said = Counter(each for each in labels if each not in planned)
        if said and year not in said and year not in {int(found[1]) for found in _DATE.finditer(text)}:
            other, _ = said.most_common(1)[0]
            cell = "actual" if str(other) in goal.actual else "expected"
            yield Remark(
                path=f"goals[{index}].{cell}",
                cell=getattr(goal, cell),
                message=f"年度总体目标写的是{other}年，本表是{year}年度。",
                fix="核对是否沿用了旧表；确是本年度内容的，把年份改过来。",
                data={"year": str(other)},
            )
    named = [int(found) for found in _YEAR_LABEL.findall(form.case.project)]
    if named and year not in named and not _is_carried_over(form):
        yield Remark(
            path="project",
            cell=form.case.project,
            message=f"项目名称“{shortened(form.case.project)}”写的是{named[0]}年，本表是{year}年度。",
            fix="核对年度；使用以前年度资金的，在完成情况中写明是结转。",
            severity=Severity.HINT,
        )
