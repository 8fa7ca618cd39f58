"""The form as a workbook: merged cells, real numbers, totals that are formulas, set up to be printed on A4."""

from __future__ import annotations

from math import ceil

from assistant.exchange.annex import Shape, annex
from assistant.exchange.bundle import ExportBundle
from assistant.exchange.exporter import Exporter
from assistant.exchange.form_layout import DRAFT, Kind, Part, Placed
from assistant.exchange.formulas import formulas
from assistant.exchange.measure import (
    EM,
    SHEET_LINE_POINTS,
    Measures,
    line_count,
    measured_for_sheet,
)
from assistant.exchange.own import kept_json
from assistant.exchange.sheet_styles import Style
from assistant.exchange.sheetml import Sheet, Workbook, reference
from assistant.exchange.wording import banner_text

BODY, TITLE, HEADING, LATIN = "仿宋_GB2312", "方正小标宋简体", "黑体", "Times New Roman"
_ACROSS = {
    Kind.LABEL: "center",
    Kind.LEVEL: "center",
    Kind.TEXT: "left",
    Kind.VALUE: "center",
    Kind.AMOUNT: "right",
    Kind.FIGURE: "center",
}
_NUMBERS = {Kind.AMOUNT, Kind.FIGURE, Kind.VALUE}


def write(bundle: ExportBundle) -> bytes:
    """The workbook: the form on the first sheet, the annex on the second."""
    banner = banner_text(bundle)
    form = measured_for_sheet(bundle.case, banner=bool(banner))
    book = Workbook()
    _form(book, bundle, form, banner)
    if bundle.annex:
        _annex(book, bundle)
    return book.data(kept_json(bundle))


def _form(book: Workbook, bundle: ExportBundle, form: Measures, banner: str) -> None:
    layout, width = form.layout, form.layout.width
    landscape = form.page[0] > form.page[1]
    sheet = book.add(Sheet("自评表", form.widths, landscape, header=DRAFT if banner else ""))
    lines = [
        (layout.title, Style(TITLE, "22", across="center"), 34),
        (layout.year, Style(BODY, "14", across="center"), 24),
    ]
    if banner:
        lines.append((banner, Style(HEADING, "10.5", colour="C00000", across="center"), 24))
    for row, (text, style, height) in enumerate(lines, 1):
        book.put(sheet, row, 1, text, style, as_number=False)
        sheet.merges.append(f"A{row}:{reference(row, width)}")
        sheet.heights[row] = height
    top = len(lines) + 1
    below = top + layout.upper.height
    sheet.heading = (below, below + layout.lower.heading - 1)
    sheet.breaks = [below + row for row in form.starts]
    parts = ((layout.upper, top, form.upper), (layout.lower, below, form.lower))
    places = {
        cell.paths[0]: reference(first + cell.row, cell.column + 1)
        for part, first, _ in parts
        for cell in part.cells
        if cell.paths
    }
    found = formulas(bundle.case, bundle.sheet, places)
    for part, first, heights in parts:
        sheet.heights |= {first + row: height for row, height in enumerate(heights)}
        _part(book, sheet, part, first, found)


def _part(book: Workbook, sheet: Sheet, part: Part, first: int, found: dict[str, str]) -> None:
    for cell in part.cells:
        top, left = first + cell.row, cell.column + 1
        bottom, right = top + cell.down - 1, left + cell.across - 1
        style = _style(cell)
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                book.put(sheet, row, column, "", style)  # a merged cell needs its border on each place
        formula = found.get(cell.paths[0], "") if cell.paths else ""
        book.put(sheet, top, left, cell.text, style, formula=formula, as_number=cell.kind in _NUMBERS)
        if (top, left) != (bottom, right):
            sheet.merges.append(f"{reference(top, left)}:{reference(bottom, right)}")


def _style(cell: Placed) -> Style:
    box = "LR" + ("" if cell.open_above else "T") + ("" if cell.open_below else "B")
    font = HEADING if cell.kind is Kind.LABEL else LATIN if cell.kind in {Kind.AMOUNT, Kind.FIGURE} else BODY
    return Style(font, across=_ACROSS[cell.kind], box=box)


_ANNEX_WIDTH = 172
_DRESS = {
    Shape.TITLE: (Style(HEADING, "16"), 0),
    Shape.HEADING: (Style(HEADING, "12"), 8),
    Shape.PARAGRAPH: (Style(BODY), 2),
    Shape.ITEM: (Style(BODY), 3),
    Shape.DETAIL: (Style(BODY, "9.5", indent=2), 0),
}


def _annex(book: Workbook, bundle: ExportBundle) -> None:
    sheet = book.add(Sheet("计分过程", (_ANNEX_WIDTH,)))
    row = 0
    for block in annex(bundle):
        for line in block:
            row += 1
            style, space = _DRESS[line.shape]
            text = line.strong + line.text
            book.put(sheet, row, 1, text, style, as_number=False)
            lines = line_count(text, (_ANNEX_WIDTH - 4 - 6 * style.indent) / EM)
            high = 20 if line.shape is Shape.TITLE else SHEET_LINE_POINTS
            sheet.heights[row] = min(ceil(lines * high + space), 409)


EXPORTER = Exporter("xlsx", "Excel 工作簿（正式表样，合计带公式）", ".xlsx", write)
