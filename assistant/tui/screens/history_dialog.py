"""Earlier drafts of a text; under the cursor, how one differs from what the cell says now, or from any other draft."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from assistant.domain.case import DraftRecord
from assistant.tui.screens.effect_dialog import EffectDialog
from assistant.workspace.diff import Kind, diff

_SIGNS = {
    Kind.KEPT: ("", "", ""),
    Kind.REMOVED: ("〔删：", "〕", "$error"),
    Kind.ADDED: ("〔增：", "〕", "bold $success"),
}


MOST = 200
"""Drafts in the list, the latest: to lay out thousands would hold up the screen. The case keeps them all."""
_STATES = {"offered": "未决定", "accepted": "已采用", "edited": "修改后采用", "rejected": "已拒绝"}


class HistoryDialog(EffectDialog):
    """Pick an earlier draft to look at again; gives back its position.

    F5 makes the draft under the cursor the one the others are compared with; F5 on it again, the present text.

    Args:
        records: The drafts of this cell, at least one, the latest last.
        present: What the cell says now.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f5", "compare_with", "与这一稿比", show=False)]

    def __init__(self, records: list[DraftRecord], present: str) -> None:
        choices = listed(records)
        more = f"（最近 {len(choices)} 份，共 {len(records)} 份）" if len(choices) < len(records) else ""
        super().__init__(f"以往的草稿{more}", choices, choices[-1][0])
        self._records = records
        self._present = present
        self._base: int | None = None  # the draft compared with; None: the present text

    def on_mount(self) -> None:
        """Name the key that compares two drafts, where there are two."""
        if len(self._records) > 1:
            keys = "回车 选定   ↑ ↓ 移动   F5 各稿与这一稿比   Esc 关闭"
            self.query_one(".dialog-keys", Static).update(keys)

    def action_compare_with(self) -> None:
        """Compare with the draft under the cursor, or again with the present text."""
        if self.chosen is not None:
            position = int(self.chosen)
            self._base = None if self._base == position else position
            self.show_effect()

    def effect_of(self, chosen: str) -> Content:
        """How the draft *chosen* differs from the present text, or from the draft to compare with."""
        record = self._records[int(chosen)]
        if self._base is None:
            said, shown = "改用这一稿，与现在的文字相比：", difference(self._present, record.text)
        elif self._base == int(chosen):
            said = "各稿与这一稿相比：请移动光标。再按 F5 与现在的文字比。"
            shown = Content(record.text)
        else:
            base = self._records[self._base]
            said = f"与第 {self._base + 1} 稿相比："
            shown = difference(base.text, record.text, f"与第 {self._base + 1} 稿相同。")
        return Content.assemble(Content.styled(f"{_provenance(record)}\n{said}\n", "$muted"), shown)


def listed(records: list[DraftRecord]) -> list[tuple[str, str]]:
    """(position, words) of the latest :data:`MOST`."""
    latest = list(enumerate(records))[-MOST:]
    return [
        (
            str(i),
            f"{i + 1} {_STATES[record.state]}  {f'（{record.instruction}）' if record.instruction else ''}{record.text}",
        )
        for i, record in latest
    ]


def _provenance(record: DraftRecord) -> str:
    """When, by whom, from which prompt, how much of it was taken, whether everything in it had support."""
    return "，".join(
        filter(
            None,
            (
                record.made_at.replace("T", " ")[:16],
                f"模型 {record.model}" if record.model else "模板",
                f"提示词 {record.prompt}" if record.prompt else "",
                f"采用了 {record.kept_percent}%" if record.kept_percent is not None else "",
                ("核对通过" if record.unsupported == 0 else f"{record.unsupported} 处没有依据")
                if record.unsupported is not None
                else "",
            ),
        )
    )


def difference(
    before: str, after: str, same: str = "与现在的文字相同。", *, around: int | None = None
) -> Content:
    """Both texts in one, what goes and what comes in words as well as in colour; *same* where nothing does.

    Of what stays the same only *around* characters are shown beside each change, where that is given.
    """
    if before == after:
        return Content.styled(same, "$success")
    parts, runs = [], list(diff(before, after))
    for at, run in enumerate(runs):
        left, right, style = _SIGNS[run.kind]
        text = run.text
        if around is not None and run.kind is Kind.KEPT:
            text = _ends(text, around if at else 0, around if at < len(runs) - 1 else 0)
        parts.append(Content.styled(f"{left}{text}{right}", style))
    return Content.assemble(*parts)


def _ends(text: str, first: int, last: int) -> str:
    """The *first* and the *last* characters of *text*, with a mark for what is left out."""
    if len(text) <= first + last + 1:
        return text
    return f"{text[:first]}…{text[len(text) - last :]}"
