"""The words and signs around a number: ≥, 不少于, 控制在…以内, 约, 余, 以上."""

from __future__ import annotations

import re

from assistant.domain.patterns import pattern
from assistant.domain.value import Approximation, Op

_WORDS: dict[Op, str] = {
    Op.GE: (
        "≥ 不低于 不少于 不小于 不得低于 不得少于 不下于 不能低于 不能少于 大于等于 大于或等于 大于(等于) 大于(含等于) 高于等于 高于或等于 "
        "多于等于 多于或等于 大于和等于 达到 达 至少 最低 最少"
    ),
    Op.GT: "> 大于 超过 高于 多于 突破 超",
    Op.EQ: "= 等于",
    Op.LE: (
        "≤ 不高于 不超过 不超 不大于 不多于 不得高于 不得超过 不能超过 不突破 未超过 未突破 小于等于 小于或等于 小于(等于) 小于(含等于) "
        "低于等于 低于或等于 少于等于 少于或等于 小于和等于 控制在 控制到 限制在 最多 最高 至多"
    ),
    Op.LT: "< 小于 低于 少于 不足 不到",
}
_BY_WORD = {word: op for op, words in _WORDS.items() for word in words.split()}
_OP = "|".join(re.escape(word) for word in sorted(_BY_WORD, key=len, reverse=True))
_ABOUT = {
    "大约": Approximation.ABOUT,
    "约为": Approximation.ABOUT,
    "大概": Approximation.ABOUT,
    "约": Approximation.ABOUT,
    "≈": Approximation.ABOUT,
    "将近": Approximation.NEARLY,
    "接近": Approximation.NEARLY,
    "上": Approximation.OVER,
    "近": Approximation.NEARLY,
}
_APPROX = "|".join(
    r"(?<![以之线网路马晚早])上(?=[百千])" if word == "上" else word for word in _ABOUT
)  # 上百家
# 节约10% and 最近3年 hold no approximation.
BEFORE = rf"(?:(?P<op>{_OP}):?(?:(?<=[≤<过于在])±)?)?(?P<about>(?<![节预合签条最附邻])(?:{_APPROX}))?"
_AFTER = pattern(
    r"余|出头|有余|稍多|略多|挂零|多(?!个|出|[约了]?[\d一二两三四五六七八九十百千])|来(?=[万个人])|左右|上下|\+(?!\d)"
)
_SUFFIX = pattern(r"(?:\(含\))?及?(?:以上|以下|以内|之内|内)(?:\((?:不?含)\))?|\(不?含(?:以上|以下)?\)|之间")
_OP_FAR = pattern(rf"(?P<op>{_OP})[^\d，。；;、,≥≤<>=]{{1,12}}$")


def sign_said(word: str | None) -> Op | None:
    """The sign a word means: 不少于 → GE."""
    return _BY_WORD.get(word or "")


def approximation_said(word: str | None) -> Approximation | None:
    """What a word before a number makes of it: 约 → ABOUT."""
    return _ABOUT.get(word or "")


def sign_far_before(text: str) -> Op | None:
    """The sign at some distance before a number: 不超过预算批复数 | 112.5万元."""
    match = _OP_FAR.search(text)
    return sign_said(match["op"]) if match else None


def after_number(text: str, start: int) -> tuple[Approximation | None, int]:
    """余, 多, 左右 after a number or its unit, and where it ends."""
    match = _AFTER.match(text, start)
    if match is None:
        return None, start
    about = match[0] in {"左右", "上下"}
    return (Approximation.ABOUT if about else Approximation.OVER), match.end()


def suffix(text: str, start: int) -> tuple[Op | None, int]:
    """The sign a suffix means (98%以上 → GE, 10个工作日内 → LE) and where it ends."""
    match = _SUFFIX.match(text, start)
    if match is None:
        return None, start
    word = match[0]
    if "以上" in word:
        return (None if word.startswith("(") and "以上)" in word else Op.GE), match.end()
    if "以下" in word or "内" in word:
        return Op.LE, match.end()
    return None, match.end()
