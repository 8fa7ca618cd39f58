"""The table of faults: what a model service does, and what the user reads. Every case on a real socket."""

from __future__ import annotations

import asyncio
import json
import ssl
import time
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any

import pytest
import tenacity
import trustme

from assistant.catalogue.settings import load_settings
from assistant.domain.errors import DraftingError, DraftingRefused, DraftingUnavailable
from assistant.drafting.client import OpenAIDrafter
from assistant.drafting.drafter import Draft, DraftRequest, Fact, Finished, Verification, Waiting

REQUEST = DraftRequest(
    path="indicators[0].reason",
    prompt="deviation_reason",
    facts=(Fact(id="F1", label="实际完成值", text="5次"),),
    context={"indicator": "召开会议", "deviation": "未达到指标值", "limit": "100字"},
)
GOOD = {"choices": [{"delta": {"content": "实际完成{F1}。"}, "finish_reason": None}]}
DRAFT = "实际完成5次。"


def stays_silent(line) -> None:
    line.wait_for_close()


def stalls(line) -> None:
    line.raw(line.service.head)
    line.event(GOOD)
    line.wait_for_close()


def resets_at_once(line) -> None:
    line.reset()


def resets_half_way(line) -> None:
    line.raw(line.service.head)
    line.event(GOOD)
    time.sleep(0.05)
    line.reset()


def breaks_utf8(line) -> None:
    """A payload that is no JSON for its broken bytes is passed over; the next one counts."""
    line.raw(line.service.head)
    line.part(b'data: \xff\xfe{"choices": [\n\n')
    line.event(GOOD)
    line.event("[DONE]")
    line.end()


def loses_a_character(line) -> None:
    """Two of the three bytes of a character, inside a payload that is sound otherwise."""
    line.raw(line.service.head)
    line.part(b'data: {"choices": [{"delta": {"content": "\xe6\x9c {F1}"}, "finish_reason": "stop"}]}\n\n')
    line.event("[DONE]")
    line.end()


def ends_in_half_a_line(line) -> None:
    line.raw(line.service.head)
    line.event(GOOD)
    line.part(b'data: {"choices": [{"delta": {"content": "\xe5\xae')
    line.end()


def sends_ten_megabytes(line) -> None:
    line.raw(line.service.head)
    line.part(b"data: " + b"x" * 10_000_000)
    line.part(b"\n\n")
    line.event(GOOD)
    line.event("[DONE]")
    line.end()


def says(*payloads: dict[str, Any] | str):
    """Exactly these events."""

    def scene(line) -> None:
        line.raw(line.service.head)
        for payload in payloads:
            line.event(payload)
        line.end()

    return scene


def answers(status: int, body: str = "", **headers: str):
    """An HTTP answer."""
    return lambda line: line.answer(status, body, **headers)


def delta(**said: object) -> dict[str, Any]:
    """One chunk."""
    return {"choices": [{"index": 0, "delta": said, "finish_reason": None}]}


@dataclass
class Fault:
    """One line of the table: what happens; then a draft, or an error with these words and this way on."""

    name: str
    scenes: list[Any]
    draft: str = ""
    error: type[DraftingError] | None = None
    says: str = ""
    way: str = ""
    asked: int = 1
    waits: tuple[float, ...] = ()
    settings: dict[str, Any] = field(default_factory=dict)


ok = says(GOOD, "[DONE]")
Busy, No = DraftingUnavailable, DraftingRefused
BY_HAND, LATER = "可继续手工填写", "请稍后再试"
TABLE = [
    Fault("slow first byte", [stays_silent], error=Busy, says="0.2 秒没有回音", way=LATER),
    Fault("stall in mid-stream", [stalls], error=Busy, says="中途断开", way="已收到的文字还在"),
    Fault("RST before the first byte", [resets_at_once], error=Busy, says="连接断开了", way=LATER),
    Fault("RST, then well", [resets_at_once, ok], draft=DRAFT, asked=2, waits=(0,), settings={"attempts": 2}),
    Fault("RST in mid-stream", [resets_half_way], error=Busy, says="中途断开", way="重新起草", settings={"attempts": 3}),
    Fault("401", [answers(401)], error=No, says="密钥不对", way="ZIPING_API_KEY", settings={"attempts": 3}),
    Fault("402", [answers(402)], error=No, says="余额不足", way="充值", settings={"attempts": 3}),
    Fault("403", [answers(403)], error=No, says="没有使用该模型的权限", way="开通", settings={"attempts": 3}),
    Fault("404", [answers(404)], error=No, says="不存在", way="base_url", settings={"attempts": 3}),
    Fault("408", [answers(408)], error=Busy, says="等得太久", way=LATER, asked=2, waits=(0,), settings={"attempts": 2}),
    Fault("429 with Retry-After", [answers(429, Retry_After="3"), ok], draft=DRAFT, asked=2, waits=(3,), settings={"attempts": 2}),
    Fault("429 without", [answers(429)], error=Busy, says="太频繁", way=LATER, asked=2, waits=(0,), settings={"attempts": 2}),
    Fault("429 for an hour", [answers(429, Retry_After="3600")], error=Busy, says="3600 秒后再试", way=LATER, settings={"attempts": 3}),
    Fault("500", [answers(500)], error=Busy, says="HTTP 500", way=LATER, asked=2, waits=(0,), settings={"attempts": 2}),
    Fault("502 with a page", [answers(502, "<html>bad gateway</html>")], error=Busy, says="HTTP 502", way=LATER),
    Fault("HTML", [answers(200, "<html></html>", Content_Type="text/html")], error=No, says="网页", way="base_url"),
    Fault("broken UTF-8", [breaks_utf8], draft=DRAFT),
    Fault("broken UTF-8 in a word", [loses_a_character], draft="\ufffd 5次"),
    Fault("half a line", [ends_in_half_a_line], error=Busy, says="中途断开", way="已收到的文字还在"),
    Fault("end without [DONE] or a reason", [says(GOOD)], error=Busy, says="中途断开", way="已收到的文字还在", settings={"attempts": 3}),
    Fault("a reason, no [DONE]", [says(GOOD, {"choices": [{"delta": {}, "finish_reason": "stop"}]})], draft=DRAFT),
    Fault("a line of 10 MB", [sends_ten_megabytes], draft=DRAFT, settings={"read_seconds": 30}),
    Fault("empty reply", [says("[DONE]")], error=No, says="没有给出任何文字", way=BY_HAND),
    Fault("no event at all", [says()], error=No, says="没有给出任何文字", way=BY_HAND),
    Fault("reasoning only", [says(delta(content="<think>该写5次</think>"), "[DONE]")], error=No, says="没有给出任何文字", way=BY_HAND),
    Fault("reasoning_content only", [says(delta(reasoning_content="该写5次"), "[DONE]")], error=No, says="没有给出任何文字", way=BY_HAND),
    Fault("content null", [says(delta(content=None), "[DONE]")], error=No, says="没有给出任何文字", way=BY_HAND),
    Fault("redirect, same host", [answers(308, Location="/v2/chat/completions")], error=No, says="127.0.0.1", way="最终的地址"),
    Fault("redirect, other host", [answers(307, Location="https://elsewhere.example/")], error=No, says="elsewhere.example", way="最终的地址"),
    Fault("DNS failure", [ok], error=No, says="找不到主机 model.invalid", way="base_url", asked=0, settings={"base_url": "https://model.invalid/v1"}),
    Fault("nobody there", [ok], error=Busy, says="没有在运行", way="请先启动它", asked=0, settings={"base_url": "http://127.0.0.1:1/v1"}),
]  # fmt: skip


async def run(settings, fault: Fault) -> tuple[Draft | None, list[float]]:
    """One draft under the fault."""
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    changed = settings.model_copy(update={"read_seconds": 0.2, "attempts": 1} | fault.settings)
    drafter = OpenAIDrafter(changed, lambda *_: Verification(), wait=tenacity.wait_none(), sleep=sleep)
    async with aclosing(drafter.stream(REQUEST)) as events:
        async for event in events:
            if isinstance(event, Waiting):
                assert event.why
            if isinstance(event, Finished):
                return event.draft, slept
    return None, slept


@pytest.mark.parametrize("fault", TABLE, ids=lambda fault: fault.name)
async def test_every_fault_is_one_sentence_and_a_way_on(service, settings, fault):
    service.play(*fault.scenes)
    if fault.error is None:
        draft, slept = await run(settings, fault)
        assert draft is not None
        assert draft.text == fault.draft
        assert tuple(slept) == fault.waits
    else:
        with pytest.raises(fault.error) as caught:
            await run(settings, fault)
        error = caught.value
        assert fault.says in error.message
        assert error.message.count("。") == 1
        assert fault.way in error.hint
        assert "Traceback" not in str(error)
        assert "httpx" not in str(error)
    assert len(service.requests) == fault.asked


@pytest.fixture
def own_certificate(tmp_path) -> ssl.SSLContext:
    """A certificate of the office's own making, vouched for by its own authority alone (``ca.pem``)."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    return context


async def test_a_certificate_nobody_vouches_for(settings, own_certificate):
    """Bad TLS."""

    async def greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    server = await asyncio.start_server(greet, "127.0.0.1", 0, ssl=own_certificate)
    port = server.sockets[0].getsockname()[1]
    fault = Fault("bad TLS", [], settings={"base_url": f"https://localhost:{port}/v1"})
    async with server:
        with pytest.raises(DraftingRefused, match="安全证书验证不通过") as caught:
            await run(settings, fault)
    assert "ca_file" in caught.value.hint


async def test_a_certificate_of_the_offices_own_is_trusted_once_it_is_named(
    settings, own_certificate, tmp_path
):
    """``ca_file``: the same certificate, now vouched for."""
    body = json.dumps({"choices": [{"message": {"content": "实际完成{F1}。"}}]}).encode()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        writer.write(head.encode() + body)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=own_certificate)
    port = server.sockets[0].getsockname()[1]
    trusted = {
        "base_url": f"https://localhost:{port}/v1",
        "ca_file": str(tmp_path / "ca.pem"),
        "read_seconds": 5,
    }
    async with server:
        draft, _ = await run(settings, Fault("own CA", [], settings=trusted))
    assert draft is not None
    assert draft.text == DRAFT


async def test_a_file_of_certificates_that_is_not_there_is_named(settings):
    fault = Fault("no CA", [], settings={"base_url": "https://localhost:1/v1", "ca_file": "no-such.pem"})
    with pytest.raises(DraftingRefused, match=r"证书文件 no-such\.pem 读不出来") as caught:
        await run(settings, fault)
    assert "ca_file" in caught.value.hint


def test_a_key_with_chinese_in_it(tmp_path):
    """A non-ASCII key is refused before anything is sent."""
    given = {"base_url": "https://a.example/v1", "model": "m"}
    settings = load_settings(given, {"ZIPING_API_KEY": json.loads('"\\u5bc6\\u94a5"')}, tmp_path).settings
    with pytest.raises(DraftingRefused, match="中文字符") as caught:
        OpenAIDrafter(settings, lambda *_: Verification())
    assert "重新复制" in caught.value.hint
