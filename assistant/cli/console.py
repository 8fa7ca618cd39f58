"""Standard output and standard error of the commands: texts of others never command the terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO

from assistant.domain.visible import on_terminal


class _Harmless:
    """A text stream that writes through :func:`on_terminal`; all else is *inner*'s own (``buffer``, ``fileno`` …)."""

    def __init__(self, stream: TextIO) -> None:
        self.inner = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)

    def write(self, text: str) -> int:
        return self.inner.write(on_terminal(text))

    def writelines(self, lines: list[str]) -> None:
        for line in lines:
            self.write(line)


@contextmanager
def harmless_streams() -> Iterator[None]:
    """While this lasts, everything printed (names of files, cells, messages) is shown and nothing of it obeyed.

    A console that cannot print every character (GBK) gets it spelled, never a crash. Bytes written to
    ``sys.stdout.buffer`` and the full screen, which writes to the terminal itself, are not touched.
    """
    before = sys.stdout, sys.stderr
    for stream in before:
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    sys.stdout, sys.stderr = _Harmless(before[0]), _Harmless(before[1])
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def over_last_line(text: str) -> None:
    """Write *text* on standard error over what this function wrote before; ``""`` wipes it. For terminals only."""
    stream = sys.stderr
    while isinstance(stream, _Harmless):
        stream = stream.inner
    stream.write(f"\r\x1b[K{on_terminal(text)}")
    stream.flush()
