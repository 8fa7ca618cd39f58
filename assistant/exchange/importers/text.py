"""Plain text: pasted from a table (tabs), from a published PDF (with or without its layout), or separated by commas."""

from __future__ import annotations

import csv
import io
import re

from assistant.exchange.grid import LARGEST_COLUMNS, LARGEST_ROWS, Block, Cell, Document, Grid, Line, clean
from assistant.exchange.headings import fund_role, head_key, indicator_role, norm
from assistant.exchange.importer import Importer, ImportReport
from assistant.exchange.shifted import straightened
from assistant.exchange.text_bytes import bounded, decoded, is_text

_FORM = re.compile(r"绩效|自评|指标|预算数|执行数|项目名称")
INFERRED = "文本里没有表格线，行和格是按内容与先后推断的；原文若是一列一列排的，顺序会错，请对照原文逐行核对"


def recognises(data: bytes) -> bool:
    """Whether *data* is text that speaks of a form."""
    return (
        is_text(data)
        and not data.startswith((b"<!", b"<html", b"%PDF"))
        and _FORM.search(decoded(data)[0]) is not None
    )


def read(data: bytes, name: str) -> ImportReport:
    """Read the form. Raises ``InputError``."""
    from assistant.exchange.recognise import recognise

    return recognise([document(data, name)], name)


def document(data: bytes, name: str) -> Document:
    """The text as lines and grids."""
    text, remark = decoded(data)
    text = bounded(text, name)
    found = Document("txt", wrapped=True, remarks=[remark] if remark else [])
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n")
    if name.lower().endswith(".csv") or _commas(text):
        found.blocks = [_separated(text, ",")]
        found.wrapped = False
    elif text.count("\t") >= 4:
        found.blocks = _tabbed(text)
        found.wrapped = False
    else:
        from assistant.exchange.text_layout import blocks

        found.blocks = blocks(text, found.remarks)
        found.remarks.append(INFERRED)
    return found


def _commas(text: str) -> bool:
    lines = [line for line in text.split("\n") if line.strip()]
    return (
        "\t" not in text
        and len(lines) > 3
        and sum(line.count(",") >= 4 for line in lines) * 3 > len(lines) * 2
    )


def _separated(text: str, sign: str) -> Grid:
    rows: list[list[Cell | None]] = []
    csv.field_size_limit(1_000_000)
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=sign)):
            if number >= LARGEST_ROWS:
                break
            rows.append(
                [
                    Cell(clean(cell), f"第{number + 1}行第{column + 1}格")
                    for column, cell in enumerate(row[:LARGEST_COLUMNS])
                ]
            )
    except csv.Error:
        return Grid(rows)
    return Grid(rows)


def _tabbed(text: str) -> list[Block]:
    """Lines with tabs are rows; a quoted cell may hold line breaks, as a spreadsheet copies it."""
    if re.search(r'(?:^|\t)"[^"\t]*\n', text):
        rows = _separated(text, "\t").rows
    else:
        rows = [
            [
                Cell(clean(cell), f"第{number + 1}行第{column + 1}格")
                for column, cell in enumerate(cells[:LARGEST_COLUMNS])
            ]
            for number, cells in _whole_rows(text.split("\n"))
        ]
    width = max((len(row) for row in rows), default=0)
    rows = _straight(rows, width)
    found: list[Block] = []
    for row in rows:
        if len(row) == 1 and row[0] is not None:
            found.append(Line(row[0].text, row[0].place))
            continue
        line = row + [Cell("") for _ in range(width - len(row))]
        if found and isinstance(found[-1], Grid):
            found[-1].rows.append(line)
        else:
            found.append(Grid([line]))
    return found


def _straight(rows: list[list[Cell | None]], width: int) -> list[list[Cell | None]]:
    """Rows that slid to the left because merged positions were not copied, moved back."""
    texts = [[*(cell.text if cell else "" for cell in row), *[""] * (width - len(row))] for row in rows]
    straight, moved = straightened(texts)
    if not moved:
        return rows
    places = [next((cell.place for cell in row if cell), "") for row in rows]
    return [
        row
        if texts[number] == straight[number]
        else [Cell(text, places[number]) for text in straight[number]]
        for number, row in enumerate(rows)
    ]


def _whole_rows(lines: list[str]) -> list[tuple[int, list[str]]]:
    """Rows of equal width, put together again where a cell's line breaks cut them into several lines."""
    whole = max((line.count("\t") for line in lines if _heads(line)), default=0)
    rows: list[tuple[int, list[str]]] = []
    index = 0
    while index < min(len(lines), LARGEST_ROWS):
        line, last = lines[index], index
        tabs = line.count("\t")
        if whole and 0 < tabs < whole and not _heads(line) and not head_key(line.split("\t")[0]):
            total, ahead = tabs, index
            while ahead + 1 < len(lines) and total < whole and lines[ahead + 1].strip():
                ahead += 1
                total += lines[ahead].count("\t")
                if lines[ahead].count("\t") >= whole:
                    break
            if (
                total == whole
                and ahead > index
                and not any(lines[one].count("\t") == whole for one in range(index, ahead + 1))
            ):
                line, last = "\n".join(lines[index : ahead + 1]), ahead
        if line.strip():
            rows.append((index, line.split("\t")))
        index = last + 1
    return rows


def _heads(line: str) -> bool:
    cells = line.split("\t")
    return (
        sum(bool(indicator_role(cell)) for cell in cells) >= 4
        or sum(bool(fund_role(norm(cell))) for cell in cells) >= 3
    )


IMPORTER = Importer("txt", "文本", (".txt", ".text", ".csv", ".tsv"), recognises, read)
