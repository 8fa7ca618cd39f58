"""What the user has made of drafts and not decided about: it is in no cell yet, and still nothing typed may be lost.

One small file a case, in the user's own folder. It is written beside the screen, at the latest after 0.9 s.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from assistant.domain.case import DraftRecord
from assistant.domain.record import Record
from assistant.store.atomic import make_folder, write_atomic
from assistant.store.autosave import Autosave
from assistant.store.sessions import key_of


class DraftEdit(Record):
    """One draft that waits, as it was offered, and the user's *text* of it."""

    draft: DraftRecord
    text: str


_Edits = Mapping[str, DraftEdit | None]
"""Cell → what is to be kept of it; ``None`` for nothing any more."""
_ALL = TypeAdapter(dict[str, DraftEdit])


class DraftEdits:
    """The memory of one case in *folder*. Two windows write one file; each changes in it what it was told about."""

    def __init__(self, folder: Path, case: Path) -> None:
        self._file = folder / key_of(case) / "drafts.json"
        self._told: dict[str, DraftEdit | None] = {}
        self._autosave: Autosave[_Edits] | None = None

    def all(self) -> dict[str, DraftEdit]:
        """What waits, by cell; a damaged file is as good as none."""
        try:
            return _ALL.validate_json(self._file.read_bytes())
        except (OSError, ValidationError):
            return {}

    def keep(self, edit: DraftEdit) -> None:
        """Have *edit* on the disk within a second. Returns at once."""
        self._change(edit.draft.path, edit)

    def drop(self, path: str) -> None:
        """The user has decided about the draft for *path*."""
        if self._told.get(path) is not None or path in self.all():
            self._change(path, None)

    def close(self) -> bool:
        """Write what waits. Returns whether everything is on the disk."""
        return self._autosave is None or self._autosave.close()

    def _change(self, path: str, edit: DraftEdit | None) -> None:
        if self._autosave is None:
            self._autosave = Autosave(self._save)
        self._told[path] = edit
        self._autosave.changed(dict(self._told))

    def _save(self, told: _Edits) -> None:
        kept = {path: edit for path, edit in {**self.all(), **told}.items() if edit is not None}
        make_folder(self._file.parent)
        write_atomic(self._file, _ALL.dump_json(kept), mode=0o600)
