"""Words instead of numbers: scales, levels, tiers, yes and no, and the many ways of writing nothing."""

from __future__ import annotations

import re

from assistant.domain.value import Kind, Tier, Value

_NOTHING = frozenset(
    [
        "无",
        "一",
        "-",
        "--",
        "---",
        "——",
        "—",
        "———",
        "/",
        "//",
        "\\",
        "*",
        "、",
        ".",
        "。",
        "空",
        "未填报",
        "未填",
        "未填写",
        "暂无",
        "无数据",
        "不适用",
        "不涉及",
        "待填",
        "待填报",
        "N/A",
        "n/a",
        "NA",
        "无此项",
        "无该项",
        "〇",
        "…",
        "……",
        "—",
        "―",
        "_",
        "__",
        "暂未填报",
        "未提供",
        "未设置",
        "未设定",
    ]
)
_SCALE_NAMES = ("优良中低差", "优良中差", "优良差", "优中差", "优良", "高中低", "高低", "好中差", "好坏", "好差", "强中弱", "大中小", "是否", "有无", "优秀良好中等较差", "优秀良好合格不合格", "优良合格不合格", "优秀良好一般较差", "好较好一般较差", "好较好一般差", "优秀良好一般差", "很好较好一般较差", "满意基本满意不满意", "优良中低", "优良可差", "合格不合格", "达标不达标", "达成未达成", "完成未完成", "达成部分达成未达成")  # fmt: skip
_LEVEL_WORDS = ("优秀", "良好", "中等", "较好", "一般", "较差", "不合格", "不达标", "合格", "达标", "很好", "优", "良", "中", "低", "差", "高", "好", "坏", "可", "强", "弱", "大", "小", "较高", "较低", "不满意", "基本满意", "满意", "部分达成", "未达成", "达成", "未完成", "完成", "是", "否", "有", "无")  # fmt: skip
_LEVEL = "|".join(sorted(_LEVEL_WORDS, key=len, reverse=True))
_SINGLE_LEVELS = frozenset(
    [
        "优",
        "良",
        "中",
        "低",
        "差",
        "高",
        "好",
        "坏",
        "优秀",
        "良好",
        "中等",
        "较好",
        "较差",
        "一般",
        "合格",
        "不合格",
        "达标",
        "不达标",
        "很好",
        "较高",
        "较低",
    ]
)
_TOP = frozenset(("优", "优秀"))
_MARKS = re.compile(r"[、/|，,；;:\s()\[\]{}“”\"'。.~—-]+")

_GOAL = r"(?:年度|年初|预期|既定|预定|绩效|设定|全部|总体|当年)*(?:指标值?|目标值?|效果|成效)"
_TAIL = r"(?:任务|要求|值|100%)?"
_MISSED = re.compile(
    rf"(?:未(?:能)?(?:达成|达到|实现)(?:{_GOAL})?{_TAIL}(?:且?效果(?:较|很)?差|且?效果不(?:明显|佳))?|实现程度较?低|未达标)"
)
_PART = re.compile(
    rf"(?:部分(?:达成|达到|实现)(?:{_GOAL})?{_TAIL}(?:(?:并|且)?具有一定(?:的)?效果|(?:并|且)有一定(?:的)?效果)?)"
)
_FULL = re.compile(
    rf"(?:(?:已|均已|均|已经|全部|完全|全面|基本|已全部|圆满|按期|按时)?达成(?:{_GOAL})?{_TAIL}"
    rf"|(?:已|均已|均|已经|全部|完全|全面|基本|已全部)?(?:达到|实现)(?:年度|预期|既定|预定|绩效|设定|年初)+(?:绩效)?(?:指标值?|目标值?|效果|成效){_TAIL})"
)
_LEAD_LEVEL = re.compile(rf"(?P<level>{_LEVEL})(?:[，,、;；:(]|\b)?(?P<rest>.*?)\)?$")


def read_words(text: str) -> Value | None:
    """Read *text* (compact, as ``raw``) as nothing, a scale, a level or an answer; ``None`` where it is none of them."""
    if not text or text in _NOTHING:
        notes = ("“一”按横线（未填）理解",) if text == "一" else ()
        return Value(raw=text, kind=Kind.NONE, notes=notes)
    bare = text.strip("。.；;，,！! ")
    if not bare or bare in _NOTHING:
        return Value(raw=text, kind=Kind.NONE)
    if len(bare) > 40:
        return None
    if scale := _scale(bare):
        return Value(raw=text, kind=Kind.SCALE, scale=scale)
    if bare in {"是", "否", "有", "对", "没有"}:
        return Value(raw=text, kind=Kind.YESNO, level=bare)
    if tier := _tier(bare):
        return Value(raw=text, kind=Kind.LEVEL, tier=tier, notes=_basic(bare))
    if bare in _SINGLE_LEVELS:
        return Value(raw=text, kind=Kind.LEVEL, level=bare, tier=Tier.FULL if bare in _TOP else None)
    match = _LEAD_LEVEL.match(bare)
    if match and (tier := _tier(match["rest"])):
        return Value(raw=text, kind=Kind.LEVEL, level=match["level"], tier=tier, notes=_basic(bare))
    if (level := bare.removesuffix("级").removesuffix("等").removesuffix("档")) in _SINGLE_LEVELS:
        return Value(raw=text, kind=Kind.LEVEL, level=level, tier=Tier.FULL if level in _TOP else None)
    return None


def _tier(text: str) -> Tier | None:
    if _MISSED.fullmatch(text):
        return Tier.MISSED
    if _PART.fullmatch(text):
        return Tier.PART
    return Tier.FULL if _FULL.fullmatch(text) else None


def _basic(text: str) -> tuple[str, ...]:
    return ("“基本达成”按第一档（达成）理解，请确认",) if "基本" in text else ()


def _scale(text: str) -> tuple[str, ...]:
    squeezed = _MARKS.sub("", text.removesuffix("等级").removesuffix("等次")).replace("或", "")
    if squeezed not in _SCALE_NAMES:
        return ()
    return tuple(re.findall(_LEVEL, squeezed))
