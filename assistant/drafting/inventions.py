"""What a model made up in words: causes nobody gave. Asked of model texts only; a user may know more."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.text import contained
from assistant.drafting.drafter import Fact, Span, Verification
from assistant.drafting.verify import verify

_CAUSE = re.compile(
    r"(?:主要)?原因(?:如下)?[：:是为]+|由于|鉴于|(?<![未不])(?<![\u4e00-\u9fff]成)因(?![此而素地公果])为?|受(?=[^，。；]{1,16}影响)"
)
_SAID_BEFORE = re.compile(r"(?P<said>[^，。；：:\n【】]{4,40})(?:导致|造成(?!本)|致使|所致|引起)")
_END = re.compile(r"[，。；;\n【]")
_BROKEN = re.compile("\ufffd+")
_BARE_SLOT = re.compile(r"(?<![A-Za-z0-9{｛-])(?:[FN]\d{1,3})+[FN]?(?![A-Za-z0-9}｝])")
ENOUGH = 50  # percent of a cause's letter pairs that must stand in one fact


def verify_model_text(text: str, facts: tuple[Fact, ...]) -> Verification:
    """Figures, dates, titles and bodies, and beyond them causes without a fact."""
    figures = verify(text, facts)
    made_up = [*_causes(text, facts), *_bare_slots(text, facts), *_damage(text)]
    return Verification(
        supported=figures.supported,
        unsupported=tuple(sorted((*figures.unsupported, *made_up), key=lambda span: (span.start, span.end))),
    )


def _causes(text: str, facts: tuple[Fact, ...]) -> Iterator[Span]:
    """Each cause must be found in what the user told or the form says."""
    known = [fact.text for fact in facts]
    for cue in _CAUSE.finditer(text):
        end = _END.search(text, cue.end())
        stop = end.start() if end else len(text)
        yield from _unless_known(text, cue.end(), stop, known)
    for match in _SAID_BEFORE.finditer(text):
        if not _CAUSE.search(match["said"]):
            yield from _unless_known(text, *match.span("said"), known)


def _bare_slots(text: str, facts: tuple[Fact, ...]) -> Iterator[Span]:
    """``F3`` without its braces was not filled and means nothing to a reader, unless a fact has it in its own words."""
    for match in _BARE_SLOT.finditer(text):
        if not any(match[0] in fact.text or match[0] in fact.label for fact in facts):
            yield Span(start=match.start(), end=match.end(), text=match[0], why="这是没有填上的槽位")


def _damage(text: str) -> Iterator[Span]:
    """What arrived broken (half a character) is shown and must not be taken over."""
    for match in _BROKEN.finditer(text):
        yield Span(start=match.start(), end=match.end(), text=match[0], why="这里有乱码，内容不完整")


def _unless_known(text: str, start: int, end: int, known: list[str]) -> Iterator[Span]:
    said = text[start:end]
    if len(said) >= 4 and not any(contained(said, fact) >= ENOUGH for fact in known):
        yield Span(start=start, end=end, text=said, why="这个原因不是您提供的，请核实或改为【待补充】")
