"""A model service on 127.0.0.1 that speaks the real wire format, byte by byte, and misbehaves to order."""

from __future__ import annotations

import json
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from assistant.catalogue.profiles import load_profile
from assistant.catalogue.settings import Settings, load_settings
from assistant.domain.case import Case, FundRow, Goal, Indicator
from assistant.domain.scores import ScoreSheet
from assistant.scoring.engine import score_case

Scene = Callable[["Line"], None]
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"


def chunk(content: str | None = None, finish: str | None = None, **delta: object) -> dict[str, Any]:
    """One chunk as OpenAI-compatible servers send it."""
    said = ({"content": content} if content is not None else {}) | delta
    return {
        "object": "chat.completion.chunk",
        "choices": [{"index": 0, "delta": said, "finish_reason": finish}],
    }


FIRST = {"choices": [{"index": 0, "delta": {"role": "assistant", "content": None}, "finish_reason": None}]}
USAGE = {"choices": [], "usage": {"prompt_tokens": 210, "completion_tokens": 34, "total_tokens": 244}}


@dataclass
class Line:
    """One accepted connection."""

    socket: socket.socket
    service: Service

    def raw(self, data: bytes) -> None:
        """Bytes as they are."""
        self.socket.sendall(data)

    def part(self, data: bytes) -> None:
        """One chunk of a chunked body."""
        self.raw(f"{len(data):x}\r\n".encode() + data + b"\r\n")

    def event(self, payload: dict[str, Any] | str) -> None:
        """One server-sent event."""
        text = payload if isinstance(payload, str) else json.dumps(payload, ensure_ascii=False)
        self.part(f"data: {text}\n\n".encode())

    def end(self) -> None:
        """The proper end of a chunked body."""
        self.raw(b"0\r\n\r\n")

    def reset(self) -> None:
        """Tear the connection down with RST."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()

    def answer(self, status: int, body: str = "", **headers: str) -> None:
        """A plain answer with a length."""
        data = body.encode()
        lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(data)}", "Connection: close"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        self.raw("\r\n".join(lines).encode() + b"\r\n\r\n" + data)

    def wait_for_close(self) -> None:
        """Block until the other side hangs up, and note that it did."""
        self.socket.settimeout(5)
        try:
            gone = self.socket.recv(1) == b""
        except ConnectionResetError:
            gone = True
        except TimeoutError:
            gone = False
        if gone:
            self.service.hung_up.set()


@dataclass
class Service:
    """Plays one scene a connection; the last one again and again."""

    scenes: list[Scene] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    asked: threading.Event = field(default_factory=threading.Event)
    hung_up: threading.Event = field(default_factory=threading.Event)
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def play(self, *scenes: Scene) -> None:
        """What the next connections get, one each; the last scene goes on for ever."""
        self.scenes = list(scenes)

    def says(self, *texts: str) -> None:
        """Play a well-behaved stream of *texts*."""
        self.play(self.stream(*texts))

    @staticmethod
    def stream(*texts: str) -> Scene:
        """A well-behaved stream."""
        ending = [chunk(finish="stop"), USAGE, "[DONE]"]
        return Service.events(FIRST, *map(chunk, texts), *ending)

    @staticmethod
    def events(*payloads: dict[str, Any] | str) -> Scene:
        """Exactly these payloads, then the end of the body."""

        def scene(line: Line) -> None:
            line.raw(HEAD)
            for payload in payloads:
                line.event(payload)
            line.end()

        return scene

    @staticmethod
    def refusal(status: int, body: str = "", **headers: str) -> Scene:
        """An HTTP error; ``Retry_After="7"`` becomes a header."""
        return lambda line: line.answer(status, body, **headers)

    chunk = staticmethod(chunk)
    head = HEAD
    first = FIRST

    def serve(self, listener: socket.socket) -> None:
        """Accept until the listener is closed."""
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(30)  # of a whole `sendall`: ten megabytes on a slow machine
                if not self._read(connection):
                    continue
                scene = self.scenes.pop(0) if len(self.scenes) > 1 else self.scenes[0]
                try:
                    scene(Line(connection, self))
                except OSError:
                    continue

    def _read(self, connection: socket.socket) -> bool:
        data = b""
        while b"\r\n\r\n" not in data:
            more = connection.recv(65536)
            if not more or more[0] == 0x16:  # gone, or a TLS greeting: answer in plain text
                connection.sendall(b"HTTP/1.1 400 X\r\n\r\n" if more else b"")
                return False
            data += more
        head, _, body = data.partition(b"\r\n\r\n")
        lengths = [row for row in head.split(b"\r\n") if row.lower().startswith(b"content-length:")]
        while len(body) < int(lengths[0].split(b":")[1]):
            body += connection.recv(65536)
        self.heads.append(head.decode("latin-1"))
        self.requests.append(json.loads(body))
        self.asked.set()
        return True


@pytest.fixture
def service() -> Iterator[Service]:
    """The service, running until the test ends."""
    listener = socket.create_server(("127.0.0.1", 0))
    playing = Service(port=listener.getsockname()[1])
    thread = threading.Thread(target=playing.serve, args=(listener,))
    thread.start()
    yield playing
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    thread.join(10)


@pytest.fixture
def settings(service: Service, tmp_path) -> Settings:
    """Settings that point at the service."""
    variables = {"ZIPING_API_KEY": "sk-test-0123456789abcdef"}
    flags = {"base_url": service.url, "model": "test-model", "read_seconds": 2, "connect_seconds": 2}
    return load_settings(flags, variables, tmp_path).settings


Scored = tuple[Case, ScoreSheet]


@pytest.fixture
def scored() -> Callable[..., Scored]:
    """Build a case and its score sheet under the national rules.

    Rows are ``(level2, level3, target, actual, weight, score)``; *money* is budget and executed in 万元.
    """

    def build(
        *rows: tuple[str, str, str, str, str, str],
        money: tuple[str, str] = ("100", "100"),
        expected: str = "",
        **more: Any,
    ) -> Scored:
        levels = {"满意": "满意度指标", "效益": "效益指标"}
        case = Case(
            year=2022,
            project="实验室协作项目",
            department="某市科学技术局",
            unit="某市服务中心",
            funds=(FundRow(label="年度资金总额", budget=money[0], executed=money[1], weight="10"),),
            goals=(Goal(expected=expected),),
            indicators=tuple(
                Indicator(
                    level1=next((name for stem, name in levels.items() if stem in row[0]), "产出指标"),
                    **dict(
                        zip(("level2", "level3", "target", "actual", "weight", "score"), row, strict=True)
                    ),
                )
                for row in rows
            ),
            **more,
        )
        return case, score_case(case, load_profile("central-2020"))

    return build
