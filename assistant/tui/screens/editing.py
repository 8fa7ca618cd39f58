"""Work on the whole form at once: hand it to a web page, find and replace, another editor for a long text."""

from __future__ import annotations

from assistant.tui.screens.scoring import ScoringScreen
from assistant.tui.services import Services


class EditingScreen(ScoringScreen):
    """The walk with deeds over all texts."""

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._copied: dict[str, str] = {}

    def action_copy_cells(self) -> None:
        """Open the copy mode."""
        from assistant.tui.screens.copying import CopyingScreen

        case = self.desk.settle().case
        name = self.services.path.name.removesuffix(".ziping.json")
        file = self.services.path.with_name(f"{name}-逐格复制.txt")
        screen = CopyingScreen(case, self.services.workspace.profile, file, self._copied)

        def left(path: str | None) -> None:
            if path:
                self.go_to(path)

        self.app.push_screen(screen, left)
