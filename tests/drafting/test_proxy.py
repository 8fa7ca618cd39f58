"""A real small proxy on this machine between the client and the service: http forwarded, https tunnelled."""

from __future__ import annotations

import asyncio
import json
import os
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
import tenacity
import trustme

from assistant.catalogue.settings import Settings, load_settings
from assistant.domain.errors import DraftingError, DraftingRefused, DraftingUnavailable
from assistant.drafting.client import OpenAIDrafter
from assistant.drafting.drafter import DraftRequest, Fact, Finished, Verification

HOST = "model.invalid"  # a name that no name server knows: only the proxy can find it
REQUEST = DraftRequest(
    path="indicators[0].reason",
    prompt="deviation_reason",
    facts=(Fact(id="F1", label="实际完成值", text="5次"),),
    context={"indicator": "召开会议", "deviation": "未达到指标值", "limit": "100字"},
)


@dataclass
class Proxy:
    """What was asked of it, and the bytes that went out through it."""

    url: str = ""
    asked: list[str] = field(default_factory=list)
    passed: bytearray = field(default_factory=bytearray)


@asynccontextmanager
async def proxy_to(port: int, refusal: bytes = b"") -> AsyncIterator[Proxy]:
    """A proxy that finds every host at *port* of this machine, or answers all with *refusal*."""
    proxy, serving = Proxy(), set[asyncio.Task[None]]()

    async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, kept: bytearray) -> None:
        with suppress(ConnectionError):
            while data := await reader.read(65536):
                kept += data
                writer.write(data)
                await writer.drain()
        with suppress(ConnectionError):
            writer.close()
            await writer.wait_closed()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if (task := asyncio.current_task()) is not None:
            serving.add(task)
        head = await reader.readuntil(b"\r\n\r\n")
        method, target, rest = head.split(b" ", 2)
        proxy.asked.append(f"{method.decode()} {target.decode()}")
        if refusal:
            writer.write(refusal)
            writer.close()
            await writer.wait_closed()
            return
        answers, asks = await asyncio.open_connection("127.0.0.1", port)
        if method == b"CONNECT":
            writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        else:
            asks.write(b" ".join((method, urlsplit(target).path, rest)))
        await asyncio.gather(pump(reader, asks, proxy.passed), pump(answers, writer, bytearray()))

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        proxy.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        yield proxy
        await asyncio.wait_for(asyncio.gather(*serving), 10)  # every connection closed, or the loop complains


@pytest.fixture(autouse=True)
def no_proxies_of_this_machine(monkeypatch):
    """The environment of whoever runs the tests says nothing."""
    for name in os.environ:
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)


def away(settings: Settings, scheme: str, **more: object) -> Settings:
    return settings.model_copy(
        update={
            "base_url": f"{scheme}://{HOST}/v1",
            "allow_http": True,
            "attempts": 1,
            "read_seconds": 10,
            "connect_seconds": 10,
            **more,
        }
    )


async def drafted(settings: Settings) -> str:
    drafter = OpenAIDrafter(settings, lambda *_: Verification(), wait=tenacity.wait_none())
    async for event in drafter.stream(REQUEST):
        if isinstance(event, Finished):
            return event.draft.text
    return ""


async def test_a_request_goes_through_the_proxy_the_environment_names(service, settings, monkeypatch):
    service.says("实际完成{F1}。")
    async with proxy_to(service.port) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        assert await drafted(away(settings, "http")) == "实际完成5次。"
    assert proxy.asked == [f"POST http://{HOST}/v1/chat/completions"]
    assert len(service.requests) == 1


async def test_the_setting_goes_before_the_environment(service, settings, monkeypatch):
    service.says("实际完成{F1}。")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    async with proxy_to(service.port) as proxy:
        assert await drafted(away(settings, "http", proxy=proxy.url)) == "实际完成5次。"
    assert len(proxy.asked) == 1


async def test_a_host_of_no_proxy_is_asked_itself(service, settings, monkeypatch):
    monkeypatch.setenv("NO_PROXY", HOST)
    async with proxy_to(service.port) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        with pytest.raises(DraftingRefused, match=f"找不到主机 {HOST}"):
            await drafted(away(settings, "http"))
    assert proxy.asked == []


async def test_https_goes_through_a_tunnel_and_the_proxy_reads_nothing(settings, tmp_path, monkeypatch):
    authority, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    authority.issue_cert(HOST).configure_cert(context)
    body = json.dumps({"choices": [{"message": {"content": "实际完成{F1}。"}}]}).encode()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        writer.write(head.encode() + body)
        await writer.drain()
        writer.close()
        with suppress(ConnectionError, ssl.SSLError):
            await writer.wait_closed()

    server = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=context)
    async with server, proxy_to(server.sockets[0].getsockname()[1]) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        assert await drafted(away(settings, "https", ca_file=str(tmp_path / "ca.pem"))) == "实际完成5次。"
    assert proxy.asked == [f"CONNECT {HOST}:443"]
    assert proxy.passed
    assert b"messages" not in proxy.passed
    assert settings.api_key.get_secret_value().encode() not in proxy.passed


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_a_dead_proxy_is_named_in_one_sentence_without_its_login(settings, scheme):
    dead = away(settings, scheme, proxy="http://clerk:pass-word@127.0.0.1:1")
    with pytest.raises(DraftingUnavailable) as caught:
        await drafted(dead)
    assert caught.value.message == "连接不上代理服务器 http://***@127.0.0.1:1。"
    assert "NO_PROXY" in caught.value.hint
    assert "pass-word" not in str(caught.value)


@pytest.mark.parametrize(("scheme", "said"), [("http", "代理服务器要求登录"), ("https", "拒绝了连接")])
async def test_a_proxy_that_wants_a_login_says_so(settings, scheme, said):
    refusal = b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"
    async with proxy_to(1, refusal) as proxy:
        with pytest.raises(DraftingError, match=said) as caught:
            await drafted(away(settings, scheme, proxy=proxy.url))
    assert "proxy" in caught.value.hint
    assert caught.value.message.count("。") == 1


def test_the_login_of_a_proxy_is_not_shown(tmp_path):
    loaded = load_settings({"proxy": "http://clerk:pass-word@10.1.2.3:3128"}, {}, tmp_path)
    assert {one.key: one.value for one in loaded.show()}["proxy"] == "http://***@10.1.2.3:3128"
