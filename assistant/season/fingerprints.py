r"""Fingerprints of texts: a small sketch of which five-character pieces a text is made of.

Blanks, punctuation and figures are left out first, so a narrative copied with the numbers changed still looks the same.
The sketch is the *bottom k* of the pieces' hashes (Broder 1997, Cohen & Kaplan 2007): of two texts, the share of common
hashes among the k smallest of both together estimates how much of their pieces they share (Jaccard), within about
±10 percentage points for k = 48.
"""

from __future__ import annotations

import re
import zlib

PIECE = 5
KEPT = 48
SHORTEST = 16
"""Characters of a text without blanks, punctuation and figures; what is shorter (无、已按计划完成) is common property."""

_BESIDE = re.compile(r"[\W\d_零一二三四五六七八九十百千万亿年月日%％]+")
_DIGITS = 8  # hexadecimal digits of one hash


def sketch(text: str) -> str:
    """The sketch of *text* as hexadecimal digits, ``""`` for one too short to tell anything."""
    bare = _BESIDE.sub("", text)
    if len(bare) < SHORTEST:
        return ""
    pieces = {bare[at : at + PIECE].encode("utf-8", "replace") for at in range(len(bare) - PIECE + 1)}
    # A CRC is the same on every machine and quick; multiplying spreads it, so that "smallest" means "any".
    hashes = {zlib.crc32(piece) * 0x9E3779B1 & 0xFFFFFFFF for piece in pieces}
    return "".join(f"{one:08x}" for one in sorted(hashes)[:KEPT])


def hashes(sketched: str) -> frozenset[str]:
    """The hashes of a sketch."""
    return frozenset(sketched[at : at + _DIGITS] for at in range(0, len(sketched), _DIGITS))


def likeness(one: frozenset[str], other: frozenset[str]) -> int:
    """How much of their pieces two texts share, estimated, in percent (rounded down)."""
    smallest = sorted(one | other)[: max(len(one), len(other))]
    return len(one & other & set(smallest)) * 100 // len(smallest)
