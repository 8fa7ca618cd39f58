"""A report as Markdown with its pictures as files beside it."""

from __future__ import annotations

from assistant.exchange.gfm import escape, paragraph, table
from assistant.reporting.charts import Chart
from assistant.reporting.document import Block, Heading, Passage, SelfReport, numbered
from assistant.reporting.svg import picture


def markdown(report: SelfReport, folder: str) -> tuple[bytes, dict[str, bytes]]:
    """The document, and each picture by its file name inside *folder*, which lies beside the document."""
    lines = [f"# {escape(report.title)}", ""]
    pictures: dict[str, bytes] = {}
    for heading, section in numbered(report.sections):
        lines += [f"## {escape(heading)}", ""]
        for block in section.blocks:
            if isinstance(block, Chart):
                pictures[f"{block.key}.svg"] = picture(block)
            lines += [*_block(block, folder), ""]
    return "\n".join(lines).encode("utf-8", "replace"), pictures


def _block(block: Block, folder: str) -> list[str]:
    if isinstance(block, Heading):
        return [f"### {escape(block.text)}"]
    if isinstance(block, Passage):
        return "\n\n".join(map(paragraph, block.text.splitlines())).splitlines()
    if isinstance(block, Chart):
        return [f"![{escape(block.title)}](<{folder}/{block.key}.svg>)"]
    return table(block.columns, block.rows)
