"""年度总体目标: planned and achieved, side by side under headings or each beside its label."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.exchange.form_draft import FormDraft
from assistant.exchange.grid import Row, Span, glued
from assistant.exchange.headings import bare, goal_role, norm


@dataclass(slots=True)
class GoalTable:
    """Columns of the two headings, and which cells were headings."""

    expected: tuple[int, int] | None
    achieved: tuple[int, int] | None
    header: tuple[int, ...]
    labels: frozenset[str] = frozenset()
    before: tuple[int, int] | None = None
    """The column of the goal of the year's beginning, where another has the goal as it was adjusted."""
    left: int = 0
    """The column of the first heading; what stands before it labels the block."""


def read_goal_labels(row: Row, draft: FormDraft) -> GoalTable | None:
    """Read a row with labels of goals: texts beside them are kept; the columns where texts follow below."""
    labels = [(span, role) for span in row.filled if (role := goal_role(span.text))]
    if not labels or row.line:
        return None
    if len(labels) > 1 and (len(labels) > 2 or _is_block(labels)):
        labels = labels[1:]
    spans = row.spans
    beside: dict[str, str] = {}
    columns: dict[str, tuple[int, int]] = {}
    before: tuple[int, int] | None = None
    for position, (span, role) in enumerate(labels):
        following = next((one for one in spans if one.start == span.end + 1), None)
        if following is not None and not following.text.strip() and len(labels) == 1:
            following = next((one for one in row.new if one.start > span.end), None)  # past an empty position
        if following is not None and following.text.strip() and not goal_role(following.text):
            beside.setdefault(role, following.text)
        else:
            end = labels[position + 1][0].start - 1 if position + 1 < len(labels) else spans[-1].end
            if role == "expected" and "调整" in span.text and role in columns:
                before = columns.pop(role)
            columns.setdefault(role, (span.start, max(end, span.end)))
    if beside:
        _beside(beside, draft)
        return None
    return GoalTable(
        columns.get("expected"),
        columns.get("achieved"),
        tuple(id(span.cell) for span in spans if span.text),
        frozenset(norm(span.text) for span in spans if span.text),
        before,
        labels[0][0].start,
    )


def _is_block(labels: list[tuple[Span, str]]) -> bool:
    """Whether the left of two labels names the block: 年度总体目标 | 预期目标, 总体目标完成情况 | 总体目标."""
    (left, first), (_, second) = labels
    return first == second or (first == "achieved" and second == "expected" and "目标" in bare(left.text))


def _beside(texts: dict[str, str], draft: FormDraft) -> None:
    expected = draft.told(texts.get("expected", ""))
    achieved = draft.told(texts.get("achieved", ""))
    if "expected" not in texts and "achieved" in texts and draft.goals and not draft.goals[-1].get("actual"):
        draft.goals[-1]["actual"] = achieved
    elif expected or achieved:
        draft.goals.append({"expected": expected, "actual": achieved})


def read_goal_row(row: Row, table: GoalTable, draft: FormDraft) -> bool:
    """Read texts under the two headings; whether there were any."""
    if any(span.end < table.left and norm(span.text) not in table.labels for span in row.new):
        return False  # a label of another block
    texts: dict[str, str] = {}
    for name, where in (("expected", table.expected), ("actual", table.achieved)):
        if where is not None:
            texts[name] = _under(row, where, table)
    if not any(text.strip() for text in texts.values()):
        return False
    if table.before is not None and (first := _under(row, table.before, table)):
        if texts.get("expected"):
            draft.doubt(
                f"goals[{len(draft.goals)}].expected", first, "目标调整过，按调整后的读入；这是年初的"
            )
        else:
            texts["expected"] = first
    goal = {name: draft.told(text) for name, text in texts.items()}
    if row.top and draft.goals:
        for name, text in goal.items():
            before = draft.goals[-1].get(name, "")
            joined = f"{before}\n{text}" if before.endswith(("。", "；", ";", "：")) else glued(before, text)
            draft.goals[-1][name] = joined if text else before
        draft.doubt(
            f"goals[{len(draft.goals) - 1}].expected", row.place, "跨页的单元格已接成一段，请核对接缝处"
        )
    else:
        draft.goals.append(goal)
    return True


def _under(row: Row, where: tuple[int, int], table: GoalTable) -> str:
    parts = [
        span.text
        for span in row.spans
        if span.first
        and span.start <= where[1]
        and span.end >= where[0]
        and id(span.cell) not in table.header
    ]
    return "\n".join(dict.fromkeys(part for part in parts if part.strip()))
