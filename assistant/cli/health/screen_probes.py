"""Probes of the terminal: pure functions of what :class:`Console` describes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from rich.cells import cell_len

from assistant.cli.health.answers import Answers
from assistant.cli.health.line import Line, State
from assistant.cli.health.terminals import UNKNOWN, is_remote, terminal_of

LEAST_WIDTH, LEAST_HEIGHT = 80, 24
UTF8 = frozenset({"utf8", "utf8sig", "cp65001"})
_FONTS = "更纱黑体 Sarasa Mono SC、Noto Sans Mono CJK SC；Windows 上也可用 NSimSun（新宋体）"


@dataclass(frozen=True, slots=True)
class Console:
    """The terminal as far as the system and it itself tell.

    Attributes:
        platform: As ``sys.platform``.
        environment: The variables.
        is_terminal: Whether a terminal sits at both ends.
        columns, lines: Its size; 0 where there is none.
        encoding: Of standard output.
        code_page: Of a Windows console (936 is GBK), else ``None``.
        answers: What it said when asked.
    """

    platform: str
    environment: Mapping[str, str]
    is_terminal: bool
    columns: int = 0
    lines: int = 0
    encoding: str = "utf-8"
    code_page: int | None = None
    answers: Answers = field(default_factory=Answers)


def look_at_screen(console: Console) -> Iterator[Line]:
    """Every probe of this file."""
    yield terminal(console)
    yield size(console)
    yield encoding(console)
    yield locale(console)
    yield colours(console)
    yield keyboard(console)
    yield mouse(console)
    yield input_method(console)
    yield widths(console)
    yield clipboard(console)
    yield fonts(console)


def terminal(console: Console) -> Line:
    """Which one, and whether the screen can be shown there."""
    if not console.is_terminal:
        return Line(
            name="终端",
            state=State.MIND,
            found="这里不是终端窗口（输入或输出接到了别处）。",
            cure="填报界面要在终端窗口里打开；逐行填报可用 ziping fill --plain。",
            code="none",
        )
    known = terminal_of(console.environment, console.platform)
    where = "，经 ssh 连接" if is_remote(console.environment) else ""
    term = console.environment.get("TERM", "") or "未设"
    found = f"{known.name}{where}，TERM={term}。"
    if not known.is_fit:
        return Line(name="终端", state=State.BAD, found=found, cure=known.input_method, code=known.name)
    return Line(name="终端", state=State.WELL, found=found, code=known.name)


def size(console: Console) -> Line:
    """Columns and lines."""
    if not console.columns:
        return Line(name="大小", state=State.WELL, found="没有终端，不看大小。", code="none")
    found, code = f"{console.columns} 列 {console.lines} 行。", f"{console.columns}x{console.lines}"
    if console.columns < LEAST_WIDTH or console.lines < LEAST_HEIGHT:
        cure = f"请把窗口拉大到 {LEAST_WIDTH} 列 {LEAST_HEIGHT} 行以上，或把字号调小。"
        return Line(name="大小", state=State.MIND, found=found, cure=cure, code=code)
    return Line(name="大小", state=State.WELL, found=found, code=code)


def encoding(console: Console) -> Line:
    """UTF-8 or not; the code page of Windows consoles."""
    name = console.encoding.lower().replace("-", "").replace("_", "")
    page = f"，代码页 {console.code_page}" if console.code_page else ""
    found = f"{console.encoding or '未知'}{page}。"
    is_gbk = console.code_page == 936 or name in {"gbk", "cp936", "gb2312", "gb18030"}
    if name not in UTF8:
        cure = (
            "请先执行 chcp 65001，再设 PYTHONUTF8=1，然后运行。"
            if console.platform == "win32"
            else "请先执行 export LC_ALL=C.UTF-8，再运行。"
        )
        said = f"{found}是 GBK：有的字（如 ²、①、生僻姓名）显示不出来。" if is_gbk else found
        return Line(name="编码", state=State.BAD, found=said, cure=cure, code=name)
    if is_gbk:
        cure = "界面不受影响；把结果接到别的程序时，请先执行 chcp 65001。"
        return Line(name="编码", state=State.MIND, found=found, cure=cure, code=f"{name} 936")
    return Line(name="编码", state=State.WELL, found=found, code=name)


def locale(console: Console) -> Line:
    """What programs in this terminal take for its encoding (not asked on Windows, which knows no such variable)."""
    said = next(
        (value for key in ("LC_ALL", "LC_CTYPE", "LANG") if (value := console.environment.get(key))), ""
    )
    if console.platform == "win32" or "utf" in said.lower():
        return Line(name="语言环境", state=State.WELL, found=f"{said or '由系统定'}。", code="utf8")
    return Line(
        name="语言环境",
        state=State.MIND,
        found=f"{said or '没有设'}，不是 UTF-8。",
        cure="tmux、ssh 等程序会因此把汉字画错：请设 LC_ALL=C.UTF-8 或 zh_CN.UTF-8。",
        code="other",
    )


def colours(console: Console) -> Line:
    """Whether all colours are there; fewer do no harm to what can be read."""
    if not console.is_terminal:
        return Line(name="颜色", state=State.WELL, found="没有终端，不看颜色。", code="none")
    if console.environment.get("NO_COLOR"):
        return Line(
            name="颜色",
            state=State.WELL,
            found="设了 NO_COLOR，用黑白显示。",
            code="none",
        )
    true = console.environment.get("COLORTERM", "").lower() in {"truecolor", "24bit"}
    if true or console.environment.get("WT_SESSION"):
        return Line(name="颜色", state=State.WELL, found="真彩色。", code="truecolor")
    if "256" in console.environment.get("TERM", "") or console.platform == "win32":
        return Line(name="颜色", state=State.WELL, found="256 色，颜色略有出入，不影响填报。", code="256")
    return Line(
        name="颜色",
        state=State.MIND,
        found="没有看到 256 色或真彩色的标记。",
        cure="终端支持时，请设 TERM=xterm-256color、COLORTERM=truecolor；不设也能填报。",
        code="16",
    )


def keyboard(console: Console) -> Line:
    """Whether the kitty keyboard protocol is there; it is no must."""
    if console.answers.kitty is None:
        found, code = "按普通键盘处理，够用（终端没有回答支持哪些按键）。", "unknown"
    elif console.answers.kitty:
        cure = "若中文上屏不正常，请在设置文件里写 kitty_keys = false。"
        return Line(
            name="键盘", state=State.WELL, found="支持更多组合键（kitty 键盘协议）。", cure=cure, code="kitty"
        )
    else:
        found, code = "普通键盘，够用。", "plain"
    return Line(name="键盘", state=State.WELL, found=found, code=code)


def mouse(console: Console) -> Line:
    """Whether clicks arrive; all can be done by keys."""
    if console.answers.mouse:
        return Line(name="鼠标", state=State.WELL, found="支持。", code="yes")
    return Line(
        name="鼠标",
        state=State.WELL,
        found="终端没有说支持不支持；不用鼠标也能完成全部操作。",
        code="unknown",
    )


def input_method(console: Console) -> Line:
    """What helps to type Chinese here."""
    known = terminal_of(console.environment, console.platform)
    remote = "输入法用的是您自己电脑上的，服务器上不用装。" if is_remote(console.environment) else ""
    is_poor = known.name.startswith("Windows 控制台") or not known.is_fit
    state = State.MIND if is_poor and console.is_terminal else State.WELL
    return Line(
        name="输入法",
        state=state,
        found="没有认出是哪种终端。" if known is UNKNOWN else f"终端是 {known.name}。",
        cure=f"{remote}{known.input_method}",
        code=known.name,
    )


def widths(console: Console) -> Line:
    """Whether the terminal draws characters as wide as the program counts them."""
    measured = console.answers.widths
    if not measured:
        return Line(
            name="字符宽度",
            state=State.WELL,
            found="没有量成（终端没有回答，或不在终端里）；表格线若对不齐，看下面的“字体”。",
            code="unknown",
        )
    wrong = "".join(one for one, width in measured.items() if width != cell_len(one))
    code = " ".join(f"{one}={width}" for one, width in measured.items())
    if "中" in wrong:
        cure = "请改用支持中文的终端和字体，并把语言环境设为 UTF-8。"
        return Line(
            name="字符宽度", state=State.BAD, found="这个终端没有把汉字画成两列。", cure=cure, code=code
        )
    if wrong:
        cure = "请在终端设置里把“歧义宽度字符”（ambiguous width）设为窄，否则表格线会错开。"
        return Line(
            name="字符宽度", state=State.MIND, found=f"{wrong} 的宽度与程序算的不同。", cure=cure, code=code
        )
    return Line(
        name="字符宽度", state=State.WELL, found=f"量了 {len(measured)} 个字符，都对得上。", code=code
    )


def clipboard(console: Console) -> Line:
    """Whether copying from the screen reaches the clipboard (OSC 52)."""
    known = terminal_of(console.environment, console.platform)
    if known.clipboard:
        return Line(name="剪贴板", state=State.WELL, found="程序可以直接复制（OSC 52）。", code="yes")
    found = "这个终端不接受程序复制。" if known.clipboard is False else "要看终端的设置，程序问不出来。"
    code = "no" if known.clipboard is False else "setting"
    state = State.MIND if console.is_terminal else State.WELL
    return Line(name="剪贴板", state=state, found=found, cure=known.clipboard_cure, code=code)


def fonts(console: Console) -> Line:
    """Which fonts draw Chinese in two columns exactly; a program cannot see the one in use."""
    return Line(
        name="字体",
        state=State.WELL,
        found="程序看不到终端用的字体。",
        cure=f"表格线对不齐或有方框时，请换中文等宽字体：{_FONTS}。",
        code=console.platform,
    )
