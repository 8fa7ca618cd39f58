"""What a self-evaluation report is made of, before it becomes Markdown, Word or lines in a terminal."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from assistant.drafting.drafter import Fact, Mask, Span
from assistant.drafting.labels import PROJECT
from assistant.drafting.replies import pending
from assistant.drafting.verify import verify
from assistant.reporting.charts import Chart

TITLE = "绩效自评报告"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below the section's own: the name of a project."""

    text: str


@dataclass(frozen=True)
class Passage:
    """Paragraphs that are drafted and verified together.

    Attributes:
        key: Names it inside the report: ``funds``, ``problems[2]``.
        text: Its paragraphs, apart by line breaks.
        facts: All it may say; nothing else may stand in it as a fact.
        source: ``template`` or ``model``.
        masks: Names of units and projects' people that must not leave the house when a model is asked.
        notes: What the user should know of how it was drafted.
    """

    key: str
    text: str
    facts: tuple[Fact, ...]
    source: str = "template"
    masks: tuple[Mask, ...] = ()
    notes: tuple[str, ...] = ()

    @cached_property
    def unsupported(self) -> tuple[Span, ...]:
        """Figures without a fact. In a template they can only come from the user's own words that it repeats.

        A number inside a project's whole name (“003号桥维修”) is a name.
        """
        names = {fact.text for fact in self.facts if fact.label == PROJECT}
        called = [one.span() for name in names for one in re.finditer(re.escape(name), self.text)]
        return tuple(
            span
            for span in verify(self.text, self.facts).unsupported
            if not any(start <= span.start and span.end <= end for start, end in called)
        )


@dataclass(frozen=True, slots=True)
class Table:
    """Texts in columns; each figure among them is the text of one of *facts*."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    facts: tuple[Fact, ...]


Block = Heading | Passage | Table | Chart


@dataclass(frozen=True, slots=True)
class Section:
    """One of the seven, with its title without the number: 预算执行情况."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class SelfReport:
    """The whole report.

    Attributes:
        title: ``某某局2024年度项目支出绩效自评报告``.
        sections: In the order of the form's rules, numbered 一、 to 七、 when written.
        remarks: What the reader of the run should know: files that were not read.
    """

    title: str
    sections: tuple[Section, ...]
    remarks: tuple[str, ...] = field(default=())

    @property
    def passages(self) -> tuple[Passage, ...]:
        """All texts."""
        return tuple(block for one in self.sections for block in one.blocks if isinstance(block, Passage))

    @property
    def charts(self) -> tuple[Chart, ...]:
        """All pictures."""
        return tuple(block for one in self.sections for block in one.blocks if isinstance(block, Chart))

    @property
    def pending(self) -> tuple[str, ...]:
        """Every 【待补充：…】 that waits for the user."""
        return tuple(open_place for passage in self.passages for open_place in pending(passage.text))


NUMERALS = "一二三四五六七八九十"
_PLACES = ("", "十", "百", "千")


def chinese(number: int) -> str:
    """1 to 9,999 as headings count: 一, 十二, 四十, 一百零五, 七百四十八."""
    digits = str(number)
    parts = [
        "零" if digit == "0" else NUMERALS[int(digit) - 1] + _PLACES[len(digits) - at]
        for at, digit in enumerate(digits, 1)
    ]
    told = re.sub("零+", "零", "".join(parts)).rstrip("零")
    return told.removeprefix("一") if number in range(10, 20) else told


def numbered(sections: tuple[Section, ...]) -> list[tuple[str, Section]]:
    """Each section with its whole heading: ``三、预算执行情况``."""
    return [(f"{chinese(at)}、{section.title}", section) for at, section in enumerate(sections, 1)]
