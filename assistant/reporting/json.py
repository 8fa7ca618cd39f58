"""A report for scripts: ``ziping report --json``."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from assistant.domain.amounts import plain
from assistant.reporting.charts import Chart
from assistant.reporting.document import Block, Heading, Passage, SelfReport, numbered

SCHEMA = "ziping.report/1"


def report_json(report: SelfReport, written: Iterable[str] = ()) -> dict[str, Any]:
    """Every section with its texts, tables and charts; numbers are strings, unknown is ``null``."""
    return {
        "schema": SCHEMA,
        "title": report.title,
        "sections": [
            {"heading": heading, "blocks": [_block(block) for block in section.blocks]}
            for heading, section in numbered(report.sections)
        ],
        "pending": list(report.pending),
        "unsupported": [
            {"key": one.key, "text": span.text, "why": span.why}
            for one in report.passages
            for span in one.unsupported
        ],
        "remarks": list(report.remarks),
        "written": list(written),
    }


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"kind": "heading", "text": block.text}
    if isinstance(block, Passage):
        return {
            "kind": "text",
            "key": block.key,
            "text": block.text,
            "source": block.source,
            "notes": block.notes,
        }
    if isinstance(block, Chart):
        return {
            "kind": "chart",
            "key": block.key,
            "title": block.title,
            "categories": block.categories,
            "series": {one.name: [_text(value) for value in one.values] for one in block.series},
        }
    return {"kind": "table", "columns": block.columns, "rows": block.rows}


def _text(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)
