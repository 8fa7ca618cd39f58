"""Makes the pictures in ``docs/images`` with the program itself: ``python docs/screenshots.py``."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from assistant.cli.screen import _sample
from assistant.store.keeper import Keeper
from assistant.store.locations import Locations
from assistant.tui.app import ZipingApp
from assistant.tui.picture import corrected
from assistant.wiring import KeptSaver, open_services

IMAGES = Path(__file__).parent / "images"
SIZE = (110, 34)


def keep(app: ZipingApp, name: str) -> None:
    """Write the screen as it is."""
    (IMAGES / f"{name}.svg").write_text(corrected(app.export_screenshot(title="绩效自评")), "utf-8")


async def main() -> None:
    """Open the sample in a temporary folder, walk to the second indicator, change it, ask for a draft."""
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home)
        where = Locations(folder / "config", folder / "state", folder / "data")
        saver = KeptSaver()
        keeper = Keeper(folder / "示例.ziping.json", where, told=saver.told)
        case = _sample()
        app = ZipingApp(open_services(keeper, saver, case, where))
        async with app.run_test(size=SIZE) as pilot:
            await pilot.pause(0.6)
            for _ in range(5):
                await pilot.press("f3")
                await pilot.pause(0.2)
            await pilot.press("end", "backspace", "backspace", "2", "次")
            await pilot.pause(0.5)
            keep(app, "indicator")
            await pilot.press("f4")
            await pilot.pause(0.5)
            keep(app, "draft")
            await pilot.press("escape", "f9")
            await pilot.pause(0.5)
            keep(app, "check")
        keeper.close()


if __name__ == "__main__":
    asyncio.run(main())
