"""The money block: under headings, or as label and amount side by side, or one amount under the other."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.exchange.form_draft import FormDraft, is_blank, is_number
from assistant.exchange.grid import Row, Span
from assistant.exchange.headings import (
    bare,
    fund_role,
    goal_role,
    head_key,
    is_fund_label,
    norm,
    points_in,
)

_ONE_FUND = re.compile(r"(?P<label>(?:其中\s*[:：]?)?[^:：]*)[:：]?(?P<value>.*)\Z", re.DOTALL)
_CHANGE = re.compile(r"预算调整(?:数|额|金额)|(?<!后)调整(?:数|额|金额)")
_VALUES = ("initial", "budget", "executed", "weight", "rate", "score")


@dataclass(slots=True)
class FundTable:
    """Where the columns of a money table are. ``paired``: label and amount alternate, without headings."""

    grid: int
    roles: dict[str, tuple[int, int]] = field(default_factory=dict)
    paired: bool = False
    header: tuple[int, ...] = ()
    titles: frozenset[str] = frozenset()
    points: str = ""


def fund_header(row: Row, following: Row | None, draft: FormDraft) -> FundTable | None:
    """The table's columns where *row* is its heading row; the *following* one tells names from amounts."""
    found = [(role, span) for span in row.filled if (role := fund_role(span.text))]
    names = [role for role, _ in found]
    money = {"initial", "budget", "executed"} & set(names)
    if (len(money) < 2 and not (money and "rate" in names)) or row.line:
        return None
    if any(head_key(span.text) == "project" for span in row.filled):
        return None
    if _alternates(row, found):
        return None
    if len(found) > 2 and _titles_the_block(row, following, *found[0]):
        found = found[1:]
    table = FundTable(
        row.grid,
        header=tuple(id(span.cell) for span in row.spans),
        titles=frozenset(norm(span.text) for span in row.filled),
    )
    for role, span in found:
        _place(table, role, span)
        if _CHANGE.search(norm(span.text)):
            draft.doubt("funds", span.text, "按调整后的预算数读入；若是调增、调减的金额，请改为调整后的数")
    for span in row.filled:
        draft.money(span.text)
        if fund_role(span.text) in {"score", "weight", ""} and not table.points:
            table.points = points_in(span.text)
    return table


def _titles_the_block(row: Row, following: Row | None, role: str, span: Span) -> bool:
    """Whether the first heading stands above the names of the rows: 预算资金（元） | 年初预算数 | 预算执行数."""
    if role != "budget" or span is not row.filled[0]:
        return False
    below = (
        [one for one in following.spans if one.start == span.start and one.text.strip()] if following else []
    )
    named = bool(below) and below[0].cell is not span.cell and not is_number(below[0].text)
    return named or bare(span.text).endswith("资金")


def _place(table: FundTable, role: str, span: Span) -> None:
    """Note a column; of two budgets the adjusted one is the year's, the other the first."""
    where = (span.start, span.end)
    if role not in table.roles:
        table.roles[role] = where
    elif role == "budget":
        adjusted = any(word in bare(span.text) for word in ("调整", "全年"))
        first = table.roles["budget"] if adjusted else where
        if adjusted:
            table.roles["budget"] = where
        table.roles.setdefault("initial", first)


def _alternates(row: Row, found: list[tuple[str, Span]]) -> bool:
    """Whether amounts stand beside the labels: 预算数： | 20 | 执行数： | 20."""
    after = {span.start: span for span in row.spans}
    amounts = 0
    for role, span in found:
        following = after.get(span.end + 1)
        if role in {"initial", "budget", "executed"} and following is not None:
            if fund_role(following.text):
                return False
            amounts += is_number(following.text) or (
                not following.text.strip() and norm(span.text) != span.text
            )
    return amounts >= 2


def paired_funds(row: Row) -> bool:
    """Whether *row* begins a money block of labels and amounts side by side."""
    found = [(role, span) for span in row.filled if (role := fund_role(span.text))]
    return {"executed"} < {role for role, _ in found} and _alternates(row, found)


def read_fund_row(row: Row, table: FundTable, draft: FormDraft) -> bool:
    """Read one row under the headings; whether it belongs to the block."""
    first_column = min(start for start, _ in table.roles.values())
    labels = [span for span in row.spans if span.end < first_column and span.text.strip()]
    for span in labels:
        if id(span.cell) in table.header:
            draft.money(span.text)
            table.points = table.points or points_in(span.text)
    own = [
        span for span in labels if id(span.cell) not in table.header and norm(span.text) not in table.titles
    ]
    if not own:
        wide = next((span for span in row.new if span.start < first_column <= span.end), None)
        own = [wide] if wide is not None and is_fund_label(wide.text) else []
    if not own and labels and _has_amounts(row, table):
        own = labels[-1:]  # one row of amounts without a name of its own
    if not own:
        return row.top or bool(labels)
    if len(own) > 1 and not is_fund_label(own[0].text) and not own[0].text.strip().startswith("其中"):
        draft.money(own[0].text)
        table.points = table.points or points_in(own[0].text)
        own = own[1:]
    label = "".join(draft.short(span.text) for span in own)
    record = {"label": label}
    for role, (start, end) in table.roles.items():
        at = next((one for one in row.spans if one.start <= start <= one.end and one not in own), None)
        if at is None or not at.first:
            continue
        span = at
        others = [
            name for name, (left, _) in table.roles.items() if name != role and span.start <= left <= span.end
        ]
        if others and table.roles[others[0]][0] < start:
            continue
        extra = next(
            (one for one in row.spans if start <= one.start <= end and one is not span and one.text), None
        )
        record[role] = draft.short(span.text) or (draft.short(extra.text) if extra else "")
    values = [record.get(role, "") for role in _VALUES]
    known = is_fund_label(label)
    if not known and (goal_role(label) or not any(map(str.strip, values))):
        return False
    if not known and not any(is_number(value) or (is_blank(value) and value) for value in values[:3]):
        return False
    _append(record, table.points, draft)
    return True


def _has_amounts(row: Row, table: FundTable) -> bool:
    starts = [start for role, (start, _) in table.roles.items() if role in {"initial", "budget", "executed"}]
    return any(
        is_number(span.text) for span in row.new for start in starts if span.start <= start <= span.end
    )


def _append(record: dict[str, str], points: str, draft: FormDraft) -> None:
    if not draft.funds and points and not record.get("weight"):
        record["weight"] = points
        draft.doubt("funds[0].weight", f"（{points}分）", "分值取自资金栏表头括号内的分数")
    draft.funds.append(record)


def read_paired_row(row: Row, table: FundTable, draft: FormDraft) -> bool:
    """Read ``label | amount | label | amount``: the first pair is the budget, the second what was spent."""
    pairs: list[tuple[str, str]] = []
    spans = [span for span in row.spans if span.first or not span.text.strip()]
    index = 0
    while index < len(spans):
        text = spans[index].text
        if fund_role(text) or is_fund_label(text):
            following = spans[index + 1] if index + 1 < len(spans) else None
            if following is not None and not (fund_role(following.text) or is_fund_label(following.text)):
                pairs.append((draft.short(text), draft.short(following.text)))
                index += 1
            else:
                pairs.append((draft.short(text), ""))
        else:
            draft.money(text)
            table.points = table.points or points_in(text)
        index += 1
    if not pairs or (len(pairs) == 1 and not is_fund_label(pairs[0][0])):
        return False
    record: dict[str, str] = {}
    names: list[str] = []
    for position, (label, value) in enumerate(pairs):
        role = fund_role(label) or ("budget", "executed", "extra")[min(position, 2)]
        record[role] = value
        if role in {"initial", "budget", "executed"} and (flat := label.rstrip(":： ")) not in names:
            names.append(flat)
    _append({"label": "/".join(names), **record}, table.points, draft)
    return True


def single_fund(row: Row, draft: FormDraft) -> bool:
    """Read 年度资金总额 | 100 without headings, as goal sheets have it; of 中期 and 年度 the year counts."""
    found: list[dict[str, str]] = []
    for index, span in enumerate(row.spans):
        match = _ONE_FUND.match(span.text.strip())
        if not span.first or match is None or not is_fund_label(match["label"]):
            if span.first:
                draft.money(span.text)
            continue
        value = match["value"].strip()
        if not value and index + 1 < len(row.spans):
            value = row.spans[index + 1].text
        if is_number(value) or is_blank(value):
            found.append({"label": draft.short(match["label"]), "initial": draft.short(value)})
    if not found or not (found[-1]["initial"] or draft.funds):
        return False
    draft.funds.append(found[-1])
    return True
