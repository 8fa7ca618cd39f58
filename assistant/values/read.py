"""Reading a cell: ``read_value`` never raises, keeps the raw text, and says openly what it did not understand.

The order is the one of the grammar: nothing, scale, level, placeholder, date, graded, range, several, one number, prose.
"""

from __future__ import annotations

import re

from assistant.domain.value import Dimension, Kind, Value
from assistant.values.dates import Dated, read_deadline
from assistant.values.levels import read_words
from assistant.values.normalise import compact
from assistant.values.numbers import NUMBER, NUMERAL, chinese_numeral, decimal_of
from assistant.values.prose import read_prose
from assistant.values.signs import BEFORE_NUMBER, after_number, op_after, op_of
from assistant.values.units import BARE, PERCENT, match_unit, unit_of

LONGEST = 400  # a longer cell is a text, whatever figures stand in it

_QUALIFIER = re.compile(r"^(?:定性|定量|正向|反向|正向指标|反向指标)[::]?(?=.)")
_LEAD = re.compile(
    r"^(?:(?:全年|年度|当年|本年度?|累计|实际|目标|预期|计划|预算|指标)?(?:执行数|完成数|完成值|完成率|完成|执行率|执行|目标值|指标值|预算数|支出|值|数|率)?(?:为|是)?[::]?"
    r"|(?:已|均|共|共计|合计|总计|累计|总共|全部|实际|大概|年均|全年|全县|全市|全省|全区)*(?:已|均|共|共计|合计|完成|实现|达到|达)*[::]?)"
)
_PER_LEAD = re.compile(
    r"^(?:每(?P<per>季度|个?月|年|周|天|日|人|户|亩|次|个|学期|公里|套|台)|(?P<avg>人|户|亩|年|月|日)均)[::]?"
)
_HEAD = re.compile(
    rf"(?P<before>{BEFORE_NUMBER})(?:(?P<num>[-+]?{NUMBER})|(?P<han>百分之(?:{NUMERAL}+(?:点{NUMERAL}+)?|{NUMBER})|{NUMERAL}+成半?|半数|{NUMERAL}+(?:点{NUMERAL}+)?))"
)
_ASIDE = re.compile(r"\([^()]*\)")
_ENDING = "。.；;，,、!！"
_UNIT_LIKE = re.compile(r"[^\W\d_]{1,6}(?:[/·*][^\W\d_]{1,6}){0,2}")
_NUMERAL_WORDS = re.compile(
    "一次性|一体|一致|一般|一定|一流|一律|一系列|两个维护|两会|三公|三农|三级|三甲|一级|二级|四个意识|八项规定|十分|万一|百姓"
)
_RANGE = re.compile(
    rf"(?P<low>{NUMBER})(?P<unit>[^\d\-—~至到,，；;、]{{0,6}}?)(?:-{{1,2}}|—{{1,2}}|~{{1,2}}|至|到)(?P<high>{NUMBER})(?P<rest>.*)"
)
_BETWEEN = re.compile(rf"[≥>](?P<low>{NUMBER}[^\d,，；;、且<≤]{{0,6}})[,，；;、且]*[≤<](?P<high>{NUMBER}.*)")
_SPLIT = re.compile(r"[、，；;\n]|,(?!\d{3}(?!\d))|(?<=[^\d])[和及且](?=[^\d]*\d)")
_MARK = re.compile(r"^(?:\(?\d{1,2}[.、)](?=[^\d\s])|[①-⑳]|\(?[一二三四五六七八九十]{1,2}[、)](?=.))")
_PLACEHOLDER = re.compile(
    r"\*{2,}|×{2,}|[Xx]{2,}|_{2,}|【[^】]*】|□|○{2,}|\?{2,}|？{2,}|(?<![A-Za-z])[Xx×](?=[年月日个次人家项场%万])|^(?:≥|≤|>|<|=)$"
)
_LOOKALIKE = str.maketrans({"O": "0", "o": "0", "I": "1", "l": "1", "|": "1", "S": "5", "B": "8", "Z": "2"})
_DAMAGED = re.compile(r"[≥≤<>=]?(?P<num>[0-9OoIl|SBZ][0-9OoIl|SBZ,.]*)(?P<unit>.{0,4})")
_GLUED = re.compile(rf"[≥≤<>=]?[A-Za-z][A-Za-z.]*{NUMBER}(?P<unit>.*)")
_PUNCTUATED = re.compile(r"^[《》](?=\d|$)|^[《》](?=[元%])")


def read_value(text: str) -> Value:
    """Understand one cell by itself. Never raises; ``raw`` is *text* unchanged."""
    return _read(text).model_copy(update={"raw": text})


def _read(text: str) -> Value:
    if len(text) > LONGEST:
        return Value(raw=text, kind=Kind.TEXT)
    seen = compact(text)
    notes: list[str] = []
    if match := _PUNCTUATED.match(seen):
        sign = ">" if match[0] == "》" else "<"
        seen = sign + seen[1:]
        notes.append(f"“{match[0]}”按“{sign}”理解")
    value = _understood(seen, text)
    if notes:
        value = value.model_copy(update={"notes": (*notes, *value.notes), "doubtful": True})
    return value


def _understood(seen: str, text: str) -> Value:
    if (words := read_words(seen)) is not None:
        return words
    if match := _QUALIFIER.match(seen):
        return _understood(seen[match.end() :], text)
    if found := _PLACEHOLDER.search(seen):
        return Value(raw=seen, kind=Kind.UNKNOWN, notes=(f"有占位符“{found[0]}”没有填写",), doubtful=True)
    if dated := read_deadline(seen):
        return deadline(seen, dated)
    if "|" in seen and (graded := _graded(seen)):
        return graded
    return (
        _range(seen)
        or _quantity(seen)
        or _several(text, seen)
        or _damaged(seen)
        or read_prose(seen)
        or Value(raw=seen, kind=Kind.TEXT)
    )


def deadline(raw: str, dated: Dated) -> Value:
    """The value of a deadline as read."""
    return Value(raw=raw, kind=Kind.DEADLINE, op=dated.op, day=dated.day, notes=dated.notes)


def _quantity(seen: str) -> Value | None:
    """One number with what belongs to it, and nothing else that matters."""
    text, per = seen, ""
    if match := _PER_LEAD.match(text):
        per = match["per"] or match["avg"]
        text = text[match.end() :]
    head = _HEAD.match(text)
    if head is None and (match := _LEAD.match(text)) and match.end():
        text = text[match.end() :]
        head = _HEAD.match(text)
    if head is None:
        return None
    amount = decimal_of(head["num"]) if head["num"] else chinese_numeral(head["han"])
    if amount is None:
        return None
    op, approximation = op_of(head["before"])
    rest = text[head.end() :]
    unit, notes = BARE, []
    if head["han"] and (head["han"].startswith("百分之") or head["han"][-1] in "成半数"):
        unit, amount = PERCENT, amount.scaleb(2)
    else:
        if head["han"] and (_NUMERAL_WORDS.match(text, head.start("han")) or (not rest and len(seen) > 3)):
            return None
        over, end = after_number(rest, 0)
        approximation, rest = approximation or over, rest[end:]
        if measured := match_unit(rest, 0):
            unit, end = measured
            rest = rest[end:]
    over, end = after_number(rest, 0)
    approximation, rest = approximation or over, rest[end:]
    op, end = op_after(rest, op)
    rest = rest[end:]
    over, end = after_number(rest, 0)
    approximation, rest = approximation or over, rest[end:]
    if aside := _ASIDE.findall(rest):
        rest = _ASIDE.sub("", rest)
        notes.append(f"括号里的文字没有参与比较：{''.join(aside)}")
    rest = rest.strip(_ENDING)
    if rest and not unit.text:
        if head["han"] or not _UNIT_LIKE.fullmatch(rest):
            return None
        unit, rest = unit_of(rest), ""
        notes.append(f"单位“{unit.text}”不在单位表里，只与相同写法的单位比较")
    if rest:
        if len(rest) > (4 if head["han"] else 12) or re.search(r"\d|[，、；;,。-]", rest):
            return None
        notes.append(f"后面的文字没有参与比较：{rest}")
    if per:
        unit = unit_of(f"{unit.text or '次'}/{per}") if "/" not in unit.text else unit
    return Value(
        raw=seen,
        kind=Kind.QUANTITY,
        op=op,
        amount=amount,
        unit=unit,
        approximation=approximation,
        notes=tuple(notes),
    )


def _range(seen: str) -> Value | None:
    text = seen
    if match := re.match(r"(?:控制在|保持在|在|达到|[=])", text):
        text = text[match.end() :]
    if (match := _BETWEEN.fullmatch(text)) or (match := _RANGE.fullmatch(text)):
        low = match["low"]
        high = _quantity(match["high"] + (match.groupdict().get("rest") or ""))
        if high is None or high.amount is None:
            return None
        written = low + (match.groupdict().get("unit") or "")
        first = _quantity(written)
        if first is None or first.amount is None:
            return None
        unit = high.unit if high.unit.text else first.unit
        if first.unit.text and first.unit.text != unit.text:
            return None
        if first.amount > high.amount:
            return None
        return Value(raw=seen, kind=Kind.RANGE, amount=first.amount, upper=high.amount, unit=unit)
    return None


def _several(text: str, seen: str) -> Value | None:
    """Parts side by side, each of them a value with a number or a date."""
    source = compact(text.replace("\r", "").replace("\n", "；")) if "\n" in text else seen
    pieces = [_MARK.sub("", piece) for piece in _SPLIT.split(source) if piece]
    if len(pieces) < 2 or len(pieces) > 12:
        return None
    parts: list[Value] = []
    for piece in pieces:
        dated = read_deadline(piece)
        part = deadline(piece, dated) if dated else _range(piece) or _quantity(piece)
        if part is None:
            part = read_prose(piece)
        if part is None or part.kind not in {Kind.QUANTITY, Kind.DEADLINE, Kind.RANGE}:
            return None
        parts.append(part)
    return Value(raw=seen, kind=Kind.MULTI, parts=tuple(parts), notes=("一格里有几个值，逐个比较",))


def _graded(seen: str) -> Value | None:
    joined = _quantity(seen.replace("|", ""))
    pieces = seen.split("|")
    parts = [part for piece in pieces if (part := _quantity(piece))]
    if len(parts) == len(pieces) and len(parts) > 2:
        note = "分档目标值（优|良|中|差），按第一档比较"
        return Value(raw=seen, kind=Kind.MULTI, parts=tuple(parts), notes=(note,), doubtful=True)
    return joined.model_copy(update={"raw": seen}) if joined else None


def _damaged(seen: str) -> Value | None:
    """Text that optical recognition has damaged: said to be so, never repaired in silence."""
    match = _DAMAGED.fullmatch(seen)
    if match and re.search(r"[OoIl|SBZ]", match["num"]) and (re.search(r"[\dOo]", match["num"])):
        if match["unit"] and match_unit(match["unit"], 0) is None:
            return None
        likely = seen.replace(match["num"], match["num"].translate(_LOOKALIKE), 1)
        note = f"像是识别错误，可能是“{likely}”，请对照原件"
        return Value(raw=seen, kind=Kind.UNKNOWN, notes=(note,), doubtful=True)
    match = _GLUED.fullmatch(seen)
    if match and (not match["unit"] or match_unit(match["unit"], 0)):
        return Value(
            raw=seen, kind=Kind.UNKNOWN, notes=("数字里混有字母，像是识别错误，请对照原件",), doubtful=True
        )
    return None


def read_target(text: str, name: str = "") -> Value:
    """Understand 年度指标值; *name* is the indicator's, which may hold the unit or the deadline."""
    value = read_value(text)
    notes: list[str] = []
    if (
        value.kind is Kind.QUANTITY
        and not value.unit.text
        and (found := re.search(r"[(（]([^()（）]{1,8})[)）]", name))
    ):
        unit = unit_of(compact(found[1]))
        if unit.dimension not in {Dimension.OTHER, Dimension.BARE}:
            notes.append(f"指标名称里写有单位“{unit.text}”")
    if value.kind is not Kind.DEADLINE and (
        found := re.search(r"[(（]([^()（）]*[年月日][^()（）]*)[)）]", name)
    ):
        dated = read_deadline(compact(found[1]))
        if dated:
            notes.append(f"指标名称里写有期限“{found[1]}”")
    return value.model_copy(update={"notes": (*value.notes, *notes)}) if notes else value


def read_actual(text: str, target: Value) -> Value:
    """Understand 实际完成值 beside its *target*."""
    value = read_value(text)
    if value.op is not None and value.kind is Kind.QUANTITY and compact(text)[:1] in "≥≤<>=":
        note = f"实际值前面有“{value.op.sign}”，像是照抄目标值，应填实际数"
        return value.model_copy(update={"notes": (*value.notes, note), "doubtful": True})
    if note := _lost_sign(target, value):
        return value.model_copy(update={"notes": (*value.notes, note), "doubtful": True})
    return value


def _lost_sign(target: Value, actual: Value) -> str:
    """290% beside 90%: recognition may have turned ≥ into a digit. Only said, never repaired."""
    if target.kind is not Kind.QUANTITY or actual.kind is not Kind.QUANTITY or target.op is not None:
        return ""
    if target.amount is None or actual.amount is None or actual.amount <= 0:
        return ""
    said, done = format(target.amount, "f"), format(actual.amount, "f")
    if len(said) == len(done) + 1 and said.endswith(done):
        return f"目标值“{target.raw}”比实际值只多一个数字，可能是“≥”“≤”被识别成了“{said[0]}”，请对照原件"
    return ""
