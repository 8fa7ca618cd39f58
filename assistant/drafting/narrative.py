"""实际完成情况 from facts alone: the goal's list mirrored item by item, each with the results that belong to it.

Marks, order and nesting are the goal's own. An item without a result stays open as 【待补充：…】.
"""

from __future__ import annotations

import re

from assistant.checks.text import bigrams
from assistant.checks.text_items import Item, items
from assistant.domain.case import Case
from assistant.domain.scores import ScoreLine, ScoreSheet
from assistant.domain.value import Dimension, Kind, Verdict
from assistant.drafting import labels as f
from assistant.drafting.deviations import cost_row, counts_another_thing, is_badly_executed, is_blank
from assistant.drafting.facts import facts_for, row_name
from assistant.drafting.labels import by_label
from assistant.drafting.told import told_actual, told_target

_PROMISE = re.compile(r"^(?:将|拟|计划|力争|通过|负责|争取|确保)+")
_BOUND = re.compile(r"(?:不[低高少多大小]于|不超过|达到?|控制在|提高[到至]|至少)?(?:及?以[上下内])?$")
_COMMON = frozenset({"完成", "指标", "项目", "工作", "情况", "数量", "年度", "相关", "组织", "开展"})
_AIMS = re.compile(r"效益|满意|成本|效果")
ENOUGH = 40  # percent of an indicator's name that must stand in an item before its result goes there
LONGEST_TOPIC = 30


def narrative(case: Case, sheet: ScoreSheet, goal: int) -> str:
    """The text for ``goals[goal].actual``."""
    expected = case.goals[goal].expected
    entries = items(expected)
    rows = [
        i for i in range(len(case.indicators)) if not is_blank(case, i) and case.indicators[i].actual.strip()
    ]
    if entries:
        text = _mirrored(case, sheet, entries, rows)
    elif rows:
        text = _plain(case, sheet, rows)
    else:
        text = "【待补充：实际完成情况】"
    facts = facts_for(case, sheet, f"goals[{goal}].actual")
    told = "".join(
        f"{fact.text.rstrip('。；')}。"
        for fact in facts
        if fact.kind == "note" and fact.path != "funds.total"
    )
    return "\n".join(filter(None, (text, told, _money(case, sheet, goal))))


def _mirrored(case: Case, sheet: ScoreSheet, entries: tuple[Item, ...], rows: list[int]) -> str:
    """One line for every entry of the goal's list, headings kept, then what belongs to none of them."""
    places = [position for position in range(len(entries)) if not _is_heading(entries, position)]
    belongs: dict[int, list[int]] = {position: [] for position in places}
    rest: list[int] = []
    for row in rows:
        name = row_name(case.indicators[row], row)
        if _AIMS.search(case.indicators[row].level1 + case.indicators[row].level2):
            rest.append(row)  # what was done stands in the list, what came of it below
            continue
        best = max(places, key=lambda position: _overlap(name, entries[position].text))
        (belongs[best] if _overlap(name, entries[best].text) >= ENOUGH else rest).append(row)
    for row in tuple(rest):  # an item that promised nothing but an effect is answered by the effect
        name = row_name(case.indicators[row], row)
        open_places = [position for position in places if not belongs[position]]
        at = max(open_places, key=lambda position: _overlap(name, entries[position].text), default=None)
        if at is not None and _overlap(name, entries[at].text) >= ENOUGH:
            belongs[at].append(row)
            rest.remove(row)
    lines = []
    for position, entry in enumerate(entries):
        if position not in belongs:
            lines.append(f"{entry.mark}{_topic(entry.text)}")
            continue
        results = "；".join(_result(case, sheet, row) for row in belongs[position])
        lines.append(
            f"{entry.mark}{results or f'【待补充：“{_topic(entry.text)}”的完成情况】'}{_stop(entry)}"
        )
    if rest:
        lines.append(_plain(case, sheet, rest))
    return "\n".join(lines)


def _is_heading(entries: tuple[Item, ...], position: int) -> bool:
    """An entry directly followed by a deeper list is only its heading."""
    if position + 1 == len(entries):
        return False
    entry, following = entries[position], entries[position + 1]
    return following.style != entry.style and following.number == 1 and len(entry.text) <= LONGEST_TOPIC


def _stop(entry: Item) -> str:
    return entry.text[-1] if entry.text[-1:] in {"；", ";", "。"} else "。"


def _topic(text: str) -> str:
    """What an item is about, short enough to stand in a placeholder, without figures (they are promises)."""
    text = _PROMISE.sub("", text.strip().rstrip("。；;：:，,"))
    clause = re.split(r"[，,。；;：:\n]", text)[0]
    if re.search(r"\d", clause):
        clause = _BOUND.sub("", re.sub(r"[≥≤]?\d+(?:\.\d+)?\S?", "", clause))
    return clause if len(clause) <= LONGEST_TOPIC else f"{clause[:LONGEST_TOPIC]}……"


def _plain(case: Case, sheet: ScoreSheet, rows: list[int]) -> str:
    """Without a list in the goal: the results area by area."""
    areas: dict[str, list[str]] = {}
    for row in rows:
        cells = case.indicators[row]
        area = (
            "成本" if "成本" in cells.level2 else re.sub(r"指标|\(.*?\)|（.*?）|\s|\d|分", "", cells.level1)
        )
        areas.setdefault(area, []).append(_result(case, sheet, row))
    return "".join(
        f"{area}方面，{'；'.join(results)}。" if area else f"{'；'.join(results)}。"
        for area, results in areas.items()
    )


def _result(case: Case, sheet: ScoreSheet, index: int) -> str:
    """One row as half a sentence: name and result; where it falls short, the target too."""
    row, line = case.indicators[index], sheet.line(f"indicators[{index}]")
    name, actual = row_name(row, index), told_actual(row, line)
    is_figure = line is not None and line.actual is not None and line.actual.kind is Kind.QUANTITY
    if line is None or line.actual is None or not is_figure or "\u4e00" <= actual[0] <= "\u9fff":
        return f"{name}：{actual}"
    # 指标3 and 28种 must not become 指标328种
    joint = "" if line.actual.unit.dimension is Dimension.COUNT and not name[-1].isdecimal() else "为"
    text = f"{name}{joint}{actual}"
    return f"{text}，{_short(line)}年度指标值{told_target(row, line)}" if _short(line) else text


def _short(line: ScoreLine) -> str:
    if counts_another_thing(line):
        return ""
    return {Verdict.SHORT: "未达到", Verdict.OVER: "超出"}.get(line.verdict, "")


def _money(case: Case, sheet: ScoreSheet, goal: int) -> str:
    """The money, where its low execution has no row of its own to be explained in."""
    if goal or not is_badly_executed(sheet) or cost_row(case) is not None:
        return ""
    facts = facts_for(case, sheet, f"goals[{goal}].actual")
    fact = by_label(facts)
    told = [
        note.text.rstrip("。；") for note in case.notes if note.path == "funds.total" and note.text.strip()
    ]
    cause = "；".join(told) or "【待补充：资金未全部支出的原因】"
    return f"全年预算{fact(f.BUDGET)}，执行{fact(f.EXECUTED)}，执行率{fact(f.RATE)}。主要原因：{cause}。"


def _overlap(name: str, text: str) -> int:
    """How much of an indicator's name stands in an item, in percent of its letter pairs."""
    pairs = set(bigrams(name)) - _COMMON
    return 100 * len(pairs & set(bigrams(text))) // len(pairs) if pairs else 0
