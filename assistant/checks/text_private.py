"""Personal data and secrecy words in a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.checks.text_words import FAMILY_NAMES, NOT_SECRET, SECRET
from assistant.domain.patterns import pattern

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_FAMILY = "".join(sorted(FAMILY_NAMES))
_MOBILE = pattern(r"(?<![\d.])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?![\d.]\d|\d)")
_LANDLINE = pattern(
    r"(?<![\d-])0\d{2,3}[-—]\d{7,8}(?!\d)|(?:电话|座机|联系方式)[：:为是]?\s*(?P<local>\d{7,8})(?!\d)"
)
_IDENTITY = pattern(
    r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)"
)
_ACCOUNT = pattern(r"(?:账号|帐号|账户|帐户|卡号)[：:为是]?\s*(?P<number>\d[\d ]{10,22}\d)")
_ADDRESS = pattern(
    r"(?:家住|住址|家庭地址|现住)[：:为是]?\s*(?P<address>[\u4e00-\u9fff\d\-—]{4,40}?(?:室|户|栋|号楼|号|组|村|弄|单元))"
)
_NAME = pattern(
    rf"(?:联系人|经办人|填报人|填表人|报账人|收款人|领款人|受助人|患者|死者|伤者|学生|户主|身份证(?:姓名)?)[：:]\s*(?P<name>[{_FAMILY}][\u4e00-\u9fff·]{{1,3}})(?![\u4e00-\u9fff])"
    rf"|(?:^|[，。；、：:（(由经])(?P<titled>[{_FAMILY}][\u4e00-\u9fff]{{1,2}})(?=同志|先生|女士)"
)
_SECRET = pattern("|".join(sorted(map(re.escape, SECRET), key=len, reverse=True)))
_NOT_SECRET = pattern("|".join(sorted(map(re.escape, NOT_SECRET), key=len, reverse=True)))
_MACHINE_SEAL = pattern(r"机密(?=[码封度集钥闭])")


@dataclass(frozen=True, slots=True)
class Private:
    """A piece of personal data: its span, its kind in Chinese and how a message may show it."""

    start: int
    end: int
    kind: str
    shown: str


def _is_identity(number: str) -> bool:
    """Whether the last digit of an 18-digit identity number is its check digit (GB 11643-1999)."""
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == number[17].upper()


def _masked_word(word: str, kind: str) -> str:
    if kind == "姓名":
        return word[0] + "*" * (len(word) - 1)
    if kind == "住址":
        return "*" * 6
    keep_front, keep_back = (3, 2) if len(word) <= 13 else (4, 2)
    return word[:keep_front] + "*" * (len(word) - keep_front - keep_back) + word[-keep_back:]


@lru_cache(maxsize=4096)
def private_parts(text: str) -> tuple[Private, ...]:
    """Every piece of personal data in *text*, in order, without overlaps."""
    if len(text) < 5:
        return ()
    spans: list[tuple[int, int, str]] = []
    if any(map(str.isdigit, text)):
        spans += [(*found.span(), "身份证号") for found in _IDENTITY.finditer(text) if _is_identity(found[0])]
        spans += [(*found.span("number"), "银行账号") for found in _ACCOUNT.finditer(text)]
        spans += [(*found.span(), "手机号") for found in _MOBILE.finditer(text)]
        spans += [
            (*found.span("local" if found["local"] else 0), "电话号码") for found in _LANDLINE.finditer(text)
        ]
    spans += [(*found.span("address"), "住址") for found in _ADDRESS.finditer(text)]
    spans += [(*found.span("name" if found["name"] else "titled"), "姓名") for found in _NAME.finditer(text)]
    kept: list[Private] = []
    for start, end, kind in sorted(spans):
        if not kept or start >= kept[-1].end:
            kept.append(Private(start, end, kind, _masked_word(text[start:end], kind)))
    return tuple(kept)


def masked(text: str, parts: tuple[Private, ...]) -> str:
    """*text* with every part hidden; the rest stays as it is."""
    for part in reversed(parts):
        text = text[: part.start] + part.shown + text[part.end :]
    return text


@lru_cache(maxsize=4096)
def secrecy_words(text: str) -> tuple[str, ...]:
    """The words of *text* that may mean a secret, each once."""
    if not _SECRET.search(text):
        return ()
    plain = _MACHINE_SEAL.sub("", _NOT_SECRET.sub("", text))
    return tuple(dict.fromkeys(_SECRET.findall(plain)))
