"""The form as one HTML page with the merged cells of the printed form; browsers print it, Word and WPS open it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby

from assistant.domain.case import Case, Indicator
from assistant.exchange.annex import Block, Shape, annex
from assistant.exchange.bundle import ExportBundle
from assistant.exchange.exporter import Exporter
from assistant.exchange.gfm import visible
from assistant.exchange.layout import (
    EVIDENCE_COLUMN,
    FUND_COLUMNS,
    FUNDS,
    GOAL_COLUMNS,
    GOALS,
    GRADE,
    HEAD_CELLS,
    INDICATOR_COLUMNS,
    INDICATORS,
    PHONE,
    TITLE,
    TOTAL,
)

_STYLE = """
@page { size: A4 landscape; margin: 15mm; }
body { font-family: "FangSong", "仿宋_GB2312", "仿宋", serif; max-width: 290mm; margin: 1em auto; }
h1, .year { text-align: center; margin: .2em; }
table { border-collapse: collapse; width: 100%; font-size: 10.5pt; }
th, td { border: 1px solid #000; padding: .3em .4em; overflow-wrap: anywhere; }
th { font-weight: bold; }
tr { page-break-inside: avoid; }
.side { width: 2em; }
.figure { text-align: center; }
.detail { list-style: none; margin-left: 1em; }
.draft { border: 2px solid #000; padding: .4em; font-weight: bold; }
"""

_FIGURES = {"initial", "budget", "executed", "weight", "rate", "score"}


def write(bundle: ExportBundle) -> bytes:
    """The whole page, UTF-8, nothing loaded from elsewhere."""
    case = bundle.case
    year = "    " if case.year is None else str(case.year)
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="zh-CN"><head><meta charset="utf-8"><title>{_text(TITLE)}</title><style>{_STYLE}</style></head>',
        "<body>",
        f'<h1>{_text(TITLE)}</h1><p class="year">（{year}年度）</p>',
    ]
    if bundle.errors:
        lines.append(f'<p class="draft">草稿：还有{len(bundle.errors)}处错误没有改正，不能作为定稿上报。</p>')
    lines += ["<table>", *_form(case), "</table>"]
    if case.grade:
        lines.append(f"<p>{GRADE}：{_text(case.grade)}</p>")
    for block in annex(bundle) if bundle.annex else []:
        lines += _dressed(block)
    return "\n".join([*lines, "</body></html>", ""]).encode()


def _text(text: str) -> str:
    return escape(visible(text)).replace("\n", "<br>")


def _cell(text: str, *, across: int = 1, down: int = 1, tag: str = "td", kind: str = "") -> str:
    spans = (f' colspan="{across}"' if across > 1 else "") + (f' rowspan="{down}"' if down > 1 else "")
    spans += f' class="{kind}"' if kind else ""
    return f"<{tag}{spans}>{_text(text)}</{tag}>"


def _row(*cells: str) -> str:
    return f"<tr>{''.join(cells)}</tr>"


def _head(text: str, across: int = 1) -> str:
    return _cell(text, across=across, tag="th")


def _side(text: str, down: int) -> str:
    return _cell(text, down=down, tag="th", kind="side")


def _form(case: Case) -> list[str]:
    """One grid for all parts: a side column, then the columns of the indicators; other parts span some of them."""
    columns = dict(INDICATOR_COLUMNS)
    if any(row.evidence for row in case.indicators):
        columns |= EVIDENCE_COLUMN
    width = 1 + len(columns)
    return [
        *_heading(case, width),
        *_funds(case, width),
        *_goals(case, width),
        *_indicators(case.indicators, columns),
        _row(
            _head(TOTAL, 1 + list(columns).index("weight")),
            _cell(case.total_weight, kind="figure"),
            _cell(case.total, kind="figure"),
            _cell("", across=len(columns) - list(columns).index("score") - 1),
        ),
    ]


def _heading(case: Case, width: int) -> list[str]:
    pairs = [(HEAD_CELLS["department"], case.department, HEAD_CELLS["unit"], case.unit)]
    pairs += [(person.role, person.name, PHONE, person.phone) for person in case.people]
    return [
        _row(_head(HEAD_CELLS["project"], 2), _cell(case.project, across=width - 2)),
        *(
            _row(_head(left, 2), _cell(one, across=2), _head(right, 1), _cell(other, across=width - 5))
            for left, one, right, other in pairs
        ),
    ]


def _funds(case: Case, width: int) -> list[str]:
    names = list(FUND_COLUMNS)
    spans = [2, *(1 for _ in names[1:-1]), width - 1 - len(names)]
    heads = ["", *list(FUND_COLUMNS.values())[1:]]
    lines = [_side(f"{FUNDS}（{case.money_unit}）", len(case.funds) + 1) + "".join(map(_head, heads, spans))]
    for row in case.funds:
        cells = zip(names, spans, strict=True)
        lines.append(
            "".join(_cell(getattr(row, name), across=span, kind=_kind(name)) for name, span in cells)
        )
    return [_row(line) for line in lines]


def _goals(case: Case, width: int) -> list[str]:
    left, right = (width - 1) // 2, width - 1 - (width - 1) // 2
    expected, actual = GOAL_COLUMNS.values()
    return [
        _row(_side(GOALS, len(case.goals) + 1), _head(expected, left), _head(actual, right)),
        *(_row(_cell(goal.expected, across=left), _cell(goal.actual, across=right)) for goal in case.goals),
    ]


def _indicators(indicators: Sequence[Indicator], columns: dict[str, str]) -> list[str]:
    lines = [_row(_side(INDICATORS, len(indicators) + 1), *map(_head, columns.values()))]
    first = _runs([(row.level1,) for row in indicators])
    second = _runs([(row.level1, row.level2) for row in indicators])
    for row, down1, down2 in zip(indicators, first, second, strict=True):
        cells = [_cell(row.level1, down=down1)] if down1 else []
        cells += [_cell(row.level2, down=down2)] if down2 else []
        cells += [_cell(getattr(row, name), kind=_kind(name)) for name in list(columns)[2:]]
        lines.append(_row(*cells))
    return lines


def _runs(labels: Sequence[tuple[str, ...]]) -> list[int]:
    """For each row how far its label's cell reaches down; 0 where the cell above goes on. Blank ones stay single."""
    reach: list[int] = []
    for label, group in groupby(labels):
        count = sum(1 for _ in group)
        reach += [count, *([0] * (count - 1))] if label[-1].strip() else [1] * count
    return reach


def _kind(name: str) -> str:
    return "figure" if name in _FIGURES else ""


_TAGS = {
    Shape.TITLE: ("h2", ""),
    Shape.HEADING: ("h3", ""),
    Shape.PARAGRAPH: ("p", ""),
    Shape.ITEM: ("li", ""),
    Shape.DETAIL: ("li", ' class="detail"'),
}


def _dressed(block: Block) -> list[str]:
    lines = []
    for line in block:
        tag, kind = _TAGS[line.shape]
        strong = f"<b>{_text(line.strong)}</b>" if line.strong else ""
        lines.append(f"<{tag}{kind}>{strong}{_text(line.text)}</{tag}>")
    return ["<ul>", *lines, "</ul>"] if lines and lines[0].startswith("<li") else lines


EXPORTER = Exporter("html", "网页（可打印，Word 和 WPS 可打开）", ".html", write)
