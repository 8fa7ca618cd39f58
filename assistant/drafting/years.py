"""Years that are not the form's own: what the coming year will bring, what the last one brought."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.drafting.drafter import Fact, Span
from assistant.drafting.likeness import Place
from assistant.drafting.sources import Source
from assistant.values.quantities import Mention, MentionKind

_TO_COME = re.compile(
    r"[下次明翌]一?年|预算|计划|[拟将]|申报|测算|安排|今后|下一步|措施|改进|整改|年[初前底]|[前起]|至|续建|跨年"
)
_ITS_BUDGET = re.compile("度?(?:本?项目)?(?:全年|年初)?预算[数为]?")  # 2024年全年预算2460.5万元
_IS_DONE = re.compile(r"度?[^，。；、\d]{0,4}(?:实际|已|执行|支出|完成)")
_WILL_BE = re.compile(
    r"[下次明翌]一?年|[拟将]|申报|测算|今后|下一步|措施|改进|整改|续建|跨年|建议|参照|计划|预计"
)
_LAST_YEAR = re.compile(r"上一?年|去年")
_LAST_YEAR_DONE = re.compile(
    r"(?<![比较与同照按超和对据])(?:上一?年|去年)度?(?!结转|结余|同期|末|底)(?=[^，。；、\n]{0,16}\d)"
)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def next_year(mention: Mention, place: Place, candidates: list[Source], sources: tuple[Source, ...]) -> str:
    """The coming year, told as if it were the form's."""
    this = next((one.mention.day for one in sources if one.fact.path == "year"), None)
    is_next = this is not None and mention.day is not None and (mention.day.year or 0) == (this.year or 0) + 1
    only = mention.kind is MentionKind.YEAR and all(
        source.derived or (is_next and source.mention.kind is MentionKind.DATE) for source in candidates
    )
    is_now = (
        not _TO_COME.search(place.sentence)
        or _ITS_BUDGET.fullmatch(place.after)
        or _IS_DONE.match(place.after)
        or (not _WILL_BE.search(place.sentence) and _tells_budget(place, sources))
    )
    return f"{mention.text}是下一年度" if only and is_now else ""


def _tells_budget(place: Place, sources: tuple[Source, ...]) -> bool:
    """Whether the sentence goes on with the money of the form's own year."""
    rest = place.sentence[len(place.before) + len(place.shown) :]
    return any(
        one.fact.path.startswith("funds") and not one.derived and one.mention.text in rest for one in sources
    )


def last_year(text: str, facts: tuple[Fact, ...]) -> Iterator[Span]:
    """上年完成43.8公里: another year's work, unless the form or the user speaks of that year."""
    if any(_LAST_YEAR.search(fact.text + fact.label) for fact in facts):
        return
    year = next((int(fact.amount) for fact in facts if fact.path == "year" and fact.amount is not None), None)
    for match in _LAST_YEAR_DONE.finditer(text):
        figure = _NUMBER.search(text, match.end())
        if figure and any(f"{(year or 0) - 1}年" in fact.text and figure[0] in fact.text for fact in facts):
            continue
        yield Span(start=match.start(), end=match.start() + 2, text=match[0][:2], why="事实说的是本年度")
