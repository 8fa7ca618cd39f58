"""Drafts without a language model: plain official Chinese from facts alone.

A cause, effect or measure nobody gave is left as 【待补充：…】; nothing is made up. Structure of a reason: fact, cause,
effect, measure (财预〔2020〕10号 asks for cause and measure).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.domain.case import Case
from assistant.domain.scores import ScoreLine, ScoreSheet
from assistant.domain.value import Dimension, Kind, Value
from assistant.drafting import labels as f
from assistant.drafting.deviations import Deviation, counts_another_thing, deviation
from assistant.drafting.drafter import Draft, Fact
from assistant.drafting.facts import GOAL, REASON, facts_for
from assistant.drafting.labels import by_label
from assistant.drafting.narrative import narrative
from assistant.drafting.questions import Part, part_of
from assistant.drafting.replies import pending
from assistant.drafting.verify import verify

VERSION = "template/1"

_ASKED = {
    Deviation.SHORT: ("未达到指标值的具体原因", "改进措施，写明责任部门、时限和做法"),
    Deviation.LATE: ("推迟的具体原因", "改进措施，写明责任部门、时限和做法"),
    Deviation.FAR_OVER: ("实际值高于指标值的原因", "改进措施，如下年度申报时参照近年完成值设定指标值"),
    Deviation.CEILING: ("超出上限的具体原因", "控制措施，写明责任部门、时限和做法"),
    Deviation.PARTIAL: ("尚未达到的部分及原因", "改进措施，如把指标改为可以量化的表述"),
    Deviation.LOST: ("达到指标值而扣分的原因", "改进措施，写明责任部门、时限和做法"),
    Deviation.UNSPENT: ("资金未全部支出的具体原因", "改进措施，写明责任部门、时限和下年度预算如何测算"),
}
_FIGURES = frozenset({Kind.QUANTITY, Kind.RANGE, Kind.DEADLINE})
_STATES = frozenset(
    {Dimension.RATE, Dimension.MONEY, Dimension.FOREIGN_MONEY, Dimension.COMPOUND, Dimension.BARE}
)


def template_draft(case: Case, sheet: ScoreSheet, path: str) -> Draft:
    """The draft for the text cell *path* that needs no model. Raises ``KeyError`` where there is no such cell."""
    facts = facts_for(case, sheet, path)
    if match := GOAL.match(path):
        text = narrative(case, sheet, int(match[1]))
    else:
        text = _reason(case, sheet, path, facts)
    verification = verify(text, facts)
    return Draft(
        path=path,
        text=text,
        source="template",
        prompt=VERSION,
        facts=facts,
        unsupported=verification.unsupported,
        pending=pending(text),
        usable=not verification.unsupported,
    )


def _reason(case: Case, sheet: ScoreSheet, path: str, facts: tuple[Fact, ...]) -> str:
    match = REASON.match(path)
    if match is None:
        raise KeyError(path)
    line = sheet.line(f"indicators[{int(match[1])}]")
    kind = deviation(case, sheet, path)
    said = {part: _sentences(facts, part) for part in Part}
    opening = _opening(kind, line, by_label(facts))
    if kind is Deviation.OPEN:
        return opening + "".join(said.values())
    if kind is Deviation.MET:
        return opening + said[Part.EVIDENCE] + said[Part.CAUSE] + said[Part.MEASURE]
    cause, measure = _ASKED[kind]
    return "".join(
        (
            opening,
            said[Part.EVIDENCE],
            "主要原因：" + (said[Part.CAUSE] or f"【待补充：{cause}】。"),
            said[Part.EFFECT],
            "下一步：" + (said[Part.MEASURE] or f"【待补充：{measure}】。"),
        )
    )


def _opening(kind: Deviation, line: ScoreLine | None, fact: Callable[[str], str]) -> str:
    """Target, actual and the gap, as far as they are known."""
    target = quoted(fact(f.TARGET), line.target if line else None)
    actual = quoted(fact(f.ACTUAL), line.actual if line else None)
    goal = f"年度指标值为{target}" if target else "【待补充：年度指标值】"
    if not actual:
        return f"{goal}，【待补充：实际完成值】。"
    result = f"{goal}，实际{verb(line)}{actual}"
    lost = f"自评得分{fact(f.SCORE)}，扣{fact(f.LOST)}" if fact(f.LOST) else ""
    if kind is Deviation.MET:
        return f"{result}，已完成，无偏差。"
    if kind is Deviation.OPEN:
        ask = (
            "。【待补充：指标值与实际值单位不同，请核对口径后写明是否完成】"
            if line and counts_another_thing(line)
            else ""
        )
        return f"{result}{ask}。{lost}{'。' if lost else ''}"
    if kind is Deviation.UNSPENT:
        unspent = f"，未执行{fact(f.UNSPENT)}" if fact(f.UNSPENT) else ""
        money = f"全年预算{fact(f.BUDGET)}，执行{fact(f.EXECUTED)}，执行率{fact(f.RATE)}{unspent}"
        return f"{result}。{money}。"
    details = {
        Deviation.SHORT: (_gap(fact(f.GAP)), _labelled("完成率", fact(f.RATIO)), lost),
        Deviation.LATE: ("晚于计划时间", lost),
        Deviation.FAR_OVER: (
            _labelled("超出", fact(f.EXCESS)),
            _labelled("为指标值的", fact(f.RATIO)),
            lost,
        ),
        Deviation.CEILING: (
            _labelled("超出", fact(f.EXCESS)) or "超出上限",
            _labelled("为指标值的", fact(f.SHARE_OF_TARGET)),
            lost,
        ),
        Deviation.PARTIAL: (lost,),
        Deviation.LOST: ("达到指标值", lost),
    }[kind]
    return "，".join((result, *filter(None, details))) + "。"


def _gap(gap: str) -> str:
    if not gap:
        return "未达到指标值"
    return f"比指标值{'低' if gap.endswith('个百分点') or '/' in gap else '少'}{gap}"


def _labelled(label: str, text: str) -> str:
    return f"{label}{text}" if text else ""


def quoted(text: str, value: Value | None) -> str:
    """Figures and dates stand bare, words in quotation marks."""
    if (
        not text
        or (value is not None and value.kind in _FIGURES)
        or re.fullmatch(r"[≥≤＞＜=<>]?[\d.,]+\S{0,6}", text)
    ):
        return text
    return text if text[0] == "“" else f"“{text.replace('“', '‘').replace('”', '’')}”"


def verb(line: ScoreLine | None) -> str:
    """``完成`` for things done, ``为`` for rates, money and words."""
    value = line.actual if line else None
    if value is not None and value.kind is Kind.QUANTITY and value.unit.dimension not in _STATES:
        return "完成"
    return "为"


def _sentences(facts: tuple[Fact, ...], part: Part) -> str:
    """What the user told for this part of the text, each closed by a full stop; evidence with its words."""
    texts = [fact.text for fact in facts if fact.kind == "note" and part_of(fact.label, fact.text) is part]
    if part is Part.EVIDENCE:
        texts += [fact.text for fact in facts if fact.label == f.EVIDENCE]
        return f"佐证材料为{'、'.join(text.rstrip('。；;') for text in texts)}。" if texts else ""
    return "".join(f"{text.rstrip('。；;，, ')}。" for text in texts)
