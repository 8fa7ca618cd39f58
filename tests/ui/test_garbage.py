"""Looking for unreachable objects stands still while a case is opened, and goes on in every case."""

from __future__ import annotations

import gc

import pytest

from assistant.domain.errors import InputError
from assistant.tui.app import ZipingApp


@pytest.fixture(autouse=True)
def as_before():
    assert gc.isenabled()
    yield
    gc.unfreeze()
    gc.enable()


async def test_it_rests_while_a_case_is_opened_and_passes_over_the_open_case(demo, make_services):
    seen = []

    def prepare():
        seen.append(gc.isenabled())
        return make_services(demo)

    app = ZipingApp(prepare)
    async with app.run_test() as pilot:
        for _ in range(100):
            if gc.get_freeze_count():
                break
            await pilot.pause(0.05)
        assert seen == [False], "a full round while opening is a pause of the screen"
        assert gc.isenabled()
        assert gc.get_freeze_count() > len(demo.indicators)
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0, "what was frozen would never be given back"


async def test_it_goes_on_where_a_case_cannot_be_opened():
    def prepare():
        raise InputError("读不了。", "请换一个。")

    app = ZipingApp(prepare)
    async with app.run_test() as pilot:
        for _ in range(100):
            if app.failure is not None:
                break
            await pilot.pause(0.05)
    assert app.failure is not None
    assert gc.isenabled()
