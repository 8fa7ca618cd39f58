"""The foot of the form: 总分, the weights' total, 自评等级."""

from __future__ import annotations

import re

from assistant.exchange.form_draft import FormDraft, is_blank
from assistant.exchange.grid import Row, Span
from assistant.exchange.headings import bare, head_key, is_total, norm
from assistant.exchange.layout_columns import IndicatorTable
from assistant.exchange.layout_head import read_head

_FIGURE = re.compile(r"-?\d+(?:\.\d+)?(?:分|%)?")
_GRADE = re.compile(r"(?:自评)?(?:等级|等次)?[:：]?\s*([优良中差]|合格|不合格|优秀|良好)")


def read_total(row: Row, table: IndicatorTable | None, draft: FormDraft) -> dict[str, int] | None:
    """Read the row of totals.

    Returns:
        Columns of headings whose figures stand in the next row (总分值 | 总得分 | 自评等级), else ``None``.
    """
    heads = {key: span for span in row.new if (key := _foot_key(span.text))}
    if len(heads) > 1 and not any(_FIGURE.fullmatch(norm(span.text)) for span in row.new):
        return {key: span.start for key, span in heads.items()}
    lead = next((span for span in row.new if is_total(span.text)), row.new[0])
    weight = _at(row, table, "weight", lead)
    score = _at(row, table, "score", lead)
    if weight is not None and score is not None and weight is score:
        weight = None
    if (
        heads
        and len(row.new) > 1
        and not (set(heads) == {"total"} and weight is not None and score is not None)
    ):
        read_head(row, draft)  # the figure beside its label, where it does not stand in its column
    if match := re.search(r"[:：]\s*(\d+(?:\.\d+)?)\s*分?\s*\Z", lead.text):
        draft.put("total", match[1])
    if weight is not None:
        draft.put("total_weight", draft.short(weight.text))
    if score is not None:
        draft.put("total", draft.short(score.text))
    if not draft.cells.get("total") and not (weight is not None and score is not None):
        figures = [span for span in row.new if span is not lead and _FIGURE.fullmatch(norm(span.text))]
        if len(figures) >= 2:
            draft.put("total_weight", draft.short(figures[0].text))
            draft.put("total", draft.short(figures[1].text))
        elif figures and weight is None:
            draft.put("total", draft.short(figures[0].text))
            if _has_both(table):
                draft.doubt("total", figures[0].text, "总分行只有一个数，读作总得分")
    for span in row.new:
        if span is not lead and (match := _GRADE.fullmatch(norm(span.text))):
            draft.put("grade", match[1])
    return None


def _has_both(table: IndicatorTable | None) -> bool:
    return table is not None and table.column("weight") is not None and table.column("score") is not None


def _foot_key(text: str) -> str:
    flat = bare(text)
    if flat in {"总分", "总分值", "分值合计", "合计分值", "标准分"} and flat != "总分":
        return "total_weight"
    key = head_key(text)
    return key if key in {"total", "total_weight", "grade"} else ""


def _at(row: Row, table: IndicatorTable | None, role: str, lead: Span) -> Span | None:
    column = table.column(role) if table is not None else None
    if column is None or table is None or (row.grid != table.grid and row.spans[-1].end + 1 != table.width):
        return None
    for span in row.new:
        if span is not lead and span.start <= column.end and column.start <= span.end:
            text = norm(span.text)
            return span if _FIGURE.fullmatch(text) or is_blank(text) else None
    return None


def read_total_below(row: Row, columns: dict[str, int], draft: FormDraft) -> None:
    """Read the figures under 总分值 | 总得分 | 自评等级."""
    for key, column in columns.items():
        span = next((span for span in row.spans if span.start <= column <= span.end), None)
        if span is not None and span.first:
            draft.put(key, draft.short(span.text))
