"""Prints the table door × exit: how many strings went through, and how many did harm."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping

from tests.injection import batches, payloads
from tests.injection.doors import DOORS
from tests.injection.exits import EXITS, NAMED


def line(door: str, exits: Iterable[str], found: Mapping[str, tuple[int, int]]) -> str:
    """The counts of one *door*: ``strings/harmful`` for each exit, ``-`` where it does not lead."""
    return f"{door:14}" + "".join(
        f"{'{}/{}'.format(*found[way]) if way in found else '-':>12}" for way in exits
    )


def main() -> int:
    """Try all, a line a door as it is done; 1 where anything did harm."""
    said: list[str] = []
    print(f"{len(payloads())} strings; tried/harmful\n{'door':14}" + "".join(f"{way:>12}" for way in EXITS))
    for door, enter in DOORS.items():
        found: dict[str, tuple[int, int]] = {}
        for texts in batches():
            case = enter(texts)
            for way, leave in EXITS.items():
                wrong = leave(case)
                tried, bad = found.get(way, (0, 0))
                found[way] = tried + len(texts), bad + len(wrong)
                said += [f"{door} → {one}" for one in wrong]
        print(line(door, EXITS, found), flush=True)
    found = {}
    for way, tell in NAMED.items():
        wrong = [one for payload in payloads() for one in tell(payload.text)]
        found[way] = len(payloads()), len(wrong)
        said += [f"file name → {one}" for one in wrong]
    print(line("file name", EXITS, found))
    print("screen, pseudo-terminal, clipboard, log: pytest tests/ui/test_injection.py")
    print("\n".join(said[:60]))
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main())
