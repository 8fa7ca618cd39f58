"""To which addresses the user has agreed to send texts of which case: asked once for each, remembered on this machine."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from assistant.store.atomic import make_folder, write_atomic
from assistant.store.sessions import key_of

_ADDRESSES = TypeAdapter(tuple[str, ...])


class Consents:
    """The memory in *folder*, one small file a case; losing it only means being asked again."""

    def __init__(self, folder: Path, case: Path) -> None:
        self._file = folder / f"{key_of(case)}.json"

    def has(self, address: str) -> bool:
        """Whether the user has agreed to *address*."""
        return address in self._all()

    def add(self, address: str) -> None:
        """Keep that the user has agreed. Raises ``StoreError``."""
        make_folder(self._file.parent)
        known = (*(one for one in self._all() if one != address), address)
        write_atomic(self._file, json.dumps(known).encode(), mode=0o600, durable=False)

    def _all(self) -> tuple[str, ...]:
        try:
            return _ADDRESSES.validate_json(self._file.read_bytes())
        except (OSError, ValidationError):
            return ()
