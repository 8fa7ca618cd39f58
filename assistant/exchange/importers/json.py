"""Case files and everything of ours that carries a case: ``ziping export --to json``, ``ziping read --json``."""

from __future__ import annotations

from assistant.domain.case_json import from_data, parse
from assistant.domain.errors import InputError
from assistant.exchange.importer import Importer, ImportReport

_CARRIERS = ("ziping.export/", "ziping.read/")


def recognises(data: bytes) -> bool:
    """Whether *data* begins as a JSON object."""
    return data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"


def read(data: bytes, name: str) -> ImportReport:
    """Read a case. Raises ``InputError``."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{name} 不是 UTF-8 编码（第{error.start + 1}字节起）。", "请用编辑器另存为 UTF-8。"
        ) from error
    content, layout = parse(text, name), "case"
    if (
        isinstance(content, dict)
        and str(content.get("schema", "")).startswith(_CARRIERS)
        and "case" in content
    ):
        layout = str(content["schema"])
        content = content["case"]
    case = from_data(content, name)
    return ImportReport(case, case.doubts, {"format": "json", "layout": layout})


IMPORTER = Importer("json", "自评表案卷", (".json",), recognises, read)
