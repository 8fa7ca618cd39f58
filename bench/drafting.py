"""What drafting costs beside the model itself, against a server in a process of its own on this machine.

    python bench/drafting.py

- Esc to closed socket: from cancelling the task to the server seeing the connection end; median and p95.
- Overhead to the first text: our client against a bare httpx request for the same stream, in turns; median of each, and
  the difference against 10 ms.
- 18 drafts with a limit of 4, each taking a second, which is less than models need for a paragraph: the whole, as a ratio to
  the ideal (five rounds of a second).
"""

from __future__ import annotations

import asyncio
import json
import ssl
import subprocess
import sys
import tempfile
from contextlib import aclosing, suppress
from pathlib import Path
from statistics import median, quantiles
from time import monotonic

import httpx

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from assistant.catalogue.profiles import load_profile  # noqa: E402
from assistant.catalogue.settings import Settings, load_settings  # noqa: E402
from assistant.domain.case import Case, FundRow, Indicator  # noqa: E402
from assistant.domain.scores import ScoreSheet  # noqa: E402
from assistant.drafting.client import OpenAIDrafter  # noqa: E402
from assistant.drafting.drafter import DraftRequest, Piece  # noqa: E402
from assistant.drafting.inventions import verify_model_text  # noqa: E402
from assistant.drafting.service import draft_many, request_for  # noqa: E402
from assistant.scoring.engine import score_case  # noqa: E402
from bench.figures import Figure, rounds, tell  # noqa: E402

TIMES = rounds(60, 12)
CLOSED_MS = 100.0
OVERHEAD_MS = 10.0
DRAFTS, LIMIT, SECONDS = 18, 4, 1.0
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"


async def serve() -> None:
    """Stream one word; then go on for ever (model ``endless``) or end after ``SECONDS`` (any other)."""

    def word(text: str) -> bytes:
        return f"data: {json.dumps({'choices': [{'delta': {'content': text}}]})}\n\n".encode()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        asked = json.loads(await reader.readexactly(length))
        writer.write(HEAD + word("已"))
        if asked["model"] == "endless":
            await reader.read()  # until the other side hangs up
            print(monotonic(), flush=True)
        else:
            await asyncio.sleep(SECONDS if asked["model"] == "slow" else 0)
            writer.write(word("完成。") + b"data: [DONE]\n\n")
        with suppress(ConnectionError):
            writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


def form() -> tuple[Case, ScoreSheet]:
    """18 rows, each in need of a reason."""
    rows = tuple(
        Indicator(
            level1="产出指标", level2="数量指标", level3=f"召开第{n}类会议", target="≥4次", actual="3次"
        )
        for n in range(DRAFTS)
    )
    funds = (FundRow(label="年度资金总额", budget="100", executed="100", weight="10"),)
    case = Case(year=2023, project="会议", funds=funds, indicators=rows)
    return case, score_case(case, load_profile("central-2020"))


def drafter(settings: Settings, model: str) -> OpenAIDrafter:
    return OpenAIDrafter(settings.model_copy(update={"model": model}), verify_model_text)


async def cancelled(settings: Settings, request: DraftRequest) -> float:
    """When a draft under way was cancelled, by the clock both processes share."""
    shown = asyncio.Event()

    async def draft() -> None:
        async for event in drafter(settings, "endless").stream(request):
            if isinstance(event, Piece):
                shown.set()

    task = asyncio.create_task(draft())
    await shown.wait()
    at = monotonic()
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    return at


async def first_text(settings: Settings, request: DraftRequest) -> float:
    start = monotonic()
    async with aclosing(drafter(settings, "quick").stream(request)) as events:
        async for event in events:
            if isinstance(event, Piece):
                break
        return monotonic() - start


async def bare(url: str, payload: dict[str, object], tls: ssl.SSLContext) -> float:
    start = monotonic()
    async with (
        httpx.AsyncClient(verify=tls, trust_env=False) as client,
        client.stream("POST", f"{url}/chat/completions", json=payload) as response,
    ):
        async for _ in response.aiter_bytes():
            break
        return monotonic() - start


async def measure(port: int, seen: asyncio.Queue[float]) -> None:
    url = f"http://127.0.0.1:{port}/v1"
    flags = {"base_url": url, "model": "quick"}
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings(flags, {}, Path(folder)).settings
    case, sheet = form()
    request = request_for(case, sheet, "indicators[0].reason")

    waits = []
    for _ in range(TIMES):
        at = await cancelled(settings, request)
        waits.append((await seen.get() - at) * 1000)
    slowest = quantiles(waits, n=20)[-1]
    tell(Figure("drafting.cancel", "按 Esc 到连接断开，p95", slowest, CLOSED_MS, "上限", aim=1, steady=False))

    payload, tls = drafter(settings, "quick").payload(request), ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    ours, theirs = [], []
    for _ in range(TIMES):
        ours.append(await first_text(settings, request) * 1000)
        theirs.append(await bare(url, payload, tls) * 1000)
    tell(Figure("drafting.first", "到第一段文字", median(ours), median(theirs), "只用 httpx 收同一回复"))
    more = median(ours) - median(theirs)
    what = "到第一段文字比只用 httpx 多出的时间"
    tell(Figure("drafting.overhead", what, more, OVERHEAD_MS, "上限", aim=1, steady=False))

    paths = [f"indicators[{n}].reason" for n in range(DRAFTS)]
    start = monotonic()
    drafts = await draft_many(case, sheet, paths, drafter(settings, "slow"), parallel=LIMIT)
    took, ideal = monotonic() - start, -(-DRAFTS // LIMIT) * SECONDS
    assert [draft.source for draft in drafts if draft] == ["model"] * DRAFTS
    what = f"{DRAFTS} 段起草，同时 {LIMIT} 段，模型每段 {SECONDS * 1000:g} 毫秒"
    tell(Figure("drafting.many", what, took, ideal, "模型本身的时间", "s", aim=1.15))


async def main() -> None:
    server = await asyncio.create_subprocess_exec(sys.executable, __file__, "serve", stdout=subprocess.PIPE)
    assert server.stdout is not None
    port, seen = int(await server.stdout.readline()), asyncio.Queue[float]()

    async def closings() -> None:
        assert server.stdout is not None
        async for line in server.stdout:
            seen.put_nowait(float(line))

    reading = asyncio.create_task(closings())
    try:
        await measure(port, seen)
    finally:
        server.kill()
        await server.wait()
        await reading


if __name__ == "__main__":
    asyncio.run(serve() if "serve" in sys.argv else main())
