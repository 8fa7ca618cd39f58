"""One streamed answer being read: JSON payloads in, visible text out. Pure, so every quirk has a plain test."""

from __future__ import annotations

import json
import re
from typing import Any

from assistant.domain.errors import DraftingRefused
from assistant.drafting import faults
from assistant.drafting.drafter import Usage
from assistant.drafting.streams import Cleaner

_PENDING = re.compile(r"【待补充[：:][^】]*】")
_FENCE = re.compile(r"^\s*```[a-z]*\s*\n(.*?)\n?```\s*$", re.DOTALL)
_HEADING = re.compile(
    r"\A(?:好的[，,。!！]?\s*)?(?:以下是[^\n：:]{0,30}[：:]\s*)?(?:[#＃]+\s*)?(?:[【“]?(?:偏差原因分析及改进措施|偏差原因及改进措施|实际完成情况)[】”]?\s*(?:[：:]|\n)\s*)?"
)


class Reply:
    """What one answer has said so far.

    Attributes:
        done: The service said it is finished, or nothing more may be shown.
        whole: The service said where the answer ends (``[DONE]``, a reason, one JSON body); else it broke off.
        cut: The answer stopped at the length limit.
        unreadable: Payloads that were no JSON; a few are survived.
    """

    def __init__(self, secret: str = "") -> None:
        self._secret = secret
        self.clear()

    def clear(self) -> None:
        """Begin anew, for another try."""
        self.cleaner = Cleaner()
        self.usage = Usage()
        self.done = False
        self.whole = False
        self.cut = False
        self.unreadable = 0

    @property
    def text(self) -> str:
        """All visible text so far, slots unfilled."""
        return self.cleaner.text

    def take(self, payload: str) -> str:
        """Take one payload in and return the text it adds. Raises ``DraftingError`` for an error object."""
        payload = payload.strip()
        if not payload:
            return ""
        if payload == "[DONE]":
            self.done = self.whole = True
            return ""
        try:
            chunk = json.loads(payload)
        except (ValueError, RecursionError):
            self.unreadable += 1
            return ""
        if not isinstance(chunk, dict):
            self.unreadable += 1
            return ""
        if error := chunk.get("error"):
            said = error.get("message") if isinstance(error, dict) else error
            raise faults.of_stream_error(error, faults.cleaned(said, self._secret))
        self._count(chunk.get("usage"))
        choices = chunk.get("choices")
        choice = choices[0] if isinstance(choices, list) and choices else None
        return self._choice(choice) if isinstance(choice, dict) else ""

    def close(self) -> str:
        """The stream is over: return what was held back."""
        self.done = True
        return self.cleaner.close()

    def _choice(self, choice: dict[str, Any]) -> str:
        reason = choice.get("finish_reason")
        if not isinstance(reason, str):  # none yet, or what no service should send
            reason = ""
        if reason in {"content_filter", "sensitive"}:
            raise DraftingRefused("模型服务的内容审核拦下了这次起草。", faults.BY_HAND)
        self.cut = self.cut or reason == "length"
        self.whole = self.whole or bool(reason) or isinstance(choice.get("message"), dict)
        said = choice.get("delta") or choice.get("message")
        content = said.get("content") if isinstance(said, dict) else choice.get("text")
        if isinstance(content, list):  # parts: [{"type": "text", "text": "…"}]
            content = "".join(
                part["text"]
                for part in content
                if isinstance(part, dict) and isinstance(part.get("text"), str)
            )
        for name in ("reasoning_content", "reasoning"):
            if isinstance(said, dict) and isinstance(thought := said.get(name), str):
                self.cleaner.think(thought)
        shown = self.cleaner.feed(content) if isinstance(content, str) else ""
        self.done = self.done or self.cleaner.finished
        return shown

    def _count(self, usage: object) -> None:
        if isinstance(usage, dict):
            sent, received = usage.get("prompt_tokens"), usage.get("completion_tokens")
            self.usage = Usage(
                sent=sent if isinstance(sent, int) else self.usage.sent,
                received=received if isinstance(received, int) else self.usage.received,
            )


def tidy(text: str) -> str:
    """Take off what is not part of the cell: fences, Markdown bold, a repeated heading, outer quotes."""
    if fence := _FENCE.match(text):
        text = fence[1]
    text = text.replace("**", "").replace("\r\n", "\n").strip()
    text = _HEADING.sub("", text, count=1).strip()
    if len(text) > 2 and text[0] == "“" and text[-1] == "”" and "“" not in text[1:]:
        text = text[1:-1]
    return text


def pending(text: str) -> tuple[str, ...]:
    """The places left for the user: every 【待补充：…】."""
    return tuple(_PENDING.findall(text))
