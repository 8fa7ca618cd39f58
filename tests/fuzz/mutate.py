"""Damage to valid inputs, seeded: bytes, text, the parts of a zip package, the tree of a JSON document."""

from __future__ import annotations

import contextlib
import io
import json
import random
import re
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

INTERESTING = (
    "", "0", "-1", "1", "255", "65536", "1048576", "99999999", "9" * 400, "1e308", "1e999", "-0", "NaN", "0x10",
    "²", "٣", "１２", "≥", "％", "万", "年", "—", "\ufeff", "\u200b", "\u202e", "\x00", "\x1b[2J", "\ud800", "<x/>", "]]>",
    "&#0;", "&#x110000;", "{", "}", "[[", '"', "'", "\\", "\\u0000", "|", "\n", "\r", "\t", ",", "/", "%s", "{F1}", "=1+1",
    "data: ", "data:", "<think>", "</think>", "null", "true", "[]", "{}", "2022-13-45", "A1", "ZZZ9999999", "xml:space",
)  # fmt: skip
"""Pieces that programs trip over."""


def some_bytes(data: bytes, chance: random.Random) -> bytes:
    """*data* with bytes flipped, cut out, doubled, swapped or put in."""
    damaged = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16, 64))):
        at = chance.randrange(len(damaged) + 1)
        match chance.randrange(7):
            case 0 if damaged:
                damaged[at % len(damaged)] ^= 1 << chance.randrange(8)
            case 1 if damaged:
                damaged[at % len(damaged)] = chance.randrange(256)
            case 2:
                del damaged[at : at + chance.choice((1, 2, 8, 100))]
            case 3:
                damaged[at:at] = damaged[at : at + chance.choice((1, 4, 64))] * chance.choice((1, 2, 20))
            case 4:
                damaged[at:at] = chance.choice(INTERESTING).encode("utf-8", "surrogatepass")
            case 5:
                damaged[at : at + 4] = chance.choice((b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff\xff\xff"))
            case 6 if chance.random() < 0.1:
                del damaged[at:]
    return bytes(damaged)


def some_text(text: str, chance: random.Random) -> str:
    """*text* with characters replaced, cut out, doubled, swapped or put in."""
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        at = chance.randrange(len(text) + 1)
        end = at + chance.choice((0, 1, 1, 2, 5, 40))
        piece = chance.choice(INTERESTING)
        match chance.randrange(5):
            case 0:
                text = text[:at] + piece + text[end:]
            case 1:
                text = text[:at] + text[end:]
            case 2:
                text = text[:at] + text[at:end] * chance.choice((2, 3, 50)) + text[end:]
            case 3:
                other = chance.randrange(len(text) + 1)
                text = text[:at] + text[other : other + end - at] + text[at:]
            case 4:
                text = (
                    text[:at]
                    + chr(chance.choice((*range(128), *range(0x2000, 0x2070), 0xFF11, 0x1F600)))
                    + text[at:]
                )
    return text


_ATTRIBUTE = re.compile(r'"[^"<>]*"')
_ELEMENT = re.compile(r"<([\w:]+)(?:\s[^<>]*)?(?:/>|>[^<>]*</\1>)")


def some_markup(text: str, chance: random.Random) -> str:
    """XML or HTML that mostly still parses: attribute values, small elements and texts changed."""
    for _ in range(chance.choice((1, 2, 5))):
        attributes, elements = list(_ATTRIBUTE.finditer(text)), list(_ELEMENT.finditer(text))
        choice = chance.randrange(4)
        if choice == 0 and attributes:
            one = chance.choice(attributes)
            text = f'{text[: one.start()]}"{chance.choice(INTERESTING[:16])}"{text[one.end() :]}'
        elif choice == 1 and elements:
            one = chance.choice(elements)
            text = text[: one.start()] + one[0] * chance.choice((0, 0, 2, 30)) + text[one.end() :]
        elif choice == 2 and len(elements) > 1:
            one, other = chance.choice(elements), chance.choice(elements)
            text = text[: one.start()] + other[0] + text[one.end() :]
        else:
            text = some_text(text, chance)
    return text


def some_part(data: bytes, chance: random.Random) -> bytes:
    """An Office file with the XML of one or two parts changed, dropped or exchanged, and zipped again."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for _ in range(chance.choice((1, 1, 2))):
        name = chance.choice(list(parts))
        match chance.randrange(12):
            case 0:
                del parts[name]
            case 1:
                parts[name] = parts[chance.choice(list(parts))]
            case 2:
                parts[name] = some_bytes(parts[name], chance)
            case _:
                parts[name] = some_markup(parts[name].decode("utf-8", "replace"), chance).encode(
                    "utf-8", "replace"
                )
        if not parts:
            break
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return out.getvalue()


_WRONG: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    10**30,
    1.5,
    "",
    "×",
    [],
    {},
    [[]],
    ["甲"],
    {"a": 1},
    "9" * 5000,
)


def some_json(data: bytes, chance: random.Random) -> bytes:
    """A JSON document with values of wrong kinds, rows gone or doubled, keys renamed."""
    with contextlib.suppress(ValueError):
        tree = json.loads(data)
        for _ in range(chance.choice((1, 1, 2, 6))):
            _one_node(tree, chance)
        return json.dumps(tree, ensure_ascii=chance.random() < 0.5, indent=1).encode("utf-8", "surrogatepass")
    return data


def some_cells(data: bytes, chance: random.Random) -> bytes:
    """A JSON document of the same shape with other texts in it."""
    tree = json.loads(data)
    for _ in range(chance.choice((1, 3, 10, 40))):
        here = tree
        while isinstance(here, dict | list) and here:
            key = chance.choice(list(here)) if isinstance(here, dict) else chance.randrange(len(here))
            if isinstance(here[key], str):
                here[key] = some_text(here[key], chance)
                break
            here = here[key]
    return json.dumps(tree).encode()


def _one_node(tree: Any, chance: random.Random) -> None:
    here = tree
    while isinstance(here, dict | list) and here:
        key = chance.choice(list(here)) if isinstance(here, dict) else chance.randrange(len(here))
        inner = here[key]
        if isinstance(inner, dict | list) and inner and chance.random() < 0.8:
            here = inner
            continue
        match chance.randrange(5):
            case 0:
                del here[key]
            case 1 if isinstance(here, dict):
                here[chance.choice(INTERESTING)] = here.pop(key)
            case 2 if isinstance(here, list):
                here.append(inner)
            case 3 if isinstance(inner, str):
                here[key] = some_text(inner, chance)
            case _:
                here[key] = chance.choice(_WRONG)
        return


Mutation = Callable[[bytes, random.Random], bytes]


def as_text(change: Callable[[str, random.Random], str]) -> Mutation:
    """A change of text as one of bytes."""
    return lambda data, chance: change(data.decode("utf-8", "replace"), chance).encode(
        "utf-8", "surrogatepass"
    )


def damaged(seeds: Sequence[bytes], mutations: Sequence[Mutation], chance: random.Random) -> bytes:
    """One damaged seed; sometimes spliced with another."""
    data = chance.choice(seeds)
    if chance.random() < 0.05:
        other = chance.choice(seeds)
        return data[: chance.randrange(len(data) + 1)] + other[chance.randrange(len(other) + 1) :]
    return chance.choice(mutations)(data, chance)
