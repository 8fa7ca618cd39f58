"""Where things lie on this machine. ``ZIPING_HOME`` puts all of it into one folder (portable use, tests), ``ZIPING_CONFIG_DIR``
moves the settings alone.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import platformdirs

HOME_VARIABLE = "ZIPING_HOME"
CONFIG_VARIABLE = "ZIPING_CONFIG_DIR"


@dataclass(frozen=True, slots=True)
class Locations:
    """Folders of the user; none is created by asking.

    Attributes:
        config: The user's settings.
        state: What may be lost without harm to a case: sessions, backups, recovery files.
        data: Documents made for the user: the copy of the sample case.
    """

    config: Path
    state: Path
    data: Path

    @property
    def profiles(self) -> Path:
        """The user's own rules; a file here goes before the shipped one of the same name."""
        return self.config / "profiles"

    @property
    def prompts(self) -> Path:
        """The user's own prompts; a file here goes before the shipped one of the same name."""
        return self.config / "prompts"

    @property
    def sessions(self) -> Path:
        """One small file for each case that was open."""
        return self.state / "sessions"

    @property
    def backups(self) -> Path:
        """Copies of cases as they were when opened."""
        return self.state / "backups"

    @property
    def journals(self) -> Path:
        """Every change of each case, for undo, recovery and the history."""
        return self.state / "journals"

    @property
    def draft_edits(self) -> Path:
        """What the user has made of drafts and not decided about."""
        return self.state / "draft-edits"

    @property
    def requests(self) -> Path:
        """What was asked of language models: times and amounts, no words."""
        return self.state / "requests.jsonl"

    @property
    def recovery(self) -> Path:
        """Cases whose own place refused them."""
        return self.state / "recovery"


def locations(environment: Mapping[str, str] | None = None) -> Locations:
    """Return the folders under *environment* (``os.environ`` by default)."""
    variables = os.environ if environment is None else environment
    moved = variables.get(CONFIG_VARIABLE, "").strip()
    home = variables.get(HOME_VARIABLE, "").strip()
    if home:
        base = Path(home).expanduser().absolute()
        found = Locations(base / "config", base / "state", base / "data")
    else:
        found = Locations(
            platformdirs.user_config_path("ziping", appauthor=False),
            platformdirs.user_state_path("ziping", appauthor=False),
            platformdirs.user_data_path("ziping", appauthor=False),
        )
    return replace(found, config=Path(moved).expanduser().absolute()) if moved else found
