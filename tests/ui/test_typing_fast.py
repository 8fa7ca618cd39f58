"""Typing that comes in bursts, as input methods and fast terminals send it."""

from __future__ import annotations

import pytest
from textual import events
from textual.app import App, ComposeResult

from assistant.catalogue.profiles import load_profile
from assistant.domain.case import Case, Indicator
from assistant.tui.desk import Desk
from assistant.tui.widgets.fields import CellArea, CellInput
from assistant.workspace.workspace import Workspace

BURST = [
    ("end", None),
    ("backspace", "\x7f"),
    ("backspace", "\x7f"),
    ("2", "2"),
    ("次", "次"),
    ("left", None),
    ("十", "十"),
]


class Bench(App[None]):
    """One field, typed into without waiting between the keys."""

    def __init__(self, kind: type[CellInput | CellArea]) -> None:
        super().__init__()
        case = Case(indicators=(Indicator(actual="5次"),))
        self.desk = Desk(Workspace(case, load_profile("central-2020")))
        self.field = kind(self.desk)

    def compose(self) -> ComposeResult:
        yield self.field


@pytest.mark.parametrize("kind", [CellInput, CellArea])
async def test_letters_never_overtake_the_backspace_typed_before_them(
    kind: type[CellInput | CellArea],
) -> None:
    app = Bench(kind)
    async with app.run_test() as pilot:
        app.field.show("indicators[0].actual", "5次")
        app.field.focus()
        await pilot.pause()
        for key, character in BURST:
            app.post_message(events.Key(key, character))
        await pilot.pause()
        app.desk.flush()
        # 5次 → (End, two Backspaces) → 2次 → (left) 2十次
        assert app.desk.workspace.case.indicators[0].actual == "2十次"
