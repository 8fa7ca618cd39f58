"""From bytes on the wire to text for the screen, piece by piece. Pure: no network, no clock.

``DataLines`` finds the ``data:`` payloads, ``Cleaner`` takes out what a person must not see: reasoning, control
tokens, endless repetition.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

LONGEST_LINE = 1_000_000
LONGEST_TEXT = 6_000
_LINE_END = re.compile(r"\r\n|\n|\r")

_OPEN = re.compile(r"<(?:think|thinking|reasoning)>", re.IGNORECASE)
_CLOSE = re.compile(r"</(?:think|thinking|reasoning)>", re.IGNORECASE)
_END = re.compile(
    r"<\|(?:im_end|endoftext|eot_id|end|end_of_text|eom_id|user|im_start)\|>|<｜end▁of▁sentence｜>|</s>|<end_of_turn>|\[/?INST\]"
)
_CONTROL = re.compile(r"<\|[^|<>]{1,40}\|>|<｜[^｜<>]{1,40}｜>|<s>|<start_of_turn>")
_LONGEST_TOKEN = 48
_COUNTING = re.compile(r"(?P<first>\d{1,3}(?P<same>[.．、)）][^\d\n]{1,12}))(?:\n?\d{1,3}(?P=same)){7,}\Z")


class DataLines:
    """Splits a byte stream into the payloads of its ``data:`` lines.

    Lines end at CR, LF or CRLF only: U+2028 and U+0085 may stand inside a JSON string. Broken UTF-8 becomes U+FFFD,
    a line cut off by the end of the stream is still tried.
    """

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._pieces: list[str] = []  # of the line that has not ended; looked at once, however long it grows
        self._size = 0
        self._held = ""

    def feed(self, chunk: bytes, *, last: bool = False) -> Iterator[str]:
        """Yield the payloads that *chunk* completes."""
        text = self._held + self._decoder.decode(chunk, last)
        self._held = "\r" if text.endswith("\r") and not last else ""  # may be half a CRLF
        first, *others = _LINE_END.split(text.removesuffix("\r") if self._held else text)
        self._keep(first)
        lines = []
        for other in others:
            lines.append(self._line())
            self._keep(other)
        if last and (rest := self._line()):
            lines.append(rest)
        for line in lines:
            field, _, payload = line.lstrip("\ufeff").partition(":")
            if field == "data":
                yield payload.removeprefix(" ")

    def _keep(self, piece: str) -> None:
        self._size += len(piece)
        self._pieces.append(piece)
        if self._size > LONGEST_LINE:
            self._pieces, self._size = [], 0

    def _line(self) -> str:
        line = "".join(self._pieces)
        self._pieces, self._size = [], 0
        return line


class Cleaner:
    """Passes on a reply's visible text.

    Attributes:
        finished: True once nothing more is to be expected: an end token, or repetition without end.
        retracted: Set when what was passed on turns out to have been reasoning (a lone ``</think>``); whoever
            shows the text takes it back and clears the flag.
        text: All visible text so far.
        thoughts: The reasoning that was taken out.
    """

    def __init__(self) -> None:
        self.text = ""
        self.thoughts = ""
        self.finished = False
        self.retracted = False
        self.repeated = False
        self._buffer = ""
        self._thinking = False

    def feed(self, piece: str) -> str:
        """Take *piece* in and return what may be shown of it."""
        if self.finished:
            return ""
        self._buffer += piece
        return self._grown(self._visible(last=False))

    def close(self) -> str:
        """The stream is over: return what was held back."""
        return "" if self.finished else self._grown(self._visible(last=True))

    def think(self, text: str) -> None:
        """Note reasoning, as much as somebody would look at."""
        self.thoughts = (self.thoughts + text)[:LONGEST_TEXT]

    def _visible(self, *, last: bool) -> str:
        out = ""
        while self._buffer and not self.finished:
            if self._thinking:
                end = _CLOSE.search(self._buffer)
                if end is None:
                    keep = 0 if last else min(_LONGEST_TOKEN, len(self._buffer))
                    self.think(self._buffer[: len(self._buffer) - keep])
                    self._buffer = self._buffer[len(self._buffer) - keep :]
                    break
                self.think(self._buffer[: end.start()])
                self._buffer = self._buffer[end.end() :].lstrip()
                self._thinking = False
                continue
            mark = min(
                (found for rule in (_OPEN, _CLOSE, _END, _CONTROL) if (found := rule.search(self._buffer))),
                key=lambda found: found.start(),
                default=None,
            )
            if mark is None:
                keep = len(self._buffer) if last else _safe_length(self._buffer)
                out += self._buffer[:keep]
                self._buffer = self._buffer[keep:]
                break
            out += self._buffer[: mark.start()]
            self._buffer = self._buffer[mark.end() :]
            if _OPEN.fullmatch(mark[0]):
                self._thinking = True
            elif _CLOSE.fullmatch(mark[0]):  # reasoning that began before the first token
                self.think(self.text + out)
                out = ""
                self.retracted = self.retracted or bool(self.text)
                self.text = ""
                self._buffer = self._buffer.lstrip()
            elif _END.fullmatch(mark[0]) and (self.text + out).strip():
                self.finished = True
        return out

    def _grown(self, visible: str) -> str:
        visible = visible if self.text else visible.lstrip()
        before = len(self.text)
        self.text += visible
        cut = repetition(self.text)
        if cut is not None or len(self.text) > LONGEST_TEXT:
            self.text = self.text[: LONGEST_TEXT if cut is None else cut]
            self.finished = self.repeated = True
        return self.text[before:]


def _safe_length(text: str) -> int:
    """How much of *text* cannot be the beginning of a token that is still arriving."""
    start = max(text.rfind("<"), text.rfind("["))
    if start == -1 or len(text) - start > _LONGEST_TOKEN or ">" in text[start:] or "]" in text[start:]:
        return len(text)
    return start


def repetition(text: str) -> int | None:
    """Where endless repetition begins (after its first round), or ``None``: "1.1.1.1.1.1…", a sentence for ever.

    Also where only a number goes on: "1.说明；2.说明；3.说明；…".
    """
    if (counting := _COUNTING.search(text[-600:])) is not None:
        return max(0, len(text) - 600) + counting.end("first")
    tail = text[-600:]
    for size in range(1, 121):
        unit = tail[-size:]
        if len(unit) < size or (size == 1 and unit in "_ \n…—-　"):
            continue
        rounds = 1
        while tail.endswith(unit * (rounds + 1)):
            rounds += 1
        if rounds >= (16 if size == 1 else 8 if size < 6 else 4 if size < 12 else 3) and rounds * size >= 16:
            start = len(text) - size * rounds
            while start and text[start - 1] == text[start - 1 + size]:
                start -= 1
            return start + size
    return None
