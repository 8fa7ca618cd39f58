"""What the user has said of a row or of the money, parted into cause, measure and next year's plan. Nothing is added."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.domain.case import Case
from assistant.drafting.questions import Part, part_of

_EMPTY = re.compile(r"[\s/／—\-－。.]*(?:无|暂无|没有|无偏差|不适用|已完成)?[\s/／—\-－。.]*")
_MEASURES = re.compile(r"(?=下一步|改进措施|整改措施|今后[，将]|下一阶段)")
_GOES_ON = re.compile(r"^(?:下一步|改进措施|整改措施|下一阶段)")
_CAUSE = re.compile(r"^(?:主要)?(?:偏差)?原因")
_PLAN = re.compile(r"下一?年度?|明年|翌年|次年|来年")
_LEAD = re.compile(
    r"^(?:偏差原因(?:分析)?(?:及改进措施)?|原因分析|主要原因(?:是|为)?|原因(?:是|为)?|改进措施|整改措施|下一步(?:打算|措施|计划|工作)?)[：:，,]\s*"
)


@dataclass(frozen=True, slots=True)
class Told:
    """Sentences in the user's own words, each closed by a full stop."""

    cause: str = ""
    measure: str = ""
    plan: str = ""


def told_of(case: Case, *paths: str) -> Told:
    """What reasons and notes at *paths* say; a note on a row is found by its cells' paths, too."""
    parts: dict[str, list[str]] = {"cause": [], "measure": [], "plan": []}
    for path in paths:
        for text, part in _texts(case, path):
            for kind, sentence in _parted(text, part, case.year):
                if sentence not in parts[kind]:
                    parts[kind].append(sentence)
    return Told(**{kind: "".join(sentences) for kind, sentences in parts.items()})


def _texts(case: Case, path: str) -> list[tuple[str, Part | None]]:
    row = path.rpartition(".")[0]
    found: list[tuple[str, Part | None]] = []
    if path.startswith("indicators["):
        at = int(path[len("indicators[") : path.index("]")])
        if not _EMPTY.fullmatch(case.indicators[at].reason):
            found.append((case.indicators[at].reason, None))
    for note in case.notes:
        if note.path in {path, row} and not _EMPTY.fullmatch(note.text):
            part = part_of(note.question, note.text)
            if part is not Part.EVIDENCE:
                found.append((note.text, part))
    return found


def _parted(text: str, part: Part | None, year: int | None) -> list[tuple[str, str]]:
    """Each sentence with where it goes. After 下一步 all is a measure until a cause is named."""
    out: list[tuple[str, str]] = []
    is_measure = part is Part.MEASURE
    for sentence in re.split(r"[。\n]+", text):
        for piece in _MEASURES.split(sentence.strip()):
            said = piece.strip(" \t　；;，,")
            if part is None:
                is_measure = not _CAUSE.search(said) and (
                    is_measure or bool(_GOES_ON.search(said)) or part_of("", said) is Part.MEASURE
                )
            kind = "measure" if is_measure else "cause"
            if is_measure and (_PLAN.search(said) or (year is not None and f"{year + 1}年" in said)):
                kind = "plan"
            if shown := _LEAD.sub("", said).strip("；;，,："):
                out.append((kind, f"{shown}。"))
    return out
