"""绩效指标: each row by the meanings of its columns, and where the rows end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.exchange.form_draft import FormDraft, is_blank
from assistant.exchange.grid import Row, Span, glued
from assistant.exchange.headings import bare, is_foot, is_total, level_of, norm
from assistant.exchange.layout_columns import LEVELS, Column, IndicatorTable

_LABELS = {
    "actual": "实际完成值",
    "target": "年度指标值",
    "weight": "分值",
    "score": "得分",
    "reason": "偏差原因",
}
_ORDINARY = ("level1", "level2", "level3", "target", "actual", "weight", "score", "reason", "evidence")
_ONE_GOAL = re.compile(r"目标\s*[\d一二三四五六七八九]")
_COUNTED = re.compile(r"\A\s*\d+(?:\.\d+)+\s*")  # 1.1 数量指标
_QUALITATIVE = re.compile(r"定性(?:指标)?|/|—|-|无")


@dataclass(slots=True)
class RowReader:
    """Reads rows one after the other: what is merged or blank goes on from the row above."""

    table: IndicatorTable
    draft: FormDraft
    above: dict[str, str] = field(default_factory=dict)
    goal: str = ""
    cut: bool = False
    """Whether the row to come stands at the top of a page."""

    def start(self, row: Row) -> None:
        """Take what the heading row itself says: a label 年度绩效目标1（40分） left of the columns."""
        self.cut = row.top
        self._goal(row)

    def read(self, row: Row) -> None:
        """Read one row as an indicator."""
        by_column = self._assigned(row)
        number = len(self.draft.indicators)
        record: dict[str, str] = {}
        doubts: list[tuple[str, str, str]] = []
        for column in self.table.columns:
            spans = by_column.get(column.start, [])
            if len({span.text for span in spans}) == 1:
                spans = spans[:1]
            text = " ".join(self._text(column.role, span) for span in spans if span.text.strip())
            if column.role in {"level3", "reason"} and len(spans) > 1:
                text = "".join(self._text(column.role, span) for span in spans)
            if (
                not spans
                or all(span.first for span in spans)
                or column.role in {"level1", "level2", "level3", "op", "unit"}
            ):
                pass
            elif text:
                if column.role in _LABELS:
                    why = f"原表此格与上一行合并，{_LABELS[column.role]}记在合并的第一行"
                    doubts.append((column.role, text, why))
                text = ""
            self._set(record, column, text)
        self._goal(row)
        if not self._own(record, by_column):
            return
        top, self.cut = row.top or self.cut, False
        if top and self._goes_on(record):
            return
        self._levels(record, doubts)
        self._target(record, doubts)
        if self._heads_a_group(record):
            return
        if self.goal:
            record["goal"] = self.goal
        self.draft.indicators.append(record)
        for key, raw, why in doubts:
            self.draft.doubt(f"indicators[{number}].{key}", raw, why)

    def _text(self, role: str, span: Span) -> str:
        if role in {"reason", "evidence", "extra"}:
            return self.draft.told(span.text)
        return self.draft.short(span.text)

    def _assigned(self, row: Row) -> dict[int, list[Span]]:
        """Which cells of *row* belong to which column (by its start)."""
        columns = self.table.columns
        if row.grid != self.table.grid and row.spans[-1].end + 1 != self.table.width:
            return self._in_order(row)
        assigned: dict[int, list[Span]] = {}
        for span in row.spans:
            over = [column for column in columns if column.start <= span.end and span.start <= column.end]
            if not over:
                continue
            owner = over[0]
            if len(over) > 1:
                owner = self._owner(span, over)
            assigned.setdefault(owner.start, []).append(span)
        return assigned

    def _owner(self, span: Span, over: Sequence[Column]) -> Column:
        """Of several columns one cell covers, the one its text belongs to."""
        roles = {column.role: column for column in over}
        if "level1" in roles and "level3" not in roles:
            return roles["level1"]
        for role in ("level3", "value", "target", "actual", "score"):
            if role in roles and not (role == "score" and "weight" in roles):
                return roles[role]
        return over[0]

    def _in_order(self, row: Row) -> dict[int, list[Span]]:
        """A table that goes on with another grid: cells in order, from the right where some are missing."""
        columns = self.table.columns
        spans = row.spans
        assigned: dict[int, list[Span]] = {}
        for column, span in zip(reversed(columns), reversed(spans), strict=False):
            assigned[column.start] = [span]
        number = len(self.draft.indicators)
        self.draft.doubt(f"indicators[{number}]", row.place, "续表的列数与表头不同，按次序对应，请核对")
        return assigned

    def _set(self, record: dict[str, str], column: Column, text: str) -> None:
        if column.role in _ORDINARY:
            record[column.role] = text
        elif column.role == "op":
            record["target_op"] = text
        elif column.role == "value":
            record["target_value"] = text
        elif column.role == "unit":
            record["target_unit"] = text
        elif column.role == "initial_target":
            record["initial_target"] = text
        elif column.role in {"extra", ""} and column.heading and text:
            record[column.heading] = text

    def _goal(self, row: Row) -> None:
        """A label left of the columns such as 年度绩效目标2（40分） names the goal its rows serve."""
        for span in row.new:
            if self._in_block(span) and _ONE_GOAL.search(norm(span.text)):
                self.goal = self.draft.short(span.text)

    def _in_block(self, span: Span) -> bool:
        return any(
            column.role == "block" and column.start <= span.start <= column.end
            for column in self.table.columns
        )

    def _own(self, record: dict[str, str], by_column: dict[int, list[Span]]) -> bool:
        """Whether the row says anything of its own."""
        for key, text in record.items():
            if key not in {"level1", "level2"} and text.strip() and not self._carried(key, by_column):
                return True
        column = self.table.column("level2") or self.table.column("level1")
        spans = by_column.get(column.start, []) if column else []
        return any(span.first and span.text.strip() for span in spans)

    def _carried(self, key: str, by_column: dict[int, list[Span]]) -> bool:
        column = self.table.column({"target_op": "op", "target_unit": "unit"}.get(key, key))
        spans = by_column.get(column.start, []) if column else []
        return bool(spans) and not any(span.first for span in spans)

    def _goes_on(self, record: dict[str, str]) -> bool:
        """Join *record* to the row before where a page break cut one row in two; whether it did."""
        rows = self.draft.indicators
        if not self.draft.wrapped or not rows:
            return False
        before = rows[-1]
        if not (_named(record) or _named(before)) or (_figures(record) and _figures(before)):
            return False
        if not _figures(record) and not _figures(before):
            return False
        if any(level_of(text) and text != before.get(key) for key in LEVELS if (text := record.get(key, ""))):
            return False
        if not _figures(before) and not all(_figures(row) for row in rows[:-1]):
            return False
        for key, text in record.items():
            if text and text != before.get(key):
                level = key in {"level1", "level2"} and len(text) >= 4
                before[key] = (
                    before.get(key, "") if level and before.get(key) else glued(before.get(key, ""), text)
                )
        why = "这一行被分页切成两段，已接成一行，请核对接缝处"
        self.draft.doubt(f"indicators[{len(rows) - 1}]", before.get("level3", ""), why)
        return True

    def _levels(self, record: dict[str, str], doubts: list[tuple[str, str, str]]) -> None:
        """A blank level goes on from the row above, the second only while the first stays the same."""
        for level in ("level1", "level2"):
            if self.table.column(level) is None:
                continue
            if text := record.get(level, ""):
                if level == "level1" and text != self.above.get(level):
                    self.above.pop("level2", None)
                self.above[level] = text
            elif self.above.get(level):
                record[level] = self.above[level]
                doubts.append((level, "", f"原表此格为空，按上一行读作“{self.above[level]}”"))

    def _heads_a_group(self, record: dict[str, str]) -> bool:
        """1. 产出指标 in a column of names, without a target or a result, names the level of the rows below it."""
        if self.table.column("level1") is not None:
            return False
        name = _COUNTED.sub("", record.get("level3", ""))
        level = level_of(name)
        if level and not record.get("target") and not record.get("actual", "").strip():
            self.above = {"level1": bare(name)} if level == 1 else self.above | {"level2": bare(name)}
            said = " ".join(text for key in ("level3", "weight", "score") if (text := record.get(key, "")))
            self.draft.doubt("indicators", said, "是下面各行的分组，没有读作指标")
            return True
        record.update({key: text for key, text in self.above.items() if not record.get(key)})
        return False

    def _target(self, record: dict[str, str], doubts: list[tuple[str, str, str]]) -> None:
        """Join 性质, 值 and 单位 as written."""
        if "target_value" in record:
            sign = record.get("target_op", "").strip()
            shown = "" if _QUALITATIVE.fullmatch(sign) else sign
            unit = record.get("target_unit", "").strip()
            parts = [shown, record["target_value"].strip(), "" if is_blank(unit) else unit]
            if not parts[1] and record.get("initial_target"):
                doubts.append(
                    ("target", record["initial_target"], "调整后的指标值为空，年初指标值未代入，请核对")
                )
            record["target"] = " ".join(part for part in parts if part and part not in {"/", "—"})
            if not parts[1]:
                record["target"] = ""
        elif not record.get("target") and record.get("initial_target"):
            doubts.append(("target", record["initial_target"], "年度指标值为空，年初指标值未代入，请核对"))


def _figures(record: dict[str, str]) -> bool:
    return any(record.get(key, "").strip() for key in ("target", "target_value", "actual", "weight", "score"))


def _named(record: dict[str, str]) -> bool:
    return bool(record.get("level3", "").strip())


def is_end(row: Row, table: IndicatorTable) -> str:
    """``total``, ``foot`` or ``subtotal`` where *row* is no indicator, else empty."""
    new = [span for span in row.new if not _block(span, table)]
    if not new:
        return ""
    lead, columns = new[0], table.columns
    first = min((column.start for column in columns if column.role in LEVELS), default=0)
    last = max((column.start for column in columns if column.role in LEVELS), default=0)
    if is_total(lead.text):
        return "total" if lead.start <= first else "subtotal"
    if lead.start < last and bare(lead.text) in {"小计", "分项小计", "得分小计"}:
        return "subtotal"
    wide = lead.start <= columns[0].start and lead.end >= columns[-1].start and len(columns) > 2
    return "foot" if wide or (lead.start <= first and is_foot(lead.text)) else ""


def _block(span: Span, table: IndicatorTable) -> bool:
    """Whether *span* is the label left of the columns (绩效指标), not the beginning of the foot."""
    if is_total(span.text) or is_foot(span.text):
        return False
    return any(
        column.role == "block" and column.start <= span.start <= span.end <= column.end
        for column in table.columns
    )
