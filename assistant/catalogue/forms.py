"""Reads ``config/forms/*.toml``: the labels and the help of every field of the form.

A field's help is data because it is written and corrected by people who know the form, not the program. A missing
part stops the start with file and key, so that no field is ever without help.
"""

from __future__ import annotations

import re
import tomllib
from importlib.resources.abc import Traversable

from pydantic import ValidationError

from assistant.domain.errors import CatalogueError
from assistant.domain.record import Record
from assistant.resources import shipped

NATIONAL = "national"
_INDEX = re.compile(r"\[\d+\]|(?<=^funds)\.total(?=\.)")


class FieldSpec(Record):
    """One field: what it is called and what a good colleague would say about filling it.

    Attributes:
        cell: The cell's path without its number: ``project``, ``funds.executed``, ``indicators.reason``.
        label: The caption, as printed on the form.
        short: A caption for narrow columns, where it differs.
        what: What to write.
        good: A good example.
        bad: A bad example, with what is wrong about it.
        basis: The document or practice behind it.
    """

    cell: str
    label: str
    short: str = ""
    what: str
    good: str
    bad: str
    basis: str


class FormSpec(Record):
    """One form's fields."""

    id: str
    title: str
    basis: str
    fields: tuple[FieldSpec, ...]

    def field(self, path: str) -> FieldSpec | None:
        """The field at a cell path (``indicators[3].reason``), or ``None``."""
        kind = field_kind(path)
        return next((field for field in self.fields if field.cell == kind), None)

    def label(self, path: str) -> str:
        """The caption of the cell at *path*; the path itself where the form does not know it."""
        found = self.field(path)
        return found.label if found else path


def field_kind(path: str) -> str:
    """``indicators[3].reason`` → ``indicators.reason``; ``funds.total.rate`` → ``funds.rate``."""
    return _INDEX.sub("", path)


def load_form(form_id: str = NATIONAL, folder: Traversable | None = None) -> FormSpec:
    """Read one form. Raises ``CatalogueError`` naming file and key."""
    file = (folder or shipped("config") / "forms") / f"{form_id}.toml"
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise CatalogueError(f"没有表样“{form_id}”（{file.name}）。", "请检查 config/forms 目录。") from error
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"{file.name} 不是有效的 TOML：{error}。", "请改正后重试。") from error
    try:
        return FormSpec.model_validate({"fields": data.pop("field", ()), **data})
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise CatalogueError(f"{file.name} 的 {place}：{first['msg']}。", "请补全或改正这个键。") from error
