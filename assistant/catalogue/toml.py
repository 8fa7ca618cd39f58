"""Reads one TOML file of ``config/``; every complaint names the file, the key and the cure."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from difflib import get_close_matches
from importlib.resources.abc import Traversable
from typing import Any

from pydantic import BaseModel, ValidationError

from assistant.domain.errors import CatalogueError

Table = dict[str, Any]

_CURES = {
    "missing": ("缺少必填的键 {key}", "请补上这一项。"),
    "extra_forbidden": ("不认识的键 {key}", "请删去，或改成正确的键名{near}。"),
    "enum": ("{key} 的值 {value} 不在可选之列", "可选：{expected}。"),
    "literal_error": ("{key} 的值 {value} 不在可选之列", "可选：{expected}。"),
    "decimal_parsing": ("{key} 的值 {value} 不是数", '请写成加引号的小数，如 "10" 或 "0.9"。'),
    "bool_type": ("{key} 的值 {value} 应为 true 或 false", "请改正，不加引号。"),
    "int_type": ("{key} 的值 {value} 应为整数", "请改成不加引号的整数，如 2。"),
    "date_type": ("{key} 的值 {value} 不是日期", "请写成 2022-01-31 的样子，不加引号。"),
    "string_type": ("{key} 的值 {value} 应为文字", "请加上引号。"),
    "tuple_type": ("{key} 应为列表", '请写成 ["数量", "质量"] 的样子，或重复的 [[{key}]]。'),
}


def read_table(file: Traversable) -> Table:
    """Return the whole of *file*. Raises ``CatalogueError`` where it is no UTF-8 TOML."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise CatalogueError(f"{file.name} 不是 UTF-8 编码。", "请另存为 UTF-8 后再试。") from error
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"{file.name} 的写法有误：{error}。", "请按行号改正 TOML 写法。") from error
    except OSError as error:
        raise CatalogueError(
            f"{file.name} 读不出来（{error.strerror}）。", "请检查文件是否存在、能否打开。"
        ) from error


def unquoted_numbers(table: Table, whole: frozenset[str], prefix: str = "") -> Iterator[str]:
    """Yield the dotted keys of numbers written without quotes, except whole numbers at keys in *whole*.

    A TOML float is binary and would bring its error into the points; so numbers are quoted.
    """
    for key, value in table.items():
        path = f"{prefix}{key}"
        if isinstance(value, dict):
            yield from unquoted_numbers(value, whole, f"{path}.")
        elif isinstance(value, list):
            for position, item in enumerate(value):
                yield from unquoted_numbers({f"{key}[{position}]": item}, whole, prefix)
        elif isinstance(value, int) and not isinstance(value, bool):
            if path not in whole and prefix.rstrip(".") not in whole:
                yield path
        elif type(value).__name__ == "float":
            yield path


def complaint(name: str, error: ValidationError, model: type[BaseModel]) -> CatalogueError:
    """Turn what pydantic says of the file *name* into a sentence: file, key, cure. The first complaint only."""
    first = error.errors()[0]
    key = _dotted(first["loc"])
    kind = first["type"].removeprefix("date_from_").replace("date_parsing", "date_type")
    said, cure = _CURES.get(kind, ("{key} 的值 {value} 不能用", "请对照其他规则文件改正。"))
    near = get_close_matches(str(first["loc"][-1]), model.model_fields, n=1)
    words = {
        "key": key,
        "value": repr(first["input"]),
        "near": f"（是否指 {near[0]}？）" if near else "",
        "expected": first.get("ctx", {}).get("expected", "").replace(" or ", "、").replace("'", ""),
    }
    return CatalogueError(f"{name}：{said.format_map(words)}。", cure.format_map(words))


def _dotted(location: tuple[int | str, ...]) -> str:
    text = ""
    for part in location:
        if isinstance(part, int):
            text += f"[{part}]"
        elif part != "[key]":
            text += f".{part}" if text else part
    return text
