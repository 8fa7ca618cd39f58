"""The case with its scores and findings, for scripts. Reading it back gives the case."""

from __future__ import annotations

import json

from assistant.domain.case_json import dumps
from assistant.domain.visible import in_json
from assistant.exchange.bundle import ExportBundle
from assistant.exchange.exporter import Exporter

SCHEMA = "ziping.export/1"


def write(bundle: ExportBundle) -> bytes:
    """One JSON document; points, money and rates are strings with an exact decimal."""
    document = {
        "schema": SCHEMA,
        "generator": bundle.generator,
        "case": json.loads(dumps(bundle.case)),
        "scores": bundle.sheet.model_dump(mode="json"),
        "report": bundle.report.model_dump(mode="json"),
    }
    if not bundle.annex:
        del document["scores"]
    if not bundle.annex or bundle.public:  # the findings are for the unit and its reviewers
        del document["report"]
    return (in_json(json.dumps(document, ensure_ascii=False, indent=2)) + "\n").encode()


EXPORTER = Exporter("json", "JSON 数据", ".json", write)
