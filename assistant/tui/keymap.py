"""The user's own keys: ``[keys]`` of settings.toml against what the program, its fields and terminals need. Pure.

A wish that cannot be had is told in one sentence and left out; the key it asked to replace stays.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping

from textual.binding import Binding, BindingType
from textual.widgets import Input, TextArea

from assistant.tui.widgets.fields import CellArea, CellInput

ARE_OURS_IN_FIELDS = frozenset({"ctrl+z", "ctrl+y", "ctrl+c", "super+c"})
"""Keys of text fields that do the same there as everywhere: undo and redo of the whole case, copying."""

TERMINAL_KEYS: dict[str, str] = {
    "ctrl+b": "是 tmux 的前缀键",
    "ctrl+i": "与 Tab 是同一个键",
    "ctrl+m": "与回车是同一个键",
    "ctrl+j": "在终端里就是换行",
    "ctrl+h": "在许多终端里就是退格",
    "ctrl+[": "与 Esc 是同一个键",
    "ctrl+left_square_bracket": "与 Esc 是同一个键",
    "ctrl+@": "在许多中文系统里切换输入法",
    "ctrl+space": "在许多中文系统里切换输入法",
    "f11": "在许多终端里切换全屏",
    "alt+f4": "在桌面上关闭窗口",
    "tab": "用来换格",
    "shift+tab": "用来换格",
    "enter": "用来换行或选定",
    "escape": "用来返回",
    "space": "用来打字",
}
"""Keys that terminals, tmux, input methods or the moving about between fields keep, and why."""

_NAMED = (
    "insert|delete|home|end|pageup|pagedown|up|down|left|right|tab|enter|escape|space|backspace|question_mark"
)
_KEY = re.compile(rf"(?:(?:ctrl|alt|shift)\+)*(?:f(?:[1-9]|1\d|2[0-4])|{_NAMED}|[a-z0-9])\Z|[^\s+,]\Z")
_TYPED = re.compile(r"(?:shift\+)?.\Z|question_mark\Z")


def field_keys() -> frozenset[str]:
    """The keys the text fields use themselves; elsewhere bound, they would never arrive or would edit the text."""
    return _keys_of([*Input.BINDINGS, *TextArea.BINDINGS, *CellInput.BINDINGS, *CellArea.BINDINGS])


def keymap(
    wishes: Mapping[str, str], anywhere: Iterable[BindingType], local: Iterable[BindingType] = ()
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Sort the user's wishes.

    Args:
        wishes: Binding id → keys, separated by commas, as people write them (``F3``, ``Ctrl-G``, ``^G``).
        anywhere: The bindings that work while a text field has the cursor.
        local: Those of parts in which nobody types, where single letters are fine.

    Returns:
        What to give to ``App.set_keymap``, and a sentence for each wish that was left out.
    """
    wide, narrow = by_id(anywhere), by_id(local)
    known = {**wide, **narrow}
    taken: dict[str, list[str]] = {}
    notices: list[str] = []

    def refuse(name: str, why: str) -> None:
        notices.append(f"改键没有采用：{name} = {wishes[name] or '（空）'}，{why}。仍用 {known[name]}。")

    for name, wish in wishes.items():
        keys = [_spelled(key) for key in wish.split(",") if key.strip()]
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"是不是想写 {near[0]}？" if near else "编号见 docs/keys.md。"
            notices.append(f"改键没有采用：没有编号为“{name}”的按键。{hint}")
        elif why := _against(keys, is_local=name in narrow):
            refuse(name, why)
        else:
            taken[name] = keys
    while clash := _clash(known, taken, wide):  # one refusal gives a key back, which may clash in turn
        name, why = clash
        del taken[name]
        refuse(name, why)
    return {name: ",".join(keys) for name, keys in taken.items()}, tuple(notices)


def _against(keys: list[str], *, is_local: bool) -> str:
    """Why *keys* cannot be had whatever else is bound, ``""`` if they can."""
    if not keys:
        return "没有写按键"
    for key in keys:
        if not _KEY.match(key):
            return f"看不懂按键“{key}”，请写成 f6、ctrl+g、alt+n 这样"
        if key in TERMINAL_KEYS:
            return f"{key} {TERMINAL_KEYS[key]}"
        if not is_local and key in field_keys():
            return f"{key} 在文本框里另有用处"
        if not is_local and _TYPED.match(key):
            return f"{key} 会和打字相冲，请加 ctrl 或 alt"
    return ""


def _clash(
    known: Mapping[str, str], taken: dict[str, list[str]], wide: Mapping[str, str]
) -> tuple[str, str] | None:
    """The last wish that wants a key somebody else has, once all wishes are granted, and why it cannot."""
    now = {name: taken.get(name, keys.split(",")) for name, keys in known.items()}
    for name in reversed(taken):
        for other, used in now.items():
            meets = name in wide or other in wide or _part(name) == _part(other)
            shared = [key for key in taken[name] if key in used]
            if other != name and meets and shared:
                return name, f"{shared[0]} 已用于 {other}"
    return None


def _part(name: str) -> str:
    return name.partition(".")[0]


def _spelled(key: str) -> str:
    """A key as Textual writes it."""
    key = key.strip().lower().replace("control", "ctrl").replace("ctl", "ctrl")
    if len(key) == 2 and key[0] == "^":
        key = f"ctrl+{key[1]}"
    key = re.sub(r"(ctrl|alt|shift|c|m|s)-(?=.)", r"\1+", key)
    key = re.sub(r"\bc\+", "ctrl+", re.sub(r"\bm\+", "alt+", re.sub(r"\bs\+", "shift+", key)))
    return {
        "esc": "escape",
        "return": "enter",
        "?": "question_mark",
        "pgup": "pageup",
        "pgdn": "pagedown",
    }.get(key, key)


def by_id(bindings: Iterable[BindingType]) -> dict[str, str]:
    """The keys of *bindings* by id, separated by commas; what has no id cannot be changed."""
    made = Binding.make_bindings(bindings)
    found: dict[str, list[str]] = {}
    for one in made:
        if one.id:
            found.setdefault(one.id, []).append(one.key)
    return {name: ",".join(keys) for name, keys in found.items()}


def _keys_of(bindings: Iterable[BindingType]) -> frozenset[str]:
    return frozenset(one.key for one in Binding.make_bindings(bindings))
