"""Bytes of text files to text: UTF-8, UTF-16 or GB18030, openly."""

from __future__ import annotations

import re

from assistant.domain.errors import InputError

LARGEST_TEXT = 3_000_000
"""Characters; the text of a form with its annexes stays far below."""


def bounded(text: str, name: str) -> str:
    """*text*, if it can be the text of a form. Raises ``InputError``."""
    if len(text) > LARGEST_TEXT:
        raise InputError(
            f"{name} 有 {len(text) // 10_000} 万字，不像一张自评表，没有读入。", "请只复制自评表的部分再读。"
        )
    return text


def decoded(data: bytes) -> tuple[str, str]:
    """The text, and a remark where its encoding had to be guessed."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace"), ""
    try:
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        declared = re.search(
            rb"charset\s*=\s*[\"']?\s*(gb2312|gbk|gb18030|x-gbk)", data[:4096], re.IGNORECASE
        )
        remark = "" if declared else "不是 UTF-8 编码，按 GB18030 读入，请核对有无乱码"
        return data.decode("gb18030", errors="replace"), remark


def is_text(data: bytes) -> bool:
    """Whether *data* looks like text in some encoding."""
    return data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" not in data[:4096]
