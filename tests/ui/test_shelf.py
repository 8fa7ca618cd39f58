"""The drafts that wait, and what the user has made of them."""

from __future__ import annotations

from pathlib import Path

from assistant.drafting.drafter import Draft
from assistant.store.draft_edits import DraftEdits
from assistant.tui.shelf import Shelf

PATH = "indicators[0].reason"
DRAFT = Draft(path=PATH, text="原稿", source="template")


def test_a_changed_draft_waits_with_its_changes_until_it_is_decided_about() -> None:
    shelf = Shelf(None)
    shelf.put(DRAFT)
    shelf.change(DRAFT, "原稿")
    assert shelf.changed(PATH) is None

    shelf.change(DRAFT, "我改的")
    shelf.put(DRAFT)
    assert (shelf.waiting(PATH), shelf.changed(PATH)) == (DRAFT, "我改的")

    assert shelf.take(PATH) == "我改的"
    assert (shelf.waiting(PATH), shelf.changed(PATH)) == (None, None)


def test_another_draft_begins_without_the_changes_to_the_one_before() -> None:
    shelf = Shelf(None)
    shelf.put(DRAFT)
    shelf.change(DRAFT, "我改的")
    shelf.put(DRAFT.model_copy(update={"text": "另一稿"}))
    assert shelf.changed(PATH) is None


def test_what_was_changed_is_there_in_the_next_run(tmp_path: Path) -> None:
    store = DraftEdits(tmp_path, tmp_path / "案卷.ziping.json")
    shelf = Shelf(store)
    shelf.put(DRAFT)
    shelf.change(DRAFT, "我改的")
    store.close()

    again = Shelf(DraftEdits(tmp_path, tmp_path / "案卷.ziping.json"))
    waiting = again.waiting(PATH)
    assert waiting is not None
    assert (waiting.text, again.changed(PATH)) == ("原稿", "我改的")
