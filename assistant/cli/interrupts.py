"""Ctrl+C stays Ctrl+C, wherever it arrives."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def interrupts() -> Iterator[None]:
    """Raise ``KeyboardInterrupt`` for whatever else a Ctrl+C was turned into on its way here.

    Python raises it wherever it is, and compiled libraries wrap what is raised inside them: in pydantic's writer it
    becomes a ``PydanticSerializationError``, which looks like a defect of ours. Not around ``asyncio.run``, which takes
    Ctrl+C over only from Python's own handler.
    """
    if threading.current_thread() is not threading.main_thread():  # only the main thread gets signals
        yield
        return
    pressed = False

    def note(number: int, frame: FrameType | None) -> None:
        nonlocal pressed
        pressed = True
        signal.default_int_handler(number, frame)

    before = signal.getsignal(signal.SIGINT)
    if before is not signal.default_int_handler:  # ignored, or somebody else takes care
        yield
        return
    signal.signal(signal.SIGINT, note)
    try:
        yield
    except Exception as error:
        if pressed:
            raise KeyboardInterrupt from error
        raise
    finally:
        signal.signal(signal.SIGINT, before)
