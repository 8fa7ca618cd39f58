"""Scores and findings as sentences for the screen. Pure functions of what the core computed; nothing is computed anew."""

from __future__ import annotations

from decimal import Decimal

from rich.cells import cell_len

from assistant.domain.amounts import percent, plain, rounded
from assistant.domain.case import Case
from assistant.domain.differences import differences
from assistant.domain.places import spoken
from assistant.domain.profile import Profile
from assistant.domain.scores import ScoreLine, ScoreSheet, Status, TotalLine
from assistant.domain.value import Direction, Verdict

DIRECTIONS = {
    Direction.UP: "越高越好",
    Direction.DOWN: "越低越好",
    Direction.EQUAL: "等于目标",
    Direction.WITHIN: "落在区间内",
}
VERDICTS = {
    Verdict.MET: "达到指标值",
    Verdict.SHORT: "未达指标值",
    Verdict.OVER: "超出上限",
    Verdict.LATE: "晚于期限",
    Verdict.PARTIAL: "部分达成",
    Verdict.UNDECIDED: "需人工判断",
    Verdict.UNKNOWN: "未能识别",
}
STATUSES = {
    Status.AGREES: "一致",
    Status.DIFFERS: "不一致",
    Status.IN_RANGE: "在区间内",
    Status.OUT_OF_RANGE: "超出区间",
    Status.MISSING: "未填得分",
    Status.UNKNOWN: "无法核对",
}


def points(amount: Decimal | None) -> str:
    """Two places, as the form prints them; a dash for what is not known."""
    return "—" if amount is None else str(rounded(amount))


def signed(amount: Decimal) -> str:
    """``−0.33`` or ``+1.50``: a real minus sign, two places."""
    return f"{'−' if amount < 0 else '+'}{rounded(abs(amount))}"


def total_of(total: TotalLine) -> Decimal | None:
    """The total to follow while the form is filled in: the one right total, else what is certain so far."""
    return total.earned if total.computed is None else total.computed


def score_range(line: ScoreLine) -> str:
    """What the row may earn: one figure or the two ends."""
    if line.computed is not None:
        return points(line.computed)
    if line.low is None or line.high is None:
        return "—"
    return f"{points(line.low)} ～ {points(line.high)}"


def change(before: ScoreSheet, after: ScoreSheet, path: str) -> str:
    """What an entry did to the total and why, ``""`` where the total stayed: the row is named by *path*."""
    old_total, new_total = total_of(before.total), total_of(after.total)
    if old_total is None or new_total is None or old_total == new_total:
        return ""
    said = f"总分 {signed(new_total - old_total)}"
    row = "funds.total" if path.startswith("funds") else path.partition(".")[0]
    old, new = before.line(row), after.line(row)
    if new is None:
        return said
    was = points(old.counted) if old is not None else "—"
    return f"{said}：{cause(new)}，本项 {was} → {points(new.counted)}"


def cause(line: ScoreLine) -> str:
    """Why the row earns what it earns, in a few words."""
    if line.override_reason:
        return "人工评分"
    if line.path == "funds.total":
        return f"执行率 {line.rate}" if line.rate else "执行率未知"
    return VERDICTS[line.verdict]


def standing(line: ScoreLine) -> str:
    """How the entered score stands to the computed one, in one sentence."""
    if line.override_reason:
        return f"人工评分 {points(line.entered)}，计算得分 {score_range(line)}"
    if line.lacks_actual:
        missing = "全年执行数" if line.path == "funds.total" else "实际完成值"
        return f"未填{missing}，填了才能计分"
    word = STATUSES[line.status]
    if line.computed is not None:
        if line.status is Status.DIFFERS:
            return f"{word}：填报 {points(line.entered)}，计算 {points(line.computed)}"
        return f"{word}：计算得分 {points(line.computed)}"
    if line.low is not None and line.high is not None:
        return f"{word}：应在 {score_range(line)} 分之间，由您评定"
    return word


def tiers(profile: Profile, weight: Decimal | None) -> str:
    """The qualitative tiers in the profile's words, with their points where the weight is known."""
    said = []
    for band in profile.tiers:
        if weight is None:
            span = f"{percent(band.low, 0)}～{percent(band.high, 0)}"
        else:
            span = f"{points(weight * band.low)}～{points(weight * band.high)} 分"
        said.append(f"{band.name} {span}{'' if band.high_included else '（不含上限）'}")
    return "；".join(said)


def entered_total(sheet: ScoreSheet) -> str:
    """The total as it stands on the form, as written."""
    return "未填" if sheet.total.entered is None else plain(sheet.total.entered)


def sums(sheet: ScoreSheet) -> str:
    """The entered points added up, and, where the rules give another total, by how much it differs."""
    total = sheet.total
    if total.sum_entered is None:
        return ""
    said = f"表上各行得分相加 {points(total.sum_entered)}"
    by_rules = total_of(total)
    if by_rules is None or by_rules == total.sum_entered:
        return said
    word = "按规则已得" if total.computed is None else "按规则应得"
    return f"{said}，{word} {points(by_rules)}，差 {signed(total.sum_entered - by_rules)}"


def stepped(before: Case, after: Case) -> str:
    """What a step back or forth changed: the cell, its row by name, what stood there and what does now."""
    counts = (len(before.indicators), len(after.indicators))
    if counts[0] != counts[1]:
        return f"绩效指标 {counts[0]} 行 → {counts[1]} 行"
    if before.last_year != after.last_year:
        return f"上年的表 {len(before.last_year)} 项 → {len(after.last_year)} 项"
    found = differences(before, after)
    if not found:
        return ""
    first = found[0]
    index = indicator_index(first.path)
    name = "" if index is None else shortened(after.indicators[index].level3)
    place = f"{spoken(first.path)}{f'（{name}）' if name else ''}"
    more = f"，等 {len(found)} 处" if len(found) > 1 else ""
    return f"{place} {_quoted(first.before)} → {_quoted(first.after)}{more}"


def _quoted(text: str | None) -> str:
    return shortened(text, 16) if text and text.strip() else "（空）"


def indicator_index(path: str) -> int | None:
    """The position of the indicator that *path* is in, ``None`` for other cells."""
    row = path.partition(".")[0]
    return int(row[len("indicators[") : -1]) if row.startswith("indicators[") else None


def padded(text: str, width: int) -> str:
    """*text* with spaces up to *width* columns of the terminal, in which Chinese characters take two."""
    return text + " " * (width - cell_len(text))


def shortened(text: str, most: int = 10) -> str:
    """A name of at most *most* characters, with a mark where the rest is missing."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most]}…"


def bar(done: int, of: int, width: int = 10) -> str:
    """A progress bar of plain blocks with the figures beside it."""
    full = done * width // of if of else 0
    return f"{'█' * full}{'░' * (width - full)} {done}/{of}"
