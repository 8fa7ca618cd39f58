"""The form as a Word document: the official table on A4, ready to print and to be sealed. Word and WPS open it."""

from __future__ import annotations

from assistant.exchange import wordml as w
from assistant.exchange.annex import Shape, annex
from assistant.exchange.bundle import ExportBundle
from assistant.exchange.exporter import Exporter
from assistant.exchange.form_layout import DRAFT, Kind, Part, Placed
from assistant.exchange.measure import BOTTOM_MARGIN, LINE_POINTS, SIDE_MARGIN, TOP_MARGIN, Measures, measured
from assistant.exchange.ooxml import (
    KEPT_TYPE,
    content_types,
    kept_parts,
    packed,
    relations,
)
from assistant.exchange.own import kept_json
from assistant.exchange.wording import banner_text

_SPLITTABLE_POINTS = 340
"""A row higher than this may go on over the page: pushing it down whole would leave half a page white."""


def write(bundle: ExportBundle) -> bytes:
    """The document with everything it needs; nothing in it names a person or a date of its making."""
    banner = banner_text(bundle)
    form = measured(bundle.case, banner=bool(banner))
    kept = kept_parts(kept_json(bundle))
    targets = {"rId1": ("styles", "styles.xml"), "rId2": ("settings", "settings.xml")}
    targets |= {"rId3": ("fontTable", "fontTable.xml"), "rId4": ("footer", "footer1.xml")}
    targets |= {"rId5": ("header", "header1.xml")} if banner else {}
    targets |= {"rId6": ("customXml", "../customXml/item1.xml")} if kept else {}
    types = {"word/document.xml": f"{w.TYPE}.document.main+xml"}
    types |= {f"word/{name}.xml": f"{w.TYPE}.{name}+xml" for name in ("styles", "settings", "fontTable")}
    types |= {"word/footer1.xml": f"{w.TYPE}.footer+xml"}
    types |= {"word/header1.xml": f"{w.TYPE}.header+xml"} if banner else {}
    types |= KEPT_TYPE if kept else {}
    parts = {
        "[Content_Types].xml": content_types(types),
        "_rels/.rels": relations({"rId1": ("officeDocument", "word/document.xml")}),
        "word/document.xml": _document(bundle, form, banner),
        "word/_rels/document.xml.rels": relations(targets),
        "word/styles.xml": _STYLES,
        "word/settings.xml": w.SETTINGS,
        "word/fontTable.xml": w.FONTS,
        "word/footer1.xml": w.FOOTER,
    }
    if banner:
        parts["word/header1.xml"] = w.part("hdr", w.paragraph(DRAFT, "Mark"))
    return packed(parts | kept)


def _document(bundle: ExportBundle, form: Measures, banner: str) -> str:
    layout = form.layout
    body = [w.paragraph(layout.title, "Title"), w.paragraph(layout.year, "Subtitle")]
    if banner:
        body.append(w.paragraph(banner, "Banner"))
    body.append(_table(layout.upper, form, form.upper, last=False))
    body.append('<w:p><w:pPr><w:pStyle w:val="Seam"/></w:pPr></w:p>')
    body.append(_table(layout.lower, form, form.lower, last=True))
    body += _annex(bundle) if bundle.annex else ['<w:p><w:pPr><w:pStyle w:val="Seam"/></w:pPr></w:p>']
    body.append(_section(form, banner=bool(banner)))
    return w.part("document", f"<w:body>{''.join(body)}</w:body>")


def _section(form: Measures, *, banner: bool) -> str:
    wide, high = (w.twips(length) for length in form.page)
    turned = ' w:orient="landscape"' if wide > high else ""
    side, top, bottom = (w.twips(length) for length in (SIDE_MARGIN, TOP_MARGIN, BOTTOM_MARGIN))
    header = '<w:headerReference w:type="default" r:id="rId5"/>' if banner else ""
    return (
        f'<w:sectPr>{header}<w:footerReference w:type="default" r:id="rId4"/>'
        f'<w:pgSz w:w="{wide}" w:h="{high}"{turned}/>'
        f'<w:pgMar w:top="{top}" w:right="{side}" w:bottom="{bottom}" w:left="{side}" '
        'w:header="567" w:footer="510" w:gutter="0"/></w:sectPr>'
    )


_PARAGRAPHS = {
    Shape.TITLE: "Heading1",
    Shape.HEADING: "Heading2",
    Shape.PARAGRAPH: "Plain",
    Shape.ITEM: "Item",
    Shape.DETAIL: "Detail",
}


def _annex(bundle: ExportBundle) -> list[str]:
    return [
        w.paragraph(line.text.replace("\n", " "), _PARAGRAPHS[line.shape], line.strong.replace("\n", " "))
        for block in annex(bundle)
        for line in block
    ]


def _table(part: Part, form: Measures, heights: tuple[int, ...], *, last: bool) -> str:
    widths = [w.twips(width) for width in form.widths]
    bottom = "" if last else '<w:bottom w:val="nil"/>'
    borders = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        if edge != "bottom" or last
        else bottom
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = part.grid(form.layout.width)
    lines = [
        _row(cells, number, widths, heights[number], heading=number < part.heading)
        for number, cells in enumerate(rows)
    ]
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:top w:w="28" w:type="dxa"/><w:left w:w="57" w:type="dxa"/>'
        '<w:bottom w:w="28" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl>"
    )


def _row(cells: list[Placed], number: int, widths: list[int], height: int, *, heading: bool) -> str:
    whole = "" if height > _SPLITTABLE_POINTS else "<w:cantSplit/>"
    # Only the least height is fixed: a renderer that needs one more line takes it.
    properties = f'{whole}<w:trHeight w:val="{min(height, 1500) * 20}" w:hRule="atLeast"/>'
    properties += "<w:tblHeader/>" if heading else ""
    pieces = [
        _cell(cell, number, sum(widths[cell.column : cell.column + cell.across]), heading=heading)
        for column, cell in enumerate(cells)
        if cell.column == column
    ]
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(pieces)}</w:tr>"


_ALIGNED = {
    Kind.LABEL: "center",
    Kind.LEVEL: "center",
    Kind.TEXT: "left",
    Kind.VALUE: "center",
    Kind.AMOUNT: "right",
    Kind.FIGURE: "center",
}


def _cell(cell: Placed, row: int, width: int, *, heading: bool) -> str:
    begins = cell.row == row
    span = f'<w:gridSpan w:val="{cell.across}"/>' if cell.across > 1 else ""
    merge = ('<w:vMerge w:val="restart"/>' if begins else "<w:vMerge/>") if cell.down > 1 else ""
    open_edges = ('<w:top w:val="nil"/>' if cell.open_above and begins else "") + (
        '<w:bottom w:val="nil"/>' if cell.open_below else ""
    )
    borders = f"<w:tcBorders>{open_edges}</w:tcBorders>" if open_edges else ""
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}{borders}<w:vAlign w:val="center"/>'
    style = "Heading" if heading else "Label" if cell.kind is Kind.LABEL else "Cell"
    aligned = "" if cell.kind is Kind.LABEL else f'<w:jc w:val="{_ALIGNED[cell.kind]}"/>'
    paragraphs = (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{aligned}</w:pPr>{w.run(line) if line else ""}</w:p>'
        for line in (xml_lines(cell.text) if begins else [""])
    )
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(paragraphs)}</w:tc>"


def xml_lines(text: str) -> list[str]:
    """The lines of a cell, one paragraph each."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


_STYLES = w.part(
    "styles",
    "<w:docDefaults><w:rPrDefault><w:rPr>"
    f'{w.fonts(w.BODY)}{w.size(21)}<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
    "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
    '<w:pPr><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/></w:pPr></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/></w:style>'
    + w.style("Title", "Title", w.spaced(30) + w.CENTRE, w.fonts(w.TITLE) + w.size(44))
    + w.style("Subtitle", "Subtitle", w.spaced(22, after=6) + w.CENTRE, w.size(28))
    + w.style(
        "Banner",
        "Draft Banner",
        w.spaced(18, after=6) + w.CENTRE,
        w.fonts(w.HEADING) + '<w:color w:val="C00000"/>',
    )
    + w.style(
        "Mark",
        "Draft Mark",
        '<w:jc w:val="right"/>',
        w.fonts(w.HEADING) + '<w:color w:val="C00000"/>' + w.size(28),
    )
    + w.style("Cell", "Form Cell", w.spaced(LINE_POINTS))
    + w.style("Label", "Form Label", w.spaced(LINE_POINTS) + w.CENTRE, w.fonts(w.HEADING), based="Cell")
    + w.style("Heading", "Form Heading", "<w:keepNext/>", based="Label")
    + w.style(
        "Seam", "Form Seam", '<w:spacing w:before="0" w:after="0" w:line="10" w:lineRule="exact"/>', w.size(2)
    )
    + w.style(
        "Heading1",
        "heading 1",
        "<w:keepNext/><w:pageBreakBefore/>" + w.spaced(26, after=6),
        w.fonts(w.HEADING) + w.size(32),
        outline='<w:outlineLvl w:val="0"/>',
    )
    + w.style(
        "Heading2",
        "heading 2",
        "<w:keepNext/>" + w.spaced(22, before=8, after=2),
        w.fonts(w.HEADING) + w.size(24),
        outline='<w:outlineLvl w:val="1"/>',
    )
    + w.style("Plain", "Annex Text", w.spaced(18, after=2))
    + w.style("Item", "Annex Item", w.spaced(18, before=3))
    + w.style("Detail", "Annex Detail", w.spaced(16) + '<w:ind w:left="420"/>', w.size(19))
    + w.style("Footer", "footer", w.CENTRE, w.size(18)),
)
EXPORTER = Exporter("docx", "Word 文档（正式表样，可直接打印）", ".docx", write)
