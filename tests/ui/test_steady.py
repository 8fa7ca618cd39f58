"""Nothing is laid out, wrapped or given its styles twice over."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from textual import events
from textual.app import App
from textual.document._wrapped_document import WrappedDocument
from textual.geometry import Size

from assistant.tui.app import ZipingApp
from assistant.tui.widgets.fields import CellArea, CellInput

DESK = SimpleNamespace(
    note=lambda path, text: None,
    has_note=lambda path: False,
    workspace=SimpleNamespace(case=SimpleNamespace(doubts=())),
)


@pytest.fixture
def counted(monkeypatch):
    """How often a method of a class is called: ``counted(cls, name)`` gives the growing list of its arguments."""

    def count(cls, name):
        calls, plain = [], getattr(cls, name)
        monkeypatch.setattr(
            cls, name, lambda self, *rest, **more: calls.append(rest) or plain(self, *rest, **more)
        )
        return calls

    return count


async def test_the_same_size_told_again_lays_nothing_out_and_another_size_does(demo, make_services, counted):
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause(0.5)
        reflows = counted(type(app.screen._compositor), "reflow")
        app.screen._screen_resized(Size(100, 30))  # as each layout tells the screen itself
        assert not reflows
        await pilot.resize_terminal(140, 40)
        await pilot.pause()
        assert Size(140, 40) in [size for _, size in reflows]
        assert app.screen.query_one("#title-bar").region.width == 140
        assert app.screen.query_one("#side").region.right <= 140


class Area(App[None]):
    def __init__(self, height: int) -> None:
        super().__init__()
        self.area = CellArea(DESK)
        self._height = height

    def compose(self):
        self.area.styles.height = self._height
        yield self.area


async def test_a_long_text_is_wrapped_once_and_as_if_it_had_been_wrapped_anew(counted):
    app = Area(6)
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        wraps = counted(WrappedDocument, "wrap")
        app.area.show("indicators[0].reason", "本年度按计划完成全部工作，资料齐全，验收合格。\n" * 200)
        await pilot.pause()
        widths = [rest[0] for rest in wraps if rest[0]]
        assert widths == [app.area.wrap_width], "its scrollbar is known to come"
        assert app.area.show_vertical_scrollbar
        await pilot.press("一", "enter", "二")
        app.area.post_message(events.Resize(app.area.size, app.area.size))
        await pilot.pause()
        fresh = WrappedDocument(app.area.document, app.area.wrap_width, app.area.indent_width)
        assert app.area.wrapped_document._wrap_offsets == fresh._wrap_offsets


async def test_a_short_text_after_a_long_one_has_no_scrollbar():
    app = Area(6)
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        width = app.area.wrap_width
        app.area.show("indicators[0].reason", "验收合格。\n" * 200)
        await pilot.pause()
        assert app.area.wrap_width < width
        app.area.show("indicators[1].reason", "验收合格。")
        await pilot.pause()
        assert not app.area.show_vertical_scrollbar
        assert app.area.wrapped_document._width == app.area.wrap_width == width


async def test_a_cell_is_given_its_styles_when_it_comes_to_the_screen_and_not_again_for_its_first_words(
    counted,
):
    app = App[None]()
    async with app.run_test() as pilot:
        styled = counted(App, "update_styles")
        cell = CellInput(DESK)
        assert not styled
        await app.mount(cell)
        await pilot.pause()
        of_cell = [node for node, *_ in styled if node is cell]
        cell.show("indicators[0].actual", "12个")
        await pilot.pause()
        assert [node for node, *_ in styled if node is cell] == of_cell
        assert cell.value == "12个"
        assert cell.has_class("-textual-compact")
