"""What a terminal itself answers: how wide it draws characters, which keyboard and mouse reports it knows.

Asked only where standard input and output are one; a terminal that says nothing is given up after a moment.
"""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

PATIENCE_SECONDS = 0.5
AMBIGUOUS = "±≥①—…“×℃"
"""Characters of forms that Unicode leaves undecided between one column and two."""

_POSITION = re.compile(rb"\x1b\[\d+;(\d+)R")
_MOUSE = re.compile(rb"\x1b\[\?1006;([1-4])\$y")
_KITTY = re.compile(rb"\x1b\[\?\d+u")
_DEVICE = re.compile(rb"\x1b\[\?[\d;]*c")


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered; ``None`` where nothing was.

    Attributes:
        widths: Columns of each character of :data:`AMBIGUOUS`, and of ``中``.
        kitty: Whether it knows the kitty keyboard protocol.
        mouse: Whether it knows the mouse reports the screen uses (SGR, 1006).
    """

    widths: dict[str, int] = field(default_factory=dict)
    kitty: bool | None = None
    mouse: bool | None = None


Ask = Callable[[bytes, re.Pattern[bytes]], bytes]
"""Sends a question and gives back what came until the pattern was found or time was up."""


def answers(ask: Ask) -> Answers:
    """Put all questions; after a first one without any answer no other is put."""
    said = ask(b"\x1b[?u\x1b[?1006$p\x1b[c", _DEVICE)
    if not _DEVICE.search(said):
        return Answers()
    mouse = _MOUSE.search(said)
    widths: dict[str, int] = {}
    for character in f"中{AMBIGUOUS}":
        found = _POSITION.search(ask(b"\r" + character.encode() + b"\x1b[6n", _POSITION))
        if found is None:
            break
        widths[character] = int(found[1]) - 1
    ask(b"\r\x1b[K\x1b[6n", _POSITION)
    return Answers(widths, bool(_KITTY.search(said)), bool(mouse) if mouse else None)


def ask_terminal() -> Answers:
    """What the terminal of this process answers; nothing where there is none, or on Windows consoles."""
    if sys.platform == "win32" or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return Answers()
    import select
    import termios
    import tty

    try:
        descriptor = os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY)
    except OSError:
        return Answers()

    def ask(question: bytes, awaited: re.Pattern[bytes]) -> bytes:
        os.write(descriptor, question)
        said, end = b"", time.monotonic() + PATIENCE_SECONDS
        while not awaited.search(said) and (left := end - time.monotonic()) > 0:
            if select.select([descriptor], [], [], left)[0]:
                said += os.read(descriptor, 1024)
        return said

    try:
        before = termios.tcgetattr(descriptor)
        try:
            tty.setcbreak(descriptor, termios.TCSANOW)
            return answers(ask)
        finally:
            termios.tcsetattr(descriptor, termios.TCSAFLUSH, before)
    except (OSError, termios.error):
        return Answers()
    finally:
        os.close(descriptor)
