"""How the cells of a workbook look, and the part of the file that says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.exchange.ooxml import HEAD, xml

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_FIRST_OWN_FORMAT = 164


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell looks. ``box``: the edges with a line, of ``LRTB``; ``number``: a number format."""

    font: str
    size: str = "10.5"
    bold: bool = False
    colour: str = ""
    across: str = "left"
    down: str = "center"
    box: str = ""
    number: str = ""
    quoted: bool = False
    indent: int = 0


def styles_part(styles: Sequence[Style]) -> str:
    """``styles.xml`` with a cell format for each of *styles*, in their order."""
    fonts = _numbered([_font(style) for style in styles])
    boxes = _numbered(["<border><left/><right/><top/><bottom/><diagonal/></border>", *map(_border, styles)])
    formats = _numbered([style.number for style in styles if style.number])
    fills = '<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    codes = "".join(
        f'<numFmt numFmtId="{_FIRST_OWN_FORMAT + at}" formatCode="{xml(code)}"/>'
        for code, at in formats.items()
    )
    cells = "".join(
        f'<xf numFmtId="{_FIRST_OWN_FORMAT + formats[style.number] if style.number else 0}" fontId="{fonts[_font(style)]}" fillId="0" '
        f'borderId="{boxes[_border(style)]}" xfId="0"{_applied(style)}>{_alignment(style)}</xf>'
        for style in styles
    )
    numbers = f'<numFmts count="{len(formats)}">{codes}</numFmts>' if formats else ""
    return (
        f'{HEAD}<styleSheet xmlns="{MAIN}">{numbers}'
        f'<fonts count="{len(fonts)}">{"".join(fonts)}</fonts><fills count="2">{fills}</fills>'
        f'<borders count="{len(boxes)}">{"".join(boxes)}</borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{len(styles)}">{cells}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )


def _numbered(texts: Sequence[str]) -> Mapping[str, int]:
    return {text: at for at, text in enumerate(dict.fromkeys(texts))}


def _font(style: Style) -> str:
    bold = "<b/>" if style.bold else ""
    colour = f'<color rgb="FF{style.colour}"/>' if style.colour else ""
    return f'<font>{bold}<sz val="{style.size}"/>{colour}<name val="{style.font}"/></font>'


def _border(style: Style) -> str:
    edges = "".join(
        f'<{edge} style="thin"><color rgb="FF000000"/></{edge}>'
        if edge[0].upper() in style.box
        else f"<{edge}/>"
        for edge in ("left", "right", "top", "bottom")
    )
    return f"<border>{edges}<diagonal/></border>"


def _applied(style: Style) -> str:
    number = ' applyNumberFormat="1"' if style.number else ""
    quoted = ' quotePrefix="1"' if style.quoted else ""
    return f'{number}{quoted} applyFont="1" applyBorder="1" applyAlignment="1"'


def _alignment(style: Style) -> str:
    indent = f' indent="{style.indent}"' if style.indent else ""
    return f'<alignment horizontal="{style.across}" vertical="{style.down}" wrapText="1"{indent}/>'
