"""One of two windows on the same case, as fast as it can: ``python -m tests.torture.windows CASE NAME SECONDS``.

Each edit adds a row of its own and writes a cell both windows fight over. It is acknowledged (printed) once the file
holds it. Where the other has saved meanwhile, this one chooses as the screen proposes and goes on.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from assistant.domain.case import Indicator
from assistant.store.journal import Deed
from assistant.store.keeper import Keeper
from assistant.store.locations import locations
from assistant.workspace.merge import choices, merged


def main(path: Path, name: str, seconds: float) -> None:
    """Edit until the time is over."""
    keeper = Keeper(path, locations())
    case = keeper.case
    assert case is not None
    begun, number, conflicts = time.monotonic(), 0, 0
    while time.monotonic() - begun < seconds:
        number += 1
        word = f"{name}{number}"
        rows = (*case.indicators, Indicator(level3=word))
        case = case.model_copy(update={"indicators": rows, "project": word})
        keeper.changed(case, Deed("typing", "project"))
        while not keeper.save_now():
            theirs = keeper.theirs()
            if theirs is None:
                continue
            conflicts += 1
            assert keeper.known is not None
            case = merged(keeper.known, choices(keeper.known, case, theirs.case), {})
            keeper.take_in(theirs)
            keeper.changed(case, Deed("merge"))
        print(f"saved {word}", flush=True)
        time.sleep(0.01)
    keeper.close()
    print(f"conflicts {conflicts}", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], float(sys.argv[3]))
