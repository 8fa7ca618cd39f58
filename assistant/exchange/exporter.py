"""What an exporter is, and where all of them are found: each module of ``exporters/`` defines ``EXPORTER``."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from assistant.domain.errors import CatalogueError, InputError
from assistant.exchange.bundle import ExportBundle, require_final
from assistant.exchange.masking import masked


@dataclass(frozen=True, slots=True)
class Exporter:
    """A document format to write.

    Attributes:
        code: What ``--to`` takes.
        label: The format in the user's words.
        suffix: Of the file, with its dot.
        write: The bundle (already masked for public exports) as bytes.
    """

    code: str
    label: str
    suffix: str
    write: Callable[[ExportBundle], bytes]


@cache
def exporters() -> dict[str, Exporter]:
    """Every exporter by its code."""
    package = importlib.import_module("assistant.exchange.exporters")
    found: dict[str, Exporter] = {}
    for info in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        part = getattr(importlib.import_module(info.name), "EXPORTER", None)
        if not isinstance(part, Exporter) or part.code in found:
            raise CatalogueError(
                f"{info.name} 缺少 EXPORTER 或编号重复。", "每个模块定义一个编号不同的 EXPORTER。"
            )
        found[part.code] = part
    return dict(sorted(found.items()))


def code_of(name: str) -> str:
    """The format a file's name asks for (``表.docx`` → ``docx``).

    Of two formats with one suffix it is the one called like it: another system's import sheet must be asked for.

    Raises:
        InputError: No format is called like the suffix.
    """
    code = Path(name).suffix.lower().removeprefix(".")
    if code not in exporters():
        raise InputError(
            "看不出要导出成哪种格式。",
            f"请写 -o 加带后缀的文件名（如 -o 自评表.docx），或用 --to 指定：{'、'.join(exporters())}。",
        )
    return code


def export(code: str, bundle: ExportBundle) -> bytes:
    """Write *bundle* as *code* (``md``, ``json`` ...).

    Raises:
        InputError: There is no such format.
        ExchangeError: A final document was asked for while errors are open.
    """
    exporter = exporters().get(code)
    if exporter is None:
        raise InputError(f"不能导出为“{code}”。", f"可选：{'、'.join(exporters())}。")
    require_final(bundle)
    return exporter.write(replace(masked(bundle), public=True) if bundle.public else bundle)
