"""The list of pages with how far each has come, in words. Only the rows that changed are drawn anew."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from rich.cells import cell_len
from textual import on
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from assistant.tui.flow import Overview, PageKind, State, Stop
from assistant.tui.widgets.one_line import OneLine
from assistant.tui.wording import padded

STATE_STYLES = {
    State.DONE: "$success",
    State.REMARK: "$warning",
    State.PERSON: "bold $primary",
    State.TODO: "$primary",
    State.FIX: "bold $error",
    State.ERROR: "bold $error",
    State.EXPLAIN: "bold $warning",
    State.STALE: "bold $warning",
    State.CONFIRM: "bold $warning",
    State.NONE: "",
}
"""The colour beside each state's word; the word alone says it too."""


STATE_WIDTH = max(cell_len(state.value) for state in State) + 1
"""So that the names of the pages begin in one column."""


@dataclass
class StopChosen(Message):
    """The user picked a page."""

    index: int


@dataclass
class StopSeen(Message):
    """The cursor came to a page while the user looks through the list."""

    index: int


class TaskList(OptionList):
    """All stops; Enter goes there."""

    def __init__(self, sorted_out: Overview) -> None:
        self._drawn = _rows(sorted_out)
        super().__init__(*_options(self._drawn), id="tasks", markup=False)

    def draw(self, sorted_out: Overview, at: int) -> None:
        """Draw the stops and put the mark on the one shown."""
        rows = _rows(sorted_out)
        if len(rows) != len(self._drawn):
            self.set_options(_options(rows))
        else:
            for index, (row, drawn) in enumerate(zip(rows, self._drawn, strict=True)):
                if row != drawn:
                    self.replace_option_prompt_at_index(index, _line(*row))
        self._drawn = rows
        if not self.has_focus:
            self.highlighted = at

    def on_show(self) -> None:
        """From its top, as far down as the page shown: while it was put away, it had no height to scroll in."""
        self.scroll_home(animate=False, immediate=True)
        self.scroll_to_highlight()

    def on_focus(self) -> None:
        """Tell of the page under the cursor from the beginning."""
        self.post_message(StopSeen(self.highlighted or 0))

    @on(OptionList.OptionHighlighted)
    def _see(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        if self.has_focus:
            self.post_message(StopSeen(event.option_index))

    @on(OptionList.OptionSelected)
    def choose(self, event: OptionList.OptionSelected) -> None:
        """Tell the screen where to go."""
        event.stop()
        self.post_message(StopChosen(event.option_index))


def _rows(sorted_out: Overview) -> list[tuple[str, State]]:
    digits = len(str(sum(stop.kind is PageKind.INDICATOR for stop in sorted_out.stops)))
    return [
        (_indented(stop, digits), state)
        for stop, state in zip(sorted_out.stops, sorted_out.states, strict=True)
    ]


def _options(rows: list[tuple[str, State]]) -> list[Option]:
    return [Option(_line(*row)) for row in rows]


def _indented(stop: Stop, digits: int) -> str:
    """The name of *stop*; those of indicators begin in one column, however many digits their number has."""
    if stop.kind is not PageKind.INDICATOR:
        return stop.title
    number, _, name = stop.title.partition(" ")
    return f" {number:>{digits}} {name}"


@cache
def state_column(state: State) -> Content:
    """The word of *state* before the name of a page, as wide as the widest."""
    return Content.styled(padded(state.value, STATE_WIDTH), STATE_STYLES[state])


def _line(title: str, state: State) -> OneLine:
    return OneLine.of(state_column(state), title)
