"""Markdown tables to a case. What ``exporters.markdown`` wrote comes back as it was; other people's tables are
read by their headings, and what is not certain is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from assistant.domain.case import Case, Doubt
from assistant.domain.errors import InputError
from assistant.exchange import hidden, layout
from assistant.exchange.gfm import escape, is_rule, split_row, unescape
from assistant.exchange.grid import LARGEST_COLUMNS, LARGEST_ROWS
from assistant.exchange.importer import Importer, ImportReport
from assistant.exchange.merged_table import CLOSING, OPENING, read_merged
from assistant.exchange.text_bytes import bounded

_SYNONYMS = {
    "level1": ("一级指标",),
    "level2": ("二级指标",),
    "level3": ("三级指标", "指标名称"),
    "target": ("年度指标值", "指标值", "目标值", "年初指标值"),
    "actual": ("实际完成值", "全年完成值", "完成值", "实际值"),
    "weight": ("分值", "权重"),
    "score": ("得分", "自评得分"),
    "reason": (
        "偏差原因分析及改进措施",
        "偏差原因分析和改进措施",
        "未完成原因分析",
        "偏差原因",
        "未完成原因和改进措施",
        "备注",
    ),
    "evidence": ("佐证材料", "佐证资料"),
}
_INDICATOR_HEADINGS = {heading: cell for cell, headings in _SYNONYMS.items() for heading in headings}
_FUND_HEADINGS = {heading: cell for cell, heading in layout.FUND_COLUMNS.items()} | {
    "": "label",
    "项目": "label",
}
_GOAL_HEADINGS = {heading: cell for cell, heading in layout.GOAL_COLUMNS.items()} | {
    "年度总体目标": "expected"
}
_YEAR = re.compile(r"[（(]?\s*(-?\d{1,9})\s*年度?\s*[)）]?\Z")
_RULES_ID = re.compile(r"（([^（）]+)）$")  # 2020年中央规则（central-2020）
_FUNDS_HEADING = re.compile(rf"#+\s*{layout.FUNDS}（(.*)）\Z")


@dataclass(slots=True)
class _Found:
    """What has been read so far."""

    ours: bool
    cells: dict[str, Any] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)
    tables: set[str] = field(default_factory=set)


def recognises(data: bytes) -> bool:
    """Whether *data* is text with a table in it."""
    if b"\x00" in data[:4096] and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        return False
    return re.search(r"^\s*\|.*\|", _decoded(data)[0], re.MULTILINE) is not None


def read(data: bytes, name: str) -> ImportReport:
    """Read the form's tables. Raises ``InputError`` where there are none."""
    text, encoding_doubt = _decoded(data)
    text = bounded(text, name).replace("\r\n", "\n").replace("\r", "\n")
    ours, kept = hidden.find(text)
    if not ours:
        return _foreign(text, name, encoding_doubt)
    found = _Found(ours)
    for block in _blocks(text):
        if isinstance(block, str):
            if block.lstrip("# ").startswith(layout.ANNEX):
                break
            _line(block, found)
        else:
            _table(block, found)
    if not found.tables & {"funds", "indicators"}:
        raise InputError(
            f"{name} 里没有认得出的自评表（没有项目资金表，也没有绩效指标表）。",
            "表头应有“年度指标值、实际完成值”等字样；也可用 ziping new 新建后填写。",
        )
    case, lost = hidden.restored(Case.model_validate(found.cells), kept, name)
    doubts = [*case.doubts, *found.doubts]
    doubts += [Doubt(path="", raw=name, why=why) for why in (encoding_doubt, lost) if why]
    case = case.model_copy(update={"doubts": tuple(doubts)})
    return ImportReport(case, case.doubts, {"format": "md", "layout": hidden.MARK if ours else "tables"})


def _foreign(text: str, name: str, remark: str) -> ImportReport:
    """Somebody else's document: read by what its headings mean, as documents of every other format are."""
    from assistant.exchange.recognise import recognise
    from assistant.exchange.repeated import table_document

    blocks = [
        block.lstrip("# ").strip("*")
        if isinstance(block, str)
        else [[unescape(cell) for cell in row] for row in block if not is_rule(row)]
        for block in _blocks(text)
    ]
    return recognise([table_document(blocks, "md", remark)], name)


def _decoded(data: bytes) -> tuple[str, str]:
    """The text, and a doubt where its encoding had to be guessed."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace"), ""
    try:
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        return data.decode("gb18030", errors="replace"), "不是 UTF-8 编码，按 GB18030 读入，请核对有无乱码"


def _blocks(text: str) -> Iterator[str | list[list[str]]]:
    """Lines as they are, tables as rows of raw cells."""
    rows: list[list[str]] = []
    merged: list[str] | None = None
    for line in [*text.split("\n"), ""]:
        if line == OPENING or merged is not None:
            merged = [*(merged or ()), line]
            if line == CLOSING:
                head, *body = [[escape(cell) for cell in row] for row in read_merged(merged)] or [[]]
                yield [head, ["---"] * len(head), *body]
                merged = None
            continue
        cells = split_row(line)
        if cells is not None:
            if len(rows) < LARGEST_ROWS:
                rows.append(cells[:LARGEST_COLUMNS])
            continue
        if rows:
            yield rows
            rows = []
        if line.strip():
            yield line.strip()


def _line(line: str, found: _Found) -> None:
    if match := _FUNDS_HEADING.match(line):
        found.cells["money_unit"] = unescape(match[1])
    elif (match := _YEAR.match(line.strip("#* "))) and "year" not in found.cells:
        found.cells["year"] = int(match[1])
    for label, cell in ((layout.GRADE, "grade"), (layout.RULES, "profile")):
        if line.startswith(f"{label}："):
            said = unescape(line.removeprefix(f"{label}："))
            named = _RULES_ID.search(said) if cell == "profile" else None
            found.cells[cell] = named[1] if named else said


def _table(rows: list[list[str]], found: _Found) -> None:
    head = [unescape(cell) for cell in rows[0]]
    body = [
        [unescape(cell) for cell in row]
        for row in (rows[2:] if len(rows) > 1 and is_rule(rows[1]) else rows[1:])
    ]
    names = {re.sub(r"\s", "", heading) for heading in head}
    if names & set(_SYNONYMS["target"]) and names & set(_SYNONYMS["actual"]):
        _indicators(_columns(head, _INDICATOR_HEADINGS), body, found)
    elif {"全年预算数", "全年执行数"} <= names:
        columns = _columns(head, _FUND_HEADINGS)
        found.tables.add("funds")
        found.cells["funds"] = [{"label": "", **_record(columns, row)} for row in body]
    elif layout.GOAL_COLUMNS["expected"] in names:
        columns = _columns(head, _GOAL_HEADINGS)
        found.cells["goals"] = [_record(columns, row) for row in body]
    elif layout.HEAD_CELLS["project"] in names and "project" not in found.cells:
        _head([head, *body], found)


def _columns(head: list[str], headings: Mapping[str, str]) -> dict[int, str]:
    """Column number → cell; of two columns with one heading the first counts."""
    columns: dict[int, str] = {}
    for number, heading in enumerate(head):
        cell = headings.get(re.sub(r"\s", "", heading))
        if cell and cell not in columns.values():
            columns[number] = cell
    return columns


def _record(columns: Mapping[int, str], row: list[str]) -> dict[str, str]:
    return {cell: row[number] for number, cell in columns.items() if number < len(row)}


def _head(rows: list[list[str]], found: _Found) -> None:
    people: list[dict[str, str]] = []
    labels = {label: cell for cell, label in layout.HEAD_CELLS.items()}
    for row in rows:
        cells = [*row, "", "", "", ""][: max(4, len(row))]
        if cells[2] == layout.PHONE:
            people.append({"role": cells[0], "name": cells[1], "phone": cells[3]})
            continue
        for label, text in zip(cells[::2], cells[1::2], strict=False):
            cell = labels.get(re.sub(r"\s", "", label))
            if cell and cell not in found.cells:
                found.cells[cell] = text
    found.cells["people"] = people


def _indicators(columns: Mapping[int, str], body: list[list[str]], found: _Found) -> None:
    found.tables.add("indicators")
    records = [_record(columns, row) for row in body]
    if records and records[-1].get("level1", "").strip() in {layout.TOTAL, "合计"}:
        foot = records.pop()
        found.cells["total_weight"] = foot.get("weight", "")
        found.cells["total"] = foot.get("score", "")
    if not found.ours:
        _inherit(records, found)
    found.cells["indicators"] = [*found.cells.get("indicators", ()), *records]


def _inherit(records: list[dict[str, str]], found: _Found) -> None:
    """Merged cells of other people's tables are blank below the first: they mean what stands above."""
    above: dict[str, str] = {}
    for number, record in enumerate(records):
        for level in ("level1", "level2"):
            if record.get(level):
                above[level] = record[level]
                if level == "level1":
                    above.pop("level2", None)
            elif above.get(level):
                record[level] = above[level]
                why = f"原表此格为空（合并单元格），按上一行读作“{above[level]}”"
                found.doubts.append(Doubt(path=f"indicators[{number}].{level}", raw="", why=why))


IMPORTER = Importer("md", "Markdown 表格", (".md", ".markdown", ".txt"), recognises, read)
