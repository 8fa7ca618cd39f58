"""Cases and bundles for the tests of documents, and a strategy that writes any text into any cell."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from hypothesis import strategies as st

from assistant.domain.case import (
    Case,
    Doubt,
    DraftRecord,
    DraftState,
    FundRow,
    Goal,
    Indicator,
    Note,
    Override,
    Person,
)
from assistant.domain.findings import Finding, NotChecked, Report, Severity
from assistant.domain.scores import ScoreLine, ScoreSheet, Status, TotalLine
from assistant.exchange.bundle import ExportBundle
from assistant.resources import shipped
from assistant.store.casefile import load


def sample() -> Case:
    return load(Path(str(shipped("config"))) / "samples" / "demo.ziping.json")


def bundle(
    case: Case, *findings: Finding, public: bool = False, final: bool = False, annex: bool = True
) -> ExportBundle:
    """A bundle with a sheet and a report made by hand."""
    sheet = ScoreSheet(
        profile="beijing-2022",
        rows=(
            ScoreLine(
                path="funds.total",
                name="预算执行率",
                weight=Decimal(10),
                entered=Decimal("6.19"),
                computed=Decimal("6.19"),
                status=Status.AGREES,
                working=("69.6559 ÷ 112.511 = 61.91%", "10 × 61.91% = 6.19"),
                basis="财预〔2020〕10号",
            ),
            ScoreLine(
                path="indicators[16]",
                name="保障",
                weight=Decimal(15),
                entered=Decimal(14),
                low=Decimal(12),
                high=Decimal(15),
                status=Status.IN_RANGE,
                rule="定性指标按档次评分",
                override_reason="专家评议",
            ),
        ),
        total=TotalLine(
            weight=Decimal(100),
            entered=Decimal("95.19"),
            sum_entered=Decimal("95.19"),
            low=Decimal("93.19"),
            high=Decimal("96.19"),
            working=("6.19 + 89 = 95.19",),
        ),
        grade="优",
    )
    report = Report(
        profile="beijing-2022",
        findings=findings,
        not_checked=(NotChecked(path="indicators[3]", code="T04", why="没有历史数据"),),
    )
    return ExportBundle(case, sheet, report, public=public, final=final, annex=annex, generator="ziping 1.0")


ERROR = Finding(
    code="A01",
    severity=Severity.ERROR,
    path="total_weight",
    message="分值合计 110 分",
    fix="调整分值",
    basis="财预〔2020〕10号",
)
WARNING = Finding(code="F06", severity=Severity.WARNING, path="funds.total.rate", message="执行率偏低")

NASTY = (
    "|",
    "\\",
    "\n",
    "\t",
    " ",
    "<br>",
    "<",
    ">",
    "&",
    ";",
    "*",
    "_",
    "~",
    "`",
    "[",
    "](",
    "#",
    "-",
    "$",
    "!",
)
NASTY += (
    "\\|",
    "&lt;",
    "&#10;",
    "-->",
    "<!-- ziping.form/1 -->",
    "总分",
    "👩‍🔬",
    "≥3个",
    "\u3000",
    "\u2028",
    "\xa0",
    "一级指标",
)
TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u206a\u206b\u206c\u206d\u206e\u206f\ufff9\ufffa\ufffb"
"""Turns of the direction of writing: shown as U+FFFD, like controls."""
TEXTS = st.lists(
    st.sampled_from(NASTY)
    | st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters=TURNS), max_size=4),
    max_size=8,
).map("".join)
KEYS = st.text("新键abc", min_size=1, max_size=3).map(lambda text: f"x_{text}")
EXTRAS = st.dictionaries(
    KEYS, st.none() | st.integers(-9, 9) | TEXTS | st.lists(TEXTS, max_size=2), max_size=2
)


def rows(record: type, **fixed: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    names = [name for name, field in record.model_fields.items() if field.annotation is str]  # type: ignore[attr-defined]
    cells = dict.fromkeys(names, TEXTS) | fixed
    one = st.tuples(st.fixed_dictionaries(cells), EXTRAS).map(lambda both: record(**both[0], **both[1]))
    return st.lists(one, max_size=3).map(tuple)


CASES = st.builds(
    Case,
    profile=TEXTS,
    year=st.none() | st.integers(-1, 3000),
    project=TEXTS,
    department=TEXTS,
    unit=TEXTS,
    people=rows(Person),
    money_unit=TEXTS,
    funds=rows(FundRow),
    goals=rows(Goal),
    indicators=rows(Indicator),
    total_weight=TEXTS,
    total=TEXTS,
    grade=TEXTS,
    drafts=rows(DraftRecord, state=st.sampled_from(DraftState)),
    notes=rows(Note),
    overrides=rows(Override),
    doubts=rows(Doubt, confirmed=st.booleans()),
)
"""Any case: every cell may hold whatever Markdown or HTML would take for its own."""
