"""Any document to a case: by what its bytes are, whatever its name says."""

from __future__ import annotations

from pathlib import PurePath

from assistant.domain.errors import InputError
from assistant.exchange.importer import Importer, ImportReport, importers

LARGEST_BYTES = 50 * 1024 * 1024

_BINARY = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0")
_PASTE = "也可以打开后复制表格文字，用 ziping read - 粘贴读入。"
FOREIGN = {
    ".doc": "请在 Word 或 WPS 中另存为 .docx 再读。",
    ".wps": "请在 WPS 中另存为 .docx 再读。",
    ".rtf": "请在 Word 或 WPS 中另存为 .docx 再读。",
    ".ods": "请在 WPS 或 LibreOffice 中另存为 .xlsx 再读。",
    ".odt": "请在 WPS 或 LibreOffice 中另存为 .docx 再读。",
    ".ofd": "请用阅读器导出为 PDF 再读。",
    ".zip": "请先解压，再读其中的文件。",
    ".rar": "请先解压，再读其中的文件。",
    ".7z": "请先解压，再读其中的文件。",
}
"""Endings of documents that hold forms, yet cannot be read, and what to do about it."""
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"RIFF")


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
    known = importers().values()
    named = [importer for importer in known if suffix in importer.suffixes]
    for importer in () if data.startswith(b"{\\rtf") else (*named, *known):
        if importer.recognises(data):
            return importer
    raise _refused(data, suffix, shown)


def _refused(data: bytes, suffix: str, shown: str) -> InputError:
    """Why *data* cannot be read, and the way out."""
    endings = " ".join(
        dict.fromkeys(ending for importer in importers().values() for ending in importer.suffixes)
    )
    if data.startswith(_PICTURES):
        return InputError(
            f"{shown} 是图片，读不出文字。", "请用文字识别软件取得文字后，用 ziping read - 粘贴读入。"
        )
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            return InputError(f"{shown} 设有打开密码，读不了。", "请在 Office 或 WPS 中取消密码后另存再读。")
        if "WordDocument".encode("utf-16-le") in data:
            return InputError(f"{shown} 是 Word 97-2003 文档，读不了。", f"{FOREIGN['.doc']}{_PASTE}")
        return InputError(
            f"{shown} 已损坏，或不是能读的 Office 文件。", f"请在原软件中另存为 .docx 或 .xlsx 再读；{_PASTE}"
        )
    if data.startswith(b"{\\rtf"):
        return InputError(f"{shown} 是 RTF 文档，读不了。", f"{FOREIGN['.rtf']}{_PASTE}")
    if data.startswith(_BINARY) and suffix not in FOREIGN:
        return InputError(f"{shown} 已损坏，或里面不是文档。", f"请在原软件中重新另存；现可读取 {endings}。")
    if suffix in FOREIGN:
        return InputError(f"还不能直接读取 {shown}（{suffix} 格式）。", f"{FOREIGN[suffix]}{_PASTE}")
    return InputError(f"看不出 {shown} 里有自评表。", f"现可读取 {endings}；请确认没有选错文件。")
