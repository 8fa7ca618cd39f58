"""What a model made up in words: causes nobody gave, bodies nobody named. Asked of model texts only; a user may know more."""

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
_BODY = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,4})(?:有限公司|有限责任公司|股份公司|集团公司|集团有限|大学(?![生城堂])|研究院|研究所|事务所)"
)
_GENERIC = re.compile(
    r"[各所家个名该本些此][\u4e00-\u9fff]?$|相关|有关|重点|知名|合作|高等|多所|几所|第三方|会计师|律师|国内|国外|本地|中标|承建|施工"
)
_BROKEN = re.compile("\ufffd+")
ENOUGH = 50  # percent of a cause's letter pairs that must stand in one fact


def verify_model_text(text: str, facts: tuple[Fact, ...]) -> Verification:
    """Figures, dates and titles, and beyond them causes and bodies without a fact."""
    figures = verify(text, facts)
    made_up = [*_causes(text, facts), *_bodies(text, facts), *_damage(text)]
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


def _damage(text: str) -> Iterator[Span]:
    """What arrived broken (half a character) is shown and must not be taken over."""
    for match in _BROKEN.finditer(text):
        yield Span(start=match.start(), end=match.end(), text=match[0], why="这里有乱码，内容不完整")


def _unless_known(text: str, start: int, end: int, known: list[str]) -> Iterator[Span]:
    said = text[start:end]
    if len(said) >= 4 and not any(contained(said, fact) >= ENOUGH for fact in known):
        yield Span(start=start, end=end, text=said, why="这个原因不是您提供的，请核实或改为【待补充】")


def _bodies(text: str, facts: tuple[Fact, ...]) -> Iterator[Span]:
    """The last two characters of a body's own name, with its kind, must stand in a fact."""
    whole = "\n".join(fact.text + fact.label for fact in facts)
    for match in _BODY.finditer(text):
        core = match["name"][-2:] + match[0][len(match["name"]) :]
        if core not in whole and not _GENERIC.search(match["name"]):
            yield Span(
                start=match.start(), end=match.end(), text=match[0], why="这个单位名称没有依据，需核实"
            )
