"""Documents meant to use up time or memory end in a form or in one sentence, under limits the system enforces."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.exchange.bombs import BOMBS


@pytest.mark.skipif(sys.platform == "win32", reason="limits of processes are of POSIX systems")
@pytest.mark.parametrize("what", BOMBS)
def test_it_ends_within_its_bounds(what: str) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tests.exchange.bombs", what], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, (run.returncode, run.stderr[-2000:])  # -24: the processor's time was up
    said = run.stdout.strip()
    assert "\n" not in said
    if said.startswith("refused"):
        assert "。" in said
        assert any("\u4e00" <= sign <= "\u9fff" for sign in said.removeprefix("refused "))
    else:
        assert said.startswith("read ")
