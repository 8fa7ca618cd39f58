"""The annex of a document: the working of every score, the findings, what was not checked, who wrote the texts."""

from __future__ import annotations

from decimal import Decimal

from assistant.domain.amounts import plain
from assistant.domain.case import DraftRecord, DraftState
from assistant.domain.findings import Severity
from assistant.domain.paths import cell
from assistant.domain.places import spoken
from assistant.domain.scores import ScoreLine, Status
from assistant.exchange.bundle import ExportBundle
from assistant.exchange.gfm import escape, paragraph
from assistant.exchange.layout import ANNEX

_STATUS = {
    Status.AGREES: "与填报一致",
    Status.DIFFERS: "与填报不一致",
    Status.IN_RANGE: "填报得分在允许范围内",
    Status.OUT_OF_RANGE: "填报得分超出允许范围",
    Status.MISSING: "得分未填",
    Status.UNKNOWN: "不能核定",
}


def annex(bundle: ExportBundle) -> list[list[str]]:
    """Blocks of lines, to be parted by blank lines."""
    blocks = [
        [f"## {ANNEX}"],
        _rules(bundle),
        ["### 计分过程"],
        [line for row in bundle.sheet.rows for line in _scored(row)],
        _total(bundle),
    ]
    if not bundle.public:  # the findings are for the unit and its reviewers
        blocks += [["### 检查结果"], *_findings(bundle), ["### 未核对的内容"], _not_checked(bundle)]
        blocks += [["### 文字来源"], _drafted(bundle)]
    if bundle.generator:
        blocks.append([f"由 {escape(bundle.generator)} 生成。"])
    return blocks


def _rules(bundle: ExportBundle) -> list[str]:
    profile = bundle.profile
    if profile is None:
        return [f"- 所用规则：{escape(bundle.sheet.profile)}"]
    lines = [
        f"- 所用规则：{escape(profile.label)}（{escape(profile.id)}）",
        f"- 依据：{escape(profile.basis)}",
    ]
    return lines + [
        f"- 待确认：{escape(key)}，{escape(why)}" for key, why in sorted(profile.unconfirmed.items())
    ]


def _scored(row: ScoreLine) -> list[str]:
    weight = "" if row.weight is None else f"（分值 {plain(row.weight)}）"
    parts = [f"填报 {_points(row.entered)}", f"核算 {_computed(row)}", _STATUS[row.status]]
    lines = [f"- **{escape(row.name or spoken(row.path))}**{weight}：{'，'.join(parts)}"]
    lines += [f"  - {paragraph(text)}" for text in (*row.working, *row.notes)]
    why = "；".join(f"{name}：{text}" for name, text in (("规则", row.rule), ("依据", row.basis)) if text)
    if why:
        lines.append(f"  - {escape(why)}")
    if row.override_reason:
        lines.append(f"  - 人工评分理由：{escape(row.override_reason)}")
    return lines


def _computed(row: ScoreLine) -> str:
    if row.computed is not None:
        return f"{row.computed:f}"
    return _between(row.low, row.high) or "—"


def _between(low: Decimal | None, high: Decimal | None) -> str:
    if low is None or high is None:
        return ""
    return plain(low) if low == high else f"{plain(low)}～{plain(high)}"


def _points(points: Decimal | None) -> str:
    return "—" if points is None else f"{points:f}"


def _total(bundle: ExportBundle) -> list[str]:
    total, grade = bundle.sheet.total, bundle.sheet.grade
    computed = (
        _points(total.computed) if total.computed is not None else _between(total.low, total.high) or "—"
    )
    lines = [
        f"- **总分**：表上填报 {_points(total.entered)}，各行填报之和 {_points(total.sum_entered)}，核算 {computed}"
    ]
    lines += [f"  - {paragraph(text)}" for text in total.working]
    if total.basis:
        lines.append(f"  - 依据：{escape(total.basis)}")
    if grade:
        lines.append(f"- 按规则评定的等级：{escape(grade)}")
    return lines


def _findings(bundle: ExportBundle) -> list[list[str]]:
    report = bundle.report
    counts = "，".join(f"{severity.label} {report.count(severity)} 项" for severity in Severity)
    blocks = [[f"{counts}，未核对 {len(report.not_checked)} 项。"]]
    for severity in Severity:
        lines = []
        for finding in report.findings:
            if finding.severity is not severity:
                continue
            lines.append(
                f"- 【{severity.label}】{escape(finding.code)} {escape(spoken(finding.path))}：{escape(finding.message)}"
            )
            if finding.fix:
                lines.append(f"  - 办法：{escape(finding.fix)}")
            if finding.basis:
                lines.append(f"  - 依据：{escape(finding.basis)}")
        blocks.append(lines)
    return blocks


def _not_checked(bundle: ExportBundle) -> list[str]:
    return [
        f"- {escape(item.code)} {escape(spoken(item.path))}：{escape(item.why)}"
        for item in bundle.report.not_checked
    ] or ["没有。"]


def _drafted(bundle: ExportBundle) -> list[str]:
    used = [draft for draft in bundle.case.drafts if draft.state in {DraftState.ACCEPTED, DraftState.EDITED}]
    return [f"- {_origin(bundle, draft)}" for draft in used] or ["各项文字均由填报人撰写，没有采用起草稿。"]


def _origin(bundle: ExportBundle, draft: DraftRecord) -> str:
    by = f"模型 {draft.model} 起草" if draft.source == "model" else "模板起草"
    prompt = f"（提示词 {draft.prompt}）" if draft.prompt else ""
    try:
        kept = cell(bundle.case, draft.path) == draft.text
    except KeyError:
        return escape(f"{spoken(draft.path)}：{by}{prompt}，该处现已不在表中。")
    fate = "填报人原样采用" if kept else "填报人修改后采用"
    return escape(f"{spoken(draft.path)}：{by}{prompt}，{fate}。")
