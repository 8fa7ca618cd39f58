"""A form that notes what is read of it: nobody declares what a check depends on, and nobody can declare it wrongly.

A check is handed a twin of the form. The twin answers as the form does and notes the name of all it is asked for:
``case.year``, ``sheet.total``, and for the rows whole columns, ``rows.weight``, ``rows.cells.reason``, or what a function
says of each of them (``Form.rows_saying``). As long as a form says the same under all the names a check has read, the
check would read and say the same again.

What a twin does not note it does not answer: a method of the case, or a twin used as a key, fails at once.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import count
from operator import attrgetter
from typing import Any, cast

from assistant.checks.check import CheckFunction, Outcome
from assistant.checks.form import Form, Row
from assistant.domain.case import Case, Indicator
from assistant.domain.errors import CatalogueError
from assistant.domain.recent import KEPT, same
from assistant.domain.scores import ScoreSheet

Note = Callable[[str], None]


class Reader:
    """Runs checks over one form and tells what each of them read."""

    def __init__(self, form: Form) -> None:
        self._read: set[str] = set()
        self._twin = cast("Form", _FormTwin(form, self._read.add))

    def run(self, look: CheckFunction) -> tuple[list[Outcome], tuple[str, ...]]:
        """Return what the check *look* yields, and the names it read, in a fixed order."""
        self._read.clear()
        said = list(look(self._twin))
        return said, tuple(sorted(self._read))


class Readings:
    """Numbers what forms say under each name: the same number means the same in every digit.

    The last few different answers under each name are kept, since a what-if or an undo returns to an earlier one.
    """

    def __init__(self) -> None:
        self._known: dict[str, list[tuple[int, object]]] = {}
        self._numbers = count()
        self._last: _Table | None = None

    def of(self, form: Form) -> dict[str, int]:
        """A table of the numbers for *form*, filled as names are looked up."""
        self._last = table = _Table(form, self._number, self._last)
        return table

    def _number(self, name: str, value: object) -> int:
        known = self._known.setdefault(name, [])
        for number, before in known:
            if same(before, value):
                return number
        known.insert(0, (next(self._numbers), value))
        del known[KEPT:]
        return known[0][0]


class _Table(dict[str, int]):
    """Name → number. Compared with the form before first: of columns, only the rows that are not the same as there."""

    def __init__(self, form: Form, number: Callable[[str, object], int], before: _Table | None) -> None:
        self.form, self._number = form, number
        self._before: dict[str, int] = {}
        self._earlier = form
        self._changed: list[tuple[Row, Row]] = []
        if before is not None and len(before.form.rows) == len(form.rows):
            self._before, self._earlier = dict(before), before.form
            pairs = zip(before.form.rows, form.rows, strict=True)
            self._changed = [(old, new) for old, new in pairs if old is not new]

    def __missing__(self, name: str) -> int:
        number = self._before.get(name)
        if number is None or not self._stayed(name):
            number = self._number(name, _said(self.form, name))
        self[name] = number
        return number

    def _stayed(self, name: str) -> bool:
        read = _of_row(name)
        if read is None:
            return same(_said(self._earlier, name), _said(self.form, name))
        return all(same(read(old), read(new)) for old, new in self._changed)


def _said(form: Form, name: str) -> object:
    """What *form* says under *name*."""
    if name == "rows":
        return len(form.rows)
    if name == "scored_rows":
        return tuple(row.index for row in form.scored_rows)
    read = _of_row(name)
    return _getter(name)(form) if read is None else tuple(map(read, form.rows))


_getter = cache(attrgetter)
_TELLERS: dict[str, Callable[[Row], object]] = {}


def _of_row(name: str) -> Callable[[Row], object] | None:
    """How to read *name* from a row; ``None`` where it is no column."""
    return _getter(name[5:]) if name.startswith("rows.") else _TELLERS.get(name)


def _name_of(tell: Callable[[Row], object]) -> str:
    """The name under which is noted what *tell* says of the rows. Functions of a module: two of one name fail at once."""
    name = f"said.{tell.__module__}.{tell.__qualname__}"
    if _TELLERS.setdefault(name, tell) is not tell:
        raise CatalogueError(f"检查里有两个函数同名：{name}。", "请为其中一个另取名字。")
    return name


def _public(kind: type) -> list[str]:
    fields = getattr(kind, "model_fields", {})
    own = [name for name, value in vars(kind).items() if name[0] != "_" and not callable(value)]
    return [*fields, *(name for name in own if not name.startswith("model_"))]


class _Twin:
    """Reads the attributes of one object through and notes them; subclasses are made by :func:`_twin_of`."""

    __slots__ = ("note", "of")
    __hash__ = None  # type: ignore[assignment]  # a twin found in a cache would be read without a note

    def __init__(self, of: Any, note: Note) -> None:
        self.of, self.note = of, note


def _twin_of(kind: type, under: str, *, own: tuple[str, ...] = (), **elsewhere: str) -> Any:
    """A twin of any *kind*, noting each attribute as *under* and its name, or as *elsewhere* says.

    *own* are attributes that are twins themselves.
    """
    names = {name: f"{under}{name}" for name in _public(kind) if name not in own} | elsewhere
    space: dict[str, Any] = {name: _noted(name, key) for name, key in names.items()}
    return type(f"{kind.__name__}Twin", (_Twin,), {**space, "__slots__": own})


def _noted(name: str, key: str) -> property:
    read = attrgetter(name)

    def get(twin: _Twin) -> Any:
        twin.note(key)
        return read(twin.of)

    return property(get)


_CellsTwin = _twin_of(Indicator, "rows.cells.")
_RowTwin = _twin_of(Row, "rows.", own=("cells",), index="rows", path="rows")  # the same for any row there
_SheetTwin = _twin_of(ScoreSheet, "sheet.")
_CaseTwin = _twin_of(Case, "case.", model_extra="case.model_extra")


class _FormTwin(_Twin):
    """The twin of a form; its case, its sheet, its rows and their cells are twins themselves."""

    __slots__ = ("_counting", "_rows", "case", "sheet")

    profile = _noted("profile", "profile")
    money = _noted("money", "money")
    funds = _noted("funds", "funds")
    funds_line = _noted("funds_line", "funds_line")

    def __init__(self, form: Form, note: Note) -> None:
        super().__init__(form, note)
        self.case, self.sheet = _CaseTwin(form.case, note), _SheetTwin(form.sheet, note)
        self._rows = tuple(_row_twin(row, note) for row in form.rows)
        self._counting = tuple(self._rows[row.index] for row in form.scored_rows)

    @property
    def rows(self) -> Any:
        self.note("rows")
        return self._rows

    @property
    def scored_rows(self) -> Any:
        self.note("scored_rows")
        return self._counting

    def rows_saying(self, tell: Callable[[Row], object]) -> Any:
        self.note(_name_of(tell))
        return tuple((self._rows[row.index], said) for row, said in self.of.rows_saying(tell))


def _row_twin(row: Row, note: Note) -> Any:
    twin = _RowTwin(row, note)
    twin.cells = _CellsTwin(row.cells, note)
    return twin
