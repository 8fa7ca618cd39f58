"""Ticks and buttons whose state is a word or a sign, never only a colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widgets import Static


class Tick(Static, can_focus=True):
    """A switch: ``[√] 公开版`` or ``[ ] 公开版``; space, Enter or a click turns it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,enter", "turn", "切换", show=False),
        Binding("down", "app.focus_next", "下一格", show=False),
        Binding("up", "app.focus_previous", "上一格", show=False),
    ]

    def __init__(self, caption: str, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__("", id=id, classes="tick", markup=False)
        self._caption = caption
        self.is_on = False
        self._draw()

    def action_turn(self) -> None:
        """Turn the switch."""
        self.is_on = not self.is_on
        self._draw()

    def on_click(self) -> None:
        """Turn the switch."""
        self.action_turn()

    def _draw(self) -> None:
        self.update(f"[{'√' if self.is_on else ' '}] {self._caption}")


class Cycle(Static, can_focus=True):
    """One of a few: ``格式  ‹ Markdown ›``; left and right change it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,space,enter", "turn(1)", "下一个", show=False),
        Binding("left", "turn(-1)", "上一个", show=False),
        Binding("down", "app.focus_next", "下一格", show=False),
        Binding("up", "app.focus_previous", "上一格", show=False),
    ]

    @dataclass
    class Changed(Message):
        """Another one was chosen."""

        index: int
        cycle: Cycle

        @property
        def control(self) -> Cycle:
            """Where, for ``@on`` selectors."""
            return self.cycle

    def __init__(self, caption: str, choices: tuple[str, ...], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__("", id=id, classes="tick", markup=False)
        self._caption = caption
        self._choices = choices
        self.index = 0

    def action_turn(self, by: int) -> None:
        """Choose the next or the one before."""
        if self._choices:
            self.index = (self.index + by) % len(self._choices)
            self.refresh(layout=True)
            self.post_message(self.Changed(self.index, self))

    def turn_to(self, index: int) -> None:
        """Show the choice at *index*, telling nobody."""
        self.index = index
        self.refresh(layout=True)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Columns: with the words for the keys where the line has room for them."""
        hinted, shown = self._words(is_hinted=True), self._words(is_hinted=False)
        return cell_len(hinted if cell_len(hinted) <= container.width else shown)

    def render(self) -> Content:
        """What is chosen, and which keys change it where there is room for the words."""
        hinted = self._words(is_hinted=True)
        is_hinted = cell_len(hinted) <= self.content_size.width
        return Content(hinted if is_hinted else self._words(is_hinted=False))

    def _words(self, *, is_hinted: bool) -> str:
        chosen = self._choices[self.index] if self._choices else "（没有可用的）"
        hint = "  ← → 更换" if is_hinted and len(self._choices) > 1 else ""
        return f"{self._caption}  ‹ {chosen} ›{hint}"


class Push(Static, can_focus=True):
    """A button of one line: ``【 导出 】``."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "push", "按下", show=False),
        Binding("down,right", "app.focus_next", "下一格", show=False),
        Binding("up,left", "app.focus_previous", "上一格", show=False),
    ]

    @dataclass
    class Pushed(Message):
        """The button was pressed."""

        push: Push

        @property
        def control(self) -> Push:
            """The button, for ``@on`` selectors."""
            return self.push

    def __init__(self, caption: str, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(f"【 {caption} 】", id=id, classes="push", markup=False)

    def action_push(self) -> None:
        """Tell that the button was pressed."""
        self.post_message(self.Pushed(self))

    def on_click(self) -> None:
        """Tell that the button was pressed."""
        self.action_push()
