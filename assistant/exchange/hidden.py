"""What a document cannot show of a case, kept in a comment at its end so that reading it back loses nothing.

The comment holds only what has no cell: drafts, notes, scores set by a person, doubts, figures decided on, last year's
values and keys of newer programs. What is printed always counts as printed. A public document carries the bare mark.
"""

from __future__ import annotations

import json
import re
from typing import Any, TypeVar

from pydantic import Field, ValidationError

from assistant.domain.case import Case, CaseRecord, Doubt, DraftRecord, Figure, LastYearRow, Note, Override
from assistant.domain.case_json import parse
from assistant.domain.errors import InputError
from assistant.domain.places import BESIDE, ROWS
from assistant.domain.visible import UNSEEN

_AnyRecord = TypeVar("_AnyRecord", bound=CaseRecord)

MARK = "ziping.form/1"
_PRINTED = tuple(name for name in ROWS if name not in BESIDE)
_COMMENT = re.compile(rf"^<!-- {re.escape(MARK)} ?(\{{.*\}})? ?-->$", re.MULTILINE)

_UNSAFE = re.compile(f"[<>&{UNSEEN}]")  # all of these stand only inside JSON strings


def hidden_part(case: Case, public: bool) -> str:
    """The comment for *case*, one line."""
    data = {} if public else _unprinted(case)
    if not data:
        return f"<!-- {MARK} -->"
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    return f"<!-- {MARK} {_UNSAFE.sub(_as_escape, text)} -->"


def _as_escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def _unprinted(case: Case) -> dict[str, Any]:
    whole = case.model_dump()
    data = {name: whole[name] for name in BESIDE if whole.get(name)}
    extras = {"": case.model_extra or {}}
    for name in _PRINTED:
        extras |= {f"{name}[{index}]": row.model_extra or {} for index, row in enumerate(getattr(case, name))}
    kept = {path: extra for path, extra in extras.items() if extra}
    if kept:
        data["extras"] = kept
        data["rows"] = {name: len(whole[name]) for name in _PRINTED}
    return data


def find(text: str) -> tuple[bool, str]:
    """Whether *text* was written by this program, and the JSON of its comment (``""`` for none)."""
    match = None
    for match in _COMMENT.finditer(text):  # noqa: B007 - the last one is ours; earlier ones would be quoted
        pass
    return (False, "") if match is None else (True, match[1] or "")


class _Kept(CaseRecord):
    """The comment's content."""

    drafts: tuple[DraftRecord, ...] = ()
    notes: tuple[Note, ...] = ()
    overrides: tuple[Override, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    figures: tuple[Figure, ...] = ()
    last_year: tuple[LastYearRow, ...] = ()
    extras: dict[str, dict[str, Any]] = Field(default_factory=dict)
    rows: dict[str, int] = Field(default_factory=dict)


def restored(printed: Case, text: str, name: str) -> tuple[Case, str]:
    """Give *printed* back what the comment's JSON *text* kept; the second value says what could not be."""
    if not text:
        return printed, ""
    try:
        kept = _Kept.model_validate(parse(text, name))
    except (InputError, ValidationError):
        return printed, "末尾的附注已被改动，起草记录、补充说明等没有读入"
    update: dict[str, Any] = {part: getattr(kept, part) for part in BESIDE}
    same_rows = all(
        len(getattr(printed, part)) == count for part, count in kept.rows.items() if part in _PRINTED
    )
    if same_rows:
        update |= {
            part: tuple(
                _with(row, kept.extras.get(f"{part}[{at}]")) for at, row in enumerate(getattr(printed, part))
            )
            for part in _PRINTED
        }
    case = _with(printed, kept.extras.get("")).model_copy(update=update)
    return case, "" if same_rows else "行数有增减，各行的附加信息无法对应，没有读入"


def _with(record: _AnyRecord, extra: dict[str, Any] | None) -> _AnyRecord:
    """*record* with keys it does not know; its own cells stay as printed."""
    own = type(record).model_fields
    return record.model_copy(update={key: value for key, value in (extra or {}).items() if key not in own})
