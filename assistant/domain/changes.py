"""What turns one case into another, as data that can be kept, read, applied and taken back.

Cases share what they have in common, so most of a comparison is by identity; a change of one cell of a long form costs
next to nothing. For every two cases ``applied(a, changes(a, b)) == b`` and ``taken_back(b, changes(a, b)) == a``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal, TypeVar

from pydantic import ValidationError

from assistant.domain.case import Case, CaseRecord
from assistant.domain.patterns import pattern
from assistant.domain.places import ROWS
from assistant.domain.record import Record

WHOLE_TEXT = 200
"""Characters up to which a changed text is kept whole; of a longer one only what changed, with its position."""

_ROW_CELL = pattern(r"(?P<list>[a-z_]+)\[(?P<index>\d+)\]\.(?P<cell>.+)\Z")


R = TypeVar("R", bound=CaseRecord)


class Misfit(ValueError):
    """A change that does not fit the case: what it says was there before is not there."""


class Change(Record):
    """One cell, or some neighbouring rows of a list.

    Attributes:
        kind: ``cell`` or ``rows``.
        path: The cell (``project``, ``indicators[3].actual``) or the list (``indicators``, ``drafts``).
        at: Of two texts, the character from which they differ; of rows, the first one's position.
        before, after: What stands there, as JSON: of texts the part from *at* on that differs, of rows a list of them.
            A key this program does not know is ``None`` where it is absent.
    """

    kind: Literal["cell", "rows"] = "cell"
    path: str
    at: int = 0
    before: Any = None
    after: Any = None


def changes(before: Case, after: Case) -> tuple[Change, ...]:
    """Everything that differs, in the order of the case's fields; each is independent of the others."""
    return tuple(_of_case(before, after))


def applied(case: Case, found: Iterable[Change]) -> Case:
    """*case* with all changes of one comparison made. Raises ``Misfit``."""
    return _made(case, found, backwards=False)


def taken_back(case: Case, found: Iterable[Change]) -> Case:
    """*case* as it was before the changes of one comparison. Raises ``Misfit``."""
    return _made(case, found, backwards=True)


def _of_case(before: Case, after: Case) -> Iterator[Change]:
    for name in _keys(before, after):
        old, new = _value(before, name), _value(after, name)
        if old is new:
            continue
        if name in ROWS:
            yield from _of_rows(name, old, new)
        elif old != new:
            yield _of_cell(name, old, new)


def _of_rows(name: str, old: Sequence[CaseRecord], new: Sequence[CaseRecord]) -> Iterator[Change]:
    if len(old) == len(new):
        for index, (was, now) in enumerate(zip(old, new, strict=True)):
            if was is not now:
                for cell in _keys(was, now):
                    if (one := _value(was, cell)) != (other := _value(now, cell)):
                        yield _of_cell(f"{name}[{index}].{cell}", one, other)
        return
    shortest = min(len(old), len(new))
    head = next((i for i in range(shortest) if old[i] != new[i]), shortest)
    tail = next((i for i in range(shortest - head) if old[-1 - i] != new[-1 - i]), shortest - head)
    yield Change(
        kind="rows",
        path=name,
        at=head,
        before=[row.model_dump(mode="json") for row in old[head : len(old) - tail]],
        after=[row.model_dump(mode="json") for row in new[head : len(new) - tail]],
    )


def _of_cell(path: str, old: Any, new: Any) -> Change:
    if isinstance(old, str) and isinstance(new, str) and max(len(old), len(new)) > WHOLE_TEXT:
        head = _common(old, new)
        tail = _common(old[head:][::-1], new[head:][::-1])
        return Change(
            path=path, at=head, before=old[head : len(old) - tail], after=new[head : len(new) - tail]
        )
    return Change(path=path, before=old, after=new)


def _common(one: str, other: str) -> int:
    """How many characters two texts begin with in common; by halves, so that a text of a megabyte takes no time."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _keys(*records: CaseRecord) -> list[str]:
    """The fields, then the keys of newer programs."""
    extra = {key: None for record in records for key in record.model_extra or {}}
    return [*type(records[0]).model_fields, *extra]


def _value(record: CaseRecord, key: str) -> Any:
    if key in type(record).model_fields:
        return getattr(record, key)
    return (record.model_extra or {}).get(key)


def _made(case: Case, found: Iterable[Change], *, backwards: bool) -> Case:
    # Rows from the back: a change of some rows does not move those before them.
    for change in sorted(found, key=lambda one: (one.kind == "rows", -one.at if one.kind == "rows" else 0)):
        old, new = (change.after, change.before) if backwards else (change.before, change.after)
        case = (
            _with_rows(case, change, old, new)
            if change.kind == "rows"
            else _with_value(case, change, old, new)
        )
    return case


def _with_rows(case: Case, change: Change, old: Any, new: Any) -> Case:
    if change.path not in ROWS or not isinstance(old, list) or not isinstance(new, list):
        raise Misfit(change.path)
    record, rows = ROWS[change.path][0], getattr(case, change.path)
    end = change.at + len(old)
    if [row.model_dump(mode="json") for row in rows[change.at : end]] != old:
        raise Misfit(change.path)
    try:
        put = tuple(record.model_validate(row) for row in new)
    except ValidationError as error:
        raise Misfit(change.path) from error
    return case.model_copy(update={change.path: (*rows[: change.at], *put, *rows[end:])})


def _with_value(case: Case, change: Change, old: Any, new: Any) -> Case:
    match = _ROW_CELL.match(change.path)
    if match is None:
        if change.path in ROWS:
            raise Misfit(change.path)
        return _put(case, change.path, change.at, old, new)
    name, index = match["list"], int(match["index"])
    rows = getattr(case, name) if name in ROWS else ()
    if index >= len(rows):
        raise Misfit(change.path)
    row = _put(rows[index], match["cell"], change.at, old, new)
    return case.model_copy(update={name: (*rows[:index], row, *rows[index + 1 :])})


def _put(record: R, key: str, at: int, old: Any, new: Any) -> R:
    present = _value(record, key)
    if type(present) is str and isinstance(old, str) and isinstance(new, str):
        is_whole = at == 0 and max(len(present), len(new)) <= WHOLE_TEXT
        if not present.startswith(old, at) or (is_whole and old != present):
            raise Misfit(key)
        return record.model_copy(update={key: present[:at] + new + present[at + len(old) :]})
    if present != old:
        raise Misfit(key)
    if key not in type(record).model_fields:
        made = record.model_copy(update={key: new})
        if new is None and made.model_extra is not None:
            made.model_extra.pop(key)
        return made
    try:
        # Every field of a case can stand alone, so a case of any length costs no more than one field.
        data = {} if isinstance(record, Case) else record.model_dump()
        return record.model_copy(update={key: getattr(type(record).model_validate({**data, key: new}), key)})
    except ValidationError as error:
        raise Misfit(key) from error
