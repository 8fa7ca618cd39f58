"""Reads ``config/examples/indicators.toml``: what a good and a bad target, result and reason look like, by kind of indicator."""

from __future__ import annotations

import tomllib
from functools import cache

from pydantic import ValidationError

from assistant.domain.errors import CatalogueError
from assistant.domain.record import Record
from assistant.resources import shipped

_FILE = "indicators.toml"


class Pair(Record):
    """One cell's examples."""

    good: str
    bad: str


class KindExamples(Record):
    """The examples of one kind of indicator; *kind* is what the name of its 二级指标 holds (``数量``)."""

    kind: str
    target: Pair
    actual: Pair
    reason: Pair


@cache
def load_examples() -> tuple[KindExamples, ...]:
    """Every kind. Raises ``CatalogueError`` naming file and key."""
    file = shipped("config") / "examples" / _FILE
    try:
        kinds = tomllib.loads(file.read_text(encoding="utf-8")).get("kind", ())
        return tuple(KindExamples.model_validate(_paired(one)) for one in kinds)
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise CatalogueError(f"{_FILE} 读不出来：{error}。", "请改正后重试。") from error
    except ValidationError as error:
        place = ".".join(map(str, error.errors()[0]["loc"]))
        raise CatalogueError(
            f"{_FILE} 的 {place} 写法有误。", "每一格写两个例子：[好的, 不好的]。"
        ) from error


def _paired(one: dict[str, object]) -> dict[str, object]:
    """``[good, bad]`` as a pair; anything else is left for the validation to refuse."""
    return {
        key: {"good": value[0], "bad": value[1]} if isinstance(value, list) and len(value) == 2 else value
        for key, value in one.items()
    }


def examples_for(level2: str, level1: str = "") -> KindExamples | None:
    """The examples of the indicator's kind by its 二级指标, else by its 一级指标; ``None`` for a kind of its own."""
    for name in (level2, level1):
        for one in load_examples():
            if one.kind in name:
                return one
    return None
