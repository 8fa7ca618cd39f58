"""Undo takes back the last thought."""

from __future__ import annotations

import pytest

from assistant.catalogue.profiles import load_profile
from assistant.domain.case import Case
from assistant.tui import desk as module
from assistant.tui.desk import PAUSE_SECONDS, Desk
from assistant.workspace.workspace import Workspace


def test_what_is_typed_after_a_rest_is_a_step_of_its_own(demo: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr(module, "monotonic", lambda: now)
    workspace = Workspace(demo, load_profile(demo.profile))
    desk = Desk(workspace)
    for text, rest in (("甲", 0.0), ("甲甲", 0.3), ("甲甲乙", PAUSE_SECONDS + 0.1), ("甲甲乙乙", 0.3)):
        now += rest
        desk.note("indicators[3].reason", text)
        desk.flush()
    assert desk.undo() == "indicators[3].reason"
    assert workspace.case.indicators[3].reason == "甲甲"
    desk.undo()
    assert workspace.case.indicators[3].reason == demo.indicators[3].reason
    desk.redo()
    desk.redo()
    assert workspace.case.indicators[3].reason == "甲甲乙乙"
