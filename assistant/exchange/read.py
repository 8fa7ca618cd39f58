"""Any document to a case: by the ending of its name, else by what it looks like."""

from __future__ import annotations

from pathlib import PurePath

from assistant.domain.errors import InputError
from assistant.exchange.importer import Importer, ImportReport, importers

LARGEST_BYTES = 50 * 1024 * 1024

_BY_CONTENT = {b"PK\x03\x04": ".docx/.xlsx", b"%PDF": ".pdf", b"\xd0\xcf\x11\xe0": ".doc/.xls"}
_NOT_YET = {
    ".xlsx",
    ".xls",
    ".docx",
    ".doc",
    ".pdf",
    ".wps",
    ".et",
    ".html",
    ".htm",
    ".csv",
    ".ofd",
    ".odt",
    ".ods",
}


def read_document(data: bytes, name: str) -> ImportReport:
    """Read the form in *data*; *name* is the file's name, or ``-`` for standard input.

    Raises:
        InputError: It cannot be read as a form; says what to do instead.
    """
    shown = PurePath(name).name if name not in {"", "-"} else "标准输入"
    if len(data) > LARGEST_BYTES:
        raise InputError(
            f"{shown} 有 {len(data) // 1024 // 1024} MB，过大。", "自评表一般不到 1 MB，请确认没有选错文件。"
        )
    if not data.strip():
        raise InputError(f"{shown} 是空文件。", "请确认文件内容，或另选文件。")
    return _importer(data, PurePath(name).suffix.lower(), shown).read(data, shown)


def _importer(data: bytes, suffix: str, shown: str) -> Importer:
    """By the name where the content agrees, else by the content, else by the name (it says what is wrong)."""
    known = importers().values()
    named = [importer for importer in known if suffix in importer.suffixes]
    for importer in (*named, *known):
        if importer.recognises(data):
            return importer
    kind = next((kind for start, kind in _BY_CONTENT.items() if data.startswith(start)), "")
    if named and not kind:
        return named[0]
    endings = " ".join(dict.fromkeys(ending for importer in known for ending in importer.suffixes))
    if kind or suffix in _NOT_YET:
        raise InputError(
            f"还不能直接读取 {shown}（{kind or suffix} 格式）。",
            f"请在原软件中把表格复制为 Markdown 或文本再读入，或用 ziping new 新建后粘贴；现可读取 {endings}。",
        )
    raise InputError(f"看不出 {shown} 里有自评表。", f"现可读取 {endings}；请确认没有选错文件。")
