"""A call of the program with streams of its own, as a script makes it, in this process: no start to wait for."""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass
from unittest import mock

from assistant.cli.main import run


@dataclass(frozen=True)
class Call:
    """What came of it."""

    returncode: int
    out: bytes
    stderr: str

    @property
    def stdout(self) -> str:
        """Standard output as text."""
        return self.out.decode()


def call(*words: str, given: bytes = b"") -> Call:
    """Run ``ziping WORDS`` with *given* on its standard input."""
    out, err = io.BytesIO(), io.BytesIO()
    streams = {
        "stdin": io.TextIOWrapper(io.BytesIO(given), encoding="utf-8"),
        "stdout": io.TextIOWrapper(out, encoding="utf-8"),
        "stderr": io.TextIOWrapper(err, encoding="utf-8"),
    }
    with mock.patch.multiple(sys, **streams):
        try:
            code = run(words)
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        finally:
            for stream in (sys.stdout, sys.stderr):
                stream.flush()
    return Call(code, out.getvalue(), err.getvalue().decode())
