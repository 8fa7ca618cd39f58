"""A list to pick from, what the choice under the cursor means in full below it."""

from __future__ import annotations

from abc import abstractmethod

from textual import on
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from assistant.tui.screens.dialogs import PickDialog


class EffectDialog(PickDialog):
    """Pick one, its effect in sight."""

    def __init__(self, title: str, choices: list[tuple[str, str]], present: str) -> None:
        super().__init__(title, choices, present)
        self._effect = Static("", markup=False)

    @abstractmethod
    def effect_of(self, chosen: str) -> Content:
        """What is told of the choice *chosen*."""

    def on_mount(self) -> None:
        """Make room for the effect."""
        self.query_one(OptionList).add_class("short-list")
        self.query_one(".dialog").mount(
            VerticalScroll(self._effect, classes="dialog-body effect", can_focus=False),
            before=self.query_one(".dialog-keys"),
        )

    @on(OptionList.OptionHighlighted)
    def show_effect(self) -> None:
        """Tell of the choice under the cursor."""
        chosen = self.chosen
        self._effect.update("" if chosen is None else self.effect_of(chosen))
