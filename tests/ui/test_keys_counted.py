"""What the guided walk costs in keys: at most three a row that has not changed. ``-s`` prints the table."""

from __future__ import annotations

from assistant.tui.app import ZipingApp
from assistant.tui.screens.main import MainScreen
from tests.ui.random_hand import key_event

MOST_KEYS_PER_UNCHANGED_ROW = 3
CHANGED_ROW = 1
NEW_VALUE = "2次"


class Counted:
    """Presses keys for a clerk and counts them; each character of a number typed is a key."""

    def __init__(self, app: ZipingApp, pilot) -> None:
        self.app, self.pilot, self.keys = app, pilot, 0

    async def press(self, *keys: str) -> None:
        for key in keys:
            self.app.post_message(key_event(key))  # the pilot has no name for full-width marks
        await self.pilot.pause()
        await self.pilot.pause()
        self.keys += len(keys)

    def row_shown(self) -> str:
        screen = self.app.screen
        assert isinstance(screen, MainScreen)
        return screen.stop.key


async def test_the_sample_walked_guided_costs_at_most_three_keys_a_row_left_as_it_is(demo, make_services):
    """Eighteen rows, one of them changed: 5次 to 2次, for which the computed score is filled in."""
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause(0.3)
        clerk, cost = Counted(app, pilot), {}
        while clerk.row_shown() != "indicators[0]":
            await clerk.press("f3")
        cost["到第 1 项"] = clerk.keys
        for row in range(len(demo.indicators)):
            assert clerk.row_shown() == f"indicators[{row}]"
            before = clerk.keys
            if row == CHANGED_ROW:  # the cursor is at the end of 实际完成值 already
                await clerk.press("backspace", "backspace", *NEW_VALUE, "f5")
            await clerk.press("f3")
            cost[f"第 {row + 1} 项"] = clerk.keys - before
        await clerk.press("f9")
        await clerk.press("f10")
        assert clerk.row_shown() == "export"
        case = app.services.workspace.case

    for name, keys in cost.items():
        print(f"{name}\t{keys}")
    print(f"{len(demo.indicators)} 项，改一项，到导出页共 {clerk.keys} 键")
    unchanged = [cost[f"第 {row + 1} 项"] for row in range(18) if row != CHANGED_ROW]
    assert max(unchanged) <= MOST_KEYS_PER_UNCHANGED_ROW
    # two Backspaces, two characters, F5, F3
    assert cost[f"第 {CHANGED_ROW + 1} 项"] == 6
    # 1 point, 2 of 3 done: 0.67
    assert (case.indicators[CHANGED_ROW].actual, case.indicators[CHANGED_ROW].score) == (NEW_VALUE, "0.67")
    kept = [row for index, row in enumerate(case.indicators) if index != CHANGED_ROW]
    assert kept == [row for index, row in enumerate(demo.indicators) if index != CHANGED_ROW]


async def test_a_form_with_empty_results_costs_its_characters_and_two_keys_a_row(demo, make_services):
    """Eighteen rows with targets and no results: per row the value, F5 for the score, F3. No other key is needed."""
    empty = tuple(row.model_copy(update={"actual": "", "score": ""}) for row in demo.indicators)
    form = demo.model_copy(update={"indicators": empty, "total": ""})
    app = ZipingApp(make_services(form))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause(0.3)
        clerk = Counted(app, pilot)
        while clerk.row_shown() != "indicators[0]":
            await clerk.press("f3")
        characters = 0
        for row in demo.indicators:
            characters += len(row.actual)
            await clerk.press(*row.actual, "f5", "f3")
        case = app.services.workspace.case
    print(f"18 项从空填起：{characters} 个字符，另按 {clerk.keys - characters} 键")
    assert [row.actual for row in case.indicators] == [row.actual for row in demo.indicators]
    by_rule = [row for row in case.indicators if row.score]
    assert len(by_rule) >= 14, "qualitative rows are for a person to score"
    # four pages before the first row, then F5 and F3 for each of 18
    assert clerk.keys - characters == 4 + 2 * 18
