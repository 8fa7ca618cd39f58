"""L: numbering, punctuation, spelling, and amounts written in two ways."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache

from assistant.checks.check import Outcome, Remark, check
from assistant.checks.form import Form, Row
from assistant.checks.text import shortened
from assistant.checks.text_items import broken_order, mixed_styles
from assistant.checks.text_punctuation import misprints, respelled, widened
from assistant.domain.findings import Fix, Severity
from assistant.domain.patterns import pattern
from assistant.domain.profile import Profile
from assistant.values.normalise import narrowed, wide_figures

STYLE = "GB/T 9704-2012《党政机关公文格式》、GB/T 15834-2011《标点符号用法》"
NUMERALS = "GB/T 15835-2011《出版物上数字用法》"

_MONEY = pattern(r"(?<![\d.])(\d[\d,]*(?:\.\d+)?)\s*(万元|亿元|元)(?![/／])")
_NUMBER = pattern(r"\d[\d,]*(?:\.\d+)?")


def _prose(form: Form) -> Iterator[tuple[str, str, str]]:
    """The goals' texts: path, name, text."""
    for index, goal in enumerate(form.case.goals):
        if goal.expected:
            yield f"goals[{index}].expected", "预期目标", goal.expected
        if goal.actual:
            yield f"goals[{index}].actual", "实际完成情况", goal.actual


def _reason(row: Row) -> Iterator[tuple[str, str, str]]:
    """The row's reason, likewise."""
    if row.reason:
        yield f"{row.path}.reason", f"{row.place}的原因", row.reason


def _misnumbered(texts: Iterable[tuple[str, str, str]]) -> Iterator[Remark]:
    for path, where, text in texts:
        if mixed := mixed_styles(text):
            yield Remark(
                path=path,
                cell=text,
                message=f"{where}同一层既用“{mixed[0]}”又用“{mixed[1]}”编号。",
                fix="统一成一种：层次依次用一、（一）1.（1）①。",
            )
        if broken := broken_order(text):
            item, before = broken
            after = f"前一项是“{before.mark}”" if before else "前面没有第一项"
            yield Remark(
                path=path,
                cell=text,
                message=f"{where}的编号“{item.mark}”不连续，{after}。",
                fix="补上缺的一项，或重新编号。",
            )


def _misnumbered_reason(row: Row, profile: Profile) -> Iterator[Outcome]:
    return _misnumbered(_reason(row))


@check("L01", "编号混用或次序有误", Severity.HINT, STYLE, in_rows=_misnumbered_reason)
def numbering(form: Form) -> Iterator[Outcome]:
    """同一层用了两种编号，或者编号跳号、重号。

    做什么：在目标、完成情况和原因中查同层混用（“1.”与“1、”，“（1）”与“1）”，“一是”与“第一，”）和不连续的编号；下一层各自从1开始不算。
    为什么：编号对不上，逐项对照时容易漏项。
    触发：
    - 预期目标 1.举办培训6期；2、编写教材2册；3.建设基地1处。
    - 预期目标 1.举办培训6期；2.编写教材2册；4.建设基地1处。
    不触发：
    - 预期目标 1.培训：①办班6期；②考核312人。2.教材：①编写2册；②印制600本。
    来源：GB/T 9704-2012；绩效自评复核常见问题。
    """
    yield from _misnumbered(_prose(form))


def _mispunctuated(texts: Iterable[tuple[str, str, str]]) -> Iterator[Remark]:
    for path, where, text in texts:
        if wrong := misprints(text):
            yield Remark(
                path=path,
                cell=text,
                message=f"{where}有{len(wrong)}处全角、半角标点混用，如“{shortened(wrong[0], 12)}”。",
                fix="中文里统一用全角标点，可一键改正。",
                cures=(Fix(path=path, text=widened(text), label="改成全角标点"),),
                data={"count": str(len(wrong))},
            )


def _mispunctuated_reason(row: Row, profile: Profile) -> Iterator[Outcome]:
    return _mispunctuated(_reason(row))


@check("L02", "全角半角标点混用", Severity.HINT, STYLE, in_rows=_mispunctuated_reason)
def mixed_punctuation(form: Form) -> Iterator[Outcome]:
    """中文里全角、半角标点混用，或括号一半全角一半半角。

    做什么：在目标、完成情况和原因中，汉字旁的半角逗号、分号、冒号、括号等与全角标点同时出现，或括号两边宽度不同时提出；数字、小数、时间、英文里的不动。
    为什么：打印和导入系统时容易错位，也显得草率。
    触发：
    - 完成情况 举办培训6期,培训312人；编写教材2册。
    - 完成情况 举办培训（6期)，培训312人。
    不触发：
    - 完成情况 举办培训6期，培训1,312人次，合格率98.5%；编写教材2册。
    来源：GB/T 15834-2011。
    """
    yield from _mispunctuated(_prose(form))


def _misspelt(texts: Iterable[tuple[str, str, str]]) -> Iterator[Remark]:
    for path, where, text in texts:
        corrected, pairs = respelled(text)
        if pairs:
            shown = "、".join(f"“{wrong}”应为“{right}”" for wrong, right in pairs[:3])
            yield Remark(
                path=path,
                cell=text,
                message=f"{where}有错别字：{shown}。",
                fix="改正后再看一遍前后文，可一键改正。",
                cures=(Fix(path=path, text=corrected, label="改正错别字"),),
            )


def _misspelt_in_row(row: Row, profile: Profile) -> Iterator[Outcome]:
    yield from _misspelt(_reason(row))
    if row.cells.level3:
        yield from _misspelt([(f"{row.path}.level3", row.place, row.cells.level3)])


@check("L03", "错别字", Severity.HINT, "《通用规范汉字表》；现代汉语规范用法", in_rows=_misspelt_in_row)
def typos(form: Form) -> Iterator[Outcome]:
    """常见错别字，例如“帐户”“布署”“截止目前”。

    做什么：在目标、完成情况、原因和三级指标名称中查常见的错写和叠字，给出正确写法。
    为什么：语言差错在复核评分中逐处扣分。
    触发：
    - 完成情况 截止目前，已在专用帐户列支，完成布署12处。
    不触发：
    - 完成情况 截至目前，已在专用账户列支；公园满意度95%，审核消防设施，控制做到位。
    来源：《通用规范汉字表》；复核评分细则（语言差错每处扣分）。
    """
    yield from _misspelt(_prose(form))


@check("L04", "同一金额小数位写法不一", Severity.HINT, NUMERALS)
def amount_in_two_spellings(form: Form) -> Iterator[Outcome]:
    """同一个金额在表里有两种小数位写法，例如112.511与112.511000。

    做什么：收集资金表、指标值、完成值和目标文字中的金额，数值相同而小数位不同的，全表提一次并列出。
    为什么：写法不一会让人怀疑不是同一个数。
    触发：
    - 预算 112.511000｜执行 69.655900 ‖ 二级 成本指标｜三级 项目总成本｜指标值 ≤112.511万元｜完成值 69.6559万元
    不触发：
    - 预算 112.511｜执行 69.6559 ‖ 二级 成本指标｜三级 项目总成本｜指标值 ≤112.511万元｜完成值 69.6559万元
    来源：GB/T 15835-2011；公开自评表中的实例。
    """
    first: dict[Decimal, tuple[str, str]] = {}
    clashes: dict[Decimal, tuple[str, str, str]] = {}
    for path, written, unit in _amounts(form):
        spelled = written.replace(",", "")
        value = Decimal(spelled) * {"元": 1, "万元": 10_000, "亿元": 100_000_000}[unit]
        if not value:
            continue
        path_before, before = first.setdefault(value, (path, f"{spelled}{unit}"))
        if before.endswith(unit) and before != f"{spelled}{unit}" and before[-len(unit) - 1].isdigit():
            clashes.setdefault(value, (path_before, before, f"{spelled}{unit}"))
    if clashes:
        path, one, other = next(iter(clashes.values()))
        more = f"等{len(clashes)}个金额" if len(clashes) > 1 else ""
        yield Remark(
            path=path,
            message=f"同一金额既写“{one}”又写“{other}”{more}，小数位不一致。",
            fix="全表统一小数位，万元一般保留两位或按预算批复的位数。",
            data={"count": str(len(clashes))},
        )


def _amounts(form: Form) -> Iterator[tuple[str, str, str]]:
    """Every amount of money as written: path, digits, unit."""
    unit = form.case.money_unit if form.case.money_unit in {"元", "万元", "亿元"} else "万元"
    for money in form.money:
        for cell in ("initial", "budget", "executed"):
            written = getattr(money.cells, cell).strip()
            if _NUMBER.fullmatch(written):
                yield f"{money.path}.{cell}", written, unit
    for row, amounts in form.rows_saying(_amounts_of):
        for cell, digits, measure in amounts:
            yield f"{row.path}.{cell}", digits, measure
    for index, goal in enumerate(form.case.goals):
        for cell in ("expected", "actual"):
            text = getattr(goal, cell)
            if "元" in text:
                for digits, measure in _amounts_in(text):
                    yield f"goals[{index}].{cell}", digits, measure


def _amounts_of(row: Row) -> tuple[tuple[str, str, str], ...]:
    """The amounts of money in a row's target and actual: cell, digits, unit."""
    cells = (("target", row.cells.target), ("actual", row.cells.actual))
    return tuple((cell, *amount) for cell, text in cells if "元" in text for amount in _amounts_in(text))


@lru_cache(maxsize=1024)
def _amounts_in(text: str) -> tuple[tuple[str, str], ...]:
    """The amounts of money in *text*: digits, unit."""
    return tuple(_MONEY.findall(text))


_FIGURES_OF_ROWS = {"target": "指标值", "actual": "完成值", "weight": "分值", "score": "得分"}
_FIGURES_OF_FUNDS = {
    "initial": "年初预算数",
    "budget": "全年预算数",
    "executed": "全年执行数",
    "weight": "分值",
    "rate": "执行率",
    "score": "得分",
}


def _typed_wide(texts: Iterable[tuple[str, str, str]]) -> Iterator[Remark]:
    for path, where, text in texts:
        if wide := wide_figures(text):
            more = f"等{len(wide)}处" if len(wide) > 1 else ""
            right = narrowed(text)
            yield Remark(
                path=path,
                cell=text,
                message=f"{where}有全角的数字或符号“{shortened(wide[0], 12)}”{more}。",
                fix="数字和它的符号用半角，可一键改正；改正之前仍照原样保存，计分照常。",
                cures=(Fix(path=path, text=right, label=f"改为 {shortened(right, 20)}"),),
                data={"count": str(len(wide))},
            )


def _typed_wide_in_row(row: Row, profile: Profile) -> Iterator[Outcome]:
    cells = _FIGURES_OF_ROWS.items()
    yield from _typed_wide(
        (f"{row.path}.{cell}", f"{row.place}{name}", getattr(row.cells, cell)) for cell, name in cells
    )


@check("L05", "全角数字和符号", Severity.HINT, NUMERALS, in_rows=_typed_wide_in_row)
def wide_figures_typed(form: Form) -> Iterator[Outcome]:
    """数字、小数点、百分号或比较符号是全角的，例如“１２３．５％”“＞5”。

    做什么：在指标值、完成值、分值、得分和资金各栏中查全角的数字，以及紧挨数字的全角小数点、百分号、正负号和比较符号；成段的文字不看。
    为什么：表格软件和一体化系统不把全角数字当作数，导入、求和时会落空；本程序读数、计分不受影响。
    触发：
    - 指标值 ≥１２３．５％｜完成值 124%
    - 指标值 ＞5个｜完成值 6个
    - 指标值 10人｜完成值 10人｜分值 １０｜得分 10
    - 预算 １００｜执行 90
    不触发：
    - 指标值 ≥123.5%｜完成值 124%
    - 指标值 10人（次）｜完成值 10人，均已到岗｜分值 10｜得分 10
    来源：GB/T 15835-2011：阿拉伯数字一般用半角。
    """
    for money in form.money:
        yield from _typed_wide(
            (
                f"{money.path}.{cell}",
                f"{money.cells.label.strip() or '资金'}的{name}",
                getattr(money.cells, cell),
            )
            for cell, name in _FIGURES_OF_FUNDS.items()
        )
    yield from _typed_wide(
        (("total_weight", "总分值", form.case.total_weight), ("total", "总分", form.case.total))
    )
