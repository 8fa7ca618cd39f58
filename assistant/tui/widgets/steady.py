"""Words on the screen that are drawn anew only where they changed, and move their neighbours only where their size did."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static


class Steady(Static):
    """Plain or styled words, never markup.

    Textual lays the whole screen out anew at each ``update``, which is most of what a key costs here: a typed letter
    says a dozen panels again, and nearly always they say what they said before, or as many lines of it.
    """

    def __init__(
        self,
        content: Content | str = "",
        *,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(content, id=id, classes=classes, markup=False)
        self._is_measured = True

    def update(self, content: object = "", *, layout: bool = True) -> None:
        """Say *content*, a text or ``Content``."""
        new = content if isinstance(content, Content) else Content(str(content))
        if isinstance(self.visual, Content) and new.is_same(self.visual):
            return
        before = self._needs()
        super().update(new, layout=False)
        self.clear_cached_dimensions()
        if layout and (before is None or self._needs() != before):
            self.refresh(layout=True)
        else:
            self._is_measured = False

    def on_resize(self) -> None:
        """At another width the words may need more lines than those which stood here when it was laid out so."""
        if not self._is_measured:
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
        return columns, self.visual.get_height(self.styles.get_rules(), width) if tall else 0
