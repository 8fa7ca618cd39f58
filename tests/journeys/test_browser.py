# ruff: noqa: ASYNC110, ASYNC240 - a test waits for another program
"""The screen in a browser: only for whoever has the address, and Chinese text really arrives in the form."""

from __future__ import annotations

import asyncio
import importlib.util
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.resources import shipped
from tests.journeys.browser import CHROMIUM, browser

pytestmark = [
    pytest.mark.skipif(
        importlib.util.find_spec("textual_serve") is None, reason="the extra [web] is not installed"
    )
]


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@pytest.fixture
def case(tmp_path: Path) -> Path:
    sample = shipped("config") / "samples" / "demo.ziping.json"
    path = tmp_path / "网页 填报.ziping.json"
    path.write_text(sample.read_text("utf-8"), "utf-8")
    return path


@pytest.fixture
def address(case: Path) -> Iterator[str]:
    """The address of a running server."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "assistant", "serve", str(case), "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "ZIPING_HOME": str(case.parent / "home")},
    )
    assert process.stdout is not None
    try:
        said = iter(process.stdout.readline, b"")
        yield next(line.decode().strip() for line in said if b"http://" in line)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(20)
        process.stdout.close()


def status(address: str) -> int:
    for _ in range(100):  # the server begins to listen a moment after it has told its address
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            error.close()
            return error.code
        except urllib.error.URLError:
            time.sleep(0.1)
    raise AssertionError(f"nobody listens at {address}")


def test_without_the_token_there_is_nothing_and_with_it_the_page_asks_no_other_host(address: str) -> None:
    root = address.rsplit("/", 2)[0]
    assert root.startswith("http://127.0.0.1:")
    assert len(address.rsplit("/", 2)[1]) >= 32
    assert status(address) == 200
    for path in ("/", "/ws", "/static/js/textual.js", "/download/x", "/wrong-token/", "/wrong-token/ws"):
        assert status(f"{root}{path}") == 404, path
    assert status(f"{address}static/js/textual.js") == 200
    with urllib.request.urlopen(address, timeout=10) as answer:
        page = answer.read().decode()
        assert "connect-src ws://127.0.0.1" in answer.headers["Content-Security-Policy"]
    assert "https://" not in page
    assert "填报界面已关闭" in page


def test_a_port_in_use_is_told_in_a_sentence(case: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "assistant", "serve", str(case), "--port", str(port)],
            capture_output=True,
            check=False,
            timeout=60,
        )
    assert done.returncode == 2
    assert f"{port} 端口上提供服务" in done.stderr.decode()


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed on this machine")
async def test_chinese_text_committed_in_the_browser_is_in_the_case_file(
    address: str, case: Path, tmp_path: Path
) -> None:
    name = "老旧小区电梯改造（二期）项目"
    assert status(address) == 200
    async with browser(address, tmp_path / "chromium") as page:
        await page.wait_for("document.body.classList.contains('-first-byte')")
        await page.wait_for("!!document.querySelector('textarea')")
        await asyncio.sleep(3)
        await page.value("document.querySelector('textarea').focus()")
        await page.press("F3", 114)
        await asyncio.sleep(1)
        for _ in range(40):
            await page.press("Backspace", 8)
        for part in ("老旧小区", "电梯改造", "（二期）", "项目"):
            await page.commit(part)
        async with asyncio.timeout(30):
            while json.loads(case.read_text("utf-8"))["project"] != name:
                await asyncio.sleep(0.2)
        if folder := os.environ.get("PICTURES_TO"):
            await page.picture(Path(folder) / "browser.png")
