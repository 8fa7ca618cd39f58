"""One spelling for every character before a cell is read. The raw text is never changed, only looked at through this.

``fold`` replaces characters one for one, so that positions in the folded text are positions in the raw one.
It is not NFKC: that would turn ``㎡`` into ``m2`` and ``①`` into ``1``.
"""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.domain.patterns import pattern

_KEPT_WIDE = "，；！？"  # separators of prose stay apart from the thousands comma
_FOLD = {
    code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code) not in _KEPT_WIDE
} | str.maketrans(
    {
        "\u3000": " ", "\u00a0": " ", "\u2002": " ", "\u2003": " ", "\u2009": " ", "\u202f": " ",
        "≧": "≥", "⩾": "≥", "≮": "≥", "⪖": "≥", "≦": "≤", "⩽": "≤", "≯": "≤", "⪕": "≤",
        "﹥": ">", "﹤": "<", "﹦": "=", "﹪": "%", "٪": "%", "﹣": "-", "﹢": "+", "〉": ">", "〈": "<",
        "–": "-", "−": "-", "‐": "-", "‑": "-", "‒": "-", "―": "—", "─": "—", "━": "—", "﹘": "—",
        "〜": "~", "∼": "~", "﹨": "/", "∕": "/", "⁄": "/", "÷": "/",
        "•": "·", "・": "·", "∙": "·", "⋅": "·", "∗": "*", "﹡": "*", "﹐": "，", "﹔": "；", "﹕": ":", "∶": ":",
        "﹙": "(", "﹚": ")", "﹒": ".", "㎥": "㎥",
    }
)  # fmt: skip

_INVISIBLE = pattern("[\u200b-\u200f\u2060\ufeff\u00ad\u202a-\u202e]")
_QUOTED = " \t\r\n“”\"'‘’`"
_SPACE = pattern(r"\s+")
_WIDE_THOUSANDS = pattern(r"(?<![\d,，.])\d{1,3}(?:[,，]\d{3})+(?![\d,，])")
_WIDE_FIGURE = pattern(
    r"[＋－＝＜＞≥≤]*(?=[0-9．.，,]*[０-９])[0-9０-９](?:[．.，,：:／/]?[0-9０-９])*\s?[％%]?"
    r"|[＋－＝＜＞]+(?=[0-9])|(?<=[0-9])(?:．(?=[0-9])|％)"
)
_WIDE_SIGN = pattern(r"[０-９．％＋－＝＜＞]")
_NARROW_STOP = pattern(r";|(?<!\d),|,(?!\d)")
_TWO_SIGNS = pattern(r"[<>=≥≤][\s/或]*[<>=≥≤]")
_SIGNS = (
    (pattern(r"[>≥]\s*/?\s*=|=\s*>|≥\s*≥|>\s*或\s*="), "≥"),
    (pattern(r"[<≤]\s*/?\s*=|=\s*<|≤\s*≤|<\s*或\s*="), "≤"),
    (pattern(r"=\s*="), "="),
)


def fold(text: str) -> str:
    """Return *text* with one spelling per character and the same length."""
    seen = text.translate(_FOLD)
    return _WIDE_THOUSANDS.sub(_with_commas, seen) if "，" in seen else seen


def with_wide_stops(text: str) -> str:
    """*text* with the commas and semicolons between its clauses typed full-width; of the same length.

    A comma between digits is left as it is: it may stand for thousands.
    """
    return _NARROW_STOP.sub(lambda stop: "；" if stop[0] == ";" else "，", text)


def wide_figures(text: str) -> list[str]:
    """The figures and signs in *text* that are typed full-width: ``１２．５％``, the ``＞`` of ``＞5``."""
    if text.isascii() or not _WIDE_SIGN.search(text):
        return []
    return [match[0] for match in _WIDE_FIGURE.finditer(text)]


def narrowed(text: str) -> str:
    """Return *text* with its full-width figures and their signs typed half-width, all else as it stands."""
    return text if text.isascii() else _WIDE_FIGURE.sub(lambda match: fold(match[0]), text)


def _with_commas(match: re.Match[str]) -> str:
    return match[0].replace("，", ",")


@lru_cache(maxsize=4096)
def compact(text: str) -> str:
    """Return *text* folded, with one sign per comparison and no white space except between two digits."""
    text = _unquoted(_INVISIBLE.sub("", fold(text)))
    if _TWO_SIGNS.search(text):
        for spelled, sign in _SIGNS:
            text = spelled.sub(sign, text)
    if not _SPACE.search(text):
        return text
    return _SPACE.sub(_between_digits, text)


def _unquoted(text: str) -> str:
    """*text* without the quotes around it; “两节”慰问 keeps the first, it belongs to the word."""
    bare = text.strip(_QUOTED)
    if bare.count("”") > bare.count("“"):
        bare = "“" + bare
    elif bare.count("“") > bare.count("”"):
        bare += "”"
    return bare


def _between_digits(match: re.Match[str]) -> str:
    text, start, end = match.string, match.start(), match.end()
    apart = start > 0 and end < len(text) and text[start - 1].isdigit() and text[end].isdigit()
    return " " if apart else ""
