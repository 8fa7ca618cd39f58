"""``ziping config show`` and ``ziping schema``."""

from __future__ import annotations

import argparse

from assistant.cli.inputs import print_json, print_table, settings


def run(arguments: argparse.Namespace) -> int:
    """Print where each setting comes from (key masked), or the JSON Schema of the case file."""
    if arguments.command == "schema":
        from assistant.store.casefile import schema

        print_json(schema())
        return 0
    loaded = settings()
    shown = loaded.show()
    if arguments.json:
        document = {
            "schema": "ziping.config/1",
            "file": loaded.file,
            "settings": [line.model_dump() for line in shown],
        }
        print_json(document)
        return 0
    print(f"设置文件：{loaded.file}")
    print_table(
        [("设置", "值", "来处", "说明"), *((line.key, line.value, line.origin, line.about) for line in shown)]
    )
    return 0
