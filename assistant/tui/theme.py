"""Two calm themes, one light and one dark. Every text colour keeps a contrast of 4.5 or more on every ground."""

from __future__ import annotations

from textual.theme import Theme

TEXT_COLOURS = ("foreground", "muted", "primary", "error", "warning", "success")
"""The colours words are written in."""

GROUNDS = ("background", "surface", "panel", "cursor")
"""The colours words stand on; under the cursor of a list words keep the colours they have elsewhere."""


def _theme(
    name: str,
    *,
    dark: bool,
    foreground: str,
    muted: str,
    primary: str,
    error: str,
    warning: str,
    success: str,
    background: str,
    surface: str,
    panel: str,
    cursor: str,
    scrollbar: str,
) -> Theme:
    return Theme(
        name=name,
        dark=dark,
        primary=primary,
        secondary=primary,
        accent=primary,
        foreground=foreground,
        error=error,
        warning=warning,
        success=success,
        background=background,
        surface=surface,
        panel=panel,
        variables={
            "muted": muted,
            "cursor": cursor,
            "block-cursor-background": cursor,
            "block-cursor-foreground": foreground,
            "block-cursor-blurred-background": panel,
            "block-cursor-blurred-foreground": foreground,
            "input-cursor-background": foreground,
            "input-cursor-foreground": background,
            "input-selection-background": f"{primary} 40%",
            "border": primary,
            "border-blurred": muted,
            "footer-background": panel,
            "footer-foreground": foreground,
            "footer-key-foreground": primary,
            "scrollbar": scrollbar,
            "scrollbar-hover": muted,
            "scrollbar-active": primary,
            "scrollbar-background": panel,
        },
    )


LIGHT = _theme(
    "ziping-light",
    dark=False,
    foreground="#1b2330",
    muted="#4b5666",
    primary="#1d4f91",
    error="#a61b14",
    warning="#7a4b00",
    success="#17603a",
    background="#f7f8fa",
    surface="#ffffff",
    panel="#e6ebf2",
    cursor="#cfe0f7",
    scrollbar="#b3bfce",
)
DARK = _theme(
    "ziping-dark",
    dark=True,
    foreground="#e6ebf2",
    muted="#aeb9c8",
    primary="#8ab8f5",
    error="#ff9d92",
    warning="#f0c468",
    success="#84d6a0",
    background="#12171f",
    surface="#1a212c",
    panel="#252f3d",
    cursor="#2b4468",
    scrollbar="#46566c",
)
THEMES = (DARK, LIGHT)
