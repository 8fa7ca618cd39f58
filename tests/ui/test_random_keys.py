"""Thousands of random keys, bursts of Chinese, pastes and resizes: no exception, and every typed character is kept.

What is asked after each key: a letter, a burst or a paste in a field stands there where the cursor was, and in the
case; a key that only goes somewhere leaves the form as it was. At the end undoing everything leads to the form as it
was opened, redoing to the form as it was left, and leaving saves that.

``RANDOM_KEYS=2000`` presses that many for each seed; ``RANDOM_SEEDS=1,2,3`` chooses the seeds; ``-s`` tells how
often each promise was tested.
"""

from __future__ import annotations

import os
import random

import pytest

from assistant.tui.app import ZipingApp
from tests.ui.random_hand import RandomHand, form

pytestmark = pytest.mark.long

COUNT = int(os.environ.get("RANDOM_KEYS", "60"))
SEEDS = [int(seed) for seed in os.environ.get("RANDOM_SEEDS", "1,2").split(",")]


@pytest.mark.parametrize("seed", SEEDS)
async def test_random_keys_break_nothing_and_every_typed_character_is_kept(demo, make_services, seed):
    services = make_services(demo)
    app = ZipingApp(services)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause(0.3)
        hand = RandomHand(pilot, random.Random(seed))
        try:
            for _ in range(COUNT):
                await hand.act()
                assert app.is_running
            await pilot.pause(0.2)

            workspace = services.workspace
            hand.main.desk.settle()
            left = form(workspace.case)
            while workspace.can_undo:
                hand.main.desk.undo()
            assert form(workspace.case) == form(demo)
            while workspace.can_redo:
                hand.main.desk.redo()
            assert form(workspace.case) == left
            await app.action_quit()
            assert services.saver.saved[-1] == workspace.case
        except BaseException:
            print(f"seed {seed}, keys {hand.pressed}")
            raise
    print(f"\nseed {seed}, {len(hand.pressed)} times: {dict(hand.seen)}")
    assert hand.seen["move"]
    assert sum(times for what, times in hand.seen.items() if "letter" in what)
