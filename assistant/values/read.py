"""Reading a cell: ``read_value`` never raises, keeps the raw text, and says openly what it did not understand.

The order is the one of the grammar: nothing, scale, level, placeholder, date, graded, range, one number, several
values, damage, prose.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.domain.amounts import ZERO
from assistant.domain.patterns import pattern
from assistant.domain.value import NOT_COMPARED, Approximation, Dimension, Kind, Op, Unit, Value
from assistant.values.context import in_view_of, year_month
from assistant.values.damage import comma_lost, damaged, unfilled
from assistant.values.dates import Deadline, read_deadline
from assistant.values.figures import Figure, figure_at, names_a_date
from assistant.values.levels import read_words
from assistant.values.names import NAMES
from assistant.values.normalise import compact
from assistant.values.numbers import NUMBER, NUMERAL
from assistant.values.prose import SEVERAL, read_bounds, read_prose
from assistant.values.ranks import read_rank
from assistant.values.units import BARE, match_unit, unit_of

LONGEST = 400  # a longer cell is a text, whatever figures stand in it

_QUALIFIER = pattern(r"(?:定性|定量|正向|反向)(?:指标)?[::]?(?=.)")
_LEAD = pattern(
    r"(?:全年|年度|当年|本年度?|累计|实际|目标|预期|计划|预算|指标|已|均|共|合计|总计|总共|共计|全部|年均|全县|全市|全省|全区)*"
    r"(?:执行数|完成数|完成值|完成率|完成|执行率|执行|目标值|指标值|预算数|支出|实现)?(?:为|是)?:?"
)
_PER_LEAD = pattern(
    r"(?:每(?P<per>[人户生亩床名](?:每[年月天日])?|季度|个?月|年|半年|周|天|日|次|个|学期|公里|套|台|期|场)|(?P<mean>[人户亩生年月日])均):?"
)
_ASIDE = pattern(r"\([^()]*\)")
_MARKED_END = "。.；;，,、!！"
_LOOKS_LIKE_DIGIT = pattern(r"[OoIl][\u4e00-\u9fff%‰]")
_UNIT_LIKE = pattern(r"(?![百千万亿])[^\W\d_]{1,6}(?:[/·*][^\W\d_]{1,6}){0,2}")
_PUNCTUATION = pattern(r"[\d，、；;,。:|+*/-]")
_SIGN_LAST = pattern(r"\(?([≥≤<>])\)?")
_FLIPPED = {"≥": Op.LE, "≤": Op.GE, ">": Op.LT, "<": Op.GT}  # 95%≤ x
_TRAILING = 12  # so many characters after number and unit are a remark: 3场培训
_TRAILING_WORDED = 4  # fewer after a Chinese numeral: 三场培训
_RANGE = pattern(
    rf"(?:控制在|保持在|介于|在|达到|(?P<sign>[≥≤=<>]))?(?P<low>(?:{NUMBER}|{NUMERAL}{{1,4}})[^\d\-—~至到,，；;、]{{0,6}}?)(?:-{{1,2}}|—{{1,2}}|~|至|到)(?P<high>(?:{NUMBER}|{NUMERAL}).*)"
)
_SPLIT = pattern(r"[、，；;\n]|,(?!\d{3}(?!\d))|(?<=[^\d])[和及且](?!以[上下内])(?=[^\d]*\d)")
_MARK = pattern(
    r"(?:(?:^|(?<=[。；;\n，,]))(?:\(?\d{1,2}[.、)](?=[^\d\s])|\([一二三四五六七八九十]{1,2}\)|[一二三四五六七八九十]{1,2}、)|[①-⑳])"
)
_GAINED = pattern(r"增收|创收|增值|增效|产值|利润|销售额|营业额|营收|招商|引资|募集|筹集|节约|节支|节省")
_LOOSE_DIGITS = pattern(r"[≥≤<>=]?\d+(?:[, ]\d+)+(?:\.\d+)?[^\d,]*$")
_COUNTED_NOTHING = pattern(
    r"(?:确保|实现|保持|力争|达到)?零(?P<what>[\u4e00-\u9fff]{2,6})|[^\d，,；;。]{2,14}(?:[为是]|[:=])零"
)
_INTERVAL = pattern(
    rf"(?P<open>[\[(])(?P<low>{NUMBER}[%‰]?)(?P<between>[，,、~—-])(?P<high>{NUMBER}[%‰]?)(?P<close>[\])])(?P<unit>[^\d\[\]()]{{0,6}})"
)
_OF_WHICH = pattern(r"[，,、；;。]其中.*$", re.DOTALL)
_WIDE_BRACKETS = str.maketrans("()", "（）")
_WHEN = pattern(r"时间|日期|期限|时限|节点|完工|竣工")  # a name that asks when
_BROKEN_SIGN = pattern(r"[《》](?=[\d元%])")


def read_value(text: str) -> Value:
    """Understand one cell by itself. Never raises; ``raw`` is *text* unchanged."""
    value = _with_written_unit(_read(text), text)
    return value if value.raw == text else value.model_copy(update={"raw": text})


def _with_written_unit(value: Value, text: str) -> Value:
    """台（套） stays as the form has it."""
    wide = value.unit.text.translate(_WIDE_BRACKETS)
    if wide == value.unit.text or wide not in text:
        return value
    return value.model_copy(update={"unit": value.unit.model_copy(update={"text": wide})})


def read_target(text: str, name: str = "") -> Value:
    """Understand 年度指标值; *name* is the indicator's, which may hold the unit or the deadline."""
    value = read_value(text)
    if value.kind is Kind.QUANTITY and _WHEN.search(name) and (month := year_month(value, compact(text))):
        value = month
    if value.op is None and value.unit.dimension is Dimension.MONEY and (gain := _GAINED.search(text)):
        note = f"没有写符号，“{gain[0]}”按不少于理解"
        value = value.model_copy(update={"op": Op.GE, "notes": (*value.notes, note)})
    notes = [note for aside in _ASIDE.findall(compact(name)) if (note := _said_in_name(aside[1:-1], value))]
    return value.model_copy(update={"notes": (*value.notes, *notes)}) if notes else value


def read_actual(text: str, target: Value) -> Value:
    """Understand 实际完成值 beside its *target*, which may tell what a bare word, number or sentence means."""
    return in_view_of(target, read_value(text), compact(text) if len(text) <= LONGEST else text)


def _said_in_name(aside: str, value: Value) -> str:
    if value.kind is Kind.QUANTITY and not value.unit.text:
        measured = match_unit(aside)
        if measured and measured[1] == len(aside):
            return f"指标名称里写有单位“{aside}”"
    if value.kind is not Kind.DEADLINE and read_deadline(aside):
        return f"指标名称里写有期限“{aside}”"
    return ""


def _read(text: str) -> Value:
    if len(text) > LONGEST:
        return Value(raw=text, kind=Kind.TEXT)
    seen = compact(text)
    broken = _BROKEN_SIGN.match(seen)
    if broken is None:
        return _understood(seen, text)
    sign = ">" if broken[0] == "》" else "<"
    value = _understood(sign + seen[1:], text)
    note = f"“{broken[0]}”按“{sign}”理解，请确认"
    return value.model_copy(update={"notes": (note, *value.notes), "doubtful": True})


def _understood(seen: str, text: str) -> Value:
    if (words := read_words(seen)) is not None:
        return words
    if match := _QUALIFIER.match(seen):
        return _understood(seen[match.end() :], text)
    if (blank := unfilled(seen)) is not None:
        return blank
    if dated := read_deadline(seen):
        return _deadline(seen, dated)
    if (whole := _OF_WHICH.search(seen)) and whole.start() and (value := _quantity(seen[: whole.start()])):
        note = f"分项{NOT_COMPARED}：{whole[0].lstrip(_MARKED_END)}"
        return value.model_copy(update={"notes": (*value.notes, note)})
    return (
        _graded(seen)
        or _interval(seen)
        or _range(seen)
        or read_rank(seen)
        or _unit_first(seen)
        or _either_side(seen)
        or comma_lost(seen)
        or _quantity(seen)
        or read_bounds(seen)
        or _several(seen, text)
        or damaged(seen)
        or read_prose(seen)
        or Value(raw=seen, kind=Kind.TEXT)
    )


def _deadline(raw: str, dated: Deadline) -> Value:
    return Value(raw=raw, kind=Kind.DEADLINE, op=dated.op, day=dated.day, notes=dated.notes)


def _quantity(seen: str) -> Value | None:
    """One number with what belongs to it, and beside it nothing that could be another."""
    start, per = 0, ""
    if match := _PER_LEAD.match(seen):
        start, per = match.end(), match["per"] or match["mean"]
    figure = _figure(seen, start)
    if figure is None and (match := _LEAD.match(seen, start)) and match.end() > start:
        figure = _figure(seen, match.end())
    if figure is None:
        return _nothing_happened(seen)
    unit, notes = figure.unit, []
    rest = seen[figure.end :]
    if asides := _ASIDE.findall(rest):
        rest = _ASIDE.sub("", rest)
        notes.append(f"括号里的文字{NOT_COMPARED}：{''.join(asides)}")
    rest = rest.rstrip(_MARKED_END)
    if figure.op is None and (sign := _SIGN_LAST.fullmatch(rest or "".join(asides))):
        op = _FLIPPED[sign[1]] if rest else _FLIPPED[_FLIPPED[sign[1]].sign]
        note = f"“{seen}”按“{op.sign}”理解，请确认"
        return _value(seen, replace(figure, op=op), unit, [note]).model_copy(update={"doubtful": True})
    if rest and not unit.text:
        alone = figure_at(f"1{rest}")
        if (name := NAMES.match(seen, figure.start)) and name.end() > figure.end:
            return None  # 3A级景区
        if _LOOKS_LIKE_DIGIT.match(rest):
            return None  # 3O个
        if figure.worded or not _UNIT_LIKE.fullmatch(rest) or alone is None or alone.end > 1:
            return None
        if figure.amount == 0:
            return _value(seen, figure, BARE, [f"“{seen}”按 0 理解"])
        unit, rest = unit_of(rest), ""
        notes.append(f"单位“{unit.text}”不在单位表里，只与相同写法的单位比较")
    if rest:
        if len(rest) > (_TRAILING_WORDED if figure.worded else _TRAILING) or _PUNCTUATION.search(rest):
            return None
        notes.append(f"后面的文字{NOT_COMPARED}：{rest}")
    if per and "/" not in unit.text:
        unit = unit_of(f"{unit.text or '次'}/{per.replace('每', '*')}")
    return _value(seen, figure, unit, notes)


def _value(seen: str, figure: Figure, unit: Unit, notes: list[str]) -> Value:
    return Value(
        raw=seen,
        kind=Kind.QUANTITY,
        op=figure.op,
        amount=figure.amount,
        unit=unit,
        approximation=figure.approximation,
        notes=tuple(notes),
    )


def _figure(seen: str, start: int) -> Figure | None:
    """The figure at *start*, unless it is a numeral that only sounds like one (一致, 三级)."""
    figure = figure_at(seen, start)
    if figure is None or figure.dates:
        return None
    if figure.worded and figure.op and figure.unit.text == "级":
        return None  # 达到二级以上
    name = NAMES.match(seen, start) if figure.worded else None
    if name and (start == 0 or name.end() > figure.end):
        return None
    if figure.worded and seen[start] in "百千万亿" and figure.approximation is not Approximation.OVER:
        return None
    return None if figure.worded and not figure.unit.text and figure.end - start != len(seen) else figure


def _nothing_happened(seen: str) -> Value | None:
    """零投诉, 零事故."""
    match = _COUNTED_NOTHING.fullmatch(seen)
    if match is None or NAMES.match(seen):
        return None
    return Value(raw=seen, kind=Kind.QUANTITY, amount=ZERO, notes=(f"“{seen}”按 0 理解",))


def _range(seen: str) -> Value | None:
    match = _RANGE.fullmatch(seen)
    if match is None:
        return None
    low, high = _quantity(match["low"]), _quantity(match["high"])
    if low is None or high is None or low.amount is None or high.amount is None or low.amount > high.amount:
        return None
    unit = high.unit if high.unit.text else low.unit
    if (low.unit.text and low.unit.text != unit.text) or names_a_date(low.amount, unit):
        return None
    notes = (f"范围前面还写了“{match['sign']}”，请确认",) if match["sign"] in {"≥", "≤", "<", ">"} else ()
    return Value(
        raw=seen,
        kind=Kind.RANGE,
        amount=low.amount,
        upper=high.amount,
        unit=unit,
        notes=notes,
        doubtful=bool(notes),
    )


def _interval(seen: str) -> Value | None:
    """[80%,90%], (90%,100%]: a round bracket leaves its end out. (1,200) is a number in brackets."""
    match = _INTERVAL.fullmatch(seen)
    if match is None:
        return None
    round_ones = (match["open"] + match["close"]).strip("[]")
    if (round_ones and match["between"] not in ",，") or (len(round_ones) == 2 and "%" not in match["low"]):
        return None
    unit = match["unit"]
    value = _range(f"{match['low']}{unit}~{match['high']}{unit}")
    if value is None:
        return None
    ends = [f"不含 {match[end]}" for end, sign in (("low", "open"), ("high", "close")) if match[sign] in "()"]
    notes = (f"区间{'、'.join(ends)}，刚好等于时请人工判断",) if ends else ()
    return value.model_copy(update={"raw": seen, "notes": (*value.notes, *notes)})


def _either_side(seen: str) -> Value | None:
    """±5%: at most so much to either side."""
    value = _quantity(seen[1:]) if seen.startswith("±") else None
    if value is None or value.op is not None:
        return None
    return value.model_copy(
        update={"raw": seen, "op": Op.LE, "notes": (*value.notes, "“±”按绝对值不超过理解")}
    )


def _unit_first(seen: str) -> Value | None:
    """人次≥3000, (%)≥95, 万元不超过35: the unit stands before the sign."""
    start = 1 if seen.startswith("(") else 0
    measured = match_unit(seen, start)
    if measured is None:
        return None
    unit, end = measured
    end += 1 if start and seen[end : end + 1] == ")" else 0
    figure = figure_at(seen, end)
    if figure is None or figure.op is None or figure.unit.text or figure.worded:
        return None
    whole = figure.end == len(seen) and not seen[end].isdigit()
    return _value(seen, figure, unit, [f"单位“{unit.text}”写在数字前面"]) if whole else None


def _several(seen: str, text: str) -> Value | None:
    """Parts side by side, each of them a number or a date."""
    source = compact("；".join(text.split("\n"))) if "\n" in text.strip() else seen
    if _LOOSE_DIGITS.match(source):
        return None
    pieces = [piece for piece in _SPLIT.split(_MARK.sub("；", source)) if piece]
    if len(pieces) == 1 and pieces[0] != seen:
        return _range(pieces[0]) or _quantity(pieces[0])
    if not 2 <= len(pieces) <= 12:
        return None
    parts: list[Value] = []
    for piece in pieces:
        dated = read_deadline(piece)
        part = _deadline(piece, dated) if dated else _range(piece) or _quantity(piece) or read_prose(piece)
        if part is None or part.kind not in {Kind.QUANTITY, Kind.DEADLINE, Kind.RANGE}:
            return None
        parts.append(part)
    return Value(raw=seen, kind=Kind.MULTI, parts=tuple(parts), notes=(SEVERAL,))


def _graded(seen: str) -> Value | None:
    """``100%|90%|85%|85%`` (one value for each of 优良中差), or one value split by its cells: ``≥|30|万元``."""
    if "|" not in seen:
        return None
    pieces = seen.split("|")
    parts = [part for piece in pieces if (part := _quantity(piece))]
    if len(parts) == len(pieces) and len(parts) > 2:
        note = "分档目标值（优|良|中|差），按第一档比较"
        return Value(raw=seen, kind=Kind.MULTI, parts=tuple(parts), notes=(note,), doubtful=True)
    return _quantity("".join(pieces))
