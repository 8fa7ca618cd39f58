"""When Python may look for objects that refer to each other in a circle: not while the screen is wanted.

A full round goes through everything that lives, with the screen standing still: 50 ms for a form of 2,000 rows on a quick
machine. While a case is being opened next to nothing can be given back; what is there once it is open stays.
"""

from __future__ import annotations

import gc


def opening() -> None:
    """Nothing is looked for until the case is there."""
    gc.disable()


def stays() -> None:
    """What lives now is not looked through again."""
    gc.freeze()
    gc.enable()


def left() -> None:
    """Everything may be given back again."""
    gc.unfreeze()
    gc.enable()
