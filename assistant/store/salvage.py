"""What can still be read of a damaged case file: every whole cell, and a list of what could not be.

The damaged file itself is never touched.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from assistant.domain.case import SCHEMA_VERSION, Case, CaseRecord, Doubt
from assistant.domain.case_json import brought_up, dumps, loads, sound
from assistant.domain.errors import InputError
from assistant.domain.places import ROWS, spoken
from assistant.store.damaged_json import DamagedJson

_MOST_WRONG = 0.02
"""Share of unreadable bytes up to which a text is taken for damaged UTF-8 rather than for another encoding."""


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What came out.

    Attributes:
        case: All cells that could be read; those to be looked at are among its doubts.
        lost: What could not be read or only in part, one Chinese sentence each.
    """

    case: Case
    lost: tuple[str, ...]


def salvaged(data: bytes, name: str = "案卷") -> Salvaged:
    """Read what is left of the case file *data*.

    Raises:
        InputError: There is no cell left in it, or it is of a newer program (which is no damage).
    """
    text, remarks = _decoded(data)
    tree, homeless, partial, given_up, more = _tree(text)
    tree, homeless = sound(tree), sound(homeless)
    remarks += _housed(tree, homeless)
    if not tree.keys() & (Case.model_fields.keys() - {"schema_version"}):
        raise InputError(
            f"{name} 里已经没有可读的内容。",
            "请另找备份，或用 ziping new 新建。",
        )
    version = tree.get("schema_version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        tree.pop("schema_version", None)
    tree = brought_up(tree, name)
    doubts: list[Doubt] = []
    for path in partial:
        raw = _at(tree, path)
        doubts.append(
            Doubt(path=path, raw=raw if isinstance(raw, str) else "", why="文件在这里损坏，只读到这一部分")
        )
    doubts += [Doubt(path=path, raw="", why="文件在这里损坏，这一格没有读出来") for path in given_up]
    case = _case(tree, doubts)
    lost = [*remarks, *([more] if more else [])]
    lost += [f"{spoken(one.path)}：{one.why}" for one in doubts]
    known = [one for one in doubts if _at(case.model_dump(), one.path) is not None]
    case = case.model_copy(update={"doubts": (*case.doubts, *known)})
    return Salvaged(loads(dumps(case), name), tuple(dict.fromkeys(lost)))


def _decoded(data: bytes) -> tuple[str, list[str]]:
    """The text: UTF-8 with a few damaged bytes, UTF-16, or the encoding of Chinese Windows."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace"), ["文件是 UTF-16 编码，已按它读"]
    data = data.removeprefix(b"\xef\xbb\xbf")
    text = data.decode("utf-8", errors="replace")
    wrong = text.count("\ufffd") - data.count("\ufffd".encode())
    if not wrong:
        return text, []
    if wrong > max(4, len(data) * _MOST_WRONG):
        other = data.decode("gb18030", errors="replace")
        if other.count("\ufffd") < wrong:
            return other, ["文件不是 UTF-8 编码，按 GB18030 读的，请看有无乱码"]
    return text, [f"有 {wrong} 处文字的编码损坏，读作“\ufffd”"]


def _housed(tree: dict[str, Any], homeless: list[dict[str, Any]]) -> list[str]:
    """Give rows whose list lost its name back to the one missing list they can be of; say so."""
    said = []
    strays = {key: value for key, value in tree.items() if key not in Case.model_fields and _is_rows(value)}
    for stray, rows in (*strays.items(), ("", homeless)):
        keys = {key for row in rows for key in row}
        homes = [key for key, (record, _) in ROWS.items() if len(keys & record.model_fields.keys()) > 1]
        home = max(homes, key=lambda key: len(keys & ROWS[key][0].model_fields.keys()), default="")
        if rows and home and not _is_rows(tree.get(home)):
            tree[home] = rows
            tree.pop(stray, None)
            said.append(f"“{ROWS[home][1]}”的名称损坏，按各行的内容认出了它")
        elif rows and not stray:
            said.append(f"有 {len(rows)} 行看不出属于哪里，没有读入")
    return said


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(row, dict) for row in value)


def _tree(text: str) -> tuple[dict[str, Any], list[dict[str, Any]], list[str], list[str], str]:
    """The document, rows without a list, paths read in part, paths not read, what stands behind the document."""
    text = text.replace("\x00", " ").lstrip("\ufeff")
    start = len(text) - len(text.lstrip())
    try:
        tree, end = json.JSONDecoder(strict=False).raw_decode(text, start)
    except (ValueError, RecursionError):
        tree, end = None, 0
    if isinstance(tree, dict) and tree.keys() & Case.model_fields.keys():
        rest = text[end:].strip()
        more = "文件后面还接着别的内容（像是另一份案卷），没有采用" if rest else ""
        return tree, [], [], [], more
    rows = {key: record.model_fields.keys() for key, (record, _) in ROWS.items()}
    read = DamagedJson(text, Case.model_fields.keys(), rows)
    return read.tree, read.homeless, read.partial, read.given_up, "文件没有写完，或中间损坏；读到的都在"


def _case(tree: dict[str, Any], doubts: list[Doubt]) -> Case:
    """A case of the sound parts of *tree*; what is of a wrong kind becomes a doubt."""
    values: dict[str, Any] = {}
    for key, written in tree.items():
        if key in ROWS:
            values[key] = _rows(key, written, doubts)
            continue
        value, why = _taken(Case, key, written)
        if value is not _LEFT_OUT:
            values[key] = value
        doubts += [Doubt(path=key, raw=_raw(written), why=why)] if why else []
    return Case(**{**values, "schema_version": SCHEMA_VERSION})


def _rows(key: str, value: Any, doubts: list[Doubt]) -> list[CaseRecord]:
    record = ROWS[key][0]
    if not isinstance(value, list):
        doubts.append(Doubt(path=key, raw=_raw(value), why="应为列表，没有读入"))
        return []
    found: list[CaseRecord] = []
    for row in value:
        path = f"{key}[{len(found)}]"
        if not isinstance(row, dict):
            doubts.append(Doubt(path=path, raw=_raw(row), why="应为一行，没有读入"))
            continue
        cells: dict[str, Any] = {
            name: "" for name, field in record.model_fields.items() if field.is_required()
        }
        for name, written in row.items():
            cell, why = _taken(record, name, written)
            if cell is not _LEFT_OUT:
                cells[name] = cell
            doubts += [Doubt(path=f"{path}.{name}", raw=_raw(written), why=why)] if why else []
        found.append(record(**cells))
    return found


_LEFT_OUT = object()


def _taken(record: type[BaseModel], key: str, value: Any) -> tuple[Any, str]:
    """*value* as it may stand under *key* (``_LEFT_OUT`` where it may not), and what is to be said of it.

    A number in a text cell is taken as written; a key that is not known stays, if a case file can hold it.
    """
    if key not in record.model_fields:
        return (value, "") if _is_sound(value) else (_LEFT_OUT, "这一项不能保存，没有读入")
    if value is None or key == "schema_version":
        return _LEFT_OUT, ""
    if key == "year" and isinstance(value, str) and value.strip().isdecimal() and len(value.strip()) == 4:
        return int(value), ""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    for candidate in (value, str(value)) if is_number else (value,):
        try:
            _cell_type(record, key).validate_python(candidate)
        except ValidationError:
            continue
        return candidate, "" if candidate is value else "这一格存成了数，按文字读入"
    return _LEFT_OUT, "这一格不是文字，没有读入"


@cache
def _cell_type(record: type[BaseModel], key: str) -> TypeAdapter[Any]:
    kind: Any = record.model_fields[key].annotation
    return TypeAdapter(kind)


def _is_sound(value: Any) -> bool:
    """Whether a case file can hold *value* again."""
    try:
        json.dumps(value, allow_nan=False)
    except (ValueError, RecursionError):
        return False
    return True


def _raw(value: Any, most: int = 200) -> str:
    try:
        return json.dumps(value, ensure_ascii=False)[:most]
    except (ValueError, RecursionError):
        return ""


def _at(tree: Any, path: str) -> Any:
    """What stands at *path* in plain data, ``None`` where nothing does."""
    here = tree
    for part in path.replace("[", ".").replace("]", "").split("."):
        if isinstance(here, dict):
            here = here.get(part)
        elif isinstance(here, list | tuple) and part.isdecimal() and int(part) < len(here):
            here = here[int(part)]
        else:
            return None
    return here
