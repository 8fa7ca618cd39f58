"""Fuzzes every door for as many inputs as asked: ``python -m tests.fuzz.run --inputs 200000 --seed 1``.

Each input is a valid one, damaged; the same seed gives the same inputs. An input may be read or refused with a
sentence; any other exception, and any input that takes longer than the bound, is written below ``tests/data/fuzz``,
where the tests keep trying it. ``--guided`` lets atheris, where it is installed, find its own way by coverage.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import signal
import sys
import time
import traceback
from collections import Counter
from pathlib import Path
from types import FrameType

from tests.fuzz.mutate import damaged
from tests.fuzz.targets import KEPT, TARGETS, Target, outcome

LONGEST_SECONDS = 20
"""Of processor time: a busy machine makes no input slow."""


class TooSlow(Exception):
    """An input took longer than :data:`LONGEST_SECONDS`."""


def _stop(number: int, frame: FrameType | None) -> None:
    raise TooSlow


def fuzz(
    target: Target, count: int, seed: int, *, keep: Path | None = None
) -> tuple[Counter[str], list[str]]:
    """Try *count* inputs. Returns what became of them and, for each break, its last line and the kept file's name."""
    chance = random.Random(f"{target.name}/{seed}")
    seeds = target.seeds()
    found: Counter[str] = Counter()
    broken: dict[str, str] = {}
    for _ in range(count):
        data = damaged(seeds, target.mutations, chance)
        signal.setitimer(signal.ITIMER_PROF, LONGEST_SECONDS)
        try:
            found[outcome(target, data)] += 1
        except Exception as error:
            signal.setitimer(signal.ITIMER_PROF, 0)
            found["broken"] += 1
            frames = traceback.extract_tb(error.__traceback__)
            ours = [frame for frame in frames if "/assistant/" in frame.filename] or frames
            place = f"{type(error).__name__} at {Path(ours[-1].filename).name}:{ours[-1].lineno} {str(error)[:120]!r}"
            where = f"{type(error).__name__} {Path(ours[-1].filename).name}:{ours[-1].lineno}"
            if where not in broken:
                broken[where] = f"{place} {_kept(target, data, keep)}"
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
    return found, list(broken.values())


def _kept(target: Target, data: bytes, folder: Path | None) -> str:
    if folder is None:
        return ""
    name = f"{hashlib.sha256(data).hexdigest()[:12]}{target.suffix}"
    (folder / target.name).mkdir(parents=True, exist_ok=True)
    (folder / target.name / name).write_bytes(data)
    return name


def guided(target: Target, count: int) -> None:
    """Let atheris look for inputs by coverage; ends the process."""
    import atheris

    def one(data: bytes) -> None:
        outcome(target, data)

    atheris.instrument_all()
    atheris.Setup([sys.argv[0], f"-runs={count}", "-max_len=4000", "-timeout=20"], one)
    atheris.Fuzz()


def main() -> int:
    """Run what the command line asks for; 1 where something broke."""
    parser = argparse.ArgumentParser(description="Fuzz every door.")
    parser.add_argument("--inputs", type=int, default=20_000, help="in total, shared out among the doors")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", choices=sorted(TARGETS), help="one door alone, with all inputs")
    parser.add_argument("--guided", action="store_true", help="by coverage, with atheris; needs --only")
    arguments = parser.parse_args()
    if arguments.guided and arguments.only:
        guided(TARGETS[arguments.only], arguments.inputs)
    signal.signal(signal.SIGPROF, _stop)
    chosen = [TARGETS[arguments.only]] if arguments.only else list(TARGETS.values())
    shares = sum(target.share for target in chosen)
    total: Counter[str] = Counter()
    for target in chosen:
        begun = time.monotonic()
        count = -(-arguments.inputs * target.share // shares)
        found, broken = fuzz(target, count, arguments.seed, keep=KEPT)
        total += found
        seconds = time.monotonic() - begun
        print(
            f"{target.name:9} {count:8} inputs  {found['read']:8} read  {found['refused']:8} refused"
            f"  {found['broken']:4} broken  {seconds:6.0f} s",
            flush=True,
        )
        for line in broken:
            print(f"          {line}", flush=True)
    print(f"{'total':9} {total.total():8} inputs  {total['broken']} broken")
    return 1 if total["broken"] else 0


if __name__ == "__main__":
    sys.exit(main())
