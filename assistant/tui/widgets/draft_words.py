"""A draft as the user reads it: what nothing supports is marked in the text and listed below it."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual import events
from textual.content import Content

from assistant.domain.case import DraftRecord
from assistant.drafting.drafter import Draft, Span
from assistant.tui.widgets.steady import Steady

BETWEEN_VERBS = "  "


class Verbs(Steady):
    """The keys of a draft with what they do; a key is never parted from its words."""

    _verbs: Sequence[str] = ()

    def say(self, verbs: Sequence[str]) -> None:
        """Name *verbs* in as many lines as they need."""
        self._verbs = verbs
        self.update(in_lines(verbs, self.content_size.width))

    def on_resize(self, event: events.Resize) -> None:
        """Another width breaks the lines elsewhere. (:class:`Steady` hears of it as well.)"""
        self.say(self._verbs)


def in_lines(verbs: Sequence[str], width: int) -> str:
    """*verbs* side by side in lines of *width* columns (0: not known yet), broken between two of them only."""
    lines: list[str] = []
    for verb in verbs:
        longer = f"{lines[-1]}{BETWEEN_VERBS}{verb}" if lines else verb
        if lines and (not width or cell_len(longer) <= width):
            lines[-1] = longer
        else:
            lines.append(verb)
    return "\n".join(lines)


def marked(text: str, spans: tuple[Span, ...]) -> Content:
    """The draft with what nothing supports underlined and followed by 〔？〕, so that no colour is needed."""
    parts: list[Content] = []
    at = 0
    for span in sorted(spans, key=lambda span: span.start):
        if span.start < at:
            continue
        parts += [
            Content(text[at : span.start]),
            Content.styled(f"{text[span.start : span.end]}〔？〕", "bold underline $error"),
        ]
        at = span.end
    return Content.assemble(*parts, Content(text[at:]))


def remarks(draft: Draft, spent: str = "", *, unfolded: bool = False) -> Content:
    """What has no support, what is left for the user, what the drafter remarked, what it took; its thoughts folded."""
    lines = [
        Content.assemble(Content.styled(f"没有依据：{span.text}", "bold $error"), Content(f" {span.why}"))
        for span in draft.unsupported
    ]
    lines += [
        Content.styled(f"待您补充：{item.strip('【】').removeprefix('待补充').lstrip('：:')}", "$warning")
        for item in draft.pending
    ]
    lines += [Content.styled(note, "$muted") for note in draft.notes]
    lines += [Content.styled(spent, "$muted")] if spent else []
    if draft.thoughts:
        fold = "收起" if unfolded else "展开"
        lines.append(Content.styled(f"模型的思考 {len(draft.thoughts)} 字（按 T {fold}，不进表）", "$muted"))
        lines += [Content.styled(draft.thoughts, "$muted italic")] if unfolded else []
    return Content("\n").join(lines)


def on_record(draft: Draft) -> DraftRecord:
    """*draft* as it is kept."""
    return DraftRecord(
        **draft.model_dump(include={"path", "text", "source", "model", "prompt", "instruction"})
    )


def offered(record: DraftRecord) -> Draft:
    """A kept draft to show again; its figures are not verified."""
    return Draft(**record.model_dump(include={"path", "text", "source", "model", "prompt", "instruction"}))
