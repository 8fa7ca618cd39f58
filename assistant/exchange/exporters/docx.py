"""The form as a Word document: the official table on A4, ready to print and to be sealed. Word and WPS open it."""

from __future__ import annotations

from assistant.exchange.annex import Shape, annex
from assistant.exchange.bundle import ExportBundle
from assistant.exchange.exporter import Exporter
from assistant.exchange.form_layout import DRAFT, Kind, Part, Placed
from assistant.exchange.measure import BOTTOM_MARGIN, LINE_POINTS, SIDE_MARGIN, TOP_MARGIN, Measures, measured
from assistant.exchange.ooxml import (
    HEAD,
    KEPT_TYPE,
    OFFICE,
    content_types,
    kept_parts,
    packed,
    relations,
    xml,
)
from assistant.exchange.own import kept_json
from assistant.exchange.wording import banner_text

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
BODY, TITLE, HEADING, LATIN = "仿宋_GB2312", "方正小标宋简体", "黑体", "Times New Roman"
_TWIPS_PER_MM = 1440 / 25.4
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
    types = {"word/document.xml": f"{_TYPE}.document.main+xml"}
    types |= {f"word/{name}.xml": f"{_TYPE}.{name}+xml" for name in ("styles", "settings", "fontTable")}
    types |= {"word/footer1.xml": f"{_TYPE}.footer+xml"}
    types |= {"word/header1.xml": f"{_TYPE}.header+xml"} if banner else {}
    types |= KEPT_TYPE if kept else {}
    parts = {
        "[Content_Types].xml": content_types(types),
        "_rels/.rels": relations({"rId1": ("officeDocument", "word/document.xml")}),
        "word/document.xml": _document(bundle, form, banner),
        "word/_rels/document.xml.rels": relations(targets),
        "word/styles.xml": _STYLES,
        "word/settings.xml": _SETTINGS,
        "word/fontTable.xml": _FONTS,
        "word/footer1.xml": _FOOTER,
    }
    if banner:
        parts["word/header1.xml"] = _part("hdr", _paragraph(DRAFT, "Mark"))
    return packed(parts | kept)


def _part(tag: str, body: str) -> str:
    return f'{HEAD}<w:{tag} xmlns:w="{_W}" xmlns:r="{OFFICE}">{body}</w:{tag}>'


def _document(bundle: ExportBundle, form: Measures, banner: str) -> str:
    layout = form.layout
    body = [_paragraph(layout.title, "Title"), _paragraph(layout.year, "Subtitle")]
    if banner:
        body.append(_paragraph(banner, "Banner"))
    body.append(_table(layout.upper, form, form.upper, last=False))
    body.append('<w:p><w:pPr><w:pStyle w:val="Seam"/></w:pPr></w:p>')
    body.append(_table(layout.lower, form, form.lower, last=True))
    body += _annex(bundle) if bundle.annex else ['<w:p><w:pPr><w:pStyle w:val="Seam"/></w:pPr></w:p>']
    body.append(_section(form, banner=bool(banner)))
    return _part("document", f"<w:body>{''.join(body)}</w:body>")


def _section(form: Measures, *, banner: bool) -> str:
    wide, high = (_twips(length) for length in form.page)
    turned = ' w:orient="landscape"' if wide > high else ""
    side, top, bottom = (_twips(length) for length in (SIDE_MARGIN, TOP_MARGIN, BOTTOM_MARGIN))
    header = '<w:headerReference w:type="default" r:id="rId5"/>' if banner else ""
    return (
        f'<w:sectPr>{header}<w:footerReference w:type="default" r:id="rId4"/>'
        f'<w:pgSz w:w="{wide}" w:h="{high}"{turned}/>'
        f'<w:pgMar w:top="{top}" w:right="{side}" w:bottom="{bottom}" w:left="{side}" '
        'w:header="567" w:footer="510" w:gutter="0"/></w:sectPr>'
    )


def _twips(millimetres: int) -> int:
    return round(millimetres * _TWIPS_PER_MM)


def _run(text: str, properties: str = "") -> str:
    tabbed = '</w:t><w:tab/><w:t xml:space="preserve">'.join(xml(text).split("\t"))
    dress = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{dress}<w:t xml:space="preserve">{tabbed}</w:t></w:r>'


def _paragraph(text: str, style: str, strong: str = "") -> str:
    runs = (_run(strong, "<w:b/>") if strong else "") + (_run(text) if text else "")
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>'


_PARAGRAPHS = {
    Shape.TITLE: "Heading1",
    Shape.HEADING: "Heading2",
    Shape.PARAGRAPH: "Plain",
    Shape.ITEM: "Item",
    Shape.DETAIL: "Detail",
}


def _annex(bundle: ExportBundle) -> list[str]:
    return [
        _paragraph(line.text.replace("\n", " "), _PARAGRAPHS[line.shape], line.strong.replace("\n", " "))
        for block in annex(bundle)
        for line in block
    ]


def _table(part: Part, form: Measures, heights: tuple[int, ...], *, last: bool) -> str:
    widths = [_twips(width) for width in form.widths]
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
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{aligned}</w:pPr>{_run(line) if line else ""}</w:p>'
        for line in (xml_lines(cell.text) if begins else [""])
    )
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(paragraphs)}</w:tc>"


def xml_lines(text: str) -> list[str]:
    """The lines of a cell, one paragraph each."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _style(
    name: str, label: str, paragraph: str, run: str = "", *, based: str = "Normal", outline: str = ""
) -> str:
    own = ' w:customStyle="1"' if label.startswith(("Form", "Annex", "Draft")) else ""
    return (
        f'<w:style w:type="paragraph"{own} w:styleId="{name}"><w:name w:val="{label}"/><w:basedOn w:val="{based}"/><w:qFormat/>'
        f"<w:pPr>{paragraph}{outline}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def _fonts(chinese: str) -> str:
    return f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{chinese}" w:cs="{LATIN}"/>'


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _spaced(points: int, *, before: int = 0, after: int = 0) -> str:
    return f'<w:spacing w:before="{before * 20}" w:after="{after * 20}" w:line="{points * 20}" w:lineRule="exact"/>'


_CENTRE = '<w:jc w:val="center"/>'
_STYLES = _part(
    "styles",
    "<w:docDefaults><w:rPrDefault><w:rPr>"
    f'{_fonts(BODY)}{_size(21)}<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
    "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
    '<w:pPr><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/></w:pPr></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/></w:style>'
    + _style("Title", "Title", _spaced(30) + _CENTRE, _fonts(TITLE) + _size(44))
    + _style("Subtitle", "Subtitle", _spaced(22, after=6) + _CENTRE, _size(28))
    + _style(
        "Banner",
        "Draft Banner",
        _spaced(18, after=6) + _CENTRE,
        _fonts(HEADING) + '<w:color w:val="C00000"/>',
    )
    + _style(
        "Mark",
        "Draft Mark",
        '<w:jc w:val="right"/>',
        _fonts(HEADING) + '<w:color w:val="C00000"/>' + _size(28),
    )
    + _style("Cell", "Form Cell", _spaced(LINE_POINTS))
    + _style("Label", "Form Label", _spaced(LINE_POINTS) + _CENTRE, _fonts(HEADING), based="Cell")
    + _style("Heading", "Form Heading", "<w:keepNext/>", based="Label")
    + _style(
        "Seam", "Form Seam", '<w:spacing w:before="0" w:after="0" w:line="10" w:lineRule="exact"/>', _size(2)
    )
    + _style(
        "Heading1",
        "heading 1",
        "<w:keepNext/><w:pageBreakBefore/>" + _spaced(26, after=6),
        _fonts(HEADING) + _size(32),
        outline='<w:outlineLvl w:val="0"/>',
    )
    + _style(
        "Heading2",
        "heading 2",
        "<w:keepNext/>" + _spaced(22, before=8, after=2),
        _fonts(HEADING) + _size(24),
        outline='<w:outlineLvl w:val="1"/>',
    )
    + _style("Plain", "Annex Text", _spaced(18, after=2))
    + _style("Item", "Annex Item", _spaced(18, before=3))
    + _style("Detail", "Annex Detail", _spaced(16) + '<w:ind w:left="420"/>', _size(19))
    + _style("Footer", "footer", _CENTRE, _size(18)),
)
_SETTINGS = _part(
    "settings",
    '<w:defaultTabStop w:val="420"/><w:characterSpacingControl w:val="compressPunctuation"/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    "</w:compat>"
    '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>',
)


def _font(name: str, other: str, family: str, charset: str = "86") -> str:
    return (
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="{charset}"/>'
        f'<w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'
    )


_FONTS = _part(
    "fonts",
    _font(BODY, "仿宋", "modern")
    + _font(TITLE, "方正小标宋_GBK", "script")
    + _font(HEADING, "SimHei", "modern"),
)


def _field(code: str) -> str:
    return f'<w:fldSimple w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


_FOOTER = _part(
    "ftr",
    f'<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{_run("第 ")}{_field("PAGE")}{_run(" 页，共 ")}'
    f"{_field('NUMPAGES')}{_run(' 页')}</w:p>",
)

EXPORTER = Exporter("docx", "Word 文档（正式表样，可直接打印）", ".docx", write)
