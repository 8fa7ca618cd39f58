"""The words and signs around a number: ≥, 不少于, 控制在…以内, 约, 余, 以上."""

from __future__ import annotations

import re

from assistant.domain.value import Approximation, Op

_OPS: dict[Op, tuple[str, ...]] = {
    Op.GE: ("≥", "不低于", "不少于", "不小于", "不得低于", "不得少于", "大于等于", "大于或等于", "大于(等于)", "高于等于", "高于或等于", "超过或等于", "多于或等于", "不下于", "达到", "达", "至少", "最低", "最少"),
    Op.GT: (">", "大于", "超过", "高于", "多于", "突破", "超"),
    Op.EQ: ("=", "等于"),
    Op.LE: ("≤", "不高于", "不超过", "不超", "不大于", "不多于", "不得高于", "不得超过", "小于等于", "小于或等于", "小于(等于)", "低于等于", "低于或等于", "少于或等于", "控制在", "控制到", "最多", "最高", "至多", "不突破", "限制在"),
    Op.LT: ("<", "小于", "低于", "少于", "不足", "不到", "未超过"),
}  # fmt: skip
_OPS[Op.LT] = tuple(word for word in _OPS[Op.LT] if word != "未超过")
_OPS[Op.LE] = (*_OPS[Op.LE], "未超过", "未突破")
_BY_WORD = {word: op for op, words in _OPS.items() for word in words}
_OP = "|".join(sorted(map(re.escape, _BY_WORD), key=len, reverse=True))
_ABOUT = {
    "大约": Approximation.ABOUT, "约为": Approximation.ABOUT, "约": Approximation.ABOUT, "大概": Approximation.ABOUT, "≈": Approximation.ABOUT,
    "将近": Approximation.NEARLY, "接近": Approximation.NEARLY, "近": Approximation.NEARLY,
}  # fmt: skip
_APPROX = "|".join(sorted(_ABOUT, key=len, reverse=True))
BEFORE_NUMBER = rf"(?:{_OP})?:?(?:{_APPROX})?"
_BEFORE = re.compile(rf"(?P<op>{_OP})?:?(?P<about>{_APPROX})?")
_AFTER = re.compile(r"余|多(?!个)|来(?=[万个人])|左右|上下")
POST = re.compile(
    r"及?(?:以上|以下|以内|之内|之间|内)(?:\(含\)|\(不含\))?|\(含\)|\(含(?:以上|以下)\)|之?间|不等"
)


def op_of(text: str) -> tuple[Op | None, Approximation | None]:
    """What stands before a number: ``"不少于"`` → GE, ``"约"`` → ABOUT."""
    match = _BEFORE.fullmatch(text)
    if match is None:
        return None, None
    return _BY_WORD.get(match["op"] or ""), _ABOUT.get(match["about"] or "")


def after_number(text: str, start: int) -> tuple[Approximation | None, int]:
    """余, 多, 左右 after a number or its unit, and where it ends."""
    match = _AFTER.match(text, start)
    if match is None:
        return None, start
    about = match[0] in {"左右", "上下"}
    return (Approximation.ABOUT if about else Approximation.OVER), match.end()


def op_after(text: str, op: Op | None) -> tuple[Op | None, int]:
    """The sign a suffix means (98%以上 → GE, 10个工作日内 → LE) and its length; a sign before the number wins."""
    match = POST.match(text)
    if match is None:
        return op, 0
    word = match[0]
    if op is None:
        if "以上" in word:
            op = Op.GE
        elif "以下" in word or "内" in word:
            op = Op.LE
    return op, match.end()
