"""A report as lines for a terminal: the same words, charts as bars of block characters."""

from __future__ import annotations

from assistant.domain.visible import visible
from assistant.exchange.gfm import display_width
from assistant.reporting.charts import Chart, as_text
from assistant.reporting.document import Block, Heading, Passage, SelfReport, Table, numbered


def plain_text(report: SelfReport, width: int = 78) -> str:
    """The whole report; paragraphs are left to the terminal to wrap."""
    lines = [report.title, ""]
    for heading, section in numbered(report.sections):
        lines += [heading, ""]
        for block in section.blocks:
            lines += [*_block(block, width), ""]
    return "\n".join(visible(line) for line in lines)


def _block(block: Block, width: int) -> list[str]:
    if isinstance(block, Heading):
        return [block.text]
    if isinstance(block, Passage):
        return [f"　　{line}" for line in block.text.splitlines()]
    return as_text(block, width) if isinstance(block, Chart) else _table(block)


def _table(table: Table) -> list[str]:
    rows = [table.columns, *table.rows]
    widths = [max(map(display_width, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            cell + " " * (width - display_width(cell)) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    ]
