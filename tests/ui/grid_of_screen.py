"""The screen as a person sees it: lines of text, and which style each stretch of it has."""

from __future__ import annotations

from rich.cells import cell_len
from textual.app import App
from textual.strip import Strip


def strips(app: App[object], within: str = "") -> list[Strip]:
    """The lines on the screen, or those of the widget that the selector *within* finds."""
    lines = app.screen._compositor.render_strips()
    if not within:
        return lines
    region = app.screen.query_one(within).region
    return [line.crop(region.x, region.right) for line in lines[region.y : region.bottom]]


def rows(app: App[object], within: str = "") -> list[str]:
    """The lines on the screen as text, spaces at their ends cut."""
    return ["".join(part.text for part in strip).rstrip() for strip in strips(app, within)]


def widths(app: App[object]) -> list[int]:
    """Cells of the terminal each line takes."""
    return [sum(cell_len(part.text) for part in strip) for strip in strips(app)]


def styles(app: App[object], within: str = "") -> list[str]:
    """Each line's stretches of other than plain style: the first words and their style."""
    said = []
    for number, strip in enumerate(strips(app, within)):
        for part in strip:
            style = part.style
            if style is not None and part.text.strip() and (style.bold or style.underline or style.reverse):
                marks = [name for name in ("bold", "underline", "reverse") if getattr(style, name)]
                said.append(f"{number + 1}: {part.text.strip()[:16]} = {' '.join(marks)}")
    return said
