"""Before the first sending of a form from a terminal: what would be sent, how much and where, and a question."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.catalogue.settings import Settings
from assistant.drafting.cost import cost_words
from assistant.drafting.drafter import Preview, Usage
from assistant.store.consents import Consents

if TYPE_CHECKING:
    from assistant.drafting.client import OpenAIDrafter

_YES = {"y", "yes", "是", "好", "同意"}


def agreed(
    drafter: OpenAIDrafter,
    forms: Sequence[Path],
    previews: Callable[[Sequence[Path]], Iterable[tuple[Path, Preview]]],
    settings: Settings,
    consents: Path,
) -> bool:
    """Whether the texts of *forms* may be sent.

    A form is asked about once for each address, several forms with one question. Where nobody sits at a terminal the
    command itself is the agreement: whoever wrote a script with a model in it has chosen to send.

    Args:
        drafter: Who would send.
        forms: The forms, by their files.
        previews: What would be sent of those among them that were not agreed to yet; not called where none is asked about.
        settings: For the price.
        consents: The folder of what was agreed to.

    Raises:
        StoreError: The answer cannot be kept.
    """
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return True
    new = [form for form in forms if not Consents(consents, form).has(drafter.address)]
    sent_of = list(previews(new)) if new else []
    if not sent_of:
        return True
    asked = tuple(dict.fromkeys(form for form, _ in sent_of))
    print(_told([preview for _, preview in sent_of], len(asked), settings), file=sys.stderr)
    try:
        answer = input()
    except EOFError:
        answer = ""
    if answer.strip().lower() not in _YES:
        print("没有发送，用模板起草。", file=sys.stderr)
        return False
    for form in asked:
        Consents(consents, form).add(drafter.address)
    return True


def _told(previews: Sequence[Preview], forms: int, settings: Settings) -> str:
    """Where, how much, and the first of it byte by byte."""
    first = previews[0]
    usage = Usage(sent=sum(one.sent for one in previews), received=sum(one.received for one in previews))
    cost = cost_words(usage, settings, at_most=True)
    size = sum(len(one.body.encode()) for one in previews)
    which = "这份案卷" if forms == 1 else "每份案卷"
    return (
        f"将发给 {first.address}（{first.model}）：{forms} 份表的 {len(previews)} 段，"
        f"约 {usage.sent} 个词元，共 {size} 字节{f'，{cost}' if cost else ''}；{first.hidden_words}。第一段的全部内容：\n"
        f"{first.body}\n"
        f"{'其余各段内容同类。' if len(previews) > 1 else ''}"
        f"同意发送请输入 是，其他都算不发（改用模板）；{which}对这个地址只问一次。"
    )
