"""``ziping parse``: how cell values are understood."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from assistant.cli.inputs import print_json, profile_for
from assistant.domain.amounts import percent
from assistant.domain.errors import InputError
from assistant.domain.profile import Profile
from assistant.domain.visible import in_json
from assistant.scoring.report import ratio_text
from assistant.scoring.row import score_row
from assistant.scoring.rows import counts_something_bad
from assistant.values.numbers import read_number
from assistant.values.read import read_actual, read_target
from assistant.values.report import value_json
from assistant.values.words import in_words

SCHEMA = "ziping.parse/1"
_VERDICTS = {
    "met": "达到", "short": "未达到", "over": "超过上限", "late": "逾期", "partial": "部分达成",
    "undecided": "需人工判断", "unknown": "看不懂",
}  # fmt: skip
_HEADER = {"target", "指标值", "年度指标值"}


def run(arguments: argparse.Namespace) -> int:
    """Understand one pair of cells, or a table of them from standard input."""
    profile = profile_for(None, arguments.profile)
    if arguments.tsv:
        for target, actual, weight in _lines():
            print(in_json(json.dumps(parsed(target, actual, weight, profile), ensure_ascii=False)))
        return 0
    if arguments.target is None:
        raise InputError("没有要理解的内容。", "例如：ziping parse '≥3次' '5次'，或用 --tsv 从标准输入读。")
    found = parsed(arguments.target, arguments.actual or "", arguments.weight or "", profile)
    if arguments.json:
        print_json(found)
    else:
        _explain(arguments.target, arguments.actual, found)
    return 0


def _lines() -> Iterator[tuple[str, str, str]]:
    text = sys.stdin.buffer.read().decode("utf-8-sig", errors="replace")
    for number, line in enumerate(text.splitlines()):
        cells = [*line.split("\t"), "", "", ""]
        if line.strip() and not (number == 0 and cells[0].strip() in _HEADER):
            yield cells[0], cells[1], cells[2]


def parsed(target_text: str, actual_text: str, weight_text: str, profile: Profile) -> dict[str, Any]:
    """One object of ``ziping parse --json``: target, actual, verdict, and the score where a rule decides it."""
    target = read_target(target_text)
    actual = read_actual(actual_text, target)
    scored = score_row(
        target, actual, read_number(weight_text), profile, is_bad=counts_something_bad(target_text)
    )
    of_cells = (*target.notes, *actual.notes)
    # “看不懂：…” repeats the cell's own note.
    of_both = (note for note in scored.notes if not note.endswith(of_cells))
    notes = dict.fromkeys((*of_cells, *of_both))
    return {
        "schema": SCHEMA,
        "target": value_json(target),
        "actual": value_json(actual),
        "verdict": scored.comparison.verdict.value,
        "ratio": ratio_text(scored.comparison.ratio),
        "computed": _exact(scored.computed),
        "low": _exact(scored.low) if scored.computed is None else None,
        "high": _exact(scored.high) if scored.computed is None else None,
        "rule": scored.rule,
        "working": list(scored.working),
        "notes": list(notes),
    }


def _exact(points: Decimal | None) -> str | None:
    return None if points is None else format(points, "f")


def _explain(target_text: str, actual_text: str | None, found: dict[str, Any]) -> None:
    target = read_target(target_text)
    print(f"指标值：{target_text} → {in_words(target)}")
    if actual_text is not None:
        print(f"完成值：{actual_text} → {in_words(read_actual(actual_text, target))}")
        print(
            f"比较：{_VERDICTS[found['verdict']]}"
            + (f"，是指标值的 {percent(Decimal(found['ratio']))}" if found["ratio"] else "")
        )
    if found["computed"]:
        print(f"得分：{found['computed']}（{found['rule']}）")
    elif found["high"]:
        print(f"得分：{found['low']} 到 {found['high']} 之间（{found['rule']}）")
    for line in (*found["working"], *found["notes"]):
        print(f"  {line}")
