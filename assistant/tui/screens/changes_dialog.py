"""改动记录: every step of the whole case, by whom, when and why; the one under the cursor in full.

A step can be taken back alone, what was done since stays; or the whole form becomes what it was before or after it.
Either is shown place by place first and is one step of its own, with its place in the record and in undo.
"""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from assistant.domain.case import Case
from assistant.domain.changes import Change, taken_back
from assistant.store.history import Event, History
from assistant.tui.desk import Desk
from assistant.tui.hints import key
from assistant.tui.screens.dialogs import ChoiceDialog, ConfirmDialog
from assistant.tui.screens.effect_dialog import EffectDialog
from assistant.tui.screens.history_dialog import difference
from assistant.workspace.back import places_changed, without
from assistant.workspace.why import of_form, place, text, why
from assistant.workspace.workspace import Author

SHOWN = 12
"""Places of one step told in full."""


class ChangesDialog(EffectDialog):
    """Pick a step to go to its cell or to take it back; the latest stands first.

    Args:
        history: What is on record.
        desk: The open case, where a step taken back is written.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5", "take_back", "改回这一步", show=False),
        Binding("f8", "restore", "整张表恢复", show=False),
    ]

    def __init__(self, history: History, desk: Desk) -> None:
        count = len(history.entries)
        lost = f"（另有 {history.damaged} 行记录损坏，已跳过）" if history.damaged else ""
        numbers = range(count - 1, -1, -1)
        choices = [(str(at), _line(at + 1, history.entries[at])) for at in numbers]
        super().__init__(f"改动记录：共 {count} 步{lost}", choices, str(count - 1))
        self._history = history
        self._desk = desk

    def on_mount(self) -> None:
        """Tell the keys."""
        self.query_one(".dialog-keys", Static).update(
            "回车 去这一格   F5 改回这一步   F8 整张表恢复到这时   Esc 关闭"
        )

    def action_take_back(self) -> None:
        """Take back the step under the cursor and nothing else."""
        event = self._event()
        if event is None or event.after is None:
            self._tell_lost(event)
            return
        now = self._desk.settle().case
        back = without(event.changes, event.after, now)
        left = f"后来又改过、保持现在的：{'、'.join(back.left)}。" if back.left else ""
        if back.case == now:
            self.notify(
                f"{left}单独改回没有可改的。要回到那时，按 F8。" if left else "现在已经是这一步之前的样子。",
                timeout=8,
            )
            return

        def answered(wanted: bool | None) -> None:
            if wanted:
                self._put(back.case, event)

        words = Content("\n").join([*_told(now, back.case), Content.styled(left, "$warning")])
        self.app.push_screen(ConfirmDialog("改回这一步，后来的改动都保留", words, "改回"), answered)

    def action_restore(self) -> None:
        """The whole form as it was before or after the step under the cursor."""
        event = self._event()
        if event is None or event.after is None:
            self._tell_lost(event)
            return
        now, after = self._desk.settle().case, event.after
        ways = [
            (words, case)
            for words, case in (
                ("恢复到这一步之后", after),
                ("恢复到这一步之前", taken_back(after, event.changes)),
            )
            if case != now
        ]
        if not ways:
            self.notify("整张表现在就是那时的样子。", timeout=5)
            return
        parts: list[Content] = []
        for words, case in ways:
            parts += [Content.styled(f"{words}，会改：", "bold"), *_told(now, case), Content("")]

        def answered(chosen: int | None) -> None:
            if chosen is not None:
                self._put(ways[chosen][1], event)

        title = f"整张表恢复到 {_time(event):%m-%d %H:%M}，此后的改动不再算数"
        choices = [words for words, _ in ways]
        self.app.push_screen(ChoiceDialog(title, Content("\n").join(parts), choices), answered)

    def _put(self, case: Case, event: Event) -> None:
        self._desk.replace(case, Author.RESTORE, event.where)
        self.notify(f"已改回（{key(self, 'undo')} 可撤销）。", timeout=5)
        self.dismiss(self.chosen)

    def _event(self) -> Event | None:
        return None if self.chosen is None else self._history.entries[int(self.chosen)]

    def _tell_lost(self, event: Event | None) -> None:
        if event is not None:
            self.notify("这一步前后的记录有损坏，拼不出当时的表，不能改回。", severity="warning", timeout=8)

    def effect_of(self, chosen: str) -> Content:
        """Who did what."""
        event = self._history.entries[int(chosen)]
        parts = [Content.styled(f"{_time(event):%Y-%m-%d %H:%M:%S}  {event.who}  {why(event.why)}", "$muted")]
        found = of_form(event.changes)
        parts += [
            Content.assemble(
                Content.styled(f"{place(change, event.after)}：{_skipped(change)}", "bold"),
                difference(_side(change.before), _side(change.after)),
            )
            for change in found[:SHOWN]
        ]
        if len(found) > SHOWN:
            parts.append(Content(f"……共 {len(found)} 处"))
        return Content("\n").join(parts)


def _told(now: Case, then: Case) -> list[Content]:
    """What will change in the form, place by place."""
    found = places_changed(now, then)
    if not found:
        return [Content("表上的文字不变，只改回确认、依据这些记录。")]
    told = [
        Content.assemble(Content.styled(f"{where}：", "bold"), difference(old, new))
        for where, old, new in found[:SHOWN]
    ]
    return [*told, Content(f"……共 {len(found)} 处")] if len(found) > SHOWN else told


def _time(event: Event) -> datetime:
    return datetime.fromisoformat(event.at).astimezone()


def _line(number: int, event: Event) -> str:
    found = of_form(event.changes)
    first = found[0]
    more = f"（等 {len(found)} 处）" if len(found) > 1 else ""
    after = " ".join(text(first.after).split())
    return f"{number} {_time(event):%m-%d %H:%M} {why(event.why)} {place(first, event.after)}{more} → {_skipped(first)}{after}"


def _side(value: object) -> str:
    """What stood there; nothing where nothing did, so that no word looks deleted."""
    return text(value) if value or value is False or value == 0 else ""


def _skipped(change: Change) -> str:
    """What stands for the beginning of a long text that did not change."""
    return "…" if change.kind == "cell" and change.at else ""
