"""A draft as the case keeps it: who wrote it, when, from which prompt, and what of it the user has taken."""

from __future__ import annotations

from difflib import SequenceMatcher

from assistant.domain.case import DraftRecord, DraftState
from assistant.drafting.drafter import Draft

TAKEN = frozenset({DraftState.ACCEPTED, DraftState.EDITED})


def record_of(draft: Draft, state: DraftState, text: str, made_at: str, unsupported: int) -> DraftRecord:
    """The record of *draft*.

    Args:
        draft: As it was offered.
        state: What became of it.
        text: What stands in the cell now, where it was taken.
        made_at: The time, ISO.
        unsupported: Places in *text* (where it was not taken: in the draft) that nothing supports.
    """
    return DraftRecord(
        path=draft.path,
        text=draft.text,
        source=draft.source,
        model=draft.model,
        prompt=draft.prompt,
        instruction=draft.instruction,
        state=state,
        made_at=made_at,
        kept_percent=kept_percent(draft.text, text) if state in TAKEN else None,
        unsupported=unsupported,
    )


def kept_percent(offered: str, taken: str) -> int:
    """How many of the characters of *offered* still stand, in their order, in *taken*: whole percent, half up.

    Spaces and line breaks do not count; of an empty draft nothing is kept.
    """
    before, after = "".join(offered.split()), "".join(taken.split())
    if not before:
        return 0
    if before == after:
        return 100
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    kept = sum(block.size for block in blocks)
    return (kept * 200 + len(before)) // (2 * len(before))
