"""Reads the rule sets of ``config/profiles`` (and a user's own folder) into :class:`~assistant.domain.profile.Profile`.

A file states only what differs from the one it ``extends``: tables are merged key by key, lists and plain values
replace. Identity (id, label, basis, validity, notes) is never inherited. A doubt (``unconfirmed``) is inherited
with its number and ends where a file states that number itself.
"""

from __future__ import annotations

from importlib.resources.abc import Traversable
from pathlib import Path

from pydantic import ValidationError

from assistant.catalogue.toml import Table, TomlFile, complaint, read_toml, refuse_bare_numbers
from assistant.domain.errors import InputError
from assistant.domain.profile import Profile
from assistant.resources import shipped

DEFAULT_PROFILE = "central-2020"

_OWN = ("id", "label", "region", "basis", "extends", "valid_from", "valid_until", "notes", "excused")
_WHOLE_NUMBERS = frozenset({"rounding.score_places", "rounding.rate_places", "text_limits"})


def load_profile(profile_id: str, folder: Path | None = None) -> Profile:
    """Return the rule set *profile_id*, reading only its file and those it extends.

    Args:
        profile_id: The file's name without ``.toml``; empty means the default.
        folder: The user's own rule sets; a file there stands before the shipped one of the same name.

    Raises:
        InputError: There is no such rule set; the message lists those there are.
        CatalogueError: A file is wrong; the message names file, key and cure.
    """
    wanted = profile_id.strip() or DEFAULT_PROFILE
    files = _files(folder)
    if wanted not in files:
        raise InputError(f"没有编号为“{wanted}”的规则。", f"可用的规则：{'、'.join(files)}。")
    return _profile(wanted, files)


def load_profiles(folder: Path | None = None) -> dict[str, Profile]:
    """Return every rule set, shipped and in *folder*, under its id; the default comes first."""
    files = _files(folder)
    return {name: _profile(name, files) for name in files}


def _files(folder: Path | None) -> dict[str, Traversable]:
    found: dict[str, Traversable] = {}
    own: list[Traversable] = list(folder.iterdir()) if folder is not None and folder.is_dir() else []
    for file in (*(shipped("config") / "profiles").iterdir(), *own):
        if file.name.endswith(".toml"):
            found[file.name.removesuffix(".toml")] = file
    return dict(sorted(found.items(), key=lambda item: (item[0] != DEFAULT_PROFILE, item[0])))


def _profile(name: str, files: dict[str, Traversable]) -> Profile:
    chain = _chain(name, files)
    table: Table = {}
    for ancestor in reversed(chain):
        table = _merged(table, ancestor.table)
    try:
        return Profile.model_validate(table)
    except ValidationError as error:
        raise complaint(chain, error, Profile) from error


def _chain(name: str, files: dict[str, Traversable]) -> list[TomlFile]:
    """The file *name*, the one it extends, and so on."""
    names: list[str] = []
    chain: list[TomlFile] = []
    while name:
        if name in names:
            circle = " → ".join((*names, name))
            raise chain[-1].error(("extends",), f"extends 绕成一圈（{circle}）", "请改掉其中一个 extends。")
        if name not in files:
            known = f"可用的规则：{'、'.join(files)}。"
            raise chain[-1].error(("extends",), f"extends 指向不存在的规则“{name}”", known)
        file = read_toml(files[name])
        _verify(name, file)
        names.append(name)
        chain.append(file)
        name = file.table.get("extends", "")
    return chain


def _verify(name: str, file: TomlFile) -> None:
    said = file.table.get("id")
    if said != name:
        cure = f'请写 id = "{name}"，或改文件名。'
        raise file.error(("id",), f"id 是 {said!r}，与文件名不同", cure)
    if not isinstance(file.table.get("extends", ""), str):
        raise file.error(("extends",), "extends 的值应为文字", "请写另一个规则的编号，并加上引号。")
    refuse_bare_numbers(file, _WHOLE_NUMBERS)


def _merged(parent: Table, child: Table) -> Table:
    inherited = {key: value for key, value in parent.items() if key not in _OWN}
    doubts = inherited.get("unconfirmed", {})
    if isinstance(doubts, dict):
        stated = {*_keys(child), *_OWN}
        inherited["unconfirmed"] = {key: why for key, why in doubts.items() if key not in stated}
    return _overlaid(inherited, child)


def _overlaid(below: Table, above: Table) -> Table:
    table = dict(below)
    for key, value in above.items():
        under = table.get(key)
        both = isinstance(value, dict) and isinstance(under, dict) and key != "level1"
        table[key] = _overlaid(under, value) if both and isinstance(under, dict) else value
    return table


def _keys(table: Table, prefix: str = "") -> list[str]:
    keys: list[str] = []
    for key, value in table.items():
        keys.append(f"{prefix}{key}")
        if isinstance(value, dict):
            keys += _keys(value, f"{prefix}{key}.")
    return keys
