"""Prints the table door × exit: how many strings went through, and how many did harm."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from tests.injection import batches, payloads
from tests.injection.doors import DOORS
from tests.injection.exits import EXITS, NAMED


def table(found: Mapping[tuple[str, str], tuple[int, int]]) -> str:
    """The counts as lines: ``strings/harmful`` for each pair."""
    exits = list(dict.fromkeys(way for _, way in found))
    doors = list(dict.fromkeys(door for door, _ in found))
    head = f"{'door':14}" + "".join(f"{way:>12}" for way in exits)
    lines = [
        f"{door:14}"
        + "".join(
            f"{'{}/{}'.format(*found[door, way]) if (door, way) in found else '-':>12}" for way in exits
        )
        for door in doors
    ]
    return "\n".join([head, *lines])


def main() -> int:
    """Try all; 1 where anything did harm."""
    found: dict[tuple[str, str], tuple[int, int]] = {}
    said: list[str] = []
    for texts in batches():
        for door, enter in DOORS.items():
            case = enter(texts)
            for way, leave in EXITS.items():
                wrong = leave(case)
                tried, bad = found.get((door, way), (0, 0))
                found[door, way] = tried + len(texts), bad + len(wrong)
                said += [f"{door} → {line}" for line in wrong]
        for way, tell in NAMED.items():
            wrong = [line for text in texts for line in tell(text)]
            tried, bad = found.get(("file name", way), (0, 0))
            found["file name", way] = tried + len(texts), bad + len(wrong)
            said += [f"file name → {line}" for line in wrong]
        print(".", end="", flush=True)
    print(f"\n{len(payloads())} strings; tried/harmful\n{table(found)}")
    print("screen, pseudo-terminal, clipboard, log: pytest tests/ui/test_injection.py")
    print("\n".join(said[:60]))
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main())
