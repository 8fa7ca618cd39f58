"""Two versions of the case side by side, cell by cell: take one or the other for each. Nothing is decided by accident.

For a conflict with somebody else's save and for what a former sitting could not save. Only F10 decides; every other key
moves, shows or changes what is proposed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from assistant.tui.screens.history_dialog import difference
from assistant.workspace.merge import Choice, Side, shown

LINE = 34
"""Characters shown of a text in the list; the whole of it stands below."""

AROUND = 16
"""Characters shown on both sides of a change, so that the change itself is in sight."""


class VersionsDialog(ModalScreen[dict[int, Side] | None]):
    """Choose a side for each place; ``None`` is "later".

    Args:
        title: What there is to choose.
        why: How it came about.
        choices: As :func:`choices` gives them.
        words: What the two sides are called (本窗口, 文件里).
        side: What is proposed for every place; by default the side that changed it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "以后再说", show=False),
        Binding("space", "turn", "换一边", show=False),
        Binding("1,fullwidth_digit_one", "all('mine')", show=False),
        Binding("2,fullwidth_digit_two", "all('theirs')", show=False),
        Binding("f10", "take", "按所选办理", show=False),
        Binding("pagedown", "scroll(1)", show=False, priority=True),
        Binding("pageup", "scroll(-1)", show=False, priority=True),
    ]

    def __init__(
        self,
        title: str,
        why: str,
        choices: Sequence[Choice],
        words: tuple[str, str],
        side: Side | None = None,
    ) -> None:
        super().__init__()
        self._title = title
        self._why = why
        self._places = shown(choices)
        self._chosen = {position: side or choice.proposed for position, choice in self._places}
        self._words = {Side.MINE: words[0], Side.THEIRS: words[1]}
        self._list = OptionList(markup=False, classes="versions-list")
        self._effect = Static("", markup=False)

    def compose(self) -> ComposeResult:
        """Why, the places, the one under the cursor in full, the keys."""
        mine, theirs = self._words[Side.MINE], self._words[Side.THEIRS]
        with Vertical(classes="dialog versions"):
            yield Static(self._title, classes="dialog-title", markup=False)
            yield Static(self._why, markup=False)
            yield self._list
            yield VerticalScroll(self._effect, id="effect", classes="dialog-body effect", can_focus=False)
            yield Static(
                f"↑ ↓ 逐处看   空格 换一边   1 全用{mine}   2 全用{theirs}\nF10 按所选办理   Esc 以后再说   PgDn PgUp 看全文",
                classes="dialog-keys",
                markup=False,
            )

    def on_mount(self) -> None:
        """Show the first place."""
        self._draw()
        self._list.highlighted = 0
        self._list.focus()

    def action_turn(self) -> None:
        """The other side for the place under the cursor."""
        at = self._list.highlighted
        if at is None:
            return
        position = self._places[at][0]
        self._chosen[position] = Side.THEIRS if self._chosen[position] is Side.MINE else Side.MINE
        self._draw()

    def action_all(self, side: str) -> None:
        """One side for all places."""
        self._chosen = dict.fromkeys(self._chosen, Side(side))
        self._draw()

    def action_scroll(self, by: int) -> None:
        """What stands below of a long text."""
        self.query_one("#effect").scroll_relative(y=3 * by, animate=False)

    def action_take(self) -> None:
        """Decide."""
        self.dismiss(dict(self._chosen))

    def _draw(self) -> None:
        at = self._list.highlighted
        self._list.set_options([Option(self._line(*place)) for place in self._places])
        self._list.highlighted = at
        self.show_place()

    def _line(self, position: int, choice: Choice) -> str:
        side = self._chosen[position]
        text = choice.mine if side is Side.MINE else choice.theirs
        both = "（两边都改过）" if choice.is_conflict else ""
        return f"〔用{self._words[side]}〕{choice.words}{both}：{_short(text)}"

    @on(OptionList.OptionHighlighted)
    def show_place(self) -> None:
        """Tell what each version says at the place under the cursor."""
        at = self._list.highlighted
        if at is None:
            return
        choice = self._places[at][1]
        parts: list[Content] = []
        for side, text, is_changed in (
            (Side.MINE, choice.mine, bool(choice.mine_changes)),
            (Side.THEIRS, choice.theirs, bool(choice.theirs_changes)),
        ):
            name = Content.styled(f"{self._words[side]}：", "bold")
            parts.append(
                Content.assemble(
                    name, difference(choice.base, text, around=AROUND) if is_changed else Content("没有改")
                )
            )
        parts.append(Content.styled(f"改动前：{choice.base or '（空）'}", "$muted"))
        self._effect.update(Content("\n").join(parts))


def _short(text: str) -> str:
    line = " ".join(text.split()) or "（空）"
    return line if len(line) <= LINE else f"{line[:LINE]}…"
