"""The form as Markdown: official order and wording.

Where the printed form merges cells, labels are repeated; or, if so chosen, the indicators are an HTML table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.domain.case import Case, CaseRecord
from assistant.exchange.annex import Line, Shape, annex
from assistant.exchange.bundle import ExportBundle
from assistant.exchange.exporter import Exporter
from assistant.exchange.form_layout import label_runs
from assistant.exchange.gfm import escape, paragraph, table
from assistant.exchange.hidden import hidden_part
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
    RULES,
    TITLE,
    TOTAL,
    face,
)
from assistant.exchange.merged_table import merged_table


def write(bundle: ExportBundle) -> bytes:
    """The whole document, UTF-8; reading it back gives the same case, its figures half-width."""
    case = bundle.case
    blocks = [
        [f"# {TITLE}"],
        [f"（{'    ' if case.year is None else case.year}年度）"],
        _banner(bundle),
        _head(case),
        [f"## {FUNDS}（{escape(case.money_unit)}）"],
        _records(FUND_COLUMNS, case.funds, first=""),
        [f"## {GOALS}"],
        _records(GOAL_COLUMNS, case.goals),
        [f"## {INDICATORS}"],
        _indicators(case, merged=bundle.merged),
        [f"{GRADE}：{escape(case.grade)}"] if case.grade else [],
        [f"{RULES}：{escape(_rules(bundle))}"] if case.profile else [],
        *([_dressed(line) for line in block] for block in (annex(bundle) if bundle.annex else [])),
        [hidden_part(case, public=bundle.public)],
    ]
    return "\n".join("\n".join(block) + "\n" for block in blocks if block).encode()


def _rules(bundle: ExportBundle) -> str:
    """The rules' name with their id in brackets; the id alone where the name is not known."""
    known = bundle.profile is not None and bundle.profile.id == bundle.case.profile
    return (
        f"{bundle.profile.label}（{bundle.profile.id}）" if known and bundle.profile else bundle.case.profile
    )


def _banner(bundle: ExportBundle) -> list[str]:
    if not bundle.errors:
        return []
    return [f"> **草稿**：还有{len(bundle.errors)}处错误没有改正，不能作为定稿上报。"]


def _head(case: Case) -> list[str]:
    rows = [(HEAD_CELLS["department"], case.department, HEAD_CELLS["unit"], case.unit)]
    rows += [(person.role, person.name, PHONE, person.phone) for person in case.people]
    return table((HEAD_CELLS["project"], case.project, "", ""), rows)


def _records(
    columns: Mapping[str, str], records: Sequence[CaseRecord], first: str | None = None
) -> list[str]:
    head = list(columns.values())
    if first is not None:
        head[0] = first
    return table(head, [[face(cell, getattr(record, cell)) for cell in columns] for record in records])


def _indicators(case: Case, *, merged: bool) -> list[str]:
    columns = dict(INDICATOR_COLUMNS)
    if any(row.evidence for row in case.indicators):
        columns |= EVIDENCE_COLUMN
    foot = {
        "level1": TOTAL,
        "weight": face("total_weight", case.total_weight),
        "score": face("total", case.total),
    }
    last = [foot.get(cell, "") for cell in columns]
    rows = [[face(cell, getattr(row, cell)) for cell in columns] for row in case.indicators]
    if not merged:
        return table(list(columns.values()), [*rows, last])
    reach = {0: label_runs([tuple(row[:1]) for row in rows]), 1: label_runs([tuple(row[:2]) for row in rows])}
    cells = [
        [
            (text, down) if (down := reach[at][number] if at in reach else 1) else None
            for at, text in enumerate(row)
        ]
        for number, row in enumerate(rows)
    ]
    return merged_table(list(columns.values()), [*cells, [(text, 1) for text in last]])


_SIGNS = {
    Shape.TITLE: "## ",
    Shape.HEADING: "### ",
    Shape.PARAGRAPH: "",
    Shape.ITEM: "- ",
    Shape.DETAIL: "  - ",
}


def _dressed(line: Line) -> str:
    text = f"**{escape(line.strong)}**{escape(line.text)}" if line.strong else paragraph(line.text)
    return _SIGNS[line.shape] + text


EXPORTER = Exporter("md", "Markdown 文档", ".md", write)
