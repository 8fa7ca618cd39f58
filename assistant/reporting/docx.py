"""A report as a Word document: body in 仿宋 三号, headings in 黑体 and 楷体, 30 points a line, charts one can edit."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from assistant.exchange import wordml as w
from assistant.exchange.measure import ems
from assistant.exchange.ooxml import OFFICE, content_types, packed, relations
from assistant.reporting.charts import Chart
from assistant.reporting.document import Block, Heading, Passage, SelfReport, Table, numbered
from assistant.reporting.drawingml import SHEET_TYPE, anchor, chart_part, workbook
from assistant.reporting.drawingml import TYPE as CHART_TYPE

KAI = "楷体_GB2312"
MOST_BARS = 15
"""Groups of bars a chart may have before it goes on in another: what fits a page."""

_MOST_TOGETHER = 10
"""Rows of a table that is not torn apart at the foot of a page."""

_HEAD_EM = 230
"""Twips of one character of a heading: 11 points, and a hair."""

_TEXT_TWIPS = 8845
"""The text's width: A4 less 28 mm at the left and 26 mm at the right."""


def document(report: SelfReport) -> bytes:
    """The whole file; the same report gives the same bytes, and nothing in it names a person or a date of its making."""
    charts: list[Chart] = []
    body = [w.paragraph(report.title, "Title")]
    for heading, section in numbered(report.sections):
        body.append(w.paragraph(heading, "Heading1"))
        for block in section.blocks:
            body += _block(block, charts)
    body.append(_SECTION)
    numbers = range(1, len(charts) + 1)
    targets = {"rId1": ("styles", "styles.xml"), "rId2": ("settings", "settings.xml")}
    targets |= {"rId3": ("fontTable", "fontTable.xml"), "rId4": ("footer", "footer1.xml")}
    targets |= {f"rIdChart{number}": ("chart", f"charts/chart{number}.xml") for number in numbers}
    types = {"word/document.xml": f"{w.TYPE}.document.main+xml"}
    types |= {f"word/{name}.xml": f"{w.TYPE}.{name}+xml" for name in ("styles", "settings", "fontTable")}
    types |= {"word/footer1.xml": f"{w.TYPE}.footer+xml"}
    types |= {f"word/charts/chart{number}.xml": CHART_TYPE for number in numbers}
    types |= {f"word/embeddings/chart{number}.xlsx": SHEET_TYPE for number in numbers}
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": content_types(types),
        "_rels/.rels": relations({"rId1": ("officeDocument", "word/document.xml")}),
        "word/document.xml": w.part("document", f"<w:body>{''.join(body)}</w:body>"),
        "word/_rels/document.xml.rels": relations(targets),
        "word/styles.xml": _STYLES,
        "word/settings.xml": w.SETTINGS,
        "word/fontTable.xml": _FONTS,
        "word/footer1.xml": w.FOOTER,
    }
    for number, chart in enumerate(charts, 1):
        parts[f"word/charts/chart{number}.xml"] = chart_part(chart)
        parts[f"word/charts/_rels/chart{number}.xml.rels"] = relations(
            {"rId1": ("package", f"../embeddings/chart{number}.xlsx")}
        )
        parts[f"word/embeddings/chart{number}.xlsx"] = workbook(chart)
    return packed(parts)


def _block(block: Block, charts: list[Chart]) -> Iterator[str]:
    if isinstance(block, Heading):
        yield w.paragraph(block.text, "Heading2")
    elif isinstance(block, Passage):
        for line in block.text.splitlines():
            yield w.paragraph(line, "Lead" if line.endswith("：") else "Body")
    elif isinstance(block, Chart):
        for chart in block.parts(MOST_BARS):
            charts.append(chart)
            number = len(charts)
            drawing = anchor(chart, number, f"rIdChart{number}")
            yield f'<w:p><w:pPr><w:pStyle w:val="Picture"/></w:pPr>{drawing}</w:p>'
    else:
        yield w.paragraph("", "Seam")
        yield _table(block)
        yield w.paragraph("", "Seam")


def _table(table: Table) -> str:
    widths = _widths(table)
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = [_row(table.columns, widths, heading=True)]
    last = len(table.rows) if len(table.rows) <= _MOST_TOGETHER else 0
    rows += [_row(cells, widths, heading=False, held=at < last) for at, cells in enumerate(table.rows, 1)]
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{edges}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _widths(table: Table) -> list[int]:
    """The first column takes what the figures leave."""
    longest = [max(ems(cell) for cell in column) for column in zip(*table.rows, strict=True)]
    heads = [ceil(ems(head) / 2) * _HEAD_EM + 200 for head in table.columns]  # in two lines
    others = [
        max(1000, head, min(1500, round(long * 240) + 200))
        for head, long in zip(heads[1:], longest[1:], strict=True)
    ]
    return [_TEXT_TWIPS - sum(others), *others]


def _row(cells: tuple[str, ...], widths: list[int], *, heading: bool, held: bool = False) -> str:
    """One row; a *held* one stays on the page of the next."""
    properties = "<w:cantSplit/>" + ("<w:tblHeader/>" if heading else "")
    pieces = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f"{_cell(cell, 'CellHead' if heading else 'Cell' if not at else 'CellFigure', held)}</w:tc>"
        for at, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return f"<w:tr><w:trPr>{properties}</w:trPr>{pieces}</w:tr>"


def _cell(text: str, style: str, held: bool) -> str:
    return w.paragraph(text, style).replace("</w:pPr>", "<w:keepNext/></w:pPr>" if held else "</w:pPr>", 1)


_SECTION = (
    f'<w:sectPr xmlns:r="{OFFICE}"><w:footerReference w:type="default" r:id="rId4"/><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" w:header="851" w:footer="1077" w:gutter="0"/></w:sectPr>'
)
_INDENT = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
_STYLES = w.part(
    "styles",
    "<w:docDefaults><w:rPrDefault><w:rPr>"
    f'{w.fonts(w.BODY)}{w.size(32)}<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
    "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
    '<w:pPr><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/></w:pPr></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/></w:style>'
    + w.style("Title", "Title", w.spaced(36, after=24) + w.CENTRE, w.fonts(w.TITLE) + w.size(44))
    + w.style("Body", "Body Text", w.spaced(30) + _INDENT)
    + w.style("Lead", "Form Lead", "<w:keepNext/>", based="Body")
    + w.style(
        "Heading1",
        "heading 1",
        "<w:keepNext/>" + w.spaced(30) + _INDENT,
        w.fonts(w.HEADING),
        outline='<w:outlineLvl w:val="0"/>',
    )
    + w.style(
        "Heading2",
        "heading 2",
        "<w:keepNext/>" + w.spaced(30) + _INDENT,
        w.fonts(KAI),
        outline='<w:outlineLvl w:val="1"/>',
    )
    + w.style("Picture", "Form Picture", '<w:spacing w:before="120" w:after="120"/>' + w.CENTRE)
    + w.style("Cell", "Form Cell", w.spaced(18), w.size(22))
    + w.style("CellFigure", "Form Figure", w.CENTRE, based="Cell")
    + w.style("CellHead", "Form Heading", "<w:keepNext/>" + w.CENTRE, w.fonts(w.HEADING), based="Cell")
    + w.style("Seam", "Form Seam", w.spaced(12), w.size(16))
    + w.style("Footer", "footer", w.CENTRE, w.size(28)),
)
_FONTS = w.part(
    "fonts",
    w.font(w.BODY, "仿宋", "modern")
    + w.font(KAI, "楷体", "modern")
    + w.font(w.TITLE, "方正小标宋_GBK", "script")
    + w.font(w.HEADING, "SimHei", "modern"),
)
