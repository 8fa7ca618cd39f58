"""Before the first sending of a case from a terminal: all that would be sent, and a question."""

from __future__ import annotations

import sys
from pathlib import Path

from assistant.drafting.drafter import Preview
from assistant.store.consents import Consents

_YES = {"y", "yes", "是", "好", "同意"}


def agreed(preview: Preview, case: Path, consents: Path) -> bool:
    """Whether *preview* may be sent for the case file *case*; *consents* is the folder of what was agreed to.

    A case is asked about once for each address. Where nobody sits at a terminal the command itself is the agreement:
    whoever wrote a script with a model in it has chosen to send.

    Raises:
        StoreError: The answer cannot be kept.
    """
    kept = Consents(consents, case)
    if kept.has(preview.address) or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return True
    print(
        f"将发给 {preview.address}（{preview.model}），约 {preview.sent} 个词元，姓名电话已遮盖。第一段的全部内容：\n"
        f"{preview.body}\n"
        "其余各段内容同类。同意发送请输入 是，其他都算不发（改用模板）；这份案卷对这个地址只问一次。",
        file=sys.stderr,
    )
    try:
        answer = input()
    except EOFError:
        answer = ""
    if answer.strip().lower() not in _YES:
        return False
    kept.add(preview.address)
    return True
