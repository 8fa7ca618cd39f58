"""The indicators in the order budget systems import them: one row each, target in sign, value and unit.

Systems match rows by the exact name of the 三级指标, so no cell is merged, shortened or renamed. What does not fall
into sign, number and unit stays as it is written: a wrong split would be imported without a word.
"""

from __future__ import annotations

from assistant.domain.amounts import plain
from assistant.domain.case import Indicator
from assistant.domain.value import Kind, Tier, Value
from assistant.exchange.bundle import ExportBundle
from assistant.exchange.exporter import Exporter
from assistant.exchange.layout import face
from assistant.exchange.sheet_styles import Style
from assistant.exchange.sheetml import Sheet, Workbook
from assistant.values.read import read_actual, read_target

COLUMNS = (
    ("一级指标", 24),
    ("二级指标", 32),
    ("三级指标名称", 70),
    ("计算符号", 18),
    ("指标值", 26),
    ("*实际完成值（定量填数字，定性填达成、部分达成、未达成）", 40),
    ("计量单位", 20),
    ("分值", 14),
    ("得分", 14),
    ("偏差原因分析及改进措施", 70),
)
QUALITATIVE = "定性"
_TIERS = {Tier.FULL: "达成", Tier.PART: "部分达成", Tier.MISSED: "未达成"}
_FIGURES = {4, 5, 7, 8}


def write(bundle: ExportBundle) -> bytes:
    """One sheet: the heading, then one row an indicator."""
    book = Workbook()
    sheet = book.add(
        Sheet("指标完成情况", [width for _, width in COLUMNS], landscape=True, heading=(1, 1), frozen=1)
    )
    head, body = Style("黑体", across="center", box="LRTB"), Style("宋体", box="LRTB")
    figure = Style("宋体", across="center", box="LRTB")
    for column, (text, _) in enumerate(COLUMNS, 1):
        book.put(sheet, 1, column, text, head, as_number=False)
    for row, indicator in enumerate(bundle.case.indicators, 2):
        for column, text in enumerate(_cells(indicator)):
            is_figure = column in _FIGURES
            style = figure if is_figure or column in {3, 6} else body
            book.put(sheet, row, column + 1, text, style, as_number=is_figure)
    return book.data()


def _cells(row: Indicator) -> tuple[str, ...]:
    goal = read_target(row.target)
    sign, value, unit = _split(goal)
    done = _done(read_actual(row.actual, goal), goal, number=bool(unit or value != row.target))
    return (
        row.level1,
        row.level2,
        row.level3,
        sign,
        value,
        done,
        unit,
        face("weight", row.weight),
        face("score", row.score),
        row.reason,
    )


def _split(goal: Value) -> tuple[str, str, str]:
    """Sign, value and unit of a target; the whole text as the value where it is no single figure."""
    if goal.kind is Kind.QUANTITY and goal.amount is not None and not goal.approximation:
        sign, number, unit = goal.op.sign if goal.op else "", plain(goal.amount), goal.unit.text
        if _bare(goal.raw) in {f"{written}{number}{unit}" for written in _signs(goal)}:
            return sign, number, unit
    if goal.kind in {Kind.SCALE, Kind.LEVEL, Kind.TEXT, Kind.YESNO}:
        return QUALITATIVE, goal.raw, ""
    return "", goal.raw, ""


def _signs(goal: Value) -> tuple[str, ...]:
    """Spellings of the target's sign after which nothing is lost by splitting it off."""
    if goal.op is None:
        return ("",)
    return {"≥": ("≥", ">=", "≧"), "≤": ("≤", "<=", "≦"), "=": ("=", ""), ">": (">",), "<": ("<",)}[
        goal.op.sign
    ]


def _bare(text: str) -> str:
    return "".join(text.split()).translate(str.maketrans("＝＞＜％", "=><%"))


def _done(actual: Value, goal: Value, *, number: bool) -> str:
    """A bare figure where the unit column says the rest, 达成 and so on for tiers, else the text as written."""
    if number and actual.kind is Kind.QUANTITY and actual.amount is not None and not actual.approximation:
        figure, unit = plain(actual.amount), actual.unit.text
        if unit in {goal.unit.text, ""} and _bare(actual.raw) == f"{figure}{unit}":
            return figure
    if actual.tier is not None and not number:
        return _TIERS[actual.tier]
    return actual.raw


EXPORTER = Exporter("import-xlsx", "指标导入表（一体化系统用，.xlsx）", ".xlsx", write)
