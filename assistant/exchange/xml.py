"""XML of Office files, parsed without entities, network or document types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.domain.errors import InputError
from assistant.exchange.archive import Archive

if TYPE_CHECKING:
    from lxml.etree import _Element


MOST_TAGS = 1_000_000
"""A form has some thousands in a part; each costs some hundred bytes once parsed."""


def parsed(archive: Archive, part: str) -> _Element:
    """The root of one part. Raises ``InputError`` where it is damaged or declares a document type."""
    from lxml import etree

    data = archive.read(part)
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
        raise InputError(
            f"{archive.name} 里有外部实体声明，不是正常的 Office 文件，没有读入。",
            "请在原软件中另存一份再读。",
        )
    if data.count(b"<") > MOST_TAGS:
        raise InputError(
            f"{archive.name} 的内容过多，不像一张自评表，没有读入。",
            "请只把自评表所在的一页另存为一个文件再读。",
        )
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise archive.damaged() from error


def local(tag: object) -> str:
    """The name of an element or attribute without its namespace."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
