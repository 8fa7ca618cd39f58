"""Finding and hiding people, telephone and identity numbers inside texts.

Figures of the form must stay: a number followed by a unit of money is no telephone.
"""

from __future__ import annotations

import re

from assistant.domain.case import Case
from assistant.domain.patterns import pattern

HIDDEN_NAME = "×××"
HIDDEN_NUMBER = "***"

_NARROW = str.maketrans(
    "０１２３４５６７８９＋－＠．Ｘｘ", "0123456789+-@.Xx"
)  # one character for one: places stay
_NOT_IN_A_FIGURE = r"(?<![\d.])"
_NO_UNIT = r"(?!\d|\.\d|\s*(?:万|亿|千|百)?(?:元|美元|%|％|个|项|次|人|家|平方米|吨|公斤|千克|立方米))"
_NUMBERS = pattern(
    "|".join(
        (
            rf"{_NOT_IN_A_FIGURE}\d{{17}}[\dXx](?![\dA-Za-z])",  # 居民身份证
            rf"{_NOT_IN_A_FIGURE}(?:\+?86[ -]?)?1[3-9]\d([ -]?)\d{{4}}\1\d{{4}}{_NO_UNIT}",  # 手机
            rf"{_NOT_IN_A_FIGURE}[(（]?0\d{{2,3}}(?:[)）]\s?|[-－—–]|\s)[2-9]\d{{6,7}}(?:[-－转]\d{{1,5}})?(?!\d)",  # 座机
            r"(?<=电话|手机|传真|座机)(?:号码?)?[:：为是]?\s*[2-9]\d{6,7}(?!\d)",
            r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+",  # 电子邮箱
        )
    )
)


def private_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Where *text* holds a telephone, identity number or mail address: ``str`` indices."""
    return tuple(match.span() for match in _NUMBERS.finditer(text.translate(_NARROW)))


def hide(text: str, names: tuple[str, ...] = (), numbers: tuple[str, ...] = ()) -> str:
    """Hide numbers that identify a person, and the given *names* and *numbers*, inside *text*."""
    for number in sorted(numbers, key=len, reverse=True):
        text = re.sub(rf"(?<!\d){re.escape(number)}(?!\d)", HIDDEN_NUMBER, text)
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, HIDDEN_NAME)
    for start, end in reversed(private_spans(text)):
        text = text[:start] + HIDDEN_NUMBER + text[end:]
    return text


def known_people(case: Case) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names (two characters and more) and telephone numbers (five digits and more) the case's head gives."""
    names = {name for person in case.people for name in re.split(r"[、，,；;/\s]+", person.name)}
    phones = {phone for person in case.people for phone in re.split(r"[、，,；;/\s]+", person.phone)}
    return (
        tuple(sorted(name for name in names if len(name) >= 2 and name != HIDDEN_NAME)),
        tuple(sorted(phone for phone in phones if sum(character.isdecimal() for character in phone) >= 5)),
    )
