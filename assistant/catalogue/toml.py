"""Reads one TOML file of ``config/``; every complaint names the file, the line, the key and the cure."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from importlib.resources.abc import Traversable
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from assistant.domain.errors import CatalogueError

Table = dict[str, Any]
Location = tuple[int | str, ...]

_QUOTED = '请写成加引号的小数，如 "10" 或 "0.9"。'
_CURES = {
    "missing": ("缺少必填的键 {key}", "请补上这一项。"),
    "extra_forbidden": ("不认识的键 {key}", "请删去，或改成正确的键名{near}。"),
    "enum": ("{key} 的值 {value} 不在可选之列", "可选：{expected}。"),
    "decimal": ("{key} 的值 {value} 不是数", _QUOTED),
    "bool": ("{key} 的值 {value} 应为 true 或 false", "请改正，不加引号。"),
    "int": ("{key} 的值 {value} 应为整数", "请改成不加引号的整数，如 2。"),
    "date": ("{key} 的值 {value} 不是日期", "请写成 2022-01-31 的样子，不加引号。"),
    "string": ("{key} 的值 {value} 应为文字", "请加上引号。"),
    "tuple": ("{key} 应为列表", '请写成 ["数量", "质量"] 的样子，或用 [[{key}]] 逐项列出。'),
    "dict": ("{key} 应为表", "请写成 [{key}] 下面各占一行的样子。"),
    "model": ("{key} 应为表", "请写成 [{key}] 下面各占一行的样子。"),
}


@dataclass(frozen=True, slots=True)
class TomlFile:
    """One file as read: its name, its text for line numbers, its table."""

    name: str
    text: str
    table: Table

    def error(self, location: Location, said: str, cure: str) -> CatalogueError:
        """Return the complaint about what stands at *location*: file, line, what is wrong, cure."""
        line = self.line_of(location)
        place = self.name if line is None else f"{self.name} 第 {line} 行"
        return CatalogueError(f"{place}：{said}。", cure)

    def line_of(self, location: Location) -> int | None:
        """The line, from 1, where the key at *location* is written; ``None`` where it is not."""
        lines = self.text.splitlines()
        at, path = -1, ""
        for position, part in enumerate(location):
            if isinstance(part, int):
                continue
            path = f"{path}.{part}" if path else part
            following = location[position + 1] if position + 1 < len(location) else 0
            wanted = following if isinstance(following, int) else 0
            key = re.compile(rf'\s*(?:"?{re.escape(part)}"?\s*=|\[+\s*{re.escape(path)}\s*\]+)')
            found = [number for number in range(at + 1, len(lines)) if key.match(lines[number])]
            if found:
                at = found[min(wanted, len(found) - 1)]
        return None if at < 0 else at + 1

    def states(self, location: Location) -> bool:
        """Whether the file itself holds something at *location*."""
        here: Any = self.table
        for part in location:
            inside = (
                part in here
                if isinstance(here, dict)
                else isinstance(here, list) and part in range(len(here))
            )
            if not inside:
                return False
            here = here[part]
        return True


def read_toml(file: Traversable) -> TomlFile:
    """Read *file*. Raises ``CatalogueError`` where it is no UTF-8 TOML, or a number stands without quotes."""
    try:
        text = file.read_text(encoding="utf-8")
        return TomlFile(file.name, text, tomllib.loads(text))
    except UnicodeDecodeError as error:
        raise CatalogueError(f"{file.name} 不是 UTF-8 编码。", "请另存为 UTF-8 后再试。") from error
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"{file.name} 的写法有误：{error}。", "请按行号改正 TOML 写法。") from error
    except OSError as error:
        raise CatalogueError(
            f"{file.name} 读不出来（{error.strerror}）。", "请检查文件是否存在、能否打开。"
        ) from error


def refuse_bare_numbers(file: TomlFile, whole: frozenset[str]) -> None:
    """Raise for a number without quotes, except whole ones at the keys in *whole* (or below them).

    A TOML float is binary and would bring its error into the points; so numbers are quoted.
    """
    for location in _bare_numbers(file.table, whole):
        raise file.error(location, f"{dotted(location)} 的数没有加引号", _QUOTED)


def _bare_numbers(value: Any, whole: frozenset[str], location: Location = ()) -> Iterator[Location]:
    if dotted(location) in whole:
        if type(value).__name__ == "float":
            yield location
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _bare_numbers(item, whole, (*location, key))
    elif isinstance(value, list):
        for position, item in enumerate(value):
            yield from _bare_numbers(item, whole, (*location, position))
    elif type(value).__name__ in {"int", "float"}:
        yield location


def complaint(files: Sequence[TomlFile], error: ValidationError, model: type[BaseModel]) -> CatalogueError:
    """Say the first thing pydantic found wrong: in the file (of *files*, nearest first) that states it."""
    first = error.errors()[0]
    location = tuple(part for part in first["loc"] if part != "[key]")
    kind = first["type"]
    stem = kind if kind in _CURES else kind.partition("_")[0]
    said, cure = _CURES.get(stem, ("{key} 的值 {value} 不能用", "请对照其他规则文件改正。"))
    stated = location[:-1] if kind == "missing" else location
    near = get_close_matches(str(location[-1]), _fields(model, location[:-1]), n=1)
    words = {
        "key": dotted(location),
        "value": repr(first["input"]),
        "near": f"（是否指 {near[0]}？）" if near else "",
        "expected": first.get("ctx", {})
        .get("expected", "")
        .replace(" or ", "、")
        .replace(", ", "、")
        .replace("'", ""),
    }
    file = next((file for file in files if file.states(stated)), files[0])
    return file.error(stated, said.format_map(words), cure.format_map(words))


def dotted(location: Location) -> str:
    """``("tiers", 0, "high")`` → ``tiers[0].high``."""
    text = ""
    for part in location:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def _fields(model: type[BaseModel], location: Location) -> list[str]:
    """The keys that are known at *location* below *model*."""
    here: Any = model
    for part in location:
        if isinstance(part, int):
            continue
        field = here.model_fields.get(part)
        kinds = [] if field is None else [field.annotation, *get_args(field.annotation)]
        here = next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)), None)
        if here is None:
            return []
    return list(here.model_fields)
