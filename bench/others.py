"""Beside what a user would otherwise take, in turns in one run.

    python bench/others.py

- Start and memory: ``ziping demo`` against posting and harlequin (two praised Textual programs), each from an
  environment of its own under ``build/`` (they hold Textual at other versions; ``ZIPING_BENCH_PEER_PYTHON`` names
  another Python for them), to the first painted frame.
- Streaming: our client against the openai client, for the same stream of 400 words from one local server: to the first
  text, and to the last.
- Scoring a workbook: our reading, scoring and checking of an .xlsx against LibreOffice recalculating it.

What is not installed or cannot be installed is named, on the page too.
"""

from __future__ import annotations

import asyncio
import fcntl
import importlib.util
import json
import os
import pty
import select
import shutil
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from contextlib import aclosing
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.figures import Absent, Figure, rounds, tell, tell_absent  # noqa: E402

ENVIRONMENTS = ROOT / "build" / "bench"
PEERS = {"posting": ["posting"], "harlequin": ["harlequin"]}
ZIPING = str(Path(sys.executable).with_name("ziping"))
PYTHON = os.environ.get("ZIPING_BENCH_PEER_PYTHON", sys.executable)
FRAME = 1000  # bytes: more than the modes a program sets before its first frame
SETTLED, PATIENCE = 1.5, 20
WORDS = 400


def peer(name: str) -> str | None:
    """The program *name* in an environment of its own, made when first asked for; ``None`` where it cannot be had."""
    folder = ENVIRONMENTS / name
    program = folder / "bin" / name
    if not program.exists():
        print(f"安装 {name} ……", flush=True)
        if subprocess.run([PYTHON, "-m", "venv", str(folder)], check=False).returncode:
            return None
        made = subprocess.run(
            [str(folder / "bin" / "pip"), "install", "-q", *PEERS[name]],
            capture_output=True,
            text=True,
            check=False,
        )
        if made.returncode or not program.exists():
            shutil.rmtree(folder, ignore_errors=True)  # so that it is tried again, whole
            return None
    return str(program)


def painted(command: list[str], environment: dict[str, str]) -> tuple[float, float] | None:
    """Seconds to the first painted frame, and MiB held ``SETTLED`` seconds later; ``None`` where the program died."""
    begin = time.perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        os.execvpe(
            command[0], command, {**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8", **environment}
        )
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    first, size = 0.0, 0
    try:
        while not first or time.perf_counter() - begin - first < SETTLED:
            if not select.select([terminal], [], [], 0 if first else PATIENCE)[0]:
                if not first:
                    return None
                time.sleep(0.02)
                continue
            size += len(os.read(terminal, 65536))
            if not first and size > FRAME:
                first = time.perf_counter() - begin
        status = Path(f"/proc/{child}/status").read_text("ascii")
        return first, next(
            int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")
        ) / 1024
    except OSError:  # the program ended by itself
        return None
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(terminal)


def start() -> None:
    """Start and memory beside other Textual programs."""
    peers = {}
    for name in PEERS:
        if program := peer(name):
            peers[name] = program
        else:
            tell_absent(Absent(f"others.start.{name}", name, "这台机器上装不上"))
    ours: list[tuple[float, float]] = []
    theirs: dict[str, list[tuple[float, float]]] = {name: [] for name in peers}
    with tempfile.TemporaryDirectory() as home:
        homes = {"ZIPING_HOME": home, "HOME": home, "XDG_CONFIG_HOME": home, "XDG_DATA_HOME": home}
        for turn in range(rounds(8, 3) + 1):
            ours += (
                [one] if (one := painted([ZIPING, "demo", "-o", f"{home}/{turn}.ziping.json"], homes)) else []
            )
            for name, program in peers.items():
                theirs[name] += [one] if (one := painted([program], homes)) else []
    for name, times in theirs.items():
        if len(times) < 2:
            why = "在这台机器的 Python 上打不开（可用 ZIPING_BENCH_PEER_PYTHON 换一个）"
            tell_absent(Absent(f"others.start.{name}", name, why))
            continue
        first = [statistics.median(one[0] for one in side[1:]) * 1000 for side in (ours, times)]
        held = [statistics.median(one[1] for one in side[1:]) for side in (ours, times)]
        tell(Figure(f"others.start.{name}", "启动到第一屏", *first, name, aim=1))
        tell(Figure(f"others.memory.{name}", "打开后占用内存", *held, name, "MiB", aim=1))


def serve() -> None:
    """A server of one stream, in a process of its own."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        await reader.readexactly(length)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n")
        piece = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "m"}
        for number in range(WORDS):
            delta = {
                **piece,
                "choices": [
                    {"index": 0, "delta": {"content": chr(0x4E00 + 37 * number) + "。" * (number % 20 == 19)}}
                ],
            }
            writer.write(f"data: {json.dumps(delta)}\n\n".encode())
        writer.write(b"data: [DONE]\n\n")
        await writer.drain()
        writer.close()

    async def run() -> None:
        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        print(server.sockets[0].getsockname()[1], flush=True)
        await server.serve_forever()

    asyncio.run(run())


async def streaming(port: int) -> None:
    """The same stream through our client and through the openai client."""
    from assistant.catalogue.settings import load_settings
    from assistant.drafting.client import OpenAIDrafter
    from assistant.drafting.drafter import Piece
    from assistant.drafting.inventions import verify_model_text
    from assistant.drafting.service import request_for
    from bench.drafting import form

    openai = importlib.import_module("openai")
    url = f"http://127.0.0.1:{port}/v1"
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings({"base_url": url, "model": "m"}, {}, Path(folder)).settings
    request = request_for(*form(), "indicators[0].reason")
    messages = OpenAIDrafter(settings, verify_model_text).payload(request)["messages"]

    async def ours() -> tuple[float, float]:
        begin, first = time.perf_counter(), 0.0
        async with aclosing(OpenAIDrafter(settings, verify_model_text).stream(request)) as events:
            async for event in events:
                if isinstance(event, Piece) and not first:
                    first = time.perf_counter() - begin
        return first, time.perf_counter() - begin

    async def theirs() -> tuple[float, float]:
        begin, first = time.perf_counter(), 0.0
        client = openai.AsyncOpenAI(base_url=url, api_key="none", max_retries=0)
        stream = await client.chat.completions.create(model="m", messages=messages, stream=True)
        async for chunk in stream:
            if chunk.choices and chunk.choices[0].delta.content and not first:
                first = time.perf_counter() - begin
        await client.close()
        return first, time.perf_counter() - begin

    pairs = [(await ours(), await theirs()) for _ in range(rounds(30, 8) + 1)][1:]
    for place, name in ((0, "first"), (1, "whole")):
        one, other = (statistics.median(pair[side][place] for pair in pairs) * 1000 for side in (0, 1))
        what = "流式回复到第一段文字" if name == "first" else f"流式回复 {WORDS} 段全部读完、核对完"
        tell(Figure(f"others.stream.{name}", what, one, other, "openai 客户端", aim=1))


def recalculation() -> None:
    """Reading, scoring and checking a workbook against LibreOffice recalculating it."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        tell_absent(Absent("others.recalculation", "LibreOffice 重算", "这台机器上没有安装"))
        return
    import assistant
    from assistant.resources import shipped

    case = assistant.read(
        (shipped("config") / "samples" / "demo.ziping.json").read_bytes(), "demo.ziping.json"
    ).case
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "form.xlsx"
        book.write_bytes(assistant.export(case, "xlsx"))
        command = [ZIPING, "check", str(book)]
        convert = [
            office,
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "ods",
        ]
        ours, theirs = [], []
        for _ in range(rounds(5, 2) + 1):
            for times, words in ((ours, command), (theirs, [*convert, "--outdir", folder, str(book)])):
                begin = time.perf_counter()
                subprocess.run(words, check=False, capture_output=True)
                times.append((time.perf_counter() - begin) * 1000)
    tell(
        Figure(
            "others.recalculation", "核算并检查一个 .xlsx（整个进程）",
            statistics.median(ours[1:]), statistics.median(theirs[1:]), "LibreOffice 重算", aim=1,
        )
    )  # fmt: skip


def main() -> None:
    """Measure what is there."""
    start()
    if importlib.util.find_spec("openai"):
        server = subprocess.Popen([sys.executable, __file__, "serve"], stdout=subprocess.PIPE, text=True)
        try:
            assert server.stdout is not None
            asyncio.run(streaming(int(server.stdout.readline())))
        finally:
            server.kill()
    else:
        tell_absent(Absent("others.stream", "openai 客户端", "这台机器上没有安装"))
    recalculation()


if __name__ == "__main__":
    serve() if "serve" in sys.argv else main()
