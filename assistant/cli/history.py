"""``ziping history``: who changed what in a case, when and why; the case as it was after any step; forgetting it all."""

from __future__ import annotations

import argparse
import hashlib
import sys
from datetime import datetime
from pathlib import Path

from assistant.cli.inputs import print_json
from assistant.domain.errors import InputError, ZipingError
from assistant.store.casefile import load, save
from assistant.store.history import Event, History, history
from assistant.store.inventory import inventory
from assistant.store.journal_reading import former
from assistant.store.journal_upkeep import forget
from assistant.store.keeper import only_put_aside
from assistant.store.locations import Locations, locations
from assistant.store.owner import present
from assistant.workspace.why import of_form, place, text, why

SHOWN = 80
"""Characters of one side of a change."""


def run(arguments: argparse.Namespace) -> int:
    """List, restore or forget."""
    path, where = Path(arguments.case), locations()
    if arguments.forget:
        if not _may_forget(path, where, is_agreed=arguments.yes):
            print("没有删。")
            return 1
        count = sum(
            forget(folder, path)
            for folder in (where.journals, where.backups, where.recovery, where.draft_edits)
        )
        print(f"本机为 {path.name} 留的改动记录、备份和另存件共 {count} 个文件，已删除。案卷本身没有动。")
        return 0
    found = history(where.journals, path)
    if arguments.at is not None:
        return _restore(found, arguments.at, arguments.output, path)
    if arguments.json:
        print_json({"damaged": found.damaged, "changes": [_data(i, one) for i, one in _numbered(found)]})
        return 0
    if not found.entries:
        print(f"本机没有 {path.name} 的改动记录。记录留在填表的那台机器上，不随案卷走。")
        return 0
    for number, event in _numbered(found):
        print(f"{number}  {_at(event):%Y-%m-%d %H:%M:%S}  {event.who}  {why(event.why)}")
        for change in of_form(event.changes):
            print(f"    {place(change, event.after)}：{_short(change.before)} → {_short(change.after)}")
    if found.damaged:
        print(f"另有 {found.damaged} 行记录损坏，已跳过。")
    return 0


def _may_forget(path: Path, where: Locations, *, is_agreed: bool) -> bool:
    """Whether nothing that is still wanted goes with it; in a terminal the user is asked.

    Raises:
        InputError: The case is open, or something was never saved and nobody can be asked.
    """
    if (owner := present(path, where.sessions)) is not None:
        raise InputError(
            f"{owner.words}正打开着 {path.name}，它的改动记录正在用。", "请先关掉那个窗口，再删。"
        )
    waiting = _unsaved(path, where)
    told = f"{path.name} 还有 {waiting} 份没来得及存进案卷的改动，删了就取不回来。" if waiting else ""
    if is_agreed:
        return True
    if sys.stdin.isatty() and sys.stdout.isatty():
        print(f"{told}将删掉本机为 {path.name} 留的改动记录、备份和另存件；案卷本身不动。")
        return input("删掉吗？输入 y 删掉，回车不删：").strip().lower() in {"y", "yes", "是"}
    if told:
        raise InputError(told, f"请先用 ziping open {path.name} 决定取不取回；确实不要，加上 --yes。")
    return True


def _unsaved(path: Path, where: Locations) -> int:
    """How many sittings left something that never got into the case; where it cannot be read, all copies put aside."""
    copies = inventory(path, where).recovered
    try:
        case, digest = load(path), hashlib.sha256(path.read_bytes()).hexdigest()
    except (ZipingError, OSError):
        return len(copies)
    left = list(only_put_aside(copies, where.journals, path, case))
    return len(former(where.journals, path, case, digest).unsaved) + len(left)


def _numbered(found: History) -> list[tuple[int, Event]]:
    return list(enumerate(found.entries, 1))


def _restore(found: History, number: int, output: str | None, path: Path) -> int:
    if not 0 <= number <= len(found.entries):
        raise InputError(f"没有第 {number} 步。", f"改动记录有 {len(found.entries)} 步，0 是最初的样子。")
    case = found.first if number == 0 else found.entries[number - 1].after
    if case is None:
        raise InputError(f"第 {number} 步以前的记录有损坏，拼不出当时的案卷。", "请换后面的一步，或用备份。")
    target = Path(output) if output else path.with_name(f"第{number}步-{path.name}")
    if target.exists():
        raise InputError(f"{target} 已经存在。", "请用 -o 换一个文件名，不会覆盖已有的文件。")
    save(target, case)
    print(f"第 {number} 步时的案卷已另存为 {target}。")
    return 0


def _data(number: int, event: Event) -> dict[str, object]:
    return {
        "number": number,
        "at": event.at,
        "who": event.who,
        "why": event.why,
        "path": event.where,
        "changes": [change.model_dump(mode="json") for change in event.changes],
    }


def _at(event: Event) -> datetime:
    return datetime.fromisoformat(event.at).astimezone()


def _short(value: object) -> str:
    line = " ".join(text(value).split())
    return line if len(line) <= SHOWN else f"{line[:SHOWN]}…"
