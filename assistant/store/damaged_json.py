"""JSON that is cut off or damaged, read as far as it goes. Meant for case files: one value a line, known keys.

Nothing is guessed: what is given back stood in the text. Where the text stops making sense the reader goes on at the
next line or bracket, and says which value it gave up.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from typing import Any

DEEPEST = 60
"""Levels followed; a case has four, unknown keys may add some."""

_STRING = re.compile(r'"((?:[^"\\\n\r]|\\.)*)("?)')
_KEY = re.compile(r'"(?:[^"\\\n\r]|\\.)*"\s*:')
_PLAIN = re.compile(r"(?:true|false|null|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)(?![\w.])")
_GO_ON = re.compile(r"[\n\r{}\[\]]|\"(?:[^\"\\\n\r]|\\.)*\"\s*:")
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", '"': '"', "\\": "\\", "/": "/"}
_CONSTANTS = {"true": True, "false": False, "null": None}
_NOTHING = object()


class DamagedJson:
    """One reading.

    Args:
        text: What is left of the document.
        root: Keys of the outermost object.
        rows: List under the outermost object → keys of its rows.

    Attributes:
        tree: What could be read.
        partial: Paths of strings whose end is missing; what there is of them stands in ``tree``.
        given_up: Paths of values that could not be read.
        homeless: Rows whose list's name or opening bracket is damaged.
    """

    def __init__(self, text: str, root: Collection[str], rows: Mapping[str, Collection[str]]) -> None:
        self._text, self._at = text, 0
        self._root, self._rows = root, rows
        self._to_root = False
        self.partial: list[str] = []
        self.given_up: list[str] = []
        self.homeless: list[dict[str, Any]] = []
        self.tree: dict[str, Any] = {}
        first = _KEY.search(text)
        if first:
            self._at = first.start()  # whatever has become of the bracket before it
            self.tree = self._object("", 0, {})
            while self._at < len(text) and (key := _KEY.match(text, self._at) or _KEY.search(text, self._at)):
                # The outermost bracket closed too early: known keys that follow still belong to it.
                if json_text(key[0].rstrip(" \t\r\n:")[1:-1]) not in self._root:
                    break
                self._at = key.start()
                self._object("", 0, self.tree)

    def _skip(self, signs: str = " \t\r\n,") -> str:
        """Go to the next character that is none of *signs*; ``""`` at the end."""
        text, at = self._text, self._at
        while at < len(text) and text[at] in signs:
            at += 1
        self._at = at
        return text[at] if at < len(text) else ""

    def _go_on(self) -> None:
        """Leave what makes no sense: to the next line, bracket or key."""
        match = _GO_ON.search(self._text, self._at + 1)
        self._at = match.start() if match else len(self._text)

    def _object(self, path: str, depth: int, found: dict[str, Any]) -> dict[str, Any]:
        """The rest of an object. One that lacks its end goes as far as it can be its own."""
        own = self._own_keys(path)
        self._to_root = self._to_root and depth > 0
        while (sign := self._skip()) and not self._to_root:
            if sign == "}":
                self._at += 1
                break
            if sign in "{]" and depth:
                break  # its own end is missing
            if sign == "{":
                self._at += 1
                self.homeless.append(self._object("?", 1, {}))
                self._to_root = self._to_root and depth > 0
                continue
            if sign != '"' or not _KEY.match(self._text, self._at):
                self._go_on()
                if self._here() == "[" or (not depth and self._here() in ("]", "}")):
                    self._at += 1
                continue
            start = self._at
            key, _ = self._string()
            if depth and own and key not in own and key in self._root:
                self._at, self._to_root = start, True
                break
            if key in found and own and depth:
                self._at = start  # the next row, whose beginning is missing
                break
            self._skip(" \t\r\n:")
            value = self._value(f"{path}.{key}" if path else key, depth)
            if value is not _NOTHING and key not in found:
                found[key] = value
            if not depth:
                self._to_root = False
        return found

    def _here(self) -> str:
        return self._text[self._at : self._at + 1]

    def _own_keys(self, path: str) -> Collection[str]:
        return (
            self._rows.get(path.partition("[")[0], ()) if path.count("[") == 1 and path.endswith("]") else ()
        )

    def _array(self, path: str, depth: int) -> list[Any]:
        found: list[Any] = []
        has_rows = depth == 1 and path in self._rows
        while (sign := self._skip()) and not self._to_root:
            here = f"{path}[{len(found)}]"
            if sign == "]":
                self._at += 1
                break
            if sign == "}":
                if not has_rows:
                    break  # its own end is missing
                self._at += 1
            elif sign == '"' and _KEY.match(self._text, self._at):
                key = json_text(_KEY.match(self._text, self._at)[0].rstrip(" \t\r\n:")[1:-1])  # type: ignore[index]
                if not has_rows or (key in self._root and key not in self._rows[path]):
                    self._to_root = depth > 1
                    break
                found.append(self._object(here, depth + 1, {}))
            elif has_rows:  # its rows are never lists: such a bracket is a damaged brace
                if sign in "{[":
                    self._at += 1
                    found.append(self._object(here, depth + 1, {}))
                else:
                    self._go_on()
            else:
                before = self._at
                value = self._value(here, depth)
                if value is not _NOTHING:
                    found.append(value)
                elif self._at == before:
                    self._at += 1
        return found

    def _value(self, path: str, depth: int) -> Any:
        sign = self._skip(" \t\r\n")
        if sign == '"' and not _KEY.match(self._text, self._at):
            value, is_whole = self._string()
            if not is_whole:
                self.partial.append(path)
            return value
        if sign and sign in "{[" and depth < DEEPEST:
            self._at += 1
            return self._object(path, depth + 1, {}) if sign == "{" else self._array(path, depth + 1)
        if match := _PLAIN.match(self._text, self._at):
            self._at = match.end()
            # At the end of the text a number may lack its last digits.
            if match[0] in _CONSTANTS:
                return _CONSTANTS[match[0]]
            if self._at < len(self._text):
                return _number(match[0])
        self.given_up.append(path)
        if sign not in {"", "}", "]", '"'}:
            self._go_on()
        return _NOTHING

    def _string(self) -> tuple[str, bool]:
        """A string and whether its end was there. No line break stands inside one, so none goes beyond its line."""
        match = _STRING.match(self._text, self._at)
        assert match is not None  # noqa: S101 - called only where a quotation mark stands
        self._at = match.end()
        if match[2]:
            return json_text(match[1]), True
        whole = match[1].rstrip() if self._at >= len(self._text) else match[1].rstrip().removesuffix(",")
        return json_text(re.sub(r"\\u?[0-9a-fA-F]{0,3}\Z", "", whole)), False


def json_text(inside: str) -> str:
    """What stands between quotation marks, its escapes read; a damaged escape stays as it is."""
    try:
        return str(json.loads(f'"{inside}"', strict=False))
    except ValueError:
        return _ESCAPE.sub(_unescaped, inside)


def _unescaped(match: re.Match[str]) -> str:
    if len(match[1]) == 5:
        return chr(int(match[1][1:], 16))
    return _LETTERS.get(match[1], match[0])


def _number(written: str) -> Any:
    if written.lstrip("-").isdecimal() and len(written) < 20:
        return int(written)
    value = float(written)
    return value if repr(value) == written else written  # letter for letter: in a cell it is text
