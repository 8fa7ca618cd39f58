"""What each part of the program may pull in, seen at run time in a process of its own."""

from __future__ import annotations

import subprocess
import sys

import pytest

CORE = [
    "assistant.workspace.workspace",
    "assistant.checks.engine",
    "assistant.scoring.engine",
    "assistant.values.read",
]


def modules_after(code: str) -> set[str]:
    printed = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(' '.join(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return set(printed.split())


@pytest.mark.parametrize("module", CORE)
def test_the_core_loads_without_screen_or_network(module: str) -> None:
    loaded = modules_after(f"import {module}")
    assert module in loaded
    assert not loaded & {"textual", "rich", "httpx", "tenacity", "platformdirs", "asyncio"}


def test_the_version_is_printed_without_loading_anything_heavy() -> None:
    loaded = modules_after(
        "import sys\nfrom assistant.cli.main import run\n"
        "try: run(['--version'])\nexcept SystemExit as done: assert done.code == 0"
    )
    assert "assistant.cli.main" in loaded
    assert not loaded & {"textual", "httpx", "pydantic", "tenacity", "asyncio"}


def test_the_screen_starts_without_the_network_client_or_a_document_library() -> None:
    loaded = modules_after("import assistant.tui.app, assistant.tui.screens.main, assistant.wiring")
    assert "textual" in loaded
    assert not loaded & {"httpx", "tenacity", "lxml", "pdfplumber", "pypdfium2", "xlrd"}
