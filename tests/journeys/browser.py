# ruff: noqa: ASYNC110, ASYNC220, ASYNC240 - a test waits for another program
"""Headless Chromium over its DevTools protocol: open a page, commit text as an input method does, press keys."""

from __future__ import annotations

import asyncio
import base64
import shutil
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PATIENCE = 30.0


class Page:
    """One page of a running browser."""

    def __init__(self, socket: Any) -> None:
        self._socket = socket
        self._number = 0

    async def call(self, method: str, **parameters: Any) -> Any:
        """Send a command and return its result."""
        self._number += 1
        await self._socket.send_json({"id": self._number, "method": method, "params": parameters})
        async for message in self._socket:
            answer = message.json()
            if answer.get("id") == self._number:
                assert "error" not in answer, (method, answer["error"])
                return answer["result"]
        raise AssertionError(f"the browser closed the line during {method}")

    async def value(self, script: str) -> Any:
        """The value of a script in the page."""
        answer = await self.call("Runtime.evaluate", expression=script, returnByValue=True)
        return answer["result"].get("value")

    async def wait_for(self, script: str) -> None:
        """Wait until *script* is true in the page."""
        async with asyncio.timeout(PATIENCE):
            while not await self.value(script):
                await asyncio.sleep(0.1)

    async def commit(self, text: str) -> None:
        """Insert *text* at once, as an input method does when it commits."""
        await self.call("Input.insertText", text=text)

    async def press(self, key: str, code: int) -> None:
        """Press a named key with its Windows key code."""
        for kind in ("rawKeyDown", "keyUp"):
            await self.call(
                "Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code
            )

    async def picture(self, file: Path) -> None:
        """Save what the page shows."""
        shown = await self.call("Page.captureScreenshot", format="png")
        file.write_bytes(base64.b64decode(shown["data"]))


@asynccontextmanager
async def browser(address: str, folder: Path) -> AsyncIterator[Page]:
    """Open *address* in a browser of its own; it ends with the block."""
    import aiohttp

    program = [str(CHROMIUM), "--headless=new", "--no-sandbox", "--remote-debugging-port=0", "--lang=zh-CN"]
    program += [f"--user-data-dir={folder}", "--window-size=1200,800", "about:blank"]
    process = subprocess.Popen(program, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        port_file = folder / "DevToolsActivePort"
        async with asyncio.timeout(PATIENCE):
            while not (port_file.exists() and port_file.read_text().strip()):
                await asyncio.sleep(0.1)
        port = port_file.read_text().split()[0]
        async with aiohttp.ClientSession() as session:
            pages = await (await session.get(f"http://127.0.0.1:{port}/json")).json()
            line = next(page["webSocketDebuggerUrl"] for page in pages if page["type"] == "page")
            async with session.ws_connect(line, max_msg_size=0) as socket:
                page = Page(socket)
                await page.call("Page.navigate", url=address)
                yield page
    finally:
        process.terminate()
        process.wait(10)
