"""Words on the face of documents that are not the form's own."""

from __future__ import annotations

from assistant.exchange.bundle import ExportBundle
from assistant.exchange.form_layout import DRAFT


def banner_text(bundle: ExportBundle) -> str:
    """What a draft says on its face; nothing where no error is open."""
    if not bundle.errors:
        return ""
    return f"{DRAFT}：还有{len(bundle.errors)}处错误没有改正，不能作为定稿上报。"
