"""A real terminal for tests: tmux on a socket of its own, keys in, screen out."""

from __future__ import annotations

import shlex
import subprocess
import time
import uuid
from types import TracebackType
from typing import Self

from tests.machine import slowness

PATIENCE = 180.0


class Terminal:
    """One program in one tmux window. Use as a context manager; the server ends with it."""

    def __init__(self, command: list[str], *, columns: int = 80, rows: int = 24, **environment: str) -> None:
        self._socket = f"ziping-test-{uuid.uuid4().hex[:8]}"
        variables = {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TERM": "xterm-256color", **environment}
        assignments = " ".join(f"{name}={shlex.quote(value)}" for name, value in variables.items())
        shell = f"env {assignments} {shlex.join(command)}; code=$?; echo; echo EXIT=$code; sleep 600"
        self._tmux("-f", "/dev/null", "new-session", "-d", "-x", str(columns), "-y", str(rows), shell)
        self._tmux("set", "-g", "status", "off")
        self._tmux("resize-window", "-x", str(columns), "-y", str(rows))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._tmux("kill-server", check=False)

    def _tmux(self, *words: str, check: bool = True) -> str:
        done = subprocess.run(
            ["tmux", "-u", "-L", self._socket, *words],
            capture_output=True,
            text=True,
            check=False,
            timeout=30,
        )
        if check and done.returncode:
            raise AssertionError(f"tmux {words}: {done.stderr}")
        return done.stdout

    def screen(self) -> str:
        """What is on the screen now."""
        return self._tmux("capture-pane", "-p")

    def state(self) -> str:
        """Whether a program has the whole screen, whether the cursor is seen and the mouse is taken: 1 or 0 each."""
        asked = "screen of its own #{alternate_on}, cursor #{cursor_flag}, mouse #{mouse_any_flag}"
        return self._tmux("display-message", "-p", asked).strip()

    def wait_for_cursor_at(self, wanted: str, patience: float = PATIENCE) -> None:
        """Wait until the cursor is in a line with *wanted*: what is typed next goes there."""
        until = time.monotonic() + patience
        while True:
            seen = self._tmux("capture-pane", "-p", ";", "display-message", "-p", "#{cursor_y}").splitlines()
            if wanted in seen[int(seen[-1])]:
                return
            if time.monotonic() > until:
                raise AssertionError(f"the cursor did not come to {wanted}; the screen shows:\n{seen}")
            time.sleep(0.05)

    def press(self, *keys: str) -> None:
        """Press named keys: ``F3``, ``Enter``, ``C-a``, ``Tab``."""
        self._tmux("send-keys", *keys)

    def type(self, text: str) -> None:
        """Commit *text* at once, as an input method does."""
        self._tmux("send-keys", "-l", text)

    def kill_program(self, signal: str = "KILL") -> None:
        """End the program as kill -9 would, as a shutdown (``TERM``) or as a closed window (``HUP``)."""
        subprocess.run(["kill", f"-{signal}", str(self.program())], check=False)

    def program(self) -> int:
        """The number of its process."""
        pane = self._tmux("display-message", "-p", "#{pane_pid}").strip()
        return int(
            subprocess.run(["pgrep", "-P", pane], check=True, capture_output=True, text=True).stdout.split()[
                0
            ]
        )

    def settle(self, quiet: float = 0.4) -> None:
        """Wait until nothing moves on the screen any more, as a person does before the next key."""
        quiet *= min(slowness(100_000, on_the_wall=True), 6)
        seen, since = self.screen(), time.monotonic()
        while time.monotonic() - since < quiet:
            time.sleep(0.05)
            if (now := self.screen()) != seen:
                seen, since = now, time.monotonic()

    def wait_for(self, *wanted: str, patience: float = PATIENCE) -> str:
        """Wait until every text of *wanted* is on the screen; return the screen."""
        until = time.monotonic() + patience
        while True:
            seen = self.screen()
            if all(text in seen for text in wanted):
                return seen
            if time.monotonic() > until:
                missing = [text for text in wanted if text not in seen]
                raise AssertionError(f"{missing} did not appear; the screen shows:\n{seen}")
            time.sleep(0.05)
