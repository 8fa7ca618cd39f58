"""Words instead of numbers: scales, levels, tiers, yes and no, and the many ways of writing nothing."""

from __future__ import annotations

from assistant.domain.patterns import pattern
from assistant.domain.value import NOT_COMPARED, Kind, Tier, Value

_NOTHING_WORDS = """
无 一 - -- --- —— — ——— / // \\ * 、 . 。 空 〇 … …… _ __
未填报 未填 未填写 暂无 暂未填报 待填 待填报 无数据 不适用 不涉及 无此项 无该项 未提供 未设置
未设定 N/A n/a NA 无指标值
"""
_NOTHING = frozenset(_NOTHING_WORDS.split())
_SCALES_WORDS = """
优良中低差 优良中差 优良差 优中差 优良中 优良中低 优良可差 优良合格不合格 优秀良好中等较差
优秀良好合格不合格 优秀良好一般较差 优秀良好一般差 优秀良好中等差 高中低 高低 好中差 好坏 好差
强中弱 大中小 好较好一般较差 好较好一般差 很好较好一般较差 满意基本满意不满意 合格不合格 达标不达标
是否 有无 达成未达成 完成未完成 达成部分达成未达成
"""
_SCALES = frozenset(_SCALES_WORDS.split())
_SCALE_WORDS = pattern(
    "基本满意|不满意|满意|优秀|良好|中等|很好|较好|一般|较差|不合格|合格|不达标|达标|部分达成|未达成|达成|未完成|完成|[优良中低差高好坏强弱大小可是否有无]"
)
_LEVELS_WORDS = """
优 良 中 低 差 高 好 坏 优秀 优良 良好 中等 很好 较好 一般 较差 较高 较低 合格 不合格
达标 不达标 未达标
"""
_LEVELS = frozenset(_LEVELS_WORDS.split())
_BEST = frozenset(("优", "优秀"))
_LEVEL = "|".join(sorted(_LEVELS, key=len, reverse=True))
_YES_NO = pattern(r"(是|否)(?:[，,、(].*)?|(?P<have>有|对|没有)")
_BETWEEN_WORDS = pattern(r"[、/|，,；;:\s()\[\]{}“”\"'。.~—或和-]+")

_GOAL = r"(?:年度|年初|预期|既定|预定|绩效|设定|全部|总体|当年|全年)*(?:指标值?|目标值?|效果|成效)"
_NAMED_GOAL = r"(?:年度|年初|预期|既定|预定|绩效|设定|全年)+(?:指标值?|目标值?|效果|成效)"
_WHOLLY = r"(?:已|均|经|全部|完全|全面|基本|圆满|按期|按时)*"
_POOR = r"(?:[，,]?且?效果(?:较差|很差|差|不明显|不佳))?"
_SOME = r"(?:[，,]?[并且]?[具有]+一定的?效果)?"
_MISSED = pattern(rf"(?:未能?(?:达成|达到|实现)(?:{_GOAL})?{_POOR}|实现程度较?低)")
_PART = pattern(rf"部分(?:达成|达到|实现)(?:{_GOAL})?{_SOME}")
_FULL = pattern(
    rf"{_WHOLLY}(?:达成(?:{_GOAL}|预期)?|(?:达到|实现)(?:{_NAMED_GOAL}|预期)|完成{_NAMED_GOAL})"
    rf"|{_NAMED_GOAL}{_WHOLLY}(?:达成|实现)"
)
_REMARKED = pattern(r"(?P<tier>[^，,；;。]+)[，,；;。](?P<remark>[^\d]{2,24})")
_CONTRARY = pattern(r"未|没|不|但|却|尚|仍|待|差|低|弱|部分|滞后|延|困难|问题|达成|中等|一般")
_BAND = pattern(r"\(?\d+%(?:\(含\))?(?:[-—~至]\d+%(?:\(含\))?)?\)?$")
_LEVEL_FIRST = pattern(rf"(?P<level>{_LEVEL})[，,、;；:(](?P<tier>[^()]*)\)?")
_LEVEL_LAST = pattern(rf"(?P<tier>[^()]*?)[，,、;；:(](?P<level>{_LEVEL})\)?")
_LEVEL_BAND = pattern(rf"(?P<level>{_LEVEL})(?P<band>\([^()]*\d[^()]*\))")
_LONGEST = 40
_TIER_STOP = pattern(r"[，,。；;：:(]")
_TIER_SAID = pattern(r"指标|目标|预期|部分|未")


def read_words(text: str) -> Value | None:
    """Read *text* (compact) as nothing, a scale, a level or an answer; ``None`` where it is none of them."""
    bare = text.strip("。.；;，,！! ")
    if not bare or text in _NOTHING or bare in _NOTHING:
        notes = ("“一”按横线（未填）理解",) if bare == "一" else ()
        return Value(raw=text, kind=Kind.NONE, notes=notes)
    if len(bare) > _LONGEST:
        return None
    if scale := _scale(bare):
        return Value(raw=text, kind=Kind.SCALE, scale=scale)
    if match := _YES_NO.fullmatch(bare):
        return Value(raw=text, kind=Kind.YESNO, level=match[1] or match["have"])
    if tier := _tier(bare):
        return Value(raw=text, kind=Kind.LEVEL, tier=tier, notes=_remarks(bare))
    level = bare[:-1] if bare[-1] in "级等档" and bare[:-1] in _LEVELS else bare
    if level in _LEVELS:
        return Value(raw=text, kind=Kind.LEVEL, level=level, tier=_tier_of(level))
    for order in (_LEVEL_FIRST, _LEVEL_LAST):
        match = order.fullmatch(bare)
        if match and (tier := _tier(match["tier"])):
            return Value(raw=text, kind=Kind.LEVEL, level=match["level"], tier=tier, notes=_remarks(bare))
    if match := _LEVEL_BAND.fullmatch(bare):
        note = f"括号里的文字{NOT_COMPARED}：{match['band']}"
        return Value(
            raw=text, kind=Kind.LEVEL, level=match["level"], tier=_tier_of(match["level"]), notes=(note,)
        )
    match = _REMARKED.fullmatch(bare)
    if match and (tier := _tier(match["tier"])):
        if tier is Tier.FULL and _CONTRARY.search(match["remark"]):
            return None
        note = f"后面的文字{NOT_COMPARED}：{match['remark']}"
        return Value(raw=text, kind=Kind.LEVEL, tier=tier, notes=(note, *_remarks(bare)))
    return None


def leading_tier(text: str) -> Tier | None:
    """The tier *text* (compact) opens with before it tells more: 达成年度指标，印发办法1份."""
    found = None
    for stop in _TIER_STOP.finditer(text[:_LONGEST]):
        head = text[: stop.start()]
        if len(head) >= 4 and _TIER_SAID.search(head) and (tier := _tier(head)):
            found = tier
    return found


def _tier_of(level: str) -> Tier | None:
    return Tier.FULL if level in _BEST else None


def _tier(text: str) -> Tier | None:
    text = _BAND.sub("", text) if text[-1:] in {")", "%"} else text
    if _MISSED.fullmatch(text):
        return Tier.MISSED
    if _PART.fullmatch(text):
        return Tier.PART
    return Tier.FULL if _FULL.fullmatch(text) else None


def _remarks(text: str) -> tuple[str, ...]:
    return ("“基本达成”按第一档（达成）理解，请确认",) if "基本" in text else ()


def _scale(text: str) -> tuple[str, ...]:
    squeezed = _BETWEEN_WORDS.sub("", text.removesuffix("等级").removesuffix("等次"))
    return tuple(_SCALE_WORDS.findall(squeezed)) if squeezed in _SCALES else ()
