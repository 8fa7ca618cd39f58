"""The composition root: puts the parts together for the command line and the screen."""

from __future__ import annotations

from assistant import __version__
from assistant.domain.case import Case
from assistant.domain.profile import Profile
from assistant.exchange.bundle import ExportBundle
from assistant.exchange.exporter import export
from assistant.workspace.workspace import assess


def exported(case: Case, profile: Profile, code: str, *, public: bool = False, final: bool = False) -> bytes:
    """Write *case* as a document. Raises ``InputError`` or ``ExchangeError``."""
    sheet, report = assess(case, profile)
    bundle = ExportBundle(
        case, sheet, report, profile, public=public, final=final, generator=f"ziping {__version__}"
    )
    return export(code, bundle)
