"""Pictures of the screen as SVG, right for Chinese and without anything fetched from elsewhere."""

from __future__ import annotations

import html
import re

from rich.cells import cell_len

CELL_WIDTH = 12.2
"""The width of one terminal cell in the exported picture, as Rich lays it out."""

_TEXT = re.compile(r'textLength="[0-9.]+"(?P<between>[^>]*)>(?P<text>[^<]*)<')
_FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}", re.DOTALL)
_FAMILY = re.compile(r"font-family: Fira Code, monospace")
_FAMILIES = (
    "font-family: 'DejaVu Sans Mono', Consolas, Menlo, 'Noto Sans Mono CJK SC', 'Microsoft YaHei', monospace"
)


def corrected(svg: str) -> str:
    """Return an exported picture with every run of text as wide as its cells.

    Rich counts characters where it should count cells, which squeezes Chinese to half its width, and names a font on
    a server, which a reader without network does not get.
    """

    def widened(match: re.Match[str]) -> str:
        width = round(cell_len(html.unescape(match["text"])) * CELL_WIDTH, 1)
        return f'textLength="{width:g}"{match["between"]}>{match["text"]}<'

    return _FAMILY.sub(_FAMILIES, _FONT_FACE.sub("", _TEXT.sub(widened, svg)))
