"""查找和替换 over the whole form: every place with what it would become, then all of them as one step of undo."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Label, OptionList, Static
from textual.widgets.option_list import Option

from assistant.domain.places import spoken
from assistant.tui.desk import Desk
from assistant.tui.screens.dialogs import AnswerInput, Dialog
from assistant.workspace.find import Place, places

SHOWN = 200
"""How many places are listed; all of them are replaced."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the user wants: go to *path*, or (``path`` is ``""``) write *new* wherever *wanted* stands."""

    path: str = ""
    wanted: str = ""
    new: str = ""


class FindDialog(Dialog[Asked | None]):
    """Find, look, replace.

    Args:
        desk: The case to search.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "关闭", show=False),
        Binding("f5", "replace_all", "全部替换", show=False),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._case = desk.settle().case
        self._places: tuple[Place, ...] = ()
        self._wanted = AnswerInput(desk, id="find-wanted")
        self._new = AnswerInput(desk, id="find-new")
        self._count = Static("", id="find-count", markup=False)
        self._list = OptionList(id="find-list", markup=False)

    def compose(self) -> ComposeResult:
        """The two lines, the count, the places."""
        with Vertical(classes="dialog"):
            yield Static("查找和替换（全表文字）", classes="dialog-title", markup=False)
            for caption, field in (("查找", self._wanted), ("替换为", self._new)):
                with Horizontal(classes="line-field brief-caption"):
                    yield Label(caption, classes="caption", markup=False)
                    yield field
            yield self._count
            yield self._list
            yield Static(
                "Tab 下一栏   ↑ ↓ 选   回车 去那一格   F5 全部替换   Esc 关闭",
                classes="dialog-keys",
                markup=False,
            )

    def on_mount(self) -> None:
        """Begin with what to find."""
        self._list.can_focus = False
        self._wanted.focus()
        self._draw()

    @on(Input.Changed)
    def _search(self) -> None:
        self._places = places(self._case, self._wanted.value)
        self._draw()

    def _draw(self) -> None:
        wanted, new = self._wanted.value, self._new.value
        cells = len({place.path for place in self._places})
        if not wanted:
            said = "写上要找的文字。只找文字，不动金额和分数。"
        elif not self._places:
            said = f"全表没有“{wanted}”。"
        else:
            what = f"换成“{new}”，各处会是这样" if new else "“替换为”空着：F5 会删去这些字"
            more = f"，只列前 {SHOWN} 处" if len(self._places) > SHOWN else ""
            said = f"共 {len(self._places)} 处，在 {cells} 格里{more}。{what}。"
        self._count.update(said)
        at = self._list.highlighted or 0
        self._list.set_options([Option(_line(place, new)) for place in self._places[:SHOWN]])
        if self._places:
            self._list.highlighted = min(at, len(self._places[:SHOWN]) - 1)

    def action_move(self, by: int) -> None:
        """Move in the list while a line keeps the keyboard."""
        if by > 0:
            self._list.action_cursor_down()
        else:
            self._list.action_cursor_up()

    @on(Input.Submitted)
    def go_there(self) -> None:
        """Go to the cell of the place under the cursor."""
        at = self._list.highlighted
        if at is not None and at < len(self._places):
            self.dismiss(Asked(path=self._places[at].path))

    def action_replace_all(self) -> None:
        """Replace every place."""
        if self._places:
            self.dismiss(Asked(wanted=self._wanted.value, new=self._new.value))
        else:
            self.notify("没有可替换的地方。", timeout=3)


def _line(place: Place, new: str) -> Content:
    return Content.assemble(
        Content.styled(f"{spoken(place.path)} ", "$muted"),
        Content(place.before),
        Content.styled(f"【{new or place.found}】", "bold $success" if new else "bold $warning"),
        Content(place.after),
    )
