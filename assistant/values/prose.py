"""A cell that is a sentence: its one clear figure, its several figures, its date, or a text."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from assistant.domain.patterns import pattern
from assistant.domain.value import Dimension, Kind, Op, Unit, Value
from assistant.values.quantities import Mention, MentionKind, find_quantities
from assistant.values.signs import sign_far_before
from assistant.values.units import unit_of

SEVERAL = "一格里有几个值，逐个比较"
_MEASURED = (MentionKind.QUANTITY, MentionKind.PERCENT, MentionKind.MONEY)
_OF_WHICH = pattern(r"[，,、；;(]?其中.*$", re.DOTALL)  # parts of what was said before
_ASIDE = pattern(r"\([^()]*\d[^()]*\)")
_CHANGE = pattern(r"(?:提高|提升|增长|增加|上升|下降|降低|减少|降|升|增|缩短|压缩)(?:到|至|为|了?至)")
_LABEL_END = pattern(r"[率数量值额为是达至到约比分=]$|[^\d]:$")
_FRACTION = pattern(r"\d/$")  # the 3 of 2/3
_TO = pattern(r"-{1,2}|—{1,2}|~|至|到")
_FROM = pattern(r"[从由自]")
_CLASSES = frozenset(("类", "级", "档", "期", "批"))
_DIGITS = re.compile(r"\d+(?:\.\d+)?")  # 5次12: a slip of the hand
_SYMBOL = pattern(r"[A-Za-zμΩ℃°]{1,6}[0-9²³]?(?:/[A-Za-zμ]{1,4}[0-9²³]?)?")
_LABEL = 12  # so many characters beside a figure are a label: 群众满意度≥95%
_SENTENCE = 40  # and so many make it a text in which a figure merely occurs


def figures_in(seen: str) -> list[Mention]:
    """The figures of *seen* that may be the cell's value."""
    mentions = find_quantities(_OF_WHICH.sub("", seen))
    figures = [mention for mention in mentions if mention.kind in _MEASURED]
    if not figures:
        bare = [m for m in mentions if m.kind is MentionKind.NUMBER and not _FRACTION.search(seen[: m.start])]
        figures = [m for m in bare if m.op or _labelled(seen, m)]
    figures = _without_breakdown(seen, _without_classes(figures))
    change = _CHANGE.search(seen)
    if change and (reached := [figure for figure in figures if figure.start >= change.end() - 1]):
        return reached
    return figures


def _without_classes(figures: list[Mention]) -> list[Mention]:
    """Drop 二类 of 二类疫苗接种率≥80%: a class named in words beside a figure that has a sign."""
    if not any(figure.op and not figure.worded for figure in figures):
        return figures
    return [f for f in figures if not (f.worded and f.op is None and f.unit.text in _CLASSES)]


def _without_breakdown(seen: str, figures: list[Mention]) -> list[Mention]:
    """Drop what brackets only break down: 举办4场(线上2场). 举办4场(500人次) says two things."""
    asides = [aside.span() for aside in _ASIDE.finditer(seen)]
    inside = [f for f in figures if any(start < f.start and f.end < end for start, end in asides)]
    whole = {f.unit.text for f in figures if f not in inside}
    return [f for f in figures if f not in inside or f.unit.text not in whole]


def _labelled(seen: str, mention: Mention) -> bool:
    return mention.end == len(seen) and _LABEL_END.search(seen[: mention.start]) is not None


def read_prose(seen: str) -> Value | None:
    """Read *seen* (compact) by its figures or its one date; ``None`` where it has none."""
    figures = figures_in(seen)
    if not figures:
        return _dated(seen)
    beside = len(seen) - sum(figure.end - figure.start for figure in figures)
    if beside > _SENTENCE or any(_one_thing(seen, *pair) for pair in pairwise(figures)) or len(figures) > 6:
        said = "、".join(figure.text for figure in figures[:4])
        return Value(
            raw=seen, kind=Kind.TEXT, notes=(f"文字里有数字（{said}），没有当作指标值",), doubtful=True
        )
    if len(figures) == 1 and (more := _DIGITS.fullmatch(seen, figures[0].end)):
        note = f"“{figures[0].text}”后面紧跟着“{more[0]}”，看不出是多少"
        return Value(raw=seen, kind=Kind.TEXT, notes=(note,), doubtful=True)
    if len(figures) == 1:
        if not figures[0].unit.text and _SYMBOL.fullmatch(seen, figures[0].end):
            figures = [replace(figures[0], unit=unit_of(seen[figures[0].end :]), end=len(seen))]  # 强度≥30MPa
        return quantity_of(seen, figures[0], doubtful=beside > _LABEL or figures[0].worded)
    parts = tuple(quantity_of(_from(seen, figure), figure) for figure in figures)
    return Value(raw=seen, kind=Kind.MULTI, parts=parts, notes=(SEVERAL,), doubtful=beside > 2 * _LABEL)


def _one_thing(seen: str, one: Mention, two: Mention) -> bool:
    """Whether two figures are parts of one: 2小时30分, 3万5千元, 50%:50%. 50户120人 are two."""
    between = seen[one.end : two.start]
    counted = one.unit.dimension is two.unit.dimension is Dimension.COUNT
    return between in {":", "比"} or (not between and not counted)


def _from(seen: str, figure: Mention) -> str:
    return seen[figure.start : figure.end]


def _dated(seen: str) -> Value | None:
    """A short sentence with one date in it: 按进度于12月底前支付."""
    dates = [mention for mention in find_quantities(seen) if mention.kind is MentionKind.DATE]
    if len(dates) != 1 or len(seen) > _SENTENCE or re.search(r"[次下翌明]一?年", seen):
        return None
    date = dates[0]
    before = re.match(r"(?:之|以)?前", seen[date.end :]) is not None
    if not before and "完成" not in seen:
        return None
    note = f"日期取自文字：{date.text}"
    op = Op.LE if before else None
    return Value(raw=seen, kind=Kind.DEADLINE, op=op, day=date.day, notes=(note,), doubtful=True)


def read_bounds(seen: str) -> Value | None:
    """大于5小于10, 85%≤满意度≤95%, ≥90%且≤95%, 提升3%-5%: two bounds are one range."""
    figures = list(find_quantities(seen))
    if len(figures) != 2:
        return None
    low, high = figures
    between = seen[low.end : high.start]
    if _TO.fullmatch(between):
        return _span(seen, low, high)
    from_below = low.op in {Op.GE, Op.GT} or (low.op is None and between[:1] in {"≤", "<"})
    if not from_below or high.op not in {Op.LE, Op.LT} or re.search(r"[；;。]", between):
        return None
    unit = high.unit if high.unit.text else low.unit
    if low.amount is None or high.amount is None or low.amount > high.amount:
        return None
    if (low.unit.text and low.unit.text != unit.text) or re.search(r"[，,、].*[\u4e00-\u9fff]{2}", between):
        return None
    return Value(raw=seen, kind=Kind.RANGE, amount=low.amount, upper=high.amount, unit=unit)


def _span(seen: str, low: Mention, high: Mention) -> Value | None:
    """提升3%-5%, a label and its range; 由3%至5% tells a change."""
    if low.op or high.op or low.kind is not high.kind or high.kind not in _MEASURED or low.unit != high.unit:
        return None
    if (
        low.amount is None
        or high.amount is None
        or low.amount > high.amount
        or _FROM.search(seen[: low.start])
    ):
        return None
    if len(seen) - (high.end - low.start) > _LABEL:
        return None
    note = f"范围取自文字：{seen[low.start : high.end]}"
    return Value(
        raw=seen, kind=Kind.RANGE, amount=low.amount, upper=high.amount, unit=high.unit, notes=(note,)
    )


def quantity_of(raw: str, figure: Mention, *, doubtful: bool = False) -> Value:
    """The value of one figure in prose."""
    op = figure.op or sign_far_before(raw[: figure.start] if raw != figure.text else "")
    notes = (f"数字取自文字：{figure.text}",) if raw != figure.text else ()
    return Value(
        raw=raw,
        kind=Kind.QUANTITY,
        op=op,
        amount=figure.amount,
        unit=figure.unit,
        approximation=figure.approximation,
        notes=notes,
        doubtful=doubtful,
    )


def figure_measured_in(text: str, unit: Unit) -> Mention | None:
    """The only figure of *text* whose unit has the dimension and base of *unit*, or ``None``."""
    fitting = [f for f in figures_in(text) if (f.unit.dimension, f.unit.base) == (unit.dimension, unit.base)]
    if any(_DIGITS.fullmatch(text, figure.end) for figure in fitting):  # 5次12
        return None
    return fitting[0] if len(fitting) == 1 and unit.dimension is not Dimension.BARE else None
