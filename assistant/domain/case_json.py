"""The case as text: JSON in the model's field order, one value a line, so that git diffs read well.

Pure: what is on the disk is the business of ``store.casefile``. Keys written by a newer program survive at every
level; a whole newer format is refused, since its cells might mean something else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from pydantic import ValidationError

from assistant.domain.case import SCHEMA_VERSION, Case
from assistant.domain.errors import InputError, NewerFormat
from assistant.domain.patterns import pattern
from assistant.domain.places import ROWS, spoken
from assistant.domain.visible import in_json

Json = dict[str, Any]

MIGRATIONS: dict[int, Callable[[Json], Json]] = {}
"""Version n → what turns a case of version n into one of version n + 1."""

_AT_ONCE = 500
"""Rows of a list that are validated in one piece: a few milliseconds."""
_LONE_SURROGATE = pattern("[\ud800-\udfff]")
_SHOULD_BE = {
    "string_type": '应为文字，请加英文双引号，空白写成 ""',
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "int_from_float": "应为整数",
    "bool_type": "应为 true 或 false",
    "bool_parsing": "应为 true 或 false",
    "tuple_type": "应为列表，写成 [ … ]",
    "model_type": "应为一组键值，写成 { … }",
    "missing": "缺少这一项",
}


def dumps(case: Case) -> str:
    """Write *case* as text with a final line break. The same case always gives the same text."""
    text = json.dumps(sound(case.model_dump()), ensure_ascii=False, indent=2, allow_nan=False)
    return f"{in_json(text)}\n"


def loads(text: str, name: str = "案卷") -> Case:
    """Read a case from *text*; *name* stands for it in messages.

    Raises:
        InputError: It is no JSON, no case, or of a newer program; says where and what to do.
    """
    return from_data(parse(text, name), name)


def parse(text: str, name: str = "案卷") -> Any:
    """Read JSON strictly: no doubled keys, no NaN. Raises ``InputError`` with line and column."""
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise InputError(f"{name} 是空文件。", "请打开备份，或用 ziping new 新建一份。")
    try:
        data = sound(
            json.loads(
                text,
                object_pairs_hook=_unique,
                parse_constant=_refuse_constant,
                parse_float=_finite,
            )
        )
    except json.JSONDecodeError as error:
        raise InputError(
            f"{name} 不是完整的 JSON：第{error.lineno}行第{error.colno}列读不下去。", _cure(text)
        ) from error
    except (ValueError, RecursionError) as error:
        why = str(error) if isinstance(error, _Unsound) else "数字过长或层次过深"
        raise InputError(f"{name} 不能读取：{why}。", "请改正后再打开，或打开备份。") from error
    return data


def from_data(data: Any, name: str = "案卷") -> Case:
    """Turn parsed JSON into a case, bringing older versions up to date. Raises ``InputError``."""
    if not isinstance(data, dict) or not (data.keys() & Case.model_fields.keys()):
        raise InputError(
            f"{name} 不是自评表案卷。", "案卷由 ziping 保存，扩展名一般为 .ziping.json；请另选文件。"
        )
    try:
        return validated(_without_nulls(brought_up(data, name)))
    except ValidationError as error:
        raise InputError(
            f"{name} 有{error.error_count()}处写法不对：{_complaints(error)}。", "请改正后再打开。"
        ) from error


def validated(data: Json) -> Case:
    """*data* in this version's format as a case. Raises ``pydantic.ValidationError``.

    Long lists row by row: while one row is looked through no other thread runs, and the screen has one.
    """
    rows: Json = {}
    try:
        for name, (record, _) in ROWS.items():
            found = data.get(name)
            if isinstance(found, list) and len(found) > _AT_ONCE:
                rows[name] = tuple(record.model_validate(row) for row in found)
    except ValidationError:
        rows = {}  # looked through as a whole, which says where it is wrong
    return Case.model_validate({**data, **rows})


def schema() -> Json:
    """The JSON Schema of the case file."""
    published = Case.model_json_schema()
    published["title"] = "ziping 自评表案卷"
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **published}


class _Unsound(ValueError):
    """Valid for ``json`` but not to be kept."""


def _unique(pairs: list[tuple[str, Any]]) -> Json:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        doubled = next(key for key in keys if keys.count(key) > 1)
        raise _Unsound(f"“{doubled}”在同一处写了两次，不知以哪个为准")
    return found


def _refuse_constant(constant: str) -> None:
    raise _Unsound(f"{constant} 不是 JSON 允许的数")


def _finite(number: str) -> float:
    """A number of JSON; 1e999 reads as infinite, and what could not be saved again is refused now."""
    found = float(number)
    if found in {float("inf"), float("-inf")}:
        raise ValueError(number)
    return found


def sound(value: Any) -> Any:
    """*value* with what UTF-8 cannot carry (half a surrogate pair) as U+FFFD, at every depth."""
    if isinstance(value, str):
        return _LONE_SURROGATE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {sound(key): sound(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [sound(item) for item in value]
    return value


def brought_up(data: Json, name: str = "案卷") -> Json:
    """Parsed JSON of any older version as one of this version. Raises ``InputError`` for a newer one."""
    version = data.get("schema_version", 1)
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise InputError(f"{name} 的 schema_version 应为正整数。", f"当前程序写的是 {SCHEMA_VERSION}。")
    if version > SCHEMA_VERSION:
        raise NewerFormat(
            f"{name} 由更新版本的 ziping 保存（格式 {version}，本程序只认到 {SCHEMA_VERSION}）。",
            "请升级 ziping 后再打开；文件未作任何改动。",
        )
    for step in range(version, SCHEMA_VERSION):
        data = MIGRATIONS[step](data)
    return {**data, "schema_version": SCHEMA_VERSION}


def _without_nulls(data: Json) -> Json:
    """Take ``null`` in a known cell for a blank one, as scripts write it."""

    def filled(row: Any, known: Any) -> Any:
        if not isinstance(row, dict):
            return row
        return {key: value for key, value in row.items() if value is not None or key not in known}

    data = filled(data, Case.model_fields)
    for name, (record, _) in ROWS.items():
        if isinstance(data.get(name), list):
            data[name] = [filled(row, record.model_fields) for row in data[name]]
    return data


def _complaints(error: ValidationError, most: int = 5) -> str:
    said = []
    for item in error.errors()[:most]:
        path = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in item["loc"]).lstrip(
            "."
        )
        should = _SHOULD_BE.get(item["type"], "写法不对")
        if item["type"] == "enum":
            choices = re.findall(r"'(.*?)'", item["ctx"]["expected"])
            should = f"应为 {'、'.join(choices)} 之一"
        said.append(f"{path}（{spoken(path)}）{should}")
    more = error.error_count() - most
    return "；".join(said) + (f"；另有{more}处" if more > 0 else "")


def _cure(text: str) -> str:
    if re.search(r"^(<{7}|={7}|>{7})", text, re.MULTILINE):
        return "文件里有 git 合并冲突的标记，请先选定一方的内容再打开。"
    return "多半是缺少引号、逗号或括号，或文件没有写完；请改正，或打开备份。"
