"""Chinese prose taken apart: lines joined, sentences, clauses, 书名号 titles, and how alike two texts are.

Everything here is a pure function of a string and linear in its length. Shares are whole percents (0-100), so that
no binary float enters the core.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import lru_cache
from itertools import pairwise

from assistant.domain.patterns import pattern

_NOISE = pattern(r"[\W_]+")
_BLANK = pattern(r"\s+")
_HAN = pattern(r"[\u4e00-\u9fff]")
_SENTENCE_END = pattern(r"(?<=[。！？!?；;])|\n")
_CLAUSE_END = pattern(r"(?<=[。！？!?；;，])|(?<=[^\d],)|\n")
_SOFT_BREAK = pattern(
    r"(?<=[^。；;：:！!？?\n])[ \t\u3000]*\n[ \t\u3000]*"
    r"(?![ \t\u3000]*(?:[①-⑳]|\d{1,2}[.．、)）]|[（(](?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）]"
    r"|[一二三四五六七八九十]{1,3}、|[一二三四五六七八九十]是|\n))"
)
PENDING = pattern(r"【待补充[^】]*】?")
_PENDING_CLAUSE = pattern(r"[^。；;\n]*【待补充[^】]*】?[^。；;\n]*[。；;]?")
_TITLE = pattern(r"《([^《》]{1,80}(?:〈[^〉]*〉[^《》]*)?)》")


def told(text: str) -> str:
    """*text* without the clauses that still wait for a fact (【待补充：…】): they explain nothing."""
    return _PENDING_CLAUSE.sub("", text).strip() if "【待补充" in text else text


@lru_cache(maxsize=8192)
def squeeze(text: str) -> str:
    """Return *text* without blanks and punctuation, width made equal: what two spellings of one text share."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text)).lower()


def length(text: str) -> int:
    """How many characters a form's counter would count: all but blanks and line ends."""
    return len(_BLANK.sub("", text))


def han_count(text: str) -> int:
    """How many Chinese characters *text* has."""
    return len(_HAN.findall(text))


def unwrap(text: str) -> str:
    """Join lines that only the page's width broke; a line that opens a list item keeps its own line."""
    if "\n" not in text:
        return text
    return _SOFT_BREAK.sub("", text.replace("\r\n", "\n"))


def sentences(text: str) -> tuple[str, ...]:
    """Split at 。！？； and line ends; the mark stays with its sentence."""
    return tuple(part.strip() for part in _SENTENCE_END.split(unwrap(text)) if part.strip())


def clauses(text: str) -> tuple[str, ...]:
    """Split at ， too."""
    return tuple(part.strip() for part in _CLAUSE_END.split(unwrap(text)) if part.strip())


def titles(text: str) -> tuple[str, ...]:
    """What stands in 书名号, in order, blanks removed."""
    if "《" not in text:
        return ()
    return tuple(_BLANK.sub("", found) for found in _TITLE.findall(text))


def without_titles(text: str) -> str:
    """Replace every 《…》 by 《》: a report's name is not the text's own wording."""
    return _TITLE.sub("《》", text) if "《" in text else text


@lru_cache(maxsize=4096)
def bigrams(text: str) -> Counter[str]:
    """The pairs of neighbouring characters of *text*, squeezed, with their counts. Treat as read-only."""
    plain = squeeze(text)
    return Counter(map("".join, pairwise(plain)))


def likeness(one: str, other: str) -> int:
    """How alike two texts are, in percent: shared character pairs over all (Dice). Two empty texts are 0."""
    first, second = bigrams(one), bigrams(other)
    total = first.total() + second.total()
    return 200 * (first & second).total() // total if total else 0


def contained(part: str, whole: str) -> int:
    """How much of *part* is found in *whole*, in percent of the character pairs of *part*."""
    pairs = bigrams(part)
    if not pairs:
        return 0
    there = bigrams(whole)
    return 100 * sum(1 for pair in pairs if pair in there) // len(pairs)


def shortened(text: str, limit: int = 24) -> str:
    """*text* on one line for a message, cut in its middle's favour: the beginning says what it is."""
    line = _BLANK.sub("", text)
    return line if len(line) <= limit else f"{line[: limit - 1]}…"
