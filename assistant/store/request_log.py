"""The list of requests to language models: when, where to, how long, with what result. Never a word of text, never a key.

One JSON object a line in ``requests.jsonl`` of the state folder, readable by the user alone; at ``LARGEST`` bytes it
becomes ``requests.jsonl.1`` and a new one begins.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import cast

LOGGER = "ziping.drafting"
"""The logger whose records carry a ``request``."""
LARGEST = 256 * 1024
KEPT = 2  # older files


class _RequestFile(RotatingFileHandler):
    """Writes the ``request`` of each record. A disk that refuses must not disturb a draft: the line is left out."""

    def _open(self) -> TextIOWrapper:
        Path(self.baseFilename).parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return os.fdopen(descriptor, "a", encoding="utf-8")

    def format(self, record: logging.LogRecord) -> str:
        request = cast("dict[str, object]", vars(record)["request"])
        return json.dumps(request, ensure_ascii=False)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name of logging
        """Nothing: neither a traceback on the screen nor a lost draft."""


def keep_requests(path: Path) -> None:
    """From now on write every request of this process to *path*; asking twice is asking once."""
    logger = logging.getLogger(LOGGER)
    for handler in [one for one in logger.handlers if isinstance(one, _RequestFile)]:
        if handler.baseFilename == str(path.absolute()):
            return
        logger.removeHandler(handler)
        handler.close()
    handler = _RequestFile(path, maxBytes=LARGEST, backupCount=KEPT, encoding="utf-8", delay=True)
    handler.addFilter(lambda record: "request" in vars(record))
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False  # a root handler somebody set up must not print them over the screen


def read_requests(path: Path) -> Iterator[dict[str, object]]:
    """All requests kept, oldest first; lines that cannot be read are passed over."""
    for number in range(KEPT, -1, -1):
        part = path.with_name(f"{path.name}.{number}") if number else path
        try:
            lines = part.read_text("utf-8", errors="replace").splitlines()
        except OSError:
            continue
        for line in lines:
            try:
                request = json.loads(line)
            except ValueError:
                continue
            if isinstance(request, dict):
                yield request
