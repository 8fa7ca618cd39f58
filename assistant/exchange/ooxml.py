"""Office files as zip packages: the same parts always give the same bytes, and nothing names a person or a date."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Mapping
from io import BytesIO
from xml.sax.saxutils import escape

from assistant.domain.visible import visible

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KEPT_SPACE = "urn:ziping:form:1"
KEPT_PART = "customXml/item1.xml"
_KEPT_ID = "{6B1F3C52-5A0E-4A57-9C41-7A6970696E67}"
_NOT_XML = re.compile("[\ufffe\uffff]|[^\x00-\uffff\U00010000-\U0010ffff]")
_EARLIEST = (1980, 1, 1, 0, 0, 0)


def xml(text: str) -> str:
    """*text* for XML, in elements and in attributes; what XML cannot hold is shown as its picture."""
    return escape(_NOT_XML.sub("\ufffd", visible(text)), {'"': "&quot;"})


Part = str | bytes | Iterable[str]
"""A part of a package: whole, or in pieces, so that a large one is never in memory at once."""


def packed(parts: Mapping[str, str] | Mapping[str, str | bytes] | Mapping[str, Part]) -> bytes:
    """The zip package of *parts*, in their order, without any time or system in it."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, _EARLIEST)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            with package.open(info, "w") as part:
                if isinstance(text, bytes):
                    part.write(text)
                    continue
                for piece in (text,) if isinstance(text, str) else text:
                    part.write(piece.encode())
    return out.getvalue()


def content_types(overrides: Mapping[str, str]) -> str:
    """``[Content_Types].xml`` for XML parts named in *overrides*."""
    lines = "".join(
        f'<Override PartName="/{part}" ContentType="{kind}"/>' for part, kind in overrides.items()
    )
    return (
        f'{HEAD}<Types xmlns="{TYPES}">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{lines}</Types>'
    )


def relations(targets: Mapping[str, tuple[str, str]]) -> str:
    """A relationships part: id → (type's last word, target)."""
    lines = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for name, (kind, target) in targets.items()
    )
    return f'{HEAD}<Relationships xmlns="{RELATIONS}">{lines}</Relationships>'


def kept_parts(kept: str) -> dict[str, str]:
    """The parts that carry *kept* (JSON) beside the document; none for an empty text."""
    if not kept:
        return {}
    return {
        KEPT_PART: f'{HEAD}<kept xmlns="{KEPT_SPACE}">{xml(kept)}</kept>',
        "customXml/itemProps1.xml": (
            f'{HEAD}<ds:datastoreItem ds:itemID="{_KEPT_ID}" '
            'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml">'
            f'<ds:schemaRefs><ds:schemaRef ds:uri="{KEPT_SPACE}"/></ds:schemaRefs></ds:datastoreItem>'
        ),
        "customXml/_rels/item1.xml.rels": relations({"rId1": ("customXmlProps", "itemProps1.xml")}),
    }


KEPT_TYPE = {
    "customXml/itemProps1.xml": "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
}
