"""A printed form as files of each format, the way other programs make them."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from html import escape

from tests.exchange.corpus.printed import Box, Printed

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _paragraphs(text: str) -> str:
    return "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in text.split("\n")
    )


def _word(printed: Printed, table: str) -> bytes:
    from docx import Document
    from docx.oxml import parse_xml

    document = Document()
    for line in printed.title:
        document.add_paragraph(line)
    document.element.body.insert_element_before(parse_xml(table), "w:sectPr")
    document.add_paragraph("填表人：")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def docx(printed: Printed) -> bytes:
    """Word: true gridSpan and vMerge on one grid."""
    twips = [round(width * 567) for width in printed.widths]
    rows = []
    for grid in printed.covered():
        cells, column = [], 0
        while column < len(grid):
            box = grid[column]
            assert box is not None
            own = box in printed.rows[len(rows)]
            merge = "" if box.down == 1 else '<w:vMerge w:val="restart"/>' if own else "<w:vMerge/>"
            span = f'<w:gridSpan w:val="{box.across}"/>' if box.across > 1 else ""
            width = sum(twips[column : column + box.across])
            text = _paragraphs(box.text) if own else "<w:p/>"
            cells.append(
                f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}</w:tcPr>{text}</w:tc>'
            )
            column += box.across
        rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in twips)
    return _word(printed, f"<w:tbl {_W}><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>")


def docx_wps(printed: Printed) -> bytes:
    """WPS: a declared grid that fits no row, cells of irregular spans whose widths alone tell the columns."""
    twips = [round(width * 567) for width in printed.widths]
    rows = []
    for number, grid in enumerate(printed.covered()):
        cells, column = [], 0
        while column < len(grid):
            box = grid[column]
            assert box is not None
            own = box in printed.rows[number]
            merge = (
                ""
                if box.down == 1
                else '<w:vMerge w:val="restart"/>'
                if own
                else '<w:vMerge w:val="continue"/>'
            )
            width = sum(twips[column : column + box.across]) + (number * 7 + column * 5) % 31 - 15
            span = '<w:gridSpan w:val="2"/>' if (number + column) % 3 == 0 else ""
            text = (
                f"<w:sdt><w:sdtContent>{_paragraphs(box.text)}</w:sdtContent></w:sdt>"
                if own and column % 2
                else _paragraphs(box.text)
                if own
                else "<w:p/>"
            )
            cells.append(
                f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}</w:tcPr>{text}</w:tc>'
            )
            column += box.across
        rows.append(f'<w:tr><w:trPr><w:jc w:val="center"/></w:trPr>{"".join(cells)}</w:tr>')
    columns = '<w:gridCol w:w="1000"/>' * 37
    return _word(printed, f"<w:tbl {_W}><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>")


_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?")


def _typed(text: str) -> tuple[object, str]:
    """The value and number format a clerk's spreadsheet would hold for *text*."""
    if _NUMBER.fullmatch(text) and len(text) < 14:
        places = len(text.partition(".")[2])
        return (float(text), "0." + "0" * places) if places else (int(text), "General")
    if _NUMBER.fullmatch(text.removesuffix("%")) and text.endswith("%"):
        places = len(text.removesuffix("%").partition(".")[2])
        return float(text.removesuffix("%")) / 100, "0." + "0" * places + "%" if places else "0%"
    if re.fullmatch(r"[1-9]\d{0,2}(?:,\d{3})+\.\d", text):
        return float(text.replace(",", "")), "#,##0.0"
    return text, "General"


def xlsx(printed: Printed) -> bytes:
    """Excel: numbers and percentages as numbers, true merges, two blank rows and a blank column before."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook()
    cover = book.active
    assert cover is not None
    cover.title = "填报说明"
    cover["B2"] = "请先阅读填报说明"
    sheet = book.create_sheet("自评表")
    for number, line in enumerate(printed.title):
        sheet.cell(row=3 + number, column=2, value=line)
        sheet.merge_cells(
            start_row=3 + number, end_row=3 + number, start_column=2, end_column=1 + len(printed.widths)
        )
    top = 4 + len(printed.title)
    for row, column, box in printed.placed():
        cell = sheet.cell(row=top + row, column=2 + column)
        value, code = _typed(box.text)
        if value != "":
            cell.value = value  # type: ignore[assignment]
            if isinstance(value, str):
                cell.data_type = "s"
        cell.number_format = code
        if box.across > 1 or box.down > 1:
            sheet.merge_cells(
                start_row=top + row,
                end_row=top + row + box.down - 1,
                start_column=2 + column,
                end_column=1 + column + box.across,
            )
    hidden = 2 + len(printed.widths) + 1
    sheet.cell(row=top, column=hidden, value="内部编号")
    sheet.column_dimensions[get_column_letter(hidden)].hidden = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xls(printed: Printed) -> bytes:
    """Excel 97-2003."""
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("自评表")
    styles: dict[str, object] = {}
    for number, line in enumerate(printed.title):
        sheet.write_merge(number, number, 0, len(printed.widths) - 1, line)
    top = len(printed.title)
    for row, column, box in printed.placed():
        value, code = _typed(box.text)
        style = styles.setdefault(code, xlwt.easyxf(num_format_str=code))
        if box.across > 1 or box.down > 1:
            sheet.write_merge(
                top + row, top + row + box.down - 1, column, column + box.across - 1, value, style
            )
        else:
            sheet.write(top + row, column, value, style)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def html(printed: Printed) -> bytes:
    """A page as a county's site has it: GBK, a layout table around, paragraphs and spaces inside cells."""
    rows = []
    for row in printed.rows:
        cells = []
        for box in row:
            spans = (f' rowspan="{box.down}"' if box.down > 1 else "") + (
                f' colspan="{box.across}"' if box.across > 1 else ""
            )
            text = (
                "".join(
                    f"<p><span>{escape(line).replace('  ', ' &nbsp;')}</span></p>"
                    for line in box.text.split("\n")
                )
                if box.text
                else "&nbsp;"
            )
            cells.append(f"<td{spans}>\n  {text}\n</td>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    title = "".join(f"<h1>{escape(line)}</h1>" for line in printed.title)
    page = (
        '<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>公开</title>'
        f"<style>td{{}}</style></head><body><div>首页 &gt; 信息公开</div><table><tr><td>{title}"
        f"<table border=1><tbody>{''.join(rows)}</tbody></table></td></tr></table><p>发布日期：2023-05-01</p></body></html>"
    )
    return page.encode("gb18030")


def md(printed: Printed) -> bytes:
    """Markdown a converter made: one table, each position of a merged cell repeated, line breaks as <br>."""
    lines = [*(f"# {line}" for line in printed.title), ""]
    for number, row in enumerate(printed.covered()):
        cells = [
            (box.text if box else "").replace("\n", "<br>").replace("|", "\\|").replace("*", "\\*")
            for box in row
        ]
        lines.append(f"| {' | '.join(cells)} |")
        if not number:
            lines.append(f"|{' --- |' * len(row)}")
    return "\n".join(lines).encode()


def pasted(printed: Printed) -> bytes:
    """Text copied from a spreadsheet: tabs, blank where a merge goes on, line breaks inside quotes."""
    lines = ["\t".join([line] + [""] * (len(printed.widths) - 1)) for line in printed.title]
    for number, row in enumerate(printed.covered()):
        cells, seen = [], set()
        for box in row:
            assert box is not None
            new = box in printed.rows[number] and id(box) not in seen
            seen.add(id(box))
            text = box.text if new else ""
            cells.append(f'"{text}"' if "\n" in text else text)
        lines.append("\t".join(cells))
    return "\r\n".join(lines).encode()


def _wrapped(box: Box, width: float) -> str:
    """*box*'s text broken into lines that fit *width* points."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    lines = []
    for line in box.text.split("\n"):
        held = ""
        for character in line:
            if held and stringWidth(held + character, "STSong-Light", 8) > width - 4:
                lines.append(held)
                held = ""
            held += character
        lines.append(held)
    return "\n".join(lines)


def pdf(printed: Printed) -> bytes:
    """A ruled PDF: cells wrapped by their width, the table cut by the page, merged cells cut with it."""
    from reportlab.lib import colors
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen import canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    sheet = canvas.Canvas(out, pagesize=(595, 842), invariant=1)
    points = [width * 28.35 * 530 / (sum(printed.widths) * 28.35) for width in printed.widths]
    lefts = [32 + sum(points[:column]) for column in range(len(points) + 1)]
    placed = printed.placed()
    texts = {id(box): _wrapped(box, lefts[column + box.across] - lefts[column]) for _, column, box in placed}
    heights = [14.0] * len(printed.rows)
    for row, _, box in placed:
        if box.down == 1:
            heights[row] = max(heights[row], 10.0 * texts[id(box)].count("\n") + 14)
    for row, _, box in placed:
        needed = 10.0 * texts[id(box)].count("\n") + 14
        if box.down > 1 and sum(heights[row : row + box.down]) < needed:
            heights[row + box.down - 1] += needed - sum(heights[row : row + box.down])
    pages: list[tuple[int, int]] = []
    start, used = 0, 60.0
    for row, height in enumerate(heights):
        if used + height > 780:
            pages.append((start, row))
            start, used = row, 20.0
        used += height
    pages.append((start, len(heights)))
    for number, (first, last) in enumerate(pages):
        y = 800.0
        sheet.setFont("STSong-Light", 8)
        if not number:
            for line in printed.title:
                sheet.drawCentredString(297, y, line)
                y -= 14
        tops = [y - sum(heights[first:row]) for row in range(first, last + 1)]
        sheet.setStrokeColor(colors.black)
        sheet.setLineWidth(0.5)
        for row, column, box in placed:
            low, high = max(row, first), min(row + box.down, last)
            if low >= high:
                continue
            top, bottom = tops[low - first], tops[high - first]
            sheet.rect(lefts[column], bottom, lefts[column + box.across] - lefts[column], top - bottom)
            lines = texts[id(box)].split("\n") if row >= first or box.down > 1 else []
            begin = (top + bottom) / 2 + 5 * len(lines) - 8
            for offset, line in enumerate(lines):
                sheet.drawString(lefts[column] + 2, begin - 10 * offset, line)
        sheet.drawCentredString(297, 20, f"- {number + 1} -")
        sheet.showPage()
    sheet.save()
    return out.getvalue()


FORMATS: dict[str, tuple[str, Callable[[Printed], bytes]]] = {
    "docx": ("docx", docx),
    "docx_wps": ("docx", docx_wps),
    "xlsx": ("xlsx", xlsx),
    "xls": ("xls", xls),
    "html": ("html", html),
    "md": ("md", md),
    "pdf": ("pdf", pdf),
    "pasted": ("txt", pasted),
}
