"""Which terminal this is, and what is known of it: input methods, the clipboard. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Terminal:
    """What is known of a terminal.

    Attributes:
        name: As its users call it.
        input_method: What helps typing Chinese there.
        clipboard: Whether it takes OSC 52, by which the program copies; ``None`` where that is a setting.
        clipboard_cure: How to have it copy.
        is_fit: Whether the screen can be used in it at all.
    """

    name: str
    input_method: str
    clipboard: bool | None = None
    clipboard_cure: str = ""
    is_fit: bool = True


_USUAL = "输入法正常选字即可；候选框跑偏时，先点一下要填的格，或改大窗口。"
_BY_FILE = "在“逐格复制”页按“写到文件”，再从文件里复制；或按住 Shift 用鼠标选取。"

CONHOST = Terminal(
    "Windows 控制台（conhost）",
    "候选框可能停在左上角，并且不显示拼音：请改用 Windows Terminal（应用商店免费）。",
    False,
    "请改用 Windows Terminal；或在“逐格复制”页按“写到文件”。",
)
UNKNOWN = Terminal("没有认出的终端", _USUAL, None, _BY_FILE)

_BY_VARIABLE: tuple[tuple[str, str, Terminal], ...] = (
    (
        "TMUX",
        "",
        Terminal(
            "tmux",
            "候选框跟着外层终端走；Esc 发慢时，在 ~/.tmux.conf 写 set -sg escape-time 20。",
            None,
            "在 ~/.tmux.conf 写 set -g set-clipboard on，外层终端也要支持。",
        ),
    ),
    ("STY", "", Terminal("screen", "候选框跟着外层终端走；screen 对真彩色支持不全，建议用 tmux。", False, _BY_FILE)),
    (
        "WT_SESSION",
        "",
        Terminal(
            "Windows Terminal", "用微软拼音或搜狗都可以；候选框跑偏时升级到 1.18 以上。", True
        ),
    ),
    ("TERM_PROGRAM", "iTerm.app", Terminal("iTerm2", _USUAL, None, "在 iTerm2 设置 General › Selection 勾选允许终端程序访问剪贴板。")),
    ("TERM_PROGRAM", "Apple_Terminal", Terminal("macOS 终端", _USUAL, False, f"这个终端不接受程序复制：{_BY_FILE}")),
    ("TERM_PROGRAM", "vscode", Terminal("VS Code 终端", "候选框偶尔停在行首：不影响上屏。", True)),
    ("TERM_PROGRAM", "WezTerm", Terminal("WezTerm", "没有候选框时，在设置里写 use_ime = true。", True)),
    ("TERM_PROGRAM", "ghostty", Terminal("Ghostty", _USUAL, True)),
    ("KITTY_WINDOW_ID", "", Terminal("kitty", "用 fcitx5 时先设 GLFW_IM_MODULE=ibus，再启动 kitty。", True)),
    (
        "KONSOLE_VERSION",
        "",
        Terminal(
            "Konsole", "没有候选框时，检查 QT_IM_MODULE=fcitx（或 ibus）是否设好。", None, _BY_FILE
        ),
    ),
    ("ALACRITTY_WINDOW_ID", "", Terminal("Alacritty", "没有候选框时，检查 XMODIFIERS=@im=fcitx 是否设好。", True)),
    ("VTE_VERSION", "", Terminal("GNOME 终端一类（VTE）", _USUAL, False, f"这类终端不接受程序复制：{_BY_FILE}")),
    ("TERM", "foot", Terminal("foot", _USUAL, True)),
    ("TERM", "xterm-kitty", Terminal("kitty", "用 fcitx5 时先设 GLFW_IM_MODULE=ibus，再启动 kitty。", True)),
    ("TERM", "linux", Terminal("Linux 文字控制台", "这里显示不了汉字，请在图形界面的终端里运行，或用 ssh 连过来。", False, _BY_FILE, is_fit=False)),
    ("TERM", "dumb", Terminal("没有光标控制的终端（dumb）", "请改用普通终端，或用 ziping fill --plain 逐行填报。", False, _BY_FILE, is_fit=False)),
)  # fmt: skip
"""Variable, how its value begins (``""``: any), terminal; the first that fits, for one may run inside another."""


def terminal_of(environment: Mapping[str, str], platform: str) -> Terminal:
    """The terminal that *environment* tells of on *platform* (as ``sys.platform``)."""
    for variable, beginning, terminal in _BY_VARIABLE:
        value = environment.get(variable, "")
        if value and value.startswith(beginning):
            return terminal
    return CONHOST if platform == "win32" else UNKNOWN


def is_remote(environment: Mapping[str, str]) -> bool:
    """Whether the terminal sits on another machine."""
    return bool(environment.get("SSH_CONNECTION") or environment.get("SSH_TTY"))
