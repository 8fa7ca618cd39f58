"""A list on the disk that is only ever added to: what a long task has done, so that it can go on after a stop."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from assistant.store.atomic import make_folder, refusal


class Ledger:
    """Lines of ``key`` and ``text`` in a file. A line cut short by a crash is left out; the later of two lines counts."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: IO[bytes] | None = None

    def entries(self) -> Iterator[tuple[str, str]]:
        """What is in it, in the order of writing; nothing where there is no file. Raises ``StoreError``."""
        try:
            with self.path.open("rb") as lines:
                for line in lines:
                    with contextlib.suppress(ValueError, TypeError):
                        key, text = json.loads(line)
                        yield str(key), str(text)
        except FileNotFoundError:
            return
        except OSError as error:
            raise refusal(self.path, error, "读取") from error

    def add(self, key: str, text: str) -> None:
        """Write one line, at once. Raises ``StoreError``."""
        try:
            if self._file is None:
                self._file = self._opened()
            self._file.write(json.dumps([key, text]).encode() + b"\n")
            self._file.flush()
        except OSError as error:
            raise refusal(self.path, error) from error

    def forget(self) -> None:
        """Begin anew. Raises ``StoreError``."""
        self.close()
        try:
            self.path.unlink(missing_ok=True)
        except OSError as error:
            raise refusal(self.path, error) from error

    def close(self) -> None:
        """Nothing more is written."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _opened(self) -> IO[bytes]:
        make_folder(self.path.parent)
        file = self.path.open("ab")
        if file.tell():
            file.write(b"\n")  # whatever a crash left of the last line ends here
        return file

    def __enter__(self) -> Self:
        """Nothing is opened before the first line is written."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        self.close()
