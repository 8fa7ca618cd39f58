"""Regular expressions that are compiled when they are first used.

The core knows some two hundred patterns with long Chinese alternatives. Compiling them takes longer than everything
else its import does, and one form needs but a part of them.
"""

from __future__ import annotations

import re
from typing import Any, cast


def pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """What ``re.compile(source, flags)`` gives, compiled at the first use; a fault in *source* shows there too."""
    return cast("re.Pattern[str]", _Uncompiled(source, flags))


class _Uncompiled:
    """Turns into the compiled pattern, for all that calls it, when one of its methods is first asked for."""

    def __init__(self, source: str, flags: int) -> None:
        self._asked = source, flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(*self._asked)
        self.__dict__ |= {method: getattr(compiled, method) for method in dir(compiled) if method[0] != "_"}
        return getattr(compiled, name)
