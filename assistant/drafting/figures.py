"""Figures in texts that need a person's word: out of date (过期), or without a fact in a text taken from a draft.

``marked`` notes them when the form changes, ``open_figures`` lists what still waits, ``mended`` and ``kept`` are the two
decisions. Marks and decisions are :class:`~assistant.domain.case.Figure` records of the case, so nothing is asked twice.
Pure: a case in, a case out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.domain.case import Case, DraftState, Figure, Indicator
from assistant.domain.paths import cell, text_paths, with_cell
from assistant.domain.reach import within_reach
from assistant.domain.record import Record
from assistant.domain.scores import ScoreSheet
from assistant.drafting.drafter import Fact, Span
from assistant.drafting.verify import has_no_source, verify
from assistant.drafting.within import facts_within, rows_within

Scored = tuple[Case, ScoreSheet]
Key = tuple[str, str]
"""What a fact is, whatever it says and whatever its row is called: its cell, or its row and what was computed."""

_TAKEN = frozenset({DraftState.ACCEPTED, DraftState.EDITED})
_SIGN = re.compile(r"^[≥≤＞＜><=]+")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_FIGURE = re.compile(r"[\d〇零一二两三四五六七八九十百千万半]")
LONGEST_VALUE = 24
"""Characters; a longer fact is a text of its own, whose figures have no single successor."""


class OpenFigure(Record):
    """A figure of a text that waits for a decision.

    Attributes:
        path: The text cell.
        text: The figure as it stands there: "3次".
        why: One sentence for the user.
        label: What it was the figure of: "实际完成值"; ``""`` where it never had a fact.
        source: The cell or row of that fact.
        was: What the fact said when the text was right.
        now: What the fact says now; ``""`` where it is gone.
        new: What can be put in its place, so that the text is supported again; ``""`` where nothing can.
        spans: Every place in the text where it stands.
    """

    path: str
    text: str
    why: str
    label: str = ""
    source: str = ""
    was: str = ""
    now: str = ""
    new: str = ""
    spans: tuple[tuple[int, int], ...] = ()

    @property
    def is_stale(self) -> bool:
        """Whether the form said it once."""
        return bool(self.source)


def marked(case: Case, sheet: ScoreSheet, before: Scored) -> Case:
    """The case with a mark for every figure of a text that was right in *before* and is out of date now.

    A figure counts as citing a fact of its row when that fact alone would support it: where target and result were
    both 3次, the text may have meant either, and a person decides.
    """
    if case == before[0]:
        return case
    found = list(case.figures)
    known = {(figure.path, figure.text) for figure in found}
    there = set(text_paths(before[0]))
    touched = _touched((case, sheet), before)
    for path in text_paths(case):
        text = within_reach(cell(case, path))
        if path not in there or not text.strip():
            continue
        citable = rows_within(case, path, text) | rows_within(before[0], path, text)
        if touched is not None and not touched & citable:
            continue
        for mark in _outdated(text, path, (case, sheet), before):
            if (mark.path, mark.text) not in known:
                known.add((mark.path, mark.text))
                found.append(mark)
    return case.model_copy(update={"figures": tuple(found)}) if len(found) > len(case.figures) else case


def _touched(now: Scored, before: Scored) -> frozenset[int] | None:
    """The indicators whose cells, but for the reason, or points changed; ``None`` where more than those did.

    For every text of a form of thousands of rows it would take seconds to make the facts twice and compare them.
    """
    (case, sheet), (old, old_sheet) = now, before
    rows = range(len(case.indicators))
    if len(rows) != len(old.indicators) or _head(case) != _head(old):
        return None
    if sheet.line("funds.total") != old_sheet.line("funds.total"):
        return None
    return frozenset(
        row
        for row in rows
        if _differ(case.indicators[row], old.indicators[row])
        or sheet.line(f"indicators[{row}]") != old_sheet.line(f"indicators[{row}]")
    )


def _head(case: Case) -> Case:
    """What all texts may cite: the form without its rows, its texts, and what is noted about those."""
    goals = tuple(goal.model_copy(update={"actual": ""}) for goal in case.goals)
    return case.model_copy(update={"indicators": (), "goals": goals, "drafts": (), "figures": ()})


def _differ(row: Indicator, old: Indicator) -> bool:
    """Whether what texts may cite of a row differs: no text cites a reason."""
    if row is old or row == old:
        return False
    return row.model_copy(update={"reason": ""}) != old.model_copy(update={"reason": ""})


def _outdated(text: str, path: str, now: Scored, before: Scored) -> Iterator[Figure]:
    old, new = facts_within(*before, path, text), facts_within(*now, path, text)
    says = {_key_of(fact): fact.text for fact in new}
    changed = [fact for fact in old if says.get(_key_of(fact)) != fact.text]
    if not changed or not _may_cite(text, changed):
        return
    bound: dict[tuple[int, int], Fact | None] | None = None  # looked up for the few texts that need it
    for fact in changed:
        mark = Figure(path=path, text="", source=fact.path, label=fact.label, was=fact.text)
        for span in _still_saying(text, mark, new):
            if bound is None:
                bound = {(one.start, one.end): _fact(old, one) for one in verify(text, old).supported}
            here = bound.get((span.start, span.end))
            if here is not None and _row(here.path) == _row(fact.path):
                yield mark.model_copy(update={"text": span.text})


def _may_cite(text: str, facts: Sequence[Fact]) -> bool:
    """Whether *text* has a figure any of *facts* has: looked for at once, as most texts have none of what changed."""
    then = (Fact(id=f"F{n}", label=one.label, text=one.text, path=one.path) for n, one in enumerate(facts, 1))
    found = verify(text, tuple(then))
    doubted = (span for span in found.unsupported if _FIGURE.search(span.text))
    return bool(found.supported) or any(not has_no_source(span.why) for span in doubted)


def _still_saying(text: str, mark: Figure, facts: tuple[Fact, ...]) -> tuple[Span, ...]:
    """The figures of *text* that say what the marked fact said then, and that no longer say what is so."""
    now = next((fact for fact in facts if _key_of(fact) == _key(mark.source, mark.label)), None)
    if now is not None and now.text == mark.was:
        return ()
    then = Fact(id="F1", label=mark.label, text=mark.was, path=mark.source)
    saying = verify(text, (then,)).supported
    if not saying:
        return ()
    bound = {(span.start, span.end): _fact(facts, span) for span in verify(text, facts).supported}
    open_spans = []
    for span in saying:
        here = bound.get((span.start, span.end))
        if here is None or (
            _row(here.path) == _row(mark.source) and _key_of(here) != _key(mark.source, mark.label)
        ):
            open_spans.append(span)
    return tuple(open_spans)


def open_figures(case: Case, sheet: ScoreSheet) -> tuple[OpenFigure, ...]:
    """Every figure that waits for a decision, in the form's order.

    Looked at are the texts with a mark and those taken over from a draft; of what a user wrote himself the panels and
    checks warn, but it waits for nothing.
    """
    taken = {draft.path for draft in case.drafts if draft.state in _TAKEN}
    watched = taken | {figure.path for figure in case.figures if not figure.kept}
    return tuple(
        figure
        for path in text_paths(case)
        if path in watched and cell(case, path).strip()
        for figure in _open_in(case, sheet, path, is_taken=path in taken)
    )


def _open_in(case: Case, sheet: ScoreSheet, path: str, *, is_taken: bool) -> Iterator[OpenFigure]:
    text = within_reach(cell(case, path))
    facts = facts_within(case, sheet, path, text)
    here = [figure for figure in case.figures if figure.path == path]
    decided = {figure.text for figure in here if figure.kept}
    told: set[tuple[int, int]] = set()
    for mark in here:
        if mark.kept:
            continue
        saying = [span for span in _still_saying(text, mark, facts) if span.text == mark.text]
        spans = tuple((span.start, span.end) for span in saying if (span.start, span.end) not in told)
        if spans:
            told.update(spans)
            yield _stale(mark, spans, text, facts)
    if not is_taken:
        return
    rest: dict[str, list[Span]] = {}
    for span in verify(text, facts).unsupported:
        if span.text not in decided and not any(_overlap(span, place) for place in told):
            rest.setdefault(span.text, []).append(span)
    for said, found in rest.items():
        spans = tuple((span.start, span.end) for span in found)
        yield OpenFigure(path=path, text=said, why=f"“{said}”没有依据：{found[0].why}", spans=spans)


def _stale(
    mark: Figure, spans: tuple[tuple[int, int], ...], text: str, facts: tuple[Fact, ...]
) -> OpenFigure:
    now = next((fact.text for fact in facts if _key_of(fact) == _key(mark.source, mark.label)), "")
    new = _successor(mark, now)
    if new:
        changed, places = _replaced(text, spans, new)
        supported = {(span.start, span.end) for span in verify(changed, facts).supported}
        new = new if all(_within(place, supported) for place in places) else ""
    shown = f"{mark.label}现在是“{_brief(now)}”" if now else f"{mark.label}现在没有了"
    return OpenFigure(
        path=mark.path,
        text=mark.text,
        why=f"“{mark.text}”过期：{shown}",
        label=mark.label,
        source=mark.source,
        was=mark.was,
        now=now,
        new=new,
        spans=spans,
    )


def _successor(mark: Figure, now: str) -> str:
    """How the changed fact would be written where the old figure stands; ``""`` where that is not one figure."""
    if not now or max(len(now), len(mark.was)) > LONGEST_VALUE:
        return ""
    old, new = _SIGN.sub("", mark.was), _SIGN.sub("", now)
    if old in mark.text:
        return mark.text.replace(old, new)
    before, after = _NUMBER.findall(old), _NUMBER.findall(new)
    same_frame = _NUMBER.sub("#", old) == _NUMBER.sub("#", new)
    if len(before) == len(after) == 1 and same_frame and _NUMBER.findall(mark.text) == before:
        return _NUMBER.sub(after[0], mark.text)
    return new


def mended(case: Case, figure: OpenFigure) -> Case:
    """The case with the new figure in the text; *figure* must have one (``new``) and be of this case."""
    text, _ = _replaced(cell(case, figure.path), figure.spans, figure.new)
    return with_cell(case, figure.path, text)


def kept(case: Case, figures: tuple[OpenFigure, ...], at: str = "") -> Case:
    """The case with the user's word that *figures* stay as they are; *at* is the ISO time of it."""
    chosen = {(figure.path, figure.text) for figure in figures}
    rest = tuple(figure for figure in case.figures if (figure.path, figure.text) not in chosen)
    decided = tuple(
        Figure(
            path=figure.path,
            text=figure.text,
            source=figure.source,
            label=figure.label,
            was=figure.was,
            kept=True,
            decided_at=at,
        )
        for figure in figures
    )
    return case.model_copy(update={"figures": (*rest, *decided)})


def _replaced(
    text: str, spans: tuple[tuple[int, int], ...], new: str
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """*text* with *new* at each of *spans*, and where it stands then."""
    parts, places, at, length = [], [], 0, 0
    for start, end in sorted(spans):
        parts += [text[at:start], new]
        length += start - at
        places.append((length, length + len(new)))
        length += len(new)
        at = end
    return "".join([*parts, text[at:]]), tuple(places)


def _within(place: tuple[int, int], supported: set[tuple[int, int]]) -> bool:
    return any(start <= place[0] and place[1] <= end for start, end in supported) or any(
        place[0] <= start and end <= place[1] for start, end in supported
    )


def _overlap(span: Span, place: tuple[int, int]) -> bool:
    return span.start < place[1] and place[0] < span.end


def _fact(facts: tuple[Fact, ...], span: Span) -> Fact | None:
    return next((fact for fact in facts if fact.id == span.fact), None)


def _key(path: str, label: str) -> Key:
    """A cell says all; of a row or the whole form, what was computed: 完成率 of “召开会议（完成率）”."""
    is_cell = "." in path and path != "funds.total"
    return (path, "") if is_cell else (path, label.rpartition("（")[2].rstrip("）"))


def _key_of(fact: Fact) -> Key:
    return _key(fact.path, fact.label)


def _row(path: str) -> str:
    return path.partition(".")[0] if not path.startswith("funds") else "funds"


def _brief(text: str) -> str:
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"
