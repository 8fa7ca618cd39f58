"""What every test gets: no real home, no configured model, and no network but loopback."""

from __future__ import annotations

import os
import socket
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

# The first example also reads rules and compiles patterns: on a busy machine a clock would find fault with that.
settings.register_profile("ziping", deadline=None)
settings.load_profile("ziping")

# Tests start the program some hundred times: it is compiled once, also where the environment forbids keeping that.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

LONG_UNTIL = float(os.environ.get("ZIPING_LONG_TESTS_UNTIL", "inf"))
"""Seconds since the epoch: CI has so much time and no more, on a machine ten times slower than usual, too."""


def is_long(item: pytest.Item) -> bool:
    """Whether a test goes through many samples of one thing, or plays a whole journey of it."""
    return any(item.get_closest_marker(name) for name in ("long", "torture"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each thing once first, then the many samples of it."""
    items.sort(key=is_long)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Past the hour only what is short."""
    if time.time() > LONG_UNTIL and is_long(item):
        pytest.skip("NOT RUN: this machine is too slow today")


LOOPBACK = {"127.0.0.1", "::1", "localhost", ""}


@pytest.fixture(autouse=True)
def no_real_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings, state and samples go to a fresh folder; the developer's own environment does not leak in."""
    home = tmp_path_factory.mktemp("home")
    for name in list(os.environ):
        if name.startswith("ZIPING_") or name in {"OPENAI_API_KEY", "OPENAI_BASE_URL", "NO_COLOR"}:
            monkeypatch.delenv(name)
    monkeypatch.setenv("ZIPING_HOME", str(home))
    return home


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any connection that would leave this machine fails the test that tried it."""
    connect, connect_ex, getaddrinfo = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def refuse(address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if host not in LOOPBACK:
            pytest.fail(f"a test tried to reach {host}")

    def guarded_connect(self: socket.socket, address: Any) -> None:
        refuse(address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        refuse(address)
        return connect_ex(self, address)

    def guarded_lookup(host: Any, *args: Any, **kwargs: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name is not None and name not in LOOPBACK:
            raise socket.gaierror(socket.EAI_NONAME, "no network in tests")
        return getaddrinfo(host, *args, **kwargs)

    monkeypatch.setattr(socket.socket, "connect", guarded_connect)
    monkeypatch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
    monkeypatch.setattr(socket, "getaddrinfo", guarded_lookup)
