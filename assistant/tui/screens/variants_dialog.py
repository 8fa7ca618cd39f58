"""Three drafts to choose from: side by side where there is room, else one below the other."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from assistant.drafting.drafter import Draft
from assistant.tui.widgets.draft_words import marked


class VariantsDialog(ModalScreen[str | None]):
    """Gives back the name of the draft chosen, or ``None``; the others stay among the earlier drafts."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", show=False)]

    def __init__(self, drafts: Mapping[str, Draft]) -> None:
        super().__init__()
        self._drafts = drafts

    def compose(self) -> ComposeResult:
        """A column or a block for each, then the keys."""
        with Vertical(classes="dialog wide"):
            yield Static("三种写法，选一种继续改或采用", classes="dialog-title", markup=False)
            with Container(classes="variants"):
                for number, (name, draft) in enumerate(self._drafts.items(), 1):
                    with VerticalScroll(classes="variant"):
                        yield Static(_shown(number, name, draft), markup=False)
            numbers = "/".join(str(number) for number in range(1, len(self._drafts) + 1))
            yield Static(
                f"{numbers} 选这一种   Tab 换一栏 ↑ ↓ 翻看   Esc 都不要（草稿还在）",
                classes="dialog-keys",
                markup=False,
            )

    def on_key(self, event: events.Key) -> None:
        """Take the number of a draft, also in full width."""
        typed = unicodedata.normalize("NFKC", event.character or "")
        if typed.isdecimal() and 1 <= int(typed) <= len(self._drafts):
            event.stop()
            self.dismiss(list(self._drafts)[int(typed) - 1])


def _shown(number: int, name: str, draft: Draft) -> Content:
    count = len("".join(draft.text.split()))
    doubt = f"，{len(draft.unsupported)} 处没有依据" if draft.unsupported else ""
    head = Content.styled(f"{number} {name}（{count} 字{doubt}）\n", "bold $primary")
    return Content.assemble(head, marked(draft.text, draft.unsupported))
