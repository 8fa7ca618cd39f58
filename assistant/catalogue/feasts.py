"""Reads ``config/feasts.toml``: days of the world and of the nation that have a date of their own."""

from __future__ import annotations

import tomllib
from functools import cache

from assistant.domain.errors import CatalogueError
from assistant.resources import shipped

_FILE = "feasts.toml"
_MONTH_AND_DAY = 2


@cache
def load_feasts() -> dict[str, tuple[int, int] | None]:
    """Month and day by name, ``None`` where they differ from year to year. Raises ``CatalogueError`` naming the entry."""
    try:
        written = tomllib.loads((shipped("config") / _FILE).read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise CatalogueError(f"{_FILE} 读不出来：{error}。", "请改正后重试。") from error
    return {name: day_of(name, day) for name, day in written.items()}


def day_of(name: str, written: object) -> tuple[int, int] | None:
    """One entry as month and day, ``None`` for ``[]``. Raises ``CatalogueError`` naming *name*."""
    if written == []:
        return None
    if isinstance(written, list) and len(written) == _MONTH_AND_DAY:
        month, day = written
        if isinstance(month, int) and isinstance(day, int) and 1 <= month <= 12 and 1 <= day <= 31:
            return month, day
    raise CatalogueError(f"{_FILE} 的 {name} 写法有误。", "每一行写成 名称 = [月, 日]，日子不定的写 []。")
