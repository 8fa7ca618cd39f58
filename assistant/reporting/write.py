"""A report onto the disk: Word, or Markdown with its pictures in a folder beside it."""

from __future__ import annotations

from pathlib import Path

from assistant.domain.errors import InputError
from assistant.reporting.document import SelfReport
from assistant.reporting.docx import document
from assistant.reporting.markdown import markdown
from assistant.store.atomic import make_folder, write_atomic

ENDINGS = (".docx", ".md")


def require_ending(out: Path) -> None:
    """Raise ``InputError`` where *out* is no document this can write; to be asked before the work is done."""
    if out.suffix.lower() not in ENDINGS:
        raise InputError(
            f"自评报告不能写成“{out.name}”。",
            f"文件名请以 {' 或 '.join(ENDINGS)} 结尾，如 绩效自评报告.docx。",
        )


def write_report(report: SelfReport, out: Path) -> tuple[Path, ...]:
    """Write *report* to *out* and return every file written, the document first.

    Raises:
        InputError: The name ends like no kind of document that can be written.
        StoreError: The disk refuses.
    """
    require_ending(out)
    if out.suffix.lower() == ".docx":
        write_atomic(out, document(report))
        return (out,)
    folder = out.with_name(f"{out.stem}-图")
    data, pictures = markdown(report, folder.name)
    if pictures:
        make_folder(folder)
    for name, picture in pictures.items():
        write_atomic(folder / name, picture)
    write_atomic(out, data)
    return (out, *(folder / name for name in pictures))
