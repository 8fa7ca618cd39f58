"""Texts that cite a figure the form no longer has: 过期. Pure; asked after every change of a cell, and before export."""

from __future__ import annotations

from assistant.domain.case import Case, DraftState
from assistant.domain.paths import cell, text_paths
from assistant.domain.record import Record
from assistant.domain.scores import ScoreSheet
from assistant.drafting.drafter import Span
from assistant.drafting.service import verify_text

_TAKEN = frozenset({DraftState.ACCEPTED, DraftState.EDITED})


class StaleText(Record):
    """A text of the form with figures that match no fact any more.

    Attributes:
        path: The cell, ``indicators[3].reason``.
        spans: What no longer matches, in the text as it stands.
        accepted: Whether the text came from a draft that was taken over.
    """

    path: str
    spans: tuple[Span, ...]
    accepted: bool

    @property
    def message(self) -> str:
        """One sentence for the screen."""
        shown = "、".join(dict.fromkeys(f"“{span.text}”" for span in self.spans[:3]))
        more = f"等 {len(self.spans)} 处" if len(self.spans) > 3 else ""
        return f"过期：{shown}{more}与表中现在的数对不上，请改正或重新起草。"


def stale_texts(
    case: Case, sheet: ScoreSheet, before: tuple[Case, ScoreSheet] | None = None
) -> tuple[StaleText, ...]:
    """The texts that cite what the form no longer says, in the form's order.

    Without *before* only texts that were accepted from a draft are looked at: every figure in them had a fact then.
    With the form as it was *before*, any text is stale whose figure had a fact there and has none now; what never had
    one is the verifier's to tell, not out of date.
    """
    accepted = {draft.path for draft in case.drafts if draft.state in _TAKEN}
    found = []
    for path in text_paths(case):
        text = cell(case, path)
        if not text.strip() or (before is None and path not in accepted):
            continue
        spans = verify_text(case, sheet, text, path).unsupported
        if before is not None and spans:
            spans = _had_a_fact(spans, before, text, path)
        if spans:
            found.append(StaleText(path=path, spans=spans, accepted=path in accepted))
    return tuple(found)


def _had_a_fact(
    spans: tuple[Span, ...], before: tuple[Case, ScoreSheet], text: str, path: str
) -> tuple[Span, ...]:
    if path not in text_paths(before[0]):
        return ()
    then = {(span.start, span.end) for span in verify_text(*before, text, path).supported}
    return tuple(span for span in spans if (span.start, span.end) in then)
