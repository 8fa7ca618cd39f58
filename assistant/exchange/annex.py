"""The annex of a document: the working of every score, the findings, what was not checked, who wrote the texts.

Plain texts in blocks; each exporter gives them its own dress.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto

from assistant.domain.amounts import plain
from assistant.domain.case import DraftRecord, DraftState
from assistant.domain.findings import Severity
from assistant.domain.paths import cell
from assistant.domain.places import spoken
from assistant.domain.scores import ScoreLine, Status
from assistant.exchange.bundle import ExportBundle
from assistant.exchange.layout import ANNEX, TOTAL

_STATUS = {
    Status.AGREES: "与填报一致",
    Status.DIFFERS: "与填报不一致",
    Status.IN_RANGE: "填报得分在允许范围内",
    Status.OUT_OF_RANGE: "填报得分超出允许范围",
    Status.MISSING: "得分未填",
    Status.UNKNOWN: "不能核定",
}


class Shape(Enum):
    """What a line of the annex is."""

    TITLE = auto()
    HEADING = auto()
    PARAGRAPH = auto()
    ITEM = auto()
    DETAIL = auto()  # below an item


@dataclass(frozen=True, slots=True)
class Line:
    """One line: *strong* stands out before *text*."""

    shape: Shape
    text: str
    strong: str = ""


Block = list[Line]


def annex(bundle: ExportBundle) -> list[Block]:
    """The blocks of the annex; empty ones have no lines."""
    blocks = [
        [Line(Shape.TITLE, ANNEX)],
        _rules(bundle),
        [Line(Shape.HEADING, "计分过程")],
        [line for row in bundle.sheet.rows for line in _scored(row)],
        _total(bundle),
    ]
    if not bundle.public:  # the findings are for the unit and its reviewers
        blocks += [
            [Line(Shape.HEADING, "检查结果")],
            *_findings(bundle),
            [Line(Shape.HEADING, "未核对的内容")],
            _not_checked(bundle),
            [Line(Shape.HEADING, "文字来源")],
            _drafted(bundle),
        ]
    if bundle.generator:
        blocks.append([Line(Shape.PARAGRAPH, f"由 {bundle.generator} 生成。")])
    return blocks


def _rules(bundle: ExportBundle) -> Block:
    profile = bundle.profile
    if profile is None:
        return [Line(Shape.ITEM, f"所用规则：{bundle.sheet.profile}")]
    return [
        Line(Shape.ITEM, f"所用规则：{profile.label}（{profile.id}）"),
        Line(Shape.ITEM, f"依据：{profile.basis}"),
        *(Line(Shape.ITEM, f"未证实：{doubt}") for doubt in profile.doubts()),
    ]


def _scored(row: ScoreLine) -> Block:
    weight = "" if row.weight is None else f"（分值 {plain(row.weight)}）"
    computed = _points(row.computed) if row.computed is not None else _between(row.low, row.high)
    standing = "以人工评分为准" if row.override_reason else _STATUS[row.status]
    outcome = f"{weight}：填报 {_points(row.entered)}，核算 {computed}，{standing}"
    why = "；".join(f"{name}：{text}" for name, text in (("规则", row.rule), ("依据", row.basis)) if text)
    person = f"人工评分理由：{row.override_reason}" if row.override_reason else ""
    details = [text for text in (*row.working, *row.notes, why, person) if text]
    return [
        Line(Shape.ITEM, outcome, strong=row.name or spoken(row.path)),
        *(Line(Shape.DETAIL, text) for text in details),
    ]


def _between(low: Decimal | None, high: Decimal | None) -> str:
    if low is None or high is None:
        return "—"
    return plain(low) if low == high else f"{plain(low)}～{plain(high)}"


def _points(points: Decimal | None) -> str:
    return "—" if points is None else f"{points:f}"


def _total(bundle: ExportBundle) -> Block:
    total, grade = bundle.sheet.total, bundle.sheet.grade
    computed = _points(total.computed) if total.computed is not None else _between(total.low, total.high)
    sums = f"：表上填报 {_points(total.entered)}，各行填报之和 {_points(total.sum_entered)}，核算 {computed}"
    details = [*total.working, *([f"依据：{total.basis}"] if total.basis else [])]
    return [
        Line(Shape.ITEM, sums, strong=TOTAL),
        *(Line(Shape.DETAIL, text) for text in details),
        *([Line(Shape.ITEM, f"按规则评定的等级：{grade}")] if grade else []),
    ]


def _findings(bundle: ExportBundle) -> list[Block]:
    report = bundle.report
    counts = "，".join(f"{severity.label} {report.count(severity)} 项" for severity in Severity)
    summary = Line(Shape.PARAGRAPH, f"{counts}，未核对 {len(report.not_checked)} 项。")
    blocks = [[summary]]
    for severity in Severity:
        lines = []
        for finding in report.findings:
            if finding.severity is severity:
                place = f"【{severity.label}】{finding.code} {spoken(finding.path)}"
                lines.append(Line(Shape.ITEM, f"{place}：{finding.message}"))
                told = (("办法", finding.fix), ("依据", finding.basis))
                lines += [Line(Shape.DETAIL, f"{name}：{text}") for name, text in told if text]
        blocks.append(lines)
    return blocks


def _not_checked(bundle: ExportBundle) -> Block:
    return [
        Line(Shape.ITEM, f"{item.code} {spoken(item.path)}：{item.why}") for item in bundle.report.not_checked
    ] or [Line(Shape.PARAGRAPH, "没有。")]


def _drafted(bundle: ExportBundle) -> Block:
    used = [draft for draft in bundle.case.drafts if draft.state in {DraftState.ACCEPTED, DraftState.EDITED}]
    none = [Line(Shape.PARAGRAPH, "各项文字均由填报人撰写，没有采用起草稿。")]
    return [Line(Shape.ITEM, _origin(bundle, draft)) for draft in used] or none


def _origin(bundle: ExportBundle, draft: DraftRecord) -> str:
    by = f"模型 {draft.model} 起草" if draft.source == "model" else "模板起草"
    prompt = f"（提示词 {draft.prompt}）" if draft.prompt else ""
    try:
        kept = cell(bundle.case, draft.path) == draft.text
    except KeyError:
        return f"{spoken(draft.path)}：{by}{prompt}，该处现已不在表中。"
    fate = "填报人原样采用" if kept else "填报人修改后采用"
    return f"{spoken(draft.path)}：{by}{prompt}，{fate}。"
