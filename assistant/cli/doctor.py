"""``ziping doctor``: looks at this machine and says what is well, what is not, and what to do."""

from __future__ import annotations

import argparse
from pathlib import Path

from assistant.cli.health.line import Line, State
from assistant.cli.health.look import look
from assistant.cli.inputs import print_json
from assistant.store.locations import locations


def run(arguments: argparse.Namespace) -> int:
    """Print every line; 1 where one is bad."""
    case = Path(arguments.case) if arguments.case else None
    lines = look(locations(), case, try_model=arguments.try_model)
    if arguments.json:
        shown = [one.model_dump(mode="json", exclude={"code"}) for one in lines]
        print_json({"schema": "ziping.doctor/1", "lines": shown})
    else:
        print("\n".join(map(spoken, lines)))
        print(_summary(lines))
    return 1 if any(one.state is State.BAD for one in lines) else 0


def spoken(line: Line) -> str:
    """*line* for a reader; the cure stands below."""
    cure = f"\n        {line.cure}" if line.cure else ""
    return f"[{line.state}] {line.name}：{line.found}{cure}"


def _summary(lines: tuple[Line, ...]) -> str:
    bad, mind = (sum(one.state is state for one in lines) for state in (State.BAD, State.MIND))
    if bad:
        return f"\n有 {bad} 处要先处理，另有 {mind} 处请留意。"
    return f"\n没有妨碍填报的问题，有 {mind} 处请留意。" if mind else "\n一切正常。"
