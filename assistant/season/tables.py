"""The summary as tables of texts, the same for Excel, Markdown and CSV."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from assistant.domain.amounts import percent, plain
from assistant.domain.places import spoken
from assistant.season.copies import Place
from assistant.season.folder import SUMMARY_NAME
from assistant.season.result import FormResult, Points
from assistant.season.summary import NO_GRADE, Summary, Totals, grade_of

MOST_LISTED = 200
"""Groups of common texts, results or targets that are listed; how many more there are is said."""

MOST_PLACES = 10


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, its width on paper in millimetres, whether its cells are figures, or short words set in the middle."""

    name: str
    width: int
    figure: bool = False
    middle: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One table with its title, the columns, the rows, a sentence on how to read it, and which rows are sums."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    sums: frozenset[int] = frozenset()


MONEY = 22
"""A column of money: five characters, so that the unit of its heading comes on the second line, whole."""

MAIN = (
    Column("序号", 12, middle=True),
    Column("单位", 36),
    Column("项目名称", 56),
    Column("年度", 12, middle=True),
    Column("全年预算数（万元）", MONEY, figure=True),
    Column("全年执行数（万元）", MONEY, figure=True),
    Column("执行率", 18, figure=True),
    Column("自评得分", 16, figure=True),
    Column("核算得分", 26, figure=True),
    Column("等级", 18, middle=True),
    Column("错误", 11, figure=True),
    Column("提醒", 11, figure=True),
    Column("未核对", 13, figure=True),
    Column("最要紧的问题", 80),
    Column("文件", 48),
)
AFTER = (Column("换规则后得分", 26, figure=True), Column("换规则后等级", 26, middle=True))
UNITS = (
    Column("单位", 48),
    Column("项目数", 14, figure=True),
    Column("全年预算数（万元）", MONEY, figure=True),
    Column("全年执行数（万元）", MONEY, figure=True),
    Column("执行率", 18, figure=True),
    Column("平均自评得分", 22, figure=True),
    Column("等级", 44),
    Column("错误", 12, figure=True),
    Column("提醒", 12, figure=True),
    Column("未核对", 14, figure=True),
    Column("说明", 48),
)


def all_tables(summary: Summary, compare: str = "") -> tuple[Table, ...]:
    """Every table that has something to say, the summary table first; *compare* names the second rule set."""
    optional = (
        _changes(summary, compare) if compare else None,
        _copied(summary),
        _equal(summary),
        _targets(summary),
        _aside(summary),
    )
    return (
        main_table(summary, compare),
        _units(summary),
        *(one for one in optional if one is not None and one.rows),
    )


def main_table(summary: Summary, compare: str = "") -> Table:
    """项目支出绩效自评汇总表: a line for each project, a subtotal for each unit, the total at the foot."""
    rows: list[tuple[str, ...]] = []
    sums: set[int] = set()
    number = 0
    for unit, forms in groupby(summary.forms, key=lambda form: form.owner):
        for form in forms:
            number += 1
            rows.append(_line(number, form) + (points_of(form.compared) if compare else ()))
        if len(summary.units) > 1:
            sums.add(len(rows))
            rows.append(_sums("小计", unit, summary.units[unit]) + ("",) * (2 if compare else 0))
    sums.add(len(rows))
    rows.append(
        _sums("合计", f"{len(summary.units)} 个单位", summary.overall) + ("",) * (2 if compare else 0)
    )
    note = "等级按核算得分定。核算得分为区间的，是还有要人工评定的项目；区间跨了几个等级时，等级按表上填的得分定，填的得分不在区间里的写“未定”。"
    return Table(SUMMARY_NAME, MAIN + (AFTER if compare else ()), tuple(rows), note, frozenset(sums))


def _line(number: int, form: FormResult) -> tuple[str, ...]:
    return (
        str(number),
        form.owner,
        form.project or "（未填项目名称）",
        str(form.year or ""),
        _amount(form.budget),
        _amount(form.executed),
        "" if form.rate is None else percent(form.rate),
        _amount(form.entered),
        points_text(form.points),
        grade_of(form),
        str(form.errors),
        str(form.warnings),
        str(form.not_checked),
        form.worst,
        form.file,
    )


def _sums(word: str, unit: str, sums: Totals) -> tuple[str, ...]:
    average = "" if sums.average is None else f"平均 {plain(sums.average)}"
    return (
        word,
        unit,
        f"{sums.forms} 个项目",
        "",
        plain(sums.budget),
        plain(sums.executed),
        "" if sums.rate is None else percent(sums.rate),
        average,
        "",
        grades_text(sums),
        str(sums.errors),
        str(sums.warnings),
        str(sums.not_checked),
        _missing(sums),
        "",
    )


def _missing(sums: Totals) -> str:
    """Which forms the rate and the average leave out."""
    told = []
    if sums.without_money:
        told.append(f"有 {sums.without_money} 份缺预算数或执行数，或预算数为 0，没有计入执行率")
    if sums.without_score:
        told.append(f"有 {sums.without_score} 份没有自评得分，没有计入平均分")
    return "；".join(told)


def _units(summary: Summary) -> Table:
    rows = [_unit(unit, sums) for unit, sums in summary.units.items()]
    rows.append(_unit("合计", summary.overall))
    return Table("各单位合计", UNITS, tuple(rows), sums=frozenset({len(rows) - 1}))


def _unit(unit: str, sums: Totals) -> tuple[str, ...]:
    return (
        unit,
        str(sums.forms),
        plain(sums.budget),
        plain(sums.executed),
        "" if sums.rate is None else percent(sums.rate),
        "" if sums.average is None else plain(sums.average),
        grades_text(sums),
        str(sums.errors),
        str(sums.warnings),
        str(sums.not_checked),
        _missing(sums),
    )


def grades_text(sums: Totals) -> str:
    """``优 12，良 3``."""
    return "，".join(f"{grade} {count}" for grade, count in sums.grades.items())


def points_text(points: Points | None) -> str:
    """``95.19``, ``88.1–93``, or 未定."""
    if points is None or points.low is None or points.high is None:
        return NO_GRADE
    low, high = plain(points.low), plain(points.high)
    return low if low == high else f"{low}–{high}"


def points_of(points: Points | None) -> tuple[str, str]:
    """Points and grade as tables show them; 未定 for what is open."""
    return points_text(points), (points.grade if points else "") or NO_GRADE


def _amount(amount: Decimal | None) -> str:
    return "" if amount is None else plain(amount)


def _changes(summary: Summary, compare: str) -> Table:
    columns = (
        Column("单位", 40),
        Column("项目名称", 70),
        Column("原规则", 32),
        Column("原得分", 24, figure=True),
        Column("原等级", 16, middle=True),
        Column("新得分", 24, figure=True),
        Column("新等级", 16, middle=True),
        Column("文件", 60),
    )
    rows = tuple(
        (
            form.owner,
            form.project,
            form.points.profile,
            *points_of(form.points),
            *points_of(form.compared),
            form.file,
        )
        for form in summary.forms
        if form.points and points_of(form.points) != points_of(form.compared)
    )
    same = len(summary.forms) - len(rows)
    return Table(f"换用规则 {compare} 前后", columns, rows, f"另有 {same} 个项目换规则后得分和等级不变。")


def _shown(places: Sequence[Place]) -> str:
    """Where something stands, one place a line."""
    lines = [
        f"{place.file} {spoken(place.path)}"
        + (f"（约 {place.percent}% 相同）" if place.percent < 100 else "")
        for place in places[:MOST_PLACES]
    ]
    more = len(places) - MOST_PLACES
    return "\n".join([*lines, *([f"等，另有 {more} 处"] if more > 0 else [])])


def _limited(rows: Iterator[tuple[str, ...]], count: int) -> tuple[tuple[tuple[str, ...], ...], str]:
    listed = tuple(row for row, _ in zip(rows, range(MOST_LISTED), strict=False))
    return (
        listed,
        f"只列出前 {MOST_LISTED} 组，另有 {count - MOST_LISTED} 组。" if count > MOST_LISTED else "",
    )


def _copied(summary: Summary) -> Table:
    columns = (Column("文字", 80), Column("处数", 12, figure=True), Column("出现在", 160))
    rows, more = _limited(
        ((f"{one.opening}……", str(len(one.places)), _shown(one.places)) for one in summary.texts),
        len(summary.texts),
    )
    note = "去掉数字、标点后比较；第一处为比较的基准。相同不一定有错，请看是否照抄了别的项目。"
    return Table("不同项目里相同或相近的文字", columns, rows, note + more)


def _equal(summary: Summary) -> Table:
    columns = (
        Column("项目", 80),
        Column("另一个项目", 80),
        Column("相同行数", 16, figure=True),
        Column("相同的指标和完成值", 120),
    )

    def row(first: Place, second: Place, same: Sequence[tuple[str, str, str, str]]) -> tuple[str, ...]:
        told = [f"{name}：{actual}（{spoken(here)}，{spoken(there)}）" for name, actual, here, there in same]
        more = len(told) - MOST_PLACES
        shown = told[:MOST_PLACES] + ([f"等，另有 {more} 行"] if more > 0 else [])
        return (
            f"{first.project} {first.file}",
            f"{second.project} {second.file}",
            str(len(told)),
            "\n".join(shown),
        )

    rows, more = _limited(
        (row(one.first, one.second, one.rows) for one in summary.results), len(summary.results)
    )
    return Table("不同项目里指标和完成值都相同", columns, rows, more)


def _targets(summary: Summary) -> Table:
    columns = (Column("指标", 70), Column("指标值", 40), Column("出现在", 160))
    listed = summary.targets[:MOST_LISTED]
    rows = tuple(
        (one.name if first else "", target, _shown(places))
        for one in listed
        for first, (target, places) in zip((True, *[False] * len(one.targets)), one.targets, strict=False)
    )
    more = len(summary.targets) - len(listed)
    note = "同名指标的指标值不同，不一定有错；请看口径是否一致。"
    return Table("同名指标、不同指标值", columns, rows, note + (f"另有 {more} 组没有列出。" if more else ""))


def _aside(summary: Summary) -> Table:
    columns = (Column("文件", 80), Column("处理", 30), Column("原因", 160))
    rows = [(one.file, "没有读入", one.trouble) for one in summary.unread]
    for one in summary.again:
        same = (
            "内容相同"
            if one.is_equal
            else f"内容不同（{_amount(one.result.entered)} 分，计入的 {_amount(one.counted.entered)} 分），请核对以哪份为准"
        )
        rows.append((one.result.file, "没有重复计入", f"与 {one.counted.file} 是同一项目，{same}。"))
    rows += [(folder, "没有读入", "没有权限看这个文件夹。") for folder in summary.closed]
    rows += [(f"{count} 个文件", "略过", why) for why, count in summary.left_out.items()]
    return Table("没有读入和没有计入的文件", columns, tuple(rows))
