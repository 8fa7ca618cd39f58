"""A real, small language model on 127.0.0.1 for the ``real_model`` test: llama.cpp behind real server-sent events.

Run as a program with the GGUF's path; prints its port. ``cyllama`` brings llama.cpp built for this machine; its own
server does not stream and listens on every address, so the few lines of HTTP are here.
"""

from __future__ import annotations

import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cyllama.api import LLM, GenerationConfig

ONE_AT_A_TIME = threading.Lock()


class Handler(BaseHTTPRequestHandler):
    """``POST …/chat/completions``, streamed."""

    protocol_version = "HTTP/1.1"
    model: LLM

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        config = GenerationConfig(
            max_tokens=asked.get("max_tokens", 256), temperature=asked.get("temperature", 0.3), seed=7
        )
        try:
            with ONE_AT_A_TIME:
                for piece in self.model.chat(asked["messages"], config=config, stream=True):
                    self.event(
                        {"choices": [{"index": 0, "delta": {"content": piece}, "finish_reason": None}]}
                    )
            self.event({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
            self.wfile.write(b"data: [DONE]\n\n")
        except (BrokenPipeError, ConnectionResetError):
            return  # the program had enough

    def event(self, payload: dict[str, Any]) -> None:
        """One server-sent event."""
        self.wfile.write(f"data: {json.dumps(payload, ensure_ascii=False)}\n\n".encode())
        self.wfile.flush()

    def log_message(self, *_: object) -> None:
        """Silent."""


if __name__ == "__main__":
    Handler.model = LLM(sys.argv[1], verbose=False, n_ctx=8192)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_port, flush=True)
    server.serve_forever()
