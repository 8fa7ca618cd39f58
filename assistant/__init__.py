"""ziping (自评): fill in, score, check, draft and export a 项目支出绩效自评表.

As a library: ``assistant.read``, ``assistant.assess``, ``assistant.export`` and the rest of :mod:`assistant.api`, loaded at
first use so that ``ziping --version`` stays quick.
"""

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from assistant.api import *  # noqa: F403
else:

    def __getattr__(name: str) -> Any:
        """Find *name* in :mod:`assistant.api`."""
        from importlib import import_module

        if not name.startswith("_") and name in (api := import_module("assistant.api")).__all__:
            return getattr(api, name)
        raise AttributeError(f"module 'assistant' has no attribute {name!r}")

    def __dir__() -> list[str]:
        """What the library offers."""
        from importlib import import_module

        return sorted({*globals(), *import_module("assistant.api").__all__})
