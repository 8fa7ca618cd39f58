"""The drafts that wait for the user's word, by cell, and what the user has made of them meanwhile.

They are in no cell of the case, so the case file and its journal know nothing of them: changes are handed to the
store at each letter, and are there again in the next run.
"""

from __future__ import annotations

from assistant.drafting.drafter import Draft
from assistant.store.draft_edits import DraftEdit, DraftEdits
from assistant.tui.widgets.draft_words import offered, on_record


class Shelf:
    """What waits; *store* keeps the user's changes from run to run, if there is one."""

    def __init__(self, store: DraftEdits | None) -> None:
        self._store = store
        kept = store.all() if store is not None else {}
        self._drafts = {path: offered(edit.draft) for path, edit in kept.items()}
        self._changed = {path: edit.text for path, edit in kept.items()}

    def waiting(self, path: str) -> Draft | None:
        """The draft that waits for the cell at *path*."""
        return self._drafts.get(path)

    def put(self, draft: Draft) -> None:
        """*draft* waits from now on; changes to another one before it are dropped."""
        if self._drafts.get(draft.path) not in {None, draft}:
            self.forget(draft.path)
        self._drafts[draft.path] = draft

    def changed(self, path: str) -> str | None:
        """What the user has made of the draft for *path*; ``None`` where it stands as it was offered."""
        return self._changed.get(path)

    def change(self, draft: Draft, text: str) -> None:
        """Keep *text* as what the user has made of *draft*."""
        before = self._changed.get(draft.path)
        if text == (draft.text if before is None else before):
            return
        self._changed[draft.path] = text
        if self._store is not None:
            self._store.keep(DraftEdit(draft=on_record(draft), text=text))

    def forget(self, path: str) -> str | None:
        """Nothing of the user's waits for *path* any more; what it was."""
        if self._store is not None:
            self._store.drop(path)
        return self._changed.pop(path, None)

    def take(self, path: str) -> str | None:
        """The draft for *path* is decided about: it waits no more. What the user had made of it."""
        self._drafts.pop(path, None)
        return self.forget(path)
