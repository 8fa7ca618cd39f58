"""``ziping serve``: the same screen in a browser. For this machine alone, unless told otherwise; the address is the key."""

from __future__ import annotations

import argparse
import contextlib
import ipaddress
import os
import secrets
import shlex
import socket
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Protocol

from assistant.cli.screen import go_on, opened
from assistant.domain.errors import InputError

if TYPE_CHECKING:
    from aiohttp import web

TOKEN_BYTES = 24
LOOPBACK = "127.0.0.1"


def run(arguments: argparse.Namespace) -> int:
    """Serve until Ctrl+C."""
    from assistant.store.casefile import save

    found = opened(arguments.case, go_on)
    if found is None:
        return 0
    path, begin = found
    if not path.exists():  # a document: read once, then every visit opens the same case
        save(path, begin())
    server = _server(path.absolute(), arguments.host, arguments.port, secrets.token_urlsafe(TOKEN_BYTES))
    host = socket.gethostname() if arguments.host in {"0.0.0.0", "::"} else arguments.host  # noqa: S104
    host = f"[{host}]" if ":" in host else host
    print(
        f"在浏览器里打开这个地址（地址里有口令，请勿转发）：\nhttp://{host}:{arguments.port}/{server.token}/"
    )
    if not _is_loopback(arguments.host):
        print("注意：别的机器也能连到这里，内容不加密。只在可信的内网里这样用。", file=sys.stderr)
    print("结束请按 Ctrl+C。关掉浏览器页面不会丢内容。")
    sys.stdout.flush()
    os.environ["PYTHONUTF8"] = "1"  # for the screens: their output is UTF-8 whatever this terminal is
    server.serve()
    return 0


def _server(path: Path, host: str, port: int, token: str) -> TokenServer:
    _require_free(host, port)
    try:
        return make_server(path, host, port, token)
    except ImportError as error:
        raise InputError(
            "没有安装浏览器界面要用的组件。", "请执行 pip install 'ziping[web]' 后再试，或用 ziping open。"
        ) from error


def _require_free(host: str, port: int) -> None:
    """Raise ``InputError`` where nobody can listen at *host* and *port*."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with contextlib.closing(socket.socket(family, socket.SOCK_STREAM)) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            raise InputError(
                f"不能在 {host} 的 {port} 端口上提供服务：{error.strerror}。", "请用 --port 换一个端口。"
            ) from error


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _command(path: Path) -> str:
    words = [sys.executable, "-m", "assistant", "open", str(path)]
    return subprocess.list2cmdline(words) if os.name == "nt" else shlex.join(words)


class TokenServer(Protocol):
    """What :func:`make_server` gives back."""

    token: str

    def serve(self) -> None:
        """Serve until the program is told to stop."""


def make_server(path: Path, host: str, port: int, token: str) -> TokenServer:
    """A web server that opens a screen on *path* for whoever has *token*; everything else is "not found".

    Raises:
        ImportError: The optional parts are not installed.
    """
    from aiohttp import web
    from textual_serve.server import Server

    class Served(Server):
        def __init__(self) -> None:
            super().__init__(_command(path), host=host, port=port, title="绩效自评")
            self.token = token

        def initialize_logging(self) -> None:
            """Say nothing: what goes wrong in a screen is told there."""

        async def _make_app(self) -> web.Application:
            """Textual-serve's own routes below the token, its page replaced by ours, which asks no other host."""
            app = web.Application()
            app.add_routes(
                [
                    web.get(f"/{token}/", self.show_page),
                    web.get(f"/{token}/ws", self.handle_websocket),
                    web.get(f"/{token}/download/{{key}}", self.handle_download),
                    web.static(f"/{token}/static", self.statics_path),
                ]
            )
            return app

        async def show_page(self, request: web.Request) -> web.Response:
            """The page; its addresses are relative but for the websocket's, which has to be whole."""
            page = Template(files("assistant.cli").joinpath("web", "index.html").read_text("utf-8"))
            size = request.query.get("fontsize", "16")
            text = page.substitute(
                websocket=f"ws://{request.host}/{token}/ws", size=size if size.isdecimal() else "16"
            )
            policy = f"default-src 'self' 'unsafe-inline' data:; connect-src ws://{request.host}"
            return web.Response(
                text=text,
                content_type="text/html",
                charset="utf-8",
                headers={"Content-Security-Policy": policy, "Cache-Control": "no-store"},
            )

    return Served()
