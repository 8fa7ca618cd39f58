"""Grids and lines to a case: the form is found by what its headings and labels mean, wherever they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.domain.errors import InputError
from assistant.exchange.form_draft import FormDraft
from assistant.exchange.grid import Cell, Document, Row, rows_of
from assistant.exchange.headings import (
    fund_role,
    goal_role,
    head_key,
    indicator_role,
    is_foot,
    is_fund_label,
    is_total,
)
from assistant.exchange.importer import ImportReport
from assistant.exchange.layout_columns import IndicatorTable, indicator_header
from assistant.exchange.layout_funds import (
    FundTable,
    fund_header,
    paired_funds,
    read_fund_row,
    read_paired_row,
    single_fund,
)
from assistant.exchange.layout_goals import GoalTable, read_goal_labels, read_goal_row
from assistant.exchange.layout_head import close_head, read_head, read_title
from assistant.exchange.layout_rows import RowReader, is_end
from assistant.exchange.layout_total import read_total, read_total_below
from assistant.exchange.summary import layout_of
from assistant.exchange.unread import is_telling, tell_unread


@dataclass(slots=True)
class _Walk:
    """One pass over the rows of a document."""

    draft: FormDraft
    table: IndicatorTable | None = None
    reader: RowReader | None = None
    funds: FundTable | None = None
    goals: GoalTable | None = None
    below: dict[str, int] | None = None
    section: str = "head"
    skip: int = -1
    others: int = 0
    figures: list[Cell] = field(default_factory=list)

    def run(self, rows: Sequence[Row]) -> None:
        """Read every row of the first form."""
        index = 0
        while index < len(rows):
            row = rows[index]
            following = rows[index + 1] if index + 1 < len(rows) else None
            if self._next_form(row):
                self.others = sum(1 for later in rows[index:] if _names_project(later))
                return
            if row.grid != self.skip and not row.line and _is_summary(row):
                self.skip = row.grid
                self.draft.doubt("", row.place, "有一张多项目的汇总表，没有读入")
            if row.grid == self.skip and not row.line:
                index += 1
                continue
            taken = self._row(row, following)
            if not row.line and self.section != "foot" and (self.funds or self.table):
                for one in rows[index : index + taken]:
                    self.figures += [span.cell for span in one.new if is_telling(span.text)]
            index += taken

    def _next_form(self, row: Row) -> bool:
        return bool(self.draft.indicators) and _names_project(row)

    def _row(self, row: Row, following: Row | None) -> int:
        if header := indicator_header(row, following):
            self.table, second = header
            above, goal = (self.reader.above, self.reader.goal) if self.reader else ({}, "")
            self.reader = RowReader(self.table, self.draft, above, goal)
            self.draft.roles = tuple(column.role for column in self.table.columns)
            self.reader.start(row)
            self.section = "indicators"
            return 2 if second else 1
        if self.below is not None:
            read_total_below(row, self.below, self.draft)
            self.below = None
            return 1
        if (
            self.section == "indicators"
            and self.table is not None
            and self.reader is not None
            and not row.line
        ):
            return self._indicator(row)
        if self.section != "foot" and (funds := fund_header(row, following, self.draft)):
            self.funds, self.section = funds, "funds"
            return 1
        if self._inside(row):
            return 1
        self._outside(row)
        return 1

    def _indicator(self, row: Row) -> int:
        assert self.table is not None  # noqa: S101 - told apart by the caller
        assert self.reader is not None  # noqa: S101
        end = is_end(row, self.table)
        if end == "total":
            self.below = read_total(row, self.table, self.draft)
        elif end == "foot":
            read_head(row, self.draft)
        elif end == "subtotal":
            texts = " ".join(span.text for span in row.new)
            self.draft.doubt("indicators", texts, "小计行没有读作指标")
        else:
            self.reader.read(row)
        return 1

    def _inside(self, row: Row) -> bool:
        """Read *row* as part of the block it stands in; whether it is."""
        if self.section == "funds" and self.funds is not None and not row.line:
            read = read_paired_row if self.funds.paired else read_fund_row
            if not _starts_goals(row) and read(row, self.funds, self.draft):
                return True
            self.section = "head"
        if self.section == "goals" and self.goals is not None and not row.line:
            if read_goal_row(row, self.goals, self.draft):
                return True
            self.section = "head"
        return False

    def _outside(self, row: Row) -> None:
        draft = self.draft
        read_title(row, draft)
        if not row.line and paired_funds(row):
            self.funds, self.section = FundTable(row.grid, paired=True), "funds"
            read_paired_row(row, self.funds, draft)
            return
        if draft.indicators and row.new and is_total(row.new[0].text):
            self.below = read_total(row, self.table, draft)
            return
        if draft.indicators and row.new and is_foot(row.new[0].text):
            return
        read = read_head(row, draft)
        if not read and (not draft.funds or self.section == "single") and single_fund(row, draft):
            self.section = "single"
            return
        if row.line or self.section == "foot" or (read and not _starts_goals(row)):
            return
        before = len(draft.goals)
        goals = read_goal_labels(row, draft)
        if goals is not None:
            self.goals, self.section = goals, "goals"
        elif len(draft.goals) > before:
            self.section = "head"


def _starts_goals(row: Row) -> bool:
    return any(goal_role(span.text) for span in row.new) and not any(
        is_fund_label(span.text) for span in row.new
    )


def _names_project(row: Row) -> bool:
    return any(
        head_key(span.text.partition("：")[0].partition(":")[0]) == "project" for span in row.new
    ) and not _is_summary(row)


def _is_summary(row: Row) -> bool:
    """Whether *row* heads a list of projects (项目名称 beside 预算数, 得分 ...), not a form."""
    keys = [head_key(span.text) for span in row.new]
    if "project" not in keys or len(row.new) < 4:
        return False
    figures = [
        span for span in row.new if fund_role(span.text) or indicator_role(span.text) in {"score", "weight"}
    ]
    return len(figures) >= 2


def recognise(documents: Sequence[Document], name: str) -> ImportReport:
    """Read the first form in *documents* (sheets of one file, or the one document there is).

    Raises:
        InputError: There is no form in them; says what to do instead.
    """
    walks: list[tuple[Document, _Walk]] = []
    for document in documents:
        walk = _Walk(FormDraft(wrapped=document.wrapped))
        walk.run(list(rows_of(document.blocks)))
        walks.append((document, walk))
    found = [pair for pair in walks if pair[1].draft.indicators or pair[1].draft.funds]
    if not found:
        raise InputError(
            f"{name} 里没有认得出的自评表（没有项目资金表，也没有绩效指标表）。",
            "请确认没有选错文件；也可以打开后复制表格文字，用 ziping read - 粘贴读入。",
        )
    document, walk = max(found, key=lambda pair: bool(pair[1].draft.indicators))
    draft = walk.draft
    close_head(draft)
    tell_unread(walk.figures, draft)
    others = len(found) - 1 + walk.others
    if others:
        sheet = f"（{document.name}）" if document.name else ""
        draft.doubt("", name, f"文件里还有另外 {others} 张表，只读了第一张{sheet}；其余请另存后分别读入")
    for remark in document.remarks:
        draft.doubt("", name, remark)
    layout = layout_of(draft)
    case = draft.case()
    return ImportReport(case, case.doubts, {"format": document.format, "layout": layout})
