"""Words on the screen that are drawn anew only where they changed, and move their neighbours only where their size did.

Laying out the whole screen is most of what a key costs here. Textual does it at each ``update``, at each letter in a
one-line field, and once more after every layout that gave a widget another size.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, Static

Result = TypeVar("Result")

if TYPE_CHECKING:
    _Base = Widget

    class _ScreenBase(Screen[Result]):
        pass
else:
    _Base = object  # a second widget base would hide the widget's own styles
    _ScreenBase = Generic


class LaidOutOnce(_Base):
    """A widget that takes the size a layout gave it without asking for the next layout, and its styles once.

    Textual asks again whenever the size of a widget's inside changed. A scrollbar that comes or goes asks for itself.
    """

    def _size_updated(
        self,
        size: Size,
        virtual_size: Size,
        container_size: Size,
        layout: bool = True,
    ) -> bool:
        return super()._size_updated(size, virtual_size, container_size, layout=False)

    def update_node_styles(self, animate: bool = True) -> None:
        """Nothing before it is on the screen: coming there, it is given all its styles anyway."""
        if self.is_attached:
            super().update_node_styles(animate)


class ScreenLaidOutOnce(_ScreenBase[Result]):
    """A screen that is laid out once for a size.

    Textual tells a screen of its new size by a layout, and then lays it out for it: all is drawn twice.
    """

    def _screen_resized(self, size: Size) -> None:
        if size != self._compositor.size:
            super()._screen_resized(size)


class SteadyInput(LaidOutOnce, Input):
    """A one-line field of fixed size: a letter more moves nothing around it."""

    def _watch_value(self, value: str) -> None:
        self.set_reactive(Widget.virtual_size, Size(self.content_width, 1))  # else Input lays out the screen
        super()._watch_value(value)


class Steady(LaidOutOnce, Static):
    """Plain or styled words, never markup.

    A typed letter says a dozen panels again, and nearly always they say what they said before, or as many lines of it.

    Args:
        content: What to say at first.
        lines_ahead: Where the words grow under the user's eyes, a height of their own is taken in steps of so many
            lines.
    """

    def __init__(
        self,
        content: Content | str = "",
        *,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
        lines_ahead: int = 1,
    ) -> None:
        super().__init__(content, id=id, classes=classes, markup=False)
        self.lines_ahead = lines_ahead
        self._is_measured = True
        self._width = 0

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Lines the words take, rounded up to the step in which they grow."""
        return self._rounded(super().get_content_height(container, viewport, width))

    def update(self, content: object = "", *, layout: bool = True) -> None:
        """Say *content*, a text or ``Content``."""
        new = content if isinstance(content, Content) else Content(str(content))
        if isinstance(self.visual, Content) and new.is_same(self.visual):
            return
        before = self._needs()
        super().update(new, layout=False)
        self.clear_cached_dimensions()
        if layout and (before is None or self._needs() != before):
            self._is_measured = True
            self.refresh(layout=True)
        else:
            self._is_measured = False

    def on_resize(self, event: events.Resize) -> None:
        """At another width the words may need more lines than those which stood here when it was laid out so."""
        before, self._width = self._width, event.size.width
        if not self._is_measured and before != self._width:
            self._is_measured = True
            self.refresh(layout=True)

    def _needs(self) -> tuple[int, int] | None:
        """Columns and lines the words take where that is left to them, ``None`` before the first layout."""
        width = self.content_size.width
        if not width or not isinstance(self.visual, Content):
            return None
        auto = self.styles.width is not None and self.styles.width.is_auto
        columns = self.visual.get_optimal_width(self.styles.get_rules(), width) if auto else 0
        tall = self.styles.height is not None and self.styles.height.is_auto
        return columns, self._rounded(self.visual.get_height(self.styles.get_rules(), width)) if tall else 0

    def _rounded(self, lines: int) -> int:
        return -(-lines // self.lines_ahead) * self.lines_ahead
