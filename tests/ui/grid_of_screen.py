"""The screen as a person sees it: lines of text, and which style each stretch of it has."""

from __future__ import annotations

from rich.cells import cell_len
from textual.app import App


def rows(app: App[object]) -> list[str]:
    """The lines on the screen as text, spaces at their ends cut."""
    strips = app.screen._compositor.render_strips()
    return ["".join(part.text for part in strip).rstrip() for strip in strips]


def widths(app: App[object]) -> list[int]:
    """Cells of the terminal each line takes."""
    strips = app.screen._compositor.render_strips()
    return [sum(cell_len(part.text) for part in strip) for strip in strips]


def styles(app: App[object]) -> list[str]:
    """Each line's stretches of other than plain style: the first words and their style."""
    said = []
    for number, strip in enumerate(app.screen._compositor.render_strips()):
        for part in strip:
            style = part.style
            if style is not None and part.text.strip() and (style.bold or style.underline or style.reverse):
                marks = [name for name in ("bold", "underline", "reverse") if getattr(style, name)]
                said.append(f"{number + 1}: {part.text.strip()[:16]} = {' '.join(marks)}")
    return said
