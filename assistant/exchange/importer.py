"""What an importer is: bytes to a case as written, and openly every cell whose reading should be confirmed."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from assistant.domain.case import Case, Doubt
from assistant.domain.errors import CatalogueError


@dataclass(frozen=True, slots=True)
class ImportReport:
    """A document read.

    Attributes:
        case: What it said, cell by cell, as written; ``case.doubts`` holds the doubts too.
        doubts: Cells to confirm, each with its raw text and why.
        source: ``format`` (``md``, ``json`` ...) and ``layout``, for scripts.
    """

    case: Case
    doubts: tuple[Doubt, ...] = ()
    source: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Importer:
    """A document format to read.

    Attributes:
        code: The format's short name.
        label: The format in the user's words.
        suffixes: File name endings, lower case with dot.
        recognises: Whether these bytes look like this format, for input without a telling name.
        read: Bytes and name to a report. Raises ``InputError`` or ``ExchangeError``.
    """

    code: str
    label: str
    suffixes: tuple[str, ...]
    recognises: Callable[[bytes], bool]
    read: Callable[[bytes, str], ImportReport]


def readable_suffixes() -> frozenset[str]:
    """The endings of files that can be read, lower case with dot."""
    return frozenset(suffix for importer in importers().values() for suffix in importer.suffixes)


@cache
def importers() -> dict[str, Importer]:
    """Every importer by its code: each module of ``importers/`` defines ``IMPORTER``."""
    package = importlib.import_module("assistant.exchange.importers")
    found: dict[str, Importer] = {}
    for info in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        part = getattr(importlib.import_module(info.name), "IMPORTER", None)
        if not isinstance(part, Importer) or part.code in found:
            raise CatalogueError(
                f"{info.name} 缺少 IMPORTER 或编号重复。", "每个模块定义一个编号不同的 IMPORTER。"
            )
        found[part.code] = part
    return dict(sorted(found.items()))
