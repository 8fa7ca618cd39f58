"""The little of WordprocessingML that every document of ours needs: runs, paragraphs, styles, fonts, page numbers."""

from __future__ import annotations

from assistant.exchange.ooxml import HEAD, OFFICE, xml

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
BODY, TITLE, HEADING, LATIN = "仿宋_GB2312", "方正小标宋简体", "黑体", "Times New Roman"
CENTRE = '<w:jc w:val="center"/>'
_TWIPS_PER_MM = 1440 / 25.4


def part(tag: str, body: str) -> str:
    """A whole part whose root is *tag*."""
    return f'{HEAD}<w:{tag} xmlns:w="{W}" xmlns:r="{OFFICE}">{body}</w:{tag}>'


def twips(millimetres: int) -> int:
    """Millimetres in the unit of Word's measures."""
    return round(millimetres * _TWIPS_PER_MM)


def run(text: str, properties: str = "") -> str:
    """*text* in one look."""
    tabbed = '</w:t><w:tab/><w:t xml:space="preserve">'.join(xml(text).split("\t"))
    dress = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{dress}<w:t xml:space="preserve">{tabbed}</w:t></w:r>'


def paragraph(text: str, style: str, strong: str = "") -> str:
    """One paragraph; *strong* stands before it in bold."""
    runs = (run(strong, "<w:b/>") if strong else "") + (run(text) if text else "")
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>'


def style(
    name: str, label: str, paragraph: str, run: str = "", *, based: str = "Normal", outline: str = ""
) -> str:
    """A paragraph style: its id, Word's name for it, and the properties of paragraphs and runs."""
    own = ' w:customStyle="1"' if label.startswith(("Form", "Annex", "Draft")) else ""
    return (
        f'<w:style w:type="paragraph"{own} w:styleId="{name}"><w:name w:val="{label}"/><w:basedOn w:val="{based}"/><w:qFormat/>'
        f"<w:pPr>{paragraph}{outline}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def fonts(chinese: str) -> str:
    """*chinese* for Chinese, Times New Roman for figures and Latin letters."""
    return f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{chinese}" w:cs="{LATIN}"/>'


def size(half_points: int) -> str:
    """The size of letters."""
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def spaced(points: int, *, before: int = 0, after: int = 0) -> str:
    """Lines of exactly *points*; *before* and *after* the paragraph, in points, too."""
    return f'<w:spacing w:before="{before * 20}" w:after="{after * 20}" w:line="{points * 20}" w:lineRule="exact"/>'


SETTINGS = part(
    "settings",
    '<w:defaultTabStop w:val="420"/><w:characterSpacingControl w:val="compressPunctuation"/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    "</w:compat>"
    '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>',
)


def font(name: str, other: str, family: str, charset: str = "86") -> str:
    """A font of the table of fonts, with the one to take where it is not installed."""
    return (
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="{charset}"/>'
        f'<w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'
    )


FONTS = part(
    "fonts",
    font(BODY, "仿宋", "modern")
    + font(TITLE, "方正小标宋_GBK", "script")
    + font(HEADING, "SimHei", "modern"),
)


def _field(code: str) -> str:
    return f'<w:fldSimple w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


FOOTER = part(
    "ftr",
    f'<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{run("第 ")}{_field("PAGE")}{run(" 页，共 ")}'
    f"{_field('NUMPAGES')}{run(' 页')}</w:p>",
)
