"""The one line above a draft, and the keys below it: what a draft panel says in each of its states."""

from __future__ import annotations

from math import ceil

from assistant.drafting.drafter import Draft, Waiting
from assistant.tui.widgets.draft_messages import Stage

EDITED = "草稿（您改过，还没有采用）：原文不动，等您决定"
TOO_LONG = "没有写完：达到长度上限，原文不动"
STOPPED = "已停止。以下是没有写完的草稿，原文不动"
INSTEAD = "模型没有帮上忙，以下是模板草稿，原文不动"

_BROKEN_KEYS = ("1 继续写完", "2 重来", "3 留下这一半自己改", "4 不要了", "Esc 回到原文")


def asking(name: str, seconds: float) -> str:
    """The model *name* has been at it for *seconds*."""
    since = f"，已 {int(seconds)} 秒" if int(seconds) else ""
    return f"正在起草（{name}）{since}…按 Esc 停止，原文不动"


def trying_again(waiting: Waiting, left: float) -> str:
    """The service did not answer and is asked again in *left* seconds."""
    return f"第{waiting.attempt}次，{ceil(left)} 秒后，按 Esc 取消。{waiting.why.rstrip('。')}。"


def offered(draft: Draft) -> str:
    """*draft* waits for the user's word."""
    source = f"模型 {draft.model}" if draft.source == "model" else "模板"
    tries = f"，第{draft.attempts}次请求" if draft.attempts > 1 else ""
    return f"草稿（{source}{tries}）：原文不动，等您决定"


def broken(why: str) -> str:
    """The text came to no end; *why* is a sentence."""
    return f"没有写完：{why}"


def editing(key: str) -> str:
    """The draft is being edited; *key* takes it."""
    return f"修改草稿：按 {key} 采用，按 Esc 回到原文（改过的留着）"


def keys(stage: Stage, *, with_model: bool) -> tuple[str, ...]:
    """The keys below the draft."""
    if stage is Stage.BROKEN:
        return _BROKEN_KEYS
    more = ("7 三种写法",) if with_model else ()
    return "1 接受", "2 编辑", "3 改写", "4 拒绝", "5 补充事实", "6 逐句", *more, "Esc 原文"
