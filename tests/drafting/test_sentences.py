"""Labelled sentences of many trades: what is true passes, what was altered or made up is caught."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from assistant.catalogue.profiles import load_profile
from assistant.domain.case import Case
from assistant.domain.scores import ScoreSheet
from assistant.drafting.service import verify_text
from assistant.scoring.engine import score_case

FOLDER = Path(__file__).parents[1] / "data" / "verify"
NAMES = sorted(path.name.partition(".")[0] for path in FOLDER.glob("*.ziping.json"))
_CHOICE = re.compile(r"\{([^{}|]*)((?:\|[a-z]:[^{}|]*)+)\}")


@dataclass(frozen=True)
class Sentence:
    """One labelled sentence; ``start`` and ``end`` enclose what is wrong in it (both 0 where nothing is)."""

    case: str
    kind: str  # "true", or the letter of the mistake
    text: str
    start: int = 0
    end: int = 0


def expand(case: str, written: str) -> Iterator[Sentence]:
    """The true sentence of a line, then one for every mistake in it."""
    written = written.replace("\\n", "\n")
    choices = list(_CHOICE.finditer(written))

    def with_wrong(position: int | None, wrong: str) -> tuple[str, int, int]:
        out, at, span = "", 0, (0, 0)
        for index, match in enumerate(choices):
            out += written[at : match.start()]
            said = wrong if index == position else match[1]
            if index == position:
                span = (len(out), len(out) + len(said))
            out += said
            at = match.end()
        return (out + written[at:], *span)

    yield Sentence(case, "true", with_wrong(None, "")[0])
    for position, match in enumerate(choices):
        for mistake in match[2].lstrip("|").split("|"):
            text, start, end = with_wrong(position, mistake[2:])
            yield Sentence(case, mistake[0], text, start, end)


@cache
def sentences() -> tuple[Sentence, ...]:
    """All of them."""
    found: list[Sentence] = []
    for name in NAMES:
        for line in (FOLDER / f"{name}.txt").read_text("utf-8").splitlines():
            found += expand(name, line.partition("\t")[2])
    return tuple(found)


@cache
def scored_case(name: str) -> tuple[Case, ScoreSheet]:
    """One of the forms with its score sheet."""
    case = Case.model_validate_json((FOLDER / f"{name}.ziping.json").read_text("utf-8"))
    return case, score_case(case, load_profile(case.profile))


def flagged(sentence: Sentence) -> list[tuple[int, int, str, str]]:
    """What the verifier does not accept."""
    result = verify_text(*scored_case(sentence.case), sentence.text)
    return [(span.start, span.end, span.text, span.why) for span in result.unsupported]


def is_caught(sentence: Sentence) -> bool:
    """Whether something is flagged where the mistake stands."""
    return any(start < sentence.end and sentence.start < end for start, end, *_ in flagged(sentence))


def test_there_are_many_sentences_of_every_kind():
    kinds = Counter(sentence.kind for sentence in sentences())
    assert sum(kinds.values()) >= 900
    assert kinds["true"] >= 180
    assert kinds["d"] >= 500
    assert set(kinds) == {"true", *"dnurctwbpi"}


@pytest.mark.parametrize("name", NAMES)
def test_everything_altered_is_caught(name):
    """Digits, numerals, units, rows, computed values, dates, document numbers, titles, persons: each one."""
    altered = [sentence for sentence in sentences() if sentence.case == name and sentence.kind != "true"]
    assert altered
    assert [sentence.text for sentence in altered if not is_caught(sentence)] == []


def test_true_sentences_are_left_alone():
    """At most one false flag in 1,000 characters of true text."""
    true = [sentence for sentence in sentences() if sentence.kind == "true"]
    false_flags = [(sentence.text, flag[2:]) for sentence in true for flag in flagged(sentence)]
    characters = sum(len(sentence.text) for sentence in true)
    assert characters > 4500
    assert 1000 * len(false_flags) <= characters, false_flags


_MARK = re.compile(
    r"第\d|目标\d|“[^”]*\d[^”]*”|(?:^|[。；：\n （(])\d[.．、）)]|目标\d：|[A-Z]\S{0,2} ?\d+|\d×\d+|热线|举报电话|指挥中心|\d·\d|\d[号楼][厅\u4e00-\u9fff]|\d\+N|【.*?】"
)


@pytest.mark.long
@pytest.mark.parametrize("part", range(2))
def test_hardly_any_other_digit_in_a_figure_passes(part):
    """Each digit of the true sentences of every other form replaced by one of the three that follow it.

    What passes is a figure of the form too.
    """
    tried, passed = 0, []
    for sentence in sentences():
        if sentence.case not in NAMES[part::2] or sentence.kind != "true" or _MARK.search(sentence.text):
            continue
        for match in re.finditer(r"\d", sentence.text):
            at = match.start()
            digit = str((int(match[0]) + 1 + at % 3) % 10)
            text = f"{sentence.text[:at]}{digit}{sentence.text[at + 1 :]}"
            tried += 1
            if not is_caught(Sentence(sentence.case, "d", text, at, at + 1)):
                passed.append(f"{text[:at]}[{digit}]{text[at + 1 :]}")
    assert tried > 1200
    assert 1000 * len(passed) <= 4 * tried, passed
