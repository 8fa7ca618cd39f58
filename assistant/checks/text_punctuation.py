"""Punctuation widths and spelling in Chinese prose. Nothing here ever changes a digit or a letter of another script."""

from __future__ import annotations

from functools import lru_cache

from assistant.checks.text_words import TYPOS
from assistant.domain.patterns import pattern

_WIDE = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
_NEAR = r"[\u4e00-\u9fff》）”’、%％]"
_HALF = pattern(
    rf"(?<={_NEAR})[,;:?!](?!//)|(?<=\d),(?=\s*[\u4e00-\u9fff《“])|(?<=\d)[;:?!](?=\s*[\u4e00-\u9fff《“])"
)
_FULL = pattern(r"[，；：？！（）。]")
_BRACKETS = pattern(r"[(（)）]")
_HAN = pattern(r"[\u4e00-\u9fff]")
_TYPOS = tuple((pattern(wrong), right) for wrong, right in TYPOS.items())
_ANY_TYPO = pattern("|".join(TYPOS))


def _brackets(text: str) -> list[tuple[int, int]]:
    """The places of matching bracket pairs, whatever their widths."""
    pairs, open_at = [], []
    for found in _BRACKETS.finditer(text):
        if found[0] in "(（":
            open_at.append(found.start())
        elif open_at:
            pairs.append((open_at.pop(), found.start()))
    return pairs


def _wrong_places(text: str) -> list[int]:
    """Where a half-width mark stands that should be full width, given that the text uses both."""
    if not any(mark in text for mark in ",;:?!()"):
        return []
    uneven = [
        place
        for one, other in _brackets(text)
        if (text[one] == "(") != (text[other] == ")")
        for place in (one, other)
    ]
    wrong = [place for place in uneven if text[place] in "()"]
    if _FULL.search(text):
        wrong += [found.start() for found in _HALF.finditer(text)]
        if "（" in text or "）" in text:
            wrong += [
                place
                for one, other in _brackets(text)
                if text[one] == "(" and text[other] == ")" and _HAN.search(text[one:other])
                for place in (one, other)
            ]
    return sorted(set(wrong))


def misprints(text: str) -> tuple[str, ...]:
    """The wrong marks of *text*, each with its neighbours, in order."""
    return tuple(text[max(0, place - 4) : place + 4] for place in _wrong_places(text))


def widened(text: str) -> str:
    """*text* with its wrong half-width marks made full width; everything else as it was."""
    while places := _wrong_places(text):  # a widened bracket may show that its neighbour is wrong too
        letters = list(text)
        for place in places:
            letters[place] = _WIDE[letters[place]]
        text = "".join(letters)
    return text


@lru_cache(maxsize=4096)
def respelled(text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """*text* with known misspellings put right, and the pairs (wrong, right) that were changed."""
    if not _ANY_TYPO.search(text):
        return text, ()
    pairs: dict[str, str] = {}
    for wrong, right in _TYPOS:
        for found in wrong.finditer(text):
            around = text[max(0, found.start() - 1) : found.end() + 1] if len(found[0]) == 1 else found[0]
            pairs[around] = around.replace(found[0], right)
        text = wrong.sub(right, text)
    return text, tuple(pairs.items())
