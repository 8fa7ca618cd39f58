"""Typing that comes in bursts, as input methods and fast terminals send it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable

import pytest
from textual import events
from textual.app import App, ComposeResult

from assistant.catalogue.profiles import load_profile
from assistant.domain.case import Case, Indicator
from assistant.domain.paths import with_cell
from assistant.tui.app import ZipingApp
from assistant.tui.desk import Desk, text_at
from assistant.tui.keys_in_turn import KeysInTurn
from assistant.tui.widgets.draft_messages import Stage
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


class Bench(KeysInTurn[None]):
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


@pytest.fixture
def empty_cells(demo: Case) -> Callable[[str], Case]:
    """The sample with one of its cells empty."""
    return lambda path: with_cell(demo, path, "")


async def worked_through(app: ZipingApp) -> None:
    """Wait until the keys sent so far have come in and done their work."""
    await asyncio.sleep(0.05)
    await app.keys_taken()


TYPED = "因材料晚到已补办。"
LEAVING = [
    "f2",
    "f3",
    "f4",
    "f5",
    "f8",
    "f9",
    "f10",
    "f12",
    "ctrl+s",
    "ctrl+q",
    "ctrl+p",
    "ctrl+g",
    "ctrl+t",
    "ctrl+f",
    "ctrl+backslash",
    "escape",
    "tab",
]
PATH = "indicators[16].reason"


def burst(app: App[None], *keys: str) -> None:
    """Send keys as a terminal does when they come in one piece."""
    for key in keys:
        app.post_message(events.Key(key, key if len(key) == 1 else None))


@pytest.mark.parametrize("key", LEAVING)
@pytest.mark.parametrize("path", ["indicators[0].evidence", "goals[0].actual"])
async def test_a_burst_of_chinese_is_kept_whatever_key_comes_right_behind_it(demo, make_services, path, key):
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.screen_stack[0].go_to(path)
        await pilot.pause()
        burst(app, *TYPED, "退", "backspace", key)
        await pilot.pause()
        await app.keys_taken()
        app.screen_stack[0].desk.settle()
        assert TYPED in text_at(app.services.workspace.case, path)


async def test_letters_behind_a_tab_go_into_the_next_cell(demo, make_services):
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.screen_stack[0].go_to("indicators[0].actual")
        await pilot.pause()
        burst(app, *"甲乙", "tab", *"丙")
        await pilot.pause()
        await app.keys_taken()
        row = app.screen_stack[0].desk.settle().case.indicators[0]
        assert (row.actual, row.score) == ("3个甲乙", "2丙")


@pytest.mark.parametrize(
    ("keys", "path"),
    [
        (("f3",), "project"),
        (("f3", "f3"), "funds[0].executed"),
        (("f3", "f3", "f3"), "goals[0].actual"),
        (("f3", "f3", "f3", "f3"), "indicators[0].actual"),
        (("f10", "f2", "f2", "f2", "ctrl+backslash"), "indicators[17].actual"),
    ],
)
async def test_letters_behind_the_key_of_a_page_never_visited_wait_until_it_is_there(
    empty_cells, make_services, monkeypatch, keys, path
):
    monkeypatch.setattr("assistant.tui.screens.walk.PREPARE_SECONDS", 600)  # no page is made ahead
    app = ZipingApp(make_services(empty_cells(path)))
    async with app.run_test(size=(80, 24)):
        burst(app, *keys, *TYPED)
        await worked_through(app)
        app.screen_stack[0].desk.settle()
        assert text_at(app.services.workspace.case, path) == TYPED


async def test_what_is_typed_while_the_case_is_opened_waits_for_it(demo, make_services):
    gate = threading.Event()

    def prepare():
        gate.wait(30)
        return make_services(demo.model_copy(update={"project": ""}))

    app = ZipingApp(prepare)
    async with app.run_test(size=(80, 24)) as pilot:
        burst(app, "f3", *TYPED)
        await pilot.pause(0.1)
        gate.set()
        await worked_through(app)
        assert app.screen.desk.settle().case.project == TYPED


async def test_ctrl_q_leaves_at_once_while_the_case_is_opened(demo, make_services):
    gate = threading.Event()

    def prepare():
        gate.wait(30)
        return make_services(demo)

    app = ZipingApp(prepare)
    async with app.run_test(size=(80, 24)) as pilot:
        burst(app, "f3", *TYPED, "ctrl+q")
        for _ in range(500):
            if not app.is_running:
                break
            await pilot.pause(0.01)
        assert not gate.is_set()
        assert not app.is_running
        gate.set()


@pytest.mark.parametrize("key", ["f3", "f4", "enter"])
async def test_an_answer_is_whole_when_a_key_follows_it_at_once(demo, make_services, key):
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(80, 24)) as pilot:
        app.screen_stack[0].go_to(PATH)
        await pilot.pause()
        await pilot.press("f4", "5")
        await pilot.pause()
        burst(app, *"资料不全。", key)
        await pilot.pause()
        await app.keys_taken()
        await pilot.press("f4")
        await pilot.pause()
        assert app.services.workspace.case.notes[0].text == "资料不全。"


async def test_a_draft_opened_edited_and_taken_in_one_burst_goes_in_as_edited(
    demo, make_services, scripted, says
):
    app = ZipingApp(make_services(demo, drafter=scripted(says(PATH, "因资料不全。"))))
    async with app.run_test(size=(80, 24)) as pilot:
        app.screen_stack[0].go_to(PATH)
        await pilot.pause()
        await pilot.press("f4", "1")
        for _ in range(50):
            await pilot.pause(0.02)
            if app.screen_stack[0].page.draft_panel().stage is Stage.OFFERED:
                break
        burst(app, "2", *"已补办。", "f4")
        await pilot.pause()
        await app.keys_taken()
        await pilot.pause()
        assert app.services.workspace.case.indicators[16].reason == "因资料不全。已补办。"
